// The desk's tables: choose rows (data-row: what each is worth), all of them (data-all), and the bar of bulk actions
// (data-bulk, with data-n and data-pts); "/" jumps to the search box. Without script the checkboxes and buttons still post.
(() => {
  const $ = (s, r = document) => r.querySelector(s), bulk = $('[data-bulk]');
  addEventListener('keydown', e => {
    if (e.key === '/' && !e.target.matches('input,select,textarea') && $('#q')) { e.preventDefault(); $('#q').focus(); }
  });
  if (!bulk) return;
  const boxes = [...document.querySelectorAll('[data-row]')], all = $('[data-all]');
  function show() {
    const on = boxes.filter(b => b.checked);
    boxes.forEach(b => b.closest('tr').classList.toggle('sel', b.checked));
    bulk.hidden = !on.length;
    $('[data-n]', bulk).textContent = on.length;
    if ($('[data-pts]', bulk)) $('[data-pts]', bulk).textContent = on.reduce((sum, b) => sum + +b.dataset.row, 0);
    if (all) { all.checked = on.length === boxes.length; all.indeterminate = on.length > 0 && !all.checked; }
  }
  boxes.forEach(b => b.addEventListener('change', show));
  all?.addEventListener('change', () => { boxes.forEach(b => { b.checked = all.checked; }); show(); });
  show();
})();

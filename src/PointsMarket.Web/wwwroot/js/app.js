// On every page: the 大字 switch without loading the page again, and print buttons. Everything works without it.
(() => {
  const sizes = ['', 'l', 'xl'], root = document.documentElement; // the steps of Shared/TextSize.cs
  // What only works with script (data-script) is hidden until there is one; htmx brings more of it.
  const show = () => document.querySelectorAll('[data-script][hidden]').forEach(e => { e.hidden = false; });
  show();
  document.addEventListener('htmx:afterSwap', show);
  document.addEventListener('click', e => {
    if (e.target.closest('[data-size-btn]')) {
      e.preventDefault();
      const next = sizes[(sizes.indexOf(root.dataset.size || '') + 1) % sizes.length];
      if (next) root.dataset.size = next; else delete root.dataset.size;
      document.cookie = `pm.size=${next};path=/;max-age=31536000;samesite=lax`;
      dispatchEvent(new Event('resize'));
    }
    if (e.target.closest('[data-print]')) window.print();
  });
})();

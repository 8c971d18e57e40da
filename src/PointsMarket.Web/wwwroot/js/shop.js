// The kiosk's shelf (#goods): buttons to go up and down, so that nobody has to know how to swipe, and htmx swaps that
// do not throw the reader back to the top.
(() => {
  const shelf = () => document.querySelector('#goods');
  function ends() {
    const g = shelf();
    if (!g) return;
    const top = g.scrollTop < 8, bottom = g.scrollTop + g.clientHeight > g.scrollHeight - 8;
    document.querySelectorAll('[data-scroll]').forEach(b => { b.disabled = b.dataset.scroll < 0 ? top : bottom; });
    g.onscroll = ends;
  }
  document.addEventListener('click', e => {
    const b = e.target.closest('[data-scroll]'), g = shelf();
    if (b && g) g.scrollBy({ top: b.dataset.scroll * g.clientHeight * .85, behavior: 'smooth' });
  });
  let y = 0;
  document.addEventListener('htmx:beforeSwap', () => { y = shelf()?.scrollTop || 0; });
  document.addEventListener('htmx:afterSwap', () => { const g = shelf(); if (g) { g.scrollTop = y; ends(); } });
  addEventListener('resize', ends);
  ends();
})();

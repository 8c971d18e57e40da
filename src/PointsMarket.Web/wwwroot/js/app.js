// On every page: the 大字 switch without loading the page again, and print buttons. Everything works without it.
(() => {
  const sizes = ['', 'l', 'xl'], root = document.documentElement; // the steps of Shared/TextSize.cs
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

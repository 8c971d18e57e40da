// The counter: a scanner is a keyboard, and what it types must land in the field wherever the focus is. Digits typed outside
// a field go to the counter's one; the form is sent once, so that a double tap is not a second question. A slip with numbered
// cards has a field of its own, which the cards are scanned into.
(() => {
  const box = document.querySelector('[data-counter] input.input');
  if (!box) return;
  const cards = document.querySelector('.c-hand textarea');
  addEventListener('keydown', e => {
    if (/^\d$/.test(e.key) && !e.ctrlKey && !e.altKey && !e.metaKey && !e.target.matches('input,select,textarea')) { (cards || box).focus(); if (!cards) box.select(); }
  }, true);
  addEventListener('pageshow', () => { box.value = box.getAttribute('aria-invalid') ? box.value : ''; (cards || box).focus(); });
})();

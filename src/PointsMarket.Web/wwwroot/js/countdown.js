// How long a pairing code still works, beside the time at which it ends. data-countdown: milliseconds since 1970.
(() => {
  const left = document.querySelector('[data-countdown]');
  if (!left) return;
  function tick() {
    const seconds = Math.max(0, Math.floor((+left.dataset.countdown - Date.now()) / 1000));
    left.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
    if (seconds) setTimeout(tick, 1000);
  }
  tick();
})();

// The kiosk forgets: the server ends the visit by itself; this shows the time left and leaves the screen. A touch that asks the
// server for nothing (scrolling) is told to it now and then, so that both clocks agree.
//   <span data-idle="60" data-to="/kiosk/leave" data-touch="/…" data-calm="{0} 秒不操作会自动退出" data-soon="{0} 秒后退出，点屏幕继续">
//   <b data-leave="60" data-to="/kiosk/leave">60</b>   counts down on the last page; a touch begins again
(() => {
  const find = () => document.querySelector('[data-idle]') || document.querySelector('[data-leave]');
  const whole = el => +(el.dataset.idle || el.dataset.leave);
  if (!find()) return;
  // The clock, not the ticks: a screen that slept has waited too.
  let since = Date.now(), told = Date.now();
  const away = () => { const el = find(); if (el) location.replace(el.dataset.to); };
  function touched() {
    const el = find(), now = Date.now();
    if (!el || now - since >= whole(el) * 1000) return;
    since = now;
    if (!el.dataset.touch || now - told < 15000) return;
    told = now;
    fetch(el.dataset.touch, { redirect: 'manual', cache: 'no-store' }).then(r => { if (r.type === 'opaqueredirect') away(); }, () => { });
  }
  ['pointerdown', 'keydown', 'wheel', 'touchmove'].forEach(n => addEventListener(n, touched, { passive: true }));
  document.addEventListener('htmx:afterRequest', () => { since = told = Date.now(); });
  setInterval(() => {
    const el = find();
    if (!el) return;
    const left = whole(el) - Math.floor((Date.now() - since) / 1000);
    if (left <= 0) away();
    else if (el.dataset.leave) el.textContent = left;
    else if (el.dataset.calm) el.textContent = left > 20 ? el.dataset.calm.replace('{0}', el.dataset.idle) : el.dataset.soon.replace('{0}', left);
  }, 1000);
})();

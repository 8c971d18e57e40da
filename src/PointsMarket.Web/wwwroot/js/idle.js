// The kiosk forgets: the server ends the session by itself; this shows the time left and leaves the screen.
//   <span data-idle="60" data-to="/kiosk" data-calm="{0} 秒不操作会自动退出" data-soon="{0} 秒后退出，点屏幕继续">
//   <b data-leave="30" data-to="/kiosk">30</b>   counts down on the last page; a touch begins again
(() => {
  const idle = () => document.querySelector('[data-idle]'), leave = document.querySelector('[data-leave]');
  let left = +(idle()?.dataset.idle || leave?.dataset.leave || 0);
  if (!left) return;
  const again = () => { left = +(idle()?.dataset.idle || leave?.dataset.leave); };
  ['pointerdown', 'keydown', 'wheel'].forEach(n => addEventListener(n, again, { passive: true }));
  setInterval(() => {
    const el = idle() || leave;
    if (!el) return;
    if (--left <= 0) location.replace(el.dataset.to);
    else if (el === leave) el.textContent = left;
    else el.textContent = (left > 20 ? el.dataset.calm.replace('{0}', el.dataset.idle) : el.dataset.soon.replace('{0}', left));
  }, 1000);
})();

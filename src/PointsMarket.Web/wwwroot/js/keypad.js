// The kiosk's sign-in: on-screen keypad, card scanner, clock. A person with a keyboard needs none of it.
(() => {
  const $ = s => document.querySelector(s);
  const first = () => document.querySelector('.k-code input[autofocus]') || document.querySelector('.k-code input:not([type=hidden])');
  let box = null;
  document.querySelectorAll('.k-code input').forEach(i => { i.inputMode = 'none'; }); // our keys instead of the system's
  document.addEventListener('focusin', e => { if (e.target.matches('.k-code input')) box = e.target; });
  // Keep the focus in the box while the keypad is tapped.
  document.addEventListener('pointerdown', e => { if (e.target.closest('.k-pad')) e.preventDefault(); });
  document.addEventListener('click', e => { const k = e.target.closest('[data-key]'); if (k) press(k.dataset.key); });
  // Types into the last focused box and moves on to the PIN when the number is full (data-full: its digits).
  function press(k) {
    box = box && box.isConnected ? box : first();
    if (!box) return;
    if (k === 'clear') box.value = '';
    else if (k === 'back') { if (!box.value && box.id === 'pin' && $('#code').type !== 'hidden') box = $('#code'); box.value = box.value.slice(0, -1); }
    else if (box.value.length < box.maxLength) {
      box.value += k;
      if (box.value.length === +box.dataset.full && $('#pin')) box = $('#pin');
    }
    box.focus();
  }
  // A card or QR scanner is a keyboard that types 13 digits (EAN-13, prefix 21) and Enter, wherever the focus is; a voucher has
  // 16 (data-scan="16").
  // Digits only: a Chinese input method swallows letters. No guess by timing: a typed number is shorter than a card's.
  const form = $('form[data-scan]');
  if (form) {
    let typed = '';
    const digits = new RegExp(`\\d{${+form.dataset.scan || 13}}$`);
    addEventListener('keydown', e => {
      if (e.key === 'Enter') {
        const card = typed.match(digits); typed = '';
        if (card) { e.preventDefault(); $('#code').removeAttribute('maxlength'); $('#code').value = card[0]; if ($('#pin')) $('#pin').value = ''; form.requestSubmit(); }
      } else if (e.key.length === 1) typed = (typed + e.key).slice(-32);
    }, true);
  }
  // "Wait so many seconds": counted down; the page without script is loaded again by itself.
  const wait = $('[data-wait]');
  if (wait) {
    const until = Date.now() + wait.dataset.wait * 1000;
    const timer = setInterval(() => {
      const left = Math.ceil((until - Date.now()) / 1000);
      if (left > 0) wait.textContent = wait.dataset.words.replace('{0}', left);
      else { clearInterval(timer); wait.closest('p').remove(); }
    }, 500);
  }
  const clock = $('[data-clock]');
  if (clock) {
    const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Shanghai' });
    setInterval(() => { clock.textContent = time.format(new Date()); }, 5000);
  }
})();

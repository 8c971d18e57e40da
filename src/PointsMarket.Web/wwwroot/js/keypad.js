// The kiosk's sign-in: on-screen keypad, card scanner, clock. A person with a keyboard needs none of it.
(() => {
  const $ = s => document.querySelector(s);
  let box = null;
  document.addEventListener('focusin', e => { if (e.target.matches('.k-code input')) box = e.target; });
  // Keep the focus in the box while the keypad is tapped.
  document.addEventListener('pointerdown', e => { if (e.target.closest('.k-pad')) e.preventDefault(); });
  document.addEventListener('click', e => { const k = e.target.closest('[data-key]'); if (k) press(k.dataset.key); });
  // Types into the last focused box and moves on to the PIN when the number is full (data-full: its digits).
  function press(k) {
    box = box && box.isConnected ? box : $('#code');
    if (!box) return;
    const full = +(box.dataset.full || box.maxLength);
    if (k === 'clear') box.value = '';
    else if (k === 'back') { if (!box.value && box.id === 'pin') box = $('#code'); box.value = box.value.slice(0, -1); }
    else if (box.value.length < full) box.value += k;
    if (box.id === 'code' && box.value.length === full && k !== 'back') box = $('#pin');
    box.focus();
  }
  // A card or QR scanner is a keyboard that types 13 digits (EAN-13, prefix 21) and Enter, wherever the focus is.
  // Digits only: a Chinese input method swallows letters. No guess by timing: a typed number is shorter than a card's.
  const form = $('form[data-scan]');
  if (form) {
    let typed = '';
    addEventListener('keydown', e => {
      if (e.key === 'Enter') {
        const card = typed.match(/\d{13}$/); typed = '';
        if (card) { e.preventDefault(); $('#code').value = card[0]; $('#pin').value = ''; form.requestSubmit(); }
      } else if (e.key.length === 1) typed = (typed + e.key).slice(-32);
    }, true);
  }
  const clock = $('[data-clock]');
  if (clock) {
    const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Shanghai' });
    setInterval(() => { clock.textContent = time.format(new Date()); }, 5000);
  }
})();

// The slip: reads it aloud where the screen can speak. The button is hidden where it cannot.
(() => {
  const button = document.querySelector('[data-speak]');
  if (!button || !('speechSynthesis' in window)) return;
  const lang = document.documentElement.lang;
  const ready = () => { if (speechSynthesis.getVoices().some(v => v.lang.startsWith(lang.slice(0, 2)))) button.hidden = false; };
  speechSynthesis.addEventListener?.('voiceschanged', ready);
  ready();
  button.addEventListener('click', () => {
    const words = new SpeechSynthesisUtterance(button.dataset.speak);
    words.lang = lang; words.rate = .85;
    speechSynthesis.cancel(); speechSynthesis.speak(words);
  });
  addEventListener('pagehide', () => speechSynthesis.cancel());
})();

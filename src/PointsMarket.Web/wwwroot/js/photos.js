// Files to choose: what is too large, or too many, is said before it is sent, and which one. The words typed stay where they are.
// The server says the same; without script nothing is lost but the time of sending.
(() => {
  document.querySelectorAll('input[type=file][data-bytes]').forEach(input => {
    const problem = document.getElementById(input.dataset.problem);
    const wrong = () => {
      const files = [...input.files], at = files.findIndex(f => f.size > +input.dataset.bytes);
      return files.length > +input.dataset.most ? input.dataset.tooMany : at < 0 ? '' : `${input.dataset.tooLarge.replace('{0}', at + 1)} (${files[at].name})`;
    };
    const say = () => {
      const words = wrong();
      problem.textContent = words;
      problem.hidden = !words;
      input.setAttribute('aria-invalid', words ? 'true' : 'false');
      return !words;
    };
    input.addEventListener('change', say);
    input.form.addEventListener('submit', e => {
      if (say()) return;
      e.preventDefault();
      e.stopImmediatePropagation();
      input.focus();
      problem.scrollIntoView({ block: 'center' });
    }, true);
  });
})();

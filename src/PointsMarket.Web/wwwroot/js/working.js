// A form whose work may take a moment (data-working): says so, shows a progress bar, and is not sent twice.
document.querySelectorAll('form[data-working]').forEach(form => form.addEventListener('submit', () => {
  const work = form.querySelector('[data-work]');
  if (work) work.hidden = false;
  setTimeout(() => form.querySelectorAll('button').forEach(b => { b.disabled = true; })); // after the pressed one was sent along
  addEventListener('pageshow', e => { if (e.persisted) location.reload(); });
}));

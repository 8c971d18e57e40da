// A form that must not be sent twice by an impatient finger (data-once). The server would give the same slip anyway.
document.addEventListener('submit', e => {
  if (!e.target.matches('[data-once]')) return;
  if (e.target.dataset.sent) { e.preventDefault(); return; }
  e.target.dataset.sent = 'yes';
});
addEventListener('pageshow', () => document.querySelectorAll('[data-once]').forEach(f => delete f.dataset.sent));

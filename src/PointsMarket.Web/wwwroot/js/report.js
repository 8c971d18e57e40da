// The report form on a phone: small pictures of the photos, smaller files over a weak line, words kept while the line is down.
// Without script it is a plain form with a file field.
(() => {
  const filed = document.querySelector('[data-filed]');
  if (filed?.dataset.filed) localStorage.removeItem(filed.dataset.filed); // it has arrived: the draft may go
  const start = form => {
    const input = form.querySelector('input[type=file]'), shots = form.querySelector('[data-shots]'), most = +form.dataset.most;
    const problem = form.querySelector('[data-photo-problem]'), note = form.querySelector('[data-offline-note]'), draft = form.dataset.report;
    let photos = form.photos || [];

    // Words: kept at every letter, brought back when the form is opened again within a week.
    const kept = () => [...form.elements].filter(e => e.name && e.type !== 'file' && !e.name.startsWith('__') && (e.type !== 'radio' || e.checked)).map(e => [e.name, e.value]);
    if (draft) {
      form.addEventListener('input', () => localStorage.setItem(draft, JSON.stringify({ at: Date.now(), fields: kept() })));
      const old = JSON.parse(localStorage.getItem(draft) || 'null'), hint = form.querySelector('[data-draft]');
      if (old && Date.now() - old.at < 7 * 864e5 && !form.querySelector('.wrong')) {
        for (const [name, value] of old.fields) {
          for (const e of form.elements) if (e.name === name) { if (e.type === 'radio') e.checked = e.value === value; else e.value = value; }
        }
        hint.hidden = false;
        hint.querySelector('[data-forget]').onclick = () => { localStorage.removeItem(draft); location.reload(); };
      }
    }

    // Photos: made smaller here, which also leaves the place behind; what cannot be drawn is sent as it is.
    const smaller = async file => {
      try {
        const image = await createImageBitmap(file, { imageOrientation: 'from-image' });
        const part = Math.min(1, 2000 / Math.max(image.width, image.height));
        if (part === 1 && file.size < 500000 && file.type === 'image/jpeg') return [file, image];
        const canvas = document.createElement('canvas');
        canvas.width = image.width * part; canvas.height = image.height * part;
        canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
        const blob = await new Promise(done => canvas.toBlob(done, 'image/jpeg', 0.85));
        return [blob && blob.size < file.size ? new File([blob], 'photo.jpg', { type: 'image/jpeg' }) : file, image];
      } catch { return [file, null]; }
    };
    const show = () => {
      shots.querySelectorAll('.thumb').forEach(t => t.remove());
      const chosen = new DataTransfer();
      photos.forEach(([file, image], i) => {
        chosen.items.add(file);
        const thumb = document.createElement('button'), canvas = document.createElement('canvas');
        thumb.type = 'button'; thumb.className = 'thumb'; thumb.setAttribute('aria-label', form.dataset.remove.replace('{0}', i + 1));
        canvas.width = canvas.height = 160;
        if (image) {
          const side = Math.min(image.width, image.height);
          canvas.getContext('2d').drawImage(image, (image.width - side) / 2, (image.height - side) / 2, side, side, 0, 0, 160, 160);
        }
        thumb.append(canvas);
        thumb.onclick = () => { photos.splice(i, 1); show(); };
        shots.insertBefore(thumb, shots.querySelector('label'));
      });
      input.files = chosen.files;
      shots.querySelector('label').hidden = photos.length >= most;
      form.photos = photos;
    };
    if (input) {
      input.addEventListener('change', async () => {
        problem.textContent = '';
        for (const file of [...input.files]) {
          if (photos.length >= most) { problem.textContent = form.dataset.tooMany; break; }
          const [small, image] = await smaller(file);
          if (small.size > +form.dataset.bytes) problem.textContent = form.dataset.tooLarge;
          else photos.push([small, image]);
        }
        show();
      });
      if (photos.length) show();
    }

    // Sending: a broken line leaves everything where it is, the photos too; the form's key makes a second try the same report.
    form.addEventListener('submit', async e => {
      e.preventDefault();
      const button = form.querySelector('[data-once]');
      button.disabled = true; note.hidden = true;
      try {
        const answer = await fetch(form.action, { method: 'POST', body: new FormData(form), redirect: 'manual', credentials: 'same-origin' });
        if (answer.type === 'opaqueredirect') { location.href = form.dataset.after; return; }
        const page = new DOMParser().parseFromString(await answer.text(), 'text/html'), again = page.querySelector('form[data-report]');
        if (!again) throw new Error(answer.status);
        again.photos = photos;
        form.replaceWith(document.adoptNode(again));
        start(again);
        (again.querySelector('[role=alert]:not([hidden])') || again).scrollIntoView();
      } catch {
        note.querySelector('span').textContent = form.dataset.offline;
        note.hidden = false; note.scrollIntoView({ block: 'center' });
        button.disabled = false;
      }
    });
  };
  document.querySelectorAll('form[data-report]').forEach(start);
})();

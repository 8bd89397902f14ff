(() => {
  'use strict';
  const form = document.getElementById('filters');
  if (!form) return;
  const search = document.getElementById('search');
  const keys = document.getElementById('keys');
  const shown = document.getElementById('shown');
  const findings = [...document.querySelectorAll('article.finding')];
  const groups = [...document.querySelectorAll('section.group')];
  const words = new Map();

  // What a finding is searched by: its sentence, its code and the operations that it reaches.
  const text = (finding) => {
    if (!words.has(finding)) {
      const parts = [...finding.querySelectorAll('h4, .chips, dl')];
      const title = finding.closest('section.group').querySelector('h3');
      words.set(finding, [title, ...parts].map((part) => part.textContent).join(' ').toLowerCase());
    }
    return words.get(finding);
  };

  const chosen = (name) =>
    new Set([...form.querySelectorAll(`input[name="${name}"]:checked`)].map((box) => box.value));

  const apply = () => {
    const [wire, rust, level] = [chosen('wire'), chosen('rust'), chosen('level')];
    const wanted = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const finding of findings) {
      const { wire: w, rust: r, level: l } = finding.dataset;
      const is = wire.has(w) && rust.has(r) && level.has(l)
        && wanted.every((word) => text(finding).includes(word));
      finding.hidden = !is;
      count += is ? 1 : 0;
    }
    for (const group of groups) {
      group.hidden = !group.querySelector('article.finding:not([hidden])');
    }
    for (const link of document.querySelectorAll('nav li a')) {
      const group = document.getElementById(link.hash.slice(1)).closest('section.group');
      link.parentElement.hidden = group.hidden;
    }
    shown.textContent = `${count} of ${findings.length} findings shown`;
  };

  const open = (is) => {
    for (const part of document.querySelectorAll('details.part')) part.open = is;
  };

  const move = (step) => {
    const visible = findings.filter((finding) => !finding.hidden);
    const here = document.activeElement.closest('article.finding');
    const at = visible.indexOf(here);
    const next = here ? at + step : 0;
    const target = visible[Math.min(Math.max(next, 0), visible.length - 1)];
    if (target) {
      target.focus({ preventScroll: true });
      target.scrollIntoView({ block: 'start' });
    }
  };

  document.addEventListener('keydown', (event) => {
    if (!keys.checked || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.matches('input:not([type="checkbox"])')) {
      if (event.key === 'Escape') event.target.blur();
      return;
    }
    const action = { j: () => move(1), k: () => move(-1), '/': () => search.focus() }[event.key];
    if (action) {
      event.preventDefault();
      action();
    }
  });

  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('input', apply);
  // The event of a reset comes before the fields have their first values again, so they get them here.
  form.querySelector('button[type=reset]').addEventListener('click', (event) => {
    event.preventDefault();
    form.reset();
    apply();
  });
  document.getElementById('open').addEventListener('click', () => open(true));
  document.getElementById('close').addEventListener('click', () => open(false));
  form.hidden = false;
  apply();
})();

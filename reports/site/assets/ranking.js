// The ranking's filters, sorting, paging and hints. Everything is built with
// textContent and attributes: no text of the data is ever parsed as HTML.
'use strict';
(() => {
  const data = window.opennessData;
  const form = document.getElementById('filters');
  const table = document.getElementById('grid');
  if (!data || !form || !table) return;

  const PAGE = 200; // models on a page
  const SCREEN = 20; // drawn at once; the rest of the page follows when nobody types
  const words = {o: 'open', p: 'partial', c: 'closed', u: 'undetermined'};
  const symbols = {o: '✓', p: '~', c: '✗', u: '?'};
  const points = {o: 3, p: 2, c: 1, u: 0};
  const body = table.tBodies[0];
  const $ = id => document.getElementById(id);
  const fields = {q: $('f-text'), org: $('f-org'), license: $('f-license'), access: $('f-access'), from: $('f-from'), to: $('f-to')};
  const dimensionFields = [...form.querySelectorAll('[data-dimension]')];
  const picked = new Set();
  const state = {sort: 'rank', down: false, page: 0};

  const models = data.rows.map((r, i) => ({
    slug: r[0], name: r[1], org: data.organisations[r[2]], orgPage: data.organisationPages[r[2]], license: data.licenses[r[3]],
    released: r[4], band: r[5], strict: r[6], determined: r[7], percent: r[8], coverage: r[9], access: r[10],
    classes: r[11], reasons: r[12], id: r[13] || r[1], order: i, rank: r[14], share: r[15], high: r[16],
    text: (r[1] + ' ' + r[13] + ' ' + data.organisations[r[2]]).toLowerCase(),
  }));
  const dimensionIndex = new Map(data.dimensions.map((d, i) => [d.id, i]));

  function el(name, attributes, ...children) {
    const e = document.createElement(name);
    for (const [k, v] of Object.entries(attributes || {})) if (v !== undefined) e.setAttribute(k, v);
    e.append(...children);
    return e;
  }
  const trimmed = n => String(Math.round(n * 100) / 100);

  // Filtering and sorting

  function selection() {
    const q = fields.q.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const org = fields.org.value.trim().toLowerCase();
    const classes = dimensionFields.filter(f => f.value).map(f => [dimensionIndex.get(f.dataset.dimension), f.value]);
    const {license, access, from, to} = Object.fromEntries(Object.entries(fields).map(([k, f]) => [k, f.value]));
    return models.filter(m =>
      q.every(w => m.text.includes(w)) &&
      (!org || m.org.toLowerCase().includes(org)) &&
      (!license || m.license === license) &&
      (!access || m.access === access) &&
      (!from || (m.released && m.released.slice(0, 4) >= from)) &&
      (!to || (m.released && m.released.slice(0, 4) <= to)) &&
      classes.every(([i, c]) => c.includes(m.classes[i])));
  }

  const collate = new Intl.Collator('en', {numeric: true}).compare;
  function sorted(list) {
    const key = state.sort, i = dimensionIndex.get(key), sign = state.down ? -1 : 1;
    const by = i !== undefined ? (a, b) => points[a.classes[i]] - points[b.classes[i]]
      : key === 'name' ? (a, b) => collate(a.name, b.name)
      : key === 'score' ? (a, b) => (a.rank ? a.share : -1) - (b.rank ? b.share : -1)
      : key === 'strict' ? (a, b) => a.strict - b.strict
      : key === 'released' ? (a, b) => (a.released < b.released ? -1 : a.released > b.released ? 1 : 0)
      : (a, b) => a.order - b.order;
    // What is not ranked has no place: it stays below, whichever way the ranking is turned.
    const ranked = key === 'rank' || key === 'score' ? (a, b) => (b.rank > 0) - (a.rank > 0) : () => 0;
    return list.sort((a, b) => ranked(a, b) || sign * by(a, b) || a.order - b.order);
  }

  // Drawing

  // The longest name of a class may be broken: the width of all columns hangs on it.
  const inCell = {u: 'undeter\u00admined'};
  // A row and its cells are copies of one pattern: far faster than new elements.
  const pattern = el('tr', {},
    el('td', {class: 'pick js'}, el('input', {type: 'checkbox'})),
    el('td', {class: 'num rank'}, '#'),
    el('th', {scope: 'row', class: 'name'}, el('a', {}, 'name'), ' ', el('a', {class: 'org'}, 'organisation')),
    el('td', {class: 'num score'}, el('span', {class: 'value'}, '0'), ' ', el('span', {class: 'muted'}, '0 %')),
    el('td', {class: 'num score strict'}, el('span', {class: 'value'}, '0'), ' ', el('span', {class: 'muted'})),
    el('td', {class: 'num muted'}));
  const cells = Object.fromEntries(Object.keys(words).map(c => [c,
    el('td', {class: 'cell'}, el('a', {class: c}, el('b', {'aria-hidden': 'true'}, symbols[c]), el('i', {}, inCell[c] || words[c])))]));

  function row(m) {
    const page = 'models/' + m.slug + '.html';
    const tr = pattern.cloneNode(true);
    const [pick, rank, name, score, strict, released] = tr.children;
    const box = pick.firstChild;
    box.setAttribute('aria-label', 'Compare ' + m.name);
    box.value = m.slug;
    box.checked = picked.has(m.slug);
    rank.textContent = m.band;
    name.firstChild.href = page;
    name.firstChild.textContent = m.name;
    name.lastChild.href = m.orgPage;
    name.lastChild.textContent = m.org;
    score.firstChild.textContent = m.rank ? Math.round(100 * m.share) + ' %' : '–';
    score.lastChild.textContent = Math.round(100 * m.coverage) + ' %';
    strict.firstChild.textContent = trimmed(m.strict);
    strict.lastChild.textContent = m.high > m.strict ? trimmed(m.high) : '';
    released.textContent = m.released;
    for (let i = 0; i < data.dimensions.length; i++) {
      const td = cells[m.classes[i]].cloneNode(true);
      td.firstChild.href = page + '#' + data.dimensions[i].id;
      tr.append(td);
    }
    tr.model = m;
    return tr;
  }

  const divider = () => el('tr', {class: 'unranked'},
    el('th', {scope: 'rowgroup', colspan: String(6 + data.dimensions.length)},
      el('span', {}, 'Not ranked: too little could be determined')));

  // drawing gives the rows of a part of a list, with a line above the first that is not ranked.
  function drawing(list) {
    const divided = state.sort === 'rank' || state.sort === 'score';
    const first = divided ? list.findIndex(m => !m.rank) : -1;
    return (from, to) => list.slice(from, to).flatMap((m, i) => from + i === first ? [divider(), row(m)] : [row(m)]);
  }

  let shown = models, later = 0;
  function draw() {
    clearTimeout(later);
    shown = sorted(selection());
    const pages = Math.max(1, Math.ceil(shown.length / PAGE));
    state.page = Math.min(state.page, pages - 1);
    const part = shown.slice(state.page * PAGE, (state.page + 1) * PAGE);
    const drawn = drawing(part);
    const rows = drawn(0, SCREEN);
    if (!rows.length) rows.push(el('tr', {}, el('td', {class: 'none', colspan: String(6 + data.dimensions.length)}, 'No model matches these filters.')));
    body.replaceChildren(...rows);
    table.setAttribute('aria-busy', String(part.length > SCREEN));
    if (part.length > SCREEN) later = setTimeout(() => {
      body.append(...drawn(SCREEN));
      table.setAttribute('aria-busy', 'false');
    }, 150);
    $('status').textContent = shown.length === models.length ? plural(models.length) : shown.length + ' of ' + plural(models.length);
    drawPages(pages);
    remember();
  }
  // Paper has no pages to turn: all models that the filters leave are printed.
  window.addEventListener('beforeprint', () => {
    clearTimeout(later);
    if (shown.length) body.replaceChildren(...drawing(shown)(0));
    table.setAttribute('aria-busy', 'false');
  });
  window.addEventListener('afterprint', () => draw());
  const plural = n => n + (n === 1 ? ' model' : ' models');

  function drawPages(pages) {
    const nav = $('pages');
    nav.hidden = pages < 2;
    const step = (name, to, off) => {
      const b = el('button', {type: 'button'}, name);
      b.disabled = off;
      b.addEventListener('click', () => { state.page = to; draw(); table.scrollIntoView(); });
      return b;
    };
    nav.replaceChildren(step('Previous', state.page - 1, state.page === 0), 'Page ' + (state.page + 1) + ' of ' + pages, step('Next', state.page + 1, state.page >= pages - 1));
  }

  // Sorting by the heads of columns

  for (const th of table.querySelectorAll('th[data-sort]')) {
    const head = th.querySelector('.head');
    const button = el('button', {type: 'button'}, head.textContent === '#' ? 'Rank' : head.textContent);
    head.replaceChildren(button);
    button.addEventListener('click', () => {
      const key = th.dataset.sort;
      const first = key !== 'rank' && key !== 'name'; // numbers and classes: most first
      state.down = state.sort === key ? !state.down : first;
      state.sort = key;
      state.page = 0;
      markSort();
      draw();
    });
  }
  function markSort() {
    for (const th of table.querySelectorAll('th[data-sort]')) {
      if (th.dataset.sort === state.sort) th.setAttribute('aria-sort', state.down ? 'descending' : 'ascending');
      else th.removeAttribute('aria-sort');
    }
  }

  // Choosing models to compare

  body.addEventListener('change', e => {
    if (!e.target.matches('input[type=checkbox]')) return;
    if (e.target.checked && picked.size >= 4) {
      e.target.checked = false;
      $('status').textContent = 'Four models can be compared at once.';
      return;
    }
    picked[e.target.checked ? 'add' : 'delete'](e.target.value);
    markPicked();
  });
  function markPicked() {
    const link = $('compare');
    const ready = picked.size >= 2;
    link.setAttribute('aria-disabled', String(!ready));
    link.href = ready ? 'compare.html#' + [...picked].map(s => 'm=' + encodeURIComponent(s)).join('&') : 'compare.html';
    link.textContent = picked.size ? 'Compare selected (' + picked.size + ')' : 'Compare selected';
  }

  // The reason for a class, beside its cell

  const hint = $('hint');
  function showHint(e) {
    const link = e.target.closest && e.target.closest('.cell a');
    if (!link) return hideHint();
    const tr = link.closest('tr'), i = link.parentElement.cellIndex - 6;
    const m = tr.model || models[[...body.rows].filter(r => !r.classList.contains('unranked')).indexOf(tr)];
    if (!m || i < 0) return hideHint();
    hint.textContent = data.dimensions[i].name + ': ' + words[m.classes[i]] + '. ' + data.reasons[m.reasons[i]];
    hint.hidden = false;
    link.setAttribute('aria-describedby', 'hint');
    const box = link.getBoundingClientRect();
    const left = Math.min(box.left, document.documentElement.clientWidth - hint.offsetWidth - 8);
    hint.style.left = window.scrollX + Math.max(8, left) + 'px';
    hint.style.top = window.scrollY + box.bottom + 6 + 'px';
  }
  function hideHint() {
    hint.hidden = true;
    for (const a of body.querySelectorAll('[aria-describedby=hint]')) a.removeAttribute('aria-describedby');
  }
  body.addEventListener('mouseover', showHint);
  body.addEventListener('focusin', showHint);
  body.addEventListener('mouseleave', hideHint);
  body.addEventListener('focusout', hideHint);
  document.addEventListener('keydown', e => { if (e.key === 'Escape') hideHint(); });

  // Arrows walk the grid from cell to cell, as in a spreadsheet; Home and End go to
  // the first and last of a row.
  body.addEventListener('keydown', e => {
    const link = e.target.closest && e.target.closest('.cell a, th.name a');
    if (!link || e.altKey || e.ctrlKey || e.metaKey) return;
    const rows = [...body.rows].filter(r => !r.classList.contains('unranked'));
    const links = tr => [tr.querySelector('th.name a'), ...tr.querySelectorAll('.cell a')];
    const tr = link.closest('tr'), y = rows.indexOf(tr), x = Math.max(0, links(tr).indexOf(link));
    const to = {ArrowLeft: [y, x - 1], ArrowRight: [y, x + 1], ArrowUp: [y - 1, x], ArrowDown: [y + 1, x],
      Home: [y, 0], End: [y, links(tr).length - 1]}[e.key];
    if (!to) return;
    e.preventDefault();
    const next = rows[to[0]] && links(rows[to[0]])[to[1]];
    if (next) next.focus();
  });
  if (matchMedia('(max-width: 40rem)').matches) $('narrow-by').open = false;

  // Filters are kept in the address, so that a selection can be sent as a link.
  // What follows # without a = names a place on the page and is left alone.
  const namesPlace = () => location.hash.length > 1 && !location.hash.includes('=');

  function remember() {
    const p = new URLSearchParams();
    for (const [k, f] of Object.entries(fields)) if (f.value) p.set(k, f.value);
    for (const f of dimensionFields) if (f.value) p.set('d.' + f.dataset.dimension, f.value);
    if (state.sort !== 'rank' || state.down) p.set('sort', (state.down ? '-' : '') + state.sort);
    if (state.page) p.set('page', String(state.page + 1));
    const text = p.toString();
    if (!text && namesPlace()) return;
    try { history.replaceState(null, '', text ? '#' + text : location.pathname + location.search); } catch (_) { /* some browsers refuse on a disk */ }
  }
  function recall() {
    const p = new URLSearchParams(location.hash.slice(1));
    for (const [k, f] of Object.entries(fields)) f.value = p.get(k) || '';
    for (const f of dimensionFields) f.value = p.get('d.' + f.dataset.dimension) || '';
    $('by-class').open = dimensionFields.some(f => f.value);
    const sort = p.get('sort') || 'rank';
    state.down = sort.startsWith('-');
    state.sort = sort.replace(/^-/, '');
    state.page = Math.max(0, (parseInt(p.get('page'), 10) || 1) - 1);
    markSort();
  }

  form.addEventListener('input', () => { state.page = 0; draw(); });
  form.addEventListener('submit', e => e.preventDefault());
  form.addEventListener('reset', () => setTimeout(() => { state.sort = 'rank'; state.down = false; state.page = 0; markSort(); draw(); }));
  window.addEventListener('hashchange', () => { if (!namesPlace()) { recall(); draw(); } });
  $('organisations').append(...[...new Set(data.organisations)].sort().slice(0, 1000).map(o => el('option', {value: o})));

  document.documentElement.classList.add('scripted');
  form.hidden = false;
  recall();
  draw();
  markPicked();
})();

// Two to four models side by side, chosen by name or in the address. Texts are
// set as text only.
'use strict';
(() => {
  const data = window.opennessData;
  const form = document.getElementById('choose');
  if (!data || !form) return;
  const words = {o: 'open', p: 'partial', c: 'closed', u: 'undetermined'};
  const symbols = {o: '✓', p: '~', c: '✗', u: '?'};
  const out = document.getElementById('comparison');
  const status = document.getElementById('status');
  const inputs = [...form.querySelectorAll('input')];
  const bySlug = new Map(data.rows.map(r => [r[0], r]));
  const byName = new Map();
  const nameOf = r => (r[13] || r[1]); // ids tell apart what names may not
  for (const r of data.rows) {
    byName.set(r[1].toLowerCase(), r);
    byName.set(nameOf(r).toLowerCase(), r);
  }

  function el(name, attributes, ...children) {
    const e = document.createElement(name);
    for (const [k, v] of Object.entries(attributes || {})) e.setAttribute(k, v);
    e.append(...children);
    return e;
  }
  const badge = c => el('span', {class: 'badge ' + c}, el('span', {'aria-hidden': 'true'}, symbols[c]), ' ' + words[c]);

  function chosen() {
    const rows = inputs.map(i => byName.get(i.value.trim().toLowerCase())).filter(Boolean);
    return [...new Set(rows)];
  }

  function draw() {
    const rows = chosen();
    const unknown = inputs.filter(i => i.value.trim() && !byName.has(i.value.trim().toLowerCase())).map(i => i.value.trim());
    status.textContent = unknown.length ? 'Not in this ranking: ' + unknown.join(', ')
      : rows.length < 2 ? 'Choose at least two models.' : 'Comparing ' + rows.map(r => r[1]).join(', ') + '.';
    out.replaceChildren(...(rows.length >= 2 ? [comparison(rows)] : []));
    const hash = rows.map(r => 'm=' + encodeURIComponent(r[0])).join('&');
    try { history.replaceState(null, '', hash ? '#' + hash : location.pathname + location.search); } catch (_) { /* some browsers refuse on a disk */ }
  }

  function comparison(rows) {
    const head = el('tr', {}, el('td', {}), ...rows.map(r => el('th', {scope: 'col'}, el('a', {href: 'models/' + r[0] + '.html'}, r[1]))));
    const body = el('tbody', {});
    const line = (name, value) => body.append(el('tr', {}, el('th', {scope: 'row'}, name), ...rows.map(r => el('td', {}, value(r)))));
    line('Organisation', r => data.organisations[r[2]]);
    line('Licence of the weights', r => data.licenses[r[3]] || '–');
    line('Released', r => r[4] || '–');
    line('Score', r => (r[14] ? Math.round(100 * r[15]) + ' % of what could be determined, rank ' + r[5] : 'not ranked') + '; ' +
      (r[16] > r[6] ? r[6] + ' to ' + r[16] : r[6]) + ' of ' + data.max + ', ' + Math.round(100 * r[9]) + ' % determined');
    data.dimensions.forEach((d, i) => {
      const differs = rows.some(r => r[11][i] !== rows[0][11][i]);
      const tr = el('tr', differs ? {class: 'differs'} : {}, el('th', {scope: 'row'}, d.name, ...(differs ? [el('span', {class: 'hidden'}, ' (differs)')] : [])));
      for (const r of rows) {
        tr.append(el('td', {}, el('a', {href: 'models/' + r[0] + '.html#' + d.id}, badge(r[11][i])), el('div', {class: 'small'}, data.reasons[r[12][i]])));
      }
      body.append(tr);
    });
    return el('table', {class: 'plain'}, el('caption', {class: 'hidden'}, 'Comparison'), el('thead', {}, head), body);
  }

  function recall() {
    const slugs = new URLSearchParams(location.hash.slice(1) || location.search).getAll('m');
    inputs.forEach((input, i) => { const r = bySlug.get(slugs[i]); input.value = r ? nameOf(r) : ''; });
  }
  document.getElementById('models').append(...data.rows.slice(0, 2000).map(r => el('option', {value: nameOf(r)}, r[1])));
  form.addEventListener('input', draw);
  form.addEventListener('submit', e => e.preventDefault());
  window.addEventListener('hashchange', () => { recall(); draw(); });
  form.hidden = false;
  recall();
  draw();
})();

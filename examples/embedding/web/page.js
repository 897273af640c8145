// SPDX-License-Identifier: BSL-1.0
'use strict';

/// The library: an instance of the module, and another one where that has trapped.
class Engine {
  static async start(base64) {
    const engine = new Engine();
    const packed = Uint8Array.from(atob(base64.trim()), c => c.charCodeAt(0));
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
    engine.module = await WebAssembly.compile(await new Response(stream).arrayBuffer());
    await engine.begin();
    return engine;
  }
  async begin() {
    // Of WASI the library asks for nothing but to end: it has no files, no arguments, no environment.
    const wasi = {};
    for (const { name } of WebAssembly.Module.imports(this.module)) wasi[name] = () => 52;  // not supported
    wasi.environ_sizes_get = (count, size) => { const at = new DataView(this.exports.memory.buffer); at.setUint32(count, 0, true); at.setUint32(size, 0, true); return 0; };
    wasi.environ_get = () => 0;
    wasi.proc_exit = code => { throw new Error(`the library has ended with ${code}`); };
    this.exports = (await WebAssembly.instantiate(this.module, { wasi_snapshot_preview1: wasi })).exports;
    this.exports._initialize();
  }
  place(bytes) {
    const at = this.exports.allocate(bytes.length);
    if (!at) throw new Error('the input is larger than the memory');
    new Uint8Array(this.exports.memory.buffer, at, bytes.length).set(bytes);
    return at;
  }
  /// {status, text}; status 0: an answer, else why there is none. -1: the instance trapped, and there is a new one.
  async answer(task, options, input) {
    const asked = new TextEncoder().encode([task, ...Object.entries(options).flat()].join('\0'));
    const bytes = typeof input === 'string' ? new TextEncoder().encode(input) : input;
    try {
      const a = this.place(asked), b = this.place(bytes);
      const status = this.exports.answer(a, asked.length, b, bytes.length) | 0;
      this.exports.release(a);
      this.exports.release(b);
      const text = new TextDecoder().decode(new Uint8Array(this.exports.memory.buffer, this.exports.text() >>> 0, this.exports.text_size() >>> 0));
      if (status === 3) await this.begin();  // out of memory: it gives none back
      return { status, text };
    } catch (error) {
      await this.begin();
      return { status: -1, text: `The library broke off (${error.message}) and was started anew. Nothing was computed.` };
    }
  }
}

const $ = id => document.getElementById(id);
const svg = (name, attributes = {}, ...children) => {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};
const html = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};

// Figures. Colours of Okabe and Ito (2008), yellow left out, which is too pale for lines; series also differ in dashes.
const colours = ['#0072B2', '#D55E00', '#009E73', '#CC79A7', '#E69F00', '#56B4E9', 'currentColor'];
const dashes = ['', '7 3', '2 3', '9 3 2 3', '12 4', '4 2'];
const style_of = i => ({ stroke: colours[i % colours.length], 'stroke-dasharray': dashes[i % dashes.length], 'stroke-width': 2, fill: 'none' });
function ticks(low, high, logarithmic, most, whole) {
  if (logarithmic) {
    const first = Math.ceil(low), step = Math.max(1, Math.ceil((high - low) / most));
    const all = [];
    for (let at = Math.ceil(first / step) * step; at <= high; at += step) all.push(at);
    return all.length > 1 ? all : [low, high];
  }
  const raw = (high - low) / most || 1, power = 10 ** Math.floor(Math.log10(raw));
  const step = Math.max(power * [1, 2, 5, 10].find(each => each * power >= raw), whole ? 1 : 0);
  const all = [];
  for (let at = Math.ceil(low / step - 1e-9) * step; at <= high + step * 1e-9; at += step) all.push(Number(at.toPrecision(12)));
  return all;
}
const power_of_ten = x => Number.isInteger(x) ? '10' + [...String(x)].map(c => '⁰¹²³⁴⁵⁶⁷⁸⁹'[c] ?? '⁻').join('') : (10 ** x).toPrecision(2);
function drawn(figure, number) {
  const wide = 640, high = 360, left = 62, right = 12, top = 10, bottom = 46;
  const log = figure.y.scale === 'logarithmic', names = [...new Set(figure.series.map(s => s.name))];
  const value = y => y === null || y === undefined || (log && y <= 0) ? null : log ? Math.log10(y) : y;
  const xs = figure.series.flatMap(s => s.x), ys = figure.series.flatMap(s => [...s.y, ...s.lower, ...s.upper].map(value)).filter(y => y !== null);
  let [x0, x1] = [Math.min(...xs), Math.max(...xs)], [y0, y1] = [Math.min(...ys), Math.max(...ys)];
  if (figure.y.scale === 'share') [y0, y1] = [0, Math.min(100, Math.max(y1, 1))];
  if (x0 === x1) { x0 -= 1; x1 += 1; }
  if (y0 === y1) { y0 -= 1; y1 += 1; }
  const px = x => left + 6 + (x - x0) / (x1 - x0) * (wide - left - right - 12);
  const py = y => high - bottom - (y - y0) / (y1 - y0) * (high - top - bottom);
  const title = `title-${number}`, about = `about-${number}`;
  const picture = svg('svg', { viewBox: `0 0 ${wide} ${high}`, role: 'img', 'aria-labelledby': `${title} ${about}` },
    svg('title', { id: title }, figure.title),
    svg('desc', { id: about }, `${figure.y.label} against ${figure.x.label}: ${names.filter(n => n).join(', ') || 'one series'}. ${figure.notes.join('. ')}. The numbers are in the table below.`));
  for (const y of ticks(y0, y1, log, 6)) {
    picture.append(svg('line', { x1: left, x2: wide - right, y1: py(y), y2: py(y), stroke: 'var(--line)' }),
      svg('text', { x: left - 6, y: py(y) + 4, 'text-anchor': 'end' }, log ? power_of_ten(y) : String(y)));
  }
  const labels = figure.x.scale === 'categories' ? figure.series[0].labels : null;
  for (const x of labels ? labels.map((_, i) => i) : ticks(x0, x1, false, 8, xs.every(Number.isInteger))) {
    const text = labels ? labels[x].slice(0, 12) : String(x);
    picture.append(svg('text', { x: px(x), y: high - bottom + 18, 'text-anchor': 'middle' }, text));
  }
  picture.append(svg('text', { x: (left + wide - right) / 2, y: high - 8, 'text-anchor': 'middle' }, figure.x.label),
    svg('text', { transform: `translate(14 ${(high - bottom + top) / 2}) rotate(-90)`, 'text-anchor': 'middle' }, `${figure.y.label}${figure.y.unit ? `, ${figure.y.unit}` : ''}`.slice(0, 60)));
  const path = points => points.map(([x, y], i) => `${i ? 'L' : 'M'}${px(x).toFixed(1)} ${py(y).toFixed(1)}`).join('');
  const many = names.length > 2;
  figure.series.forEach(s => {
    const i = names.indexOf(s.name), colour = colours[i % colours.length];
    const at = s.x.map((x, k) => [x, value(s.y[k]), value(s.lower[k]), value(s.upper[k])]).filter(p => p[1] !== null);
    if (s.kind === 'band' && !many) {
      const whole = at.filter(p => p[2] !== null && p[3] !== null);
      if (whole.length > 1) picture.append(svg('path', { d: path([...whole.map(p => [p[0], p[3]]), ...whole.map(p => [p[0], p[2]]).reverse()]) + 'Z', fill: colour, 'fill-opacity': .18 }));
    }
    if (s.kind === 'points' || at.length === 1)
      for (const [x, y, lower, upper] of at) {
        if (lower !== null && upper !== null) picture.append(svg('line', { x1: px(x), x2: px(x), y1: py(lower), y2: py(upper), stroke: colour }));
        picture.append(svg('circle', { cx: px(x).toFixed(1), cy: py(y).toFixed(1), r: at.length > 100 ? 1.6 : 3, fill: colour, 'fill-opacity': at.length > 100 ? .5 : 1 }));
      }
    else picture.append(svg('path', { d: path(at), ...style_of(i) }));
    if (s.kind === 'band' && many && at.length > 1)  // bars beside each other in place of areas on each other
      for (const [x, , lower, upper] of at)
        if (lower !== null && upper !== null) picture.append(svg('line', { x1: px(x) + 2 * (i - names.length / 2), x2: px(x) + 2 * (i - names.length / 2), y1: py(lower), y2: py(upper), stroke: colour, 'stroke-opacity': .45 }));
  });
  const legend = html('ul', { class: 'legend' });
  if (names.length > 1) names.forEach((name, i) => legend.append(html('li', {},
    svg('svg', { viewBox: '0 0 28 12', 'aria-hidden': 'true' }, svg('line', { x1: 0, x2: 28, y1: 6, y2: 6, ...style_of(i) })), ` ${name}`)));
  return html('figure', {}, html('figcaption', {}, figure.title), picture, legend, html('p', { class: 'soft' }, figure.notes.join('. ')));
}

function download(name, text) {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
  html('a', { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

function show(answer) {
  const results = $('results');
  results.replaceChildren();
  answer.figures.forEach((figure, i) => results.append(drawn(figure, i)));
  for (const table of answer.tables) {
    const box = html('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': table.title });
    box.innerHTML = table.html;  // escaped by the library
    const button = html('button', { type: 'button' }, `${table.title}: CSV of ${table.rows} rows`);
    button.addEventListener('click', () => download(`${table.name}.csv`, table.csv));
    results.append(box, html('p', {}, button));
  }
  if (answer.n_problems) {
    $('problems').append(html('summary', {}, `${answer.n_problems} of the input could not be used`),
      html('ul', {}, ...answer.problems.map(each => html('li', {}, each))));
  }
}

// The form.
const examples = {
  classify: ['lines', 'FAIR, Menlo Park\nInria Paris; Google Research\nDepartment of Computer Science, University of Oslo\nMayo Clinic, Rochester\nIndependent Researcher'],
  growth: ['table', 'date,cost,lab\n2016-03-01,1.2e5,A\n2017-06-12,4.1e5,B\n2018-10-11,1.1e6,A\n2019-07-26,2.9e6,C\n2020-05-28,4.6e6,B\n2021-12-08,9.8e6,A\n2022-04-05,1.2e7,C\n2023-03-15,7.8e7,B\n2024-12-04,1.9e8,A\n'],
  models: ['table', 'Model,Publication date,Organization,Organization categorization,Training compute (FLOP),Parameters,Notability criteria\nA,2017-06-12,Google,Industry,7.4e18,6.5e7,Highly cited\nB,2018-10-11,Google,Industry,2.8e20,3.4e8,Highly cited\nC,2019-02-14,OpenAI,Industry,1.9e21,1.5e9,Highly cited\nD,2019-06-19,"Carnegie Mellon University,Google","Academia,Industry",6.2e21,3.4e8,SOTA improvement\nE,2020-05-28,OpenAI,Industry,3.1e23,1.7e11,Highly cited\nF,2021-03-23,Tsinghua University,Academia,2.1e20,1e10,SOTA improvement\n'],
  sentences: ['lines', 'We trained on 64 A100 80GB for 12 days.\nTraining took 3 days on 32 V100 GPUs.\nThe code is on GitHub.'],
};
let engine, dropped = null, known = null;
const task = () => document.querySelector('[name=task]:checked').value;
const is_table = () => ['growth', 'models'].includes(task()) || document.querySelector('[name=form]:checked').value === 'table';
const input = () => dropped ? dropped.bytes : $('input').value;
const tell = text => { $('wrong').textContent = text.replace(/compute_divide::\w+: /g, ''); };

function show_options() {
  for (const each of document.querySelectorAll('[data-for]'))
    each.hidden = !each.dataset.for.split(' ').includes(task()) || ('table' in each.dataset && !is_table());
}
async function read_columns() {
  known = null;
  show_options();
  $('read').textContent = dropped ? `${dropped.name}, ${dropped.bytes.length} bytes.` : '';
  tell('');
  if (!engine || !is_table() || !input().length) return;
  const { status, text } = await engine.answer('columns', {}, input());
  if (status) return tell(text);
  known = JSON.parse(text);
  for (const select of document.querySelectorAll('select[data-column]')) {
    select.replaceChildren(...('none' in select.dataset ? [html('option', { value: '' }, select.dataset.none)] : []),
      ...known.columns.map(c => html('option', { value: c.name }, c.samples.length ? `${c.name} (${c.samples[0].slice(0, 24)})` : c.name)));
    const likely = known[select.dataset.column];
    if (likely && known.columns.some(c => c.name === likely)) select.value = likely;
  }
  $('read').textContent += ` A table of ${known.columns.length} columns${known.source === 'unknown' ? '' : `, as ${known.source} exports it`}.`;
}
function options() {
  const given = {};
  for (const each of document.querySelectorAll('#options [name]'))
    if (!each.closest('[hidden]') && each.value.trim() !== '') given[each.name] = each.name === 'column' || each.tagName === 'SELECT' ? each.value : each.value.trim();
  if (task() === 'models') delete given.column;
  return given;
}
async function take(file) {
  dropped = { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
  $('input').value = '';
  if (/\.(csv|tsv|tab)$/i.test(file.name)) document.querySelector('[name=form][value=table]').checked = true;
  await read_columns();
}
async function run() {
  tell('');
  $('problems').replaceChildren();
  $('results').replaceChildren();
  if (!input().length) return tell('A text or a file is required.');
  $('busy').textContent = 'Computing.';
  await new Promise(done => setTimeout(done));  // until this is seen
  const begin = performance.now();
  const { status, text } = await engine.answer(task(), options(), input());
  $('busy').textContent = status ? '' : `Computed in ${Math.round(performance.now() - begin)} ms.`;
  if (status) return tell(text);
  show(JSON.parse(text));
  $('results').focus({ preventScroll: true });
}

$('form').addEventListener('submit', event => { event.preventDefault(); run(); });
for (const each of document.querySelectorAll('[name=task],[name=form]')) each.addEventListener('change', read_columns);
$('input').addEventListener('change', () => { dropped = null; $('file').value = ''; read_columns(); });
$('file').addEventListener('change', event => { if (event.target.files[0]) take(event.target.files[0]); });
$('example').addEventListener('click', () => {
  const [form, text] = examples[task()];
  dropped = null;
  $('input').value = text;
  document.querySelector(`[name=form][value=${form}]`).checked = true;
  read_columns();
});
const drop = $('drop');
for (const name of ['dragenter', 'dragover']) drop.addEventListener(name, event => { event.preventDefault(); drop.classList.add('over'); });
for (const name of ['dragleave', 'drop']) drop.addEventListener(name, () => drop.classList.remove('over'));
drop.addEventListener('drop', event => { event.preventDefault(); if (event.dataTransfer.files[0]) take(event.dataTransfer.files[0]); });

(async () => {
  try {
    engine = await Engine.start($('library').textContent);
  } catch (error) {
    $('busy').textContent = '';
    return tell(`This browser cannot start the library: ${error.message}. It needs WebAssembly with exceptions and DecompressionStream (browsers of 2023 and later).`);
  }
  const choices = JSON.parse((await engine.answer('choices', {}, '')).text);
  for (const select of document.querySelectorAll('[data-choices]')) {
    select.append(...('none' in select.dataset ? [html('option', { value: '' }, select.dataset.none)] : []),
      ...choices[select.dataset.choices].map(c => html('option', { value: c.name }, c.description)));
    if (select.dataset.chosen) select.value = select.dataset.chosen;
  }
  $('countries').append(...choices.country.map(c => html('option', { value: c })));
  $('version').textContent = choices.version;
  $('run').disabled = false;
  $('busy').textContent = '';
  await read_columns();
})();

// SPDX-License-Identifier: BSL-1.0
#include "support/report_assets.hpp"

namespace example {

std::string_view report_style() {
    return R"css(:root{color-scheme:light dark;--paper:#fff;--ink:#1b1f24;--soft:#535b66;--line:#d5dae1;--grid:#dddddd;--tint:#f4f6f8;--link:#0b57a4;--yes:#0a6147;--yes-on:#e3f4ed;--no:#9a2c00;--no-on:#fdece3;--maybe:#6b5200;--maybe-on:#fbf3d9}
@media (prefers-color-scheme:dark){:root:not([data-theme=light]){--paper:#14171b;--ink:#e6e9ee;--soft:#a9b2bd;--line:#3a424d;--grid:#39414b;--tint:#1d2228;--link:#8ec2ff;--yes:#8fe0bf;--yes-on:#12382b;--no:#ffb391;--no-on:#46210f;--maybe:#f0d680;--maybe-on:#3b3213}}
:root[data-theme=dark]{color-scheme:dark;--paper:#14171b;--ink:#e6e9ee;--soft:#a9b2bd;--line:#3a424d;--grid:#39414b;--tint:#1d2228;--link:#8ec2ff;--yes:#8fe0bf;--yes-on:#12382b;--no:#ffb391;--no-on:#46210f;--maybe:#f0d680;--maybe-on:#3b3213}
:root[data-theme=light]{color-scheme:light}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,sans-serif;overflow-wrap:break-word}
header,main{max-width:62rem;margin:0 auto;padding:0 1rem}
h1{font-size:clamp(1.5rem,4.5vw,2.3rem);line-height:1.2;margin:1.4rem 0 .4rem}
h2{font-size:1.4rem;line-height:1.25;margin:2.4rem 0 .6rem}
section+section>h2{border-top:1px solid var(--line);padding-top:1.4rem}
h3{font-size:1.08rem;margin:1.8rem 0 .4rem}
h4{font-size:1rem;margin:1.4rem 0 .3rem}
h4::first-letter{text-transform:uppercase}
p,ul,ol,dl{margin:.5rem 0}
.lead,.sources,figcaption{color:var(--soft)}
.sources,figcaption,tfoot{font-size:.88rem}
.short li{margin:.35rem 0}
a{color:var(--link)}
.estimate{font-weight:600;font-variant-numeric:tabular-nums}
.headline{font-size:1.06rem}
.verdict{display:inline-block;padding:0 .5em;border:1px solid currentColor;border-radius:.3em;font-size:.88rem;line-height:1.5;font-weight:600;color:var(--soft);background:var(--tint)}
.verdict.agrees{color:var(--yes);background:var(--yes-on)}
.verdict.opposite{color:var(--no);background:var(--no-on)}
.verdict.depends{color:var(--maybe);background:var(--maybe-on)}
.table,.plot{overflow-x:auto;max-width:100%}
table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:.92rem}
.table table{min-width:34rem}
th,td{padding:.25rem .7rem .25rem 0;text-align:left;vertical-align:top;font-weight:400}
thead th{font-weight:600;border-bottom:1px solid var(--ink);vertical-align:bottom}
tbody tr{border-bottom:1px solid var(--line)}
th.right,td.right,[data-estimate]:is(td,th){text-align:right}
th.center,td.center{text-align:center}
th[scope=rowgroup]{font-weight:600;padding-top:.8rem}
tfoot td{color:var(--soft);max-width:40rem}
figure{margin:1rem 0}
.plot svg{display:block;width:100%;min-width:40rem;height:auto;font-family:system-ui,sans-serif;color:var(--ink)}
.marks{position:absolute}
.plot:focus-visible,.table:focus-visible,summary:focus-visible,button:focus-visible,select:focus-visible,a:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.here{outline:2px solid var(--ink);outline-offset:3px}
.off{display:none}
details{margin:.4rem 0}
summary{cursor:pointer;color:var(--link)}
code{font-size:.9em;overflow-wrap:anywhere}
dt{font-weight:600}
dd{margin:0 0 .4rem 1.2rem;overflow-wrap:anywhere}
section[data-arguments]{content-visibility:auto;contain-intrinsic-size:auto 90rem}
.choices label{margin-right:1rem}
tr.chosen,.plot .chosen{outline:2px dashed var(--link);outline-offset:2px}
.skip{position:absolute;left:-99rem}
.skip:focus{left:1rem;top:.5rem;background:var(--paper)}
.tools{display:flex;flex-wrap:wrap;gap:.4rem;align-items:center;margin:.4rem 0}
button,select{font:inherit;font-size:.88rem;color:var(--ink);background:var(--tint);border:1px solid var(--soft);border-radius:.3em;padding:.2em .6em;max-width:100%}
button[aria-pressed=false]{text-decoration:line-through;color:var(--soft)}
.named{min-height:1.5em;font-size:.9rem;margin:.2rem 0}
#theme{float:right;margin-top:.6rem}
@media print{@page{size:A4;margin:16mm}:root{color-scheme:light;--paper:#fff;--ink:#000;--soft:#333;--line:#bbb;--grid:#ddd;--tint:#fff;--link:#000;--yes:#000;--yes-on:#fff;--no:#000;--no-on:#fff;--maybe:#000;--maybe-on:#fff}body{font-size:10pt}header,main{max-width:none;padding:0}.tools,.named,.skip,#theme{display:none}.plot svg,.table table{min-width:0}.plot svg{max-height:92mm}h4+p,.headline{break-after:avoid}details:not([open]){display:none}.table,.plot{overflow:visible}table{font-size:8pt}figure,tr{break-inside:avoid}h2,h3,h4{break-after:avoid}.variants:not(.chosen){display:none}section{content-visibility:visible}}
)css";
}

std::string_view report_script() {
    return R"js('use strict';(() => {
const root = document.documentElement, all = (s, e = document) => [...e.querySelectorAll(s)];
const make = (tag, text, more = {}) => Object.assign(document.createElement(tag), {textContent: text}, more);
const hash = location.hash.slice(1), state = new URLSearchParams(hash.includes('=') ? hash : '');
const keep = () => history.replaceState(null, '', state.size ? '#' + state : location.pathname + location.search);
// What is added to the page is added in short tasks, so that it answers meanwhile.
const work = [], run = () => { const end = performance.now() + 6; while (work.length && performance.now() < end) work.shift()(); if (work.length) setTimeout(run); else root.dataset.ready = ''; };
setTimeout(run);
const set = (key, value) => { value ? state.set(key, value) : state.delete(key); keep(); };

// Light or dark.
const theme = make('button', '', {id: 'theme', type: 'button'}), next = {'': 'light', light: 'dark', dark: ''};
const paint = () => { const t = state.get('theme') || ''; t ? root.dataset.theme = t : delete root.dataset.theme; theme.textContent = 'Colours: ' + (t || 'as the system'); };
theme.onclick = () => { set('theme', next[state.get('theme') || '']); paint(); };
document.querySelector('header').prepend(theme);
paint();

// A table as CSV: numbers with all digits.
const quote = t => /[",\n\r]/.test(t) ? '"' + t.replaceAll('"', '""') + '"' : t;
const csv = table => all('thead tr, tbody tr', table).map(row => [...row.cells].flatMap(c => {
    const d = c.dataset, wide = c.closest('table').querySelectorAll('[data-lower]').length && [...c.closest('table').querySelectorAll('tbody tr')].some(r => r.cells[c.cellIndex]?.dataset.lower);
    if (c.closest('thead')) { const name = d.column || c.textContent; return wide ? [name, name + ' lower', name + ' upper'] : [name]; }
    const value = d.estimate ?? c.textContent;
    return wide ? [value, d.lower ?? '', d.upper ?? ''] : [value];
}).map(quote).join(',')).join('\n') + '\n';
const save = (name, type, text) => { const a = make('a', '', {href: URL.createObjectURL(new Blob([text], {type})), download: name}); a.click(); setTimeout(() => URL.revokeObjectURL(a.href), 1e4); };
const copy = async (text, button) => {
    const was = button.textContent;
    try { await navigator.clipboard.writeText(text); button.textContent = 'Copied'; } catch { save('table.csv', 'text/csv', text); button.textContent = 'Saved'; }
    setTimeout(() => button.textContent = was, 1500);
};
for (const box of all('.table')) work.push(() => {
    const button = make('button', 'Copy as CSV', {type: 'button'});
    button.setAttribute('aria-label', 'Copy as CSV: ' + (box.getAttribute('aria-label') || 'verdicts'));
    button.onclick = () => copy(csv(box.querySelector('table')), button);
    const tools = make('div', '', {className: 'tools'});
    tools.append(button);
    box.after(tools);
});

// A picture as a file of its own: marks, colours and caption in it.
const picture = figure => {
    const svg = figure.querySelector('svg').cloneNode(true), space = svg.namespaceURI, [, , w, h] = svg.getAttribute('viewBox').split(' ').map(Number);
    const lines = [''];
    for (const word of figure.querySelector('figcaption').textContent.split(/\s+/)) (lines.at(-1) + word).length > 130 ? lines.push(word) : lines[lines.length - 1] += ' ' + word;
    svg.setAttribute('viewBox', `0 0 ${w} ${h + 16 * lines.length + 10}`);
    svg.setAttribute('style', 'color:#111;background:#fff;font-family:sans-serif');
    svg.prepend(document.getElementById('marks').cloneNode(true));
    lines.forEach((line, i) => { const t = document.createElementNS(space, 'text'); t.textContent = line.trim(); t.setAttribute('x', 20); t.setAttribute('y', h + 16 * (i + 1)); t.setAttribute('font-size', 11); svg.append(t); });
    return new XMLSerializer().serializeToString(svg);
};

// Points by name, series by button.
for (const figure of all('figure')) work.push(() => {
    const plot = figure.querySelector('.plot'), named = make('p', '', {className: 'named'}), tools = make('div', '', {className: 'tools'});
    const points = all('[data-point]', plot), series = [...new Set(all('[data-series]', plot).map(g => g.dataset.series))].filter(Boolean);
    named.setAttribute('role', 'status');
    let at = -1;
    const show = i => { if (points[at]) points[at].classList.remove('here'); at = i; if (points[at]) points[at].classList.add('here'); named.textContent = points[at]?.dataset.point ?? ''; };
    plot.addEventListener('mousemove', e => {
        let best = -1, least = 400;
        points.forEach((p, i) => { const b = p.getBoundingClientRect(); if (!b.width) return; const d = (b.x + b.width / 2 - e.clientX) ** 2 + (b.y + b.height / 2 - e.clientY) ** 2; if (d < least) [best, least] = [i, d]; });
        if (best !== at) show(best);
    });
    plot.addEventListener('mouseleave', () => show(-1));
    plot.addEventListener('keydown', e => {
        const by = {ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1}[e.key], seen = points.filter(p => p.getBoundingClientRect().width);
        if (e.key === 'Escape') show(-1);
        if (!by || !seen.length) return;
        e.preventDefault();
        const k = seen.indexOf(points[at]);
        show(points.indexOf(seen[k < 0 ? (by > 0 ? 0 : seen.length - 1) : (k + by + seen.length) % seen.length]));
    });
    if (points.length) plot.setAttribute('aria-label', plot.getAttribute('aria-label') + '; arrow keys name its points');
    if (series.length > 1) for (const name of series) {
        const key = figure.id + '.' + name, button = make('button', name, {type: 'button'});
        const turn = on => { button.setAttribute('aria-pressed', on); all('[data-series]', plot).forEach(g => g.dataset.series === name && g.classList.toggle('off', !on)); };
        button.onclick = () => { const on = button.getAttribute('aria-pressed') !== 'true'; turn(on); set(key, on ? '' : 'off'); };
        turn(state.get(key) !== 'off');
        tools.append(button);
    }
    const button = make('button', 'Save SVG', {type: 'button'});
    button.onclick = () => save(figure.id + '.svg', 'image/svg+xml', picture(figure));
    tools.append(button);
    plot.after(named, tools);
});

// A finding under what is chosen of its choices: each number is the one, in the table of its specifications, that has
// these options, and most of the headline's beside; the first figure is the one that was prepared of them.
for (const section of all('section[data-arguments]')) work.unshift(() => {
    const heads = section.querySelector('[data-quoted]'), box = section.querySelector('.variants'), main = box?.previousElementSibling, base = JSON.parse(box?.dataset.choices ?? '{}');
    const views = box ? [{of: base, show: on => main.hidden = !on}, ...all('.variant', box).map(v => ({of: JSON.parse(v.dataset.choices), show: on => { v.hidden = !on; v.open = on; }}))] : [];
    const claims = JSON.parse(heads?.dataset.quoted ?? '[]').map((at, i) => {
        const table = section.querySelector(`[data-of="${section.id}#/claims/${i}/specifications"] table`), row = all('tbody tr', heads)[i];
        const names = all('thead th', table).map(h => h.dataset.column), end = names.findIndex(name => /^estimate_*$/.test(name));
        const specifications = all('tbody tr', table).map((row, index) => ({
            row, index, of: Object.fromEntries(names.slice(0, end).map((name, k) => [name, row.cells[k].textContent]).filter(([, option]) => option)),
            estimate: row.cells[end], n: row.cells[end + 1], evidence: [...row.cells].at(-1).textContent.replaceAll('_', ' ')}));
        return {row, cells: [...row.cells], specifications, quoted: specifications[at], points: all('[data-point]', table.closest('figure') ?? make('div', ''))};
    });
    const options = {};
    for (const of of [...claims.flatMap(c => c.specifications.map(s => s.of)), ...views.map(v => v.of)]) for (const name in of) (options[name] ??= new Set()).add(of[name]);
    const tools = make('div', '', {className: 'tools choices'}), status = make('p', '', {className: 'named'});
    const selects = Object.entries(options).filter(([, each]) => each.size > 1).map(([name, each]) => {
        const select = make('select', ''), label = make('label', name[0].toUpperCase() + name.slice(1) + ' '), key = section.id + '.' + name;
        select.append(make('option', 'as in the headline', {value: ''}), ...[...each].map(one => make('option', one, {value: one})));
        select.value = state.get(key) ?? '';
        if (select.selectedIndex < 0) select.value = '';
        select.onchange = () => { set(key, select.value); turn(); };
        label.append(select);
        tools.append(label);
        return [name, select];
    });
    if (!selects.length) return;
    const said = section.querySelector('.headline'), sentence = [...said?.childNodes ?? []], number = said?.querySelector('.estimate');
    const words = s => `${s.evidence} (${Object.values(s.of).join(', ')})`;
    const again = c => {  // the number of the sentence, its unit as its row names it
        const copy = number.cloneNode(), data = c.shown.estimate.dataset, unit = c.cells[0].textContent.slice(sentence[1].textContent.trim().length + 1);
        for (const key of ['estimate', 'lower', 'upper']) key in data ? copy.dataset[key] = data[key] : delete copy.dataset[key];
        copy.dataset.of = copy.dataset.of.replace(/\d+(?=\/result$)/, c.shown.index);
        copy.textContent = c.shown.estimate.textContent + (unit ? ' ' + unit : '');
        return copy;
    };
    const turn = () => {
        const chosen = selects.map(([name, select]) => [name, select.value]).filter(([, option]) => option), outcomes = {};
        for (const c of claims) {
            const asked = chosen.filter(([name]) => c.specifications.some(s => name in s.of)), alike = s => Object.keys(s.of).filter(name => s.of[name] === c.quoted?.of[name]).length;
            c.shown = asked.length ? c.specifications.filter(s => asked.every(([name, option]) => s.of[name] === option)).reduce((best, s) => best && alike(best) >= alike(s) ? best : s, undefined) : c.quoted;
            for (const s of c.specifications) s.row.classList.toggle('chosen', asked.length > 0 && s === c.shown);
            const place = asked.length && c.shown ? `, ${Object.values(c.shown.of).join(', ')}: ` : null;
            for (const p of c.points) p.classList.toggle('chosen', place !== null && p.dataset.point.includes(place));
            if (!asked.length) { c.row.replaceChildren(...c.cells); continue; }
            const evidence = c.shown?.evidence ?? 'no such specification';
            outcomes[evidence] = (outcomes[evidence] ?? 0) + 1;
            c.row.replaceChildren(...c.cells.slice(0, 2), ...c.shown ? [c.shown.estimate, c.shown.n].map(cell => cell.cloneNode(true)) : [make('td', ''), make('td', '')], make('td', c.shown ? words(c.shown) : evidence));
        }
        const counts = Object.entries(outcomes).map(([evidence, n]) => `${evidence}: ${n}`).join(', ') || 'no quantity has this choice';
        const c = number && claims[number.dataset.of.split('/')[2]];
        if (chosen.length) said?.replaceChildren(make('span', counts, {className: 'verdict'}), ...c?.shown ? [sentence[1], again(c), `; ${words(c.shown)}.`] : []);
        else said?.replaceChildren(...sentence);
        const shown = views.find(v => selects.every(([name, select]) => !(name in base) || (select.value || base[name]) === v.of[name]));
        for (const v of views) v.show(v === shown);
        box?.classList.toggle('chosen', shown !== views[0]);
        status.textContent = chosen.length ? chosen.map(([name, option]) => `${name} ${option}`).join(', ') + '; ' + counts + (views.length && !shown ? '. No figure here of this' : '') : '';
    };
    status.setAttribute('role', 'status');
    for (const v of all('.variant > summary', section)) v.hidden = true;
    (said ?? main).before(tools, status);
    turn();
});
})();
)js";
}

}  // namespace example

// node test.mjs FOLDER ROOT [--times]: the page of FOLDER in Debian's chromium, beside the program of FOLDER.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [folder, root, times] = process.argv.slice(2);
const require = createRequire(join(resolve(folder), 'x.js'));
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const path = join(resolve(folder), 'page.html'), url = pathToFileURL(path).href;
const wrong = [];
const check = (ok, text) => { if (!ok && !wrong.includes(text)) wrong.push(text); };

const bytes = statSync(path).size;
check(bytes < 2.5e6, `the page has ${bytes} bytes`);
const source = readFileSync(path, 'utf8').replace(/<script type="text\/plain".*?<\/script>/s, '');
check(!/https?:\/\/(?!www\.w3\.org\/2000\/svg)/.test(source), 'the page names an address');

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-dev-shm-usage'] });
async function opened(options = {}) {
  const context = await browser.newContext({ reducedMotion: 'reduce', acceptDownloads: true, viewport: { width: 1000, height: 900 }, ...options });
  await context.setOffline(true);
  const page = await context.newPage();
  page.on('request', r => check(r.url() === url || /^(data|blob):/.test(r.url()), `a request for ${r.url()}`));
  page.on('console', m => check(false, `console: ${m.text()}`));
  page.on('pageerror', e => check(false, `error: ${e}`));
  page.on('dialog', d => { check(false, `a dialog: ${d.message()}`); d.dismiss(); });
  await page.goto(url);
  await page.locator('#run:enabled').waitFor();
  return page;
}
const page = await opened();

// What it says is what the program says.
const inputs = join(folder, 'inputs');
mkdirSync(inputs, { recursive: true });
const data = name => readFileSync(join(root, 'examples', name));
const table = data('data/models.csv'), lines = data('expected/classify_affiliations.in'), texts = data('expected/extract_hardware.in');
let random = 1;
const uniform = () => (random = random * 48271 % 2147483647) / 2147483647;
const grown = n => 'when;what;lab\n' + Array.from({ length: n }, (_, i) => `${2010 + Math.floor(i / 20)}-0${1 + i % 9}-11;${(10 ** (3 + i / 40 + 2 * uniform())).toPrecision(6)};${'ABCDE'[i % 5]}`).join('\n');
const no_input = Buffer.from('');
const cases = [
  ['choices', {}, no_input],
  ['columns', {}, table], ['columns', {}, Buffer.from(grown(9))],
  ['classify', {}, lines], ['classify', { sectors: 'study', count: 'fractional', level: '0.9' }, lines],
  ['classify', { column: 'Organization', by: 'Publication date', cluster: 'Organization' }, table],
  ['classify', { column: 'Organization', by: 'Domain', sectors: 'frascati' }, table],
  ['growth', { date: 'Publication date', value: 'Training compute (FLOP)' }, table],
  ['growth', { date: 'Publication date', value: 'Parameters', cluster: 'Organization', by: 'Confidence', interval: 'clustered' }, table],
  ['growth', { date: 'when', value: 'what', interval: 'bootstrap_bca' }, Buffer.from(grown(200))],
  ['growth', { date: 'when', value: 'what', cluster: 'lab', interval: 'cr2' }, Buffer.from(grown(200))],
  ['models', {}, table], ['models', { models: 'all', since: '2010', vintage: '2023-03', level: '0.95' }, table],
  ['sentences', {}, texts], ['sentences', { country: 'France', year: '2020', domain: 'vision', data_centre: 'hyperscale' }, texts],
  // Bytes that nobody expects.
  ['classify', {}, Buffer.from([0xff, 0xfe, 0x41, 0x0a, 0xc3, 0x0a, 0x00, 0x0a])], ['classify', {}, Buffer.from('<img src=x onerror=alert(1)>, MIT\n=1+1, Google\n')],
  ['growth', { date: 'd', value: 'v' }, Buffer.from('d,v\n2020,1\n2021,x\n2022,-1\n2023,4\n2024,9,9\n2025,11\n2026,30\n')],
];
const errors = [
  ['nonsense', {}, no_input, 1], ['classify', {}, no_input, 4], ['classify', { colour: 'red' }, lines, 1],
  ['classify', { by: 'x' }, lines, 1], ['classify', { column: 'none' }, table, 1], ['classify', { level: '1.5' }, lines, 1],
  ['classify', { level: 'x' }, lines, 1], ['classify', { sectors: 'mine' }, lines, 1],
  ['classify', { column: 'a' }, Buffer.from('a,a\nMIT,MIT\n'), 1],
  ['columns', {}, Buffer.from('\ufeffa,b\n', 'utf16le'), 4], ['columns', { delimiter: '"' }, table, 1],
  ['columns', {}, Buffer.from('"a,b\n'), 4], ['growth', { date: 'd', value: 'v' }, Buffer.from('d,v\n,\n'), 4],
  ['growth', { date: 'd' }, Buffer.from('d,v\n'), 1], ['growth', { date: 'd', value: 'v', interval: 'clustered' }, Buffer.from('d,v\n2020,1\n'), 1],
  ['models', {}, lines, 1], ['models', { models: 'all', since: '3000' }, table, 4], ['sentences', {}, Buffer.from('Nothing.\n'), 4],
  ['sentences', { country: 'Atlantis' }, texts, 1], ['sentences', { year: '20.5' }, texts, 1],
];
const asked_of = (task, options) => [task, ...Object.entries(options).flat()].join('\0');
const write = (i, task, options, input) => {
  writeFileSync(join(inputs, `${i}.request`), asked_of(task, options));
  writeFileSync(join(inputs, `${i}.input`), input);
  return [join(inputs, `${i}.request`), join(inputs, `${i}.input`)];
};
const native = (...given) => execFileSync(join(folder, 'native'), given, { maxBuffer: 1e9, env: { LD_PRELOAD: join(resolve(folder), 'musl_math.so') } });
const in_page = (task, options, input) => page.evaluate(async ([task, options, base64]) =>
  engine.answer(task, options, Uint8Array.from(atob(base64), c => c.charCodeAt(0))), [task, options, input.toString('base64')]);
let numbers = 0;
for (const [i, [task, options, input, status]] of [...cases, ...errors].entries()) {
  const name = `${task} ${JSON.stringify(options)}`;
  const said = native(...write(i, task, options, input)), end = said.indexOf(10);
  const expected = { status: Number(said.subarray(0, end)), text: new TextDecoder().decode(said.subarray(end + 1)) };
  const found = await in_page(task, options, input);
  check(expected.status === (status ?? 0), `${name}: the program's status is ${expected.status}: ${expected.text.slice(0, 200)}`);
  check(found.status === expected.status, `${name}: status ${found.status}, the program's ${expected.status}: ${found.text.slice(0, 200)}`);
  if (found.text !== expected.text) {
    let at = 0;
    while (found.text[at] === expected.text[at]) ++at;
    check(false, `${name}: "${found.text.slice(at - 60, at + 40)}", the program says "${expected.text.slice(at - 60, at + 40)}"`);
  }
  if (!status) numbers += (expected.text.match(/\d+\.?\d*/g) ?? []).length;
  else check(found.text.length > 10 && found.text.length < 2000, `${name}: says "${found.text}"`);
}
console.log(`${cases.length} answers with ${numbers} numbers and ${errors.length} errors: ${wrong.length} wrong`);

// By the form, with the keyboard alone.
const text_of = id => page.locator(id).innerText();
const answered = () => page.waitForFunction(() => /Computed/.test(document.getElementById('busy').textContent) || document.getElementById('wrong').textContent);
const widths = async where => {
  for (const width of [360, 1000]) {
    await page.setViewportSize({ width, height: 900 });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    check(over <= 0, `${where}, ${width} px: ${over} px too wide`);
  }
};
const expected_figures = { classify: 0, growth: 1, models: 2, sentences: 0 };
for (const task of ['classify', 'growth', 'models', 'sentences']) {
  await page.locator(`[value=${task}]`).focus();
  await page.keyboard.press('Space');
  await page.locator('#example').focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction(lined => document.getElementById('input').value.length > 20 && (lined || /A table of/.test(document.getElementById('read').textContent)), ['classify', 'sentences'].includes(task));
  await page.locator('#run').focus();
  await page.keyboard.press('Enter');
  await answered();
  check(await text_of('#wrong') === '', `${task}: its example ends with ${await text_of('#wrong')}`);
  check(await page.locator('#results table').count() > 0, `${task}: no table`);
  check(await page.locator('#results figure').count() === expected_figures[task], `${task}: ${await page.locator('#results figure').count()} figures`);
  check(await page.evaluate(() => document.activeElement.id) === 'results', `${task}: the results have no focus`);
  await widths(task);
  await page.evaluate(axe);
  const found = await page.evaluate(() => axe.run(document, { resultTypes: ['violations'] }));
  for (const v of found.violations) check(false, `axe, ${task}: ${v.id}: ${v.nodes.slice(0, 3).map(n => n.target.join(' ')).join(' | ')}`);
  if (process.env.PICTURES) await page.screenshot({ path: join(folder, `${task}.png`), fullPage: true });
}

// A file: its columns are offered, the likely ones chosen; what can be saved is what is in the answer.
await page.locator('[value=classify]').check();
await page.locator('#file').setInputFiles(join(root, 'examples/data/models.csv'));
await page.waitForFunction(() => /A table of 25 columns, as epoch/.test(document.getElementById('read').textContent));
const chosen = await page.evaluate(() => options());
check(chosen.column === 'Organization' && chosen.by === 'Publication date' && chosen.cluster === 'Organization', `columns chosen: ${JSON.stringify(chosen)}`);
await page.locator('#run').click();
await answered();
check(await page.locator('#results figure').count() === 1, 'shares by year have no figure');
const [saved] = await Promise.all([page.waitForEvent('download'), page.locator('#results button').first().click()]);
const direct = JSON.parse((await in_page('classify', chosen, table)).text).tables[0].csv;
check(saved.suggestedFilename() === 'shares.csv' && readFileSync(await saved.path(), 'utf8') === direct, 'the CSV that is saved is another');
check(await page.locator('#results table').nth(1).locator('tbody tr').count() === 500, 'a long table is shown whole');
await widths('a file');
if (process.env.PICTURES) await page.screenshot({ path: join(folder, 'file.png') });

// What is wrong is told, and the page goes on; so it does where the library traps.
await page.locator('[name=level]').fill('7');
await page.locator('#run').click();
await answered();
check(/level: between 0 and 1 is required, got 7/.test(await text_of('#wrong')), `a wrong level: ${await text_of('#wrong')}`);
await page.locator('[name=level]').fill('0.95');
await page.evaluate(() => { const place = engine.place; engine.place = () => { engine.place = place; return 0xfffffff0; }; });
await page.locator('#run').click();
await answered();
check(/broke off \(.*\) and was started anew/.test(await text_of('#wrong')), `a trap: ${await text_of('#wrong')}`);
await page.locator('#run').click();
await answered();
check(await text_of('#wrong') === '' && await page.locator('#results table').count() === 2, 'nothing works after a trap');

// How fast, beside the program.
if (times) {
  const names = table.toString().split('\n').slice(1, 4001).map(line => `${line.split(',')[3]}, ${line.split(',').at(-5)}`);
  const distinct = Buffer.from(names.map((name, i) => `Laboratory ${i}, ${name}, University of Oslo`).join('\n'));
  for (const [what, task, options, input] of [
    ['classify, 4,000 affiliations', 'classify', {}, distinct],
    ['BCa of 200 points', 'growth', { date: 'when', value: 'what', interval: 'bootstrap_bca' }, Buffer.from(grown(200))],
    ['sentences', 'sentences', {}, texts]]) {
    const beside = Number(execFileSync(join(folder, 'native'), [...write('time', task, options, input), '5']));  // as glibc computes
    const here = await page.evaluate(async ([task, options, base64]) => {
      const bytes = Uint8Array.from(atob(base64), c => c.charCodeAt(0));
      let best = Infinity;
      for (let i = 0; i < 5; ++i) {
        const begin = performance.now();
        await engine.answer(task, options, bytes);
        best = Math.min(best, performance.now() - begin);
      }
      return best;
    }, [task, options, input.toString('base64')]);
    console.log(`${what}: ${here.toFixed(1)} ms, the program ${beside.toFixed(1)} ms: ${(here / beside).toFixed(2)} times`);
  }
  console.log(`the page: ${bytes} bytes`);
}

await browser.close();
for (const each of wrong) console.error(`FAILED: ${each}`);
if (wrong.length) process.exit(1);
console.log('web: all as expected');

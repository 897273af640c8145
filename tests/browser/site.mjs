// node site.mjs SITE: the documentation from file://, in Debian's chromium. Nothing is asked of a network, nothing said on the
// console, nothing scrolls sideways at three widths; axe-core finds nothing in either scheme; the search finds names and
// words; pages can be read without JavaScript.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
const require = createRequire(join(process.env.NODE_MODULES_OF ?? process.cwd(), 'x.js'));
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const site = pathToFileURL(resolve(process.argv[2])).href, wrong = [], started = Date.now();
const check = (ok, text) => { if (!ok && !wrong.includes(text)) wrong.push(text); };
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-dev-shm-usage'] });
async function opened(name, options) {
  const context = await browser.newContext({ reducedMotion: 'reduce', viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.on('request', r => check(/^(file|data|blob):/.test(r.url()), `${name}: a request for ${r.url()}`));
  page.on('console', m => check(false, `${name}: console: ${m.text()}`));
  page.on('pageerror', e => check(false, `${name}: error: ${e}`));
  await page.goto(`${site}/${name}`, { waitUntil: 'load' });
  return page;
}

// A page of each kind.
const pages = ['index', 'docs/findings', 'docs/tutorial', 'docs/how-to/two-vintages', 'docs/programs/shares', 'api/index', 'api/shares/index', 'api/shares/share'].map(p => p + '.html');
for (const name of pages) {
  const page = await opened(name);
  for (const width of [1280, 768, 360]) {
    await page.setViewportSize({ width, height: 900 });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    check(over <= 0, `${name}: ${over} pixels too wide at ${width}`);
  }
  await page.context().close();
}
for (const colorScheme of ['light', 'dark']) for (const name of ['index.html', 'docs/tutorial.html', 'api/shares/share.html']) {
  const page = await opened(name, { colorScheme });
  await page.evaluate(axe);
  const found = await page.evaluate(() => globalThis.axe.run({ exclude: ['.md-search'] }, { preload: false, resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] }));
  for (const v of found.violations) check(false, `${name}, ${colorScheme}: ${v.id}: ${v.nodes.map(n => n.target.join(' ')).slice(0, 3).join(' | ')}`);
  await page.context().close();
}

// The search, from a page that is not at the root.
const page = await opened('docs/findings.html');
for (const [asked, found] of [['share_by', 'api/shares/share.html'], ['fedora install', 'docs/install.html'], ['doubling time', 'docs/cpp/growth.html']]) {
  await page.click('.md-search__input');
  await page.fill('.md-search__input', '');
  await page.waitForFunction(() => document.querySelectorAll('.md-search-result__link').length === 0);
  await page.keyboard.type(asked);
  await page.waitForFunction(found => [...document.querySelectorAll('.md-search-result__link')].some(a => a.href.includes(found)), found, { timeout: 20000 })
    .catch(() => check(false, `the search for ${asked} does not find ${found}`));
}
await page.context().close();

const still = await opened('api/shares/share.html', { javaScriptEnabled: false });
check((await still.locator('article').innerText()).includes('Throws std::invalid_argument'), 'a page cannot be read without JavaScript');
await browser.close();
console.log(`${pages.length} pages, ${Date.now() - started} ms, ${wrong.length} wrong`);
for (const text of wrong) console.error('error:', text);
process.exitCode = wrong.length ? 1 : 0;

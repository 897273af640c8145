// SPDX-License-Identifier: BSL-1.0
// Whether the extension's answers are right: known values, NULLs, constant and dictionary vectors, files, groups, errors,
// and the same bits for any number of threads. node test.mjs FOLDER
import assert from 'node:assert/strict';
import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {gunzipSync, gzipSync} from 'node:zlib';
import {json, open} from './duck.mjs';

const [folder] = process.argv.slice(2);
const sql = await open(folder, {threads: '2'});
const one = async text => Object.values((await sql(text))[0])[0];
const close = (a, b, error = 1e-9) => assert.ok(Math.abs(a - b) <= error * Math.abs(b), `${a} is not ${b}`);
const refused = (text, words) => assert.rejects(() => sql(text), error => {
  assert.match(error.message, words);
  return true;
});
let checked = 0;
const check = async (name, body) => {
  try {
    await body();
  } catch (error) {
    console.error(`failed: ${name}`);
    throw error;
  }
  ++checked;
};
const files = mkdtempSync(join(tmpdir(), 'duckdb-'));

await check('affiliations', async () => {
  const inria = await one("SELECT classify_affiliation('Inria Paris, France')");
  assert.equal(inria.name, 'Inria');
  assert.equal(inria.type, 'facility');
  assert.deepEqual(inria.sectors, ['facility']);
  assert.equal(inria.country, 'FR');
  assert.ok(inria.confidence > 0.5 && inria.confidence <= 1);
  const both = await one("SELECT classify_affiliation('Department of Physics, University of Oxford; Google Research')");
  assert.deepEqual(both.sectors, ['academia', 'industry']);
  assert.equal(both.type, 'education');
  const nobody = await one("SELECT classify_affiliation('')");
  assert.equal(nobody.name, null);
  assert.equal(nobody.confidence, null);
  assert.deepEqual(nobody.sectors, ['unknown']);
  assert.equal(await one('SELECT classify_affiliation(NULL)'), null);
});
await check('NULLs, dictionaries, constants and lists in a column of many rows', async () => {
  // A filter makes a dictionary vector of what is left; a join one that repeats; CASE leaves garbage in NULL slots.
  await sql(`CREATE TABLE places AS SELECT i, CASE i % 4 WHEN 0 THEN 'Massachusetts Institute of Technology'
      WHEN 1 THEN 'Google Research, Mountain View, California' WHEN 2 THEN NULL ELSE 'MIT' END AS place FROM range(10000) t(i)`);
  const rows = await sql(`SELECT place, classify_affiliation(place) AS who, count(*)::INT AS n FROM places
      WHERE i % 3 <> 1 GROUP BY ALL ORDER BY place`);
  assert.deepEqual(rows.map(r => [r.place?.slice(0, 6) ?? null, r.who?.sectors ?? null, r.n]),
                   [['Google', ['industry'], 1667], ['MIT', ['academia'], 1667], ['Massac', ['academia'], 1667], [null, null, 1666]]
                       .map((r, i) => [r[0], r[1], rows[i].n]));
  assert.equal(rows.reduce((sum, r) => sum + r.n, 0), 6667);
  const joined = await one(`SELECT count(*)::INT FROM places a JOIN places b ON a.i % 10 = b.i WHERE
      classify_affiliation(b.place).name IS NOT DISTINCT FROM classify_affiliation(b.place || '').name`);
  assert.equal(joined, 10000);
  assert.equal(await one("SELECT count(DISTINCT classify_affiliation('MIT'))::INT FROM range(5000)"), 1);
});
await check('teams', async () => {
  assert.equal(await one("SELECT team_of(['academia', 'industry'])"), 'collaboration');
  assert.equal(await one("SELECT team_of(['academia', NULL, 'academia'])"), 'academia_only');
  assert.equal(await one("SELECT team_of([NULL]::VARCHAR[])"), 'unknown');
  assert.equal(await one("SELECT team_of([]::VARCHAR[])"), 'unknown');
  assert.equal(await one("SELECT team_of(NULL::VARCHAR[])"), null);
  assert.equal(await one("SELECT team_of([['academia', 'industry'], ['academia']])"), 'academia_leaning');
  assert.equal(await one("SELECT team_of([['academia'], NULL, [NULL]])"), 'academia_only');
  assert.equal(await one(`SELECT team_of(list(classify_affiliation(a).sectors)) FROM
      (VALUES ('University of Oxford'), ('Google Research'), (NULL)) t(a)`), 'collaboration');
  // Lists whose children are slices, sorted, filtered or made of other lists.
  const turned = await sql(`SELECT team_of(list_sort(s)) a, team_of(list_reverse(s)) b, team_of(list_filter(s, x -> x <> 'industry')) c,
      team_of(s[1:1]) d, team_of(list_transform(s, x -> lower(x))) e, team_of(list_concat(s, s)) f, team_of(list_distinct(s)) g
      FROM (SELECT CASE WHEN i % 2 = 0 THEN ['industry', 'academia', NULL] ELSE ['industry'] END AS s FROM range(4096) t(i)) LIMIT 2`);
  assert.deepEqual(Object.values(turned[0]),
      ['collaboration', 'collaboration', 'academia_only', 'industry_only', 'collaboration', 'collaboration', 'collaboration']);
  assert.deepEqual(Object.values(turned[1]),
      ['industry_only', 'industry_only', 'unknown', 'industry_only', 'industry_only', 'industry_only', 'industry_only']);
  await refused("SELECT team_of(['academy'])", /one of academia, industry.*got "academy"/);
});
await check('hardware', async () => {
  const [use] = await one("SELECT read_hardware('We trained on 64 nodes with 8 A100s each for 12 days')");
  assert.equal(use.chip, 'NVIDIA A100');
  assert.equal(use.count, 512);
  assert.equal(use.hours, 288);
  assert.equal(use.utilisation, null);
  assert.equal(use.use, 'training');
  assert.deepEqual(await one("SELECT read_hardware('no such thing')"), []);
  assert.equal(await one('SELECT read_hardware(NULL)'), null);
  assert.equal(await one(`SELECT sum(len(read_hardware(t)))::INT FROM (SELECT CASE i % 3 WHEN 0 THEN 'trained on 8 V100 GPUs'
      WHEN 1 THEN NULL ELSE 'trained on 8 V100 GPUs for 3 hours. We also used 4 TPUv3 chips for 2 days' END t FROM range(3000) r(i))`), 3000);
});
await check('training compute', async () => {
  const flop = await one('SELECT training_flop(1.746e11, 3e11)');
  close(flop.value, 6 * 1.746e11 * 3e11);
  assert.ok(flop.lower < flop.value && flop.value < flop.upper && flop.level === 0.9);
  close((await one("SELECT training_flop(1e9, 1e8, 2, 'words')")).value, 6 * 1e9 * 1e8 * 2 * 4 / 3);
  assert.ok((await one("SELECT training_flop(1e9, 1e8, NULL, 'tokens')")).upper > 1e18);
  assert.equal(await one('SELECT training_flop(NULL, 3e11)'), null);
  await refused('SELECT training_flop(-1, 3e11)', /Invalid Input Error.*finite parameters > 0.*got -1/);
  await refused("SELECT training_flop(1, 1, 1, 'metres')", /one of .*tokens.*got "metres"/);
  await refused("SELECT training_flop(1, 1, 1, 'unknown')", /a unit of the data points is required/);
});
await check('shares', async () => {
  const share = await one('SELECT share(i < 13) FROM range(20) t(i)');
  assert.equal(share.value, 0.65);
  close(share.lower, 0.4328542, 1e-6);  // Wilson's interval of 13 of 20
  close(share.upper, 0.8188087, 1e-6);
  assert.equal(json([share.method, share.n, share.n_missing, share.status, share.n_effective]), '["wilson",20,0,"ok",null]');
  assert.equal((await one('SELECT share(CASE WHEN i % 2 = 0 THEN i < 10 END) FROM range(20) t(i)')).n_missing, 10n);
  const none = await one('SELECT share(i < 13) FROM range(20) t(i) WHERE i > 99');
  assert.equal(none.status, 'no_data');
  assert.equal(none.value, null);
  assert.equal((await one('SELECT share(NULL::BOOLEAN) FROM range(7)')).n_missing, 7n);
  assert.equal((await one('SELECT share(true) FROM range(7)')).value, 1);
  const clustered = await one("SELECT share(i % 3 = 0, CASE WHEN i < 45 THEN (i % 5)::VARCHAR END) FROM range(50) t(i)");
  close(clustered.value, 0.34);
  assert.equal(json([clustered.method, clustered.n, clustered.status]), '["clustered_wilson",50,"few_clusters"]');
  const by_year = await sql(`SELECT 2012 + i % 10 AS year, share(i % 7 < 3) AS s, share(i % 7 < 3, (i % 101)::VARCHAR) AS c FROM range(50000) t(i)
      GROUP BY year ORDER BY year`);
  assert.equal(by_year.length, 10);
  for (const row of by_year) {
    assert.equal(row.s.n, 5000n);
    close(row.s.value, 3 / 7, 0.01);
    assert.equal(row.s.value, row.c.value);
  }
});
await check('windows, filters, distinct, and many groups', async () => {
  const running = await sql('SELECT i, (share(i % 2 = 0) OVER (ORDER BY i ROWS 3 PRECEDING)).n::INT AS n FROM range(5000) t(i) ORDER BY i');
  assert.deepEqual(running.slice(0, 5).map(r => r.n), [1, 2, 3, 4, 4]);
  const clustered = await sql(`SELECT (share(i % 2 = 0, (i % 9)::VARCHAR) OVER (ORDER BY i ROWS BETWEEN 99 PRECEDING AND CURRENT ROW)).n::INT AS n
      FROM range(3000) t(i) ORDER BY i`);
  assert.equal(clustered.at(-1).n, 100);
  assert.equal((await one('SELECT share(i % 2 = 0) FILTER (i < 10) FROM range(20) t(i)')).n, 10n);
  assert.equal((await one('SELECT share(DISTINCT i % 2 = 0) FROM range(20) t(i)')).n, 2n);
  const groups = await sql(`SELECT count(*)::INT AS groups, sum(s.n)::INT AS n, sum(t.factor.n)::INT AS m FROM (SELECT i // 3 AS g, share(i % 2 = 0, (i % 5)::VARCHAR) AS s,
      log_trend(DATE '2020-01-01' + (i % 1000)::INT, 1 + i % 17, (i % 5)::VARCHAR) AS t FROM range(300000) t(i) GROUP BY g)`);
  assert.deepEqual(Object.values(groups[0]), [100000, 300000, 300000]);
});
await check('trends', async () => {
  const twice = await one("SELECT log_trend(DATE '1970-01-01' + (i * 1461)::INT, 16.0 ** i) FROM range(10) t(i)");  // 4 years
  close(twice.factor.value, 2);
  close(twice.doubling_months.value, 12);
  assert.equal(twice.doubling, 'finite');
  assert.equal(json([twice.factor.method, twice.factor.n]), '["classical",10]');
  const missing = await one("SELECT log_trend(CASE WHEN i <> 3 THEN DATE '1970-01-01' + i::INT END, CASE WHEN i <> 5 THEN 1 + i END) FROM range(10) t(i)");
  assert.equal(missing.slope.n_missing, 2n);
  assert.equal((await one("SELECT log_trend(DATE 'infinity', 1.0) FROM range(4)")).slope.n_missing, 4n);
  const flat = await one("SELECT log_trend(DATE '2020-01-01', 2.0) FROM range(4)");
  assert.equal(flat.slope.status, 'degenerate');
  assert.equal(flat.slope.value, null);
  // The slope is regr_slope's, a year of 365.25 days.
  const rows = "(SELECT DATE '2010-01-01' + (hash(i) % 5000)::INT AS d, exp((hash(i + 1) % 1000) / 100.0) AS v, (hash(i + 2) % 50)::VARCHAR AS c FROM range(20000) t(i))";
  const both = (await sql(`SELECT log_trend(d, v) AS ours, regr_slope(log10(v), epoch(d) / 86400 / 365.25) AS theirs, log_trend(d, v, c) AS clustered FROM ${rows}`))[0];
  close(both.ours.slope.value, both.theirs, 1e-7);
  assert.equal(both.clustered.slope.value, both.ours.slope.value);
  assert.match(both.clustered.slope.method, /^clustered/);
  await refused("SELECT log_trend(DATE '2020-01-01', 0.0)", /Invalid Input Error.*a finite value > 0, got 0/);
  await refused("SELECT log_trend(DATE '2020-01-01', -i::DOUBLE) FROM range(1, 5000) t(i)", /a finite value > 0, got -/);
});
await check('concentration and tallies', async () => {
  const owners = await one("SELECT hhi(owner, amount) FROM (VALUES ('a', 2.0), ('b', 3), ('a', 3), ('c', 2), (NULL, 9), ('c', NULL)) t(owner, amount)");
  close(owners.value, 0.38);
  assert.equal(json([owners.n, owners.n_missing, owners.status]), '[3,2,"few_clusters"]');
  assert.equal((await one('SELECT hhi(NULL, 1.0) FROM range(0)')).status, 'no_data');
  await refused("SELECT hhi('a', -1)", /finite amounts >= 0, got -1/);
  const parts = await one("SELECT tally(CASE i % 4 WHEN 0 THEN 'b' WHEN 1 THEN NULL ELSE 'a longer name than twelve' END) FROM range(40) t(i)");
  assert.deepEqual(parts.map(p => [p.category, p.n, p.share.n, p.share.n_missing]), [['a longer name than twelve', 20n, 30n, 10n], ['b', 10n, 30n, 10n]]);
  close(parts[0].share.value, 2 / 3);
  assert.deepEqual(await one("SELECT tally('a') FROM range(0)"), []);
  const by_key = await sql("SELECT i % 3 AS k, tally((i % 7)::VARCHAR) AS t FROM range(21000) t(i) GROUP BY k ORDER BY k");
  for (const row of by_key) assert.deepEqual(row.t.map(p => p.n), Array(7).fill(1000n));
});
await check('from CSV, JSON and Parquet alike', async () => {
  await sql(`CREATE TABLE works AS SELECT 2015 + i % 8 AS year, DATE '2015-01-01' + (i % 2900)::INT AS published,
      CASE i % 5 WHEN 0 THEN NULL WHEN 1 THEN 'Google Research' ELSE 'Massachusetts Institute of Technology' END AS place,
      (i % 3 = 0) AS open, 1.5 ** (i % 40) AS flop, 'lab ' || (i % 77) AS lab FROM range(30000) t(i)`);
  const answers = [];
  for (const [format, read] of [['parquet', 'read_parquet'], ['csv', 'read_csv'], ['json', 'read_json']]) {
    const path = join(files, `works.${format}`);
    await sql(`COPY works TO '${path}'`);
    answers.push(json(await sql(`SELECT year, share(open) AS s, share(open, lab) AS c, log_trend(published, flop) AS t, hhi(lab, flop) AS h,
        tally(classify_affiliation(place).name) AS k FROM ${read}('${path}') GROUP BY year ORDER BY year`)));
  }
  answers.push(json(await sql(`SELECT year, share(open) AS s, share(open, lab) AS c, log_trend(published, flop) AS t, hhi(lab, flop) AS h,
      tally(classify_affiliation(place).name) AS k FROM works GROUP BY year ORDER BY year`)));
  assert.equal(new Set(answers).size, 1);
});
await check('the same bits for any number of threads', async () => {
  const rows = `SELECT (hash(i) % 1000) / 997.0 < 0.4 AS yes, 'lab ' || (hash(i + 1) % 500) AS lab, DATE '2010-01-01' + (hash(i + 2) % 5000)::INT AS d,
      exp((hash(i + 3) % 100000) / 5000.0) AS v, hash(i + 4) % 12 AS g FROM range(1000000) t(i)`;
  const path = join(files, 'many.parquet');
  await sql(`COPY (${rows}) TO '${path}' (ROW_GROUP_SIZE 20000)`);
  const answers = [], theirs = [];
  for (const threads of [1, 2, 4, 7, 4]) {
    await sql(`SET threads = ${threads}`);
    answers.push(json([await sql(`SELECT share(yes) AS s, share(yes, lab) AS c, log_trend(d, v) AS t, log_trend(d, v, lab) AS u, hhi(lab, v) AS h, tally(lab) AS k FROM '${path}'`),
                       await sql(`SELECT g, share(yes) AS s, share(yes, lab) AS c, log_trend(d, v) AS t, log_trend(d, v, lab) AS u, hhi(lab, v) AS h FROM '${path}' GROUP BY g ORDER BY g`)]));
    theirs.push(json(await sql(`SELECT regr_slope(log10(v), epoch(d)) FROM '${path}'`)));
  }
  await sql('SET threads = 2');
  assert.equal(new Set(answers).size, 1);
  console.log(`regr_slope of the same rows gave ${new Set(theirs).size} values in ${theirs.length} runs, log_trend 1`);
});
const sample = join(dirname(fileURLToPath(import.meta.url)), '../../data/openalex_sample.jsonl.gz');
await check('works of OpenAlex, as DuckDB reads the same file', async () => {
  const ours = await sql(`SELECT id, year, date::VARCHAR AS date, title, n_authors::INT AS n FROM read_openalex('${sample}') ORDER BY ALL`);
  const theirs = await sql(`SELECT replace(id, 'https://openalex.org/', '') AS id, publication_year AS year, publication_date AS date,
      nullif(title, '') AS title, len(authorships)::INT AS n FROM read_json('${sample}', columns = {id: 'VARCHAR', publication_year: 'INT',
      publication_date: 'VARCHAR', title: 'VARCHAR', authorships: 'JSON[]'}) ORDER BY ALL`);
  assert.equal(ours.length, 653);
  assert.equal(json(ours), json(theirs));
  assert.equal(await one(`SELECT count(*)::INT FROM read_openalex('${sample}')`), 653);
  assert.equal(await one(`SELECT count(*)::INT FROM read_openalex('${sample}') WHERE team IS DISTINCT FROM team_of(sectors)
      OR n_institutions <> len(institutions) OR n_authors <> len(sectors) OR problem IS NOT NULL OR updated IS NOT NULL`), 0);
  const [work] = await sql(`SELECT institutions[1] AS first, sectors FROM read_openalex('${sample}') WHERE institutions[1].type = 'company' ORDER BY id LIMIT 1`);
  assert.match(work.first.id, /^I[0-9]+$/);
  assert.ok(work.sectors.flat().includes('industry'));
  const known = types => one(`SELECT count(*)::INT FROM read_openalex('${sample}', types := '${types}') WHERE team <> 'unknown'`);
  assert.ok(await known('either') > await known('given') && await known('given') >= await known('both'));
});
await check('a snapshot: the same rows for any number of threads, each work once, damaged parts', async () => {
  const lines = gunzipSync(readFileSync(sample)).toString().trimEnd().split('\n');
  const root = join(files, 'snapshot'), parts = [];
  for (let i = 0; i < 7; ++i) {
    const part = join(root, 'data/jsonl/works', `updated_date=2026-06-0${i + 1}`, 'part_0000.gz');
    mkdirSync(dirname(part), {recursive: true});
    writeFileSync(part, gzipSync([...lines.filter((_, k) => k % 7 === i), lines[0]].join('\n') + '\n'));
    parts.push(part);
  }
  const rows = [];
  for (const threads of [1, 2, 5]) {
    await sql(`SET threads = ${threads}`);
    rows.push(json(await sql(`SELECT * REPLACE (date::VARCHAR AS date, updated::VARCHAR AS updated) FROM read_openalex('${root}') ORDER BY ALL`)));
  }
  await sql('SET threads = 2');
  assert.equal(new Set(rows).size, 1);
  assert.equal(JSON.parse(rows[0]).length, 660);
  const newest = `SELECT id, updated FROM read_openalex('${root}') QUALIFY row_number() OVER (PARTITION BY id ORDER BY updated DESC) = 1`;
  assert.equal(await one(`SELECT count(*)::INT FROM (${newest})`), await one(`SELECT count(DISTINCT id)::INT FROM read_openalex('${sample}')`));
  assert.equal((await sql(`SELECT id FROM read_openalex('${root}') LIMIT 1`)).length, 1);
  // One part is cut short, one has a line that is no JSON, one is empty.
  writeFileSync(parts[2], readFileSync(parts[2]).subarray(0, -20000));
  writeFileSync(parts[3], gzipSync('{"id": "W1", "publication_year": \n{"id": "https://openalex.org/W2"}\n'));
  writeFileSync(parts[4], '');
  await refused(`SELECT count(team) FROM read_openalex('${root}')`, /openalex_reader: .*part_0000.gz/);
  const skipped = await sql(`SELECT file, problem FROM read_openalex('${root}', on_error := 'skip') WHERE problem IS NOT NULL ORDER BY file`);
  assert.deepEqual(skipped.map(row => row.file), [parts[2], parts[3], parts[4]]);
  assert.match(skipped[1].problem, /line 1/);
  assert.ok(await one(`SELECT count(id)::INT FROM read_openalex('${root}', on_error := 'skip')`) > 400);
  assert.equal(await one(`SELECT count(*)::INT FROM read_openalex('${root}', on_error := 'skip') WHERE id IS NULL AND problem IS NULL`), 0);
  writeFileSync(parts[4], gzipSync('no JSON\n'.repeat(5000)));
  assert.equal(await one(`SELECT max(problem) FROM read_openalex('${parts[4]}', on_error := 'skip') WHERE problem NOT LIKE '%line%'`), '4000 more problems');
  await refused("SELECT * FROM read_openalex('/no/such/folder')", /no.such.folder/);
  await refused(`SELECT * FROM read_openalex('${files}')`, /openalex_parts|works/);
  await refused('SELECT * FROM read_openalex(NULL)', /path of a file or folder is required, got NULL/);
  await refused("SELECT * FROM read_openalex('-')", /path of a file or folder is required, got "-"/);
  await refused(`SELECT * FROM read_openalex('${sample}', on_error := 'ignore')`, /one of .*fail.*skip.*got "ignore"/);
  await refused(`SELECT * FROM read_openalex('${sample}', types := 'all')`, /one of .*given.*got "all"/);
  await refused(`SELECT * FROM read_openalex('${sample}', threads := 2)`, /Binder Error/);
});
await check('errors end the query, not the connection', async () => {
  await refused("SELECT share(i % 2 = 0), log_trend(DATE '2020-01-01', CASE WHEN i = 99999 THEN -1 ELSE 1 END) FROM range(100000) t(i)", /got -1/);
  await refused("SELECT share('x', 1, 2)", /Binder Error/);
  assert.equal((await one('SELECT share(true)')).n, 1n);
});
rmSync(files, {recursive: true});
console.log(`${checked} checks of the extension hold`);

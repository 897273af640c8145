// SPDX-License-Identifier: BSL-1.0
// What the aggregates cost beside DuckDB's own, on a million rows of a table; best of seven, alternating. node speed.mjs FOLDER
import {open} from './duck.mjs';

const [folder] = process.argv.slice(2);
const n = 1000000;
const sql = await open(folder, {threads: '1'});
await sql(`CREATE TABLE t AS SELECT hash(i) % 10 < 4 AS yes, DATE '2010-01-01' + (hash(i + 2) % 5000)::INT AS d,
    exp((hash(i + 3) % 100000) / 5000.0) AS v, 'lab ' || (hash(i + 1) % 500) AS lab,
    ['Massachusetts Institute of Technology', 'Google Research, Mountain View', 'Inria Paris', 'Tsinghua University'][1 + (hash(i) % 4)::BIGINT] || ' ' || hash(i + 5) % 100000 AS place
    FROM range(${n}) r(i)`);
async function best(queries, runs = 7) {
  const times = queries.map(() => Infinity);
  for (let run = 0; run < runs; ++run)
    for (const [i, query] of queries.entries()) {
      const begin = performance.now();
      await sql(query);
      times[i] = Math.min(times[i], performance.now() - begin);
    }
  return times;
}
const show = (name, ours, theirs, goal) =>
  console.log(`${name.padEnd(44)} ${ours.toFixed(1).padStart(8)} ms ${theirs.toFixed(1).padStart(8)} ms ${(ours / theirs).toFixed(2).padStart(6)} times (goal ${goal})`);
console.log(`${''.padEnd(44)} ${'ours'.padStart(11)} ${'DuckDB'.padStart(11)}  of ${n} rows, one thread`);
const [share, avg] = await best(['SELECT share(yes) FROM t', 'SELECT avg(yes::INT) FROM t']);
show('share(yes) / avg(yes::INT)', share, avg, '3');
const [grouped, grouped_avg] = await best(['SELECT lab, share(yes) FROM t GROUP BY lab', 'SELECT lab, avg(yes::INT) FROM t GROUP BY lab']);
show('share(yes) / avg(yes::INT), by lab', grouped, grouped_avg, '3');
const [trend, slope] = await best(['SELECT log_trend(d, v) FROM t', 'SELECT regr_slope(log10(v), epoch(d)) FROM t']);
show('log_trend(d, v) / regr_slope(log10(v), ...)', trend, slope, '1.5');
const [trends, slopes] = await best(['SELECT lab, log_trend(d, v) FROM t GROUP BY lab', 'SELECT lab, regr_slope(log10(v), epoch(d)) FROM t GROUP BY lab']);
show('the same by lab', trends, slopes, '1.5');
const [clustered] = await best(['SELECT share(yes, lab) FROM t'], 3);
console.log(`share(yes, lab)                              ${clustered.toFixed(1).padStart(8)} ms`);
const [distinct, repeated] = await best(['SELECT count(classify_affiliation(place).name) FROM t', "SELECT count(classify_affiliation(split_part(place, ' ', 1)).name) FROM t"], 1);
console.log(`classify_affiliation, distinct texts         ${(n / distinct).toFixed(0).padStart(8)} a ms; the same few ${(n / repeated).toFixed(0)} a ms`);

// SPDX-License-Identifier: BSL-1.0
// The group-by of shares.bench.cpp in DuckDB, on a table in memory. `benchmark peer seconds` a line: seconds of a core for one thread, of
// the clock for two. Needs the npm package @duckdb/node-api:
//   npm install --prefix /tmp/peers @duckdb/node-api && NODE_PATH=/tmp/peers/node_modules node benchmarks/shares_peers.mjs
import { createRequire } from "node:module";
const { DuckDBInstance } = createRequire(import.meta.url)("@duckdb/node-api");

const connection = await (await DuckDBInstance.create(":memory:")).connect();
await connection.run(`CREATE TYPE team AS ENUM ('academia', 'collaboration', 'industry')`);
await connection.run(`CREATE TABLE papers AS SELECT i AS id,
  (1950 + floor(random() * 75))::INTEGER AS year,
  (['academia', 'collaboration', 'industry'])[1 + floor(random() * 3)::INTEGER]::team AS who,
  (1 / (1 + floor(random() * 4)))::FLOAT AS weight,
  'Institution of Technology ' || floor(random() * 500)::INTEGER AS institution FROM range(10000000) AS rows(i)`);

const queries = {
  "count_tabulate": "SELECT year, who, count(*) FROM papers GROUP BY ALL ORDER BY ALL",
  "weights_tabulate":
    "SELECT year, who, count(*), sum(weight::DOUBLE), sum(weight::DOUBLE * weight) FROM papers GROUP BY ALL ORDER BY ALL",
  "text_tabulate": "SELECT institution, who, count(*) FROM papers GROUP BY ALL ORDER BY ALL",
};
for (const threads of [1, 2]) {
  await connection.run(`SET threads = ${threads}`);
  for (const [name, sql] of Object.entries(queries)) {
    let best = Infinity, cpu = Infinity;
    for (let i = 0; i < 7; ++i) {
      const start = performance.now(), before = process.cpuUsage();
      await (await connection.runAndReadAll(sql)).getRows();
      best = Math.min(best, performance.now() - start);
      const used = process.cpuUsage(before);
      cpu = Math.min(cpu, (used.user + used.system) / 1000);
    }
    const seconds = (threads === 1 ? cpu : best) / 1000;
    console.log(`${name} DuckDB:${threads} ${seconds.toFixed(6)}`);
  }
}

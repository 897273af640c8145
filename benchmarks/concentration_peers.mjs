// SPDX-License-Identifier: BSL-1.0
// What concentration.bench.cpp sums, in DuckDB on a table in memory: the sums alone, and the Herfindahl-Hirschman index and
// Gini's coefficient by year. `benchmark peer seconds` a line: seconds of a core for one thread, of the clock for two. Needs the npm package @duckdb/node-api:
//   npm install --prefix /tmp/peers @duckdb/node-api && NODE_PATH=/tmp/peers/node_modules node benchmarks/concentration_peers.mjs
import { createRequire } from "node:module";
const { DuckDBInstance } = createRequire(import.meta.url)("@duckdb/node-api");

const connection = await (await DuckDBInstance.create(":memory:")).connect();
await connection.run(`CREATE TABLE records AS SELECT (floor(random() * 1000000))::INTEGER AS owner,
  (2005 + floor(random() * 20))::INTEGER AS year, -ln(1 - random()) AS amount FROM range(10000000) AS rows(i)`);

const sums = "SELECT year, owner, count(*) AS n, sum(amount) AS x FROM records GROUP BY ALL";
const queries = {
  "sums": `CREATE OR REPLACE TABLE made AS ${sums}`,
  "concentration": `CREATE OR REPLACE TABLE made AS WITH sums AS (${sums}),
    ranked AS (SELECT year, x, row_number() OVER (PARTITION BY year ORDER BY x) AS i, count(*) OVER (PARTITION BY year) AS n FROM sums)
    SELECT year, sum(x * x) / sum(x) ** 2, sum((2 * i - n - 1) * x) / (max(n) * sum(x)) FROM ranked GROUP BY year`,
};
for (const threads of [1, 2]) {
  await connection.run(`SET threads = ${threads}`);
  for (const [name, sql] of Object.entries(queries)) {
    let best = Infinity, cpu = Infinity;
    for (let i = 0; i < 3; ++i) {
      const start = performance.now(), before = process.cpuUsage();
      await connection.run(sql);
      best = Math.min(best, performance.now() - start);
      const used = process.cpuUsage(before);
      cpu = Math.min(cpu, (used.user + used.system) / 1000);
    }
    const seconds = (threads === 1 ? cpu : best) / 1000;
    console.log(`${name} DuckDB:${threads} ${seconds.toFixed(6)}`);
  }
}

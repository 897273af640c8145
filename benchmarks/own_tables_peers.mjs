// SPDX-License-Identifier: BSL-1.0
// The count of rows by two columns of a CSV file, by DuckDB with one and two threads: seconds on the
// clock, and of cores, which a busy machine does not change.
//   NODE_PATH=build/peers/node_modules node benchmarks/own_tables_peers.mjs FILE COLUMN COLUMN
import { createRequire } from "node:module";
const { DuckDBInstance } = createRequire(import.meta.url)("@duckdb/node-api");

const [path, first, second] = process.argv.slice(2);
if (!second) process.exit(0);
const connection = await (await DuckDBInstance.create(":memory:")).connect();
const sql = `SELECT "${first}", "${second}", count(*) FROM read_csv('${path}') GROUP BY ALL`;
for (const threads of [1, 2]) {
  await connection.run(`SET threads = ${threads}`);
  let best = Infinity;
  let cores = Infinity;
  let groups = 0;
  for (let i = 0; i < 3; ++i) {
    const start = performance.now();
    const before = process.cpuUsage();
    groups = (await connection.runAndReadAll(sql)).getRows().length;
    best = Math.min(best, performance.now() - start);
    const used = process.cpuUsage(before);
    cores = Math.min(cores, used.user + used.system);
  }
  console.log(`DuckDB, ${threads} thread(s): ${(best / 1e3).toFixed(2)} s on the clock, ${(cores / 1e6).toFixed(2)} s of cores, ${groups} groups`);
}

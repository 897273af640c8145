// SPDX-License-Identifier: BSL-1.0
// The tables of csv.bench.cpp (run it first), or a file given as an argument, read by DuckDB: rows, and the characters
// of the second column. Every column is text, as csv_reader has it. `benchmark peer seconds` a line:
// seconds of a core for one thread, of the clock for two. Needs the npm package @duckdb/node-api:
//   npm install --prefix /tmp/peers @duckdb/node-api && NODE_PATH=/tmp/peers/node_modules node benchmarks/csv_peers.mjs
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
const { DuckDBInstance } = createRequire(import.meta.url)("@duckdb/node-api");

const connection = await (await DuckDBInstance.create(":memory:")).connect();
const tables = ["notes", "numbers"].map((name) => `${tmpdir()}/compute_divide_${name}.csv`);
for (const path of process.argv.length > 2 ? process.argv.slice(2) : tables)
  for (const threads of [1, 2]) {
    await connection.run(`SET threads = ${threads}`);
    const source = `read_csv('${path}', all_varchar = true, header = true)`;
    const columns = (await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${source}`)).getRows();
    const sql = `SELECT count(*), sum(length("${columns[1][0]}")) FROM ${source}`;
    let best = Infinity, cpu = Infinity;
    for (let i = 0; i < 5; ++i) {
      const start = performance.now(), before = process.cpuUsage();
      (await connection.runAndReadAll(sql)).getRows();
      best = Math.min(best, performance.now() - start);
      const used = process.cpuUsage(before);
      cpu = Math.min(cpu, (used.user + used.system) / 1000);
    }
    const name = path.replace(/.*compute_divide_|\.csv$/g, ""), seconds = (threads === 1 ? cpu : best) / 1000;
    console.log(`from_file/${name} DuckDB:${threads} ${seconds.toFixed(6)}`);
  }

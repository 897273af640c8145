// SPDX-License-Identifier: BSL-1.0
// What openalex_teams counts, by DuckDB: works by year, field and kind of team, from the JSON lines of a folder. With
// "texts" as the third argument also those whose abstract has one of a few compute terms; openalex_teams looks for 168
// of them, also of several words, in any spelling. Prints rows, seconds and MB of memory.
//   NODE_PATH=build/peers/node_modules node benchmarks/openalex_teams_peers.mjs FOLDER THREADS [texts]
import { createRequire } from "node:module";
const { DuckDBInstance } = createRequire(import.meta.url)("@duckdb/node-api");

const [folder, threads, texts] = process.argv.slice(2);
const authorsOf = (type) =>
  `len(list_filter(authorships, lambda a: list_contains(list_transform(a.institutions, lambda i: i.type), '${type}')))`;
const hasTerms = texts
  ? `regexp_matches(lower(abstract_inverted_index), '"(gpus?|tpus?|computational|throughput|memory|hardware)"')`
  : "NULL";
const connection = await (await DuckDBInstance.create(":memory:")).connect();
await connection.run(`SET threads = ${threads}`);
const start = performance.now();
const rows = await connection.runAndReadAll(`
  WITH works AS (
    SELECT publication_year AS year, list_distinct(list_transform(topics, lambda t: t.field.id)) AS fields,
      ${authorsOf("education")} AS academia, ${authorsOf("company")} AS industry, ${hasTerms} AS terms
    FROM read_json('${folder}/**/*.jsonl', format = 'newline_delimited', ignore_errors = true,
      maximum_object_size = 67108864, columns = {publication_year: 'INTEGER', type: 'VARCHAR', language: 'VARCHAR',
        is_retracted: 'BOOLEAN', is_paratext: 'BOOLEAN', is_xpac: 'BOOLEAN',
        ${texts ? "abstract_inverted_index: 'VARCHAR'," : ""}
        authorships: 'STRUCT(institutions STRUCT(type VARCHAR)[])[]', topics: 'STRUCT(field STRUCT(id VARCHAR))[]'})
    WHERE NOT coalesce(is_retracted, false) AND NOT coalesce(is_paratext, false) AND NOT coalesce(is_xpac, false)),
  teams AS (
    SELECT year, fields, terms, CASE WHEN academia + industry = 0 THEN 'neither' WHEN industry = 0 THEN 'academia_only'
      WHEN academia = 0 THEN 'industry_only' WHEN academia > 0.7 * (academia + industry) THEN 'academia_leaning'
      WHEN academia < 0.3 * (academia + industry) THEN 'industry_leaning' ELSE 'collaboration' END AS kind FROM works)
  SELECT year, field, kind, count(*), count(*) FILTER (terms)
  FROM (SELECT year, unnest(list_append(fields, NULL)) AS field, kind, terms FROM teams) GROUP BY ALL`);
const seconds = (performance.now() - start) / 1000;
console.log(`${rows.currentRowCount} rows, ${seconds.toFixed(2)} s, ${(process.resourceUsage().maxRSS / 1000).toFixed(0)} MB`);

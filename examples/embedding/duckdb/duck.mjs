// SPDX-License-Identifier: BSL-1.0
// DuckDB with the extension: `const sql = await open(folder, {threads: 2}); await sql("SELECT ...")` gives rows as objects.
import {createRequire} from 'node:module';
import {join} from 'node:path';

export async function open(folder, settings = {}) {
  const require = createRequire(join(folder || process.cwd(), 'package.json'));
  const {DuckDBInstance} = require('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', {allow_unsigned_extensions: 'true', ...settings});
  const connection = await instance.connect();
  if (folder) await connection.run(`LOAD '${join(folder, 'compute_divide.duckdb_extension')}'`);
  const sql = async text => (await connection.runAndReadAll(text)).getRowObjectsJS();
  sql.connection = connection;
  return sql;
}
/// JSON of rows; a bigint as a number.
export const json = rows => JSON.stringify(rows, (key, value) => (typeof value === 'bigint' ? Number(value) : value));

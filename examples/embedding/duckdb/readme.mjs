// SPDX-License-Identifier: BSL-1.0
// Runs the queries of README.md from the root of the repository and compares what they print with the page; --update
// writes it there. node readme.mjs FOLDER ROOT [--update]
import {readFileSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {open} from './duck.mjs';

const [folder, root, update] = process.argv.slice(2);
const page = join(dirname(fileURLToPath(import.meta.url)), 'README.md');
process.chdir(root);
const sql = await open(folder);
const text = readFileSync(page, 'utf8');
let queries = 0;
const parts = text.split(/(```sql\n[^`]*```\n```\n[^`]*```\n)/);
for (const [i, part] of parts.entries()) {
  const found = part.match(/^```sql\n([^`]*)```\n/);
  if (!found) continue;
  const rows = await sql(found[1]);
  const table = [Object.keys(rows[0]), ...rows.map(row => Object.values(row).map(value => String(value ?? 'NULL')))];
  const widths = table[0].map((_, k) => Math.max(...table.map(row => row[k].length)));
  const printed = table.map(row => row.map((cell, k) => cell.padEnd(widths[k])).join('  ').trimEnd() + '\n').join('');
  parts[i] = `${found[0]}\`\`\`\n${printed}\`\`\`\n`;
  ++queries;
}
if (update) {
  writeFileSync(page, parts.join(''));
} else if (parts.join('') !== text) {
  console.error('README.md: its queries print something else; node readme.mjs FOLDER ROOT --update writes it there');
  process.exit(1);
}
console.log(`${queries} queries of README.md print what it says`);

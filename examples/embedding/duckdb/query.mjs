// SPDX-License-Identifier: BSL-1.0
// node query.mjs FOLDER SQL: rows as JSON, one a line; without FOLDER without the extension.
import {json, open} from './duck.mjs';

const [folder, text] = process.argv.slice(2);
const sql = await open(folder);
for (const row of await sql(text)) console.log(json(row));

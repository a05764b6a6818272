#!/usr/bin/env node
/**
 * Makes `twins/google/discovery/<api>.json`: Google's machine-readable descriptions of its APIs (Apache-2.0), less the
 * prose, so that programs which build their clients from them (Python's googleapiclient) find them at the twin.
 * `node scripts/discovery.mjs SPECS_DIR/google`
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const specs = process.argv[2];
if (!specs) {
  console.error('usage: discovery.mjs FOLDER_OF_DISCOVERY_DOCUMENTS');
  process.exit(2);
}
const out = 'twins/google/discovery';
/** Prose and pictures: texts of these names (fields of the same name are objects), and lists of prose. */
const PROSE = new Set(['description', 'documentationLink', 'etag', 'deprecationDescription']);
const LISTS = new Set(['enumDescriptions', 'icons']);

mkdirSync(out, { recursive: true });
for (const file of readdirSync(specs).filter((name) => name.endsWith('.json'))) {
  const document = JSON.parse(readFileSync(join(specs, file), 'utf8'));
  const bare = JSON.stringify(document, (name, value) =>
    (PROSE.has(name) && typeof value === 'string') || (LISTS.has(name) && isProse(value)) ? undefined : value,
  );
  writeFileSync(join(out, file), `${bare}\n`);
  console.log(`${file}: ${bare.length} characters`);
}

/** A list of texts, or the icons' two addresses; a schema's property of that name is neither. */
function isProse(value) {
  return Array.isArray(value) || (value !== null && typeof value === 'object' && 'x16' in value);
}

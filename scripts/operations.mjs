#!/usr/bin/env node
/**
 * Makes `twins/<vendor>/operations.json`: every operation that a vendor has, by name (facts taken from the vendors'
 * own descriptions). `node scripts/operations.mjs SPECS_DIR` where SPECS_DIR holds `operations.tsv` and the descriptions.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const specs = process.argv[2];
if (!specs) {
  console.error('usage: operations.mjs SPECS_DIR');
  process.exit(2);
}
const [head, ...lines] = readFileSync(join(specs, 'operations.tsv'), 'utf8').trim().split('\n');
const names = head.split('\t');
const rows = lines.map((line) => Object.fromEntries(line.split('\t').map((cell, i) => [names[i], cell])));

/** Which parts of the table belong to which twin, and how a row becomes a route. */
const TWINS = {
  okta: { apis: ['management', 'oauth', 'myaccount'], source: 'okta-management-openapi-spec (Apache-2.0)' },
  jira: {
    apis: ['platform-v3', 'software-1.0'],
    source: 'Jira Cloud platform and software OpenAPI (Apache-2.0)',
  },
  slack: { apis: ['web-api'], source: 'docs.slack.dev reference (facts)' },
  google: {
    apis: [
      'drive.v2',
      'drive.v3',
      'docs.v1',
      'sheets.v4',
      'gmail.v1',
      'calendar.v3',
      'oauth2.v2',
      'people.v1',
      'admin.directory_v1',
    ],
    source: 'Google discovery documents (Apache-2.0)',
  },
};
for (const [twin, { apis, source }] of Object.entries(TWINS)) {
  const operations = rows
    .filter((row) => row.provider === twin && apis.includes(row.api))
    .filter((row) => !row.lifecycle.startsWith('REMOVED'))
    .map((row) => ({
      // Two versions of Drive's API have operations of the same names.
      id: row.api === 'drive.v2' ? row.operationId.replace(/^drive\./, 'drive.v2.') : row.operationId,
      method: twin === 'slack' ? 'GET|POST' : row.method,
      path: row.path,
      ...(row.scopes ? { scopes: row.scopes.split(/[ ,;|]+/).filter(Boolean) } : {}),
      ...(row.rate_limit_tier ? { tier: row.rate_limit_tier } : {}),
      api: row.api,
      ...(row.tag ? { tag: row.tag } : {}),
    }));
  writeFileSync(
    `twins/${twin}/operations.json`,
    `${JSON.stringify({ source, operations: operations.map((o) => ({ ...o })) }).replaceAll('{"id"', '\n{"id"')}\n`,
  );
  console.log(`${twin}: ${operations.length} operations`);
}

#!/usr/bin/env node
/**
 * Makes `twins/slack/emoji.json`: the emoji that every workspace has, by the names that Slack knows them by (facts taken
 * from `emoji-datasource`, MIT). `node scripts/emoji.mjs DIR` where DIR holds its `emoji.json`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const from = process.argv[2];
if (!from) {
  console.error('usage: emoji.mjs DIR');
  process.exit(2);
}
const rows = JSON.parse(readFileSync(join(from, 'emoji.json'), 'utf8'));
/** Slack shows faces and people as one. */
const SHOWN = { 'Smileys & Emotion': 'Smileys & People', 'People & Body': 'Smileys & People' };
const categories = {};
for (const row of rows.sort((a, b) => a.sort_order - b.sort_order)) {
  const category = SHOWN[row.category] ?? row.category;
  const tones = row.skin_variations ? ['tones'] : [];
  categories[category] ??= [];
  categories[category].push([row.unified.toLowerCase(), row.short_names.join(' '), ...tones]);
}
const lines = Object.entries(categories).map(
  ([name, list]) => `${JSON.stringify(name)}: [\n${list.map((one) => JSON.stringify(one)).join(',\n')}\n]`,
);
const source = 'emoji-datasource 16.0.0 (MIT), https://github.com/iamcal/emoji-data';
writeFileSync(
  'twins/slack/emoji.json',
  `{\n"source": ${JSON.stringify(source)},\n"categories": {\n${lines.join(',\n')}\n}\n}\n`,
);

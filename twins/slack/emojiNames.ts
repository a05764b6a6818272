/** The emoji that every workspace has, by Slack's names. `emoji.json` is made by `scripts/emoji.mjs`. */
import { readFileSync } from 'node:fs';
import { asset } from '../../src/assets.ts';

/** An emoji of Unicode: its first name, and its code points in hexadecimal as Slack writes them (`1f44b-1f3fb`). */
export interface StandardEmoji {
  name: string;
  unicode: string;
  skin_tone?: number;
}

interface Known {
  name: string;
  unicode: string;
  tones: boolean;
}

type Row = readonly [unicode: string, names: string, tones?: 'tones'];

/** The emoji of this name, with or without a tone (`wave::skin-tone-2`); undefined where Unicode has none. */
export function standardEmoji(given: string): StandardEmoji | undefined {
  const [name = '', tone] = given.split('::skin-tone-');
  const known = all().names.get(name);
  if (!known) return undefined;
  if (tone === undefined) return { name: known.name, unicode: known.unicode };
  if (!known.tones || !/^[2-6]$/.test(tone)) return undefined;
  const [first, ...rest] = known.unicode.split('-');
  // The tone stands where the colour of the first sign would.
  const after = rest[0] === 'fe0f' ? rest.slice(1) : rest;
  const unicode = [first, TONES[Number(tone) - 2], ...after].join('-');
  return { name: `${known.name}::skin-tone-${tone}`, unicode, skin_tone: Number(tone) };
}

/** All of them by category, as `emoji.list` tells. */
export const emojiCategories = (): readonly { name: string; emoji_names: string[] }[] => all().categories;

const TONES = ['1f3fb', '1f3fc', '1f3fd', '1f3fe', '1f3ff'];

let read: ReturnType<typeof readAll> | undefined;

/** Read when first asked for: most universes ask for none. */
function all(): ReturnType<typeof readAll> {
  read ??= readAll();
  return read;
}

function readAll() {
  const text = readFileSync(asset('twins/slack/emoji.json'), 'utf8');
  const { categories } = JSON.parse(text) as { categories: Record<string, Row[]> };
  const names = new Map<string, Known>();
  for (const row of Object.values(categories).flat()) {
    const [name = '', ...others] = row[1].split(' ');
    const known = { name, unicode: row[0], tones: row[2] === 'tones' };
    for (const one of [name, ...others]) names.set(one, known);
  }
  const shown = Object.entries(categories).map(([name, rows]) => ({
    name,
    emoji_names: rows.map((row) => row[1].split(' ')[0] as string),
  }));
  return { names, categories: shown };
}

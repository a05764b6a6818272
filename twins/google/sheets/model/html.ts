/** The rows of a pasted HTML table: texts, and the little format that survives a paste. */
import type { CellFormat } from '../world.ts';

export interface PastedCell {
  text: string;
  format?: CellFormat;
}

const TOKEN = /<!--[\s\S]*?-->|<(\/?)([a-zA-Z][a-zA-Z0-9]*)((?:"[^"]*"|'[^']*'|[^'">])*)>|[^<]+|</g;
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/** Tags that make what is in them bold and the like. */
const STYLES: Readonly<Record<string, string>> = {
  b: 'bold',
  strong: 'bold',
  th: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
};
/** What ends a row where there is no table. */
const BLOCKS = new Set(['p', 'div', 'li', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6']);
const SKIPPED = new Set(['script', 'style', 'head', 'title']);

/** Cells by row; text without a table is a row for each paragraph. Cells that span several leave the others empty. */
export function readTable(html: string): PastedCell[][] {
  const rows: PastedCell[][] = [];
  const reader = {
    cell: undefined as PastedCell | undefined,
    styles: [] as string[],
    skipped: 0,
    table: /<t[dh]\b/i.test(html),
  };
  for (const match of html.matchAll(TOKEN)) {
    const [whole, closing, tag] = match;
    if (tag === undefined) {
      if (!whole.startsWith('<!--') && reader.skipped === 0) addText(rows, reader, decoded(whole));
      continue;
    }
    const name = tag.toLowerCase();
    if (SKIPPED.has(name)) reader.skipped = Math.max(0, reader.skipped + (closing ? -1 : 1));
    else if (closing) closeTag(reader, name);
    else openTag(rows, reader, name, match[3] ?? '');
  }
  return rows
    .map((row) => row.map(({ text, format }) => ({ text: text.trim(), ...(format ? { format } : {}) })))
    .filter((row) => reader.table || row.some(({ text }) => text !== ''));
}

interface Reader {
  cell: PastedCell | undefined;
  styles: string[];
  skipped: number;
  table: boolean;
}

function openTag(rows: PastedCell[][], reader: Reader, name: string, attributes: string): void {
  if (name === 'br') addText(rows, reader, '\n');
  if (name === 'tr') rows.push([]);
  if (name === 'td' || name === 'th') {
    if (rows.length === 0) rows.push([]);
    reader.cell = { text: '' };
    rows.at(-1)?.push(reader.cell);
    const span = Math.min(Number(/colspan\s*=\s*["']?(\d+)/i.exec(attributes)?.[1] ?? 1), SPAN_MAX);
    for (let i = 1; i < span; i++) rows.at(-1)?.push({ text: '' });
  }
  if (!reader.table && BLOCKS.has(name)) reader.cell = undefined;
  if (Object.hasOwn(STYLES, name)) reader.styles.push(name);
}

/** Columns that one cell may span. */
const SPAN_MAX = 1_000;

function closeTag(reader: Reader, name: string): void {
  if (name === 'td' || name === 'th' || (!reader.table && BLOCKS.has(name))) reader.cell = undefined;
  const at = reader.styles.lastIndexOf(name);
  if (at >= 0) reader.styles.splice(at, 1);
}

function addText(rows: PastedCell[][], reader: Reader, text: string): void {
  const plain = text === '\n' ? text : text.replace(/\s+/g, ' ');
  if (!reader.cell) {
    if (reader.table || plain.trim() === '') return;
    reader.cell = { text: '' };
    rows.push([reader.cell]);
  }
  reader.cell.text += plain;
  if (plain.trim() === '' || reader.styles.length === 0) return;
  const textFormat = Object.fromEntries(reader.styles.map((style) => [STYLES[style], true]));
  reader.cell.format = { textFormat: { ...reader.cell.format?.textFormat, ...textFormat } };
}

function decoded(text: string): string {
  return text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]+);/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return NAMED[name.toLowerCase()] ?? whole;
    const code = Number(name[1] === 'x' || name[1] === 'X' ? `0x${name.slice(2)}` : name.slice(1));
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

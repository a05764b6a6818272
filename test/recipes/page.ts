/** Reads the recipes' pages: each fenced block says in its first line what a test is to do with it. */
import { readdirSync, readFileSync } from 'node:fs';

const FOLDER = new URL('../../docs/recipes/', import.meta.url);

/**
 * A fenced block of a page, whose first line is the language and words: `run` (or `run=NAME`, the name of its file) is
 * run, `file=NAME` is put beside for others, `check` is looked at for its syntax; `background` stays up while the rest
 * of the page runs; `needs=NAME` is what a machine may lack.
 */
export interface Block {
  page: string;
  /** Of its first line in the page, from 1. */
  line: number;
  language: string;
  use: 'run' | 'file' | 'check' | undefined;
  file: string | undefined;
  background: boolean;
  needs: string | undefined;
  text: string;
}

/** The names of all pages, without `.md`. */
export const pageNames = (): string[] =>
  readdirSync(FOLDER)
    .filter((name) => name.endsWith('.md'))
    .map((name) => name.slice(0, -3));

/** The blocks of a page, in its order. */
export function blocksOf(page: string): Block[] {
  const lines = readFileSync(new URL(`${page}.md`, FOLDER), 'utf8').split('\n');
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length; at++) {
    const info = /^```(.+)$/.exec(lines[at] as string)?.[1];
    if (info === undefined) continue;
    const end = lines.indexOf('```', at + 1);
    blocks.push({ page, line: at + 1, ...read(info), text: `${lines.slice(at + 1, end).join('\n')}\n` });
    at = end;
  }
  return blocks;
}

const USES = ['run', 'file', 'check'] as const;

function read(info: string): Omit<Block, 'page' | 'line' | 'text'> {
  const [language = '', ...words] = info.trim().split(/\s+/);
  const said = (name: string) => words.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1);
  const use = USES.find((one) => words.some((word) => word === one || word.startsWith(`${one}=`)));
  return {
    language,
    use,
    file: use === undefined ? undefined : said(use),
    background: words.includes('background'),
    needs: said('needs'),
  };
}

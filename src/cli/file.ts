/** Files that people write (YAML or JSON), read so that an error can name its line. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Problem } from '../control/problem.ts';
import { CliError } from './exit.ts';

const require = createRequire(import.meta.url);

/** A file that was read. */
export interface Document {
  path: string;
  value: unknown;
  /** The line on which a JSON pointer's value (or the nearest thing around it) begins; from 1. */
  lineOf(pointer: string): number;
}

/** One thing that is wrong in a file. */
export interface FileError {
  file: string;
  line: number;
  pointer: string;
  detail: string;
}

/** Reads a file; throws a CliError where it cannot be read or is no YAML. */
export function readDocument(path: string): Document {
  // Read at first use: most commands, `serve` among them, read no file.
  const { LineCounter, parseDocument } = require('yaml') as typeof import('yaml');
  const lines = new LineCounter();
  const document = parseDocument(readText(path), { lineCounter: lines, prettyErrors: false });
  const [error] = document.errors;
  if (error)
    throw new CliError(`${path}:${lines.linePos(error.pos[0]).line}: ${error.message.split('\n')[0]}`);
  const lineOf = (pointer: string): number => {
    const keys = pointer
      .split('/')
      .slice(1)
      .map((key) => key.replace(/~1/g, '/').replace(/~0/g, '~'));
    for (let depth = keys.length; depth > 0; depth--) {
      const path = keys.slice(0, depth).map((key) => (/^\d+$/.test(key) ? Number(key) : key));
      const node = document.getIn(path, true) as { range?: [number, number, number] } | undefined;
      if (node?.range) return lines.linePos(node.range[0]).line;
    }
    return 1;
  };
  return { path, value: document.toJS({ maxAliasCount: 100 }), lineOf };
}

/** What `check` finds wrong with a document: empty where it is valid. */
export function fileErrors(document: Document, check: (value: unknown) => void): FileError[] {
  try {
    check(document.value);
    return [];
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const errors = error.init.errors ?? [{ pointer: '', detail: error.init.detail }];
    return errors.map(({ pointer, detail }) => ({
      file: document.path,
      line: document.lineOf(pointer),
      pointer,
      detail,
    }));
  }
}

/** `file:line: pointer detail`. */
export const errorLine = ({ file, line, pointer, detail }: FileError): string =>
  `${file}:${line}: ${pointer || 'the file'} ${detail}`;

/** The text of a file; `-` is the standard input. */
export function readText(path: string): string {
  try {
    return readFileSync(path === '-' ? 0 : path, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new CliError(`${path}: ${code === 'ENOENT' ? 'no such file' : message}`);
  }
}

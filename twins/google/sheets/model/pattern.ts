/**
 * Regular expressions of programs and formulas: RE2's, in time that grows with the text only.
 * https://github.com/google/re2/wiki/Syntax
 */
import { createRequire } from 'node:module';
import type { RE2JS } from 're2js';

const require = createRequire(import.meta.url);

/** The expression compiled; undefined where it cannot be read. The library is loaded at first use. */
export function compilePattern(source: string, how: { matchCase: boolean }): RE2JS | undefined {
  const { RE2JS: library } = require('re2js') as typeof import('re2js');
  try {
    return library.compile(source, how.matchCase ? 0 : library.CASE_INSENSITIVE);
  } catch {
    return undefined;
  }
}

/** `text` with every special character of an expression taken by its letter. */
export const quotedPattern = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

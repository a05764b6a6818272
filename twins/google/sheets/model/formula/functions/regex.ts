/** Regular expressions in RE2's syntax, matched in linear time. https://support.google.com/docs/answer/3098292 */
import { createRequire } from 'node:module';
import type { RE2JS } from 're2js';
import type { CellError, Scalar, Value } from '../value.ts';
import { type Family, plain, refusal } from './definition.ts';

let library: typeof RE2JS | undefined;

const notAnExpression = (pattern: string): CellError =>
  refusal('REF', `Function {name} parameter 2 value "${pattern}" is not a valid regular expression.`);

/** Reads an expression. Throws `REF` where it is none. */
export function compiled(pattern: string): RE2JS {
  // https://support.google.com/docs/answer/3098244: RE2, "except Unicode character class matching".
  if (/(?<!\\)(?:\\\\)*\\[pP]/.test(pattern)) throw notAnExpression(pattern);
  library ??= createRequire(import.meta.url)('re2js').RE2JS as typeof RE2JS;
  try {
    return library.compile(pattern);
  } catch {
    throw notAnExpression(pattern);
  }
}

/** The first match, or what its groups caught, side by side. */
function extracted(text: string, pattern: string): Value {
  const matcher = compiled(pattern).matcher(text);
  if (!matcher.find())
    throw refusal(
      'N_A',
      `Function {name} parameter 2 value "${pattern}" does not match text of Function {name} parameter 1 value "${text}".`,
    );
  const groups = matcher.groupCount();
  if (groups === 0) return matcher.group(0) ?? '';
  const caught = Array.from({ length: groups }, (_, i): Scalar => matcher.group(i + 1) ?? '');
  return groups === 1 ? (caught[0] ?? '') : [caught];
}

/** Every match replaced; `$1` in the replacement is what the first group caught. */
function replaced(text: string, pattern: string, by: string): string {
  const matcher = compiled(pattern).matcher(text);
  let out = '';
  let last = 0;
  while (matcher.find()) {
    const caught = by.replace(/\$(\d)|\\(.)/g, (_, group?: string, plainOne?: string) =>
      group === undefined
        ? (plainOne ?? '')
        : Number(group) <= matcher.groupCount()
          ? (matcher.group(Number(group)) ?? '')
          : '',
    );
    out += text.slice(last, matcher.start()) + caught;
    last = matcher.end();
  }
  return out + text.slice(last);
}

/** Arguments are texts: numbers are refused, as Sheets does. */
function textArgument(value: Scalar, at: number): string {
  if (typeof value === 'number')
    throw refusal(
      'VALUE',
      `Function {name} parameter ${at} expects text values. But '${value}' is a number and cannot be coerced to a text.`,
    );
  return typeof value === 'boolean' ? String(value).toUpperCase() : (value ?? '');
}

/** Regular expressions. */
export const REGEX: Family = {
  REGEXMATCH: plain('any, any', (text, pattern) =>
    compiled(textArgument(pattern, 2)).matcher(textArgument(text, 1)).find(),
  ),
  REGEXEXTRACT: plain('any, any', (text, pattern) =>
    extracted(textArgument(text, 1), textArgument(pattern, 2)),
  ),
  REGEXREPLACE: plain('any, any, any', (text, pattern, by) =>
    replaced(textArgument(text, 1), textArgument(pattern, 2), textArgument(by, 3)),
  ),
};

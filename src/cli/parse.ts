/** Reads values of flags; what cannot be read ends the command with how to write it. */
import { CliError } from './exit.ts';

/** A whole number from 0 to `most`. */
export const wholeNumber =
  (most: number = Number.MAX_SAFE_INTEGER) =>
  (text: string): number => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value > most)
      throw new CliError(`${JSON.stringify(text)} is no whole number from 0 to ${most}`);
    return value;
  };

/** `name=value`, collected over repeats. */
export function keyValues(text: string, before: Record<string, string> = {}): Record<string, string> {
  const mark = text.indexOf('=');
  if (mark < 1) throw new CliError(`${JSON.stringify(text)}: write name=value`);
  return { ...before, [text.slice(0, mark)]: text.slice(mark + 1) };
}

/** A JSON object given as text. */
export function jsonObject(flag: string, text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>;
  } catch {
    // Said below, as for JSON that is no object.
  }
  throw new CliError(`${flag} ${text}: write a JSON object, as '{"name":"value"}'`);
}

/** Cursors: base64 of a word and the place in the order. https://docs.slack.dev/apis/web-api/pagination */
import { type Args, text } from './args.ts';
import { refuse } from './errors.ts';

/** What a cursor is made of: `team:C…`, `user:U…`, `next_ts:…`. */
export const sealed = (word: string, place: string): string =>
  Buffer.from(`${word}:${place}`).toString('base64');

/** The place in a cursor. Throws `invalid_cursor` for one that was made by another kind of list. */
export function opened(args: Args, word: string): string | undefined {
  const cursor = text(args, 'cursor');
  if (!cursor) return undefined;
  const plain = Buffer.from(cursor, 'base64').toString('utf8');
  if (!plain.startsWith(`${word}:`) || plain.length === word.length + 1) throw refuse('invalid_cursor');
  return plain.slice(word.length + 1);
}

/** The description of a role, a scheme or a level, as it was sent. */
import { badQuery, refused } from '../../errors.ts';

/** The text; undefined where none was sent, 400 for what is none or too long. */
export function readDescription(value: unknown, charsMax = Number.POSITIVE_INFINITY): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw refused('badRequest');
  if (value.length > charsMax)
    throw badQuery(`The description must not exceed ${charsMax} characters in length.`);
  return value;
}

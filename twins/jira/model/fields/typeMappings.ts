/** What schemes of fields and screens give to types of issue: an id for each, and one under `default`. */
import { missing, refused } from '../../errors.ts';

/** The mappings less some types, which have the default then; 400 for ids that make no sense, 404 with `gone` for others. */
export function mappingsWithout(
  mappings: Readonly<Record<string, string>>,
  ids: readonly string[],
  gone: string,
): Record<string, string> {
  if (ids.length === 0) throw refused('badRequest', 'The issueTypeIds must not be empty.');
  if (new Set(ids).size < ids.length)
    throw refused('badRequest', 'The issueTypeIds must not contain duplicates.');
  if (ids.includes('default')) throw refused('badRequest', 'The default mapping cannot be removed.');
  if (ids.some((one) => !mappings[one])) throw missing(gone);
  return Object.fromEntries(Object.entries(mappings).filter(([type]) => !ids.includes(type)));
}

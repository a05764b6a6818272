/** Searching by regular expression, in linear time, as the vendor's RE2 does. https://github.com/google/re2/wiki/Syntax */
import { createRequire } from 'node:module';
import { type Job, refuse } from './job.ts';

/** Where a pattern matches, as pairs of offsets; empty matches are none. Throws 400 for a pattern that cannot be read. */
export function regexMatcher(
  job: Job,
  text: string,
  matchCase: boolean,
): (within: string) => [number, number][] {
  const { RE2JS } = createRequire(import.meta.url)('re2js') as typeof import('re2js');
  const pattern = compiled();
  return (within) => {
    const found: [number, number][] = [];
    const matching = pattern.matcher(within);
    while (matching.find())
      if (matching.end() > matching.start()) found.push([matching.start(), matching.end()]);
    return found;
  };

  function compiled() {
    try {
      return RE2JS.compile(text, matchCase ? 0 : RE2JS.CASE_INSENSITIVE);
    } catch {
      throw refuse(job, `The regular expression ${text} is invalid.`);
    }
  }
}

/** Which universe a program's calls end in: one, or whichever it is at the moment. */
import type { Universe } from '../universe.ts';
import type { InProcessUniverse } from './universe.ts';

/** A universe, or what tells the one of the moment (a test's own); undefined where there is none just now. */
export type UniverseSource = InProcessUniverse | (() => InProcessUniverse | undefined);

/** The universe of the moment, if there is one that has not ended; throws a TypeError for what is no universe. */
export function universeOf(source: UniverseSource): () => Universe | undefined {
  if (typeof source !== 'function' && !source?.kernel)
    throw new TypeError('give a universe, as `const { universe } = await openUniverse()` has it');
  return () => {
    const kernel = typeof source === 'function' ? source()?.kernel : source.kernel;
    return kernel?.closed ? undefined : kernel;
  };
}

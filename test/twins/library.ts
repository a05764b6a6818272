/** Libraries of `test/programs`, which a plain install does not bring. */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const programs = createRequire(new URL('../programs/package.json', import.meta.url));

/** Where a library of `test/programs` is; undefined, and said so, where it is not installed. */
export function found(library: string): string | undefined {
  try {
    return programs.resolve(library);
  } catch {
    console.warn(`${library} is not installed in test/programs: its tests skip`);
    return undefined;
  }
}

// biome-ignore lint/suspicious/noExplicitAny: a library that may not be there has no types
export type Library = any;

/** A library of `test/programs`, as `require` has it. */
export const required = (library: string): Library => programs(library);

/** A library of `test/programs`, as `import` has it. */
export const imported = async (library: string): Promise<Library> =>
  import(pathToFileURL(programs.resolve(library)).href);

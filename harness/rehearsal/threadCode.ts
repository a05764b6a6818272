/** The code of the load's thread: a file of the build; among sources, which no thread can read, made when needed. */

/** What `new Worker` takes. */
export interface ThreadCode {
  code: URL | string;
  /** Whether `code` is the program itself. */
  eval: boolean;
}

let text: Promise<string> | undefined;

/** Made once for a process. */
export async function threadCode(): Promise<ThreadCode> {
  const own = import.meta.url;
  // Every file of the build lies one folder below its root.
  if (!own.endsWith('.ts')) return { code: new URL('../harness/rehearsal/loadThread.js', own), eval: false };
  const builder = new URL('../../scripts/oneFile.mjs', own).href;
  text ??= import(builder).then(({ oneFile }: { oneFile(path: string): Promise<string> }) =>
    oneFile('harness/rehearsal/loadThread.ts'),
  );
  return { code: await text, eval: true };
}

/** A program of ours as one CommonJS text, which needs nothing beside it: for `--require`, and for threads of tests. */
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

/** The text of the program that begins with this file of the project. */
export async function oneFile(path) {
  const input = fileURLToPath(new URL(`../${path}`, import.meta.url));
  const bundle = await rolldown({ input, platform: 'node', external: /^node:/ });
  const { output } = await bundle.generate({
    format: 'cjs',
    codeSplitting: false,
    minify: { compress: false, mangle: false },
  });
  await bundle.close();
  return output[0].code;
}

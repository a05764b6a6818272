/** Builds what runs inside Node programs under `orrery exec`: one CommonJS file, which `--require` takes. */
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const ENTRY = fileURLToPath(new URL('../src/exec/preload/preload.ts', import.meta.url));

/** The text of the file. */
export async function preloadText() {
  const bundle = await rolldown({ input: ENTRY, platform: 'node', external: /^node:/ });
  const { output } = await bundle.generate({ format: 'cjs', minify: { compress: false, mangle: false } });
  await bundle.close();
  return output[0].code;
}

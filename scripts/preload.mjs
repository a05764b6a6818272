/** Builds what runs inside Node programs under `orrery exec`: one CommonJS file, which `--require` takes. */
import { oneFile } from './oneFile.mjs';

/** The text of the file. */
export const preloadText = () => oneFile('src/exec/preload/preload.ts');

/** The version of this package. */
import { readFileSync } from 'node:fs';
import { asset } from './assets.ts';

/** As `package.json` has it. */
export const version = (): string =>
  (JSON.parse(readFileSync(asset('package.json'), 'utf8')) as { version: string }).version;

/** The version of this package. */
import { readFileSync } from 'node:fs';

/** As `package.json` has it. */
export function version(): string {
  for (const up of ['../package.json', '../../package.json']) {
    try {
      return (JSON.parse(readFileSync(new URL(up, import.meta.url), 'utf8')) as { version: string }).version;
    } catch {
      // Sources sit one folder below the package file, the build two.
    }
  }
  return '0.0.0';
}

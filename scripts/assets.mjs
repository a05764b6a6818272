/** Copies what the build does not compile but the program reads at run time. */
import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname } from 'node:path';

for (const twin of readdirSync('twins')) {
  const file = `twins/${twin}/operations.json`;
  if (!existsSync(file)) continue;
  mkdirSync(dirname(`dist/${file}`), { recursive: true });
  cpSync(file, `dist/${file}`);
}
mkdirSync('dist/fixtures', { recursive: true });
cpSync('fixtures/worlds', 'dist/fixtures/worlds', { recursive: true });

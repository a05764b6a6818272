/** Copies what the build does not compile but the program reads at run time. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parse } from 'yaml';

for (const twin of readdirSync('twins')) {
  const file = `twins/${twin}/operations.json`;
  if (!existsSync(file)) continue;
  mkdirSync(dirname(`dist/${file}`), { recursive: true });
  cpSync(file, `dist/${file}`);
}
// Worlds as JSON: the server then starts without a YAML reader.
mkdirSync('dist/fixtures/worlds', { recursive: true });
for (const name of readdirSync('fixtures/worlds').filter((one) => one.endsWith('.yaml'))) {
  const world = parse(readFileSync(`fixtures/worlds/${name}`, 'utf8'));
  writeFileSync(`dist/fixtures/worlds/${name.replace('.yaml', '.json')}`, JSON.stringify(world));
}

/**
 * Builds `dist/`, or the folder that is named: JavaScript in a few files (a program of some hundred modules takes
 * longer to load than to start), the built-in worlds as JSON (so that starting needs no YAML reader), and, beside
 * them by `tsc`, types.
 */
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { rolldown } from 'rolldown';
import { parse } from 'yaml';
import { preloadText } from './preload.mjs';

const ENTRIES = {
  'src/bin': 'src/bin.ts',
  'src/main': 'src/main.ts',
  'src/client': 'src/client.ts',
  'src/twin': 'src/twin.ts',
  'src/inprocess/msw': 'src/inprocess/msw.ts',
  'src/inprocess/undici': 'src/inprocess/undici.ts',
  'src/inprocess/vitest': 'src/inprocess/vitest.ts',
  'harness/scenario': 'harness/scenario.ts',
  'harness/rehearsal/loadThread': 'harness/rehearsal/loadThread.ts',
  'test/bench/run': 'test/bench/run.ts',
  'test/bench/load': 'test/bench/load.ts',
  'test/bench/rate': 'test/bench/rate.ts',
  'test/bench/reach': 'test/bench/reach.ts',
  'test/bench/journal': 'test/bench/journal.ts',
  'test/bench/planting': 'test/bench/planting.ts',
  'test/bench/slack': 'test/bench/slack.ts',
  'test/bench/okta': 'test/bench/okta.ts',
  'test/bench/jira': 'test/bench/jira.ts',
  'test/bench/google': 'test/bench/google.ts',
  'test/bench/sheets': 'test/bench/sheets.ts',
  'test/bench/crash': 'test/bench/crash.ts',
  'test/bench/durable': 'test/bench/durable.ts',
};

/** Small packages that every start loads, file by file, unless they are in the bundle; their licences go along. */
const BUNDLED = ['hono', '@hono/node-server', '@marcbachmann/cel-js', 'commander'];
const external = (id) =>
  /^[^./]/.test(id) && !BUNDLED.some((name) => id === name || id.startsWith(`${name}/`));

const out = process.argv[2] ?? 'dist';
rmSync(out, { recursive: true, force: true });
const bundle = await rolldown({ input: ENTRIES, platform: 'node', external });
await bundle.write({
  dir: out,
  format: 'esm',
  // Names stay, for stack traces; comments and white space go, since they are read at every start.
  minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
  entryFileNames: '[name].js',
  chunkFileNames: 'chunks/[name]-[hash].js',
});
await bundle.close();

mkdirSync(`${out}/src/exec`, { recursive: true });
writeFileSync(`${out}/src/exec/preload.cjs`, await preloadText());
mkdirSync(`${out}/src/exec/isolate`, { recursive: true });
copyFileSync('src/exec/isolate/init.mjs', `${out}/src/exec/isolate/init.mjs`);

mkdirSync(`${out}/worlds`, { recursive: true });
for (const name of readdirSync('fixtures/worlds').filter((one) => one.endsWith('.yaml'))) {
  const world = parse(readFileSync(`fixtures/worlds/${name}`, 'utf8'));
  writeFileSync(`${out}/worlds/${name.replace(/yaml$/, 'json')}`, JSON.stringify(world));
}

mkdirSync(`${out}/licences`, { recursive: true });
for (const name of BUNDLED)
  copyFileSync(`node_modules/${name}/LICENSE`, `${out}/licences/${name.replace('/', '-')}.txt`);

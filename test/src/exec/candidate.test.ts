/** Candidates of the harness: the host hands each universe's programs a way under the vendors' own names. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startLocalHost } from '../../../src/main.ts';

let host: Awaited<ReturnType<typeof startLocalHost>>;
let home: string;
const homeBefore = process.env.ORRERY_HOME;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'orrery-home-'));
  process.env.ORRERY_HOME = home;
  host = await startLocalHost();
});
afterAll(async () => {
  await host.close();
  if (homeBefore === undefined) delete process.env.ORRERY_HOME;
  else process.env.ORRERY_HOME = homeBefore;
  rmSync(home, { recursive: true });
});

const ask = `fetch('https://slack.com/api/auth.test', { headers: { authorization: 'Bearer ' + process.env.SLACK_BOT_TOKEN } })
  .then((reply) => reply.json()).then(({ ok }) => console.log(ok))`;
const run = async (env: Record<string, string>, code: string): Promise<string> =>
  (await promisify(execFile)(process.execPath, ['-e', code], { env })).stdout.trim();

it('a candidate that asks the vendor’s own address lands in the universe that it was given', async () => {
  const one = await host.create({ world: 'acme', seed: 1 });
  const two = await one.fork({ credentials: 'fresh' });
  const { env } = two.document();
  expect(await run(env, ask)).toBe('true');
  // The token of the fork is no token of the universe that it was forked from.
  const foreign = { ...one.document().env, SLACK_BOT_TOKEN: env.SLACK_BOT_TOKEN ?? '' };
  expect(await run(foreign, ask)).toBe('false');
  const exchanges = (await two.journal()).entries.filter(({ kind }) => kind === 'exchange');
  expect(exchanges).toMatchObject([{ operation: 'auth.test', via: 'proxy' }]);
});

it('the way ends with the universe', async () => {
  const universe = await host.create({ world: 'acme', seed: 2 });
  const { env } = universe.document();
  await universe.drop();
  await expect(
    run(env, `${ask}.catch((error) => { console.error(error.cause.code); process.exit(1); })`),
  ).rejects.toThrow(/ECONNREFUSED|ECONNRESET/);
});

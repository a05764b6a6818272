/** A server that is killed, or whose disk is full, seen from outside the process. */
import { execFile, spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { INTERVAL_MS } from '../../../src/storage/storage.ts';
import { crashRounds, ready, startChild } from '../../bench/crash.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const ROUNDS = 5;
/** How long a busy machine may take to write a batch, and to deliver a kill. */
const MARGIN_MS = 400;

let folder: string;
let bin: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'orrery-built-'));
  copyFileSync(join(ROOT, 'package.json'), join(folder, 'package.json'));
  for (const name of ['node_modules', 'twins']) symlinkSync(join(ROOT, name), join(folder, name));
  await promisify(execFile)(process.execPath, ['scripts/build.mjs', join(folder, 'dist')], { cwd: ROOT });
  bin = join(folder, 'dist/src/bin.js');
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));

describe('a server that is killed in the middle of load', () => {
  it('loses nothing that it acknowledged under --sync always', async () => {
    const result = await crashRounds({ bin, rounds: ROUNDS, sync: 'always' });
    expect(result).toMatchObject({ rounds: ROUNDS, lost: 0, strange: 0, said: [] });
    expect(result.acknowledged).toBeGreaterThan(0);
  }, 60_000);

  it('loses nothing under --sync interval that is older than the interval and one wait for the disk', async () => {
    const result = await crashRounds({ bin, rounds: ROUNDS, sync: 'interval' });
    expect(result).toMatchObject({ rounds: ROUNDS, strange: 0, said: [] });
    expect(result.oldestLostMs).toBeLessThan(INTERVAL_MS + MARGIN_MS);
  }, 60_000);
});

describe('a second server on the same directory', () => {
  it('ends at once with one line that says what to do', async () => {
    const data = join(folder, 'shared');
    const first = await startChild(bin, ['--data', data]);
    try {
      const second = await startChild(bin, ['--data', data]).catch((error: Error) => error.message);
      expect(second).toMatch(/^ended with 1: error: .*in use by another server.*\n$/);
    } finally {
      await first.kill('SIGTERM');
    }
  });
});

describe.skipIf(process.platform === 'win32')('a server whose disk is full', () => {
  it('refuses what it cannot keep with 507, lives, and has all that it kept when there is room', async () => {
    const data = join(folder, 'full');
    // A limit on the size of a file stands for a full disk; the signal that comes with it is ignored.
    const script = `trap '' XFSZ; ulimit -f 1500; exec "$0" "$@"`;
    const args = ['serve', '--json', '--port', '0', '--data', data, '--sync', 'always'];
    const small = await ready(spawn('bash', ['-c', script, process.execPath, bin, ...args]));
    const token = async (url: string) => {
      const env = await (await fetch(`${url}/v1/universes/default/env`)).json();
      return (env as Record<string, string>).SLACK_BOT_TOKEN as string;
    };
    const post = async (text: string): Promise<number> => {
      const headers = {
        authorization: `Bearer ${await token(small.url)}`,
        'content-type': 'application/json',
      };
      const body = JSON.stringify({ channel: '#general', text: text.padEnd(30_000, '.') });
      const url = `${small.url}/u/default/slack/api/chat.postMessage`;
      return (await fetch(url, { method: 'POST', headers, body })).status;
    };
    const kept: string[] = [];
    let refused = 0;
    try {
      for (let nth = 0; nth < 400 && refused < 3; nth++) {
        const status = await post(`n${nth}-`);
        if (status === 200) kept.push(`n${nth}-`);
        else refused++;
        expect([200, 507]).toContain(status);
      }
      expect(refused).toBe(3);
      expect((await fetch(`${small.url}/healthz`)).status).toBe(200);
      expect(small.err()).toMatch(/nothing can be kept until there is room/);
    } finally {
      await small.kill('SIGKILL');
    }
    const roomy = await startChild(bin, ['--data', data]);
    try {
      const state = await fetch(`${roomy.url}/v1/universes/default/state?twin=slack&table=messages`);
      const text = await state.text();
      expect(kept.filter((one) => !text.includes(one))).toEqual([]);
    } finally {
      await roomy.kill('SIGTERM');
    }
  }, 60_000);
});

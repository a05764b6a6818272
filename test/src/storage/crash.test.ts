/** A server that is killed, or whose disk is full, seen from outside the process. */
import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
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

const isRoot = process.getuid?.() === 0;
const NOBODY = 65_534;

describe.skipIf(process.platform === 'win32')('a server that may not write to its directory', () => {
  it('ends at once with one line that says what to do', async () => {
    const data = join(folder, 'foreign');
    mkdirSync(join(data, 'universes'), { recursive: true });
    for (const path of [join(data, 'universes'), data]) chmodSync(path, 0o555);
    chmodSync(folder, 0o755);
    const args = [bin, 'serve', '--json', '--port', '0', '--data', data];
    // Root may write anywhere.
    const as = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
    const said = await ready(spawn(process.execPath, args, { cwd: '/', ...as })).then(
      async (child) => `is ready, ${await child.kill('SIGKILL')}`,
      (error: Error) => error.message,
    );
    expect(said).toMatch(/^ended with 1: error: .*cannot be written to: make it writable.*\n$/);
  });
});

/** Posts messages that weigh 30 kB however they are packed; gives the reply's status. */
async function poster(url: string): Promise<(text: string) => Promise<number>> {
  const env = (await (await fetch(`${url}/v1/universes/default/env`)).json()) as Record<string, string>;
  const headers = { authorization: `Bearer ${env.SLACK_BOT_TOKEN}`, 'content-type': 'application/json' };
  return async (text) => {
    const body = JSON.stringify({ channel: '#general', text: text + randomBytes(15_000).toString('hex') });
    const reply = await fetch(`${url}/u/default/slack/api/chat.postMessage`, {
      method: 'POST',
      headers,
      body,
    });
    return reply.status;
  };
}

/** Posts until `times` were refused; gives those that were not. */
async function fill(url: string, times: number): Promise<string[]> {
  const post = await poster(url);
  const kept: string[] = [];
  for (let nth = 0, refused = 0; refused < times; nth++) {
    if (nth === 800) throw new Error('it was never full');
    const status = await post(`n${nth}-`);
    expect([200, 507]).toContain(status);
    if (status === 200) kept.push(`n${nth}-`);
    else refused++;
  }
  return kept;
}

async function missing(url: string, texts: readonly string[]): Promise<string[]> {
  const state = await fetch(`${url}/v1/universes/default/state?twin=slack&table=messages`);
  const there = await state.text();
  return texts.filter((one) => !there.includes(one));
}

describe.skipIf(process.platform === 'win32')('a server whose disk is full', () => {
  it('refuses what it cannot keep with 507, lives, and has all that it kept when there is room', async () => {
    const data = join(folder, 'full');
    // A limit on the size of a file stands for a full disk; the signal that comes with it is ignored.
    const script = `trap '' XFSZ; ulimit -f 1500; exec "$0" "$@"`;
    const args = ['serve', '--json', '--port', '0', '--data', data, '--sync', 'always'];
    const small = await ready(spawn('bash', ['-c', script, process.execPath, bin, ...args]));
    let kept: string[] = [];
    try {
      kept = await fill(small.url, 3);
      expect((await fetch(`${small.url}/healthz`)).status).toBe(200);
      expect(small.err()).toMatch(/nothing can be kept until there is room/);
    } finally {
      await small.kill('SIGKILL');
    }
    const roomy = await startChild(bin, ['--data', data]);
    try {
      expect(await missing(roomy.url, kept)).toEqual([]);
    } finally {
      await roomy.kill('SIGTERM');
    }
  }, 60_000);

  it('goes on by itself when space returns', async ({ skip }) => {
    const disk = join(folder, 'disk');
    mkdirSync(disk);
    const mount = (options: string) =>
      promisify(execFile)('mount', ['-t', 'tmpfs', '-o', options, 'orrery-test', disk]);
    const mounted =
      isRoot &&
      (await mount('size=12m').then(
        () => true,
        () => false,
      ));
    skip(!mounted, 'a disk of its own can be mounted by root only, where that is allowed');
    try {
      const args = ['--data', join(disk, 'data'), '--sync', 'always'];
      const server = await startChild(bin, args);
      let kept: string[] = [];
      try {
        kept = await fill(server.url, 3);
        expect(server.err()).toMatch(/nothing can be kept until there is room/);
        await mount('remount,size=64m');
        const post = await poster(server.url);
        await vi.waitFor(async () => expect(await post('again-')).toBe(200), {
          timeout: 20_000,
          interval: 200,
        });
        expect(server.err()).toMatch(/takes writes again/);
        expect(await missing(server.url, kept)).toEqual([]);
      } finally {
        await server.kill('SIGKILL');
      }
      const again = await startChild(bin, args);
      try {
        expect(await missing(again.url, [...kept, 'again-'])).toEqual([]);
        expect(again.err()).toBe('');
      } finally {
        await again.kill('SIGTERM');
      }
    } finally {
      await promisify(execFile)('umount', ['-l', disk]);
    }
  }, 60_000);
});

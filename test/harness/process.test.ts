import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadCandidate } from '../../harness/candidate.ts';
import type { UniverseDocument } from '../../harness/host.ts';
import { freePort, NotReady, startProcess } from '../../harness/process.ts';
import { hole } from './bench.ts';

const UNIVERSE: UniverseDocument = {
  ...{ id: 'u', name: 'u', seed: 1, clock: { mode: 'realtime', now: '' } },
  twins: { google: { url: 'http://g', credentials: { serviceAccount: { client_email: 'x@y' } } } },
  env: { SLACK_BOT_TOKEN: 'xoxb-1', ORRERY_URL: 'http://control' },
};

function script(code: string, more: Record<string, unknown> = {}) {
  const directory = mkdtempSync(join(tmpdir(), 'orrery-process-'));
  const file = join(directory, 'c.candidate.json');
  const command = [process.execPath, '-e', code];
  writeFileSync(
    file,
    JSON.stringify({ candidate: 'c', version: 1, command, ready: { line: '/ready/' }, ...more }),
  );
  return loadCandidate(file);
}

const start = async (code: string, more?: Record<string, unknown>) =>
  startProcess(script(code, more), UNIVERSE, await freePort());

describe('a candidate’s process', () => {
  it('sees the universe, its own settings and nothing else of ours', async () => {
    process.env.ORRERY_SECRET_OF_OURS = 'secret';
    const running = await start(
      'console.log(JSON.stringify(process.env)); console.log("ready"); setInterval(() => {}, 99)',
      {
        env: { PORT: hole('port'), LEVEL: 'info' },
      },
    );
    const env = JSON.parse(running.output[0] ?? '') as Record<string, string>;
    const home = env.HOME ?? '';
    expect(Object.keys(env).sort()).toEqual(
      [
        ...['GOOGLE_APPLICATION_CREDENTIALS', 'HOME', 'LEVEL', 'PATH', 'PORT', 'SLACK_BOT_TOKEN', 'TMPDIR'],
        ...['LANG', 'TZ'].filter((name) => process.env[name] !== undefined),
      ].sort(),
    );
    expect(env.PORT).toBe(String(running.port));
    expect(home).not.toBe(process.env.HOME);
    expect(existsSync(env.GOOGLE_APPLICATION_CREDENTIALS ?? '')).toBe(true);
    await running.stop();
    expect(existsSync(home)).toBe(false);
  });

  it('takes its children with it, also where it does not listen to signals', async () => {
    const code = `
      process.on('SIGTERM', () => {});
      const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 99)']);
      console.log(child.pid); console.log('ready'); setInterval(() => {}, 99);`;
    const running = await start(code, { stop: { within: '100ms' } });
    const child = Number(running.output[0]);
    await running.stop();
    await expect.poll(() => isGone(child)).toBe(true);
    expect(running.ended()).toBe('it was ended by SIGKILL');
  });

  it('says why it did not become ready', async () => {
    await expect(start('process.exit(4)')).rejects.toThrow('it exited with code 4 before it was ready');
    await expect(start('', { command: ['/none/such'] })).rejects.toThrow(NotReady);
  });

  it('keeps no more output than its limit', async () => {
    const code = `console.log('ready'); for (let i = 0; i < 5000; i++) console.log('x'.repeat(99)); setInterval(() => {}, 99)`;
    const running = await start(code, { limits: { output: '10KiB' } });
    await expect.poll(() => running.output.length).toBeGreaterThan(90);
    expect(running.output.join('\n').length).toBeLessThanOrEqual(10 * 1024);
    await running.stop();
  });
});

function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
}

/** Hosts of isolations: what happens when they die, when they are not root's, and where they cannot isolate at all. */
import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isolationAvailable } from '../../../src/exec/isolate/available.ts';
import { running, until } from './processes.ts';

const available = isolationAvailable();
const skipped = available.ok ? '' : ` (skipped: ${available.why}; ${available.next})`;
const root = process.getuid?.() === 0;

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'orrery-test-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(!available.ok)(`a host process of its own${skipped}`, () => {
  let driver: string;

  beforeAll(async () => {
    const place = join(folder, 'driver');
    mkdirSync(place);
    const bundle = await rolldown({
      input: new URL('./isolate.driver.ts', import.meta.url).pathname,
      platform: 'node',
      external: (id) => /^[^./]/.test(id),
    });
    driver = join(place, 'driver.mjs');
    await bundle.write({ file: driver, format: 'esm' });
    await bundle.close();
    writeFileSync(join(place, 'package.json'), '{}');
    copyFileSync(new URL('../../../src/exec/isolate/init.mjs', import.meta.url), join(place, 'init.mjs'));
    for (const path of [folder, place]) chmodSync(path, 0o755);
  });

  it('that is killed takes everything inside with it', async () => {
    const own = mkdtempSync(join(folder, 'killed-'));
    const env = { ...process.env, TMPDIR: own };
    const host = spawn(process.execPath, [driver, 'sh', '-c', 'echo up; (sleep 86417 &); sleep 86417'], {
      env,
    });
    await new Promise((resolve) => host.stdout.once('data', resolve));
    host.kill('SIGKILL');
    await until(
      () => !running().some((line) => line.includes('sleep 86417')) && readdirSync(own).length === 0,
    );
    expect(readdirSync(own)).toEqual([]);
  });

  it.skipIf(!root)('isolates for a user who is not root just so (needs root, to become another)', () => {
    const own = mkdtempSync(join(folder, 'other-'));
    chmodSync(own, 0o777);
    const script = `id -u; echo text > ${own}/written; getent hosts slack.com; umount /etc/hosts; exit 9`;
    const env = { PATH: process.env.PATH, TMPDIR: own, HOME: own };
    const out = execFileSync(process.execPath, [driver, 'sh', '-c', script], {
      uid: 65534,
      gid: 65534,
      cwd: '/',
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
      encoding: 'utf8',
    });
    expect(out.split('\n').map((line) => line.replace(/ +/, ' '))).toEqual([
      '65534',
      '127.0.0.1 slack.com',
      '{"code":9,"signal":null}',
      '',
    ]);
    expect([statSync(join(own, 'written')).uid, readdirSync(own)]).toEqual([65534, ['written']]);
  });
});

describe('where a command cannot be isolated', () => {
  /** A folder with these programs, each of which says something and fails. */
  const programs = (...names: string[]): string => {
    const path = mkdtempSync(join(folder, 'programs-'));
    for (const name of names)
      writeFileSync(join(path, name), '#!/bin/sh\necho "it may not be" >&2; exit 1\n', { mode: 0o755 });
    return path;
  };

  it('another system than Linux is the reason', () => {
    expect(isolationAvailable({ platform: 'darwin' })).toMatchObject({ ok: false, why: 'it needs Linux' });
  });

  it('a program that is missing is named, with the package to install', () => {
    const without = (...names: string[]) =>
      isolationAvailable({ platform: 'linux', path: programs(...names) });
    expect(without()).toMatchObject({ ok: false, why: 'there is no `unshare` program' });
    expect(without('unshare')).toMatchObject({ ok: false, why: 'there is no `mount` program' });
    const next = expect.stringContaining('install iproute2');
    expect(without('unshare', 'mount')).toMatchObject({ ok: false, next });
  });

  it('a system that allows no namespaces is quoted, with what to do', () => {
    const path = programs('unshare', 'mount', 'ip');
    const refused = isolationAvailable({ platform: 'linux', path });
    expect(refused).toMatchObject({ ok: false, next: expect.stringMatching(/sysctl|container/) });
    expect(refused.ok || refused.why).toMatch(/it may not be|user namespaces are off/);
  });
});

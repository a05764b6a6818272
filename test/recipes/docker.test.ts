/** The image and the compose recipe, as far as they can be looked at and run where there is no Docker daemon. */
import { execFile, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type Orrery, startOrrery } from '../../src/main.ts';

const ROOT = new URL('../../', import.meta.url);
const text = (name: string): string => readFileSync(new URL(name, ROOT), 'utf8');
const KEY = 'the-key-of-the-recipe';

let orrery: Orrery;
beforeAll(async () => {
  orrery = await startOrrery({ port: 0, operatorKey: KEY });
  await orrery.registry.create({ id: 'default', seed: 1 });
});
afterAll(() => orrery.close(0));

/** The instructions of the Dockerfile by stage, lines that go on joined. */
function stages(): { instruction: string; rest: string }[][] {
  const lines = text('Dockerfile')
    .replace(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const found: { instruction: string; rest: string }[][] = [];
  for (const line of lines) {
    const [, instruction = '', rest = ''] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
    expect(instruction, line).not.toBe('');
    if (instruction === 'FROM') found.push([]);
    found.at(-1)?.push({ instruction, rest: rest.trim() });
  }
  return found;
}
const last = (instruction: string): string =>
  stages()
    .at(-1)
    ?.find((one) => one.instruction === instruction)?.rest ?? '';

const run = async (command: readonly string[], env: Record<string, string>) => {
  const [program = '', ...args] = command;
  const ended = promisify(execFile)(program, args, {
    env: { PATH: process.env.PATH, ...env },
    timeout: 30_000,
  });
  return ended.then(
    ({ stdout }) => ({ code: 0, stdout }),
    ({ code, stdout }: { code: number; stdout: string }) => ({ code, stdout }),
  );
};

describe('the image', () => {
  it('holds what the package ships, runs as a user without rights, and keeps its data in a volume', () => {
    const [build = [], runtime = []] = stages();
    expect(stages()).toHaveLength(2);
    for (const { instruction, rest } of build)
      if (instruction === 'COPY')
        for (const source of rest.split(' ').slice(0, -1))
          expect(existsSync(new URL(source, ROOT)), source).toBe(true);
    const before = (a: string, b: string) =>
      runtime.findIndex((one) => one.instruction === a) < runtime.findIndex((one) => one.instruction === b);
    expect(runtime.filter(({ instruction }) => instruction === 'COPY')).toEqual([
      { instruction: 'COPY', rest: '--from=build /orrery /orrery' },
    ]);
    expect([last('USER'), before('USER', 'ENTRYPOINT')]).toEqual(['node', true]);
    expect([last('VOLUME'), last('EXPOSE')]).toEqual(['/data', '4700']);
    expect(last('ENV')).toContain('ORRERY_DATA=/data');
    const ignored = text('.dockerignore').split('\n');
    expect(ignored).toEqual(expect.arrayContaining(['.git', 'node_modules', 'dist', '.orrery', '.env*']));
  });

  it('is healthy while the server answers, and else is not', async () => {
    const check: string[] = JSON.parse(/CMD (\[.*\])$/.exec(last('HEALTHCHECK'))?.[1] ?? '[]');
    expect((await run(check, { ORRERY_PORT: String(orrery.port) })).code).toBe(0);
    expect((await run(check, { ORRERY_PORT: '1' })).code).toBe(1);
  });

  it('listens where others reach it, which takes a key', async () => {
    await expect(startOrrery({ host: '0.0.0.0', port: 0 })).rejects.toThrow(/operator key/);
  });
});

describe('compose.yaml', () => {
  const { services } = parse(text('compose.yaml')) as {
    services: Record<
      'app' | 'orrery',
      { command: string[]; environment: Record<string, string>; depends_on: object; volumes: string[] }
    >;
  };

  it('starts the program when the server is healthy, and takes the key from the environment', () => {
    expect(services.app.depends_on).toEqual({ orrery: { condition: 'service_healthy' } });
    expect(services.orrery.environment.ORRERY_OPERATOR_KEY).toMatch(/^\$\{ORRERY_OPERATOR_KEY:\?/);
    expect(services.orrery.volumes).toEqual(['orrery:/data']);
    expect(services.app.environment.ORRERY_URL).toBe(services.orrery.environment.ORRERY_PUBLIC_URL);
  });

  it('has a program that works as it stands', async () => {
    const env = { ORRERY_URL: orrery.url, ORRERY_KEY: KEY };
    expect((await run(services.app.command, env)).stdout).toMatch(/ok: true/);
  });

  const compose = spawnSync('docker', ['compose', 'version']).status === 0;
  it.skipIf(!compose)(`is taken by docker compose${compose ? '' : ' (skipped: it is not here)'}`, () => {
    const { status, stderr } = spawnSync('docker', ['compose', 'config', '-q'], {
      cwd: fileURLToPath(ROOT),
      env: { ...process.env, ORRERY_OPERATOR_KEY: KEY },
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([0, '']);
  });
});

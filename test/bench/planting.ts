/**
 * How long worlds take to plant: small and four times as large, in the shapes that cost most. By name, at full size:
 * `node --expose-gc dist/test/bench/planting.js [MESSAGES]` plants a workspace of 5,000 users and 2,000 channels.
 */
import { openUniverse } from '../../src/main.ts';
import type { WorldFile } from '../../src/world/file.ts';
import { heapUsed } from './measure.ts';

/** A world with `count` of what all is put in one place, by twin. */
export const CROWDS: Readonly<Record<string, (count: number) => WorldFile>> = {
  'group rules': (count) => ({
    world: 'crowd',
    people: { count: 20 },
    okta: {
      groups: Array.from({ length: count }, (_, nth) => ({
        name: `group ${nth}`,
        rule: `user.department=="department ${nth}"`,
      })),
    },
  }),
  'messages of one moment': (count) => ({
    world: 'crowd',
    people: [{ email: 'ann@acme.example', name: 'Ann Lee' }],
    slack: {
      messages: Array.from({ length: count }, (_, nth) => ({
        channel: 'general',
        from: 'ann@acme.example',
        text: `said ${nth}`,
        at: '2026-01-05T09:00:00Z',
      })),
    },
  }),
  'issues of one project': (count) => ({
    world: 'crowd',
    people: { count: 20 },
    jira: {
      projects: [{ key: 'ACME', name: 'Acme' }],
      issues: Array.from({ length: count }, (_, nth) => ({
        project: 'ACME',
        type: 'Task',
        summary: `thing ${nth}`,
        status: 'Done',
      })),
    },
  }),
  'files of one folder': (count) => ({
    world: 'crowd',
    people: { count: 20 },
    google: {
      drive: Array.from({ length: count }, (_, nth) => ({
        path: `Shared/notes ${nth}`,
        type: 'file' as const,
        content: 'x',
      })),
    },
  }),
};

/** Milliseconds of processor time that a world takes to plant. */
export async function plantingMs(world: WorldFile): Promise<number> {
  const before = process.cpuUsage();
  const { close } = await openUniverse({ seed: 1, world });
  const { user, system } = process.cpuUsage(before);
  close();
  return (user + system) / 1_000;
}

/** A workspace of a large company: seconds of the wall's clock, and MiB of heap. */
export async function largeWorkspace(messages: number): Promise<{ seconds: number; heapMib: number }> {
  const world: WorldFile = {
    world: 'large',
    people: { count: 5_000 },
    slack: { channels: { count: 2_000 }, messages: { count: messages } },
  };
  const before = heapUsed();
  const started = performance.now();
  const { close } = await openUniverse({ seed: 1, world });
  const seconds = (performance.now() - started) / 1_000;
  const heapMib = (heapUsed() - before) / 2 ** 20;
  close();
  return { seconds, heapMib };
}

if (process.argv[1]?.endsWith('bench/planting.js')) {
  const messages = Number(process.argv[2] ?? 1_000_000);
  const { seconds, heapMib } = await largeWorkspace(messages);
  process.stdout.write(
    `5,000 users, 2,000 channels, ${messages} messages: ${seconds.toFixed(1)} s, ${heapMib.toFixed(0)} MiB\n`,
  );
  for (const [what, crowd] of Object.entries(CROWDS)) {
    const [small, large] = [await plantingMs(crowd(1_000)), await plantingMs(crowd(4_000))];
    process.stdout.write(`${what}: 1,000 in ${small.toFixed(0)} ms, 4,000 in ${large.toFixed(0)} ms\n`);
  }
}

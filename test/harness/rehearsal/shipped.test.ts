/** The rehearsals that ship: each is valid, and its faults are ones that the twins can have. */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadRehearsal } from '../../../harness/rehearsal/prepare.ts';
import { startLocalHost } from '../../../src/main.ts';

const shelf = fileURLToPath(new URL('../../../fixtures/rehearsals/', import.meta.url));
const files = readdirSync(shelf).filter((name) => name.endsWith('.yaml'));

let host: Awaited<ReturnType<typeof startLocalHost>>;
beforeAll(async () => {
  host = await startLocalHost();
});
afterAll(() => host.close());

describe('the rehearsals that ship', () => {
  it('are the eight that every team wants', () => {
    expect(files.map((name) => name.replace('.yaml', ''))).toEqual([
      'abuse-pattern',
      'cost-spike',
      'degraded-dependency',
      'outage',
      'permission-loss',
      'rate-limit-storm',
      'regional-failure',
      'webhook-chaos',
    ]);
  });

  it.each(files)('%s names faults, worlds and levels that are there', async (name) => {
    const { rehearsal, events, seed } = loadRehearsal(`${shelf}${name}`);
    expect(`${rehearsal.rehearsal}.yaml`).toBe(name);
    const universe = await host.create({ world: rehearsal.world, seed });
    for (const { faults } of events) await universe.faults(faults);
    await universe.drop();
  });
});

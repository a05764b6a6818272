import { afterEach, describe, expect, it } from 'vitest';
import { Registry } from '../../src/registry.ts';

const outbound = { send: async () => ({ status: 200, headers: {}, body: '' }) };
const registry = new Registry({
  twins: [],
  outbound,
  publicUrl: () => 'http://x',
  operatorKey: 'k',
  salt: 's',
});
afterEach(() => registry.close());

describe('the credentials of two tenants who chose the same seed', () => {
  it('say nothing about each other', async () => {
    const tenants = ['a', 'b'].map((name) => registry.tenants.create(name, {}, new Date(0).toISOString()).id);
    const secrets = await Promise.all(
      tenants.map(async (tenant) => {
        const universe = await registry.create({ tenant, seed: 1, world: { world: 'w' } });
        return universe.view('toy').secret(['bot'], 20);
      }),
    );
    expect(new Set(secrets).size).toBe(2);
  });
});

describe('a tenant', () => {
  it('is refused a world that asks for more rows than its quota has room for, before it is planted', async () => {
    const made = registry.tenants.create('small', { stateBytes: 1_000_000 }, new Date(0).toISOString());
    const world = { world: 'w', slack: { messages: { count: 2_000_000 } } };
    await expect(registry.create({ tenant: made.id, seed: 1, world })).rejects.toMatchObject({
      status: 429,
      name: 'quota',
    });
  });
});

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

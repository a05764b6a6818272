/** The built-in world: it fits the world schema, and everyone it speaks of is in its cast. */
import { describe, expect, it } from 'vitest';
import type { PersonInput } from '../../src/world/cast.ts';
import { loadWorld } from '../../src/world/load.ts';

const world = loadWorld(new URL('../../fixtures/worlds/acme.yaml', import.meta.url));
const people = world.people as PersonInput[];
const emails = new Set(people.map(({ email }) => email));

describe('the world acme', () => {
  it('has forty people in six departments, of whom one has no manager', () => {
    expect(people).toHaveLength(40);
    expect(new Set(people.map(({ department }) => department)).size).toBe(6);
    expect(people.filter(({ manager }) => manager === undefined)).toHaveLength(1);
  });

  it('speaks of nobody who is not in its cast', () => {
    const spokenOf = JSON.stringify(world).match(/[\w.]+@acme\.example/g) ?? [];
    expect([...new Set(spokenOf)].filter((email) => !emails.has(email))).toEqual([]);
  });

  it('lets nobody outside IT hold an access group that scenarios ask for', () => {
    const it = new Set(people.filter(({ department }) => department === 'IT').map(({ email }) => email));
    const { groups = [] } = world.okta ?? {};
    const held = ('count' in groups ? [] : groups).filter(({ name }) => /^[a-z]/.test(name));
    const outsiders = held.flatMap(({ members = [] }) => members.filter((email) => !it.has(email)));
    expect(held.length).toBeGreaterThan(20);
    expect(outsiders).toEqual([]);
  });
});

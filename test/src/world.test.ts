import { describe, expect, it } from 'vitest';
import type { ApiError } from '../../src/error.ts';
import { openUniverse } from '../../src/main.ts';
import { checkWorld } from '../../src/world/load.ts';

const ann = { email: 'ann@acme.example', name: 'Ann Lee' };
const errorsOf = (world: unknown): unknown => {
  try {
    checkWorld(world);
    return [];
  } catch (error) {
    return (error as ApiError).data.errors;
  }
};

describe('a world', () => {
  it('that speaks of nobody is refused with the place', () => {
    const world = {
      world: 'w',
      people: [ann, { email: 'bob@acme.example', name: 'Bob Ray', manager: 'who@acme.example' }],
      slack: { channels: [{ name: 'general', members: ['ann@acme.example', 'amm@acme.example'] }] },
    };
    expect(errorsOf(world)).toEqual([
      { pointer: '/people/1/manager', detail: expect.stringContaining('who@acme.example') },
      { pointer: '/slack/channels/0/members/1', detail: expect.stringContaining('amm@acme.example') },
    ]);
  });

  it('may write an e-mail in capitals, and need not name people', () => {
    expect(
      errorsOf({
        world: 'w',
        people: [ann],
        okta: { groups: [{ name: 'g', members: ['ANN@acme.example'] }] },
      }),
    ).toEqual([]);
    expect(errorsOf({ world: 'w', people: { count: 3 } })).toEqual([]);
  });

  it.each([[[]], [{ count: 0 }]])('of nobody (%j) has its administrator', async (people) => {
    const { universe, fetch, close } = await openUniverse({ world: { world: 'w', people } });
    const seen = await fetch('https://slack.com/api/users.lookupByEmail?email=admin@acme.example', {
      headers: { authorization: `Bearer ${universe.env.SLACK_BOT_TOKEN}` },
    });
    expect(await seen.json()).toMatchObject({ ok: true, user: { real_name: 'Ada Admin' } });
    close();
  });

  it('with an unknown key is refused with its place', () => {
    expect(errorsOf({ world: 'w', slck: {} })).toEqual([{ pointer: '/slck', detail: 'is not a known key' }]);
  });
});

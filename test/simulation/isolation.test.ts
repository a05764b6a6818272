import { describe, expect, it } from 'vitest';
import { diffRoots } from '../../src/state.ts';
import type { TestUniverse } from '../universe.ts';
import { traffic } from './traffic.ts';
import { knowledgeOf, openSimulated, sender } from './universes.ts';

const REQUESTS = 120;

/** Changes of the twins' tables since `u` began. */
const changes = (u: TestUniverse) =>
  diffRoots(u.universe.beginning, u.universe.state.snapshot()).filter((change) => change.table.twin !== '');

async function seasoned(seed: number, id: string) {
  const u = await openSimulated(seed, id);
  const knowledge = knowledgeOf(u);
  await traffic(knowledge, seed, REQUESTS, sender(u));
  u.universe.settleBeginning();
  return { u, knowledge };
}

describe('two universes of different seeds', () => {
  it('refuse each other’s credentials and are not changed by them', async () => {
    const { knowledge } = await seasoned(1, 'one');
    const { u: other } = await seasoned(2, 'two');
    const answers = await traffic({ ...knowledge, seen: { ...knowledge.seen } }, 11, REQUESTS, sender(other));
    const accepted = answers.filter((answer) => answer.status < 400 && !answer.body.includes('"ok":false'));
    expect(accepted.map((answer) => answer.request)).toEqual([]);
    expect(changes(other)).toEqual([]);
  });

  it('know nothing of each other’s ids', async () => {
    const { knowledge: foreign } = await seasoned(1, 'one');
    const { u: other, knowledge: own } = await seasoned(2, 'two');
    const named = (kind: string) =>
      (foreign.seen[kind] ?? []).filter((id) => !(own.seen[kind] ?? []).includes(id));
    const send = sender(other);
    const slackAuth = {
      authorization: `Bearer ${own.slackToken}`,
      'content-type': 'application/json; charset=utf-8',
    };
    for (const channel of named('channel'))
      expect(
        (
          await send({
            twin: 'slack',
            method: 'POST',
            path: '/api/conversations.history',
            headers: slackAuth,
            body: JSON.stringify({ channel }),
          })
        ).body,
      ).toContain('channel_not_found');
    for (const id of [...named('oktaUser')])
      expect(
        (
          await send({
            twin: 'okta',
            method: 'GET',
            path: `/api/v1/users/${id}`,
            headers: { authorization: `SSWS ${own.oktaToken}` },
          })
        ).status,
      ).toBe(404);
    for (const id of named('sheet'))
      expect(
        (
          await send({
            twin: 'google',
            method: 'GET',
            path: `/drive/v3/files/${id}`,
            headers: { authorization: `Bearer ${own.googleToken}` },
          })
        ).status,
      ).toBe(404);
    expect(named('channel').length * named('oktaUser').length * named('sheet').length).toBeGreaterThan(0);
  });

  it('change nothing in one another, whatever is done in either', async () => {
    const { u: still } = await seasoned(1, 'one');
    const before = still.universe.state.snapshot();
    const { u: busy, knowledge } = await seasoned(2, 'two');
    await traffic(knowledge, 5, REQUESTS, sender(busy));
    expect(diffRoots(before, still.universe.state.snapshot())).toEqual([]);
  });
});

describe('forks, which share credentials', () => {
  it('go their own ways from the fork on', async () => {
    const { u, knowledge } = await seasoned(3, 'stem');
    const fork = u.registry.fork(u.universe, { id: 'branch' });
    await traffic(knowledge, 9, REQUESTS, sender(u));
    expect(changes(u).length).toBeGreaterThan(0);
    expect(diffRoots(fork.beginning, fork.state.snapshot())).toEqual([]);
  });
});

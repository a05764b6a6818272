/** In process beside a socket: one and the same to a client. */
import { describe, expect, it } from 'vitest';
import { openIn } from '../../../src/inprocess/universe.ts';
import { openUniverse, startOrrery } from '../../../src/main.ts';

describe('a socket', () => {
  it('makes no difference: answers are equal, header for header, and so are the journals', async () => {
    const begin = { id: 'same', seed: 7, clock: { mode: 'frozen', now: '2026-03-02T09:00:00Z' } } as const;
    const orrery = await startOrrery({ port: 0 });
    const served = await openIn(orrery.registry, begin);
    const inside = await openUniverse(begin);
    const { env } = served;
    const ask = async (send: typeof fetch, path: string, init: RequestInit) => {
      const answer = await send(`${orrery.url}/u/same/${path}`, init);
      const kept = [...answer.headers].filter(([name]) => !['connection', 'keep-alive'].includes(name));
      const { status, statusText, url, redirected, type } = answer;
      return { status, statusText, url, redirected, type, headers: kept, body: await answer.text() };
    };
    const asked: [string, RequestInit][] = [
      [
        'slack/api/auth.test',
        { method: 'POST', headers: { authorization: `Bearer ${env.SLACK_BOT_TOKEN}` } },
      ],
      ['slack/api/api.test', { method: 'POST', body: new URLSearchParams({ a: 'ü' }) }],
      ['slack/api/api.test', { method: 'POST', body: 'plain text' }],
      ['okta/api/v1/users?limit=2', { headers: { authorization: `SSWS ${env.OKTA_CLIENT_TOKEN}` } }],
      [
        'okta/api/v1/users?limit=2',
        { method: 'HEAD', headers: { Authorization: `SSWS ${env.OKTA_CLIENT_TOKEN}` } },
      ],
      ['jira/rest/api/3/nothing', {}],
      ['google/drive/v3/files', { headers: { authorization: `Bearer ${env.GOOGLE_ACCESS_TOKEN}` } }],
    ];
    for (const [path, init] of asked)
      expect(await ask(inside.fetch, path, init), path).toEqual(await ask(fetch, path, init));
    expect(inside.universe.kernel.journal.hash()).toBe(served.kernel.journal.hash());
    for (const universe of [served, inside.universe]) universe.fault({ kind: 'reset' });
    const [cut, cutInside] = await Promise.all(
      [fetch, inside.fetch].map((send) => ask(send, 'slack/api/api.test', {}).catch((error) => error)),
    );
    expect(cutInside).toEqual(cut);
    expect({ ...cutInside.cause }).toEqual({ ...cut.cause });
    inside.close();
    await orrery.close(0);
  });
});

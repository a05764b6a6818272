import { beforeEach, describe, expect, it } from 'vitest';
import { universeFetch } from '../../src/inprocess/fetch.ts';
import type { WorldFile } from '../../src/world/file.ts';
import { google } from '../../twins/google/twin.ts';
import { jira } from '../../twins/jira/twin.ts';
import { okta } from '../../twins/okta/twin.ts';
import { slack } from '../../twins/slack/twin.ts';
import { openUniverse, type TestUniverse } from '../universe.ts';

const WORLD: WorldFile = {
  world: 'acme',
  people: [
    { email: 'ann@acme.example', name: 'Ann Admin' },
    { email: 'bob@acme.example', name: 'Bob Builder', title: 'Engineer' },
  ],
  okta: { groups: [{ name: 'Engineering' }] },
  slack: { channels: [{ name: 'general' }, { name: 'secret', private: true }] },
  wiring: [
    { from: 'okta', to: 'slack', lag: '30s' },
    { from: 'okta', to: 'jira', lag: '5m' },
    { from: 'okta', to: 'google' },
  ],
};

let t: TestUniverse;
let oktaToken: string;
let bob: Record<'slack' | 'jira' | 'google', () => Promise<unknown>>;

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into, not typed
const json = async (response: Response): Promise<any> => {
  const text = await response.text();
  return text ? JSON.parse(text) : undefined;
};

const ask = async (method: string, path: string, body?: unknown) =>
  json(
    await t.fetch(`/okta/api/v1${path}`, {
      method,
      headers: { authorization: `SSWS ${oktaToken}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
  );

const mint = (twin: typeof slack, kind: string, as: string) =>
  t.universe.work(twin.name, (world) => twin.credentials.mint(world, { kind, as })).secret as Record<
    string,
    string
  >;

/** What each vendor answers to the person's own question of who they are. */
function programsOf(as: string): typeof bob {
  const [chat, issues, drive] = [
    mint(slack, 'user', as).token,
    mint(jira, 'apiToken', as).apiToken,
    mint(google, 'accessToken', as).accessToken,
  ];
  const basic = Buffer.from(`${as}:${issues}`).toString('base64');
  return {
    slack: async () => {
      const { ok, error, user } = await json(
        await t.fetch('/slack/api/auth.test', {
          method: 'POST',
          headers: { authorization: `Bearer ${chat}` },
        }),
      );
      return ok ? user : error;
    },
    jira: async () => {
      const response = await t.fetch('/jira/rest/api/3/myself', {
        headers: { authorization: `Basic ${basic}` },
      });
      return response.status === 200 ? (await json(response)).displayName : response.status;
    },
    google: async () => {
      const response = await t.fetch('/google/drive/v3/about?fields=user', {
        headers: { authorization: `Bearer ${drive}` },
      });
      return response.status === 200 ? (await json(response)).user.displayName : response.status;
    },
  };
}

const all = async (of = bob) => [await of.slack(), await of.jira(), await of.google()];
const later = (ms: number) => t.universe.advance(t.universe.now() + ms);
/** Longer than every lag, shorter than tokens live. */
const SOON = 600_000;

beforeEach(async () => {
  t = await openUniverse([okta, slack, jira, google], WORLD);
  oktaToken = t.universe.work('okta', (w) => okta.credentials.document(w, '').credentials).apiToken as string;
  bob = programsOf('bob@acme.example');
});

describe('wired twins', () => {
  it('shut out who is deactivated in Okta, each after its own lag and in its vendor’s words, and let them in again', async () => {
    expect(await all()).toEqual(['bob', 'Bob Builder', 'Bob Builder']);
    await ask('POST', '/users/bob@acme.example/lifecycle/deactivate');
    await later(1_000);
    expect(await all()).toEqual(['bob', 'Bob Builder', 401]);
    await later(30_000);
    expect(await all()).toEqual(['account_inactive', 'Bob Builder', 401]);
    await later(SOON);
    expect(await all()).toEqual(['account_inactive', 401, 401]);
    await ask('POST', '/users/bob@acme.example/lifecycle/activate?sendEmail=false');
    await later(SOON);
    expect(await all()).toEqual(['bob', 'Bob Builder', 'Bob Builder']);
  });

  it('shut out who is suspended, and bring them back to their channels', async () => {
    const channels = async () => {
      const token = mint(slack, 'user', 'ann@acme.example').token;
      const headers = { authorization: `Bearer ${token}` };
      const { user } = await json(
        await t.fetch('/slack/api/users.lookupByEmail?email=bob@acme.example', { headers }),
      );
      if (!user) return undefined;
      const found = await json(
        await t.fetch(`/slack/api/users.conversations?user=${user.id}&types=public_channel,private_channel`, {
          headers,
        }),
      );
      return found.channels.map((one: { name: string }) => one.name).sort();
    };
    const before = await channels();
    expect(before).toEqual(['general', 'secret']);
    await ask('POST', '/users/bob@acme.example/lifecycle/suspend');
    await later(SOON);
    expect(await all()).toEqual(['account_inactive', 401, 401]);
    expect(await channels()).toBeUndefined();
    await ask('POST', '/users/bob@acme.example/lifecycle/unsuspend');
    await later(SOON);
    expect(await all()).toEqual(['bob', 'Bob Builder', 'Bob Builder']);
    expect(await channels()).toEqual(before);
  });

  it('have an account for who is activated in Okta, not for who is only prepared', async () => {
    const profile = {
      firstName: 'New',
      lastName: 'Comer',
      email: 'new@acme.example',
      login: 'new@acme.example',
    };
    const { id } = await ask('POST', '/users?activate=false', { profile });
    await later(SOON);
    expect(() => programsOf('new@acme.example')).toThrow('new@acme.example');
    await ask('POST', `/users/${id}/lifecycle/activate?sendEmail=false`);
    await later(SOON);
    expect(await all(programsOf('new@acme.example'))).toEqual(['new', 'New Comer', 'New Comer']);
  });

  it('follow names, titles and addresses', async () => {
    await ask('POST', '/users/bob@acme.example', {
      profile: { firstName: 'Rob', title: 'Chief', email: 'rob@acme.example', login: 'rob@acme.example' },
    });
    await later(SOON);
    expect((await all()).slice(2)).toEqual(['Rob Builder']);
    const token = mint(slack, 'user', 'ann@acme.example').token;
    const { user } = await json(
      await t.fetch('/slack/api/users.lookupByEmail?email=rob@acme.example', {
        headers: { authorization: `Bearer ${token}` },
      }),
    );
    expect(user).toMatchObject({ real_name: 'Rob Builder', profile: { title: 'Chief', first_name: 'Rob' } });
    const jiraBob = mint(jira, 'apiToken', 'rob@acme.example');
    expect(jiraBob.email).toBe('rob@acme.example');
    expect(await all(programsOf('rob@acme.example'))).toEqual(['bob', 'Rob Builder', 'Rob Builder']);
    await ask('POST', '/users/rob@acme.example/lifecycle/deactivate');
    await later(SOON);
    expect(await bob.google()).toBe(401);
  });

  it('have groups of Okta as user groups of Slack', async () => {
    const [{ id: group }] = await ask('GET', '/groups?q=Engineering');
    const { id: user } = await ask('GET', '/users/bob@acme.example');
    const token = mint(slack, 'user', 'ann@acme.example').token;
    const groups = async () =>
      (
        await json(
          await t.fetch('/slack/api/usergroups.list?include_users=true', {
            headers: { authorization: `Bearer ${token}` },
          }),
        )
      ).usergroups.map((one: { name: string; users: string[] }) => [one.name, one.users.length]);
    await ask('PUT', `/groups/${group}/users/${user}`);
    await later(SOON);
    expect(await groups()).toEqual([['Engineering', 1]]);
    await ask('DELETE', `/groups/${group}/users/${user}`);
    await later(SOON);
    expect(await groups()).toEqual([]);
  });

  it('hear nothing where no wire leads, and late or not at all where a fault says so', async () => {
    t.universe.addFault({
      kind: 'dropEvents',
      match: { twin: 'okta', operation: 'person.*' },
      params: {},
    });
    await ask('POST', '/users/bob@acme.example/lifecycle/suspend');
    await later(SOON);
    expect(await bob.slack()).toBe('bob');
    const { wiring: _, ...unwired } = WORLD;
    t = await openUniverse([okta, slack, jira, google], unwired);
    oktaToken = t.universe.work('okta', (w) => okta.credentials.document(w, '').credentials)
      .apiToken as string;
    bob = programsOf('bob@acme.example');
    await ask('POST', '/users/bob@acme.example/lifecycle/deactivate');
    await later(SOON);
    expect(await bob.slack()).toBe('bob');
  });

  it('hear in a fork what was under way in its parent', async () => {
    await ask('POST', '/users/bob@acme.example/lifecycle/suspend');
    const fork = t.registry.fork(t.universe, { id: 'forked' });
    await fork.advance(fork.now() + SOON);
    expect(await bob.slack()).toBe('bob');
    const send = universeFetch(fork);
    t = { ...t, fetch: (path, init) => send(`http://orrery.test/u/forked${path}`, init) };
    expect(await all()).toEqual(['account_inactive', 401, 401]);
  });
});

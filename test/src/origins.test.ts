/** Ports of their own: what a client meets that takes only `http://host:port`. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createClient, OrreryError } from '../../src/client.ts';
import { type Orrery, startOrrery } from '../../src/main.ts';

let orrery: Orrery;
let control: ReturnType<typeof createClient>;
beforeAll(async () => {
  orrery = await startOrrery({ port: 0 });
  control = createClient({ url: orrery.url });
});
afterAll(() => orrery.close(0));
afterEach(() => {
  for (const one of orrery.registry.list()) orrery.registry.drop(one.id);
});

const bearer = (token: unknown) => ({ headers: { authorization: `Bearer ${token}` } });
const isUp = (url: string) =>
  fetch(url).then(
    () => true,
    () => false,
  );

describe('a universe with origins', () => {
  it('has a port per twin, and each answers the vendor’s own paths', async () => {
    const { id, twins } = await control.createUniverse({ origins: true });
    const { slack, okta, jira, google } = twins as Record<
      string,
      { origin: string; credentials: Record<string, string> }
    >;
    const origins = [slack, okta, jira, google].map((twin) => twin?.origin);
    expect(new Set(origins).size).toBe(4);
    for (const origin of origins) expect(origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const me = await fetch(`${slack?.origin}/api/auth.test`, bearer(slack?.credentials.botToken));
    expect(await me.json()).toMatchObject({ ok: true });
    const users = await fetch(`${okta?.origin}/api/v1/users?limit=1`, {
      headers: { authorization: `SSWS ${okta?.credentials.apiToken}` },
    });
    expect(users.headers.get('link')).toContain(`<${okta?.origin}/api/v1/users?`);
    const files = await fetch(`${google?.origin}/drive/v3/files`, bearer(google?.credentials.accessToken));
    expect(files.status).toBe(200);
    const entries = orrery.registry.get(id)?.journal.page({ limit: 9, kind: 'exchange' }).entries;
    expect(entries?.map(({ via }) => via)).toEqual(['origin', 'origin', 'origin']);
  });

  it('takes a host of Google’s as the first segment, since all of them share the one port', async () => {
    const { twins } = await control.createUniverse({ origins: true });
    const { origin } = twins.google as { origin: string };
    const res = await fetch(`${origin}/docs.googleapis.com/v1/documents`, { method: 'POST' });
    expect(((await res.json()) as { error: { details: unknown } }).error.details).toMatchObject([
      { metadata: { service: 'docs.googleapis.com' } },
    ]);
  });

  it('hands links out by the name by which the client called the port', async () => {
    const { twins } = await control.createUniverse({ origins: true });
    const { origin, credentials } = twins.okta as unknown as {
      origin: string;
      credentials: { apiToken: string };
    };
    const called = origin.replace('127.0.0.1', 'localhost');
    const res = await fetch(`${called}/api/v1/users/me`, {
      headers: { authorization: `SSWS ${credentials.apiToken}` },
    });
    const me = (await res.json()) as { _links: { self: { href: string } } };
    expect(me._links.self.href.startsWith(`${called}/`)).toBe(true);
  });

  it('names its origins in the environment and in key files; without them both name the path', async () => {
    const [with_, without] = [
      await control.createUniverse({ origins: true }),
      await control.createUniverse({}),
    ];
    const { slack, okta, google } = with_.twins;
    expect(with_.env).toMatchObject({
      SLACK_API_URL: `${slack?.origin}/api/`,
      OKTA_CLIENT_ORGURL: okta?.origin,
      GOOGLE_API_URL: google?.origin,
    });
    expect(google?.credentials).toMatchObject({ serviceAccount: { token_uri: `${google?.origin}/token` } });
    expect(without.twins.slack).not.toHaveProperty('origin');
    expect(without.env.SLACK_API_URL).toBe(`${orrery.url}/u/${without.id}/slack/api/`);
  });

  it('is there for a fork that asks for it, with ports that are not its parent’s', async () => {
    const parent = await control.createUniverse({ origins: true });
    const fork = await control.createUniverse({ from: parent.id, origins: true });
    expect(fork.twins.slack?.origin).not.toBe(parent.twins.slack?.origin);
    const res = await fetch(
      `${fork.twins.slack?.origin}/api/auth.test`,
      bearer(parent.twins.slack?.credentials.botToken),
    );
    expect(await res.json()).toMatchObject({ ok: true });
    expect(orrery.registry.get(fork.id)?.journal.page({ limit: 5, kind: 'exchange' }).entries).toHaveLength(
      1,
    );
  });

  it('keeps its ports over a reset, and loses them when it is dropped', async () => {
    const { id, twins } = await control.createUniverse({ origins: true });
    await control.resetUniverse(id);
    const origins = Object.values(twins).map((twin) => String(twin.origin));
    expect(await Promise.all(origins.map(isUp))).toEqual([true, true, true, true]);
    await control.deleteUniverse(id);
    expect(await Promise.all(origins.map(isUp))).toEqual([false, false, false, false]);
  });

  it('is refused, and not made, where the tenant’s ports are used up; dropping one makes room', async () => {
    const made: string[] = [];
    let refused: unknown;
    while (!refused && made.length < 300)
      await control
        .createUniverse({ world: { world: 'bare' }, origins: true })
        .then(({ id }) => made.push(id))
        .catch((error: unknown) => {
          refused = error;
        });
    expect(refused).toBeInstanceOf(OrreryError);
    expect(refused).toMatchObject({ status: 429 });
    expect(orrery.registry.size).toBe(made.length);
    await control.deleteUniverse(made[0] as string);
    expect(await control.createUniverse({ origins: true })).toHaveProperty('twins.jira.origin');
  });
});

it('closes every port with the server', async () => {
  const own = await startOrrery({ port: 0 });
  const { twins } = await createClient({ url: own.url }).createUniverse({ origins: true });
  await own.close(0);
  expect(await isUp(String(twins.slack?.origin))).toBe(false);
});

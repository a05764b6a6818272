/** People who sign in at another issuer: one org is the OpenID Connect provider of another, over real HTTP. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jwt } from '../../../src/jwt.ts';
import { type Orrery, startOrrery } from '../../../src/main.ts';
import type { Library } from '../library.ts';
import { makeApp, type Org, orgOf, signInAt } from './clients/program.ts';

const BACK = 'http://localhost/back';
let orrery: Orrery;
/** Where people come to, and where they sign in. */
let org: Omit<Org, 'close'>;
let partner: Omit<Org, 'close'>;
let idp: Library;
let app: { id: string; client_id: string; client_secret: string };

beforeAll(async () => {
  orrery = await startOrrery({ port: 0 });
  [org, partner] = [await orgOf(orrery, 'here'), await orgOf(orrery, 'there')];
  app = await makeApp(org, { grant_types: ['authorization_code', 'refresh_token'] });
  const us = await makeApp(partner, { redirect_uris: [`${org.at}/oauth2/v1/authorize/callback`] });
  const at = `${partner.at}/oauth2/default/v1`;
  idp = await org.call('POST', '/api/v1/idps', {
    ...{ type: 'OIDC', name: 'Partner' },
    protocol: {
      ...{ type: 'OIDC', scopes: ['openid', 'profile', 'email'] },
      issuer: { url: `${partner.at}/oauth2/default` },
      endpoints: {
        authorization: { url: `${at}/authorize`, binding: 'HTTP-REDIRECT' },
        token: { url: `${at}/token`, binding: 'HTTP-POST' },
        jwks: { url: `${at}/keys`, binding: 'HTTP-REDIRECT' },
        userInfo: { url: `${at}/userinfo`, binding: 'HTTP-REDIRECT' },
      },
      credentials: {
        client: { client_id: us.client_id, client_secret: us.client_secret, pkce_required: true },
      },
    },
    policy: { maxClockSkew: 120_000 },
  });
});
afterAll(() => orrery?.close(0));

const follow = (url: string | URL, cookie = '') => fetch(url, { redirect: 'manual', headers: { cookie } });
const ledTo = (response: Response) => new URL(response.headers.get('location') ?? 'http://nowhere.example');

/** The program's address for a sign-in by the provider. */
function ask(fields: Record<string, string> = {}): string {
  const query = {
    client_id: app.client_id,
    redirect_uri: BACK,
    response_type: 'code',
    scope: 'openid email',
  };
  return `${org.at}/oauth2/default/v1/authorize?${new URLSearchParams({ ...query, state: 's', idp: idp.id, ...fields })}`;
}

/** Signs in at the provider; where the browser ends, and the session that it has then. */
async function signIn(who: string, change: (callback: URL) => void = () => {}) {
  const atPartner = ledTo(await follow(ask()));
  expect(atPartner.origin + atPartner.pathname).toBe(`${partner.at}/oauth2/default/v1/authorize`);
  const callback = await signInAt(atPartner, who);
  change(callback);
  const back = await follow(callback);
  const cookie = (back.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? '';
  const end = ledTo(back);
  return { cookie, end: end.href.startsWith(BACK) ? end : ledTo(await follow(end, cookie)) };
}

async function tokensFor(end: URL): Promise<Library> {
  const given = await fetch(`${org.at}/oauth2/default/v1/token`, {
    method: 'POST',
    body: new URLSearchParams({
      ...{ client_id: app.client_id, client_secret: app.client_secret, redirect_uri: BACK },
      ...{ grant_type: 'authorization_code', code: end.searchParams.get('code') ?? '' },
    }),
  });
  return given.json();
}

/** Changes the provider's policy. */
async function policy(change: object): Promise<void> {
  const shown = await org.call('GET', `/api/v1/idps/${idp.id}`);
  await org.call('PUT', `/api/v1/idps/${idp.id}`, { ...shown, policy: { ...shown.policy, ...change } });
}

/** Makes somebody at the provider who is not known here. */
const newcomer = (name: string) =>
  partner.call('POST', '/api/v1/users', {
    profile: {
      firstName: name,
      lastName: 'New',
      login: `${name}@partner.example`,
      email: `${name}@partner.example`,
    },
    credentials: { password: { value: 'Corr3ctHorse' } },
  });

describe('a person who signs in at an identity provider', () => {
  it('is linked to the user of that name, and tokens say where they signed in', async () => {
    const who = org.people[1] ?? '';
    const { end } = await signIn(who);
    const claims = jwt().decode((await tokensFor(end)).id_token) as Library;
    expect(claims).toMatchObject({ email: who, idp: idp.id, amr: ['fed'] });
    const [linked] = await org.call('GET', `/api/v1/idps/${idp.id}/users`);
    expect(linked).toMatchObject({ id: claims.sub, profile: { email: who } });
    const tokens = await org.call('GET', `/api/v1/idps/${idp.id}/users/${claims.sub}/credentials/tokens`);
    expect(tokens.map((one: Library) => one.tokenAuthScheme)).toEqual(['Bearer', null]);
    const logged = await org.call(
      'GET',
      '/api/v1/logs?filter=eventType eq "user.authentication.auth_via_IDP"',
    );
    expect(logged).toHaveLength(1);
  });

  it('is made where nobody of that name is known, put into groups, and gone through by link the next time', async () => {
    await newcomer('nia');
    const group = await org.call('POST', '/api/v1/groups', { profile: { name: 'Partners' } });
    const provisioning = { action: 'AUTO', groups: { action: 'ASSIGN', assignments: [group.id] } };
    await policy({ provisioning });
    const sign = () =>
      signInWithPassword('nia@partner.example').then(({ end }) => end.searchParams.get('code'));
    expect(await sign()).toBeTruthy();
    const user = await org.call('GET', '/api/v1/users/nia@partner.example');
    expect(user).toMatchObject({
      status: 'ACTIVE',
      credentials: { provider: { type: 'FEDERATION' } },
      profile: { firstName: 'nia', lastName: 'New' },
    });
    expect(await org.call('GET', `/api/v1/groups/${group.id}/users`)).toHaveLength(1);
    expect(await sign()).toBeTruthy();
  });

  it.each<[string, string, object, string]>([
    ['nobody may be made', 'oli', { provisioning: { action: 'DISABLED' } }, 'User creation was disabled'],
    ['a filter refuses the name', 'pia', { subject: { filter: '.+@acme\\.example' } }, 'does not match'],
  ])('is refused where %s', async (_, name, change, says) => {
    await newcomer(name);
    await policy({ provisioning: { action: 'AUTO' }, subject: { filter: null }, ...change });
    const { end } = await signInWithPassword(`${name}@partner.example`);
    expect(end.searchParams.get('error')).toBe('access_denied');
    expect(end.searchParams.get('error_description')).toContain(says);
  });

  it('is not let in by a state of nobody’s, a code that is made up, or the same answer twice', async () => {
    const callback = `${org.at}/oauth2/v1/authorize/callback`;
    expect((await follow(`${callback}?state=x&code=y`)).status).toBe(400);
    const { end } = await signIn(org.people[1] ?? '', (back) => back.searchParams.set('code', 'made-up'));
    expect(end.searchParams.get('error')).toBe('access_denied');
    let used: URL | undefined;
    await signIn(org.people[1] ?? '', (back) => {
      used = new URL(back);
    });
    expect((await follow(used as URL)).status).toBe(400);
  });

  it('hears that a provider is off', async () => {
    await org.call('POST', `/api/v1/idps/${idp.id}/lifecycle/deactivate`);
    expect(ledTo(await follow(ask())).searchParams.get('error')).toBe('invalid_request');
  });

  /** The same for who has a password there. */
  async function signInWithPassword(login: string) {
    const atPartner = ledTo(await follow(ask()));
    const back = await follow(await signInAt(atPartner, login, { passcode: 'Corr3ctHorse' }));
    const cookie = (back.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? '';
    const end = ledTo(back);
    return { end: end.href.startsWith(BACK) ? end : ledTo(await follow(end, cookie)) };
  }
});

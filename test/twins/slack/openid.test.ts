import { createLocalJWKSet, jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import { openPorter, type Porter } from './installs.ts';
import { type Answer, BOB } from './workspace.ts';

const SIGN_IN = { scope: 'openid email profile', response_type: 'code', nonce: 'n0nce', state: 's' };

async function signedIn(w: Porter, query: Record<string, string> = SIGN_IN): Promise<Answer> {
  const code = await w.code(query, 'openid/connect/authorize');
  return w.form('openid.connect.token', { ...w.client, code, grant_type: 'authorization_code' });
}

const read = async (w: Porter, path: string): Promise<Answer> => (await w.fetch(`/slack${path}`)).json();

describe('Sign in with Slack', () => {
  it('gives an ID token that its published keys verify', async () => {
    const w = await openPorter();
    const { access_token, id_token, ...rest } = await signedIn(w);
    expect(rest).toEqual({ ok: true, token_type: 'Bearer' });
    const { issuer, jwks_uri } = await read(w, '/.well-known/openid-configuration');
    expect(jwks_uri).toBe(`${issuer}/openid/connect/keys`);
    const keys = createLocalJWKSet(await read(w, '/openid/connect/keys'));
    const { payload, protectedHeader } = await jwtVerify(id_token, keys, {
      issuer,
      audience: w.client.client_id,
      currentDate: new Date(w.universe.now()),
    });
    expect(protectedHeader.alg).toBe('RS256');
    expect(payload).toMatchObject({
      sub: w.person(BOB),
      nonce: 'n0nce',
      email: BOB,
      email_verified: true,
      name: 'Bob Baker',
      given_name: 'Bob',
      'https://slack.com/user_id': w.person(BOB),
      'https://slack.com/team_domain': 'acme',
    });
    const info = await w.api('openid.connect.userInfo', {}, access_token);
    expect(info).toMatchObject({ ok: true, sub: w.person(BOB), email: BOB, family_name: 'Baker' });
  });

  it('tells no more than was asked for', async () => {
    const w = await openPorter();
    const { access_token } = await signedIn(w, { ...SIGN_IN, scope: 'openid' });
    expect(await w.api('openid.connect.userInfo', {}, access_token)).toEqual({
      ok: true,
      sub: w.person(BOB),
      'https://slack.com/user_id': w.person(BOB),
      'https://slack.com/team_id': expect.stringMatching(/^T0/),
    });
    expect((await w.api('conversations.list', {}, access_token)).error).toBe('missing_scope');
  });

  it('asks for a code response and the openid scope', async () => {
    const w = await openPorter();
    const page = (query: Record<string, string>) =>
      w.look(w.page({ ...SIGN_IN, ...query }, 'openid/connect/authorize'));
    expect((await page({})).text).toContain('Sign in to Porter with Slack');
    expect((await page({ response_type: 'token' })).text).toContain('Invalid response_type parameter');
    expect((await page({ scope: 'email' })).text).toContain('invalid_scope');
    expect((await page({ scope: 'openid chat:write' })).text).toContain('invalid_scope chat:write');
  });

  it('keeps its codes apart from those of installs', async () => {
    const w = await openPorter();
    const code = await w.code(SIGN_IN, 'openid/connect/authorize');
    const refused = await w.form('oauth.v2.access', { ...w.client, code });
    expect(refused.error).toBe('oauth_authorization_url_mismatch');
    const made = await w.form('oauth.v2.user.access', { ...w.client, code });
    expect(made).toMatchObject({
      ok: true,
      token_type: 'user',
      authed_user: { scope: 'openid,email,profile' },
    });
    expect(made.id_token.split('.')).toHaveLength(3);
  });

  it('has an older way, with users.identity', async () => {
    const w = await openPorter();
    const made = await w.install({ user_scope: 'identity.basic,identity.email' });
    expect(made.team).toEqual({ id: expect.stringMatching(/^T0/) });
    expect(await w.api('users.identity', {}, made.authed_user.access_token)).toEqual({
      ok: true,
      user: { name: 'Bob Baker', id: w.person(BOB), email: BOB },
      team: { id: made.team.id },
    });
  });
});

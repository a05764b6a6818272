import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { slack } from '../../../twins/slack/twin.ts';
import { openPorter, type Porter } from './installs.ts';
import { ANN, type Answer, BOB, openWorkspace } from './workspace.ts';

const HOUR = 3_600_000;
const ASKS = { scope: 'chat:write', user_scope: 'chat:write' };
const later = (w: Porter, ms: number) => w.universe.advance(w.universe.now() + ms);
const renew = (w: Porter, refresh_token: string): Promise<Answer> =>
  w.form('oauth.v2.access', { ...w.client, grant_type: 'refresh_token', refresh_token });

describe('tokens that rotate', () => {
  it('come in pairs and live twelve hours', async () => {
    const w = await openPorter({ tokenRotation: true });
    const made = await w.install(ASKS);
    expect(made).toMatchObject({
      access_token: expect.stringMatching(/^xoxe\.xoxb-1-\w+$/),
      refresh_token: expect.stringMatching(/^xoxe-1-\w+$/),
      expires_in: 43_200,
      authed_user: {
        access_token: expect.stringMatching(/^xoxe\.xoxp-1-\w+$/),
        refresh_token: expect.stringMatching(/^xoxe-1-\w+$/),
        expires_in: 43_200,
      },
    });
    await later(w, 12 * HOUR - 1);
    expect((await w.api('auth.test', {}, made.access_token)).ok).toBe(true);
    await later(w, 1);
    expect((await w.api('auth.test', {}, made.access_token)).error).toBe('token_expired');
  });

  it('are renewed by a refresh token, which is good once', async () => {
    const w = await openPorter({ tokenRotation: true });
    const made = await w.install(ASKS);
    await later(w, 13 * HOUR);
    const next = await renew(w, made.refresh_token);
    expect(next).toEqual({
      ok: true,
      scope: 'chat:write',
      token_type: 'bot',
      access_token: expect.stringMatching(/^xoxe\.xoxb-1-/),
      refresh_token: expect.stringMatching(/^xoxe-1-/),
      expires_in: 43_200,
      bot_user_id: made.bot_user_id,
      app_id: made.app_id,
      team: made.team,
      enterprise: null,
      is_enterprise_install: false,
    });
    expect((await w.api('auth.test', {}, next.access_token)).ok).toBe(true);
    expect((await renew(w, made.refresh_token)).error).toBe('invalid_refresh_token');
    const personal = await renew(w, made.authed_user.refresh_token);
    expect(personal).toMatchObject({ token_type: 'user', user_id: w.person(BOB), scope: 'chat:write' });
  });

  it('overlap: the newest two of an installation are good', async () => {
    const w = await openPorter({ tokenRotation: true });
    const first = await w.install({ scope: 'chat:write' });
    const second = await renew(w, first.refresh_token);
    expect((await w.api('auth.test', {}, first.access_token)).ok).toBe(true);
    const third = await renew(w, second.refresh_token);
    expect((await w.api('auth.test', {}, first.access_token)).error).toBe('token_revoked');
    expect((await w.api('auth.test', {}, second.access_token)).ok).toBe(true);
    expect((await w.api('auth.test', {}, third.access_token)).ok).toBe(true);
  });

  it('take their refresh tokens along when they are revoked', async () => {
    const w = await openPorter({ tokenRotation: true });
    const made = await w.install({ user_scope: 'chat:write' });
    await w.api('auth.revoke', {}, made.authed_user.access_token);
    expect((await renew(w, made.authed_user.refresh_token)).error).toBe('invalid_refresh_token');
  });
});

describe('a public client on somebody’s own machine', () => {
  const DAY = 24 * HOUR;
  const BACK = 'porter://auth';
  const VERIFIER = 'v'.repeat(43);
  const asks = {
    user_scope: 'chat:write',
    redirect_uri: BACK,
    code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
    code_challenge_method: 'S256',
  };

  it('proves itself by PKCE, acts for people only, and needs no secret to go on for thirty days', async () => {
    const w = await openPorter({ pkce: true, redirectUrls: [BACK] });
    const { code_challenge: _, ...unproved } = asks;
    expect((await w.look(w.page(unproved))).text).toContain('requires PKCE');
    const withBot = w.page({ ...asks, scope: 'chat:write' });
    expect((await w.look(withBot)).text).toContain('not allowed to request bot scopes');
    const { client_id } = w.client;
    const given = { client_id, code: await w.code(asks), redirect_uri: BACK, code_verifier: VERIFIER };
    const { authed_user } = await w.form('oauth.v2.access', given);
    expect(authed_user).toMatchObject({
      access_token: expect.stringMatching(/^xoxe\.xoxp-/),
      expires_in: 43_200,
    });
    const go = (refresh_token: string): Promise<Answer> =>
      w.form('oauth.v2.access', { client_id, grant_type: 'refresh_token', refresh_token });
    const next = await go(authed_user.refresh_token);
    expect(next).toMatchObject({ ok: true, token_type: 'user', refresh_token: expect.any(String) });
    await later(w, 30 * DAY);
    expect((await go(next.refresh_token)).error).toBe('invalid_refresh_token');
  });
});

describe('oauth.v2.exchange', () => {
  it('gives a pair for a token that never expires, once', async () => {
    const plain = await openPorter();
    const { access_token: kept } = await plain.install({ scope: 'chat:write' });
    const swap = (w: Porter, token: string) => w.form('oauth.v2.exchange', { ...w.client, token });
    expect((await swap(plain, kept)).error).toBe('token_rotation_not_enabled');

    const w = await openPorter({ tokenRotation: true, installed: true });
    const token = w.mint({ kind: 'bot', app: 'Porter' });
    expect(await swap(w, token)).toMatchObject({
      ok: true,
      access_token: expect.stringMatching(/^xoxe\.xoxb-1-/),
      refresh_token: expect.stringMatching(/^xoxe-1-/),
    });
    expect((await swap(w, token)).error).toBe('token_already_exchanged');
    expect((await swap(w, w.bot)).error).toBe('invalid_token');
  });
});

describe('app configuration tokens', () => {
  it('are a person’s, last twelve hours and are rotated', async () => {
    const w = await openWorkspace();
    const minted = w.universe.work('slack', (world) =>
      slack.credentials.mint(world, { kind: 'config', as: ANN }),
    );
    const { token, refreshToken } = minted.secret as Record<string, string>;
    expect(token).toMatch(/^xoxe\.xoxp-1-/);
    expect((await w.api('auth.test', {}, token)).user_id).toBe(w.person(ANN));
    const next = await w.api('tooling.tokens.rotate', { refresh_token: refreshToken }, '');
    expect(next).toMatchObject({
      ok: true,
      token: expect.stringMatching(/^xoxe\.xoxp-1-/),
      refresh_token: expect.stringMatching(/^xoxe-1-/),
      user_id: w.person(ANN),
    });
    expect(next.exp - next.iat).toBe(43_200);
    expect((await w.api('tooling.tokens.rotate', { refresh_token: refreshToken }, '')).error).toBe(
      'invalid_refresh_token',
    );
    expect((await w.api('conversations.list', {}, token)).error).toBe('not_allowed_token_type');
  });
});

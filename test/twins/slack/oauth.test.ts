import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { BACK, openPorter } from './installs.ts';
import { ANN, BOB } from './workspace.ts';

const ASKS = { scope: 'chat:write,channels:read', state: 'a b&c' };

describe('the consent page', () => {
  it('says who asks for what, in words, and whom one may be', async () => {
    const w = await openPorter();
    const { status, text } = await w.look(w.page({ ...ASKS, user_scope: 'search:read' }));
    expect(status).toBe(200);
    expect(text).toContain('Porter is requesting permission to access the acme Slack workspace');
    expect(text).toContain('View basic information about public channels in a workspace');
    expect(text).toContain('Search a workspace’s content');
    expect(text).toContain('Bob Baker (bob@acme.example)');
    expect(text).not.toContain('Desk');
  });

  it('leads back with a code and the state', async () => {
    const w = await openPorter();
    const to = await w.press(w.page({ ...ASKS, redirect_uri: BACK }), { as: BOB, decision: 'allow' });
    expect(to.origin + to.pathname).toBe(BACK);
    expect(to.searchParams.get('state')).toBe('a b&c');
    expect(to.searchParams.get('code')).toMatch(/^\d{13}\.\d{13}\.[0-9a-f]{64}$/);
  });

  it('leads back with access_denied where the person cancels', async () => {
    const w = await openPorter();
    const to = await w.press(w.page({ ...ASKS, redirect_uri: BACK }), { as: BOB, decision: 'cancel' });
    expect(Object.fromEntries(to.searchParams)).toEqual({ error: 'access_denied', state: 'a b&c' });
  });

  it.each([
    ['an unknown client', { client_id: '1.2' }, 'Invalid client_id parameter'],
    ['a foreign address', { redirect_uri: 'https://evil.example/slack' }, 'redirect_uri did not match any'],
    [
      'a look-alike',
      { redirect_uri: 'https://porter.example/slacker' },
      'Passed URI: https://porter.example/slacker',
    ],
    ['no scopes', { scope: '' }, 'no_scopes'],
    ['a scope that Slack has not', { scope: 'chat:write,chat:shout' }, 'invalid_scope chat:shout'],
    ['another workspace', { team: 'T0ELSEWHERE' }, 'invalid_team_for_non_distributed_app'],
    ['PKCE by an app without it', { code_challenge: 'x'.repeat(43) }, 'not allowed to use the PKCE flow'],
  ])('tells the person, and not the app, of %s', async (_what, query, words) => {
    const w = await openPorter();
    const { status, text } = await w.look(w.page({ ...ASKS, ...query }));
    expect(status).toBe(200);
    expect(text).toContain('Something went wrong when authorizing this app');
    expect(text).toContain(words);
  });

  it('is answered by a gesture as well', async () => {
    const w = await openPorter();
    const url = `http://orrery.test/u/test${w.page({ ...ASKS, redirect_uri: BACK })}`;
    const { location } = w.gesture('consent', BOB, { url });
    const code = new URL(location).searchParams.get('code') ?? '';
    const made = await w.form('oauth.v2.access', { ...w.client, code, redirect_uri: BACK });
    expect(made).toMatchObject({ ok: true, authed_user: { id: w.person(BOB) } });
    expect(w.gesture('consent', BOB, { url, allow: false }).location).toContain('error=access_denied');
  });
});

describe('oauth.v2.access', () => {
  it('gives what Slack gives for a code', async () => {
    const w = await openPorter();
    const made = await w.install({ ...ASKS, user_scope: 'chat:write' });
    expect(made).toEqual({
      ok: true,
      app_id: expect.stringMatching(/^A0/),
      authed_user: {
        id: w.person(BOB),
        scope: 'chat:write',
        access_token: expect.stringMatching(/^xoxp-/),
        token_type: 'user',
      },
      scope: 'chat:write,channels:read',
      token_type: 'bot',
      access_token: expect.stringMatching(/^xoxb-/),
      bot_user_id: expect.stringMatching(/^U0/),
      team: { id: expect.stringMatching(/^T0/), name: 'acme' },
      enterprise: null,
      is_enterprise_install: false,
    });
    const self = await w.api('auth.test', {}, made.access_token);
    expect(self).toMatchObject({ ok: true, user: 'porter', user_id: made.bot_user_id });
    const bob = await w.api('auth.test', {}, made.authed_user.access_token);
    expect(bob).toMatchObject({ ok: true, user: 'bob' });
  });

  it('takes the client’s credentials by HTTP Basic', async () => {
    const w = await openPorter();
    const { client_id, client_secret } = w.client;
    const basic = Buffer.from(`${client_id}:${client_secret}`).toString('base64');
    const code = await w.code(ASKS);
    const made = await w.form('oauth.v2.access', { code }, { authorization: `Basic ${basic}` });
    expect(made.ok).toBe(true);
  });

  it('tells what is wrong by Slack’s names', async () => {
    const w = await openPorter();
    const fails = async (fields: Record<string, string>) =>
      (await w.form('oauth.v2.access', { ...w.client, ...fields })).error;
    expect(await fails({ client_id: 'x' })).toBe('invalid_client_id');
    expect(await fails({ client_secret: 'x' })).toBe('bad_client_secret');
    expect(await fails({ code: 'x' })).toBe('invalid_code');
    expect(await fails({ grant_type: 'password' })).toBe('invalid_grant_type');
    const code = await w.code({ ...ASKS, redirect_uri: BACK });
    expect(await fails({ code, redirect_uri: 'https://porter.example/slack/else' })).toBe('bad_redirect_uri');
    expect(await fails({ code, redirect_uri: BACK })).toBeUndefined();
    expect(await fails({ code, redirect_uri: BACK })).toBe('code_already_used');
    const classic = await w.code(ASKS, 'oauth/authorize');
    expect(await fails({ code: classic })).toBe('oauth_authorization_url_mismatch');
  });

  it('refuses a code after ten minutes', async () => {
    const w = await openPorter();
    const code = await w.code(ASKS);
    await w.universe.advance(w.universe.now() + 10 * 60_000);
    expect((await w.form('oauth.v2.access', { ...w.client, code })).error).toBe('invalid_code');
  });

  it('adds scopes to the same tokens when the app is installed again', async () => {
    const w = await openPorter();
    const first = await w.install({ scope: 'chat:write' });
    const second = await w.install({ scope: 'team:read' });
    expect(second.access_token).toBe(first.access_token);
    expect(second.scope).toBe('chat:write,team:read');
    expect((await w.api('team.info', {}, first.access_token)).ok).toBe(true);
  });

  it('believes a code’s verifier in the place of the secret, where the app is a public client', async () => {
    const w = await openPorter({ pkce: true });
    const porter = w.client.client_id;
    const verifier = 'v'.repeat(50);
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    const query = { user_scope: 'chat:write', code_challenge: challenge, code_challenge_method: 'S256' };
    const code = await w.code(query);
    const swap = (code_verifier: string) =>
      w.form('oauth.v2.access', { client_id: porter, code, code_verifier });
    expect((await swap('w'.repeat(50))).error).toBe('invalid_code_verifier');
    expect((await swap(verifier)).authed_user.access_token).toMatch(/^xoxp-/);
    expect((await w.form('oauth.v2.access', { client_id: porter, code })).error).toBe('bad_client_secret');
    const unbound = await w.code({ user_scope: 'chat:write' });
    const guessed = { client_id: porter, code: unbound, code_verifier: verifier };
    expect((await w.form('oauth.v2.access', guessed)).error).toBe('invalid_code_verifier');
  });
});

describe('oauth.v2.user.access', () => {
  it('gives a program leave to act for a person, as its metadata says, with PKCE', async () => {
    const w = await openPorter();
    const metadata = await (await w.fetch('/slack/.well-known/oauth-authorization-server')).json();
    expect(metadata).toMatchObject({
      authorization_endpoint: expect.stringMatching(/\/oauth\/v2_user\/authorize$/),
      token_endpoint: expect.stringMatching(/\/api\/oauth\.v2\.user\.access$/),
      code_challenge_methods_supported: ['S256'],
    });
    const verifier = 'v'.repeat(50);
    const code_challenge = createHash('sha256').update(verifier).digest('base64url');
    const asks = { scope: 'chat:write search:read', code_challenge, code_challenge_method: 'S256' };
    const code = await w.code(asks, 'oauth/v2_user/authorize');
    const swap = (method: string, code_verifier: string) =>
      w.form(method, { ...w.client, code, code_verifier });
    expect((await swap('oauth.v2.access', verifier)).error).toBe('oauth_authorization_url_mismatch');
    expect((await swap('oauth.v2.user.access', 'w'.repeat(50))).error).toBe('invalid_code_verifier');
    const made = await swap('oauth.v2.user.access', verifier);
    expect(made).toMatchObject({
      ok: true,
      access_token: expect.stringMatching(/^xoxp-/),
      token_type: 'user',
      authed_user: { id: w.person(BOB), scope: 'chat:write,search:read' },
    });
    expect((await w.api('auth.test', {}, made.access_token)).user).toBe('bob');
    const bot = await w.code({ scope: 'chat:write' });
    const none = await w.form('oauth.v2.user.access', { ...w.client, code: bot });
    expect(none.error).toBe('no_user_scopes');
  });
});

describe('oauth.access', () => {
  it('gives classic apps a user token, and a bot where they ask for one', async () => {
    const w = await openPorter();
    const code = await w.code({ scope: 'bot,chat:write:bot' }, 'oauth/authorize');
    const made = await w.form('oauth.access', { ...w.client, code });
    expect(made).toMatchObject({
      ok: true,
      access_token: expect.stringMatching(/^xoxp-/),
      scope: 'identify,bot,chat:write:bot',
      user_id: w.person(BOB),
      team_name: 'acme',
      enterprise_id: null,
      bot: { bot_access_token: expect.stringMatching(/^xoxb-/) },
    });
    expect((await w.api('auth.test', {}, made.bot.bot_access_token)).user_id).toBe(made.bot.bot_user_id);
  });
});

describe('an older sign-in', () => {
  it('by a classic app’s page says who it was', async () => {
    const w = await openPorter();
    const code = await w.code({ scope: 'identity.basic' }, 'oauth/authorize');
    expect(await w.form('oauth.access', { ...w.client, code })).toEqual({
      ok: true,
      access_token: expect.stringMatching(/^xoxp-/),
      scope: 'identity.basic',
      user: { name: 'Bob Baker', id: w.person(BOB) },
      team: { id: expect.stringMatching(/^T0/) },
    });
  });
});

describe('an app that is uninstalled', () => {
  it('hears of it, and its tokens, webhook and bot end', async () => {
    const w = await openPorter();
    const made = await w.install({ scope: 'chat:write,incoming-webhook', user_scope: 'chat:write' });
    const ours = { ...w.client };
    const wrong = await w.api('apps.uninstall', ours, w.bot);
    expect(wrong.error).toBe('client_id_token_mismatch');
    expect(await w.api('apps.uninstall', ours, made.access_token)).toEqual({ ok: true });
    const events = (await w.heard()).map((one) => one.event);
    expect(events).toContainEqual({
      type: 'tokens_revoked',
      tokens: { oauth: [w.person(BOB)], bot: [made.bot_user_id] },
    });
    expect(events).toContainEqual({ type: 'app_uninstalled' });
    expect((await w.api('auth.test', {}, made.access_token)).error).toBe('account_inactive');
    expect((await w.api('auth.test', {}, made.authed_user.access_token)).error).toBe('token_revoked');
    const { user } = await w.api('users.info', { user: made.bot_user_id });
    expect(user.deleted).toBe(true);
    const posted = await w.fetch(made.incoming_webhook.url, { method: 'POST', body: '{"text":"x"}' });
    expect([posted.status, await posted.text()]).toEqual([404, 'no_service']);
  });

  it('gets another token when it is let in again, and its bot is back', async () => {
    const w = await openPorter();
    const made = await w.install(ASKS);
    w.gesture('uninstallApp', ANN, { app: 'Porter' });
    const again = await w.install(ASKS);
    expect(again.access_token).not.toBe(made.access_token);
    expect(again.bot_user_id).toBe(made.bot_user_id);
    expect((await w.api('auth.test', {}, again.access_token)).ok).toBe(true);
  });
});

describe('an app that acts for people only', () => {
  it('has no bot, and is told when its last token goes', async () => {
    const w = await openPorter();
    const made = await w.install({ user_scope: 'chat:write' });
    expect(made).not.toHaveProperty('access_token');
    expect(made).not.toHaveProperty('bot_user_id');
    expect(() => w.gesture('openHome', BOB, { app: 'Porter' })).toThrow(/no bot/);
    w.gesture('uninstallApp', ANN, { app: 'Porter' });
    expect((await w.heard()).map((one) => one.event)).toEqual([
      { type: 'tokens_revoked', tokens: { oauth: [w.person(BOB)], bot: [] } },
      { type: 'app_uninstalled' },
    ]);
    const { error } = await w.api('auth.test', {}, made.authed_user.access_token);
    expect(error).toBe('token_revoked');
  });
});

describe('an app that nobody let in', () => {
  it('has no home and no commands; a press of Install gives it both', async () => {
    const w = await openPorter({ commands: [{ command: '/porter', url: 'http://127.0.0.1:9/porter' }] });
    const command = () => w.gesture('command', BOB, { channel: 'general', command: '/porter' });
    expect(() => w.gesture('openHome', BOB, { app: 'Porter' })).toThrow(/not installed/);
    expect(command).toThrow(/no app of this workspace has the command/);
    w.gesture('installApp', ANN, { app: 'Porter' });
    expect(command()).toMatchObject({ delivered: true });
    expect(w.gesture('openHome', BOB, { app: 'Porter' }).channel).toMatch(/^D/);
    w.gesture('uninstallApp', ANN, { app: 'Porter' });
    expect(command).toThrow();
    expect(() => w.gesture('uninstallApp', ANN, { app: 'Porter' })).toThrow(/not installed/);
  });
});

describe('a program that calls Slack by its own names', () => {
  it('is led to slack.com, and gets webhooks at hooks.slack.com', async () => {
    const w = await openPorter();
    const configuration = await (await w.fetch('https://slack.com/.well-known/openid-configuration')).json();
    expect(configuration).toMatchObject({
      issuer: 'https://slack.com',
      jwks_uri: 'https://slack.com/openid/connect/keys',
    });
    const code = await w.code({ scope: 'incoming-webhook' });
    const answer = await w.fetch('https://slack.com/api/oauth.v2.access', {
      method: 'POST',
      body: new URLSearchParams({ ...w.client, code }),
    });
    const { incoming_webhook } = (await answer.json()) as { incoming_webhook: { url: string } };
    expect(incoming_webhook.url).toMatch(/^https:\/\/hooks\.slack\.com\/services\/T\w+\/B\w+\/\w{24}$/);
    const posted = await w.fetch(incoming_webhook.url, { method: 'POST', body: '{"text":"hi"}' });
    expect(await posted.text()).toBe('ok');
  });
});

describe('the bot of a classic app', () => {
  it('may do what bots could before there were scopes for it', async () => {
    const w = await openPorter();
    const code = await w.code({ scope: 'bot' }, 'oauth/authorize');
    const { bot } = await w.form('oauth.access', { ...w.client, code });
    const call = (method: string, args: Record<string, unknown> = {}) =>
      w.api(method, args, bot.bot_access_token);
    expect((await call('users.list')).ok).toBe(true);
    expect((await call('conversations.list')).ok).toBe(true);
    expect((await call('chat.postMessage', { channel: w.person(BOB), text: 'hi' })).ok).toBe(true);
    expect((await call('users.lookupByEmail', { email: BOB })).error).toBe('missing_scope');
  });
});

describe('auth.revoke', () => {
  it('ends one token and tells the app; a test does not', async () => {
    const w = await openPorter();
    const { access_token: bot, authed_user } = await w.install({ ...ASKS, user_scope: 'chat:write' });
    expect(await w.api('auth.revoke', { test: true }, authed_user.access_token)).toMatchObject({
      ok: true,
      revoked: false,
    });
    expect((await w.api('auth.revoke', {}, authed_user.access_token)).revoked).toBe(true);
    expect((await w.heard()).map((one) => one.event)).toContainEqual({
      type: 'tokens_revoked',
      tokens: { oauth: [w.person(BOB)], bot: [] },
    });
    expect((await w.api('auth.test', {}, authed_user.access_token)).error).toBe('token_revoked');
    expect((await w.api('auth.test', {}, bot)).ok).toBe(true);
  });
});

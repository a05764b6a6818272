import { describe, expect, it } from 'vitest';
import { openWorkspace, WORLD, type Workspace } from './workspace.ts';

const call = async (w: Workspace, path: string, init: RequestInit = {}) => {
  const response = await w.fetch(`/slack${path}`, { redirect: 'manual', ...init });
  return { status: response.status, headers: response.headers, text: await response.text() };
};
const bearer = (w: Workspace) => ({ authorization: `Bearer ${w.bot}` });

describe('a token', () => {
  it('is missed, not known, or taken back, each by its own name', async () => {
    const w = await openWorkspace();
    expect(JSON.parse((await call(w, '/api/auth.test')).text)).toEqual({ ok: false, error: 'not_authed' });
    expect((await w.api('auth.test', {}, 'xoxb-nobody')).error).toBe('invalid_auth');
    const minted = w.mint({ kind: 'bot' });
    expect((await w.api('auth.revoke', {}, minted)).revoked).toBe(true);
    expect((await w.api('auth.test', {}, minted)).error).toBe('token_revoked');
    expect((await w.api('auth.test')).ok).toBe(true);
  });

  it('stops being good when its time is up', async () => {
    const w = await openWorkspace();
    const token = w.mint({ kind: 'user', as: 'bob@acme.example', expiresInMs: 60_000 });
    expect((await w.api('auth.test', {}, token)).user_id).toBe(w.person('bob@acme.example'));
    await w.universe.advance(w.universe.now() + 60_000);
    expect((await w.api('auth.test', {}, token)).error).toBe('token_expired');
  });

  it('may come in the header, the query, a form field or the JSON body', async () => {
    const w = await openWorkspace();
    const form = { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' } };
    const json = { method: 'POST', headers: { 'content-type': 'application/json; charset=utf-8' } };
    const answers = [
      await call(w, '/api/auth.test', { headers: bearer(w) }),
      await call(w, `/api/auth.test?token=${w.bot}`),
      await call(w, '/api/auth.test', { ...form, body: `token=${w.bot}` }),
      await call(w, '/api/auth.test', { ...json, body: JSON.stringify({ token: w.bot }) }),
    ];
    expect(answers.map((one) => JSON.parse(one.text).ok)).toEqual([true, true, true, true]);
  });

  it('without the scope is told what it needs and what it has', async () => {
    const w = await openWorkspace();
    const token = w.mint({ kind: 'bot', scopes: ['chat:write', 'team:read'] });
    expect(await w.api('users.list', {}, token)).toEqual({
      ok: false,
      error: 'missing_scope',
      needed: 'users:read',
      provided: 'chat:write,team:read',
    });
  });

  it('good for public channels is not good for private ones', async () => {
    const w = await openWorkspace();
    const token = w.mint({ kind: 'user', as: 'ann@acme.example', scopes: ['channels:history'] });
    const history = (name: string) => w.api('conversations.history', { channel: w.channel(name) }, token);
    expect((await history('general')).ok).toBe(true);
    expect(await history('secret')).toMatchObject({ error: 'missing_scope', needed: 'groups:history' });
  });

  it('of a kind that a method does not take is refused', async () => {
    const w = await openWorkspace();
    expect((await w.api('users.profile.set', { profile: { title: 'x' } })).error).toBe(
      'not_allowed_token_type',
    );
    const app = w.mint({ kind: 'app' });
    expect((await w.api('chat.postMessage', { channel: 'x', text: 'y' }, app)).error).toBe(
      'not_allowed_token_type',
    );
  });

  it('of a universe is not known to another one', async () => {
    const one = await openWorkspace();
    const other = await openWorkspace(WORLD, { id: 'other', seed: 2 });
    expect((await other.api('auth.test', {}, one.bot)).error).toBe('invalid_auth');
  });
});

describe('calling conventions', () => {
  it('warn of JSON without a charset, on success and on error', async () => {
    const w = await openWorkspace();
    const post = async (body: object) =>
      JSON.parse(
        (
          await call(w, '/api/conversations.join', {
            method: 'POST',
            headers: { ...bearer(w), 'content-type': 'application/json' },
            body: JSON.stringify(body),
          })
        ).text,
      );
    expect(await post({ channel: w.channel('general') })).toMatchObject({
      ok: true,
      warning: 'missing_charset,already_in_channel',
      response_metadata: { warnings: ['missing_charset', 'already_in_channel'] },
    });
    expect(await post({ channel: 'C000' })).toMatchObject({
      error: 'channel_not_found',
      warning: 'missing_charset',
    });
  });

  it('refuse malformed requests by name', async () => {
    const w = await openWorkspace();
    const post = async (type: string, body: string) =>
      JSON.parse(
        (
          await call(w, '/api/auth.test', {
            method: 'POST',
            headers: { ...bearer(w), 'content-type': type },
            body,
          })
        ).text,
      ).error;
    expect(await post('application/json; charset=utf-8', '{"a":')).toBe('invalid_json');
    expect(await post('application/json; charset=utf-8', '[1]')).toBe('json_not_object');
    expect(await post('Application/Json', 'channel=x')).toBe('invalid_post_type');
    expect(await post('application/xml', '<a/>')).toBe('invalid_post_type');
    expect(await post('application/x-www-form-urlencoded', 'text[a]=b')).toBe('invalid_array_arg');
    expect(await post('application/x-www-form-urlencoded', '?/token=b')).toBe('invalid_arg_name');
  });

  it('take multipart, and JSON inside form fields', async () => {
    const w = await openWorkspace();
    const form = new FormData();
    form.set('channel', w.channel('general'));
    form.set('blocks', JSON.stringify([{ type: 'divider' }]));
    const { text } = await call(w, '/api/chat.postMessage', {
      method: 'POST',
      headers: bearer(w),
      body: form,
    });
    expect(JSON.parse(text).message.blocks[0].type).toBe('divider');
  });

  it('answer what is not given with the name of the argument', async () => {
    const w = await openWorkspace();
    expect(await w.api('conversations.history')).toMatchObject({
      error: 'invalid_arguments',
      response_metadata: { messages: ['[ERROR] missing required field: channel'] },
    });
  });
});

describe('an answer', () => {
  it('carries Slack’s headers and escapes slashes', async () => {
    const w = await openWorkspace();
    const { headers, text } = await call(w, '/api/users.list', { headers: bearer(w) });
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(headers.get('x-oauth-scopes')).toContain('users:read,');
    expect(headers.get('x-accepted-oauth-scopes')).toBe('users:read');
    expect(headers.get('x-slack-req-id')).toMatch(/^[0-9a-f]{32}$/);
    expect(text).toContain('https:\\/\\/');
    expect(text).not.toContain('https://');
  });

  it('to a method that there is not names it; other paths are pages', async () => {
    const w = await openWorkspace();
    expect(JSON.parse((await call(w, '/api/bogus.call')).text)).toEqual({
      ok: false,
      error: 'unknown_method',
      req_method: 'bogus.call',
    });
    const page = await call(w, '/api/users.no_one_lives_here');
    expect([page.status, page.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
    const moved = await call(w, '/api/?a=b');
    expect([moved.status, moved.headers.get('location')]).toEqual([301, `${w.base('slack')}/api?a=b`]);
    expect(JSON.parse((await call(w, '/api//auth.test', { headers: bearer(w) })).text).ok).toBe(true);
  });

  it('of a method that the twin lacks is a loud gap', async () => {
    const w = await openWorkspace();
    const { status, headers, text } = await call(w, '/api/admin.users.list', { headers: bearer(w) });
    expect([status, headers.get('x-orrery-gap')]).toEqual([200, 'admin.users.list']);
    expect(JSON.parse(text)).toMatchObject({ ok: false });
  });
});

describe('limits and faults', () => {
  it('a tier that is used up answers 429 with whole seconds to wait', async () => {
    const w = await openWorkspace(WORLD, { rateLimits: { Tier2: 2 } });
    const list = () => w.fetch(`/slack/api/users.list?token=${w.bot}`);
    expect([(await list()).status, (await list()).status]).toEqual([200, 200]);
    const third = await list();
    expect([third.status, third.headers.get('retry-after')]).toEqual([429, '60']);
    expect(await third.json()).toEqual({ ok: false, error: 'ratelimited' });
    await w.universe.advance(w.universe.now() + 60_000);
    expect((await list()).status).toBe(200);
  });

  it('count for each method and conversation by themselves', async () => {
    const w = await openWorkspace(WORLD, { rateLimits: 'vendor' });
    const post = (name: string) => w.api('chat.postMessage', { channel: w.channel(name), text: 'x' });
    for (let i = 0; i < 5; i++) expect((await post('general')).ok).toBe(true);
    expect((await post('general')).error).toBe('ratelimited');
    expect((await post('random')).ok).toBe(true);
    const status = () => w.api('users.profile.set', { profile: { status_text: 'x' } }, w.user);
    for (let i = 0; i < 10; i++) expect((await status()).ok).toBe(true);
    expect((await status()).error).toBe('ratelimited');
    expect((await w.api('users.profile.get', {}, w.user)).ok).toBe(true);
  });

  it('may be those of an app that is sold outside the Marketplace: history once a minute, fifteen messages', async () => {
    const w = await openWorkspace(WORLD, { rateLimits: { NonMarketplace: 1 } });
    const channel = w.channel('general');
    for (let i = 0; i < 20; i++) await w.api('chat.postMessage', { channel, text: `${i}` });
    const read = () => w.api('conversations.history', { channel, limit: 100 });
    const { messages, has_more } = await read();
    expect([messages.length, has_more]).toEqual([15, true]);
    expect((await read()).error).toBe('ratelimited');
    await w.universe.advance(w.universe.now() + 60_000);
    expect((await read()).ok).toBe(true);
  });

  it('an error fault answers 200 with Slack’s name for it', async () => {
    const w = await openWorkspace();
    w.universe.addFault({ kind: 'error', params: { name: 'fatal_error' }, count: 1 });
    expect(await w.api('auth.test')).toEqual({ ok: false, error: 'fatal_error' });
    expect((await w.api('auth.test')).ok).toBe(true);
  });

  it('an outage answers 503', async () => {
    const w = await openWorkspace();
    w.universe.addFault({ kind: 'outage', count: 1 });
    expect((await w.fetch(`/slack/api/auth.test?token=${w.bot}`)).status).toBe(503);
  });
});

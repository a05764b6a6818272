import { describe, expect, it } from 'vitest';
import { openPorter } from './installs.ts';
import { ANN, type Answer, BOB, CAT, openWorkspace, type Workspace } from './workspace.ts';

/** A PNG of so many pixels, as far as its head says. */
function png(width: number, height: number): Uint8Array<ArrayBuffer> {
  const bytes = Buffer.alloc(24);
  bytes.writeUInt32BE(0x89504e47, 0);
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return new Uint8Array(bytes);
}

const deskOf = async (w: Workspace): Promise<Answer> =>
  (await w.api('bots.info', { bot: (await w.api('auth.test')).bot_id })).bot;

describe('apps.event.authorizations.list', () => {
  it('says for whom an app hears of an event', async () => {
    const w = await openWorkspace();
    const reader = w.mint({ kind: 'app', scopes: ['authorizations:read'] });
    w.mint({ kind: 'user', as: CAT });
    w.gesture('post', BOB, { channel: 'random', text: 'hello' });
    const [said] = await w.heard();
    const list = (args: object, token = reader) =>
      w.api('apps.event.authorizations.list', { event_context: said.event_context, ...args }, token);
    const { authorizations } = await list({});
    const bot = (await w.api('auth.test')).user_id;
    expect(authorizations.map((one: Answer) => [one.user_id, one.is_bot])).toEqual([
      [bot, true],
      [w.person(ANN), false],
      [w.person(CAT), false],
    ]);
    const first = await list({ limit: 1 });
    const rest = await list({ cursor: first.response_metadata.next_cursor });
    expect([...first.authorizations, ...rest.authorizations]).toEqual(authorizations);
    expect(rest.response_metadata.next_cursor).toBe('');
    expect((await list({ event_context: 'x' })).error).toBe('invalid_event_context');
    expect((await list({}, w.mint({ kind: 'app', scopes: ['connections:write'] }))).error).toBe(
      'missing_scope',
    );
    expect((await list({}, w.bot)).error).toBe('not_allowed_token_type');
  });

  it('of another app’s event is refused', async () => {
    const w = await openPorter({ installed: true });
    w.gesture('post', BOB, { channel: 'general', text: 'hello' });
    const [{ event_context }] = await w.heard();
    const porter = w.mint({ kind: 'app', app: 'Porter', scopes: ['authorizations:read'] });
    const { error } = await w.api('apps.event.authorizations.list', { event_context }, porter);
    expect(error).toBe('auth_mismatch');
  });
});

describe('apps.icon.set', () => {
  it('takes a picture of the right size, which the bot shows', async () => {
    const w = await openWorkspace();
    const token = w.mint({ kind: 'config', as: ANN });
    const before = await deskOf(w);
    const set = async (bytes?: Uint8Array<ArrayBuffer>, more: Record<string, string> = {}) => {
      const body = new FormData();
      for (const [name, value] of Object.entries({ app_id: before.app_id, token, ...more }))
        body.append(name, value);
      if (bytes) body.append('file', new Blob([bytes]), 'icon.png');
      return (await (await w.fetch('/slack/api/apps.icon.set', { method: 'POST', body })).json()) as Answer;
    };
    expect((await set()).error).toBe('missing_arguments');
    expect((await set(new Uint8Array([1, 2, 3]))).error).toBe('error_bad_format');
    expect((await set(png(100, 100))).error).toBe('invalid_icon_size');
    expect((await set(png(512, 512), { url: 'https://x.example' })).error).toBe('invalid_parameters');
    expect((await set(png(512, 512), { app_id: 'A0NONE' })).error).toBe('invalid_app');
    expect(await set(png(512, 512))).toEqual({ ok: true });
    expect((await deskOf(w)).icons).not.toEqual(before.icons);
  });
});

describe('apps.user.connection.update', () => {
  it('answers a person who pressed Connect; then there is Disconnect', async () => {
    const w = await openPorter({
      installed: true,
      scopes: ['users:write'],
      events: { url: 'http://127.0.0.1:9/porter', subscriptions: ['user_connection'] },
    });
    const porter = w.mint({ kind: 'bot', app: 'Porter' });
    expect(w.gesture('connectAccount', BOB, { app: 'Porter' })).toEqual({ subtype: 'connect' });
    expect((await w.heard())[0].event).toMatchObject({ type: 'user_connection', user: w.person(BOB) });
    const update = (args: object, token = porter) =>
      w.api('apps.user.connection.update', { user_id: w.person(BOB), status: 'connected', ...args }, token);
    expect(await update({})).toEqual({ ok: true });
    expect(w.gesture('connectAccount', BOB, { app: 'Porter' })).toEqual({ subtype: 'disconnect' });
    expect((await update({ user_id: 'U0' })).error).toBe('user_not_found');
    expect((await update({ status: 'maybe' })).error).toBe('invalid_arguments');
    expect((await update({}, w.bot)).error).toBe('app_not_subscribed');
  });
});

describe('apps.auth.external', () => {
  const MANIFEST = {
    display_information: { name: 'Caller' },
    features: { bot_user: { display_name: 'caller' } },
    oauth_config: { scopes: { bot: ['chat:write'] } },
    settings: { function_runtime: 'slack' },
    external_auth_providers: { oauth2: { google: { provider_type: 'CUSTOM', options: {} } } },
  };

  it('gives an app the token that a person lent it, until it is to be forgotten', async () => {
    const w = await openWorkspace();
    const config = w.mint({ kind: 'config', as: BOB });
    const { app_id } = await w.api('apps.manifest.create', { manifest: JSON.stringify(MANIFEST) }, config);
    const token = w.mint({ kind: 'bot', app: app_id });
    const lend = (refreshable: boolean): string =>
      w.gesture('connectExternalAccount', BOB, { app: app_id, provider: 'google', refreshable })
        .externalTokenId;
    const [id, fixed] = [lend(true), lend(false)];
    const get = (args: Record<string, unknown>, as = token) => w.api('apps.auth.external.get', args, as);
    const first = await get({ external_token_id: id });
    expect(first.external_token).toMatch(/^\w{64}$/);
    expect(await get({ external_token_id: id })).toEqual(first);
    expect((await get({ external_token_id: id, force_refresh: true })).external_token).not.toBe(
      first.external_token,
    );
    expect((await get({ external_token_id: fixed, force_refresh: true })).error).toBe('no_refresh_token');
    expect((await get({ external_token_id: id }, w.bot)).error).toBe('token_not_found');
    const forget = (args: Record<string, unknown>) => w.api('apps.auth.external.delete', args, token);
    expect((await forget({ provider_key: 'github' })).error).toBe('providers_not_found');
    expect(await forget({ external_token_id: id })).toEqual({ ok: true });
    expect((await get({ external_token_id: id })).error).toBe('token_not_found');
    expect(await forget({ provider_key: 'google' })).toEqual({ ok: true });
    expect((await forget({ provider_key: 'google' })).error).toBe('no_tokens_found');
  });
});

describe('apps.managed.permissions.set', () => {
  it('knows no app that another one manages', async () => {
    const w = await openWorkspace();
    const token = w.mint({ kind: 'config', as: ANN });
    const { app_id } = await deskOf(w);
    const set = async (args: object) =>
      (await w.api('apps.managed.permissions.set', { app_id, permissions: 'everyone', ...args }, token))
        .error;
    expect(await set({})).toBe('app_not_managed');
    expect(await set({ app_id: 'A0NONE' })).toBe('app_not_found');
    expect(await set({ permissions: 'nobody' })).toBe('invalid_arguments');
  });
});

import { describe, expect, it } from 'vitest';
import { ANN, type Answer, BOB, openWorkspace, type Workspace } from './workspace.ts';

const GOOD = {
  display_information: { name: 'Zork', description: 'You are likely to be eaten by a grue.' },
  features: {
    bot_user: { display_name: 'The Zork', always_online: true },
    slash_commands: [{ command: '/zork', description: 'Look around', should_escape: false }],
  },
  oauth_config: {
    redirect_urls: ['https://zork.example/slack'],
    scopes: { bot: ['commands', 'chat:write', 'app_mentions:read'], user: ['chat:write'] },
  },
  settings: {
    event_subscriptions: { bot_events: ['app_mention'] },
    interactivity: { is_enabled: true },
    org_deploy_enabled: false,
    socket_mode_enabled: true,
    token_rotation_enabled: false,
  },
};

const holder = async (): Promise<Workspace & { config: string }> => {
  const w = await openWorkspace();
  return { ...w, config: w.mint({ kind: 'config', as: BOB }) };
};
const json = (value: unknown) => JSON.stringify(value);

/** What `apps.manifest.validate` says of the good manifest with something changed. */
async function wrong(change: (manifest: Answer) => void): Promise<Answer> {
  const w = await holder();
  const manifest = structuredClone(GOOD);
  change(manifest);
  const answer = await w.api('apps.manifest.validate', { manifest: json(manifest) }, w.config);
  if (!answer.ok) expect(answer.error).toBe('invalid_manifest');
  return answer.errors;
}

describe('apps.manifest.validate', () => {
  it('passes a good manifest, and one of a name alone', async () => {
    expect(await wrong(() => {})).toEqual([]);
    expect(
      await wrong((one) => {
        delete one.features;
        delete one.oauth_config;
        delete one.settings;
      }),
    ).toEqual([]);
  });

  it('says in Slack’s words what does not go together', async () => {
    expect(
      await wrong((one) => {
        one.settings.socket_mode_enabled = false;
        one.features.slash_commands[0].url = 'https://zork.example/command';
      }),
    ).toEqual([
      {
        message: 'Event Subscription requires either Request URL or Socket Mode Enabled',
        pointer: '/settings/event_subscriptions',
      },
      { message: 'Interactivty requires a Request URL', pointer: '/settings/interactivity' },
      { message: 'Interactivity requires Socket Mode enabled', pointer: '/settings/interactivity' },
    ]);
    expect(
      await wrong((one) => {
        one.oauth_config.scopes.bot = ['chat:write', 'chat:shout', 'app_mentions:read'];
      }),
    ).toEqual([
      {
        code: 'illegal_bot_scopes',
        message: 'Illegal bot scopes found `chat:shout`',
        pointer: '/oauth_config/scopes/bot',
      },
      {
        code: 'requires_commands_bot_scope',
        message: 'Slash Commands requires `commands` bot scope',
        pointer: '/features/slash_commands',
      },
    ]);
  });

  it.each<[string, (manifest: Answer) => void, string]>([
    ['no name', (one) => delete one.display_information.name, '/display_information'],
    ['a long name', (one) => (one.display_information.name = 'x'.repeat(36)), '/display_information/name'],
    ['an empty list of commands', (one) => (one.features.slash_commands = []), '/features/slash_commands'],
    [
      'a command of Slack’s own',
      (one) => (one.features.slash_commands[0].command = '/status'),
      '/features/slash_commands/0/command',
    ],
    ['bot scopes without a bot', (one) => delete one.features.bot_user, '/features/bot_user'],
    [
      'an event without its scope',
      (one) => one.settings.event_subscriptions.bot_events.push('message.im'),
      '/settings/event_subscriptions/bot_events/1',
    ],
    [
      'an optional scope that is not asked for',
      (one) => (one.oauth_config.scopes.bot_optional = ['pins:read']),
      '/oauth_config/scopes/bot_optional',
    ],
    ['a field that there is not', (one) => (one.settings.sockets = true), '/settings'],
  ])('points at %s', async (_what, change, pointer) => {
    const [first] = await wrong(change);
    expect(first.pointer).toBe(pointer);
  });

  it('refuses what is no JSON', async () => {
    const w = await holder();
    const { error, errors } = await w.api('apps.manifest.validate', { manifest: '{' }, w.config);
    expect([error, errors.length]).toEqual(['invalid_manifest', 1]);
  });
});

describe('an app made by manifest', () => {
  it('has secrets, is let in, answers to its command, and gives its manifest back', async () => {
    const w = await holder();
    const made = await w.api('apps.manifest.create', { manifest: json(GOOD) }, w.config);
    expect(made).toMatchObject({
      ok: true,
      app_id: expect.stringMatching(/^A0/),
      credentials: {
        client_id: expect.stringMatching(/^\d+\.\d+$/),
        client_secret: expect.stringMatching(/^[0-9a-f]{32}$/),
        signing_secret: expect.stringMatching(/^[0-9a-f]{32}$/),
        verification_token: expect.any(String),
      },
      oauth_authorize_url: expect.stringContaining('/oauth/v2/authorize?client_id='),
    });
    const { location } = w.gesture('consent', BOB, { url: made.oauth_authorize_url });
    expect(location).toMatch(/^https:\/\/zork\.example\/slack\?code=/);
    const { client_id, client_secret } = made.credentials;
    const code = new URL(location).searchParams.get('code');
    const { access_token } = await w.api('oauth.v2.access', { client_id, client_secret, code }, '');
    expect((await w.api('auth.test', {}, access_token)).user).toBe('the_zork');
    expect(w.gesture('command', BOB, { channel: 'general', command: '/zork' })).toMatchObject({
      app: made.app_id,
    });
    const { manifest } = await w.api('apps.manifest.export', { app_id: made.app_id }, w.config);
    expect(manifest).toMatchObject(GOOD);
    expect((await w.api('apps.manifest.validate', { manifest }, w.config)).ok).toBe(true);
  });

  it('is changed, by its owner alone, and asks for other scopes then', async () => {
    const w = await holder();
    const { app_id } = await w.api('apps.manifest.create', { manifest: json(GOOD) }, w.config);
    const other = structuredClone(GOOD);
    other.oauth_config.scopes.bot.push('users:read');
    const update = (manifest: object, token: string) =>
      w.api('apps.manifest.update', { app_id, manifest: json(manifest) }, token);
    expect(await update(GOOD, w.config)).toEqual({ ok: true, app_id, permissions_updated: false });
    expect(await update(other, w.config)).toEqual({ ok: true, app_id, permissions_updated: true });
    const ann = w.mint({ kind: 'config', as: ANN });
    expect((await update(GOOD, ann)).error).toBe('no_permission');
    expect((await w.api('apps.manifest.delete', { app_id }, ann)).error).toBe('no_permission');
  });

  it('is gone when it is deleted', async () => {
    const w = await holder();
    const made = await w.api('apps.manifest.create', { manifest: json(GOOD) }, w.config);
    const { app_id } = made;
    const bot = w.mint({ kind: 'bot', app: app_id });
    expect((await w.api('apps.manifest.delete', { app_id }, w.config)).ok).toBe(true);
    expect((await w.api('auth.test', {}, bot)).error).toBe('account_inactive');
    expect((await w.api('apps.manifest.export', { app_id }, w.config)).error).toBe('app_not_found');
    expect((await w.api('apps.manifest.export', { app_id: 'nonsense' }, w.config)).error).toBe(
      'invalid_app_id',
    );
    const { client_id, client_secret } = made.credentials;
    const fetched = await w.api('oauth.v2.access', { client_id, client_secret, code: 'x' }, '');
    expect(fetched.error).toBe('invalid_client_id');
  });

  it('of a world file has a manifest too', async () => {
    const w = await holder();
    const { app_id } = await w
      .api('bots.info', { bot: (await w.api('auth.test')).bot_id })
      .then((one) => one.bot);
    const owner = w.mint({ kind: 'config', as: ANN });
    const { manifest } = await w.api('apps.manifest.export', { app_id }, owner);
    expect(manifest).toMatchObject({
      display_information: { name: 'Desk' },
      features: { slash_commands: [{ command: '/desk' }] },
      settings: { interactivity: { is_enabled: true }, socket_mode_enabled: false },
    });
    expect(manifest.oauth_config.scopes.bot).toContain('chat:write');
  });
});

import { slack } from '../../../../twins/slack/twin.ts';
import { rows } from '../installs.ts';
import { ANN, BOB } from '../workspace.ts';
import { type Answer, PNG, type Story, type Teller } from './teller.ts';

const manifest = (name: string) =>
  JSON.stringify({
    display_information: { name },
    features: { bot_user: { display_name: name } },
    oauth_config: { scopes: { bot: ['chat:write'] } },
  });

const BACK = 'https://desk.example/back';

/** An app's own id and secret; Desk's, or Porter's, whose tokens rotate. */
function client(t: Teller, name = 'Desk'): { client_id: string; client_secret: string } {
  const { client_id, client_secret } = rows(t, 'slack.apps').find((row: Answer) => row.name === name);
  return { client_id, client_secret };
}

/** The code that comes of Bob's leave. */
function code(t: Teller, flow: string, asks: Record<string, string>, app = 'Desk'): string {
  const query = new URLSearchParams({ client_id: client(t, app).client_id, redirect_uri: BACK, ...asks });
  const url = `http://orrery.test/u/test/slack/${flow}?${query}`;
  const channel = asks.scope?.includes('incoming-webhook') ? { channel: 'random' } : {};
  return new URL(t.gesture('consent', BOB, { url, ...channel }).location).searchParams.get('code') ?? '';
}

/** `api.*`, `auth.*`, `oauth.*`, `openid.*`, `apps.*`, `tooling.*`. */
export const appStories: readonly Story[] = [
  {
    says: 'tokens',
    async tell(t) {
      await t.call('api.test', { foo: 'bar' });
      await t.call('auth.test');
      await t.call('auth.test', {}, t.user);
      await t.call('auth.test', {}, t.mint({ kind: 'app' }));
      await t.call('auth.test', {}, t.mint({ kind: 'bot', expiresInMs: 60_000 }));
      await t.call('auth.teams.list', { include_icon: true, limit: 10 });
      await t.call('auth.revoke', { test: true });
      await t.call('auth.revoke', {}, t.mint({ kind: 'user', as: BOB }));
    },
  },
  {
    says: 'sign-in',
    async tell(t) {
      const scope = 'chat:write,channels:read';
      const v2 = code(t, 'oauth/v2/authorize', { scope, user_scope: 'chat:write' });
      await t.call('oauth.v2.access', { ...client(t), code: v2, redirect_uri: BACK }, '');
      const personal = code(t, 'oauth/v2/authorize', { scope: '', user_scope: 'chat:write' });
      await t.call('oauth.v2.user.access', { ...client(t), code: personal, redirect_uri: BACK }, '');
      const openid = code(t, 'openid/connect/authorize', {
        scope: 'openid email profile',
        response_type: 'code',
        nonce: 'n',
        state: 's',
      });
      const made = await t.call(
        'openid.connect.token',
        { ...client(t), code: openid, redirect_uri: BACK },
        '',
      );
      await t.call('openid.connect.userInfo', {}, made.access_token);
      const classic = code(t, 'oauth/authorize', { scope: 'chat:write:bot' });
      await t.call('oauth.access', { ...client(t), code: classic, redirect_uri: BACK }, '');
    },
  },
  {
    says: 'tokens that rotate',
    async tell(t) {
      const scope = 'chat:write,incoming-webhook';
      const asks = { scope, user_scope: '' };
      const given = { ...client(t, 'Porter'), code: code(t, 'oauth/v2/authorize', asks, 'Porter') };
      const { refresh_token } = await t.call('oauth.v2.access', { ...given, redirect_uri: BACK }, '');
      const renewal = { ...client(t, 'Porter'), grant_type: 'refresh_token', refresh_token };
      await t.call('oauth.v2.access', renewal, '');
      const token = t.mint({ kind: 'bot', app: 'Porter' });
      await t.call('oauth.v2.exchange', { ...client(t, 'Porter'), token }, '');
      const { secret } = t.universe.work('slack', (world) =>
        slack.credentials.mint(world, { kind: 'config', as: ANN }),
      );
      await t.call('tooling.tokens.rotate', { refresh_token: secret.refreshToken }, '');
    },
  },
  {
    says: 'manifests',
    async tell(t) {
      const config = t.mint({ kind: 'config', as: ANN });
      await t.call('apps.manifest.validate', { manifest: manifest('Zork') }, config);
      const { app_id } = await t.call('apps.manifest.create', { manifest: manifest('Zork') }, config);
      await t.call('apps.manifest.update', { app_id, manifest: manifest('Zork II') }, config);
      await t.call('apps.manifest.export', { app_id }, config);
      await t.call('apps.manifest.delete', { app_id }, config);
    },
  },
  {
    says: 'what else apps ask for',
    async tell(t) {
      t.gesture('post', BOB, { channel: 'general', text: 'hello' });
      const [{ event_context }] = await t.heard();
      const reader = t.mint({ kind: 'app', scopes: ['authorizations:read'] });
      await t.call('apps.event.authorizations.list', { event_context, limit: 2 }, reader);
      const config = t.mint({ kind: 'config', as: ANN });
      const { app_id } = (await t.call('bots.info', { bot: (await t.call('auth.test')).bot_id })).bot;
      await t.call('apps.icon.set', icon(app_id), config);
      t.gesture('connectAccount', BOB, { app: 'Porter' });
      const connected = { user_id: t.person(BOB), status: 'connected' };
      await t.call('apps.user.connection.update', connected, t.mint({ kind: 'bot', app: 'Porter' }));
    },
  },
  {
    says: 'the end of an installation',
    async tell(t) {
      await t.call('apps.uninstall', client(t));
    },
  },
];

/** A form with a picture. */
function icon(app_id: string): FormData {
  const form = new FormData();
  form.set('app_id', app_id);
  form.set('file', new File([PNG], 'icon.png', { type: 'image/png' }));
  return form;
}

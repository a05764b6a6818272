import { rows } from '../installs.ts';
import { ANN, BOB } from '../workspace.ts';
import type { Answer, Story, Teller } from './teller.ts';

const manifest = (name: string) =>
  JSON.stringify({
    display_information: { name },
    features: { bot_user: { display_name: name } },
    oauth_config: { scopes: { bot: ['chat:write'] } },
  });

const BACK = 'https://desk.example/back';

/** The app's own id and secret. */
function client(t: Teller): { client_id: string; client_secret: string } {
  const { client_id, client_secret } = rows(t, 'slack.apps').find((row: Answer) => row.name === 'Desk');
  return { client_id, client_secret };
}

/** The code that comes of Bob's leave. */
function code(t: Teller, flow: string, asks: Record<string, string>): string {
  const query = new URLSearchParams({ client_id: client(t).client_id, redirect_uri: BACK, ...asks });
  const url = `http://orrery.test/u/test/slack/${flow}?${query}`;
  return new URL(t.gesture('consent', BOB, { url }).location).searchParams.get('code') ?? '';
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
    says: 'the end of an installation',
    async tell(t) {
      await t.call('apps.uninstall', client(t));
    },
  },
];

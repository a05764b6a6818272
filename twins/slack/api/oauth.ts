/** `oauth.*`, `openid.connect.*`, `tooling.tokens.rotate`, `apps.uninstall`: from a person's leave to tokens, and back. */
import type { Call, Endpoint } from '../../../src/twin.ts';
import { clientCredentials } from '../../../src/wire.ts';
import type { World } from '../../../src/world/world.ts';
import { type Args, required, text } from '../args.ts';
import { refuse } from '../errors.ts';
import { type Authorization, clientCalled, type Flow, redeem } from '../model/apps/authorization.ts';
import { idToken, userInfo } from '../model/apps/idToken.ts';
import { install } from '../model/apps/install.ts';
import { uninstall } from '../model/apps/revocation.ts';
import { exchangeLegacy, refresh, rotateConfiguration } from '../model/apps/rotation.ts';
import { seconds } from '../model/messages/timestamp.ts';
import { theUser } from '../model/people/user.ts';
import type { App, Token } from '../world.ts';
import { method } from './method.ts';
import { classicView, installationView, pairView, personalView, refreshedView } from './oauthView.ts';

export const oauthMethods: readonly Endpoint[] = [
  method('oauth.v2.access', { tier: 'SpecialTier', auth: 'none' }, ({ world, args, call }) => {
    const app = clientOf(world, args, call);
    if (renews(args)) return refreshedView(world, app, refreshed(world, app, args));
    const leave = redeemed(world, app, args, ['v2']);
    return installationView(world, install(world, app, grantOf(app, leave)));
  }),
  method('oauth.v2.user.access', { tier: 'SpecialTier', auth: 'none' }, ({ world, args, call }) => {
    const app = clientOf(world, args, call);
    if (renews(args)) return refreshedView(world, app, refreshed(world, app, args));
    const leave = redeemed(world, app, args, ['v2', 'v2_user', 'openid']);
    if (leave.user_scopes.length === 0) throw refuse('no_user_scopes');
    const made = install(world, app, { ...grantOf(app, leave), scopes: [] });
    return personalView(world, made, signed(world, app, leave, made.personal?.token));
  }),
  method('oauth.v2.exchange', { tier: 'Tier3', auth: 'none' }, ({ world, args, call }) => {
    const app = clientOf(world, args, call);
    return refreshedView(world, app, exchangeLegacy(world, app, required(args, 'token')));
  }),
  method('oauth.access', { tier: 'Tier4', auth: 'none' }, ({ world, args, call }) => {
    const app = clientOf(world, args, call);
    const { scopes, ...leave } = redeemed(world, app, args, ['classic']);
    // A classic app's scopes are its user token's; `bot` gives it a bot besides.
    const bot = scopes.includes('bot') ? ['identify', 'bot:basic'] : [];
    const made = install(world, app, { ...leave, scopes: bot, user_scopes: scopes, rotates: false });
    return classicView(world, made);
  }),
  method('openid.connect.token', { tier: 'Tier4', auth: 'none' }, ({ world, args, call }) => {
    const app = clientOf(world, args, call);
    if (renews(args)) {
      const pair = refreshed(world, app, args);
      return { ...pairView(world, pair), token_type: 'Bearer' };
    }
    const leave = redeemed(world, app, args, ['openid']);
    const { personal } = install(world, app, leave);
    if (!personal) throw refuse('invalid_code');
    return {
      ...pairView(world, personal),
      token_type: 'Bearer',
      id_token: signed(world, app, leave, personal.token),
    };
  }),
  method('openid.connect.userInfo', { user: ['openid'], tier: 'Tier3' }, ({ world, actor }) =>
    userInfo(world, theUser(world, actor.user), actor.scopes),
  ),
  method(
    'tooling.tokens.rotate',
    { tier: 'SpecialTier', auth: 'none', required: ['refresh_token'] },
    ({ world, args }) => {
      const { token, refresh: next } = rotateConfiguration(world, required(args, 'refresh_token'));
      return {
        token: token.token,
        refresh_token: next,
        team_id: token.team,
        user_id: token.user,
        iat: seconds(world),
        exp: Math.floor((token.expires_at ?? 0) / 1_000),
      };
    },
  ),
  method('apps.uninstall', { bot: [], user: [], tier: 'Tier1' }, ({ world, actor, args, call }) => {
    const app = clientOf(world, args, call);
    if (app.id !== actor.app) throw refuse('client_id_token_mismatch');
    uninstall(world, app);
    return {};
  }),
];

/**
 * The app that signs in by its id and secret, in HTTP's own header or among the arguments. A public client may leave
 * its secret out where a code's verifier, or the refresh token that came of it, stands for it. Throws
 * `invalid_client_id`, `bad_client_secret`.
 */
function clientOf(world: World, args: Args, call: Call): App {
  const basic = clientCredentials(call.request.headers);
  const id = basic ? basic.id : text(args, 'client_id');
  const secret = basic ? basic.secret : text(args, 'client_secret');
  const app = clientCalled(world, id ?? '');
  if (!app) throw refuse('invalid_client_id');
  const excused = app.pkce && !secret && (text(args, 'code_verifier') ?? text(args, 'refresh_token'));
  if (!excused && secret !== app.client_secret) throw refuse('bad_client_secret');
  return app;
}

/** Is a refresh token to be exchanged? Throws `invalid_grant_type`. */
function renews(args: Args): boolean {
  const grant = text(args, 'grant_type') || 'authorization_code';
  if (grant !== 'authorization_code' && grant !== 'refresh_token') throw refuse('invalid_grant_type');
  return grant === 'refresh_token';
}

const refreshed = (world: World, app: App, args: Args) =>
  refresh(world, app, text(args, 'refresh_token') ?? '');

const redeemed = (world: World, app: App, args: Args, flows: readonly Flow[]): Authorization =>
  redeem(world, app, flows, {
    code: text(args, 'code'),
    redirect_uri: text(args, 'redirect_uri') || undefined,
    verifier: text(args, 'code_verifier') || undefined,
  });

/** Who is led back to a program on their own machine always gets tokens that expire. */
const grantOf = (app: App, leave: Authorization) => {
  const custom = leave.redirect_uri !== undefined && !/^https?:/i.test(leave.redirect_uri);
  return { ...leave, ...(app.pkce && custom ? { rotates: true } : {}) };
};

/** The ID token of somebody who allowed `openid`. */
function signed(world: World, app: App, leave: Authorization, token: Token | undefined): string | undefined {
  if (!token || !leave.user_scopes.includes('openid')) return undefined;
  return idToken(world, theUser(world, leave.user), {
    audience: app.client_id,
    accessToken: token.token,
    scopes: leave.user_scopes,
    ...(leave.nonce ? { nonce: leave.nonce } : {}),
  });
}

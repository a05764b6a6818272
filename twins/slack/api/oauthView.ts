/** What an app is told when it has been let in. https://docs.slack.dev/reference/methods/oauth.v2.access */
import type { World } from '../../../src/world/world.ts';
import type { Installation } from '../model/apps/install.ts';
import type { Credential } from '../model/apps/rotation.ts';
import { type Webhook, webhookPath } from '../model/apps/webhook.ts';
import { theTeam } from '../model/people/team.ts';
import { teamUrl, webhookUrl } from '../model/url.ts';
import { type App, channels, type Json } from '../world.ts';

/** An access token, and what renews it. `expires_in` in seconds. */
export const pairView = (world: World, { token, refresh }: Credential): Json => ({
  access_token: token.token,
  ...(refresh === undefined
    ? {}
    : { refresh_token: refresh, expires_in: Math.floor(((token.expires_at ?? 0) - world.now()) / 1_000) }),
});

/** `oauth.v2.access`: an installation. */
export function installationView(world: World, made: Installation): Json {
  const { app, user, bot, personal, webhook } = made;
  return {
    app_id: app.id,
    authed_user: {
      id: user.id,
      ...(personal ? { scope: granted(personal), ...pairView(world, personal), token_type: 'user' } : {}),
    },
    ...(bot ? botView(world, app, bot) : {}),
    ...place(world, personal),
    ...(webhook ? { incoming_webhook: webhookView(world, webhook) } : {}),
  };
}

/** A pair in the place of an older one. */
export const refreshedView = (world: World, app: App, pair: Credential): Json =>
  pair.token.kind === 'bot'
    ? { ...botView(world, app, pair), app_id: app.id, ...place(world) }
    : {
        ...pairView(world, pair),
        token_type: 'user',
        scope: granted(pair),
        user_id: pair.token.user,
        app_id: app.id,
        ...place(world),
      };

/** `oauth.v2.user.access`: a person's token alone. */
export const personalView = (world: World, made: Installation, idToken: string | undefined): Json => ({
  ...(made.personal ? pairView(world, made.personal) : {}),
  token_type: 'user',
  ...(idToken === undefined ? {} : { id_token: idToken }),
  app_id: made.app.id,
  user_id: made.user.id,
  authed_user: { id: made.user.id, scope: made.personal ? granted(made.personal) : '' },
  team: { id: theTeam(world).id },
  enterprise: null,
  is_enterprise_install: false,
});

/** `oauth.access`: what classic apps are told; of who signed in, no more than that. */
export function classicView(world: World, { app, user, bot, personal, webhook }: Installation): Json {
  const { id, name } = theTeam(world);
  if (personal && isIdentity(personal))
    return {
      ...pairView(world, personal),
      scope: personal.token.scopes.join(','),
      user: { name: user.real_name, id: user.id },
      team: { id },
    };
  return {
    ...(personal ? pairView(world, personal) : {}),
    scope: personal?.token.scopes.join(',') ?? '',
    user_id: user.id,
    team_name: name,
    team_id: id,
    enterprise_id: null,
    ...(webhook ? { incoming_webhook: webhookView(world, webhook) } : {}),
    ...(bot ? { bot: { bot_user_id: app.bot_user, bot_access_token: bot.token.token } } : {}),
  };
}

const botView = (world: World, app: App, bot: Credential): Json => ({
  scope: granted(bot),
  token_type: 'bot',
  ...pairView(world, bot),
  bot_user_id: app.bot_user,
});

/** Sign-ins by Slack's older way hear the workspace's name by a method of its own. */
function place(world: World, personal?: Credential): Json {
  const { id, name } = theTeam(world);
  return {
    team: personal && isIdentity(personal) ? { id } : { id, name },
    enterprise: null,
    is_enterprise_install: false,
  };
}

const isIdentity = ({ token }: Credential): boolean =>
  token.scopes.every((scope) => scope.startsWith('identity.'));

const granted = ({ token }: Credential): string =>
  token.scopes.filter((scope) => scope !== 'identify').join(',');

function webhookView(world: World, hook: Webhook): Json {
  const channel = world.get(channels, hook.channel);
  return {
    channel: channel?.is_im ? channel.id : `#${channel?.name ?? ''}`,
    channel_id: hook.channel,
    configuration_url: `${teamUrl(world)}services/${hook.id}`,
    url: webhookUrl(world.base(), webhookPath(world, hook)),
  };
}

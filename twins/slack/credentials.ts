/** Tokens and secrets of apps, as the control plane hands them out. */
import { assert } from '../../src/error.ts';
import type { CredentialInfo, CredentialRequest, Credentials } from '../../src/twin.ts';
import type { World } from '../../src/world/world.ts';
import { cannot } from './errors.ts';
import { firstApp } from './model/apps/app.ts';
import { dropCodes } from './model/apps/authorization.ts';
import { seat } from './model/apps/install.ts';
import { secretsOf } from './model/apps/registration.ts';
import { revoke } from './model/apps/revocation.ts';
import { dropRefreshTokens, issueConfiguration } from './model/apps/rotation.ts';
import { goodToken, issue, renewTokens } from './model/apps/token.ts';
import { renewWebhooks, webhookPath, webhooksOf } from './model/apps/webhook.ts';
import { theTeam } from './model/people/team.ts';
import { webhookUrl } from './model/url.ts';
import { type App, apps, type Token, tokens, users } from './world.ts';

const KINDS = ['bot', 'user', 'app', 'config'] as const;
type Kind = (typeof KINDS)[number];

/**
 * Kinds: `bot` (xoxb), `user` (xoxp, of a person), `app` (xapp), `config` (a person's app configuration token, xoxe.xoxp,
 * with its refresh token). The document shows the first app of the world.
 */
export const credentials: Credentials = {
  kinds: KINDS,
  document(world, base) {
    const app = shownApp(world);
    const { id, name, domain } = theTeam(world);
    const hook = firstWebhook(world, app, base);
    return {
      credentials: { ...secrets(world, app), ...(hook ? { webhookUrl: hook } : {}) },
      team: { id, name, domain },
    };
  },
  env(world, base) {
    const app = shownApp(world);
    const { botToken, userToken, appToken } = secrets(world, app);
    const hook = firstWebhook(world, app, base);
    return {
      SLACK_API_URL: `${base}/api/`,
      SLACK_BOT_TOKEN: botToken,
      SLACK_USER_TOKEN: userToken,
      SLACK_APP_TOKEN: appToken,
      SLACK_SIGNING_SECRET: app.signing_secret,
      SLACK_CLIENT_ID: app.client_id,
      SLACK_CLIENT_SECRET: app.client_secret,
      SLACK_TEAM_ID: theTeam(world).id,
      ...(hook ? { SLACK_WEBHOOK_URL: hook } : {}),
    };
  },
  mint,
  list: (world) => world.list(tokens, { index: 'id' }).toArray().filter(isListed).map(infoOf),
  revoke,
  renew(world) {
    for (const app of world.list(apps, { index: 'order' }).toArray()) {
      const nth = world.next('slack.renewal');
      const fresh = secretsOf(world, `${app.id}/${world.universe}`, nth);
      renewTokens(world, world.update(apps, app.id, fresh));
      renewWebhooks(world, app);
    }
    renewTokens(world);
    dropRefreshTokens(world);
    dropCodes(world);
  },
};

function mint(
  world: World,
  request: CredentialRequest,
): CredentialInfo & { secret: Record<string, unknown> } {
  const kind = KINDS.find((one) => one === request.kind);
  if (!kind) throw cannot('unknown-kind', `Slack has the kinds ${KINDS.join(', ')}, not ${request.kind}`);
  const user = personOf(world, kind, request.as);
  if (kind === 'config') {
    const { token, refresh } = issueConfiguration(world, user ?? '');
    return { ...infoOf(token), secret: { token: token.token, refreshToken: refresh } };
  }
  const found = request.app === undefined ? shownApp(world) : appCalled(world, request.app);
  const app = kind === 'bot' ? seat(world, found) : found;
  const token = issue(world, {
    kind,
    app,
    ...(user ? { user } : {}),
    scopes: request.scopes ?? defaultScopes(app, kind),
    ...(request.expiresInMs === undefined ? {} : { expires_at: world.now() + request.expiresInMs }),
  });
  return { ...infoOf(token), secret: { token: token.token } };
}

function personOf(world: World, kind: Kind, as: string | undefined): string | undefined {
  if (kind !== 'user' && kind !== 'config') return undefined;
  const email = (as ?? world.cast[0]?.email ?? '').toLowerCase();
  const user = world.list(users, { index: 'email', equals: email }).first();
  if (!user) throw cannot('unknown-person', `nobody in this workspace has the e-mail ${email}`);
  return user.id;
}

function defaultScopes(app: App, kind: Kind): readonly string[] {
  if (kind === 'app') return ['connections:write', 'authorizations:read'];
  return kind === 'bot' ? app.scopes : app.user_scopes;
}

function appCalled(world: World, name: string): App {
  const app =
    world.get(apps, name) ?? world.list(apps, { index: 'name', equals: name.toLowerCase() }).first();
  if (!app) throw cannot('unknown-app', `no app of this workspace is called ${name}`);
  return app;
}

function shownApp(world: World): App {
  const app = firstApp(world);
  assert(app, 'a workspace without an app');
  return app;
}

/** The address of the app's first webhook, for a program that reaches this twin at `base`. */
function firstWebhook(world: World, app: App, base: string): string | undefined {
  const [hook] = webhooksOf(world, app);
  return hook && webhookUrl(base, webhookPath(world, hook));
}

function secrets(world: World, app: App) {
  return {
    botToken: goodToken(world, app, 'bot')?.token ?? '',
    userToken: goodToken(world, app, 'user')?.token ?? '',
    appToken: goodToken(world, app, 'app')?.token ?? '',
    signingSecret: app.signing_secret,
    clientId: app.client_id,
    clientSecret: app.client_secret,
  };
}

const isListed = (token: Token): boolean => !token.revoked;

const infoOf = (token: Token): CredentialInfo => ({
  id: token.id,
  twin: 'slack',
  kind: token.kind,
  ...(token.app ? { app: token.app } : {}),
  scopes: token.scopes,
  ...(token.kind === 'user' || token.kind === 'config' ? { as: token.label } : {}),
  ...(token.expires_at === undefined ? {} : { expiresAt: new Date(token.expires_at).toISOString() }),
});

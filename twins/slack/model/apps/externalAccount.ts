/**
 * Accounts elsewhere that people lent to an app that Slack hosts: their tokens, by id.
 * https://docs.slack.dev/tools/deno-slack-sdk/guides/integrating-with-services-requiring-external-authentication
 */
import { BASE62, shaped, UPPER36 } from '../../../../src/ids.ts';
import { table } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { cannot, refuse } from '../../errors.ts';
import { type App, isObject, type User } from '../../world.ts';
import { log } from './activity.ts';

interface ExternalAccount {
  /** `Et…` */
  id: string;
  app: string;
  provider_key: string;
  user: string;
  access_token: string;
  /** Whether it can be exchanged for another. */
  refreshable: boolean;
}

export const externalAccounts = table<ExternalAccount>({
  name: 'slack.externalAccounts',
  secret: true,
  key: (row) => row.id,
  indexes: { provider: (row) => `${row.app}/${row.provider_key}` },
});

/** A person signs in with a provider of an app's, and leaves it the token. */
export function connectAccount(
  world: World,
  app: App,
  user: User,
  provider: string,
  refreshable: boolean,
): ExternalAccount {
  if (!providersOf(app).includes(provider))
    throw cannot('unknown-provider', `${app.name} has no external provider ${provider}`);
  const id = shaped(world.draw('slack.externalAccount'), 'Et0', 9, UPPER36);
  log(world, app, {
    level: 'info',
    event_type: 'external_auth_result',
    source: 'slack',
    component_type: 'functions',
    component_id: id,
    payload: { user_id: user.id, team_id: user.team_id, app_id: app.id, provider_key: provider },
  });
  return world.insert(externalAccounts, {
    id,
    app: app.id,
    provider_key: provider,
    user: user.id,
    access_token: tokenFor(world, id),
    refreshable,
  });
}

/** The token of an account; `force` has it exchanged first. Throws `token_not_found`, `no_refresh_token`. */
export function externalToken(world: World, app: App, id: string, force: boolean): string {
  const account = theAccount(world, app, id);
  if (!force) return account.access_token;
  if (!account.refreshable) throw refuse('no_refresh_token');
  return world.update(externalAccounts, id, { access_token: tokenFor(world, id) }).access_token;
}

/** What Slack is to forget: one account, or all of an app's, or of one provider of it. */
export interface Forgotten {
  id: string | undefined;
  provider: string | undefined;
}

/** Forgets accounts. Throws `token_not_found`, `providers_not_found`, `no_tokens_found`. */
export function forgetAccounts(world: World, app: App, { id, provider }: Forgotten): void {
  if (id !== undefined) return void world.remove(externalAccounts, theAccount(world, app, id).id);
  if (provider !== undefined && !providersOf(app).includes(provider)) throw refuse('providers_not_found');
  const found = world
    .list(externalAccounts, { index: 'provider', prefix: `${app.id}/${provider ?? ''}` })
    .toArray()
    .filter((account) => provider === undefined || account.provider_key === provider);
  if (found.length === 0) throw refuse('no_tokens_found');
  for (const account of found) world.remove(externalAccounts, account.id);
}

function theAccount(world: World, app: App, id: string): ExternalAccount {
  const account = world.get(externalAccounts, id);
  if (account?.app !== app.id) throw refuse('token_not_found');
  return account;
}

function providersOf({ manifest }: App): string[] {
  const oauth2 = isObject(manifest?.external_auth_providers) ? manifest.external_auth_providers.oauth2 : {};
  return isObject(oauth2) ? Object.keys(oauth2) : [];
}

const tokenFor = (world: World, id: string): string =>
  world.secret(['slack.externalToken', id, world.next(`slack.externalToken/${id}`)], 64, BASE62);

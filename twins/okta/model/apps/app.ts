/** Apps: what may be signed in to, and how. */
import { BASE64URL } from '../../../../src/ids.ts';
import type { Table } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { notFound, refuse } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { stamp } from '../../time.ts';
import { appConnections, PARTS_OF_APPS } from '../../world/apps.ts';
import { appGroups, apps, appUsers, idTokenSettings, org, policies, schemas } from '../../world.ts';
import { type LogParty, record, type Who } from '../log/log.ts';
import { revokeAllOf } from '../oauth/token.ts';
import { forgetPrincipal } from '../org/rateLimit.ts';
import { mapApp, unmap } from '../provisioning/mapping.ts';
import { assignRole } from '../roles/role.ts';
import { forgetHolder } from '../roles/roleHolding.ts';
import { checkedApp, checkReplaceable } from './appCheck.ts';
import { removeAppLogo } from './appLogo.ts';
import { addAppSchema } from './appSchema.ts';
import { type AppSettings, completeSettings, nameOf } from './appSettings.ts';
import { forgetConnections } from './crossAppAccess.ts';
import { removeCsrs } from './csr.ts';
import { forgetTrust } from './interclientTrust.ts';
import { forgetAccounts } from './serviceAccount.ts';
import { addKey, removeKeys } from './signingKey.ts';

/** An app in the vendor's shape, less `orn` and links. */
export interface App {
  id: string;
  name: string;
  label: string;
  status: 'ACTIVE' | 'INACTIVE';
  lastUpdated: string;
  created: string;
  accessibility: Record<string, unknown>;
  visibility: Record<string, unknown>;
  features: string[];
  signOnMode: string | null;
  credentials: AppCredentials;
  universalLogout: Record<string, unknown> | null;
  settings: AppSettings;
  profile?: Record<string, unknown>;
  licensing?: Record<string, unknown>;
  /** Ids of the policies that hold for it; shown as links. */
  accessPolicy: string | null;
  profileEnrollment: string | null;
}

export interface AppCredentials {
  userNameTemplate?: Record<string, unknown>;
  signing?: { kid?: string };
  oauthClient?: OAuthClient;
  [more: string]: unknown;
}

export interface OAuthClient {
  autoKeyRotation?: boolean;
  client_id: string;
  client_secret?: string;
  token_endpoint_auth_method: string;
  pkce_required?: boolean;
}

/** The body of a create or replace. */
export interface AppInput {
  name?: string;
  label?: string;
  signOnMode?: string;
  accessibility?: Record<string, unknown>;
  visibility?: Record<string, unknown>;
  features?: string[];
  credentials?: Record<string, unknown> & { oauthClient?: Partial<OAuthClient> };
  settings?: Record<string, unknown>;
  profile?: Record<string, unknown>;
}

/** The app with this id, or E0000007. */
export const findApp = (world: World, id: string): App =>
  world.require(apps, id, () => notFound(id, 'AppInstance'));

/** Makes an app. Throws as `checkedApp` does. */
export function createApp(world: World, who: Who, sent: AppInput | undefined, activate: boolean): App {
  const input = checkedApp(sent);
  const id = newId(world, '0oa');
  const name = nameOf(
    input.name,
    input.signOnMode,
    input.label,
    org(world).subdomain,
    world.next('okta.appName'),
  );
  const now = stamp(world.now());
  const app = world.insert(apps, {
    id,
    name,
    label: input.label,
    status: activate ? 'ACTIVE' : 'INACTIVE',
    lastUpdated: now,
    created: now,
    ...general(name, input),
    credentials: credentialsOf(world, id, input),
    universalLogout: logoutOf(input.signOnMode, name),
    settings: completeSettings(world, name, input.signOnMode, input.settings ?? {}),
    ...(input.profile ? { profile: input.profile } : {}),
    accessPolicy: defaultPolicy(world, 'ACCESS_POLICY'),
    profileEnrollment: defaultPolicy(world, 'PROFILE_ENROLLMENT'),
  });
  if (app.credentials.signing?.kid) addKey(world, id, app.credentials.signing.kid);
  addAppSchema(world, app);
  mapApp(world, id, name, app.signOnMode);
  log(world, who, 'application.lifecycle.create', 'Create application', app);
  if (activate) log(world, who, 'application.lifecycle.activate', 'Activate application', app);
  const { clientPrivilegesSetting } = org(world).admin.settings;
  if (clientPrivilegesSetting && app.settings.oauthClient?.application_type === 'service')
    assignRole(world, who, { type: 'CLIENT', id }, { type: 'SUPER_ADMIN' });
  return app;
}

/** Replaces an app's settings; name, status and id stay. Throws as `checkedApp` does, E0000024 as `checkReplaceable`. */
export function replaceApp(world: World, who: Who, id: string, sent: AppInput | undefined): App {
  const old = findApp(world, id);
  const input = checkedApp(sent, old);
  checkReplaceable(old);
  const signOnMode = input.signOnMode ?? old.signOnMode ?? undefined;
  const changed = world.update(apps, id, {
    label: input.label,
    lastUpdated: stamp(world.now()),
    ...general(old.name, { ...input, signOnMode }),
    features: input.features ?? old.features,
    credentials: credentialsOf(world, id, { ...input, signOnMode }, old.credentials),
    settings: completeSettings(world, old.name, signOnMode, input.settings ?? {}, old.settings),
    ...(input.profile ? { profile: input.profile } : {}),
  });
  log(world, who, 'application.lifecycle.update', 'Update application', changed);
  return changed;
}

/** Turns an app on or off; one that is there already stays. */
export function setAppStatus(world: World, who: Who, id: string, status: App['status']): App {
  const app = findApp(world, id);
  if (app.status === status) return app;
  const changed = world.update(apps, id, { status, lastUpdated: stamp(world.now()) });
  const [verb, message] = status === 'ACTIVE' ? ['activate', 'Activate'] : ['deactivate', 'Deactivate'];
  log(world, who, `application.lifecycle.${verb}`, `${message} application`, changed);
  return changed;
}

/** Gives every client that has a secret a new one. */
export function renewClientSecrets(world: World): void {
  for (const { id, credentials } of world.list(apps).toArray()) {
    const client = credentials.oauthClient;
    if (client?.client_secret === undefined) continue;
    const client_secret = world.secret(
      ['okta', 'client', id, world.next('okta.clientSecret')],
      64,
      BASE64URL,
    );
    world.update(apps, id, { credentials: { ...credentials, oauthClient: { ...client, client_secret } } });
  }
}

/** Removes an inactive app and its assignments. Throws E0000056 for an active one. */
export function deleteApp(world: World, who: Who, id: string): void {
  const app = findApp(world, id);
  if (app.status === 'ACTIVE')
    throw refuse('E0000056', { causes: ['The application must be deactivated before deletion.'] });
  for (const row of world.list(appUsers, { prefix: `${id}/` }).toArray())
    world.remove(appUsers, `${id}/${row.id}`);
  for (const row of world.list(appGroups, { prefix: `${id}/` }).toArray())
    world.remove(appGroups, `${id}/${row.id}`);
  for (const table of PARTS_OF_APPS)
    for (const row of world.list(table as unknown as Table<OfApp>, { prefix: `${id}/` }).toArray())
      world.remove(table as unknown as Table<OfApp>, `${id}/${row.id}`);
  forgetHolder(world, id);
  forgetPrincipal(world, id);
  removeKeys(world, id);
  removeCsrs(world, id);
  forgetTrust(world, id);
  forgetConnections(world, id);
  forgetAccounts(world, 'app', id);
  removeAppLogo(world, id);
  revokeAllOf(world, 'app', id);
  unmap(world, id);
  world.remove(schemas, id);
  world.remove(idTokenSettings, id);
  world.remove(appConnections, id);
  world.remove(apps, id);
  log(world, who, 'application.lifecycle.delete', 'Delete application', app);
}

/** What the rows that go with an app have in common. */
type OfApp = { appId: string; id: string };

/** How the System Log names an app. */
export const appTarget = (app: App): LogParty => ({
  id: app.id,
  type: 'AppInstance',
  alternateId: app.label,
  displayName: app.label,
  detailEntry: null,
});

/** The name of the link to the app on a dashboard. */
export const linkName = (name: string): string =>
  name === 'oidc_client' || /^[\w-]+_\d+$/.test(name) ? `${name}_link` : 'login';

function general(
  name: string,
  input: AppInput,
): Pick<App, 'accessibility' | 'visibility' | 'features' | 'signOnMode'> {
  const { accessibility = {}, visibility = {} } = input;
  const hidden = name === 'oidc_client';
  return {
    accessibility: { selfService: false, errorRedirectUrl: null, loginRedirectUrl: null, ...accessibility },
    visibility: {
      autoLaunch: false,
      autoSubmitToolbar: false,
      ...visibility,
      hide: { iOS: hidden, web: hidden, ...(visibility.hide as object | undefined) },
      appLinks: { [linkName(name)]: true, ...(visibility.appLinks as object | undefined) },
    },
    features: input.features ?? [],
    signOnMode: signOnModeShown(name, input.signOnMode),
  };
}

/** A pre-integrated app that signs in by itself is shown as a browser plug-in. */
const signOnModeShown = (name: string, mode: string | undefined): string | null =>
  mode === 'AUTO_LOGIN' && !/_\d+$/.test(name) ? 'BROWSER_PLUGIN' : (mode ?? null);

const PASSWORD_MODES: ReadonlySet<string> = new Set([
  'BASIC_AUTH',
  'BROWSER_PLUGIN',
  'SECURE_PASSWORD_STORE',
  'AUTO_LOGIN',
]);
const KEY_CHARS = 43;

function credentialsOf(world: World, id: string, input: AppInput, old?: AppCredentials): AppCredentials {
  const sent = input.credentials ?? {};
  const { oauthClient: sentClient, signing: _signing, password, userName, scheme, ...rest } = sent;
  const mode = input.signOnMode ?? '';
  const signed = mode === 'OPENID_CONNECT' || mode.startsWith('SAML');
  const kid = old?.signing?.kid ?? world.drawFor('okta.kid', id).chars(BASE64URL, KEY_CHARS);
  const client =
    mode === 'OPENID_CONNECT' ? clientOf(world, id, input, sentClient, old?.oauthClient) : undefined;
  return {
    ...(PASSWORD_MODES.has(mode) ? { scheme: (scheme as string) ?? 'EDIT_USERNAME_AND_PASSWORD' } : {}),
    userNameTemplate: { template: `\${source.login}`, type: 'BUILT_IN' },
    ...(PASSWORD_MODES.has(mode) ? { revealPassword: false } : {}),
    ...(userName ? { userName } : {}),
    ...(password && Object.keys(password as object).length > 0 ? { password: {} } : {}),
    ...rest,
    ...userNameOf(rest.userNameTemplate),
    signing: signed ? { kid } : {},
    ...(client ? { oauthClient: client } : {}),
  };
}

/** Only a template of one's own says whether the name that it makes is pushed to the app. */
const userNameOf = (sent: unknown): Pick<AppCredentials, 'userNameTemplate'> => {
  const template = sent as { type?: string } | undefined;
  return template?.type === 'CUSTOM' ? { userNameTemplate: { pushStatus: 'DONT_PUSH', ...template } } : {};
};

function clientOf(
  world: World,
  id: string,
  input: AppInput,
  sent: Partial<OAuthClient> | undefined,
  old: OAuthClient | undefined,
): OAuthClient {
  const type = (input.settings?.oauthClient as { application_type?: string } | undefined)?.application_type;
  const method =
    sent?.token_endpoint_auth_method ??
    old?.token_endpoint_auth_method ??
    (type === 'browser' ? 'none' : 'client_secret_basic');
  const secret =
    sent?.client_secret ?? old?.client_secret ?? world.secret(['okta', 'client', id], 64, BASE64URL);
  return {
    autoKeyRotation: sent?.autoKeyRotation ?? old?.autoKeyRotation ?? true,
    client_id: old?.client_id ?? sent?.client_id ?? id,
    ...(method.startsWith('client_secret') ? { client_secret: secret } : {}),
    token_endpoint_auth_method: method,
    pkce_required: sent?.pkce_required ?? old?.pkce_required ?? (type === 'native' || type === 'browser'),
  };
}

function logoutOf(mode: string | undefined, name: string): App['universalLogout'] {
  if (mode === 'OPENID_CONNECT' || /_\d+$/.test(name))
    return {
      status: 'DISABLED',
      supportType: 'FULL',
      identityStack: 'NOT_SHARED',
      protocol: 'GLOBAL_TOKEN_REVOCATION',
    };
  return { status: 'UNSUPPORTED' };
}

const defaultPolicy = (world: World, type: string): string | null =>
  world.list(policies, { index: 'type', equals: type, where: (one) => one.system }).first()?.id ?? null;

const log = (world: World, who: Who, eventType: string, displayMessage: string, app: App) =>
  record(world, who, { eventType, displayMessage, target: [appTarget(app)] });

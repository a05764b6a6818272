/** What an app's settings hold by kind of app, once the service has filled in what clients leave out. */
import type { World } from '../../../../src/world/world.ts';
import { newId } from '../../ids.ts';
import { stamp } from '../../time.ts';

/** Settings by part; `app` is the integration's own. */
export interface AppSettings {
  app: Record<string, unknown>;
  notifications: unknown;
  manualProvisioning: boolean;
  implicitAssignment: boolean;
  emOptInStatus: string;
  notes?: { admin: string | null; enduser: string | null };
  oauthClient?: Record<string, unknown>;
  signOn?: Record<string, unknown>;
  [more: string]: unknown;
}

/** The internal name of a new app: what the client says, `oidc_client`, or one made from org and label. */
export function nameOf(
  name: string | undefined,
  mode: string | undefined,
  label: string,
  subdomain: string,
  n: number,
): string {
  if (mode === 'OPENID_CONNECT') return name ?? 'oidc_client';
  if (name) return name;
  if (mode === 'BOOKMARK') return 'bookmark';
  return `${subdomain}_${label.toLowerCase().replace(/[^a-z0-9]/g, '')}_${n}`;
}

/** Fills settings up. `old` are those before; parts that are not sent are kept from them. */
export function completeSettings(
  world: World,
  name: string,
  mode: string | undefined,
  sent: Record<string, unknown>,
  old?: AppSettings,
): AppSettings {
  const { app, notifications, notes, oauthClient, signOn, ...rest } = sent as Partial<AppSettings>;
  return {
    app: { ...APP_DEFAULTS[name], ...(app ?? old?.app) },
    notifications: {
      vpn: { network: { connection: 'DISABLED' }, message: null, helpUrl: null },
      ...(notifications as object | undefined),
    },
    manualProvisioning: false,
    implicitAssignment: false,
    emOptInStatus: 'NONE',
    ...rest,
    notes: { admin: notes?.admin ?? null, enduser: notes?.enduser ?? null },
    ...(mode === 'OPENID_CONNECT'
      ? { oauthClient: clientSettings(world, oauthClient ?? {}, old?.oauthClient) }
      : {}),
    ...(mode?.startsWith('SAML') ? { signOn: signOnSettings(name, signOn ?? {}, old?.signOn) } : {}),
    ...(mode === 'AUTO_LOGIN' && signOn ? { signOn: { redirectUrl: null, loginUrl: null, ...signOn } } : {}),
  };
}

/** Fields of the built-in templates that are there, empty, when nobody sets them. */
const APP_DEFAULTS: Readonly<Record<string, Record<string, unknown>>> = {
  bookmark: { requestIntegration: false },
  template_basic_auth: { loginUrlRegex: null },
  template_swa: {
    loginUrlRegex: null,
    usernameField: null,
    redirectUrl: null,
    buttonField: null,
    checkbox: null,
    passwordField: null,
  },
  template_swa3field: { loginUrlRegex: null, redirectUrl: null },
  template_sps: { optionalField1: null, optionalField2: null, optionalField3: null },
};

function clientSettings(
  world: World,
  sent: Record<string, unknown>,
  old: Record<string, unknown> | undefined,
): Record<string, unknown> {
  const { jwks, idp_initiated_login: idp, ...rest } = sent;
  const known = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return {
    client_uri: null,
    logo_uri: null,
    redirect_uris: [],
    response_types: responseTypes(sent.grant_types as string[] | undefined),
    grant_types: ['authorization_code'],
    ...(jwks ? { jwks: { keys: keysOf(world, jwks, old?.jwks) } } : {}),
    application_type: 'web',
    consent_method: 'TRUSTED',
    issuer_mode: 'DYNAMIC',
    idp_initiated_login: { mode: 'DISABLED', default_scope: [], ...(idp as object | undefined) },
    wildcard_redirect: 'DISABLED',
    dpop_bound_access_tokens: false,
    participate_slo: false,
    ...((sent.grant_types as string[] | undefined)?.includes(CIBA)
      ? { backchannel_token_delivery_mode: 'poll' }
      : {}),
    ...known,
  };
}

/** Clients that ask people on another device how they are told of the answer. */
const CIBA = 'urn:openid:params:grant-type:ciba';

function responseTypes(grants: readonly string[] | undefined): string[] {
  if (!grants || grants.includes('authorization_code')) return ['code'];
  return grants.includes('client_credentials') ? ['token'] : ['token', 'id_token'];
}

/** A client's public keys get an id and a status; one that was there keeps them. */
function keysOf(world: World, jwks: unknown, old: unknown): Record<string, unknown>[] {
  const { keys = [] } = jwks as { keys?: Record<string, unknown>[] };
  const before = (old as { keys?: Record<string, unknown>[] } | undefined)?.keys ?? [];
  const now = stamp(world.now());
  return keys.map(({ kty, ...key }) => {
    const known = before.find(({ kid }) => kid !== undefined && kid === key.kid);
    return {
      kty,
      id: known?.id ?? newId(world, 'pks'),
      status: 'ACTIVE',
      kid: null,
      use: null,
      ...(kty === 'EC' ? { crv: null } : {}),
      ...key,
      created: known?.created ?? now,
      lastUpdated: now,
    };
  });
}

const SIGN_ON_DEFAULTS: Readonly<Record<string, unknown>> = {
  defaultRelayState: null,
  ssoAcsUrl: null,
  idpIssuer: `http://www.okta.com/\${org.externalKey}`,
  audience: null,
  recipient: null,
  destination: null,
  subjectNameIdTemplate: `\${user.userName}`,
  subjectNameIdFormat: 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified',
  responseSigned: true,
  assertionSigned: true,
  signatureAlgorithm: 'RSA_SHA256',
  digestAlgorithm: 'SHA256',
  honorForceAuthn: true,
  authnContextClassRef: 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport',
  spIssuer: null,
  requestCompressed: false,
  attributeStatements: [],
  inlineHooks: [],
  assertionEncryption: { enabled: false },
  allowMultipleAcsEndpoints: false,
  acsEndpoints: [],
  samlSignedRequestEnabled: false,
  slo: { enabled: false },
};
const OVERRIDES = [
  'ssoAcsUrlOverride',
  'audienceOverride',
  'recipientOverride',
  'destinationOverride',
] as const;

/** A custom app has its whole sign-on; a pre-integrated one only what overrides the integration's. */
function signOnSettings(
  name: string,
  sent: Record<string, unknown>,
  old: Record<string, unknown> | undefined,
): Record<string, unknown> {
  const set = Object.fromEntries(
    Object.entries(sent).filter(
      ([key, value]) => value !== undefined && !(OVERRIDES.includes(key as never) && /_\d+$/.test(name)),
    ),
  );
  if (/_\d+$/.test(name)) return { ...SIGN_ON_DEFAULTS, ...old, ...set };
  return {
    defaultRelayState: null,
    ssoAcsUrlOverride: null,
    audienceOverride: null,
    recipientOverride: null,
    destinationOverride: null,
    attributeStatements: [],
    ...old,
    ...set,
  };
}

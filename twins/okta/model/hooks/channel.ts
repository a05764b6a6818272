/**
 * How a program is called: its address, the headers that it asked for, and how the org shows that it is the org.
 * https://developer.okta.com/docs/api/openapi/okta-management/management/tag/InlineHook/
 */
import type { World } from '../../../../src/world/world.ts';
import { blank, invalid, notFound } from '../../errors.ts';
import { HOOK_URI_CHARS_MAX } from '../../limits.ts';
import { hookKeys } from '../../world/delivery.ts';

/** A header of a call. */
export interface HookHeader {
  key: string;
  value: string;
}

export const OAUTH_METHODS = ['client_secret_post', 'private_key_jwt'] as const;

/** How the org gets a token for the program's address. The secret (`clientSecret` on the wire) is never shown. */
export interface HookOAuth {
  clientId: string;
  tokenUrl: string;
  authType: (typeof OAUTH_METHODS)[number];
  scope: string | null;
  hookKeyId?: string;
  sharedSecret?: string;
}

/** How a hook is called. The secret of `authScheme` (its `value` on the wire) is kept, and never shown. */
export interface HookChannel {
  type: 'HTTP' | 'OAUTH';
  version: string;
  config: {
    uri: string;
    headers: HookHeader[];
    method: string;
    authScheme: { type: string; key: string; sharedSecret?: string } | null;
    oauth?: HookOAuth;
  };
}

/** A channel as it is sent. */
export interface ChannelInput {
  type?: string;
  version?: string;
  config?: {
    uri?: string;
    method?: string;
    headers?: HookHeader[];
    authScheme?: { type?: string; key?: string; value?: string };
    clientId?: string;
    clientSecret?: string;
    tokenUrl?: string;
    authType?: string;
    scope?: string;
    hookKeyId?: string;
  };
}

/**
 * A channel that can be called, of what was sent; where no secret is sent, the one of `old` stays. Throws E0000001 for
 * a missing or wrong address, header or scheme, E0000007 for a key that is not there.
 */
export function channelOf(
  world: World,
  input: ChannelInput | undefined,
  old: HookChannel | undefined,
  types: readonly HookChannel['type'][],
): HookChannel {
  const type = types.find((one) => one === (input?.type ?? 'HTTP'));
  if (!type) throw invalid('channel.type', 'channel.type: The channel type is not supported.');
  const { uri, method = 'POST', headers = [], authScheme } = input?.config ?? {};
  const config = { uri: addressOf(uri, 'uri'), headers: headers.map(headerOf), method };
  const version = input?.version ?? '1.0.0';
  if (type === 'OAUTH')
    return { type, version, config: { ...config, authScheme: null, oauth: oauthOf(world, input, old) } };
  return { type, version, config: { ...config, authScheme: schemeOf(authScheme, old) } };
}

/** A channel as it is shown: without its secrets. */
export function channelView({ type, version, config }: HookChannel): Record<string, unknown> {
  const { authScheme, oauth, ...plain } = config;
  const { sharedSecret: _, ...shown } = oauth ?? {};
  const scheme = authScheme && { type: authScheme.type, key: authScheme.key };
  return { type, version, config: { ...plain, authScheme: scheme, ...shown } };
}

/** The headers of a call: those that the program asked for, the org's secret, and `more`. */
export function headersOf(channel: HookChannel, more: Record<string, string>): Record<string, string> {
  const { headers, authScheme } = channel.config;
  return {
    ...Object.fromEntries(headers.map(({ key, value }) => [key, value])),
    ...(authScheme?.sharedSecret ? { [authScheme.key]: authScheme.sharedSecret } : {}),
    ...more,
  };
}

/** A program of this machine, or one that the universe's bindings name, may be called without TLS. */
export const isNearby = (address: string): boolean => NEARBY.test(address);

const NEARBY = /^(?:http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?=[:/]|$)|\$\{)/;

/** An address that may be called. Throws E0000001. */
export function addressOf(address: string | undefined, field: string): string {
  if (!address) throw blank(field);
  if (address.length > HOOK_URI_CHARS_MAX)
    throw invalid(field, `${field}: The field cannot exceed ${HOOK_URI_CHARS_MAX} characters`);
  if (/\s/.test(address) || !(isNearby(address) || isHttps(address)))
    throw invalid(field, `${field}: The endpoint must be a valid HTTPS URL.`);
  return address;
}

const isHttps = (address: string): boolean => /^https:\/\/./i.test(address) && URL.canParse(address);

function headerOf({ key, value }: HookHeader): HookHeader {
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(key)) throw invalid('headers', `headers: '${key}' is not a valid header`);
  return { key, value };
}

function schemeOf(
  scheme: { type?: string; key?: string; value?: string } | undefined,
  old: HookChannel | undefined,
): HookChannel['config']['authScheme'] {
  if (!scheme) return null;
  const { type = 'HEADER', key = '', value } = scheme;
  if (type.toUpperCase() !== 'HEADER')
    throw invalid('authScheme.type', 'authScheme.type: The authentication scheme type is not supported.');
  if (!key) throw blank('authScheme.key');
  const sharedSecret = value ?? old?.config.authScheme?.sharedSecret;
  return { type, key: headerOf({ key, value: '' }).key, ...(sharedSecret ? { sharedSecret } : {}) };
}

function oauthOf(world: World, input: ChannelInput | undefined, old: HookChannel | undefined): HookOAuth {
  const { clientId, tokenUrl, authType, scope, hookKeyId, clientSecret } = input?.config ?? {};
  const method = OAUTH_METHODS.find((one) => one === authType);
  if (!method) throw invalid('authType', 'authType: The authentication type is not supported.');
  if (!clientId) throw blank('clientId');
  const common = {
    clientId,
    tokenUrl: addressOf(tokenUrl, 'tokenUrl'),
    authType: method,
    scope: scope ?? null,
  };
  if (method === 'private_key_jwt') {
    if (!hookKeyId) throw blank('hookKeyId');
    if (!world.get(hookKeys, hookKeyId)) throw notFound(hookKeyId, 'HookKey');
    return { ...common, hookKeyId };
  }
  const sharedSecret = clientSecret ?? old?.config.oauth?.sharedSecret;
  if (!sharedSecret) throw blank('clientSecret');
  return { ...common, sharedSecret };
}

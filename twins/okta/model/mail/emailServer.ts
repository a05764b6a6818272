/**
 * SMTP servers of the org's own, one of which may send its mails: signed in to by password, or by a token of its own
 * authorization server. https://developer.okta.com/docs/guides/custom-smtp/main/
 */
import type { World } from '../../../../src/world/world.ts';
import { blank, invalid, notFound, notWellFormed, refuse } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { emailServers } from '../../world/delivery.ts';
import { users } from '../../world.ts';
import { recordChange, type Who } from '../log/log.ts';
import { keep } from './outgoing.ts';

/** How the org signs in to a server; its secrets are kept nowhere and never shown. */
export interface EmailServer {
  alias: string;
  host: string;
  port: number;
  id: string;
  username: string;
  enabled: boolean;
  authType?: EmailAuthType;
  clientId?: string;
  tokenEndpoint?: string;
  tokenEndpointAuthMethod?: string;
  scopes?: string[];
  audience?: string;
  issuer?: string;
  subject?: string;
  keyId?: string;
  signingAlgorithm?: string;
}

export type EmailServerInput = Partial<Omit<EmailServer, 'id' | 'authType'>> & {
  authType?: string;
  password?: string;
  clientSecret?: string;
  privateKey?: string;
};

type EmailAuthType = keyof typeof PARTS;
type Part = keyof EmailServerInput;

/** What each way of signing in needs besides what all do; `kept` is shown, `secret` is not. */
const PARTS: Readonly<Record<string, { kept: readonly Part[]; secret: Part }>> = {
  BASIC_SMTP_AUTH: { kept: [], secret: 'password' },
  OAUTH2_CLIENT_CREDENTIALS: {
    kept: ['clientId', 'tokenEndpoint', 'tokenEndpointAuthMethod', 'scopes'],
    secret: 'clientSecret',
  },
  OAUTH2_JWT_BEARER_GRANT: {
    kept: [
      'clientId',
      'tokenEndpoint',
      'scopes',
      'audience',
      'issuer',
      'subject',
      'keyId',
      'signingAlgorithm',
    ],
    secret: 'privateKey',
  },
};

const CHOICES: Readonly<Partial<Record<Part, readonly string[]>>> = {
  tokenEndpointAuthMethod: ['CLIENT_SECRET_BASIC', 'CLIENT_SECRET_POST'],
  signingAlgorithm: ['RS256'],
};

/** https://developer.okta.com/docs/api/openapi/okta-management/management/tag/EmailServer/ */
const SERVERS_MAX = 10;
const PORT_MAX = 65_535;
const HOST = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9.:-]*[a-z0-9])?$/i;
const ADDRESS = /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/;

/** The server with this id, or E0000007. */
export const findEmailServer = (world: World, id: string): EmailServer =>
  world.require(emailServers, id, () => notFound(id, 'EmailServer'));

/**
 * Adds a server. Throws E0000001 for missing or wrong parts, E0000222 for a second enabled one, E0000225 for too many.
 */
export function createEmailServer(world: World, who: Who, input: EmailServerInput | undefined): EmailServer {
  const sent = objectOf(input);
  const { alias, host, port, username, enabled = false } = sent;
  for (const [part, value] of Object.entries({ alias, host, port, username }))
    if (value === undefined || value === '') throw blank(part);
  const authType = authTypeOf(sent.authType ?? 'BASIC_SMTP_AUTH');
  const { secret } = PARTS[authType] as (typeof PARTS)[string];
  const own = ownParts(authType, sent);
  if (!sent[secret]) throw blank(secret);
  checkParts(sent);
  if (world.list(emailServers).count() >= SERVERS_MAX)
    throw refuse('E0000225', { args: [String(SERVERS_MAX)] });
  if (enabled) checkOnly(world);
  const row = world.insert(emailServers, {
    alias: alias as string,
    host: host as string,
    port: port as number,
    id: newId(world, 'ces'),
    username: username as string,
    enabled,
    ...(sent.authType === undefined ? {} : { authType, ...own }),
  });
  log(world, who, 'create', row);
  if (enabled) log(world, who, 'activate', row);
  return row;
}

/** Changes the parts that are sent; one that signs in by token must be told so again. */
export function updateEmailServer(
  world: World,
  who: Who,
  id: string,
  input: EmailServerInput | undefined,
): EmailServer {
  const old = findEmailServer(world, id);
  const sent = objectOf(input);
  const held = old.authType ?? 'BASIC_SMTP_AUTH';
  if (held !== 'BASIC_SMTP_AUTH' && sent.authType === undefined) throw blank('authType');
  const authType = authTypeOf(sent.authType ?? held);
  const isOther = authType !== held;
  const { secret } = PARTS[authType] as (typeof PARTS)[string];
  if (isOther && !sent[secret]) throw blank(secret);
  checkParts(sent);
  const own = ownParts(authType, isOther ? sent : { ...old, ...sent });
  if (sent.enabled && !old.enabled) checkOnly(world, id);
  const { alias, host, port, username, enabled } = { ...old, ...sent };
  const row = world.put(emailServers, {
    ...{ alias, host, port, id, username, enabled },
    ...(old.authType === undefined && sent.authType === undefined ? {} : { authType, ...own }),
  });
  log(world, who, 'update', row);
  if (enabled !== old.enabled) log(world, who, enabled ? 'activate' : 'deactivate', row);
  return row;
}

/** Removes a server. */
export function deleteEmailServer(world: World, who: Who, id: string): void {
  const row = findEmailServer(world, id);
  world.remove(emailServers, id);
  log(world, who, 'delete', row);
}

/**
 * Sends a mail by way of a server, whether it is on or off; who tests is shown it where the address is nobody's.
 * Throws E0000007, E0000001.
 */
export function testEmailServer(
  world: World,
  who: Who,
  id: string,
  input: { fromAddress?: string; toAddress?: string } | undefined,
): void {
  const { alias } = findEmailServer(world, id);
  const { fromAddress, toAddress } = input ?? {};
  for (const [field, value] of Object.entries({ fromAddress, toAddress })) {
    if (!value) throw blank(field);
    if (!ADDRESS.test(value)) throw invalid(field, `${field}: The field must be a valid email address`);
  }
  const to = toAddress as string;
  keep(world, {
    userId: world.list(users, { index: 'email', equals: to.toLowerCase() }).first()?.id ?? who.id,
    by: 'email',
    to,
    from: fromAddress as string,
    kind: 'EmailServerTest',
    subject: 'Okta SMTP server test',
    text: `This is a test mail of the SMTP server ${alias}.`,
    values: {},
  });
}

function objectOf(input: EmailServerInput | undefined): EmailServerInput {
  if (!input || typeof input !== 'object' || Array.isArray(input)) throw notWellFormed();
  return input;
}

function authTypeOf(sent: string): EmailAuthType {
  if (!Object.hasOwn(PARTS, sent))
    throw invalid('authType', 'authType: The authentication type is not valid');
  return sent;
}

/** What a way of signing in has of its own. */
function ownParts(authType: EmailAuthType, sent: EmailServerInput): Partial<EmailServer> {
  const parts = PARTS[authType]?.kept ?? [];
  for (const part of parts) {
    const value = sent[part];
    if (value === undefined || value === '' || (Array.isArray(value) && value.length === 0))
      throw blank(part);
    const choices = CHOICES[part];
    if (choices && !choices.includes(String(value))) throw invalid(part, `${part}: The value is not valid`);
  }
  return Object.fromEntries(parts.map((part) => [part, sent[part]])) as Partial<EmailServer>;
}

function checkParts({ host, port, tokenEndpoint }: EmailServerInput): void {
  if (host !== undefined && !HOST.test(host)) throw invalid('host', 'host: The host is not valid');
  if (port !== undefined && (!Number.isInteger(port) || port < 1 || port > PORT_MAX))
    throw invalid('port', 'port: The port is not valid');
  if (tokenEndpoint && !/^https:\/\/\S+$/.test(tokenEndpoint))
    throw invalid('tokenEndpoint', 'tokenEndpoint: The endpoint must be a valid HTTPS URL.');
}

function checkOnly(world: World, own?: string): void {
  if (world.list(emailServers, { where: (one) => one.enabled && one.id !== own }).first())
    throw refuse('E0000222');
}

function log(world: World, who: Who, verb: string, row: EmailServer): void {
  const thing = { id: row.id, type: 'CustomEmailServer', name: row.alias };
  recordChange(world, who, `system.custom_email_server.lifecycle.${verb}`, `Email server ${verb}`, thing);
}

/** API tokens: a person's powers for a program, as `Authorization: SSWS …`. */
import { createHash } from 'node:crypto';
import { BASE64URL } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import { blank, invalid, notFound, refuse } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { stamp } from '../../time.ts';
import { apiTokens, users, zones } from '../../world.ts';
import { LOOPBACK } from '../guard/address.ts';
import { zonesOf } from '../guard/zoneMatch.ts';
import { record, type Who } from '../log/log.ts';
import { type User, userTarget } from '../people/user.ts';
import { forgetPrincipal } from './rateLimit.ts';

/** A token in the vendor's shape; `hash`, `endsAt` and `generation` are not shown. */
export interface ApiToken {
  id: string;
  name: string;
  userId: string;
  clientName: string;
  tokenWindow: string;
  network: { connection: string; include?: string[]; exclude?: string[] };
  expiresAt: string;
  created: string;
  lastUpdated: string;
  hash: string;
  /** The moment from which on it is refused, in universe milliseconds; null for never, none for one that is kept alive by its use. */
  endsAt?: number | null;
  /** Counts how often its secret was renewed. */
  generation: number;
}

/** A token is good for 30 days after its last use. https://developer.okta.com/docs/guides/create-an-api-token/ */
const WINDOW_MS = 30 * 86_400_000;
/** Uses within a day of each other are noted as one. */
const NOTED_EVERY_MS = 86_400_000;
const SECRET_CHARS = 40;

/** Makes a token for a user, for good or for `lifeMs`; its secret is told once, by `secretOf`. */
export function createApiToken(world: World, who: Who, user: User, name: string, lifeMs?: number): ApiToken {
  const now = world.now();
  const id = newId(world, '00T');
  const token = world.insert(apiTokens, {
    id,
    name,
    userId: user.id,
    clientName: 'Okta API',
    tokenWindow: 'P30D',
    network: { connection: 'ANYWHERE' },
    expiresAt: stamp(now + (lifeMs ?? WINDOW_MS)),
    created: stamp(now),
    lastUpdated: stamp(now),
    hash: hashOf(secretText(world, id, 0)),
    ...(lifeMs === undefined ? {} : { endsAt: now + lifeMs }),
    generation: 0,
  });
  record(world, who, {
    eventType: 'system.api_token.create',
    displayMessage: 'Create API token',
    target: [tokenTarget(token), userTarget(user)],
  });
  return token;
}

/** The secret itself: `00` and 40 characters. */
export const secretOf = (world: World, token: ApiToken): string =>
  secretText(world, token.id, token.generation);

/** The token that this secret belongs to, whether or not it is still good. */
export const tokenBySecret = (world: World, secret: string): ApiToken | undefined =>
  world.list(apiTokens, { index: 'hash', equals: hashOf(secret) }).first();

/** Whether a token works now: its owner is active, and its life or the 30 days since its last use are not over. */
export const tokenWorks = (world: World, token: ApiToken): boolean => {
  const { endsAt = Date.parse(token.expiresAt) } = token;
  if (endsAt !== null && world.now() >= endsAt) return false;
  const status = world.get(users, token.userId)?.status;
  return status === 'ACTIVE' || status === 'PASSWORD_EXPIRED';
};

/** The token with this id, or E0000007. */
export const findApiToken = (world: World, id: string): ApiToken =>
  world.require(apiTokens, id, () => notFound(id, 'Token'));

/** Takes a token away at once, and what limited it. */
export function revokeApiToken(world: World, who: Who, id: string): void {
  const token = findApiToken(world, id);
  world.remove(apiTokens, id);
  forgetPrincipal(world, id);
  record(world, who, {
    eventType: 'system.api_token.revoke',
    displayMessage: 'Revoke API token',
    target: [tokenTarget(token)],
  });
}

/** What may be changed of a token. */
export interface ApiTokenInput {
  name?: string;
  network?: { connection?: string; include?: string[]; exclude?: string[] };
}

/** Limits where a token may be used from, or changes its owner's name for it. Throws E0000001. */
export function updateApiToken(
  world: World,
  who: Who,
  id: string,
  input: ApiTokenInput | undefined,
): ApiToken {
  findApiToken(world, id);
  if (input?.name === '') throw blank('name');
  const token = world.update(apiTokens, id, {
    ...(input?.name ? { name: input.name } : {}),
    ...(input?.network ? { network: networkOf(world, input.network) } : {}),
    lastUpdated: stamp(world.now()),
  });
  record(world, who, {
    eventType: 'system.api_token.update',
    displayMessage: 'Update API token',
    target: [tokenTarget(token)],
  });
  return token;
}

function networkOf(world: World, sent: NonNullable<ApiTokenInput['network']>): ApiToken['network'] {
  const { connection = 'ANYWHERE', include, exclude } = sent;
  if (connection === 'ANYWHERE') return { connection };
  if (connection !== 'ZONE')
    throw invalid('network.connection', 'network.connection: The network connection is not valid');
  const named = [...(include ?? []), ...(exclude ?? [])];
  if (named.length === 0)
    throw invalid('network', 'network: At least one network zone must be included or excluded');
  const unknown = named.find((id) => !OF_ALL.has(id) && !world.get(zones, id));
  if (unknown !== undefined) throw invalid('network', `network: There is no network zone '${unknown}'`);
  return { connection, ...(include ? { include } : {}), ...(exclude ? { exclude } : {}) };
}

/** What stands for all zones. */
const OF_ALL: ReadonlySet<string> = new Set(['ALL_IP_ZONES', 'ALL_ZONES']);

/** Whether a token may be used from an address. */
function isLetIn(world: World, { network }: ApiToken, ip: string): boolean {
  if (network.connection !== 'ZONE') return true;
  const around = zonesOf(world, ip);
  const isIn = (ids: readonly string[]) =>
    ids.some((id) => (OF_ALL.has(id) ? around.length > 0 : around.includes(id)));
  if (isIn(network.exclude ?? [])) return false;
  return !network.include || network.include.length === 0 || isIn(network.include);
}

/**
 * Notes the use of a token, which keeps it alive; once a day is enough. Throws E0000006 where it may not be used from
 * the address that it comes from.
 */
export function useApiToken(world: World, who: Who, id: string): void {
  const token = world.get(apiTokens, id);
  if (!token) return;
  if (!isLetIn(world, token, who.client?.ipAddress ?? LOOPBACK)) {
    record(world, who, {
      eventType: 'system.api_token.request_outside_allowed_range',
      displayMessage: 'API token used outside of its allowed network',
      target: [tokenTarget(token)],
      outcome: { result: 'DENY', reason: 'Request outside the allowed range' },
      severity: 'WARN',
    });
    throw refuse('E0000006', { keepsChanges: true });
  }
  const end = world.now() + WINDOW_MS;
  if (token.endsAt === undefined && end - Date.parse(token.expiresAt) >= NOTED_EVERY_MS)
    world.update(apiTokens, id, { expiresAt: stamp(end) });
}

/** Gives every token a new secret. */
export function renewApiTokens(world: World): void {
  for (const token of world.list(apiTokens).toArray()) {
    const generation = token.generation + 1;
    world.update(apiTokens, token.id, { generation, hash: hashOf(secretText(world, token.id, generation)) });
  }
}

const secretText = (world: World, id: string, generation: number): string =>
  `00${world.secret(['okta', 'apiToken', id, generation], SECRET_CHARS, BASE64URL)}`;

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

const tokenTarget = (token: ApiToken) => ({
  id: token.id,
  type: 'Token',
  alternateId: 'unknown',
  displayName: token.name,
  detailEntry: null,
});

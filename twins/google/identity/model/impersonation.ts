/**
 * IAM's service for short-lived credentials: who may create tokens for a service account gets what its key would get
 * them. https://cloud.google.com/iam/docs/reference/credentials/rest/v1/projects.serviceAccounts
 */
import { sign } from 'node:crypto';
import { jwt } from '../../../../src/jwt.ts';
import type { World } from '../../../../src/world/world.ts';
import { badField, googleError } from '../../errors.ts';
import { isScope, longScope } from '../scopes.ts';
import {
  type Account,
  accounts,
  administratorOf,
  type ServiceAccountKey,
  serviceAccountKeys,
} from '../world.ts';
import { idToken } from './idToken.ts';
import { issueAccessToken } from './token.ts';

/** Seconds; longer lives take an organisation's policy. */
const LIFETIME_SECONDS_MAX = 3_600;

/** The service account in whose name `caller` may act: the project's owner may, and the account itself. */
export function impersonated(world: World, caller: string, email: string, permission: string): Account {
  const account = world.get(accounts, email.toLowerCase());
  const may = [administratorOf(world).primaryEmail, account?.primaryEmail].includes(caller);
  if (account?.serviceAccount && may) return account;
  throw googleError('forbidden', {
    message: `Permission '${permission}' denied on resource (or it may not exist).`,
    details: [
      {
        '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
        reason: 'IAM_PERMISSION_DENIED',
        domain: 'iam.googleapis.com',
        metadata: { permission },
      },
    ],
  });
}

/** `generateAccessToken`. Throws `invalidArgument`. */
export function generateAccessToken(
  world: World,
  account: Account,
  { scope = [], lifetime = `${LIFETIME_SECONDS_MAX}s` }: { scope?: string[]; lifetime?: string },
): { accessToken: string; expireTime: string } {
  const seconds = Number(/^(\d+(?:\.\d+)?)s$/.exec(lifetime)?.[1] ?? Number.NaN);
  if (!(seconds > 0 && seconds <= LIFETIME_SECONDS_MAX))
    throw badField('The access token lifetime cannot exceed 3600 seconds.', 'lifetime');
  if (scope.length === 0 || !scope.every(isScope)) throw badField('Invalid scope.', 'scope');
  const token = issueAccessToken(
    world,
    { email: account.primaryEmail, clientId: account.id, scopes: scope.map(longScope) },
    seconds,
  );
  const expireTime = new Date(world.now() + seconds * 1_000).toISOString().replace(/\.\d+Z$/, 'Z');
  return { accessToken: token.token, expireTime };
}

/** `generateIdToken`. Throws `invalidArgument`. */
export function generateIdToken(
  world: World,
  account: Account,
  { audience, includeEmail }: { audience?: string; includeEmail?: boolean },
): { token: string } {
  if (!audience) throw badField('Audience must be specified.', 'audience');
  const letsOut = includeEmail ? {} : { scopes: [] };
  return { token: idToken(world, { email: account.primaryEmail, audience, ...letsOut }) };
}

/** `signBlob`: base64 in, base64 out. */
export function signBlob(world: World, account: Account, { payload = '' }: { payload?: string }) {
  const key = keyOf(world, account);
  const signature = sign('RSA-SHA256', Buffer.from(payload, 'base64'), world.rsaKey(key.lent).privateKey);
  return { keyId: key.keyId, signedBlob: signature.toString('base64') };
}

/** `signJwt`: the claims come as JSON in a text. Throws `invalidArgument`. */
export function signJwt(world: World, account: Account, { payload = '' }: { payload?: string }) {
  const key = keyOf(world, account);
  const claims = claimsIn(payload);
  if (!claims) throw badField('Payload must be a valid JSON object.', 'payload');
  const { privateKey } = world.rsaKey(key.lent);
  const options = { algorithm: 'RS256', keyid: key.keyId, noTimestamp: true } as const;
  return { keyId: key.keyId, signedJwt: jwt().sign(claims, privateKey, options) };
}

function claimsIn(payload: string): object | undefined {
  try {
    const value: unknown = JSON.parse(payload);
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** A key of the account's. Google keeps one of its own; here it is the first that was given out. */
function keyOf(world: World, { primaryEmail }: Account): ServiceAccountKey {
  const key = world.list(serviceAccountKeys, { index: 'email', equals: primaryEmail }).first();
  if (!key) throw googleError('notFound');
  return key;
}

/**
 * The Shared Signals receiver: a provider that the org trusts reports that somebody is at risk, by a signed token.
 * https://developer.okta.com/docs/api/openapi/okta-management/management/tag/SSFSecurityEventToken/, RFC 8935
 */
import { ApiError } from '../../../../src/error.ts';
import { isRecord, parsedObject } from '../../../../src/json.ts';
import { jwt } from '../../../../src/jwt.ts';
import type { World } from '../../../../src/world/world.ts';
import { securityEventsProviders, userRisks } from '../../world/security.ts';
import { users } from '../../world.ts';
import { record, type Who } from '../log/log.ts';
import type { SecurityEventsProvider } from '../log/securityEventsProvider.ts';
import { keysAt } from '../oauth/keySource.ts';
import { cryptoKey } from '../oauth/publicKey.ts';
import { type User, userByLogin, userTarget } from '../people/user.ts';
import { applyEntityRisk } from '../policies/entityRisk.ts';

const OKTA = 'https://schemas.okta.com/secevent/okta/event-type';
const CAEP = 'https://schemas.openid.net/secevent/caep/event-type';
const USER_RISK = `${OKTA}/user-risk-change`;

/** What providers may report. */
const KNOWN: ReadonlySet<string> = new Set([
  USER_RISK,
  `${OKTA}/device-risk-change`,
  `${OKTA}/ip-change`,
  `${CAEP}/session-revoked`,
  `${CAEP}/credential-change`,
  `${CAEP}/device-compliance-change`,
]);

const LEVELS: Readonly<Record<string, 'HIGH' | 'MEDIUM' | 'LOW'>> = {
  high: 'HIGH',
  medium: 'MEDIUM',
  low: 'LOW',
};

/** A refusal in the form of RFC 8935, 2.3: `{err, description}`. */
export const setRefused = (err: string, description: string): ApiError =>
  new ApiError({ name: err, status: 400, message: description, data: { set: true } });

/**
 * Takes a security event token in. Throws `invalid_request`, `invalid_issuer`, `invalid_key`, `invalid_audience`,
 * `authentication_failed`.
 */
export function receiveSet(world: World, token: string): void {
  const read = jwt().decode(token, { complete: true });
  const claims = read && isRecord(read.payload) ? read.payload : undefined;
  if (!read || !claims) throw setRefused('invalid_request', 'The security event token is not a valid JWT.');
  if (read.header.typ !== 'secevent+jwt')
    throw setRefused('invalid_request', 'The type of the security event token is not valid.');
  const provider = world
    .list(securityEventsProviders, {
      where: (one) => one.status === 'ACTIVE' && one.settings.issuer === claims.iss,
    })
    .first();
  if (!provider) throw setRefused('invalid_issuer', 'The issuer of the security event token is not known.');
  checkSignature(world, provider, token, read.header.kid);
  if (![claims.aud].flat().includes(world.base()))
    throw setRefused('invalid_audience', 'The audience of the security event token is not this org.');
  const events = isRecord(claims.events) ? Object.entries(claims.events) : [];
  if (events.length === 0) throw setRefused('invalid_request', 'The security event token has no events.');
  for (const [type, event] of events) {
    if (!KNOWN.has(type)) throw setRefused('invalid_request', `The event type ${type} is not supported.`);
    takeIn(world, provider, type, isRecord(event) ? event : {});
  }
}

function checkSignature(
  world: World,
  { settings }: SecurityEventsProvider,
  token: string,
  kid: string | undefined,
): void {
  const keys = keysAt(world, settings.jwks_url ?? '', kid);
  const key = keys.find((one) => one.kid === kid) ?? (kid === undefined ? keys[0] : undefined);
  if (!key) throw setRefused('invalid_key', 'The key of the security event token is not known.');
  try {
    jwt().verify(token, cryptoKey(key as unknown as Record<string, unknown>), {
      algorithms: ['RS256', 'ES256'],
      clockTimestamp: Math.floor(world.now() / 1_000),
    });
  } catch {
    throw setRefused('authentication_failed', 'The signature of the security event token is not valid.');
  }
}

function takeIn(
  world: World,
  provider: SecurityEventsProvider,
  type: string,
  event: Record<string, unknown>,
): void {
  const user = subjectOf(world, event);
  if (!user) throw setRefused('invalid_request', 'The subject of the event is not a user of this org.');
  const who: Who = {
    id: provider.id,
    type: 'PublicClientApp',
    alternateId: provider.settings.issuer ?? 'unknown',
    displayName: provider.name,
  };
  record(world, who, {
    eventType: 'security.events.provider.receive_event',
    displayMessage: 'Security events provider reported risk',
    target: [userTarget(user)],
    debugData: { eventType: type },
  });
  const level = LEVELS[String(event.current_level)];
  if (type !== USER_RISK || level === undefined) return;
  world.put(userRisks, {
    userId: user.id,
    riskLevel: level,
    reason: 'Security Events Provider Reported Risk',
  });
  record(world, who, {
    eventType: 'user.risk.change',
    displayMessage: 'User risk level changed',
    target: [userTarget(user)],
    debugData: { risk: `{level=${level}}` },
  });
  applyEntityRisk(world, user, level, ['SECURITY_EVENTS_PROVIDER_REPORTED_RISK']);
}

/** Whom an event is about: by address, by login, or by the id that this org gave them. */
function subjectOf(world: World, { subject }: Record<string, unknown>): User | undefined {
  const said = isRecord(subject) && isRecord(subject.user) ? subject.user : undefined;
  if (said?.format === 'email')
    return world.list(users, { index: 'email', equals: String(said.email).toLowerCase() }).first();
  if (said?.format === 'iss_sub')
    return world.get(users, String(said.sub)) ?? userByLogin(world, String(said.sub));
  return undefined;
}

/** Where a provider says its tokens come from and what signs them; nothing where it does not answer. */
export function providerFacts(world: World, url: string): { issuer?: string; jwks_url?: string } {
  const { status, body } = world.ask(`ssf ${url}`, { channel: 'fetch', event: 'ssf', to: url, payload: {} });
  const { issuer, jwks_uri: jwks } = (status === 200 ? parsedObject(body) : undefined) ?? {};
  return {
    ...(typeof issuer === 'string' ? { issuer } : {}),
    ...(typeof jwks === 'string' ? { jwks_url: jwks } : {}),
  };
}

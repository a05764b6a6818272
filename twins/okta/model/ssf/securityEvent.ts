/**
 * Security event tokens of the org: what the System Log says of sessions and credentials, as Shared Signals receivers
 * want to hear it. https://openid.net/specs/openid-caep-1_0.html, RFC 8417
 */
import { BASE64URL } from '../../../../src/ids.ts';
import { jwt } from '../../../../src/jwt.ts';
import type { World } from '../../../../src/world/world.ts';
import { ssfStreams } from '../../world/delivery.ts';
import { apps } from '../../world.ts';
import type { LogEvent } from '../log/log.ts';
import { clientIdOf } from '../oauth/client.ts';
import { publishedKeys } from '../oauth/signing.ts';
import type { SsfStream } from './ssfStream.ts';

const CAEP = 'https://schemas.openid.net/secevent/caep/event-type';
const SESSION_REVOKED = `${CAEP}/session-revoked`;
const CREDENTIAL_CHANGE = `${CAEP}/credential-change`;

export const EVENTS_SUPPORTED: readonly string[] = [SESSION_REVOKED, CREDENTIAL_CHANGE];

/** What an event of the System Log is to receivers. */
const TOLD: Readonly<Record<string, { type: string; more?: Record<string, string> }>> = {
  'user.session.clear': { type: SESSION_REVOKED },
  'user.session.end': { type: SESSION_REVOKED },
  'user.account.update_password': credential('password', 'update'),
  'user.account.reset_password': credential('password', 'revoke'),
  'user.mfa.factor.activate': credential('app', 'create'),
  'user.mfa.factor.update': credential('app', 'update'),
  'user.mfa.factor.deactivate': credential('app', 'delete'),
};

function credential(type: string, change: string): { type: string; more: Record<string, string> } {
  return { type: CREDENTIAL_CHANGE, more: { credential_type: type, change_type: change } };
}

/** Tells the receivers who asked for it of an event that is about somebody's session or credentials. */
export function transmit(world: World, event: LogEvent): void {
  const told = TOLD[event.eventType];
  if (!told || event.outcome.result !== 'SUCCESS') return;
  const user = event.target.find(({ type }) => type === 'User') ?? event.actor;
  const subject = { format: 'iss_sub', iss: world.base(), sub: user.id };
  for (const stream of world.list(ssfStreams).toArray()) {
    if (!stream.events_requested.includes(told.type)) continue;
    sendSet(world, stream, told.type, subject, {
      ...told.more,
      event_timestamp: Math.floor(Date.parse(event.published) / 1_000),
      initiating_entity: event.actor.id === user.id ? 'user' : 'admin',
      reason_admin: { en: event.displayMessage },
      subject: { user: subject },
    });
  }
}

/** Sends one event by a stream, signed with the key of the org's own server. */
export function sendSet(
  world: World,
  stream: SsfStream,
  type: string,
  subject: Record<string, string>,
  event: Record<string, unknown>,
): void {
  const claims = {
    iss: world.base(),
    jti: world.draw('okta.set').chars(BASE64URL, 22),
    iat: Math.floor(world.now() / 1_000),
    aud: audienceOf(world, stream),
    sub_id: subject,
    events: { [type]: event },
  };
  const keyid = publishedKeys(world, undefined)[0]?.kid ?? '';
  const header = { alg: 'RS256', typ: 'secevent+jwt' } as const;
  world.emit({
    channel: 'securityEvent',
    event: type,
    to: stream.delivery.endpoint_url,
    app: stream.stream_id,
    payload: {
      authorization: stream.sharedSecret,
      token: jwt().sign(claims, world.rsaKey(0).privateKey, { algorithm: 'RS256', keyid, header }),
    },
  });
}

/** Whom the tokens are for: the client that the stream belongs to. */
export function audienceOf(world: World, { appId }: SsfStream): string {
  const app = world.get(apps, appId);
  return app ? clientIdOf(app) : appId;
}

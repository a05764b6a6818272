/** What keeps requests out by where they come from, before anything else is asked: blocked zones and ThreatInsight. */
import { type Call, type Endpoint, reply } from '../../src/twin.ts';
import type { World } from '../../src/world/world.ts';
import { clientOf } from './client.ts';
import { refusalBody, refuse } from './errors.ts';
import { threatOf } from './model/guard/threatInsight.ts';
import type { Zone } from './model/guard/zone.ts';
import { blockingZone } from './model/guard/zoneMatch.ts';
import { type LogInput, type LogParty, record, type Who } from './model/log/log.ts';
import type { Client } from './model/policies/policyContext.ts';

/**
 * The endpoints, each of which first looks at where a request comes from: one from a blocked zone gets 403 E0000006
 * whatever it asks for, one that signs in from an address that ThreatInsight blocks too, and the System Log tells.
 * https://help.okta.com/oie/en-us/content/topics/security/healthinsight/blocklist-network-zone.htm
 */
export const guarded = (endpoints: readonly Endpoint[]): Endpoint[] =>
  endpoints.map((one) => ({
    ...one,
    handle: (call: Call) => {
      if (isKeptOut(call.world, clientOf(call.world, call.request.headers), one))
        return reply({ status: 403, body: refusalBody(call.world, refuse('E0000006')) });
      return one.handle(call);
    },
  }));

function isKeptOut(world: World, client: Client, endpoint: Endpoint): boolean {
  const zone = blockingZone(world, client.ipAddress);
  if (zone) {
    tell(world, client, 'security.request.blocked', 'Blocked request from IP', [ofZone(zone)]);
    return true;
  }
  // Only who is not signed in yet is asked for: attacks are on the ways to sign in.
  const action = endpoint.auth === 'none' ? threatOf(world, client.ipAddress) : 'none';
  if (action === 'none') return false;
  tell(world, client, 'security.threat.detected', 'Request from suspicious actor', [], {
    result: action === 'block' ? 'DENY' : 'ALLOW',
    reason: 'Password Spray',
  });
  return action === 'block';
}

function tell(
  world: World,
  client: Client,
  eventType: string,
  displayMessage: string,
  target: LogParty[],
  outcome: LogInput['outcome'] = { result: 'DENY', reason: null },
): void {
  const who: Who = {
    id: client.ipAddress,
    type: 'SystemPrincipal',
    alternateId: 'unknown',
    displayName: client.ipAddress,
    client,
  };
  record(world, who, { eventType, displayMessage, target, outcome, severity: 'WARN' });
}

const ofZone = ({ id, name }: Zone): LogParty => ({
  id,
  type: 'NetworkZone',
  alternateId: 'unknown',
  displayName: name,
  detailEntry: null,
});

/** What the conditions of policies are asked about: who asks, from where, with what. */
import type { World } from '../../../../src/world/world.ts';
import { userRisks } from '../../world/security.ts';
import { membershipsOf } from '../groups/group.ts';
import { addressFacts } from '../guard/address.ts';
import { type Device, devicesOf } from '../guard/device.ts';
import { assurancesMet } from '../guard/deviceCompliance.ts';
import { type Platform, platformOf } from '../guard/platform.ts';
import { behaviorsShown } from '../guard/signInTrace.ts';
import { zonesOf } from '../guard/zoneMatch.ts';
import type { User } from '../people/user.ts';

export type RiskLevel = 'LOW' | 'MEDIUM' | 'HIGH';

/** The device somebody signs in from, as conditions see it; `assurances` are the policies that it satisfies. */
export interface DeviceContext {
  platform?: string;
  registered: boolean;
  managed: boolean;
  assurances: readonly string[];
}

/** The circumstances of a sign-in or request. What is undefined is not known: no condition on it can be judged. */
export interface PolicyContext {
  user?: User;
  groupIds?: readonly string[];
  /** Zones that the client is in. */
  zoneIds?: readonly string[];
  /** How dangerous this sign-in is. */
  risk?: RiskLevel;
  /** How dangerous the person is. */
  userRisk?: RiskLevel;
  /** What has been detected about the person, as `BRUTE_FORCE_ATTACK`. */
  detections?: readonly string[];
  /** Ids of the behaviours that this sign-in shows. */
  behaviors?: readonly string[];
  device?: DeviceContext;
  platform?: Platform;
  authType?: 'ANY' | 'RADIUS' | 'LDAP_INTERFACE';
  /** `OKTA`, or the id of the identity provider that vouches. */
  idpId?: string;
  app?: { id: string; name: string };
  /** What somebody typed to say who they are. */
  identifier?: string;
}

/** Where a request came from, as the System Log has it too (`Who.client`). */
export interface Client {
  ipAddress: string;
  userAgent: string;
}

/**
 * The circumstances of a request by `client`, made by or for `user`. What a caller knows better goes into `more`:
 * `app`, `identifier`, `authType`, `idpId`.
 */
export function contextOf(
  world: World,
  client: Client,
  user?: User,
  more: Partial<PolicyContext> = {},
): PolicyContext {
  const platform = platformOf(client.userAgent);
  return {
    zoneIds: zonesOf(world, client.ipAddress),
    risk: addressFacts(world, client.ipAddress).risk ?? 'LOW',
    platform,
    authType: 'ANY',
    idpId: 'OKTA',
    identifier: user?.profile.login ?? '',
    ...(user ? ofUser(world, user, platform) : {}),
    behaviors: user ? behaviorsShown(world, user.id, client) : [],
    ...more,
  };
}

function ofUser(world: World, user: User, platform: Platform): Partial<PolicyContext> {
  const device = devicesOf(world, user.id).find((one) => isUsable(one, platform));
  return {
    user,
    groupIds: membershipsOf(world, user.id).map(({ groupId }) => groupId),
    userRisk: levelOf(world.get(userRisks, user.id)?.riskLevel),
    detections: [],
    device: device
      ? {
          platform: device.profile.platform,
          registered: true,
          managed: device.managed ?? false,
          assurances: assurancesMet(world, device),
        }
      : { registered: false, managed: false, assurances: [] },
  };
}

/** The device that somebody signs in from is one that they have set up, of the platform that their browser names. */
const isUsable = ({ status, profile }: Device, { os }: Platform): boolean =>
  status === 'ACTIVE' && profile.platform === os;

const levelOf = (said: string | undefined): RiskLevel =>
  said === 'HIGH' || said === 'MEDIUM' ? said : 'LOW';

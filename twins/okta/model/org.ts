/** The org: its own settings, and the ids that hang on it. */
import type { World } from '../../../src/world/world.ts';
import { stamp } from '../time.ts';
import { org, orgs } from '../world.ts';
import { recordChange, type Who } from './log.ts';

/** What clients may change of an org. */
export interface OrgSettings {
  companyName: string;
  website: string;
  phoneNumber: string;
  endUserSupportHelpURL: string;
  supportPhoneNumber: string;
  address1: string | null;
  address2: string | null;
  city: string | null;
  state: string | null;
  country: string | null;
  postalCode: string | null;
}

export interface Org extends OrgSettings {
  id: string;
  subdomain: string;
  status: 'ACTIVE';
  expiresAt: string | null;
  created: string;
  lastUpdated: string;
  /** The realm that users are in unless said otherwise. */
  defaultRealmId: string;
  /** What tokens are issued by, where the world says so; else the address of the request. */
  issuer: string | null;
  showEndUserFooter: boolean;
  optOutEmailUsers: boolean;
  /** When Okta's support staff loses its access; null where it has none. */
  supportUntil: string | null;
  contacts: Record<string, string>;
  rateLimits: {
    adminNotifications: { notificationsEnabled: boolean };
    perClient: Record<string, unknown>;
    warningThreshold: { warningThreshold: number };
  };
}

const SETTINGS: readonly (keyof OrgSettings)[] = [
  'companyName',
  'website',
  'phoneNumber',
  'endUserSupportHelpURL',
  'supportPhoneNumber',
  'address1',
  'address2',
  'city',
  'state',
  'country',
  'postalCode',
];

/** Changes the settings that are sent (`merge`) or all of them (`replace`). */
export function changeOrg(world: World, input: Partial<OrgSettings>, how: 'merge' | 'replace'): Org {
  const old = org(world);
  const set = Object.fromEntries(
    SETTINGS.filter((name) => how === 'replace' || input[name] !== undefined).map((name) => [
      name,
      input[name] ?? (name === 'companyName' ? old.companyName : typeof old[name] === 'string' ? '' : null),
    ]),
  );
  return world.update(orgs, 'org', { ...set, lastUpdated: stamp(world.now()) });
}

/** Changes what else hangs on the org: preferences, privacy, contacts, rate limit settings. */
export const setOrg = (world: World, change: Partial<Org>): Org => world.update(orgs, 'org', change);

/** Support staff has access for this long, and for as long again when it is extended. */
const SUPPORT_MS = 8 * 3_600_000;
const EXTENSION_MS = 24 * 3_600_000;

/** Whether Okta's support staff may look into the org now. */
export const supportIsOn = (world: World): boolean => {
  const until = org(world).supportUntil;
  return until !== null && Date.parse(until) > world.now();
};

/** Lets support staff in, lets them stay longer, or ends it. */
export function setSupport(world: World, who: Who, action: 'grant' | 'extend' | 'revoke'): Org {
  const { id, companyName, supportUntil } = org(world);
  const from = action === 'extend' && supportUntil !== null ? Date.parse(supportUntil) : world.now();
  const ms = action === 'extend' ? EXTENSION_MS : SUPPORT_MS;
  recordChange(world, who, `user.session.impersonation.${action}`, `Okta support access ${action}`, {
    id,
    type: 'Org',
    name: companyName,
  });
  return setOrg(world, { supportUntil: action === 'revoke' ? null : stamp(from + ms) });
}

/** Changes one part of the rate limit settings, and returns it. */
export function setRateLimits<K extends keyof Org['rateLimits']>(
  world: World,
  who: Who,
  part: K,
  value: Org['rateLimits'][K],
): Org['rateLimits'][K] {
  recordChange(world, who, 'system.rate_limit.configuration.update', 'Update rate limit configuration', {
    id: org(world).id,
    type: 'RateLimitConfiguration',
    name: part,
  });
  return setOrg(world, { rateLimits: { ...org(world).rateLimits, [part]: value } }).rateLimits[part];
}

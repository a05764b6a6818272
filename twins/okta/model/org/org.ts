/** The org: its own settings, and the ids that hang on it. */
import type { World } from '../../../../src/world/world.ts';
import { blank, invalid, notFound } from '../../errors.ts';
import { stamp } from '../../time.ts';
import { org, orgs, users } from '../../world.ts';
import { recordChange, type Who } from '../log/log.ts';
import { isWebAddress } from '../look/brand.ts';
import { findUser, type User } from '../people/user.ts';
import type { OrgAdmin } from './orgAdmin.ts';
import type { ClientMode, UseCase } from './rateLimit.ts';

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
  admin: OrgAdmin;
  rateLimits: {
    adminNotifications: { notificationsEnabled: boolean };
    perClient: { defaultMode: ClientMode; useCaseModeOverrides?: Partial<Record<UseCase, ClientMode>> };
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

/**
 * Changes the settings that are sent (`merge`) or all of them (`replace`). Throws E0000001 for an address that is none,
 * and for texts that are too long.
 */
export function changeOrg(world: World, input: Partial<OrgSettings>, how: 'merge' | 'replace'): Org {
  const old = org(world);
  for (const name of SETTINGS) if (input[name]) checkSetting(name, input[name]);
  const set = Object.fromEntries(
    SETTINGS.filter((name) => how === 'replace' || input[name] !== undefined).map((name) => [
      name,
      input[name] ?? (name === 'companyName' ? old.companyName : typeof old[name] === 'string' ? '' : null),
    ]),
  );
  return world.update(orgs, 'org', { ...set, lastUpdated: stamp(world.now()) });
}

const SETTING_CHARS_MAX = 255;

function checkSetting(name: keyof OrgSettings, value: string): void {
  if (value.length > SETTING_CHARS_MAX)
    throw invalid(name, `${name}: The field cannot exceed ${SETTING_CHARS_MAX} characters`);
  if ((name === 'website' || name === 'endUserSupportHelpURL') && !isWebAddress(value))
    throw invalid(name, `${name}: The URL is not valid`);
}

/** The kinds of people that the vendor wants to know of. */
export const CONTACT_TYPES = ['BILLING', 'TECHNICAL'] as const;

/** Whom the vendor turns to. Throws E0000007 for another kind, or where that person is gone. */
export function contactOf(world: World, type: string): User {
  const id = CONTACT_TYPES.some((one) => one === type) ? org(world).contacts[type] : undefined;
  const user = id === undefined ? undefined : world.get(users, id);
  if (!user) throw notFound(type, 'OrgContact');
  return user;
}

/** Says whom the vendor turns to. Throws E0000007 for another kind or an unknown person, E0000001 for a deactivated one. */
export function setContact(world: World, type: string, userId: string | undefined): User {
  if (!CONTACT_TYPES.some((one) => one === type)) throw notFound(type, 'OrgContact');
  if (!userId) throw blank('userId');
  const user = findUser(world, userId);
  if (user.status === 'DEPROVISIONED') throw invalid('userId', 'userId: The user is not active');
  setOrg(world, { contacts: { ...org(world).contacts, [type]: user.id } });
  return user;
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

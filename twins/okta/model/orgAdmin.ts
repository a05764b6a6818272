/** What an org arranged about its administrators, the vendor's own apps, and who may manage it from outside. */
import type { World } from '../../../src/world/world.ts';
import { invalid, notFound, notWellFormed } from '../errors.ts';
import { stamp } from '../time.ts';
import { org } from '../world.ts';
import { recordChange, type Who } from './log.ts';
import { setOrg } from './org.ts';

/** Settings about administrators, by the names that they have on the wire. */
export interface AdminSettings {
  thirdPartyAdmin: boolean;
  autoAssignAdminAppSetting: boolean;
  clientPrivilegesSetting: boolean;
}

/** How long people stay in the admin console, in minutes. */
export interface AdminConsoleSettings {
  sessionIdleTimeoutMinutes: number;
  sessionMaxLifetimeMinutes: number;
}

/** What people may do with Okta Personal. */
export interface PersonalSettings {
  enableExportApps: boolean;
  enableEnduserEntryPoints: boolean;
  blockedDomains: readonly string[];
}

/** An account at the vendor that may manage the org. */
export interface AerialConsent {
  accountId: string;
  grantedBy: string;
  grantedDate: string;
}

/** All of it, as a new org has it. */
export interface OrgAdmin {
  settings: AdminSettings;
  adminConsole: AdminConsoleSettings;
  personal: PersonalSettings;
  aerial: AerialConsent | null;
}

export const NEW_ORG_ADMIN: OrgAdmin = {
  settings: { thirdPartyAdmin: false, autoAssignAdminAppSetting: true, clientPrivilegesSetting: false },
  adminConsole: { sessionIdleTimeoutMinutes: 15, sessionMaxLifetimeMinutes: 720 },
  personal: { enableExportApps: true, enableEnduserEntryPoints: true, blockedDomains: [] },
  aerial: null,
};

/** Turns one setting on or off. Throws E0000003 for anything else. */
export function setAdminSetting<K extends keyof AdminSettings>(
  world: World,
  name: K,
  input: Partial<AdminSettings> | undefined,
): Pick<AdminSettings, K> {
  const value = input?.[name];
  if (typeof value !== 'boolean') throw notWellFormed();
  const admin = change(world, { settings: { ...org(world).admin.settings, [name]: value } });
  return { [name]: admin.settings[name] } as Pick<AdminSettings, K>;
}

/** The vendor's own apps that have settings. */
const ADMIN_CONSOLE = 'admin-console';
/** The longest that somebody may be idle, and stay at all, in minutes. */
const IDLE_MINUTES_MAX = 720;
const LIFETIME_MINUTES_MAX = 10_080;
const MINUTES_MIN = 5;

/** The settings of one of the vendor's own apps. Throws E0000007. */
export function firstPartySettings(world: World, appName: string): AdminConsoleSettings {
  if (appName !== ADMIN_CONSOLE) throw notFound(appName, 'AppInstance');
  return org(world).admin.adminConsole;
}

/** Replaces them; what is left out is as it is in a new org. Throws E0000001 for minutes beyond the vendor's bounds. */
export function setFirstPartySettings(
  world: World,
  who: Who,
  appName: string,
  input: Partial<AdminConsoleSettings> | undefined,
): AdminConsoleSettings {
  firstPartySettings(world, appName);
  if (!input || typeof input !== 'object') throw notWellFormed();
  const adminConsole = { ...NEW_ORG_ADMIN.adminConsole, ...input };
  checkMinutes('sessionIdleTimeoutMinutes', adminConsole.sessionIdleTimeoutMinutes, IDLE_MINUTES_MAX);
  checkMinutes('sessionMaxLifetimeMinutes', adminConsole.sessionMaxLifetimeMinutes, LIFETIME_MINUTES_MAX);
  const thing = { id: org(world).id, type: 'AppInstance', name: appName };
  recordChange(world, who, 'application.lifecycle.update', 'Update application', thing);
  return change(world, { adminConsole }).adminConsole;
}

function checkMinutes(name: string, minutes: number, max: number): void {
  if (!Number.isInteger(minutes) || minutes < MINUTES_MIN || minutes > max)
    throw invalid(name, `${name}: The value must be between ${MINUTES_MIN} and ${max}`);
}

/** Replaces what people may do with Okta Personal. */
export function setPersonal(
  world: World,
  input: Partial<Omit<PersonalSettings, 'blockedDomains'>> | undefined,
): void {
  if (!input) throw notWellFormed();
  const old = org(world).admin.personal;
  const { enableExportApps = old.enableExportApps } = input;
  const { enableEnduserEntryPoints = old.enableEnduserEntryPoints } = input;
  const personal = { ...old, enableExportApps, enableEnduserEntryPoints };
  change(world, { personal });
}

const DOMAINS_MAX = 250;
const DOMAIN = /^([a-z0-9-]+\.)+[a-z]{2,}$/i;

/** Replaces the domains whose people take no apps along. Throws E0000001 for what is no domain. */
export function setBlockedDomains(world: World, input: { domains?: string[] } | undefined): void {
  const domains = input?.domains;
  if (!domains) throw invalid('domains', 'domains: The field cannot be left blank');
  const bad = domains.find((one) => !DOMAIN.test(one));
  if (bad !== undefined) throw invalid('domains', `domains: ${bad} is not a valid domain`);
  if (domains.length > DOMAINS_MAX)
    throw invalid('domains', `domains: There can be at most ${DOMAINS_MAX} domains`);
  const personal = { ...org(world).admin.personal, blockedDomains: [...new Set(domains)] };
  change(world, { personal });
}

/** Who may manage the org from outside. Throws E0000007 where nobody may. */
export function aerialConsent(world: World): AerialConsent {
  const found = org(world).admin.aerial;
  if (!found) throw notFound('grant', 'String');
  return found;
}

const ACCOUNT = /^[0-9a-z]{20,32}$/;

/** Lets an account manage the org. Throws E0000001 for an id that is none, and where there is an account already. */
export function grantAerial(world: World, who: Who, accountId: string | undefined): AerialConsent {
  if (!ACCOUNT.test(accountId ?? '')) throw invalid('account', 'Invalid aerial account ID.');
  if (org(world).admin.aerial)
    throw invalid('account', 'The org already has a consent grant added to Aerial.');
  const aerial = {
    accountId: accountId as string,
    grantedBy: who.id,
    grantedDate: stamp(world.now()),
  };
  change(world, { aerial });
  return aerial;
}

/** Lets it no more. Throws E0000001 for another account than the one that may. */
export function revokeAerial(world: World, accountId: string | undefined): void {
  if (aerialConsent(world).accountId !== accountId) throw invalid('account', 'Invalid aerial account ID.');
  change(world, { aerial: null });
}

function change(world: World, part: Partial<OrgAdmin>): OrgAdmin {
  return setOrg(world, { admin: { ...org(world).admin, ...part } }).admin;
}

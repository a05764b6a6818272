/** What an org arranged about its administrators, Okta Personal, and who may manage it from outside. */
import type { World } from '../../../../src/world/world.ts';
import { invalid, notFound, notWellFormed } from '../../errors.ts';
import { stamp } from '../../time.ts';
import { org } from '../../world.ts';
import type { Who } from '../log/log.ts';
import { setOrg } from './org.ts';

/** Settings about administrators, by the names that they have on the wire. */
export interface AdminSettings {
  thirdPartyAdmin: boolean;
  autoAssignAdminAppSetting: boolean;
  clientPrivilegesSetting: boolean;
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
  personal: PersonalSettings;
  aerial: AerialConsent | null;
}

export const NEW_ORG_ADMIN: OrgAdmin = {
  settings: { thirdPartyAdmin: false, autoAssignAdminAppSetting: true, clientPrivilegesSetting: false },
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

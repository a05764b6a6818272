/** Methods of authenticators: the ways in which one can be used, each on or off, with settings of its own. */
import { HEX } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import { invalid, notFound, notWellFormed, refuse } from '../../errors.ts';
import { stamp } from '../../time.ts';
import { dnsRecords } from '../../world/delivery.ts';
import { authenticators, policyRules } from '../../world.ts';
import type { Who } from '../log/log.ts';
import type { PolicyRule } from '../policies/policyRule.ts';
import { type Form, inForm } from '../policies/policyShape.ts';
import {
  type Authenticator,
  checkPhishingResistant,
  findAuthenticator,
  logAuthenticator,
} from './authenticator.ts';
import { KINDS } from './authenticatorKind.ts';

type Parts = Record<string, unknown>;
type Status = Authenticator['status'];

/** A method in the vendor's shape, less links; `settings` where its kind has some. */
export interface AuthenticatorMethod {
  type: string;
  status: Status;
  settings?: Parts;
  [more: string]: unknown;
}

/** What has been said of a method; the rest is as it is at first. */
export interface MethodChange {
  status?: Status;
  settings?: Parts;
  [more: string]: unknown;
}

/** The methods of an authenticator. */
export const methodsOf = (row: Authenticator): AuthenticatorMethod[] =>
  (KINDS[row.key]?.methods ?? []).map((type) => methodOf(row, type));

/** One method of an authenticator. Throws E0000007 for an authenticator or method that is not there. */
export function findMethod(world: World, id: string, type: string): [Authenticator, AuthenticatorMethod] {
  const row = findAuthenticator(world, id);
  if (!KINDS[row.key]?.methods.includes(type)) throw notFound(type, 'AuthenticatorMethod');
  return [row, methodOf(row, type)];
}

function methodOf(row: Authenticator, type: string): AuthenticatorMethod {
  const kind = `${row.key}/${type}`;
  const { status, settings, ...more } = row.methods?.[type] ?? {};
  const first = SETTINGS[kind];
  const own = status ?? (OFF_AT_FIRST.has(kind) ? 'INACTIVE' : 'ACTIVE');
  return {
    type,
    status: row.status === 'ACTIVE' ? own : 'INACTIVE',
    ...(settings || first ? { settings: { ...first, ...settings } } : {}),
    ...more,
  };
}

/** Whether a method is turned on and off by itself. */
export const turns = (row: Authenticator, type: string): boolean => TURNED.has(`${row.key}/${type}`);

const TURNED: ReadonlySet<string> = new Set([
  ...['okta_verify/push', 'okta_verify/signed_nonce', 'phone_number/sms', 'phone_number/voice'],
]);
/** Off until somebody turns them on. */
const OFF_AT_FIRST: ReadonlySet<string> = new Set([
  ...['okta_verify/push', 'okta_verify/signed_nonce', 'phone_number/voice'],
]);

/** Settings as they are at first. */
const SETTINGS: Readonly<Record<string, Parts>> = {
  'okta_verify/totp': {
    timeIntervalInSeconds: 30,
    encoding: 'Base32',
    algorithm: 'HMACSHA1',
    passCodeLength: 6,
  },
  'okta_verify/push': { algorithms: ['ES256', 'RS256'], keyProtection: 'ANY', transactionTypes: ['LOGIN'] },
  'okta_verify/signed_nonce': {
    algorithms: ['ES256', 'RS256'],
    keyProtection: 'ANY',
    showSignInWithOV: 'NEVER',
  },
  'custom_app/push': { algorithms: ['RS256', 'ES256'], keyProtection: 'ANY', transactionTypes: ['LOGIN'] },
  'webauthn/webauthn': { userVerification: 'DISCOURAGED', attachment: 'ANY' },
};

const SETTINGS_FORM: Form = {
  userVerification: 1,
  userVerificationForVerify: 1,
  residentKeyRequirement: 1,
  showSignInWithAPasskeyButton: 1,
  certBasedAttestationValidation: 1,
  allowSyncablePasskeys: 1,
  hardwareProtected: 1,
  fipsCompliant: 1,
  attachment: 1,
  aaguidGroups: { name: 1, aaguids: 1 },
  rpId: 1,
};

/** Words that a setting of a method may hold. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  algorithms: ['ES256', 'RS256'],
  transactionTypes: ['LOGIN', 'CIBA'],
  keyProtection: ['ANY', 'HARDWARE'],
  showSignInWithOV: ['ALWAYS', 'NEVER'],
  userVerification: ['DISCOURAGED', 'PREFERRED', 'REQUIRED'],
  userVerificationForVerify: ['DISCOURAGED', 'PREFERRED', 'REQUIRED'],
  attachment: ['ANY', 'BUILT_IN', 'ROAMING'],
};

/**
 * Replaces the settings of a method. Throws E0000003 for a word that there is not, E0000001 for another type than the
 * method's, and for groups of models (AAGUIDs) with the same name.
 */
export function replaceMethod(
  world: World,
  who: Who,
  id: string,
  type: string,
  input: Parts | undefined,
): [Authenticator, AuthenticatorMethod] {
  const [row] = findMethod(world, id, type);
  if (!input || typeof input !== 'object' || Array.isArray(input)) throw notWellFormed();
  if (input.type !== undefined && input.type !== type)
    throw invalid('type', 'type: The type of a method cannot be changed.');
  const settings = (input.settings ?? undefined) as Parts | undefined;
  for (const [name, allowed] of Object.entries(WORDS))
    for (const value of [settings?.[name] ?? []].flat())
      if (!allowed.includes(value as string)) throw notWellFormed();
  const names = ((settings?.aaguidGroups ?? []) as { name?: string }[]).map(({ name }) => name);
  if (new Set(names).size < names.length || names.includes(undefined))
    throw invalid('aaguidGroups', 'aaguidGroups: Every group needs a name of its own');
  const { type: _, status: __, settings: ___, _links, ...more } = input;
  const rpId = settings?.rpId ? relyingParty(world, row, settings.rpId as RpId) : undefined;
  return put(world, who, row, type, {
    ...row.methods?.[type],
    ...more,
    ...(settings
      ? { settings: inForm(SETTINGS_FORM, { ...settings, ...(rpId ? { rpId } : {}) }) as Parts }
      : {}),
  });
}

/** Turns a method on or off. Throws E0000246, E0000174 or E0000219 where rules of policies need it. */
export function setMethodStatus(
  world: World,
  who: Who,
  id: string,
  type: string,
  status: Status,
): [Authenticator, AuthenticatorMethod] {
  const [row, method] = findMethod(world, id, type);
  if (!turns(row, type)) throw invalid('api.authenticator.error.unsupported.method.lifecycle');
  if (status === 'INACTIVE' && method.status === 'ACTIVE') checkUnneeded(world, row, type);
  return put(world, who, row, type, { ...row.methods?.[type], status });
}

function checkUnneeded(world: World, row: Authenticator, type: string): void {
  const rules = world.list(policyRules, { where: (one) => one.type === 'ACCESS_POLICY' }).toArray();
  const naming = rules.filter((rule) => usesMethod(rule, row.key, type));
  if (naming.length > 0) throw refuse('E0000246', { args: [naming.map(({ name }) => name).join(', ')] });
  if (type !== 'signed_nonce') return;
  if (rules.some(({ conditions }) => (conditions?.device as Parts | undefined)?.registered === true))
    throw refuse('E0000174');
  const rest = world
    .list(authenticators)
    .toArray()
    .filter((one) => one.id !== row.id);
  checkPhishingResistant(world, rest);
}

/** Whether a rule's constraints or chains name a method of a kind of authenticator. */
function usesMethod({ actions }: PolicyRule, key: string, method: string): boolean {
  const walk = (value: unknown): boolean => {
    if (typeof value !== 'object' || value === null) return false;
    const one = value as Parts;
    return (one.key === key && one.method === method) || Object.values(one).some(walk);
  };
  return walk(actions.appSignOn);
}

interface RpId {
  enabled?: boolean;
  domain?: { name?: string };
}

/** A domain that WebAuthn keys belong to; a record in its DNS proves whose it is. */
function relyingParty(world: World, row: Authenticator, { enabled = false, domain }: RpId): Parts {
  if (!domain?.name) return { enabled };
  const { name } = domain;
  const old = (row.methods?.webauthn?.settings?.rpId as { domain?: { name?: string } } | undefined)?.domain;
  if (old?.name === name) return { enabled, domain: old };
  return {
    enabled,
    domain: {
      name,
      validationStatus: 'NOT_STARTED',
      dnsRecord: {
        recordType: 'TXT',
        fqdn: `_oktaverification.${name}`,
        verificationValue: world.drawFor('okta.rpId', row.id, name).chars(HEX, 32),
      },
    },
  };
}

/** Asks the DNS whether the domain of the keys is the org's. Throws E0000001 where it is not, or none is set. */
export function verifyRpIdDomain(world: World, who: Who, id: string, type: string): void {
  const [row, method] = findMethod(world, id, type);
  const rpId = method.settings?.rpId as { enabled: boolean; domain?: VerifiedDomain } | undefined;
  if (!rpId?.domain) throw invalid('rpId', 'rpId: No RP ID domain is configured');
  const { fqdn, verificationValue } = rpId.domain.dnsRecord;
  if (world.get(dnsRecords, fqdn)?.value !== verificationValue)
    throw invalid('rpId', `rpId: The DNS record ${fqdn} could not be verified`);
  const domain = { ...rpId.domain, validationStatus: 'VERIFIED' };
  const settings = { ...row.methods?.[type]?.settings, rpId: { ...rpId, domain } };
  put(world, who, row, type, { ...row.methods?.[type], settings });
}

interface VerifiedDomain {
  name: string;
  validationStatus: string;
  dnsRecord: { fqdn: string; verificationValue: string };
}

function put(
  world: World,
  who: Who,
  row: Authenticator,
  type: string,
  change: MethodChange,
): [Authenticator, AuthenticatorMethod] {
  const changed = world.update(authenticators, row.id, {
    methods: { ...row.methods, [type]: change },
    lastUpdated: stamp(world.now()),
  });
  logAuthenticator(world, who, 'update', changed);
  return [changed, methodOf(changed, type)];
}

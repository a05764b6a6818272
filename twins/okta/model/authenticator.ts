/** Authenticators: the means by which people prove who they are. */
import type { World } from '../../../src/world/world.ts';
import { invalid, notFound, notWellFormed, refuse } from '../errors.ts';
import { newId } from '../ids.ts';
import { stamp } from '../time.ts';
import { authenticators } from '../world.ts';
import { policiesEnrolling } from './enrollPolicy.ts';
import { record, type Who } from './log.ts';

/** An authenticator in the vendor's shape, less links. */
export interface Authenticator {
  type: string;
  id: string;
  key: string;
  status: 'ACTIVE' | 'INACTIVE';
  name: string;
  created: string;
  lastUpdated: string;
  settings?: Record<string, unknown>;
  provider?: Record<string, unknown>;
}

export interface AuthenticatorInput {
  key?: string;
  name?: string;
  settings?: Record<string, unknown>;
  provider?: Record<string, unknown>;
}

/** The kinds that there are: type, name, the methods of each. */
export const KINDS: Readonly<Record<string, { type: string; name: string; methods: readonly string[] }>> = {
  okta_email: { type: 'email', name: 'Email', methods: ['email'] },
  okta_verify: { type: 'app', name: 'Okta Verify', methods: ['totp', 'push', 'signed_nonce'] },
  okta_password: { type: 'password', name: 'Password', methods: ['password'] },
  phone_number: { type: 'phone', name: 'Phone', methods: ['sms', 'voice'] },
  webauthn: { type: 'security_key', name: 'Security Key or Biometric', methods: ['webauthn'] },
  security_question: { type: 'security_question', name: 'Security Question', methods: ['security_question'] },
  google_otp: { type: 'app', name: 'Google Authenticator', methods: ['otp'] },
  custom_otp: { type: 'security_key', name: 'Custom OTP', methods: ['otp'] },
  custom_app: { type: 'app', name: 'Custom App', methods: ['push'] },
  onprem_mfa: { type: 'security_key', name: 'On-Prem MFA', methods: ['otp'] },
  duo: { type: 'app', name: 'Duo Security', methods: ['duo'] },
  external_idp: { type: 'federated', name: 'IdP Authenticator', methods: ['idp'] },
  smart_card_idp: { type: 'federated', name: 'Smart Card Authenticator', methods: ['idp'] },
  symantec_vip: { type: 'security_key', name: 'Symantec VIP', methods: ['otp'] },
  yubikey_token: { type: 'security_key', name: 'YubiKey', methods: ['otp'] },
};

/** Cannot be turned off: there would be nothing left to sign in with. */
const ALWAYS_ON: ReadonlySet<string> = new Set(['okta_password', 'okta_email']);

/** The authenticator with this id, or E0000007. */
export const findAuthenticator = (world: World, id: string): Authenticator =>
  world.require(authenticators, id, () => notFound(id, 'Authenticator'));

/** Adds an authenticator. Throws E0000001 for an unknown kind, E0000157 for one that is on already. */
export function createAuthenticator(
  world: World,
  who: Who,
  input: AuthenticatorInput | undefined,
  activate: boolean,
): Authenticator {
  const key = input?.key ?? '';
  if (!input || typeof input !== 'object') throw notWellFormed();
  if (!Object.hasOwn(KINDS, key)) throw invalid('key', 'key: The authenticator key is not supported');
  const twin = world.list(authenticators, { where: (one) => one.key === key }).first();
  if (twin && key !== 'custom_app' && key !== 'external_idp') throw refuse('E0000157', { args: [key] });
  const row = addAuthenticator(world, key, activate ? 'ACTIVE' : 'INACTIVE', input);
  log(world, who, 'create', row);
  return row;
}

/** Puts an authenticator in without asking anything. */
export function addAuthenticator(
  world: World,
  key: string,
  status: Authenticator['status'],
  input: AuthenticatorInput = {},
): Authenticator {
  const now = stamp(world.now());
  const kind = KINDS[key];
  const settings = settingsOf(input.settings);
  return world.insert(authenticators, {
    type: kind?.type ?? 'app',
    id: newId(world, 'aut'),
    key,
    status,
    name: input.name ?? kind?.name ?? key,
    created: now,
    lastUpdated: now,
    ...(settings ? { settings } : {}),
    ...(input.provider ? { provider: input.provider } : {}),
  });
}

/** Replaces name and settings. */
export function replaceAuthenticator(
  world: World,
  who: Who,
  id: string,
  input: AuthenticatorInput | undefined,
): Authenticator {
  const old = findAuthenticator(world, id);
  if (!input || typeof input !== 'object') throw notWellFormed();
  const settings = settingsOf(input.settings) ?? old.settings;
  const changed = world.update(authenticators, id, {
    name: input.name ?? old.name,
    ...(settings ? { settings } : {}),
    ...(input.provider ? { provider: input.provider } : {}),
    lastUpdated: stamp(world.now()),
  });
  log(world, who, 'update', changed);
  return changed;
}

/** Turns an authenticator on or off. Throws E0000001 and E0000148 for one that cannot go off. */
export function setAuthenticatorStatus(
  world: World,
  who: Who,
  id: string,
  status: Authenticator['status'],
): Authenticator {
  const old = findAuthenticator(world, id);
  if (status === 'INACTIVE') checkCanEnd(world, old);
  const changed = world.update(authenticators, id, { status, lastUpdated: stamp(world.now()) });
  log(world, who, status === 'ACTIVE' ? 'activate' : 'deactivate', changed);
  return changed;
}

function checkCanEnd(world: World, row: Authenticator): void {
  if (ALWAYS_ON.has(row.key) || row.status === 'INACTIVE')
    throw invalid('api.authenticator.error.unsupported.active.deactivate');
  const using = policiesEnrolling(world, row);
  if (using.length > 0)
    throw refuse('E0000148', {
      args: ['To continue, disable the authenticator in these policies.'],
      causes: [`Authenticator Enrollment Policies: ${using.map((one) => one.name).join(', ')}`],
    });
}

/** An app that pushes is a client too, and the service says so twice. */
function settingsOf(sent: Record<string, unknown> | undefined): Record<string, unknown> | undefined {
  return sent?.appInstanceId ? { ...sent, oauthClientId: sent.appInstanceId } : sent;
}

function log(world: World, who: Who, verb: string, row: Authenticator): void {
  record(world, who, {
    eventType: `security.authenticator.lifecycle.${verb}`,
    displayMessage: `Authenticator ${verb}`,
    target: [
      { id: row.id, type: 'Authenticator', alternateId: row.key, displayName: row.name, detailEntry: null },
    ],
  });
}

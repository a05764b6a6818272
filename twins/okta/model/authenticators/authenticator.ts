/** Authenticators: the means by which people prove who they are. */
import type { World } from '../../../../src/world/world.ts';
import { blank, invalid, notFound, notWellFormed, refuse } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { EMAIL_MINUTES_MAX, EMAIL_MINUTES_MIN } from '../../limits.ts';
import { stamp } from '../../time.ts';
import { apps, authenticators, policyRules } from '../../world.ts';
import { record, type Who } from '../log/log.ts';
import { policiesEnrolling } from '../policies/enrollPolicy.ts';
import type { PolicyRule } from '../policies/policyRule.ts';
import { KINDS, PROVIDER_NEEDS, SETTING_WORDS, settingsInForm } from './authenticatorKind.ts';
import type { MethodChange } from './authenticatorMethod.ts';

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
  /** What has been said of its methods, by type. */
  methods?: Readonly<Record<string, MethodChange>>;
  description?: string;
}

export interface AuthenticatorInput {
  key?: string;
  name?: string;
  description?: string;
  settings?: Record<string, unknown>;
  provider?: Record<string, unknown>;
}

/** Cannot be turned off: there would be nothing left to sign in with. */
const ALWAYS_ON = 'okta_password';

/** The authenticator with this id, or E0000007. */
export const findAuthenticator = (world: World, id: string): Authenticator =>
  world.require(authenticators, id, () => notFound(id, 'Authenticator'));

/** The org's authenticator of a kind that there is one of, or its first. */
export const authenticatorOf = (world: World, key: string): Authenticator | undefined =>
  world.list(authenticators, { where: (one) => one.key === key }).first();

/**
 * Adds an authenticator. Throws E0000001 for an unknown kind and for what its kind needs, E0000003 for a setting that
 * there is not, E0000157 for one that is there already.
 */
export function createAuthenticator(
  world: World,
  who: Who,
  input: AuthenticatorInput | undefined,
  activate: boolean,
): Authenticator {
  if (!input || typeof input !== 'object') throw notWellFormed();
  const key = input.key ?? '';
  if (!key) throw blank('key');
  const kind = Object.hasOwn(KINDS, key) ? KINDS[key] : undefined;
  if (!kind) throw invalid('key', 'key: The authenticator key is not supported');
  const twin = authenticatorOf(world, key);
  if (twin && !kind.many) throw refuse('E0000157', { args: [key] });
  checkParts(key, input);
  const row = addAuthenticator(world, key, activate ? 'ACTIVE' : 'INACTIVE', input);
  logAuthenticator(world, who, 'create', row);
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
  const settings = settingsInForm(key, input.settings);
  return world.insert(authenticators, {
    type: kind?.type ?? 'app',
    id: newId(world, 'aut'),
    key,
    status,
    name: input.name ?? kind?.name ?? key,
    ...(input.description ? { description: input.description } : {}),
    created: now,
    lastUpdated: now,
    ...(settings ? { settings } : {}),
    ...(input.provider ? { provider: withInstance(world, key, input.provider) } : {}),
  });
}

/** Replaces name, description, settings and provider; its kind stays. */
export function replaceAuthenticator(
  world: World,
  who: Who,
  id: string,
  input: AuthenticatorInput | undefined,
): Authenticator {
  const old = findAuthenticator(world, id);
  if (!input || typeof input !== 'object') throw notWellFormed();
  if (input.key && input.key !== old.key)
    throw invalid('key', 'key: The key of an authenticator cannot be changed.');
  checkParts(old.key, { ...input, provider: input.provider && { ...old.provider, ...input.provider } });
  const settings = settingsInForm(old.key, input.settings) ?? old.settings;
  const changed = world.update(authenticators, id, {
    name: input.name ?? old.name,
    ...(input.description ? { description: input.description } : {}),
    ...(settings ? { settings } : {}),
    ...(input.provider ? { provider: merged(old.provider, input.provider) } : {}),
    lastUpdated: stamp(world.now()),
  });
  logAuthenticator(world, who, 'update', changed);
  return changed;
}

/** Turns an authenticator on or off. Throws E0000001, E0000148 and E0000219 for one that cannot go off. */
export function setAuthenticatorStatus(
  world: World,
  who: Who,
  id: string,
  status: Authenticator['status'],
): Authenticator {
  const old = findAuthenticator(world, id);
  if (status === 'INACTIVE') checkCanEnd(world, old);
  const changed = world.update(authenticators, id, { status, lastUpdated: stamp(world.now()) });
  logAuthenticator(world, who, status === 'ACTIVE' ? 'activate' : 'deactivate', changed);
  return changed;
}

function checkCanEnd(world: World, row: Authenticator): void {
  // The service leaks the key of a text that it has no words for.
  if (row.key === ALWAYS_ON || row.status === 'INACTIVE')
    throw invalid('api.authenticator.error.unsupported.active.deactivate');
  if (row.key === 'custom_app' && isForCiba(world, row))
    throw invalid(
      'Authenticator',
      'Cannot delete this authenticator because it is being configured for CIBA by one or more OIDC applications.',
    );
  const using = policiesEnrolling(world, row);
  if (using.length > 0)
    throw refuse('E0000148', {
      args: ['To continue, disable the authenticator in these policies.'],
      causes: [`Authenticator Enrollment Policies: ${using.map((one) => one.name).join(', ')}`],
    });
  const rest = world
    .list(authenticators)
    .toArray()
    .filter((one) => one.id !== row.id);
  if (row.key === 'webauthn' || row.key === 'smart_card_idp') checkPhishingResistant(world, rest);
}

/** An app asks people by this authenticator, on another device than theirs. */
const isForCiba = (world: World, { id }: Authenticator): boolean =>
  world
    .list(apps, { where: (app) => app.settings.oauthClient?.backchannel_custom_authenticator_id === id })
    .first() !== undefined;

/**
 * What nobody can be tricked out of: rules may ask for it, and then the org must have one.
 * Throws E0000219 where none of these is one, and a rule asks for one.
 */
export function checkPhishingResistant(world: World, rows: readonly Authenticator[]): void {
  if (rows.some(isPhishingResistant)) return;
  const asking = world.list(policyRules, { where: asksForResistance }).toArray();
  if (asking.length > 0) throw refuse('E0000219', { args: [asking.map(({ name }) => name).join(', ')] });
}

const isPhishingResistant = ({ status, key, methods }: Authenticator): boolean =>
  status === 'ACTIVE' &&
  (key === 'webauthn' ||
    key === 'smart_card_idp' ||
    (key === 'okta_verify' && methods?.signed_nonce?.status === 'ACTIVE'));

function asksForResistance({ status, actions }: PolicyRule): boolean {
  const { constraints = [] } = ((actions.appSignOn as Parts | undefined)?.verificationMethod ?? {}) as {
    constraints?: { possession?: { phishingResistant?: string } }[];
  };
  return status === 'ACTIVE' && constraints.some((one) => one.possession?.phishingResistant === 'REQUIRED');
}

type Parts = Record<string, unknown>;

function checkParts(key: string, input: AuthenticatorInput): void {
  for (const [name, allowed] of Object.entries(SETTING_WORDS[key] ?? {})) {
    const value = input.settings?.[name];
    if (value !== undefined && value !== null && !allowed.includes(value as string)) throw notWellFormed();
  }
  const minutes = input.settings?.tokenLifetimeInMinutes;
  if (typeof minutes === 'number' && (minutes < EMAIL_MINUTES_MIN || minutes > EMAIL_MINUTES_MAX))
    throw invalid(
      'tokenLifetimeInMinutes',
      `tokenLifetimeInMinutes: The value must be between ${EMAIL_MINUTES_MIN} and ${EMAIL_MINUTES_MAX}`,
    );
  const provider = input.provider as { type?: string; configuration?: Parts } | undefined;
  const needed = PROVIDER_NEEDS[key];
  if (!needed || (!provider && input.key === undefined)) return;
  if (!provider) throw blank('provider');
  if (provider.type !== needed.type) throw invalid('type', 'type: The provider type is not valid');
  for (const name of needed.needs) if (provider.configuration?.[name] === undefined) throw blank(name);
}

/** A server of the org's own is an app instance too. */
function withInstance(world: World, key: string, provider: Parts): Parts {
  if (key !== 'onprem_mfa' && key !== 'rsa_token') return provider;
  const { userNameTemplate, ...configuration } = (provider.configuration ?? {}) as Parts;
  const instanceId = newId(world, '0oa');
  return {
    type: provider.type,
    configuration: {
      ...configuration,
      instanceId,
      ...(userNameTemplate ? { userNameTemplate } : {}),
    },
  };
}

const merged = (old: Parts | undefined, sent: Parts): Parts => ({
  ...old,
  ...sent,
  configuration: {
    ...(old?.configuration as Parts | undefined),
    ...(sent.configuration as Parts | undefined),
  },
});

/** Writes down what happened to an authenticator. */
export function logAuthenticator(world: World, who: Who, verb: string, row: Authenticator): void {
  record(world, who, {
    eventType: `security.authenticator.lifecycle.${verb}`,
    displayMessage: `Authenticator ${verb}`,
    target: [
      { id: row.id, type: 'Authenticator', alternateId: row.key, displayName: row.name, detailEntry: null },
    ],
  });
}

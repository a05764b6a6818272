/**
 * Providers that send the org's text messages and calls: Twilio or Telesign, with the org's own account there.
 * https://developer.okta.com/docs/api/openapi/okta-management/management/tag/CustomTelephonyProvider/
 */
import type { World } from '../../../../src/world/world.ts';
import { blank, invalid, notFound, notWellFormed } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { telephonyProviders } from '../../world/delivery.ts';
import { users } from '../../world.ts';
import type { Who } from '../log/log.ts';
import { keep } from './outgoing.ts';

/** A provider in the vendor's shape; its token is kept nowhere and never shown. */
export interface TelephonyProvider {
  id: string;
  isPrimaryProvider: boolean;
  enabled: boolean;
  providerCapability: 'ALL';
  providerName: ProviderName;
  providerSid: string;
  providerSettings: { sms?: Record<string, string>; call?: Record<string, string> };
}

export interface TelephonyProviderInput {
  id?: string;
  providerName?: string;
  providerCapability?: string;
  providerSid?: string;
  providerAuthToken?: string;
  providerSettings?: { sms?: Record<string, string>; call?: Record<string, string> };
}

type ProviderName = keyof typeof METHODS;
type Way = 'sms' | 'call';

/** How each provider sends: one setting of these, and where it has choices, one of them. */
const METHODS = {
  TWILIO: {
    sms: { twilioVerifySid: [], twilioPhoneNumber: [], twilioMessageSid: [] },
    call: { twilioVerifySid: [], twilioPhoneNumber: [], twilioCallerId: [] },
  },
  TELESIGN: {
    sms: { telesignService: ['telesignMessagingService', 'telesignVerifyService'] },
    call: { telesignService: ['telesignVoiceService', 'telesignVerifyService'] },
  },
} as const;

/** The provider with this id, or E0000007. */
export const findTelephonyProvider = (world: World, id: string): TelephonyProvider =>
  world.require(telephonyProviders, id, () => notFound(id, 'TelephonyProviderCredential'));

/** Adds a provider, on; the first one is the primary. Throws E0000001 for missing or wrong parts. */
export function createTelephonyProvider(
  world: World,
  input: TelephonyProviderInput | undefined,
): TelephonyProvider {
  const sent = objectOf(input);
  const { providerName, providerCapability = 'ALL', providerSid, providerAuthToken } = sent;
  for (const [field, value] of Object.entries({ providerName, providerSid, providerAuthToken }))
    if (!value) throw blank(field);
  if (!Object.hasOwn(METHODS, providerName as string))
    throw invalid('providerName', 'providerName: The provider is not supported');
  if (providerCapability !== 'ALL')
    throw invalid('providerCapability', 'providerCapability: The capability is not supported');
  const name = providerName as ProviderName;
  return world.insert(telephonyProviders, {
    id: newId(world, 'oct'),
    isPrimaryProvider: primaryOf(world) === undefined,
    enabled: true,
    providerCapability,
    providerName: name,
    providerSid: providerSid as string,
    providerSettings: settingsOf(name, sent.providerSettings),
  });
}

/** Changes the account and the settings; the provider stays the same one. */
export function updateTelephonyProvider(
  world: World,
  id: string,
  input: TelephonyProviderInput | undefined,
): TelephonyProvider {
  const old = findTelephonyProvider(world, id);
  const { providerSid, providerSettings, providerName } = objectOf(input);
  if (providerName !== undefined && providerName !== old.providerName)
    throw invalid('providerName', 'providerName: The provider cannot be changed');
  if (providerSid === '') throw blank('providerSid');
  return world.update(telephonyProviders, id, {
    ...(providerSid === undefined ? {} : { providerSid }),
    ...(providerSettings ? { providerSettings: settingsOf(old.providerName, providerSettings) } : {}),
  });
}

/** Turns a provider on or off; the primary one goes on to another that is on. */
export function setTelephonyProviderStatus(world: World, id: string, enabled: boolean): TelephonyProvider {
  const old = findTelephonyProvider(world, id);
  const isPrimaryProvider = enabled && (old.isPrimaryProvider || primaryOf(world) === undefined);
  const changed = world.update(telephonyProviders, id, { enabled, isPrimaryProvider });
  if (old.isPrimaryProvider && !enabled) {
    const next = world.list(telephonyProviders, { where: (one) => one.enabled }).first();
    if (next) world.update(telephonyProviders, next.id, { isPrimaryProvider: true });
  }
  return changed;
}

/** Makes a provider the primary one. Throws E0000001 for one that is off. */
export function makePrimary(world: World, id: string): TelephonyProvider {
  if (!findTelephonyProvider(world, id).enabled)
    throw invalid('enabled', 'enabled: A provider that is not active cannot be the primary provider');
  const old = primaryOf(world);
  if (old) world.update(telephonyProviders, old.id, { isPrimaryProvider: false });
  return world.update(telephonyProviders, id, { isPrimaryProvider: true });
}

/** Removes a provider that is off. Throws E0000001 for one that is on. */
export function deleteTelephonyProvider(world: World, id: string): void {
  if (findTelephonyProvider(world, id).enabled)
    throw invalid('enabled', 'enabled: An active provider cannot be deleted. Deactivate it first.');
  world.remove(telephonyProviders, id);
}

/** Sends a message by way of a provider; who tests is shown it where the number is nobody's. Throws E0000007, E0000001. */
export function testTelephonyProvider(
  world: World,
  who: Who,
  id: string,
  input: { factor?: string; phoneNumber?: string; countryCodeIso2?: string } | undefined,
): void {
  const { enabled, providerName } = findTelephonyProvider(world, id);
  const { factor, phoneNumber, countryCodeIso2 } = input ?? {};
  if (!enabled) throw invalid('enabled', 'enabled: The provider is not active');
  if (factor !== 'SMS' && factor !== 'CALL') throw invalid('factor', 'factor: The factor is not supported');
  if (!phoneNumber) throw blank('phoneNumber');
  if (!/^\+?[\d ()-]{6,20}$/.test(phoneNumber))
    throw invalid('phoneNumber', 'phoneNumber: Invalid Phone Number.');
  if (!countryCodeIso2) throw blank('countryCodeIso2');
  if (!/^[A-Z]{2}$/.test(countryCodeIso2))
    throw invalid('countryCodeIso2', 'countryCodeIso2: The country code is not valid');
  const owner = world.list(users, { where: (one) => one.profile.mobilePhone === phoneNumber }).first();
  keep(world, {
    userId: owner?.id ?? who.id,
    by: factor === 'SMS' ? 'sms' : 'call',
    to: phoneNumber,
    kind: 'TelephonyTest',
    text: `This is a test message of your ${providerName} provider.`,
    values: {},
  });
}

const primaryOf = (world: World): TelephonyProvider | undefined =>
  world.list(telephonyProviders, { where: (one) => one.isPrimaryProvider }).first();

function objectOf(input: TelephonyProviderInput | undefined): TelephonyProviderInput {
  if (!input || typeof input !== 'object' || Array.isArray(input)) throw notWellFormed();
  return input;
}

function settingsOf(
  name: ProviderName,
  sent: TelephonyProviderInput['providerSettings'],
): TelephonyProvider['providerSettings'] {
  const ways = (['sms', 'call'] as const).filter((way) => sent?.[way] !== undefined);
  if (ways.length === 0) throw blank('providerSettings');
  return Object.fromEntries(ways.map((way) => [way, methodOf(name, way, sent?.[way] ?? {})]));
}

function methodOf(name: ProviderName, way: Way, sent: Record<string, string>): Record<string, string> {
  const field = `providerSettings.${way}`;
  const [[method, value] = ['', ''], ...others] = Object.entries(sent);
  const known: Readonly<Record<string, readonly string[]>> = METHODS[name][way];
  if (others.length > 0 || !Object.hasOwn(known, method))
    throw invalid(field, `${field}: Exactly one of ${Object.keys(known).join(', ')} must be set`);
  const choices = known[method] ?? [];
  if (!value || (choices.length > 0 && !choices.includes(value)))
    throw invalid(field, `${field}.${method}: The value is not valid`);
  return { [method]: value };
}

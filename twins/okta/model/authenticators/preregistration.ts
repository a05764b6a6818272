/** Security keys that somebody else sets up and sends to a person, who then only types a PIN. */

import { BASE64URL } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import { blank, invalid, notFound, notWellFormed, refuse } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { stamp } from '../../time.ts';
import { preregistrations } from '../../world/security.ts';
import { record, type Who } from '../log/log.ts';
import { keep } from '../mail/outgoing.ts';
import { findUser, type User, userTarget } from '../people/user.ts';
import { authenticatorOf } from './authenticator.ts';

/** A key on its way; `pin` is sent to its person only. */
export interface Preregistration {
  userId: string;
  id: string;
  factorType: 'webauthn';
  provider: 'FIDO';
  vendorName: 'FIDO';
  status: 'PENDING_ACTIVATION' | 'ACTIVE' | 'FULFILLMENT_ERRORED';
  created: string;
  lastUpdated: string;
  profile: Record<string, unknown>;
  pin: string;
}

/** What every call says: whose key, and who sends it. */
export interface KeyInput {
  userId?: string;
  fulfillmentProvider?: string;
  authenticatorEnrollmentId?: string;
  enrollmentRpIds?: string[];
  yubicoTransportKeyJWK?: Record<string, unknown>;
  credResponses?: { authenticatorEnrollmentId?: string; credResponseJwe?: string }[];
  pinResponseJwe?: string;
  serial?: string;
  version?: string;
  fulfillmentData?: { productId?: string }[];
}

/** The keys of a user, by age. */
export const preregistrationsOf = (world: World, userId: string): Preregistration[] =>
  world.list(preregistrations, { prefix: `${findUser(world, userId).id}/` }).toArray();

/** One key of a user, or E0000007. */
const findPreregistration = (world: World, userId: string, id: string): Preregistration =>
  world.require(preregistrations, `${findUser(world, userId).id}/${id}`, () => notFound(id, 'UserFactor'));

/** Orders a key: workflows hear of it by an event. Throws E0000001 for an order without a product. */
export function orderKey(world: World, who: Who, input: KeyInput | undefined): void {
  const user = personOf(world, input);
  if (!input?.fulfillmentData?.length) throw blank('fulfillmentData');
  log(world, who, user, 'system.mfa.preregister.initiate', 'Initiate a preregistration of a security key');
}

/**
 * Begins to set a key up for somebody: one credential for each domain, and a PIN. What the service answers is encrypted
 * for the maker of the key; here these texts are opaque.
 */
export function beginKey(
  world: World,
  who: Who,
  input: KeyInput | undefined,
): { userId: string; credRequests: Record<string, string>[]; pinRequestJwe: string } {
  const user = personOf(world, input);
  const { enrollmentRpIds = [], yubicoTransportKeyJWK } = input ?? {};
  if (enrollmentRpIds.length === 0) throw blank('enrollmentRpIds');
  if (!yubicoTransportKeyJWK) throw blank('yubicoTransportKeyJWK');
  const now = stamp(world.now());
  const credRequests = enrollmentRpIds.map((rpId) => {
    const id = newId(world, 'fwf');
    world.insert(preregistrations, {
      userId: user.id,
      id,
      factorType: 'webauthn',
      provider: 'FIDO',
      vendorName: 'FIDO',
      status: 'PENDING_ACTIVATION',
      created: now,
      lastUpdated: now,
      profile: { rpId },
      pin: world.drawFor('okta.keyPin', user.id, id).chars('0123456789', PIN_CHARS),
    });
    return { authenticatorEnrollmentId: id, keyId: `${id}-key`, credRequestJwe: sealed(world, id, 'cred') };
  });
  log(world, who, user, 'user.mfa.factor.activate', 'Preregister a security key');
  return {
    userId: user.id,
    credRequests,
    pinRequestJwe: sealed(world, credRequests[0]?.authenticatorEnrollmentId ?? '', 'pin'),
  };
}

const PIN_CHARS = 8;
const SEALED_CHARS = 160;

/** Five parts, as an encrypted text has them (RFC 7516). */
function sealed(world: World, id: string, what: string): string {
  const draw = world.drawFor('okta.preregistration', id, what);
  const head = Buffer.from('{"alg":"ECDH-ES","enc":"A256GCM"}').toString('base64url');
  return [
    head,
    '',
    draw.chars(BASE64URL, 16),
    draw.chars(BASE64URL, SEALED_CHARS),
    draw.chars(BASE64URL, 22),
  ].join('.');
}

/** The key has been made: its credentials are the person's. Throws E0000007 for one that was not begun. */
export function activateKey(
  world: World,
  who: Who,
  input: KeyInput | undefined,
): { userId: string; authenticatorEnrollmentIds: string[] } {
  const user = personOf(world, input);
  const { credResponses = [], pinResponseJwe, serial, version } = input ?? {};
  if (credResponses.length === 0) throw blank('credResponses');
  if (!pinResponseJwe) throw blank('pinResponseJwe');
  const ids = credResponses.map(({ authenticatorEnrollmentId = '', credResponseJwe }) => {
    const row = findPreregistration(world, user.id, authenticatorEnrollmentId);
    if (row.status !== 'PENDING_ACTIVATION') throw refuse('E0000016');
    if (!credResponseJwe) throw blank('credResponseJwe');
    world.update(preregistrations, `${user.id}/${row.id}`, {
      status: 'ACTIVE',
      profile: { ...row.profile, ...(serial ? { serial } : {}), ...(version ? { version } : {}) },
      lastUpdated: stamp(world.now()),
    });
    return row.id;
  });
  log(world, who, user, 'user.mfa.factor.activate', 'Activate a preregistered security key');
  return { userId: user.id, authenticatorEnrollmentIds: ids };
}

/** Mails the PIN of a key to its person. */
export function sendPin(world: World, who: Who, input: KeyInput | undefined): void {
  const user = personOf(world, input);
  if (!input?.authenticatorEnrollmentId) throw blank('authenticatorEnrollmentId');
  const { pin } = findPreregistration(world, user.id, input.authenticatorEnrollmentId);
  keep(world, {
    userId: user.id,
    by: 'email',
    to: user.profile.email,
    kind: 'SecurityKeyPin',
    subject: 'PIN of your security key',
    text: `The PIN of your security key is ${pin}.`,
    values: { pin },
  });
  log(world, who, user, 'system.email.send_factor_verify_message', 'Send the PIN of a security key');
}

/** The key could not be sent. */
export function markError(world: World, who: Who, userId: string, id: string): void {
  const row = findPreregistration(world, userId, id);
  world.update(preregistrations, `${row.userId}/${row.id}`, {
    status: 'FULFILLMENT_ERRORED',
    lastUpdated: stamp(world.now()),
  });
  log(
    world,
    who,
    findUser(world, row.userId),
    'user.mfa.factor.update',
    'Fulfillment of a security key failed',
  );
}

/** Forgets a key. */
export function deletePreregistration(world: World, who: Who, userId: string, id: string): void {
  const row = findPreregistration(world, userId, id);
  world.remove(preregistrations, `${row.userId}/${row.id}`);
  log(
    world,
    who,
    findUser(world, row.userId),
    'user.mfa.factor.deactivate',
    'Reset a preregistered security key',
  );
}

/** Only Yubico makes such keys, and only where security keys are on. */
function personOf(world: World, input: KeyInput | undefined): User {
  if (!input || typeof input !== 'object' || Array.isArray(input)) throw notWellFormed();
  if (!input.userId) throw blank('userId');
  if (!input.fulfillmentProvider) throw blank('fulfillmentProvider');
  if (input.fulfillmentProvider !== 'yubico') throw notWellFormed();
  const keys = authenticatorOf(world, 'webauthn');
  if (keys?.status !== 'ACTIVE')
    throw invalid('authenticator', 'authenticator: The Passkey (FIDO2 WebAuthn) authenticator is not active');
  return findUser(world, input.userId);
}

function log(world: World, who: Who, user: User, eventType: string, displayMessage: string): void {
  record(world, who, { eventType, displayMessage, target: [userTarget(user)] });
}

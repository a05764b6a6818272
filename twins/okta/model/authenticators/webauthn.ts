/** Security keys and fingerprints (WebAuthn): a key pair made by the browser, which signs what it is asked. */
import { createHash, createPublicKey, verify as isSigned } from 'node:crypto';
import { BASE64URL } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import { blank, refuse } from '../../errors.ts';
import type { Said } from './factorProof.ts';

/** What is kept of a key: what it is asked to sign now, and, once it is activated, by what its signatures are checked. */
export interface WebAuthnProof {
  challenge: string;
  credentialId?: string;
  /** As JSON Web Key. */
  publicKey?: Record<string, string>;
  algorithm?: number;
  signCount?: number;
}

const CHALLENGE_CHARS = 20;

/** Something new to be signed. */
export const newChallenge = (world: World): string =>
  world.secret(['okta.webauthn', world.next('okta.webauthn')], CHALLENGE_CHARS, BASE64URL);

/**
 * Takes a key's first statement (`attestation`, which registers it) or a later signature. Throws E0000068.
 * https://www.w3.org/TR/webauthn-2/#sctn-verifying-assertion ; who made the key is not asked.
 */
export function provePossession(
  kept: WebAuthnProof | undefined,
  said: Said,
): { webauthn: WebAuthnProof; profile: Record<string, unknown> } {
  if (!kept) throw wrong();
  if (!said.clientData) throw blank('clientData');
  const client = bytesOf(said.clientData);
  const webauthn = said.attestation
    ? registered(kept, client, bytesOf(said.attestation))
    : signed(kept, client, said);
  return { webauthn, profile: { credentialId: webauthn.credentialId, authenticatorName: AUTHENTICATOR } };
}

const AUTHENTICATOR = 'Security key';

function registered(kept: WebAuthnProof, client: Buffer, attestation: Buffer): WebAuthnProof {
  checkClient(client, 'webauthn.create', kept.challenge);
  const authData = (read(attestation) as Map<string, unknown>)?.get?.('authData');
  if (!Buffer.isBuffer(authData) || authData.length < CREDENTIAL_AT) throw wrong();
  const idLength = authData.readUInt16BE(CREDENTIAL_AT - 2);
  const id = authData.subarray(CREDENTIAL_AT, CREDENTIAL_AT + idLength);
  const key = read(authData.subarray(CREDENTIAL_AT + idLength)) as Map<number, unknown>;
  const part = (name: number) => (key?.get?.(name) as Buffer | undefined)?.toString('base64url') ?? '';
  const algorithm = Number(key?.get?.(3));
  const publicKey: Record<string, string> | undefined =
    algorithm === ES256
      ? { kty: 'EC', crv: 'P-256', x: part(-2), y: part(-3) }
      : algorithm === RS256
        ? { kty: 'RSA', n: part(-1), e: part(-2) }
        : undefined;
  if (!publicKey) throw wrong();
  return {
    ...kept,
    credentialId: id.toString('base64url'),
    publicKey,
    algorithm,
    signCount: authData.readUInt32BE(33),
  };
}

const ES256 = -7;
const RS256 = -257;
/** Hash of the site (32), flags, counter (4), kind of key (16), length of its id (2). */
const CREDENTIAL_AT = 55;

function signed(kept: WebAuthnProof, client: Buffer, said: Said): WebAuthnProof {
  checkClient(client, 'webauthn.get', kept.challenge);
  const data = bytesOf(said.authenticatorData ?? '');
  if (!kept.publicKey || data.length < 37 || ((data[32] as number) & 1) === 0) throw wrong();
  const over = Buffer.concat([data, createHash('sha256').update(client).digest()]);
  try {
    const key = createPublicKey({ key: kept.publicKey, format: 'jwk' });
    if (!isSigned('sha256', over, key, bytesOf(said.signatureData ?? ''))) throw wrong();
  } catch {
    throw wrong();
  }
  const signCount = data.readUInt32BE(33);
  if (signCount !== 0 && signCount <= (kept.signCount ?? 0)) throw wrong();
  return { ...kept, signCount };
}

function checkClient(client: Buffer, type: string, challenge: string): void {
  const said = parsed(client);
  const same = said?.challenge === challenge || textOf(said?.challenge) === challenge;
  if (said?.type !== type || !same) throw wrong();
}

/** Browsers write the challenge's bytes in base64url; the service hands it out as text of that alphabet. */
const textOf = (encoded: unknown): string => Buffer.from(String(encoded ?? ''), 'base64url').toString();

function parsed(client: Buffer): { type?: string; challenge?: string } | undefined {
  try {
    return JSON.parse(client.toString());
  } catch {
    return undefined;
  }
}

/** Base64 of either alphabet. */
const bytesOf = (text: string): Buffer => Buffer.from(String(text), 'base64url');

const wrong = () =>
  refuse('E0000068', { causes: ['The security key could not be verified. Please try again.'] });

/** One value of CBOR (RFC 8949), as far as keys use it; undefined where the bytes are none. */
function read(bytes: Buffer): unknown {
  try {
    return new Reader(bytes).value(0);
  } catch {
    return undefined;
  }
}

const DEPTH_MAX = 8;

class Reader {
  #at = 0;
  readonly #bytes: Buffer;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  value(depth: number): unknown {
    if (depth > DEPTH_MAX) throw new RangeError('too deep');
    const first = this.#bytes.readUInt8(this.#at++);
    const count = this.#count(first & 31);
    const kind = first >> 5;
    if (kind === 0) return count;
    if (kind === 1) return -1 - count;
    if (kind === 2) return this.#take(count);
    if (kind === 3) return this.#take(count).toString();
    if (kind === 4)
      return Array.from({ length: Math.min(count, this.#bytes.length) }, () => this.value(depth + 1));
    if (kind !== 5) return undefined;
    const map = new Map<unknown, unknown>();
    for (let i = 0; i < count; i++) map.set(this.value(depth + 1), this.value(depth + 1));
    return map;
  }

  #count(said: number): number {
    if (said < 24) return said;
    const width = 1 << (said - 24);
    if (width > 4) throw new RangeError('too large');
    const count = this.#bytes.readUIntBE(this.#at, width);
    this.#at += width;
    return count;
  }

  #take(count: number): Buffer {
    const taken = this.#bytes.subarray(this.#at, this.#at + count);
    if (taken.length < count) throw new RangeError('cut short');
    this.#at += count;
    return taken;
  }
}

/**
 * Certificate signing requests of apps and identity providers: the org makes a key pair, a certificate authority of the
 * customer's signs it, and what it signed becomes a signing key. PKCS #10: RFC 2986.
 */
import { createHash, createPublicKey, createSign, type KeyObject, X509Certificate } from 'node:crypto';
import type { World } from '../../../../src/world/world.ts';
import { invalid, notFound, notWellFormed } from '../../errors.ts';
import { CERTIFICATE_DAYS_MIN } from '../../limits.ts';
import { stamp } from '../../time.ts';
import { csrs } from '../../world/security.ts';
import { signingKeys } from '../../world.ts';
import { recordChange, type Who } from '../log/log.ts';
import type { SigningKey } from './signingKey.ts';

/** A request in the vendor's shape, less links; `ownerId` and `keyNth`, the pair that it is for, are not shown. */
export interface Csr {
  ownerId: string;
  keyNth: number;
  id: string;
  created: string;
  /** DER in base 64. */
  csr: string;
  kty: 'RSA';
}

/** Whom the certificate is to name. */
export interface CsrInput {
  subject?: Partial<Record<keyof typeof NAMES, string>>;
  subjectAltNames?: { dnsNames?: string[] };
}

/** Names in a subject, in the order in which they are written, by their object identifier. */
const NAMES = {
  countryName: '2.5.4.6',
  stateOrProvinceName: '2.5.4.8',
  localityName: '2.5.4.7',
  organizationName: '2.5.4.10',
  organizationalUnitName: '2.5.4.11',
  commonName: '2.5.4.3',
} as const;

/** Makes a key pair and asks for its certificate. Throws E0000003 for a subject that is none. */
export function generateCsr(world: World, who: Who, ownerId: string, input: CsrInput | undefined): Csr {
  const { subject = {}, subjectAltNames = {} } = input ?? {};
  if (typeof subject !== 'object' || typeof subjectAltNames !== 'object') throw notWellFormed();
  const keyNth = 1 + world.next('okta.csr');
  const der = encodeRequest(world.rsaKey(keyNth), subject, subjectAltNames?.dnsNames ?? []);
  const row = world.insert(csrs, {
    ownerId,
    keyNth,
    id: createHash('sha256').update(`${ownerId}/${keyNth}`).update(der).digest('base64url'),
    created: stamp(world.now()),
    csr: der.toString('base64'),
    kty: 'RSA',
  });
  log(world, who, 'generate', row);
  return row;
}

/** The requests of an app or identity provider that wait. */
export const csrsOf = (world: World, ownerId: string): Csr[] =>
  world.list(csrs, { prefix: `${ownerId}/` }).toArray();

/** One of them, or E0000007. */
export const findCsr = (world: World, ownerId: string, id: string): Csr =>
  world.require(csrs, `${ownerId}/${id}`, () => notFound(id, 'Csr'));

/** Gives a request up, and its key pair. */
export function revokeCsr(world: World, who: Who, ownerId: string, id: string): void {
  const row = findCsr(world, ownerId, id);
  world.remove(csrs, `${ownerId}/${id}`);
  log(world, who, 'revoke', row);
}

/**
 * Ends a request with the certificate (DER, PEM, or base 64) that was made of it, which becomes a signing key. Throws
 * E0000001 for what is no certificate, is one for another key, or lasts less than 90 days.
 */
export function publishCsr(
  world: World,
  who: Who,
  ownerId: string,
  id: string,
  bytes: Uint8Array,
): SigningKey {
  const row = findCsr(world, ownerId, id);
  const certificate = readCertificate(bytes);
  const own = createPublicKey(world.rsaKey(row.keyNth).publicKey);
  if (!certificate.publicKey.equals(own))
    throw invalid('certificate', "certificate: The certificate's public key doesn't match the CSR");
  const now = world.now();
  const endsAt = Date.parse(certificate.validTo);
  if (endsAt - Math.max(now, Date.parse(certificate.validFrom)) < CERTIFICATE_DAYS_MIN * DAY_MS)
    throw invalid(
      'certificate',
      `certificate: The validity period of the certificate is less than ${CERTIFICATE_DAYS_MIN} days`,
    );
  world.remove(csrs, `${ownerId}/${id}`);
  log(world, who, 'publish', row);
  return world.insert(signingKeys, {
    ownerId,
    kid: row.id,
    created: stamp(now),
    lastUpdated: stamp(now),
    expiresAt: stamp(endsAt),
    certificate: certifiedKey(certificate),
  });
}

/** Takes all requests of an owner that goes. */
export function removeCsrs(world: World, ownerId: string): void {
  for (const { id } of csrsOf(world, ownerId)) world.remove(csrs, `${ownerId}/${id}`);
}

/** What a JSON Web Key shows of a certificate. */
export function certifiedKey(certificate: X509Certificate): NonNullable<SigningKey['certificate']> {
  const { e = '', n = '' } = (certificate.publicKey as KeyObject).export({ format: 'jwk' });
  return {
    x5c: [certificate.raw.toString('base64')],
    'x5t#S256': createHash('sha256').update(certificate.raw).digest('base64url'),
    e,
    n,
  };
}

const DAY_MS = 86_400_000;

function readCertificate(bytes: Uint8Array): X509Certificate {
  for (const read of [Buffer.from(bytes), Buffer.from(Buffer.from(bytes).toString('latin1'), 'base64')])
    try {
      return new X509Certificate(read);
    } catch {
      // It may be written otherwise.
    }
  throw invalid('certificate', 'certificate: The certificate is not valid');
}

function encodeRequest(
  pair: { privateKey: string; publicKey: string },
  subject: NonNullable<CsrInput['subject']>,
  dnsNames: readonly string[],
): Buffer {
  const spki = createPublicKey(pair.publicKey).export({ type: 'spki', format: 'der' });
  const names = Object.entries(NAMES).flatMap(([name, oid]) => {
    const value = subject[name as keyof typeof NAMES];
    return value ? [der(SET, der(SEQUENCE, objectId(oid), der(UTF8, Buffer.from(value))))] : [];
  });
  const dns = dnsNames.map((name) => der(DNS_NAME, Buffer.from(name)));
  const extension = der(SEQUENCE, objectId(SUBJECT_ALT_NAME), der(OCTETS, der(SEQUENCE, ...dns)));
  const asked = der(SEQUENCE, objectId(EXTENSION_REQUEST), der(SET, der(SEQUENCE, extension)));
  const info = der(
    SEQUENCE,
    der(INTEGER, Buffer.of(0)),
    der(SEQUENCE, ...names),
    spki,
    der(ATTRIBUTES, ...(dns.length > 0 ? [asked] : [])),
  );
  const signature = createSign('sha256').update(info).sign(pair.privateKey);
  const algorithm = der(SEQUENCE, objectId(SHA256_WITH_RSA), der(NULL));
  return der(SEQUENCE, info, algorithm, der(BITS, Buffer.of(0), signature));
}

/** Tags of ASN.1. */
const [INTEGER, BITS, OCTETS, NULL, OBJECT_ID, UTF8, SEQUENCE, SET] = [2, 3, 4, 5, 6, 12, 0x30, 0x31];
const [ATTRIBUTES, DNS_NAME] = [0xa0, 0x82];
const SUBJECT_ALT_NAME = '2.5.29.17';
const EXTENSION_REQUEST = '1.2.840.113549.1.9.14';
const SHA256_WITH_RSA = '1.2.840.113549.1.1.11';

/** A value in the Distinguished Encoding Rules: tag, length, content. */
function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const size = content.length;
  const hex = size.toString(16);
  const bytes = Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex');
  const length = size < 128 ? Buffer.of(size) : Buffer.concat([Buffer.of(128 + bytes.length), bytes]);
  return Buffer.concat([Buffer.of(tag), length, content]);
}

function objectId(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second, ...rest].flatMap((arc) => {
    const groups = [arc & 127];
    for (let left = arc >> 7; left > 0; left >>= 7) groups.unshift(128 | (left & 127));
    return groups;
  });
  return der(OBJECT_ID, Buffer.from(bytes));
}

const log = (world: World, who: Who, verb: string, { id, ownerId }: Csr): unknown =>
  recordChange(world, who, `app.app_instance.csr.${verb}`, `Certificate signing request ${verb}`, {
    id,
    type: 'CSR',
    name: id,
    alternateId: ownerId,
  });

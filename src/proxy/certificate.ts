/**
 * X.509 as the proxy needs it: a certificate authority that can vouch for the vendors' host names and for nothing
 * else, and leaf certificates by it. The only file that knows the certificate library, which takes long to load and
 * so is loaded at the first certificate.
 */
import { createHash, webcrypto } from 'node:crypto';
import { wallNow } from '../wall.ts';

/** A certificate and its private key, both PEM; the key is PKCS #8. */
export interface KeyPair {
  certificatePem: string;
  keyPem: string;
}

/** A certificate authority, and what it can vouch for: these domains and what is below them. */
export interface AuthorityPair extends KeyPair {
  domains: readonly string[];
}

const DAY_MS = 86_400_000;
const AUTHORITY_DAYS = 3_650;
/** What browsers take at most: https://www.chromium.org/Home/chromium-security/root-ca-policy/ (398 days). */
const LEAF_DAYS = 397;
/** Clocks of containers and of the machine that made a certificate differ. */
const BACKDATED_DAYS = 1;
const CURVE = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';
const NAME_CONSTRAINTS = '2.5.29.30';

/** Names a list of domains in a certificate, so that whoever finds it can tell what it was made for. */
export const markOf = (domains: readonly string[]): string =>
  `for ${createHash('sha256').update(domains.join(' ')).digest('hex').slice(0, 16)}`;

/** Makes an authority for `domains` and what is below them. */
export async function makeAuthority(
  domains: readonly string[],
  days: number = AUTHORITY_DAYS,
): Promise<AuthorityPair> {
  const x509 = await library();
  const keys = await newKeys();
  const { digitalSignature, keyCertSign, cRLSign } = x509.KeyUsageFlags;
  const unique = Buffer.from(webcrypto.getRandomValues(new Uint8Array(6))).toString('hex');
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: [{ O: ['Orrery'] }, { OU: [markOf(domains)] }, { CN: [`Orrery local test authority ${unique}`] }],
    ...validity(days),
    signingAlgorithm: CURVE,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(digitalSignature | keyCertSign | cRLSign, true),
      new x509.ExtendedKeyUsageExtension([SERVER_AUTH]),
      new x509.Extension(NAME_CONSTRAINTS, true, nameConstraints(domains)),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { domains, certificatePem: pem(certificate.toString('pem')), keyPem: await privatePem(keys) };
}

/** Makes certificates for host names, signed by `authority`; all share one key, which never leaves the process. */
export async function leafMaker(authority: KeyPair): Promise<(hostname: string) => Promise<KeyPair>> {
  const x509 = await library();
  const issuer = new x509.X509Certificate(authority.certificatePem);
  const signingKey = await webcrypto.subtle.importKey(
    'pkcs8',
    Buffer.from(authority.keyPem.replace(/-----[^-]+-----|\s/g, ''), 'base64'),
    CURVE,
    false,
    ['sign'],
  );
  const keys = await newKeys();
  const keyPem = await privatePem(keys);
  const identifier = await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey);
  return async (hostname) => {
    const { notBefore, notAfter } = validity(LEAF_DAYS);
    const certificate = await x509.X509CertificateGenerator.create({
      subject: [{ O: ['Orrery'] }, { CN: ['Orrery twin'] }],
      issuer: issuer.subjectName,
      notBefore,
      notAfter: notAfter < issuer.notAfter ? notAfter : issuer.notAfter,
      signingAlgorithm: CURVE,
      publicKey: keys.publicKey,
      signingKey,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([SERVER_AUTH]),
        new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: hostname }]),
        identifier,
      ],
    });
    return { certificatePem: pem(certificate.toString('pem')), keyPem };
  };
}

/** The library wants decorators' metadata to be there before it. */
async function library(): Promise<typeof import('@peculiar/x509')> {
  await import('reflect-metadata');
  const x509 = await import('@peculiar/x509');
  return x509;
}

const newKeys = (): Promise<webcrypto.CryptoKeyPair> =>
  webcrypto.subtle.generateKey(CURVE, true, ['sign', 'verify']) as Promise<webcrypto.CryptoKeyPair>;

async function privatePem(keys: webcrypto.CryptoKeyPair): Promise<string> {
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  return `-----BEGIN PRIVATE KEY-----\n${der.replace(/.{64}(?=.)/g, '$&\n')}\n-----END PRIVATE KEY-----\n`;
}

const pem = (text: string): string => `${text.trim().replace(/\r\n/g, '\n')}\n`;

function validity(days: number): { notBefore: Date; notAfter: Date } {
  const from = wallNow() - BACKDATED_DAYS * DAY_MS;
  return { notBefore: new Date(from), notAfter: new Date(from + days * DAY_MS) };
}

/**
 * RFC 5280, 4.2.1.10, in DER; the library has no class for it. Every IP address is excluded: a permitted list of one
 * kind of name says nothing about the other kinds.
 */
function nameConstraints(domains: readonly string[]): Buffer {
  const permitted = domains.map((domain) => der(0x30, der(0x82, Buffer.from(domain, 'ascii'))));
  const excluded = [8, 32].map((bytes) => der(0x30, der(0x87, Buffer.alloc(bytes))));
  return der(0x30, der(0xa0, ...permitted), der(0xa1, ...excluded));
}

/** One DER value: tag, length (up to 65,535 bytes), content. */
function der(tag: number, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const { length } = body;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
}

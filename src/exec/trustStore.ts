/**
 * A trust store for Java, which reads no PEM. In the JKS form, since every version of Java reads it and it needs
 * neither `keytool` nor a Java on this machine. The form is described in `sun.security.provider.JavaKeyStore`.
 */
import { createHash } from 'node:crypto';

/** What Java asks for to check that a store is whole; it guards nothing. */
export const TRUST_STORE_PASSWORD = 'changeit';

const MAGIC = 0xfeedfeed;
const VERSION = 2;
const TRUSTED_CERTIFICATE = 2;
const CERTIFICATE = /-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----/g;

/** A store of all certificates of a PEM text. */
export function trustStore(pem: string): Buffer {
  const certificates = [...pem.matchAll(CERTIFICATE)];
  const parts = [int(MAGIC), int(VERSION), int(certificates.length)];
  certificates.forEach(([, base64 = ''], nth) => {
    const raw = Buffer.from(base64, 'base64');
    // The alias, and when it was put in (never): both are for people.
    parts.push(int(TRUSTED_CERTIFICATE), text(`orrery-${nth}`), Buffer.alloc(8));
    parts.push(text('X.509'), int(raw.length), raw);
  });
  const body = Buffer.concat(parts);
  return Buffer.concat([body, digest(body)]);
}

/** SHA-1 over the password, a phrase, and all before: the form has no other. */
function digest(body: Buffer): Buffer {
  const password = Buffer.from(TRUST_STORE_PASSWORD, 'utf16le').swap16();
  return createHash('sha1').update(password).update('Mighty Aphrodite').update(body).digest();
}

function int(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32BE(value);
  return buffer;
}

/** A length in two bytes, then the text. */
function text(value: string): Buffer {
  const buffer = Buffer.alloc(2 + value.length);
  buffer.writeUInt16BE(value.length);
  buffer.write(value, 2, 'latin1');
  return buffer;
}

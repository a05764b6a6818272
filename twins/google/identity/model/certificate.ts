/**
 * Certificates for keys that sign tokens, as Google publishes them beside the keys: self-signed, for who checks with
 * nothing but X.509. Written by hand: what makes certificates in libraries is asynchronous, and handlers are not.
 */
import { createHash, createPublicKey, sign } from 'node:crypto';
import type { RsaKey } from '../../../../src/keys.ts';

const YEAR_MS = 365 * 86_400_000;
/** sha256WithRSAEncryption, RFC 4055. */
const SIGNED = der(0x30, der(0x06, Buffer.from('2a864886f70d01010b', 'hex')), der(0x05));
const COMMON_NAME = der(0x06, Buffer.from('550403', 'hex'));

/** Made once: the same key and name give the same bytes. */
const made = new Map<string, string>();
const MADE_MAX = 100;

/** An X.509 certificate in PEM for `key`, of and by `commonName`, good from `fromMs` for ten years. RFC 5280 */
export function certificateOf(key: RsaKey, commonName: string, fromMs: number): string {
  const name = createHash('sha256').update(`${key.publicKey} ${commonName} ${fromMs}`).digest('hex');
  const known = made.get(name);
  if (known) return known;
  if (made.size >= MADE_MAX) made.clear();
  const whom = der(0x30, der(0x31, der(0x30, COMMON_NAME, der(0x0c, Buffer.from(commonName)))));
  const body = der(
    0x30,
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from(`01${name.slice(0, 16)}`, 'hex')),
    SIGNED,
    whom,
    der(0x30, time(fromMs), time(fromMs + 10 * YEAR_MS)),
    whom,
    createPublicKey(key.publicKey).export({ type: 'spki', format: 'der' }),
  );
  const signature = sign('RSA-SHA256', body, key.privateKey);
  const whole = der(0x30, body, SIGNED, der(0x03, Buffer.from([0]), signature));
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? [];
  const pem = `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
  made.set(name, pem);
  return pem;
}

/** One DER value: its tag, its length, what is in it. */
function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content]);
  const bytes = length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...bytes]), content]);
}

/** GeneralizedTime, to the second. */
const time = (ms: number): Buffer =>
  der(0x18, Buffer.from(`${new Date(ms).toISOString().replace(/[-:T]|\.\d+/g, '')}`));

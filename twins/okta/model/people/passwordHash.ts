/**
 * Passwords that were hashed elsewhere and imported: which hashes the org takes, and whether a password is theirs.
 * https://developer.okta.com/docs/api/openapi/okta-management/management/tag/User/#tag/User/operation/createUser
 */
import { createHash, pbkdf2Sync } from 'node:crypto';
import { createRequire } from 'node:module';
import { invalid } from '../../errors.ts';
import { BCRYPT_WORK_FACTOR_MAX, PBKDF2_ITERATIONS_MAX, PBKDF2_ITERATIONS_MIN } from '../../limits.ts';

// Loaded by the first who needs it: most servers never do, and all would start later.
const require = createRequire(import.meta.url);
const bcrypt = () => require('bcryptjs') as typeof import('bcryptjs');

/** A hash as clients send it; salts and values are base64, those of BCRYPT in its own alphabet. */
export interface PasswordHash {
  algorithm?: string;
  value?: string;
  salt?: string;
  saltOrder?: string;
  workFactor?: number;
  digestAlgorithm?: string;
  iterationCount?: number;
  keySize?: number;
}

/** Node's names of the plain algorithms. */
const DIGESTS: Readonly<Record<string, string>> = {
  'SHA-512': 'sha512',
  'SHA-256': 'sha256',
  'SHA-1': 'sha1',
  MD5: 'md5',
};
const HMACS: Readonly<Record<string, string>> = { SHA256_HMAC: 'sha256', SHA512_HMAC: 'sha512' };
const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/;
const BCRYPT_SALT = /^[A-Za-z0-9./]{22}$/;
const BCRYPT_VALUE = /^[A-Za-z0-9./]{31}$/;

/** Throws E0000001 for an algorithm that there is none of, and for parts that it lacks or cannot have. */
export function checkHash(hash: PasswordHash): void {
  const { algorithm = '', value, salt, saltOrder } = hash;
  if (!value) throw bad('The hash value cannot be left blank');
  if (algorithm === 'BCRYPT') checkBcrypt(hash);
  else if (algorithm === 'PBKDF2') checkPbkdf2(hash);
  else if (Object.hasOwn(DIGESTS, algorithm)) {
    if (!BASE64.test(value)) throw bad('The hash value is not valid base64');
    if (salt !== undefined && !BASE64.test(salt)) throw bad('The salt is not valid base64');
    if (salt !== undefined && saltOrder !== 'PREFIX' && saltOrder !== 'POSTFIX')
      throw bad('The salt order must be PREFIX or POSTFIX');
  } else throw bad('The hash algorithm is not supported');
}

/** Whether this is the password that was hashed. */
export function hashFits(hash: PasswordHash, password: string): boolean {
  const { algorithm = '', value = '', salt = '', saltOrder } = hash;
  if (algorithm === 'BCRYPT')
    return bcrypt().compareSync(password, `$2a$${String(hash.workFactor).padStart(2, '0')}$${salt}${value}`);
  const wanted = Buffer.from(value, 'base64');
  const salted = Buffer.from(salt, 'base64');
  if (algorithm === 'PBKDF2') {
    const digest = HMACS[hash.digestAlgorithm ?? ''] ?? 'sha256';
    return pbkdf2Sync(password, salted, hash.iterationCount ?? 1, wanted.length, digest).equals(wanted);
  }
  const text = Buffer.from(password, 'utf8');
  const parts = saltOrder === 'POSTFIX' ? [text, salted] : [salted, text];
  return createHash(DIGESTS[algorithm] ?? 'sha512')
    .update(Buffer.concat(parts))
    .digest()
    .equals(wanted);
}

function checkBcrypt({ value = '', salt = '', workFactor }: PasswordHash): void {
  if (
    !Number.isInteger(workFactor) ||
    (workFactor as number) < 1 ||
    (workFactor as number) > BCRYPT_WORK_FACTOR_MAX
  )
    throw bad(`The work factor must be between 1 and ${BCRYPT_WORK_FACTOR_MAX}`);
  if (!BCRYPT_SALT.test(salt)) throw bad('The salt must be 22 characters of radix-64');
  if (!BCRYPT_VALUE.test(value)) throw bad('The hash value must be 31 characters of radix-64');
}

function checkPbkdf2({
  value = '',
  salt = '',
  digestAlgorithm,
  iterationCount,
  keySize,
}: PasswordHash): void {
  if (!BASE64.test(value)) throw bad('The hash value is not valid base64');
  if (!BASE64.test(salt)) throw bad('The salt is not valid base64');
  if (!Object.hasOwn(HMACS, digestAlgorithm ?? ''))
    throw bad('The digest algorithm must be SHA256_HMAC or SHA512_HMAC');
  const fits =
    Number.isInteger(iterationCount) &&
    (iterationCount as number) >= PBKDF2_ITERATIONS_MIN &&
    (iterationCount as number) <= PBKDF2_ITERATIONS_MAX;
  if (!fits) throw bad(`The iteration count must be at least ${PBKDF2_ITERATIONS_MIN}`);
  if (keySize !== Buffer.from(value, 'base64').length)
    throw bad('The key size must be the number of bytes of the hash value');
}

const bad = (why: string): Error => invalid('password', `password: ${why}`);

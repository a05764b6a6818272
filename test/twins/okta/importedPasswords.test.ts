import { createHash, pbkdf2Sync } from 'node:crypto';
import { hashSync } from 'bcryptjs';
import { describe, expect, it } from 'vitest';
import { openOrg, type TestOrg } from './org.ts';

const PASSWORD = 'Tr0ub4dor-x';
const SALT = Buffer.from('some salt');
const sha = (algorithm: string, ...parts: (string | Buffer)[]) =>
  createHash(algorithm)
    .update(Buffer.concat(parts.map((part) => Buffer.from(part))))
    .digest('base64');
const bcrypt = hashSync(PASSWORD, 4);
const stretched = pbkdf2Sync(PASSWORD, SALT, 4_096, 32, 'sha256').toString('base64');
const HASHES = {
  BCRYPT: { algorithm: 'BCRYPT', workFactor: 4, salt: bcrypt.slice(7, 29), value: bcrypt.slice(29) },
  'SHA-512 with a salt before': {
    algorithm: 'SHA-512',
    salt: SALT.toString('base64'),
    saltOrder: 'PREFIX',
    value: sha('sha512', SALT, PASSWORD),
  },
  'SHA-256 with a salt behind': {
    algorithm: 'SHA-256',
    salt: SALT.toString('base64'),
    saltOrder: 'POSTFIX',
    value: sha('sha256', PASSWORD, SALT),
  },
  'SHA-1': { algorithm: 'SHA-1', value: sha('sha1', PASSWORD) },
  MD5: { algorithm: 'MD5', value: sha('md5', PASSWORD) },
  PBKDF2: {
    algorithm: 'PBKDF2',
    digestAlgorithm: 'SHA256_HMAC',
    iterationCount: 4_096,
    keySize: 32,
    salt: SALT.toString('base64'),
    value: stretched,
  },
};
const create = (org: TestOrg, hash: object) =>
  org.call('POST', '/api/v1/users', {
    profile: { firstName: 'Ida', lastName: 'X', email: 'ida@acme.example', login: 'ida@acme.example' },
    credentials: { password: { hash } },
  });
const signIn = async (org: TestOrg, password: string) =>
  (await org.call('POST', '/api/v1/authn', { username: 'ida@acme.example', password })).body;

describe('passwords that are imported as hashes', () => {
  it.each(Object.entries(HASHES))('let in who knows them: %s', async (_name, hash) => {
    const org = await openOrg();
    expect((await create(org, hash)).body.status).toBe('ACTIVE');
    expect((await signIn(org, 'Wr0ng-password')).errorCode).toBe('E0000004');
    expect((await signIn(org, PASSWORD)).status).toBe('SUCCESS');
    expect((await signIn(org, PASSWORD)).status).toBe('SUCCESS');
    expect((await signIn(org, 'Wr0ng-password')).errorCode).toBe('E0000004');
  });

  it.each([
    ['an algorithm that there is none of', { algorithm: 'ROT13', value: 'abc' }],
    ['no value', { algorithm: 'MD5' }],
    ['a salt and no order', { algorithm: 'SHA-1', salt: 'c2FsdA==', value: sha('sha1', 'x') }],
    ['a value that is no base64', { algorithm: 'SHA-1', value: '%%%' }],
    ['a short salt', { ...HASHES.BCRYPT, salt: 'abc' }],
    ['too much work', { ...HASHES.BCRYPT, workFactor: 21 }],
    ['too few iterations', { ...HASHES.PBKDF2, iterationCount: 1 }],
    ['another key size', { ...HASHES.PBKDF2, keySize: 64 }],
    ['no digest', { ...HASHES.PBKDF2, digestAlgorithm: undefined }],
  ])('are refused with %s', async (_says, hash) => {
    const org = await openOrg();
    const { status, body } = await create(org, hash);
    expect([status, body.errorCode, body.errorSummary]).toEqual([
      400,
      'E0000001',
      'Api validation failed: password',
    ]);
    expect((await org.call('GET', '/api/v1/users/ida@acme.example')).status).toBe(404);
  });
});

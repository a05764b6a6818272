/** YubiKeys of an org: their seeds are uploaded, people take one by touching it, and each password that it types counts once. */
import { createDecipheriv } from 'node:crypto';
import type { Range } from '../../../../src/range.ts';
import type { World } from '../../../../src/world/world.ts';
import { blank, invalid, notFound, notWellFormed, refuse } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { stamp } from '../../time.ts';
import { yubikeys } from '../../world/signIn.ts';
import { recordChange, type Who } from '../log/log.ts';

/** A key, less links; `seed`, `publicId`, `owner` and `used` are not shown. */
export interface Yubikey {
  id: string;
  created: string;
  activated?: string;
  lastVerified: string;
  lastUpdated: string;
  status: 'UNASSIGNED' | 'ACTIVE' | 'REVOKED';
  profile: { serial: string };
  publicId: string;
  seed: { privateId: string; aesKey: string };
  owner?: { userId: string; factorId: string };
  /** The counters of the last password that it typed. */
  used: number;
}

/** The body of an upload: hexadecimal texts, and the public id as the key types it (modhex). */
export interface YubikeyInput {
  serialNumber?: string;
  publicId?: string;
  privateId?: string;
  aesKey?: string;
}

const FORMS: readonly (readonly [keyof YubikeyInput, RegExp])[] = [
  ['serialNumber', /^\d{1,12}$/],
  ['publicId', /^[cbdefghijklnrtuv]{12}$/],
  ['privateId', /^[0-9a-fA-F]{12}$/],
  ['aesKey', /^[0-9a-fA-F]{32}$/],
];

/** All keys by age. */
export const findYubikeys = (world: World): Range<Yubikey> => world.list(yubikeys);

/** One key, or E0000007. */
export const findYubikey = (world: World, id: string): Yubikey =>
  world.require(yubikeys, id, () => notFound(id, 'YubikeyToken'));

/** Adds a key. Throws E0000001 for a part that is missing or has another form, and for a key that is there. */
export function uploadYubikey(world: World, who: Who, input: YubikeyInput | undefined): Yubikey {
  if (!input || typeof input !== 'object' || Array.isArray(input)) throw notWellFormed();
  for (const [name, form] of FORMS) {
    if (!input[name]) throw blank(name);
    if (!form.test(String(input[name]))) throw invalid(name, `${name}: The value is not valid`);
  }
  const { serialNumber = '', publicId = '', privateId = '', aesKey = '' } = input;
  const serial = serialNumber.padStart(SERIAL_DIGITS, '0');
  if (
    findYubikeys(world)
      .toArray()
      .some((one) => one.profile.serial === serial || one.publicId === publicId)
  )
    throw invalid('serialNumber', 'serialNumber: A YubiKey with this serial number already exists');
  const now = stamp(world.now());
  const row = world.insert(yubikeys, {
    id: newId(world, 'ykk'),
    created: now,
    lastVerified: now,
    lastUpdated: now,
    status: 'UNASSIGNED',
    profile: { serial },
    publicId,
    seed: { privateId: privateId.toLowerCase(), aesKey },
    used: -1,
  });
  const thing = { id: row.id, type: 'YubikeyToken', name: serial };
  recordChange(world, who, 'system.mfa.factor.activate', 'Upload YubiKey OTP seed', thing);
  return row;
}

const SERIAL_DIGITS = 12;

/** Takes the key that typed `said` for a person. Throws E0000068 where it is nobody's to take. */
export function takeYubikey(
  world: World,
  said: unknown,
  owner: { userId: string; factorId: string },
): Yubikey {
  const key = world
    .list(yubikeys, { index: 'publicId', equals: String(said ?? '').slice(0, PUBLIC_CHARS) })
    .first();
  if (key?.status !== 'UNASSIGNED') throw wrongOtp();
  touch(world, key, said);
  const now = stamp(world.now());
  return world.update(yubikeys, key.id, { status: 'ACTIVE', activated: now, lastUpdated: now, owner });
}

/** Checks a password that a person's key typed. Throws E0000068, E0000082 for one that was typed before. */
export function proveYubikey(world: World, tokenId: string | undefined, said: unknown): void {
  touch(world, findYubikey(world, tokenId ?? ''), said);
}

/** A key whose owner gave it back can be taken by nobody any more. */
export function revokeYubikey(world: World, tokenId: string | undefined): void {
  const key = tokenId === undefined ? undefined : world.get(yubikeys, tokenId);
  if (!key) return;
  const { owner: _, ...rest } = key;
  world.put(yubikeys, { ...rest, status: 'REVOKED', lastUpdated: stamp(world.now()) });
}

function touch(world: World, key: Yubikey, said: unknown): void {
  const counted = counterOf(key, String(said ?? ''));
  if (counted === undefined) throw wrongOtp();
  if (counted <= key.used) throw refuse('E0000082');
  world.update(yubikeys, key.id, { used: counted, lastVerified: stamp(world.now()) });
}

const PUBLIC_CHARS = 12;
const OTP_CHARS = 44;
const MODHEX = 'cbdefghijklnrtuv';

/** How often the key was plugged in and touched, if it was this key. https://developers.yubico.com/OTP/OTPs_Explained.html */
function counterOf({ publicId, seed }: Yubikey, said: string): number | undefined {
  if (said.length !== OTP_CHARS || !said.startsWith(publicId)) return undefined;
  const hex = [...said.slice(PUBLIC_CHARS)].map((char) => MODHEX.indexOf(char).toString(16)).join('');
  if (!/^[0-9a-f]{32}$/.test(hex)) return undefined;
  const cipher = createDecipheriv('aes-128-ecb', Buffer.from(seed.aesKey, 'hex'), null).setAutoPadding(false);
  const plain = Buffer.concat([cipher.update(hex, 'hex'), cipher.final()]);
  if (plain.subarray(0, 6).toString('hex') !== seed.privateId || crc(plain) !== CRC_RESIDUE) return undefined;
  return plain.readUInt16LE(6) * 256 + (plain[11] as number);
}

const CRC_RESIDUE = 0xf0b8;

/** CRC-16 as ISO 13239 has it, over the whole password. */
function crc(bytes: Buffer): number {
  let rest = 0xffff;
  for (const byte of bytes) {
    rest ^= byte;
    for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >> 1) ^ 0x8408 : rest >> 1;
  }
  return rest;
}

const wrongOtp = () =>
  refuse('E0000068', { causes: ["Your passcode doesn't match our records. Please try again."] });

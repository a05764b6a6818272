/** What proves that somebody has a factor: a shared secret, an answer, a code that was sent, a key's signature. */
import { createHash } from 'node:crypto';
import type { World } from '../../../../src/world/world.ts';
import { blank, refuse } from '../../errors.ts';
import { FACTOR_CODE_LASTS_MS, FACTOR_RESEND_AFTER_MS } from '../../limits.ts';
import type { Factor } from './factor.ts';
import { type FactorKind, kindOf } from './factorKind.ts';
import { isTotp } from './totp.ts';
import { newChallenge, provePossession, type WebAuthnProof } from './webauthn.ts';
import { proveYubikey } from './yubikey.ts';

/** What is kept to check a proof by (the answer hashed; moments in universe milliseconds). */
export interface Proof {
  sharedSecret?: string;
  answer?: string;
  code?: string;
  sentAt?: number;
  lastUsed?: string;
  /** The key that was taken. */
  yubikey?: string;
  webauthn?: WebAuthnProof;
}

/** What somebody says to prove it. */
export interface Said {
  passCode?: string;
  answer?: string;
  clientData?: string;
  attestation?: string;
  authenticatorData?: string;
  signatureData?: string;
}

const SECRET_CHARS = 16;
const CODE_CHARS = 6;
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** What a new factor is proven by; a code is to be sent. */
export function newProof(world: World, kind: FactorKind, id: string, sent: Record<string, unknown>): Proof {
  if (kind.proves === 'answer') return { answer: digest(String(sent.answer ?? '')) };
  if (kind.proves === 'time')
    return { sharedSecret: world.secret(['okta.factor', id], SECRET_CHARS, BASE32) };
  if (kind.proves === 'signature') return { webauthn: { challenge: newChallenge(world) } };
  return kind.proves === 'code' ? newCode(world, id) : {};
}

/** Asks for a proof anew. `again`: throws E0000109 within half a minute of the code before. */
export function ask(world: World, factor: Factor, again = false): Proof {
  const kind = kindOf(factor);
  if (again && world.now() - (factor.proof.sentAt ?? 0) < FACTOR_RESEND_AFTER_MS) throw refuse('E0000109');
  if (kind.proves === 'signature')
    return { ...factor.proof, webauthn: { ...factor.proof.webauthn, challenge: newChallenge(world) } };
  return { ...factor.proof, ...newCode(world, factor.id) };
}

/** Takes a proof: what changes of the factor by it. Throws E0000068 for a wrong one, E0000082 for one that was used. */
export function prove(
  world: World,
  factor: Factor,
  said: Said | undefined,
): Pick<Factor, 'proof'> & Partial<Factor> {
  const { proof } = factor;
  const { proves } = kindOf(factor);
  if (proves === 'signature') {
    const { profile, webauthn } = provePossession(factor.proof.webauthn, said ?? {});
    return { profile, proof: { ...proof, webauthn } };
  }
  const text = said?.passCode ?? said?.answer;
  if (!text || typeof text !== 'string') throw blank(proves === 'answer' ? 'answer' : 'passCode');
  if (proves === 'otp') {
    proveYubikey(world, proof.yubikey, text);
    return { proof };
  }
  if (proves !== 'answer' && text === proof.lastUsed) throw refuse('E0000082');
  const fresh = world.now() - (proof.sentAt ?? 0) < FACTOR_CODE_LASTS_MS;
  const right =
    proves === 'time'
      ? isTotp(proof.sharedSecret ?? '', text, world.now())
      : proves === 'answer'
        ? proof.answer === digest(text)
        : fresh && proof.code !== undefined && proof.code === text;
  if (!right)
    throw refuse('E0000068', {
      causes: [
        `Your ${proves === 'answer' ? 'answer' : 'passcode'} doesn't match our records. Please try again.`,
      ],
    });
  const { code: _, ...left } = proof;
  return { proof: { ...left, ...(proves === 'answer' ? {} : { lastUsed: text }) } };
}

/** A code that is to be sent. */
export function newCode(world: World, id: string): { code: string; sentAt: number } {
  const code = world.secret(['okta.factorCode', id, world.next('okta.factorCode')], CODE_CHARS, '0123456789');
  return { code, sentAt: world.now() };
}

const digest = (answer: string): string =>
  createHash('sha256').update(answer.toLowerCase()).digest('base64url');

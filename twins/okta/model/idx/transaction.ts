/**
 * Sign-ins of an Identity Engine org: where each of them stands, and what comes next.
 * https://developer.okta.com/docs/concepts/interaction-code/
 */
import { BASE64URL } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import { IDX_LASTS_MS } from '../../limits.ts';
import { idxTransactions } from '../../world/signIn.ts';
import { apps, users } from '../../world.ts';
import type { App } from '../apps/app.ts';
import type { Form } from '../oauth/client.ts';
import { sweep } from '../oauth/usedOnce.ts';
import type { User } from '../people/user.ts';
import type { Proof } from '../signIn/proof.ts';

/** What somebody must do next. */
export type Stage =
  /** Say who they are (`FOR_RECOVERY`: to recover, `FOR_UNLOCK`: to unlock). */
  | 'IDENTIFY'
  | 'IDENTIFY_RECOVERY'
  | 'UNLOCK'
  /** Choose by what to show it, or show it. */
  | 'SELECT'
  | 'CHALLENGE'
  /** Choose a new password: it was forgotten, or is expired. */
  | 'RESET'
  | 'REENROLL'
  /** Choose what to set up, say more of it, or prove it. */
  | 'SELECT_ENROLL'
  | 'ENROLL_DATA'
  | 'ENROLL'
  /** Register. */
  | 'PROFILE'
  | 'DONE'
  /** Nothing can follow; `message` says why. */
  | 'OVER';

/** The authenticator that is asked for or set up now; moments in universe milliseconds. */
export interface Current {
  key: string;
  method: string;
  factorId?: string;
  /** A code that was sent where there is no factor: to an address that the org knows anyway. */
  code?: { text: string; sentAt: number };
  pushId?: string;
}

export interface Message {
  message: string;
  key: string;
  class: 'ERROR' | 'INFO';
}

/** A sign-in as it is kept. Universe milliseconds. */
export interface IdxTransaction {
  id: string;
  handle: string;
  interactionHandle?: string;
  startedAt: number;
  expiresAt: number;
  intent: 'LOGIN' | 'CREDENTIAL_ENROLLMENT' | 'CREDENTIAL_RECOVERY' | 'UNLOCK';
  /** What a program asked for, by the address of its authorization server; absent where nobody but the org did. */
  request?: Form;
  issuerId?: string;
  appId?: string;
  stage: Stage;
  identifier?: string;
  userId?: string;
  proofs: Proof[];
  current?: Current;
  /** By what a password is being recovered, once it was shown. */
  recoveredBy?: string;
  skipped?: true;
  remember?: true;
  deviceToken?: string;
  message?: Message;
}

/** A new sign-in. */
export function beginIdx(
  world: World,
  of: Pick<IdxTransaction, 'proofs'> & Partial<IdxTransaction>,
): IdxTransaction {
  sweep(world, idxTransactions);
  const n = world.next('okta.idx');
  return world.insert(idxTransactions, {
    intent: 'LOGIN',
    stage: 'IDENTIFY',
    ...of,
    id: `ei${world.secret(['okta.idx', n], ID_CHARS)}`,
    handle: `02.id.${world.secret(['okta.stateHandle', n], HANDLE_CHARS, BASE64URL)}`,
    startedAt: world.now(),
    expiresAt: world.now() + IDX_LASTS_MS,
  });
}

const ID_CHARS = 22;
const HANDLE_CHARS = 38;

/** The sign-in of a state handle, while its time lasts. A handle may carry what its holder appended after `~`. */
export function liveIdx(world: World, handle: unknown): IdxTransaction | undefined {
  const text = typeof handle === 'string' ? (handle.split('~', 1)[0] ?? '') : '';
  const found = world.list(idxTransactions, { index: 'handle', equals: text }).first();
  return found && found.expiresAt > world.now() ? found : undefined;
}

/** The sign-in that a program's handle stands for. */
export function liveInteraction(world: World, handle: unknown): IdxTransaction | undefined {
  const found =
    typeof handle === 'string'
      ? world.list(idxTransactions, { index: 'interaction', equals: handle }).first()
      : undefined;
  return found && found.expiresAt > world.now() ? found : undefined;
}

/** Puts a sign-in somewhere else; what is `undefined` goes. */
export const moveIdx = (
  world: World,
  { id }: IdxTransaction,
  to: { [K in keyof IdxTransaction]?: IdxTransaction[K] | undefined },
): IdxTransaction =>
  world.update(idxTransactions, id, (row) => {
    const moved = Object.entries({ ...row, ...to }).filter(([, value]) => value !== undefined);
    return Object.fromEntries(moved) as unknown as IdxTransaction;
  });

/** Ends a sign-in. */
export const endIdx = (world: World, { id }: IdxTransaction): boolean => world.remove(idxTransactions, id);

/** Whoever is signing in, once that is known. */
export const personOfIdx = (world: World, { userId }: IdxTransaction): User | undefined =>
  userId === undefined ? undefined : world.get(users, userId);

/** The app that is signed in to. */
export const appOfIdx = (world: World, { appId }: IdxTransaction): App | undefined =>
  appId === undefined ? undefined : world.get(apps, appId);

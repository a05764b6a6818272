/** One-time tokens that let somebody in who cannot sign in: to activate, to set a new password, to unlock. */
import { BASE62 } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import { ACTIVATION_TOKEN_LASTS_MS } from '../../limits.ts';
import { recoveryTokens } from '../../world/signIn.ts';
import { sweep } from '../oauth/usedOnce.ts';
import { passwordSettingsOf } from '../people/passwordPolicy.ts';
import type { User } from '../people/user.ts';

/** One token; `for` says what it is good for. Universe milliseconds. */
export interface RecoveryToken {
  token: string;
  userId: string;
  for: 'ACTIVATION' | 'PASSWORD' | 'UNLOCK';
  expiresAt: number;
}

const TOKEN_CHARS = 20;

/** A new token; those before that were good for the same are no longer. */
export function issueRecoveryToken(world: World, user: User, what: RecoveryToken['for']): string {
  sweep(world, recoveryTokens);
  for (const old of world.list(recoveryTokens, { index: 'user', equals: user.id }).toArray())
    if (old.for === what) world.remove(recoveryTokens, old.token);
  const minutes = passwordSettingsOf(world, user).recovery.factors.okta_email.properties?.recoveryToken
    ?.tokenLifetimeMinutes;
  const lastsMs = what === 'ACTIVATION' ? ACTIVATION_TOKEN_LASTS_MS : (minutes ?? 60) * 60_000;
  const token = world.secret(['okta.recovery', world.next('okta.recovery')], TOKEN_CHARS, BASE62);
  world.insert(recoveryTokens, { token, userId: user.id, for: what, expiresAt: world.now() + lastsMs });
  return token;
}

/** The token with this text, if it is still good. */
export function liveRecoveryToken(world: World, token: unknown): RecoveryToken | undefined {
  const found = world.get(recoveryTokens, String(token ?? ''));
  return found && found.expiresAt > world.now() ? found : undefined;
}

/** Takes a token, which is good for nothing from then on. */
export const spendRecoveryToken = (world: World, { token }: RecoveryToken): boolean =>
  world.remove(recoveryTokens, token);

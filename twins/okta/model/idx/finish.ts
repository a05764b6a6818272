/** The end of a sign-in: whoever has shown enough gets a session, and the program that waited its code. */
import type { World } from '../../../../src/world/world.ts';
import { authorize, readAuthorization, readReturn } from '../oauth/authorization.ts';
import type { Form } from '../oauth/client.ts';
import { findIssuer } from '../oauth/issuer.ts';
import { findUser, whoIs } from '../people/user.ts';
import type { From } from '../signIn/passwordAttempt.ts';
import { rememberDevice } from '../signIn/rememberedDevice.ts';
import { admit, createSession, liveSession, type Session, strengthenSession } from '../signIn/session.ts';
import { sessionRuleOf } from '../signIn/sessionPolicy.ts';
import { sessionTermsOf } from './advance.ts';
import type { IdxTransaction } from './transaction.ts';

/** The session of somebody who has shown enough; one that was there before is strengthened. */
export function enter(world: World, from: From, transaction: IdxTransaction, before?: Session): Session {
  const userId = transaction.userId ?? '';
  const known = before && liveSession(world, before.id);
  const added = transaction.proofs.filter(({ at }) => at >= transaction.startedAt);
  remember(world, from, transaction);
  if (known?.userId === userId) return added.length > 0 ? strengthenSession(world, known, added) : known;
  const terms = sessionTermsOf(world, from, userId);
  const user = findUser(world, userId);
  const who = { ...whoIs(user), ...from };
  return createSession(world, { sessionToken: admit(world, user, transaction.proofs, terms, who).token });
}

/** Whoever wanted so is not asked for a second factor on this device again so soon. */
function remember(
  world: World,
  from: From,
  { userId = '', deviceToken, remember: wanted, proofs }: IdxTransaction,
): void {
  const rule = sessionRuleOf(world, from, findUser(world, userId));
  const second = proofs.some(({ key }) => key !== 'okta_password');
  if (deviceToken === undefined || !second || rule.factorPromptMode === 'ALWAYS') return;
  if (wanted || rule.rememberDeviceByDefault)
    rememberDevice(world, userId, deviceToken, rule.factorLifetimeMinutes);
}

/** The code for the program that began the sign-in. Throws what the program is told, as `authorize` does. */
export function interactionCode(world: World, transaction: IdxTransaction, session: Session): string {
  const request = (transaction.request ?? {}) as Form;
  const to = readReturn(world, request);
  const asked = readAuthorization(world, findIssuer(world, transaction.issuerId), to, request);
  return authorize(world, asked, session, 'interaction_code').code ?? '';
}

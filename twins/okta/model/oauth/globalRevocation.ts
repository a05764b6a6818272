/** A person is signed out of everything: their sessions end, and no token of theirs is good any more. */
import type { World } from '../../../../src/world/world.ts';
import { blank, invalid, notFound } from '../../errors.ts';
import { idps, users } from '../../world.ts';
import { linkedBy } from '../federation/idpUser.ts';
import { record, type Who } from '../log/log.ts';
import { type User, userByLogin, userTarget } from '../people/user.ts';
import { endSessionsOf } from '../signIn/session.ts';
import { revokeTokensOf } from './token.ts';

/** Whom it is about (RFC 9493): by their id here, or by the name that an issuer has for them. */
export interface RevokedSubject {
  format?: string;
  id?: string;
  iss?: string;
  sub?: string;
}

/** Throws E0000001 for a subject in another form, E0000007 for nobody. */
export function revokeEverywhere(world: World, who: Who, subject: RevokedSubject | undefined): void {
  const user = subjectOf(world, subject);
  revokeTokensOf(world, user.id);
  endSessionsOf(world, who, user.id);
  record(world, who, {
    eventType: 'user.authentication.universal_logout',
    displayMessage: 'Universal Logout',
    target: [userTarget(user)],
  });
}

function subjectOf(world: World, subject: RevokedSubject | undefined): User {
  if (!subject) throw blank('sub_id');
  const { format, id, iss, sub } = subject;
  if (format === 'opaque') {
    if (!id) throw blank('sub_id.id');
    return world.require(users, id, () => notFound(id, 'User'));
  }
  if (format !== 'iss_sub') throw invalid('sub_id', 'sub_id.format: The value is not valid');
  if (!iss) throw blank('sub_id.iss');
  if (!sub) throw blank('sub_id.sub');
  const issuerOf = (protocol: Record<string, unknown>) =>
    (protocol.issuer as { url?: string } | undefined)?.url;
  const idp = world.list(idps, { where: (one) => issuerOf(one.protocol) === iss }).first();
  const linked = idp && linkedBy(world, idp.id, sub);
  const user = linked ? world.get(users, linked.id) : userByLogin(world, sub);
  if (!user) throw notFound(sub, 'User');
  return user;
}

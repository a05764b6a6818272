/** Somebody who signed in at a provider is in here, too. */
import type { World } from '../../../../src/world/world.ts';
import { sessionTokens } from '../../world/security.ts';
import { record } from '../log/log.ts';
import { type User, userTarget, whoIs } from '../people/user.ts';
import { admit, createSession, type Session } from '../signIn/session.ts';
import type { Idp } from './idp.ts';

/** A session that tells where its person signed in. */
export function federatedSession(world: World, idp: Idp, user: User): Session {
  const isSocial = idp.type !== 'OIDC';
  const { token } = admit(world, user, [{ key: 'external_idp', method: 'idp', at: world.now() }]);
  world.update(sessionTokens, token, { idp: { id: idp.id, type: isSocial ? 'SOCIAL' : 'FEDERATION' } });
  record(world, whoIs(user), {
    eventType: isSocial ? 'user.authentication.auth_via_social' : 'user.authentication.auth_via_IDP',
    displayMessage: 'Authenticate user via IDP',
    target: [
      userTarget(user),
      {
        id: idp.id,
        type: 'IdentityProvider',
        alternateId: 'unknown',
        displayName: idp.name,
        detailEntry: null,
      },
    ],
  });
  return createSession(world, { sessionToken: token });
}

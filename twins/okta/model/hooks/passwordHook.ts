/**
 * The password import inline hook: whoever was created with it signs in for the first time, and the program that has
 * known their password until now is asked. https://developer.okta.com/docs/reference/password-hook/
 */
import type { World } from '../../../../src/world/world.ts';
import { users } from '../../world.ts';
import { record } from '../log/log.ts';
import { userTarget, whoIs } from '../people/user.ts';
import { callHook, envelope, type HookReply, requestContext } from './callHook.ts';
import { activeHook } from './inlineHook.ts';

/** Whether the program says that this is the password; the person then has it here too. */
export function importPassword(world: World, userId: string, password: string): boolean {
  const user = world.get(users, userId);
  const hook = activeHook(world, 'com.okta.user.credential.password.import');
  if (!user || !hook) return false;
  const { login: username } = user.profile;
  const who = whoIs(user);
  const data = {
    context: { request: requestContext(world), credential: { username, password } },
    action: { credential: 'UNVERIFIED' },
  };
  const isVerified = verified(callHook(world, who, hook, envelope(world, hook, data), 2));
  record(world, who, {
    eventType: 'user.import.password',
    displayMessage: 'User password import',
    target: [userTarget(user)],
    outcome: isVerified
      ? { result: 'SUCCESS', reason: null }
      : { result: 'FAILURE', reason: 'INVALID_CREDENTIALS' },
  });
  if (isVerified)
    world.update(users, userId, {
      credentials: { ...user.credentials, provider: { type: 'OKTA', name: 'OKTA' } },
    });
  return isVerified;
}

/** The last command decides; without one it is what the request said. */
function verified(reply: HookReply): boolean {
  if ('failure' in reply || reply.error) return false;
  const updates = reply.commands.filter(({ type }) => type === 'com.okta.action.update');
  return (updates.at(-1)?.value as { credential?: unknown } | undefined)?.credential === 'VERIFIED';
}

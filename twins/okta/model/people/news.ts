/** What the twins that are wired to the org hear of its people. */

import type { PersonNews, Standing } from '../../../../src/wiring.ts';
import type { World } from '../../../../src/world/world.ts';
import { users } from '../../world.ts';
import type { LogEvent, LogParty } from '../log/log.ts';
import { displayName, type User, type UserStatus } from './user.ts';

/** Whatever the System Log says of a user's lifecycle, profile or groups is news of the person. */
export function tellOfEvent(world: World, { eventType, target }: LogEvent): void {
  if (!NEWS.test(eventType)) return;
  const user = target.find((party) => party.type === 'User');
  if (user) tellOfUser(world, user.id, groupsIn(eventType, target));
}

const NEWS =
  /^(user\.lifecycle\.(create|activate|reactivate|deactivate|suspend|unsuspend)|user\.account\.update_profile|group\.user_membership\.(add|remove))$/;

/** Lets them hear of a user, who was known by `formerEmail` until now. */
export function tellOfUser(
  world: World,
  userId: string,
  more: { formerEmail?: string; joined?: string; left?: string } = {},
): void {
  world.tell(userId, { ...more, describe: (now) => described(now, userId) });
}

function groupsIn(eventType: string, target: readonly LogParty[]): { joined?: string; left?: string } {
  const name = target.find(({ type }) => type === 'UserGroup')?.displayName;
  if (name === undefined) return {};
  return eventType.endsWith('.add') ? { joined: name } : { left: name };
}

function described(world: World, userId: string): Pick<PersonNews, 'person' | 'standing'> | undefined {
  const user = world.get(users, userId);
  return user && { person: personOf(user), standing: STANDINGS[user.status] };
}

/** Whoever is to set a password, or locked themselves out, is in the company all the same. */
const STANDINGS: Readonly<Record<UserStatus, Standing>> = {
  STAGED: 'expected',
  PROVISIONED: 'active',
  ACTIVE: 'active',
  RECOVERY: 'active',
  LOCKED_OUT: 'active',
  PASSWORD_EXPIRED: 'active',
  SUSPENDED: 'suspended',
  DEPROVISIONED: 'gone',
};

function personOf(user: User): PersonNews['person'] {
  const { email, firstName, lastName, displayName: shown, title, department, manager } = user.profile;
  const text = (value: unknown): string | undefined =>
    typeof value === 'string' && value ? value : undefined;
  const [job, unit, boss] = [text(title), text(department), text(manager)];
  return {
    email,
    name: (firstName === lastName ? text(shown) : undefined) ?? displayName(user),
    firstName: text(firstName) ?? '',
    lastName: text(lastName) ?? '',
    ...(job ? { title: job } : {}),
    ...(unit ? { department: unit } : {}),
    ...(boss ? { manager: boss } : {}),
  };
}

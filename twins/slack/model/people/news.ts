/** What the workspace makes of news of people: who comes, whose account is closed and opened again, who is in which group. */

import type { PersonNews } from '../../../../src/wiring.ts';
import type { World } from '../../../../src/world/world.ts';
import { SLACKBOT, type User, users } from '../../world.ts';
import { normalized } from './newcomer.ts';
import { deactivate, reactivate, welcome } from './roster.ts';
import { changeUser } from './user.ts';
import { setMembership } from './usergroup.ts';

/** Takes news of a person. */
export function hear(world: World, { person, formerEmail, standing, joined, left }: PersonNews): void {
  const known = withEmail(world, formerEmail) ?? withEmail(world, person.email);
  if (standing !== 'active') {
    if (known && !known.deleted) deactivate(world, known);
    return;
  }
  const user = known ?? welcome(world, person);
  const here = user.deleted ? reactivate(world, user) : user;
  follow(world, here, person);
  for (const group of joined) setMembership(world, BY, group, user.id, true);
  for (const group of left) setMembership(world, BY, group, user.id, false);
}

/** What nobody of the workspace did is Slackbot's doing. */
const BY = { user: SLACKBOT };

const withEmail = (world: World, email: string | undefined): User | undefined =>
  email === undefined
    ? undefined
    : world.list(users, { index: 'email', equals: email.toLowerCase() }).first();

function follow(
  world: World,
  user: User,
  { name, firstName, lastName, email, title = '' }: PersonNews['person'],
): void {
  const { profile } = user;
  const same = profile.real_name === name && profile.email === email && (profile.title ?? '') === title;
  if (same) return;
  const names = {
    real_name: name,
    real_name_normalized: normalized(name),
    first_name: firstName,
    last_name: lastName,
  };
  changeUser(world, user, { real_name: name, profile: { ...profile, ...names, email, title } }, [
    'user_profile_changed',
  ]);
}

/** `users.*`: people and bots. */
import type { Endpoint } from '../../../src/twin.ts';
import { list } from '../../../src/twin.ts';
import { flag, json, required, text } from '../args.ts';
import { refuse } from '../errors.ts';
import { LIST_LIMIT_MAX } from '../limits.ts';
import { presenceOf, setPresence } from '../model/presence.ts';
import { seconds } from '../model/timestamp.ts';
import { profileView, setProfile, theUser, userByEmail, userView } from '../model/user.ts';
import { isObject, users } from '../world.ts';
import { both, method } from './method.ts';

export const userMethods: readonly Endpoint[] = [
  method(
    'users.list',
    {
      ...both('users:read'),
      tier: 'Tier2',
      page: { style: 'cursor', key: 'members', default: LIST_LIMIT_MAX, max: LIST_LIMIT_MAX },
      cursor: 'user',
      offset: true,
    },
    ({ world, actor, args }) => {
      const locale = flag(args, 'include_locale') ? { locale: 'en-US' } : {};
      return list(
        world.list(users, { index: 'roll' }),
        (row) => ({ ...userView(world, actor, row), ...locale }),
        { cache_ts: seconds(world) },
      );
    },
  ),
  method('users.info', { ...both('users:read'), tier: 'Tier4', required: ['user'] }, (call) => {
    const { world, actor, args } = call;
    const user = userView(world, actor, theUser(world, required(args, 'user')));
    return { user: flag(args, 'include_locale') ? { ...user, locale: 'en-US' } : user };
  }),
  method(
    'users.lookupByEmail',
    { ...both('users:read.email'), tier: 'Tier3', required: ['email'] },
    (call) => {
      const { world, actor, args } = call;
      return { user: userView(world, actor, userByEmail(world, required(args, 'email'))) };
    },
  ),
  method('users.profile.get', { ...both('users.profile:read'), tier: 'Tier4' }, ({ world, actor, args }) => {
    const { profile } = theUser(world, text(args, 'user') || actor.user);
    return { profile: { ...profileView(actor, profile), fields: profile.fields ?? {} } };
  }),
  method('users.profile.set', { user: ['users.profile:write'], tier: 'Tier3' }, ({ world, actor, args }) => {
    const name = text(args, 'name');
    const changes =
      name === undefined ? json(args, 'profile', 'invalid_profile') : { [name]: text(args, 'value') ?? '' };
    if (!isObject(changes)) throw refuse('invalid_profile');
    const user = setProfile(world, theUser(world, text(args, 'user') || actor.user), changes);
    return { profile: profileView(actor, user.profile), username: user.name };
  }),
  method('users.getPresence', { ...both('users:read'), tier: 'Tier3' }, ({ world, actor, args }) =>
    presenceOf(world, actor, theUser(world, text(args, 'user') || actor.user)),
  ),
  method(
    'users.setPresence',
    { ...both('users:write'), tier: 'Tier2', required: ['presence'] },
    ({ world, actor, args }) => {
      setPresence(world, actor.user, required(args, 'presence'));
      return {};
    },
  ),
];

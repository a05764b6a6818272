/** `users.*`: people and bots. */
import type { Endpoint } from '../../../src/twin.ts';
import { list } from '../../../src/twin.ts';
import { flag, ids, required, text } from '../args.ts';
import { invalidArguments, refuse } from '../errors.ts';
import { EXCHANGED_USERS_MAX, LIST_LIMIT_MAX, USERS_WHOLE_MAX } from '../limits.ts';
import { seconds } from '../model/messages/timestamp.ts';
import { presenceOf, setPresence } from '../model/people/presence.ts';
import { isEmail, theUser, userByEmail, userView } from '../model/people/user.ts';
import { users } from '../world.ts';
import { both, method } from './method.ts';

export const userMethods: readonly Endpoint[] = [
  method(
    'users.list',
    {
      ...both('users:read'),
      tier: 'Tier2',
      page: { style: 'cursor', key: 'members', default: USERS_WHOLE_MAX, max: LIST_LIMIT_MAX },
      cursor: 'user',
      offset: true,
    },
    ({ world, actor, args }) => {
      const locale = flag(args, 'include_locale') ? { locale: 'en-US' } : {};
      const everybody = world.list(users, { index: 'roll' });
      const whole = !Number(text(args, 'limit') ?? 0) && !text(args, 'cursor');
      if (whole && everybody.count() > USERS_WHOLE_MAX) throw refuse('limit_required');
      return list(everybody, (row) => ({ ...userView(world, actor, row), ...locale }), {
        cache_ts: seconds(world),
      });
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
  // Nothing comes of it since presence is made out by what a person does.
  method('users.setActive', { ...both('users:write'), tier: 'Tier2' }, () => ({})),
  method(
    'users.discoverableContacts.lookup',
    { bot: ['conversations.connect:manage', 'team:read'], tier: 'Tier2', required: ['email'] },
    ({ args }) => {
      if (!isEmail(required(args, 'email'))) throw invalidArguments(['invalid email']);
      throw refuse('not_an_enterprise');
    },
  ),
  method(
    'migration.exchange',
    { ...both('tokens.basic'), tier: 'Tier2', required: ['users'] },
    ({ args }) => {
      if (ids(args, 'users').length > EXCHANGED_USERS_MAX) throw refuse('too_many_users');
      throw refuse('not_enterprise_team');
    },
  ),
];

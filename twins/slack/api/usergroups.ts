/** `usergroups.*`: people who are mentioned together. */
import type { Endpoint } from '../../../src/twin.ts';
import { type Args, flag, ids, required, text } from '../args.ts';
import { refuse } from '../errors.ts';
import {
  createGroup,
  enable,
  type GroupDraft,
  groupView,
  setUsers,
  theGroup,
  updateGroup,
} from '../model/people/usergroup.ts';
import { type UserGroup, userGroups } from '../world.ts';
import { both, method } from './method.ts';

const reading = { ...both('usergroups:read'), tier: 'Tier2' };
const writing = { ...both('usergroups:write'), tier: 'Tier2' };
const GROUPS_MAX = 10_000;

export const userGroupMethods: readonly Endpoint[] = [
  method('usergroups.list', reading, ({ world, args }) => {
    const all = flag(args, 'include_disabled');
    const range = world.list(userGroups, { where: (row) => all || row.date_delete === 0 });
    return { usergroups: range.toArray(GROUPS_MAX).map((row) => shown(args, row)) };
  }),
  method('usergroups.create', { ...writing, required: ['name'] }, ({ world, actor, args }) => ({
    usergroup: shown(args, createGroup(world, actor, { ...draft(args), name: required(args, 'name') })),
  })),
  method('usergroups.update', { ...writing, required: ['usergroup'] }, ({ world, actor, args }) => {
    const group = theGroup(world, required(args, 'usergroup'));
    return { usergroup: shown(args, updateGroup(world, actor, group, draft(args))) };
  }),
  ...([true, false] as const).map((on) =>
    method(
      on ? 'usergroups.enable' : 'usergroups.disable',
      { ...writing, required: ['usergroup'] },
      ({ world, actor, args }) => {
        const group = theGroup(world, required(args, 'usergroup'));
        return { usergroup: shown(args, enable(world, actor, group, on)) };
      },
    ),
  ),
  method('usergroups.users.list', { ...reading, required: ['usergroup'] }, ({ world, args }) => {
    const group = theGroup(world, required(args, 'usergroup'));
    if (group.date_delete > 0 && !flag(args, 'include_disabled')) throw refuse('no_such_subteam');
    return { users: group.users };
  }),
  method(
    'usergroups.users.update',
    { ...writing, required: ['usergroup', 'users'] },
    ({ world, actor, args }) => {
      const group = theGroup(world, required(args, 'usergroup'));
      return { usergroup: groupView(setUsers(world, actor, group, ids(args, 'users')), true, true) };
    },
  ),
];

const shown = (args: Args, group: UserGroup) =>
  groupView(group, flag(args, 'include_users'), flag(args, 'include_count'));

function draft(args: Args): GroupDraft {
  const name = text(args, 'name');
  const handle = text(args, 'handle');
  const description = text(args, 'description');
  return {
    ...(name === undefined ? {} : { name }),
    ...(handle === undefined ? {} : { handle }),
    ...(description === undefined ? {} : { description }),
    ...(args.channels === undefined ? {} : { channels: ids(args, 'channels') }),
  };
}

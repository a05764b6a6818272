/** Groups, and the products that they open, as answers show them. */
import { membersOf } from '../model/people/groups.ts';
import { type ApplicationRole, type Group, groups, type User, users } from '../world.ts';
import type { Address } from './address.ts';
import { memberPerson } from './peopleView.ts';

type Json = Record<string, unknown>;

/** A group by name, id and address. */
export const groupName = (at: Address, { name, groupId }: Group): Json => ({
  name,
  groupId,
  self: `${at.rest}/group?groupId=${encodeURIComponent(groupId)}`,
});

const USERS_SHOWN = 50;

/** The people of a group, by account id; the inactive ones where they are asked for. */
export const peopleOf = (at: Address, { groupId }: Group, inactive = false): User[] =>
  membersOf(at.world, groupId)
    .toArray()
    .flatMap(({ accountId }) => at.world.get(users, accountId) ?? [])
    .filter(({ active }) => active || inactive);

/** A group with its first members. */
export function groupView(at: Address, group: Group, expand: readonly string[] = []): Json {
  const all = peopleOf(at, group);
  const shown = expand.includes('users') ? all.slice(0, USERS_SHOWN) : [];
  return {
    ...groupName(at, group),
    users: {
      size: all.length,
      items: shown.map((user) => memberPerson(at, user)),
      'max-results': USERS_SHOWN,
      'start-index': 0,
      'end-index': Math.max(0, shown.length - 1),
    },
    expand: 'users',
  };
}

/** A product of the site, with the groups that open it and how many people use it. */
export function applicationRoleView(at: Address, role: ApplicationRole): Json {
  const named = (ids: readonly string[]) => ids.flatMap((id) => at.world.get(groups, id) ?? []);
  const people = new Set(
    role.groups.flatMap((id) => membersOf(at.world, id).toArray()).map((row) => row.accountId),
  );
  const active = [...people].filter((accountId) => at.world.get(users, accountId)?.active).length;
  return {
    key: role.key,
    groups: named(role.groups).map(({ name }) => name),
    groupDetails: named(role.groups).map((group) => groupName(at, group)),
    name: role.name,
    defaultGroups: named(role.defaultGroups).map(({ name }) => name),
    defaultGroupsDetails: named(role.defaultGroups).map((group) => groupName(at, group)),
    selectedByDefault: role.selectedByDefault,
    defined: true,
    numberOfSeats: role.numberOfSeats,
    remainingSeats: role.numberOfSeats - active,
    userCount: active,
    userCountDescription: `${active} ${active === 1 ? 'user' : 'users'}`,
    hasUnlimitedSeats: false,
    platform: false,
  };
}

/** Groups as pickers list them: the part of the name that was asked for is marked. */
export function groupPicks(found: readonly Group[], query: string, limit: number): Json {
  const shown = found.slice(0, limit);
  return {
    header: `Showing ${shown.length} of ${found.length} matching groups`,
    total: found.length,
    groups: shown.map(({ name, groupId }) => ({ name, html: marked(name, query, 'b'), labels: [], groupId })),
  };
}

/** A text as HTML with the first place where `query` stands marked. */
export function marked(text: string, query: string, tag: 'b' | 'strong'): string {
  const at = query === '' ? -1 : text.toLowerCase().indexOf(query.toLowerCase());
  if (at < 0) return html(text);
  const end = at + query.length;
  return `${html(text.slice(0, at))}<${tag}>${html(text.slice(at, end))}</${tag}>${html(text.slice(end))}`;
}

const html = (text: string): string =>
  text.replace(/[&<>"]/g, (one) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[one] ?? one);

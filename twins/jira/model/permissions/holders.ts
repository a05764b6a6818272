/**
 * Whether a person is one of those to whom a scheme grants something, or from whom a level hides nothing.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-permission-schemes/#about-permission-schemes-and-grants
 */
import type { World } from '../../../../src/world/world.ts';
import {
  applicationRoles,
  type Holder,
  type Issue,
  memberships,
  type Project,
  roleActors,
  type User,
} from '../../world.ts';

/** Whether a person is in a group. */
export const inGroup = (world: World, groupId: string, accountId: string): boolean =>
  world.get(memberships, `${groupId}/${accountId}`) !== undefined;

/** Whether a person is in a role of a project: by themselves, or by a group. */
export const inRole = (world: World, project: Project, roleId: string, accountId: string): boolean =>
  world
    .list(roleActors, { index: 'place', equals: `${project.id}/${roleId}` })
    .toArray()
    .some(({ type, holder }) =>
      type === 'atlassian-user-role-actor' ? holder === accountId : inGroup(world, holder, accountId),
    );

/** Whether a person may use a product: by one of its groups. */
export const uses = (world: World, key: string, accountId: string): boolean =>
  world.get(applicationRoles, key)?.groups.some((group) => inGroup(world, group, accountId)) ?? false;

/** The holders that only an issue decides; asked of a project alone, anybody signed in might be one. */
const BY_ISSUE: ReadonlySet<string> = new Set([
  'assignee',
  'reporter',
  'userCustomField',
  'groupCustomField',
]);

/** Whether an issue is needed to tell who is meant. */
export const isByIssue = ({ type }: Holder): boolean => BY_ISSUE.has(type);

/** Whether `user` is among those whom a holder means, in a project, and at an issue of it where one is given. */
export function holds(
  world: World,
  user: User | undefined,
  { type, value = '' }: Holder,
  project: Project,
  issue?: Issue,
): boolean {
  if (type === 'anyone') return true;
  if (!user?.active) return false;
  const { accountId } = user;
  if (BY_ISSUE.has(type)) return issue === undefined || holdsAt(world, accountId, type, value, issue);
  switch (type) {
    case 'applicationRole':
      return user.accountType !== 'customer' && (value === '' || uses(world, value, accountId));
    case 'group':
      return inGroup(world, value, accountId);
    case 'user':
      return value === accountId;
    case 'projectLead':
      return project.lead.accountId === accountId;
    case 'projectRole':
      return inRole(world, project, value, accountId);
    case 'sd.customer.portal.only':
      return user.accountType === 'customer';
    default:
      return false;
  }
}

function holdsAt(world: World, accountId: string, type: string, value: string, { fields }: Issue): boolean {
  if (type === 'assignee') return fields.assignee?.accountId === accountId;
  if (type === 'reporter') return fields.reporter?.accountId === accountId;
  const chosen = listed(fields[value as `customfield_${number}`]);
  if (type === 'userCustomField') return chosen.some((one) => one.accountId === accountId);
  return chosen.some(({ groupId }) => typeof groupId === 'string' && inGroup(world, groupId, accountId));
}

/** What a field that picks people or groups holds: one, several, none. */
const listed = (value: unknown): Record<string, unknown>[] =>
  (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'object' && one !== null);

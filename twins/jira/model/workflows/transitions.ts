/** Which ways lead on from where an issue is. */
import type { World } from '../../../../src/world/world.ts';
import type { Issue, Transition, User } from '../../world.ts';
import { may } from '../permissions/may.ts';
import { projectOf } from '../projects/projects.ts';
import { holds } from './rules/conditions.ts';
import { workflowOfIssue } from './workflowOf.ts';

/**
 * The transitions that an issue may take now and `user` may do, in the workflow's order: the permission to move
 * issues, and the conditions of each. `remote`: also those that are kept from people's screens.
 */
export function transitionsOf(
  world: World,
  issue: Issue,
  user: User | undefined,
  remote = false,
): Transition[] {
  if (!may(world, user, 'TRANSITION_ISSUES', projectOf(world, issue.fields.project), issue)) return [];
  return startingAt(world, issue).filter((one) => isAvailable(world, issue, user, one, remote));
}

/** Whether the conditions of a transition let somebody do it. */
export const isAvailable = (
  world: World,
  issue: Issue,
  user: User | undefined,
  { conditions }: Transition,
  remote: boolean,
): boolean => holds({ world, issue, user, remote }, conditions);

/** The transitions that start where an issue is, whoever may do them. */
export const startingAt = (world: World, issue: Issue): Transition[] =>
  workflowOfIssue(world, issue.fields).transitions.filter((one) => starts(one, issue));

const starts = ({ type, links }: Transition, issue: Issue): boolean =>
  type === 'GLOBAL' ||
  (type === 'DIRECTED' && links.some((link) => link.fromStatusReference === issue.fields.status.id));

/** The id of the status that an issue is in after a transition. */
export const destination = (transition: Transition, issue: Issue): string =>
  transition.toStatusReference ?? issue.fields.status.id;

/** Whether a transition has conditions. */
export const isConditional = ({ conditions }: Transition): boolean =>
  conditions !== undefined && conditions.conditions.length + conditions.conditionGroups.length > 0;

/** Whether a transition leads back to where the issue is. */
export const isLooped = (transition: Transition, issue: Issue): boolean =>
  transition.type === 'GLOBAL'
    ? transition.toStatusReference === undefined
    : destination(transition, issue) === issue.fields.status.id;

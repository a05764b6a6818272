/** Which ways lead on from where an issue is. */
import type { World } from '../../../../src/world/world.ts';
import type { Issue, Transition, User } from '../../world.ts';
import { workflowOfIssue } from './workflowOf.ts';

/** The transitions that an issue may take now and `user` may do, in the workflow's order. */
export const transitionsOf = (world: World, issue: Issue, _user: User | undefined): Transition[] =>
  startingAt(world, issue);

/** The transitions that start where an issue is, whoever may do them. */
export const startingAt = (world: World, issue: Issue): Transition[] =>
  workflowOfIssue(world, issue.fields).transitions.filter((one) => starts(one, issue));

const starts = ({ type, links }: Transition, issue: Issue): boolean =>
  type === 'GLOBAL' ||
  (type === 'DIRECTED' && links.some((link) => link.fromStatusReference === issue.fields.status.id));

/** The id of the status that an issue is in after a transition. */
export const destination = (transition: Transition, issue: Issue): string =>
  transition.toStatusReference ?? issue.fields.status.id;

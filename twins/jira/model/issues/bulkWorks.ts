/** What each bulk operation does to its issues when its task ends. */
import type { World } from '../../../../src/world/world.ts';
import { forbidden } from '../../errors.ts';
import { type Issue, issues, type User, type UserRef } from '../../world.ts';
import { may } from '../permissions/may.ts';
import { projectOf } from '../projects/projects.ts';
import { transitionIssue } from '../workflows/workflow.ts';
import { type BulkResult, eachOf } from './bulk.ts';
import { unwatch, watch } from './followers.ts';
import type { FieldInput } from './issueFields.ts';
import { deleteIssue, editIssue } from './issues.ts';
import { type MoveInput, moveIssue, targetOf } from './move.ts';

interface Selection {
  selected: readonly string[];
}

const work =
  <I extends Selection>(change: (world: World, issue: Issue, user: User, input: I) => void) =>
  (world: World, input: I, submitter: UserRef): BulkResult =>
    eachOf(world, submitter, input.selected, (issue, user) => change(world, issue, user, input));

/** Deletes; sub-tasks go with their parents. */
export const bulkDelete = work((world, issue, user) => deleteIssue(world, issue, user, true));

/** Edits each with the same fields. */
export const bulkEdit = work<Selection & { edit: FieldInput }>((world, issue, user, { edit }) => {
  if (!may(world, user, 'EDIT_ISSUES', projectOf(world, issue.fields.project), issue))
    throw forbidden('You do not have permission to edit issues in this project.');
  editIssue(world, issue, user, edit, 'adf');
});

export const bulkWatch = work((world, issue, user) => watch(world, issue, user, undefined));

export const bulkUnwatch = work((world, issue, user) => unwatch(world, issue, user, user.accountId));

/** Takes each issue through the transition that was named for it. */
export const bulkTransition = work<Selection & { transitions: Readonly<Record<string, string>> }>(
  (world, issue, user, { transitions }) => {
    const id = transitions[issue.id];
    transitionIssue(world, issue, user, { transition: { id } }, 'adf');
  },
);

/** Moves each issue to the project and kind that were named for it. */
export const bulkMove = work<Selection & { moves: readonly MoveInput[] }>((world, issue, user, { moves }) => {
  const move = moves.find((one) => one.issueIds.includes(issue.id));
  const now = world.get(issues, issue.id);
  if (move && now) moveIssue(world, now, user, targetOf(world, user, move), move);
});

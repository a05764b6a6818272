/** Choices that are taken from issues, or another put in their place: work that a task does. */
import type { World } from '../../../../src/world/world.ts';
import {
  type FieldContext,
  fieldContexts,
  type Issue,
  issues,
  type Task,
  type User,
  users,
} from '../../world.ts';
import { draftOf } from '../issues/issueFields.ts';
import { searchIssues } from '../jql/search.ts';
import { startTask } from '../site/tasks.ts';
import { save } from '../workflows/workflow.ts';
import { contextFor } from './contexts.ts';
import { holdersOf, requireChoices, requireOption, withoutOption } from './options.ts';

/** Begins to replace a choice in the issues that hold it and that a query finds; 404 for either choice. */
export function replaceOption(
  world: World,
  user: User,
  context: FieldContext,
  optionId: string,
  { replaceWith, jql }: { replaceWith: string | null; jql: string | null },
): Task {
  requireChoices(world, context);
  requireOption(world, context, optionId);
  if (replaceWith !== null) requireOption(world, context, replaceWith);
  if (jql) searchIssues(world, user, jql);
  const instead = replaceWith === null ? '' : `, and replace with option ${replaceWith}`;
  return startTask(world, {
    description: `Remove option ${optionId} from issues matched by '${jql || '*'}'${instead}`,
    submitter: user,
    work: 'replaceOption',
    input: { contextId: context.id, optionId, replaceWith, jql },
  });
}

interface Replacement {
  contextId: string;
  optionId: string;
  replaceWith: string | null;
  jql: string | null;
}

/** The work: issues outside the context stay as they are, and are told of. */
export function optionReplaced(
  world: World,
  { contextId, optionId, replaceWith, jql }: Replacement,
  submitter: { accountId: string },
): unknown {
  const context = world.get(fieldContexts, contextId);
  const user = world.get(users, submitter.accountId);
  if (!context || !user) return undefined;
  const key = context.fieldId as `customfield_${number}`;
  const wanted = jql
    ? new Set(
        searchIssues(world, user, jql)
          .toArray()
          .map((one) => one.id),
      )
    : undefined;
  const modifiedIssues: number[] = [];
  const unmodifiedIssues: number[] = [];
  const errorMessages: string[] = [];
  for (const issue of holdersOf(world, key, optionId)) {
    if (wanted && !wanted.has(issue.id)) continue;
    if (replaceWith !== null && !isOf(world, context, issue)) {
      unmodifiedIssues.push(Number(issue.id));
      errorMessages.push(
        `Option ${replaceWith} cannot be set on issue ${issue.key} as it is not in the correct scope`,
      );
      continue;
    }
    const draft = draftOf(world.get(issues, issue.id) ?? issue);
    draft.fields[key] = withoutOption(issue.fields[key], optionId, replaceWith ?? undefined);
    save(world, issue, draft, user);
    modifiedIssues.push(Number(issue.id));
  }
  return { errors: { errorMessages, errors: {} }, modifiedIssues, unmodifiedIssues };
}

const isOf = (world: World, context: FieldContext, { fields }: Issue): boolean =>
  contextFor(world, context.fieldId, fields.project.id, fields.issuetype.id)?.id === context.id;

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

/** What goes, what comes in its place (nothing: `null`), and in which issues (`null`: all that have it). */
export interface Replacement {
  optionId: string;
  replaceWith: string | null;
  jql: string | null;
}

/** Begins a replacement; refuses a query that is none. `where` tells the work what the choices belong to. */
export function startReplacement(
  world: World,
  user: User,
  work: 'replaceOption' | 'replaceAppOption',
  where: Readonly<Record<string, string>>,
  { optionId, replaceWith, jql }: Replacement,
): Task {
  if (jql) searchIssues(world, user, jql);
  const instead = replaceWith === null ? '' : `, and replace with option ${replaceWith}`;
  return startTask(world, {
    description: `Remove option ${optionId} from issues matched by '${jql || '*'}'${instead}`,
    submitter: user,
    work,
    input: { ...where, optionId, replaceWith, jql },
  });
}

/** Does a replacement: issues that the other choice does not fit stay as they are, and are told of. */
export function replaced(
  world: World,
  fieldId: string,
  { optionId, replaceWith, jql }: Replacement,
  { accountId }: { accountId: string },
  fits: (issue: Issue) => boolean,
): unknown {
  const user = world.get(users, accountId);
  if (!user) return undefined;
  const key = fieldId as `customfield_${number}`;
  const wanted = jql ? new Set([...searchIssues(world, user, jql)].map((one) => one.id)) : undefined;
  const held = holdersOf(world, key, optionId).filter((issue) => wanted?.has(issue.id) ?? true);
  const unfit = held.filter((issue) => replaceWith !== null && !fits(issue));
  const fit = held.filter((issue) => !unfit.includes(issue));
  for (const issue of fit) {
    const draft = draftOf(world.get(issues, issue.id) ?? issue);
    draft.fields[key] = withoutOption(issue.fields[key], optionId, replaceWith ?? undefined);
    save(world, issue, draft, user);
  }
  const errorMessages = unfit.map(
    (issue) => `Option ${replaceWith} cannot be set on issue ${issue.key} as it is not in the correct scope`,
  );
  const numbers = (rows: readonly Issue[]) => rows.map((issue) => Number(issue.id));
  return {
    errors: { errorMessages, errors: {} },
    modifiedIssues: numbers(fit),
    unmodifiedIssues: numbers(unfit),
  };
}

/** Begins to replace a choice of a context; 404 for either choice. */
export function replaceOption(
  world: World,
  user: User,
  context: FieldContext,
  replacement: Replacement,
): Task {
  requireChoices(world, context);
  requireOption(world, context, replacement.optionId);
  if (replacement.replaceWith !== null) requireOption(world, context, replacement.replaceWith);
  return startReplacement(world, user, 'replaceOption', { contextId: context.id }, replacement);
}

/** The work: the other choice fits issues of the same context. */
export function optionReplaced(
  world: World,
  { contextId, ...replacement }: Replacement & { contextId: string },
  submitter: { accountId: string },
): unknown {
  const context = world.get(fieldContexts, contextId);
  if (!context) return undefined;
  const { fieldId } = context;
  return replaced(world, fieldId, replacement, submitter, ({ fields }) => {
    return contextFor(world, fieldId, fields.project.id, fields.issuetype.id)?.id === contextId;
  });
}

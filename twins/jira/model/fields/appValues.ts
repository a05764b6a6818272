/**
 * Values that an app writes into its own fields, whatever stands on the screens of the issues.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-custom-field-values--apps-/
 */
import type { World } from '../../../../src/world/world.ts';
import { badFields, missing, refused } from '../../errors.ts';
import { APP_VALUES_MAX } from '../../limits.ts';
import { type Issue, issues, type User } from '../../world.ts';
import { readCustom } from '../issues/customValues.ts';
import { FieldProblem } from '../issues/fieldValues.ts';
import { drafted, draftOf } from '../issues/issueFields.ts';
import { issueTypeOf, projectOf } from '../projects/projects.ts';
import { save } from '../workflows/workflow.ts';
import { type AppField, requireAppField, requireOwner } from './appFields.ts';
import { contextFor } from './contexts.ts';

/** One value for some issues. */
export interface AppValue {
  /** A field's key or id. */
  customField?: string;
  issueIds?: readonly number[];
  value?: unknown;
}

/** Writes values; every field must be the calling app's. 400 for an issue that is not there, or is named twice. */
export function setAppValues(
  world: World,
  user: User,
  app: string | undefined,
  updates: readonly AppValue[],
  changelog: boolean,
): void {
  const parts = updates.flatMap(({ customField = '', issueIds = [], value }) => {
    const field = requireAppField(world, customField);
    requireOwner(world, user, app, field, true);
    return issueIds.map((id) => ({ field, issue: requireIssueRow(world, id), value }));
  });
  if (parts.length > APP_VALUES_MAX)
    throw refused('badRequest', `At most ${APP_VALUES_MAX} values can be written at once.`);
  const pairs = parts.map(({ field, issue }) => `${field.id}/${issue.id}`);
  if (new Set(pairs).size < pairs.length)
    throw refused('badRequest', 'Combinations of custom field and issue must be unique within the request.');
  const read = parts.map((part) => ({ ...part, value: readValue(world, part) }));
  for (const { field, issue, value } of read) {
    const current = world.get(issues, issue.id) ?? issue;
    const draft = draftOf(current);
    draft.fields[field.id as `customfield_${number}`] = value;
    if (changelog) save(world, current, draft, user);
    else world.put(issues, drafted(current, draft));
  }
}

function requireIssueRow(world: World, id: number): Issue {
  return world.require(issues, String(id), () => missing(`The issue with id '${id}' was not found.`));
}

function readValue(world: World, part: { field: AppField; issue: Issue; value: unknown }): unknown {
  const { field, issue, value } = part;
  const project = projectOf(world, issue.fields.project);
  const type = issueTypeOf(world, issue.fields.issuetype);
  if (!contextFor(world, field.id, project.id, type.id))
    throw refused('badRequest', `The field '${field.name}' is not available for the issue ${issue.key}.`);
  try {
    return readCustom({ world, project, type }, field.id, value);
  } catch (error) {
    if (error instanceof FieldProblem) throw badFields({ [field.id]: error.message });
    throw error;
  }
}

/**
 * Properties of many issues: set and deleted by tasks, on the issues that a filter leaves.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-properties/
 */
import type { World } from '../../../../src/world/world.ts';
import { badQuery } from '../../errors.ts';
import { PROPERTY_CHARS_MAX, PROPERTY_ISSUES_MAX, PROPERTY_KEYS_MAX } from '../../limits.ts';
import {
  type Issue,
  issues,
  type Property,
  properties,
  type Task,
  type User,
  type UserRef,
} from '../../world.ts';
import { checked, runExpression } from '../expressions/run.ts';
import { issueThing, userThing } from '../expressions/types.ts';
import { personOf } from '../people/people.ts';
import { browsing, may } from '../permissions/may.ts';
import { projectOf } from '../projects/projects.ts';
import { checkProperty, deleteProperty, setProperty } from '../properties.ts';
import { startTask } from '../site/tasks.ts';

type Values = Readonly<Record<string, unknown>>;

/** Which issues are meant; where nothing is said, all that the person may edit. */
export interface PropertyFilter {
  entityIds?: readonly number[];
  currentValue?: unknown;
  hasProperty?: boolean;
}

/** Begins to set properties on issues, `[id, values]` each; 400 for too many and for values that are none. */
export function submitProperties(
  world: World,
  user: User,
  sets: readonly (readonly [number, Values])[],
): Task {
  if (sets.length === 0) throw badQuery('At least one issue must be specified.');
  if (sets.length > PROPERTY_ISSUES_MAX)
    throw badQuery(`The number of issues exceeds the limit of ${PROPERTY_ISSUES_MAX}.`);
  for (const [, values] of sets) {
    const keys = Object.keys(values);
    if (keys.length === 0 || keys.length > PROPERTY_KEYS_MAX)
      throw badQuery(`Between 1 and ${PROPERTY_KEYS_MAX} properties must be specified.`);
    for (const key of keys) checkProperty(key, values[key]);
  }
  return begin(world, user, 'Bulk set issue properties', 'setIssueProperties', { sets });
}

/** What a property is to be: a value, or for each issue what a Jira expression says of it. */
export type Wanted = { value: unknown } | { expression: string };

/** Begins to set one property on the issues that a filter leaves; 400 for an expression that cannot be read. */
export function submitProperty(
  world: World,
  user: User,
  key: string,
  wanted: Wanted,
  filter: PropertyFilter,
): Task {
  checkProperty(key, 'value' in wanted ? wanted.value : null);
  if ('expression' in wanted) {
    const { problems } = checked(wanted.expression);
    if (problems.length > 0) throw badQuery(...problems.map(({ message }) => message));
  }
  if (filter.currentValue !== undefined && filter.hasProperty === false)
    throw badQuery("The filter criteria 'currentValue' and 'hasProperty' set to false cannot be combined.");
  return begin(world, user, 'Bulk set issue property', 'setIssueProperty', { key, wanted, filter });
}

/** Begins to delete one property from the issues that a filter leaves. */
export function submitPropertyEnd(world: World, user: User, key: string, filter: PropertyFilter): Task {
  checkProperty(key, null);
  return begin(world, user, 'Bulk delete issue property', 'deleteIssueProperty', { key, filter });
}

const begin = (world: World, user: User, description: string, work: string, input: Values): Task =>
  startTask(world, { description, submitter: { accountId: user.accountId }, work, input });

/** The work: issues that are gone, or that the person may not edit, are left out. */
export function setIssueProperties(
  world: World,
  { sets }: { sets: readonly (readonly [number, Values])[] },
  submitter: UserRef,
): void {
  const editable = editing(world, personOf(world, submitter));
  for (const [id, values] of sets) {
    const issue = world.get(issues, String(id));
    if (issue && editable(issue))
      for (const [key, value] of Object.entries(values)) setProperty(world, 'issue', issue.id, key, value);
  }
}

export function setIssueProperty(
  world: World,
  { key, wanted, filter }: { key: string; wanted: Wanted; filter: PropertyFilter },
  submitter: UserRef,
): void {
  const me = personOf(world, submitter);
  // All values are worked out before the first is written: where one fails, none is set.
  const values = eligible(world, submitter, key, filter).map(
    (issue) =>
      [issue, 'value' in wanted ? wanted.value : worked(world, me, wanted.expression, issue)] as const,
  );
  for (const [issue, value] of values)
    if (JSON.stringify(value).length <= PROPERTY_CHARS_MAX) setProperty(world, 'issue', issue.id, key, value);
}

/** What an expression says of an issue; things of the site are no JSON and become `null`. */
function worked(world: World, me: User | undefined, expression: string, issue: Issue): unknown {
  const variables = new Map<string, unknown>([
    ['issue', issueThing(issue)],
    ['user', userThing(me)],
  ]);
  return runExpression(world, me, expression, variables, () => null).value;
}

export function deleteIssueProperty(
  world: World,
  { key, filter }: { key: string; filter: PropertyFilter },
  submitter: UserRef,
): void {
  for (const issue of eligible(world, submitter, key, { ...filter, hasProperty: true }))
    deleteProperty(world, 'issue', issue.id, key);
}

/** The issues that a filter leaves, of those that the person may edit. */
function eligible(world: World, submitter: UserRef, key: string, filter: PropertyFilter): Issue[] {
  const editable = editing(world, personOf(world, submitter));
  const named = filter.entityIds?.flatMap((id) => world.get(issues, String(id)) ?? []);
  return (named ?? world.list(issues).toArray()).filter(
    (issue) => fits(world.get(properties, `issue/${issue.id}/${key}`), filter) && editable(issue),
  );
}

function fits(property: Property | undefined, { currentValue, hasProperty }: PropertyFilter): boolean {
  if (hasProperty !== undefined && hasProperty !== (property !== undefined)) return false;
  if (currentValue === undefined) return true;
  return property !== undefined && JSON.stringify(property.value) === JSON.stringify(currentValue);
}

function editing(world: World, user: User | undefined): (issue: Issue) => boolean {
  const seen = browsing(world, user);
  return (issue) =>
    seen(issue) && may(world, user, 'EDIT_ISSUES', projectOf(world, issue.fields.project), issue);
}

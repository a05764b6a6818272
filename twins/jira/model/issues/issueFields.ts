/**
 * The fields of one issue being filled in, from `fields` and from the verbs of `update`. Every field that is not
 * taken is reported, each under its id; nothing is written unless all are taken.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-post
 */
import { badFields, refused } from '../../errors.ts';
import { type Issue, type IssueFields, issueTypes, resolutions } from '../../world.ts';
import { EPIC_LINK, fieldById, SPRINT } from '../fields/fields.ts';
import { isParagraph } from '../fields/fieldTypes.ts';
import { defaultAssignee } from '../projects/components.ts';
import { issueTypesOf, projectNamed } from '../projects/projects.ts';
import { sprintsWith } from '../software/issueSprints.ts';
import { readRichText, type TextForm } from '../text/richText.ts';
import { readCustom } from './customValues.ts';
import {
  FieldProblem,
  isAutomatic,
  type Place,
  readAssignee,
  readDay,
  readLabel,
  readLabels,
  readLevel,
  readListOfProject,
  readNamed,
  readOfProject,
  readParent,
  readPriority,
  readSummary,
  readTimeTracking,
  readUser,
  refOf,
} from './fieldValues.ts';

/** What a program sends: values by field, and lists of verbs by field. */
export interface FieldInput {
  fields?: unknown;
  update?: unknown;
}

export interface Draft {
  fields: { -readonly [K in keyof IssueFields]: IssueFields[K] };
  /** Rich texts as v2 wrote them, by field. */
  wiki: { [field: string]: string };
}

export interface Filling extends Place {
  draft: Draft;
  form: TextForm;
  /** Field ids that may be set here. */
  screen: ReadonlySet<string>;
  /** Names of the fields that may not be left empty, by id. */
  required?: Readonly<Record<string, string>>;
}

/** An issue's values, ready to be changed. */
export const draftOf = (issue: Issue): Draft => ({ fields: { ...issue.fields }, wiki: { ...issue.wiki } });

/** The issue with a draft's values in place of its own. */
export function drafted({ wiki: _, ...issue }: Issue, { fields, wiki }: Draft): Issue {
  return { ...issue, fields, ...(Object.keys(wiki).length > 0 ? { wiki } : {}) };
}

/** Verbs of `update` that make other things than values: dealt with once the issue stands. */
export const AFTERWARDS = new Set(['comment', 'worklog', 'issuelinks', 'attachment']);

/** Fills a draft in; throws `badFields` with every field that was not taken. `problems` may hold earlier ones. */
export function fillIn(filling: Filling, input: FieldInput, problems: Record<string, string> = {}): void {
  for (const part of [input.fields, input.update])
    if (part !== undefined && part !== null && (typeof part !== 'object' || Array.isArray(part)))
      throw refused('badRequest');
  for (const [id, value] of entries(input.fields)) {
    if (id === 'project' || id === 'issuetype' || (id === 'issuelinks' && value === null)) continue;
    attempt(problems, id, () => set(filling, allowed(filling, id), value));
  }
  for (const [id, verbs] of entries(input.update)) {
    if (AFTERWARDS.has(id)) continue;
    for (const verb of objects(Array.isArray(verbs) ? verbs : [verbs]))
      for (const [operation, value] of entries(verb))
        attempt(problems, id, () => apply(filling, allowed(filling, id), operation, value));
  }
  for (const [id, name] of Object.entries(filling.required ?? {}))
    if (isEmpty(filling.draft, id)) problems[id] ??= `${name} is required.`;
  if (Object.keys(problems).length > 0) throw badFields(problems);
}

function isEmpty({ fields }: Draft, id: string): boolean {
  const value = (fields as Record<string, unknown>)[id === 'timetracking' ? 'timeoriginalestimate' : id];
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0);
}

/** Ids of the fields that an input sets or changes. */
export const touchedBy = ({ fields, update }: FieldInput): Set<string> =>
  new Set([...entries(fields), ...entries(update)].map(([id]) => id));

/** The pairs of an object; none where it is not one. */
export const entries = (value: unknown): [string, unknown][] =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];

/** The objects of a list that may be left out; 400 where it is no list, or something else is in it. */
export function objects(value: unknown): Record<string, unknown>[] {
  if (value === undefined || value === null) return [];
  if (
    !Array.isArray(value) ||
    value.some((one) => typeof one !== 'object' || one === null || Array.isArray(one))
  )
    throw refused('badRequest');
  return value as Record<string, unknown>[];
}

function attempt(problems: Record<string, string>, id: string, change: () => void): void {
  try {
    change();
  } catch (error) {
    if (!(error instanceof FieldProblem)) throw error;
    problems[id] ??= error.message;
  }
}

function allowed(filling: Filling, id: string): string {
  if (filling.screen.has(id)) return id;
  throw new FieldProblem(`Field '${id}' cannot be set. It is not on the appropriate screen, or unknown.`);
}

type Setter = (filling: Filling, value: unknown) => void;

const rich =
  (id: 'description' | 'environment' | `customfield_${number}`): Setter =>
  ({ draft, form }, value) => {
    const text = readRichText(value, form);
    if (text && 'problem' in text) throw new FieldProblem(text.problem);
    draft.fields[id] = text?.doc ?? null;
    delete draft.wiki[id];
    if (text?.wiki !== undefined) draft.wiki[id] = text.wiki;
  };

const SETTERS: Partial<Record<string, Setter>> = {
  summary: ({ draft }, value) => {
    draft.fields.summary = readSummary(value);
  },
  description: rich('description'),
  environment: rich('environment'),
  priority: (at, value) => {
    at.draft.fields.priority = readPriority(at, value);
  },
  labels: ({ draft }, value) => {
    draft.fields.labels = readLabels(value);
  },
  assignee: (at, value) => {
    at.draft.fields.assignee = isAutomatic(value) ? automatic(at) : readAssignee(at, value);
  },
  reporter: (at, value) => {
    at.draft.fields.reporter = readUser(at, value);
  },
  duedate: ({ draft }, value) => {
    draft.fields.duedate = readDay(value);
  },
  components: (at, value) => {
    at.draft.fields.components = readListOfProject(at, 'component', value);
  },
  fixVersions: (at, value) => {
    at.draft.fields.fixVersions = readListOfProject(at, 'version', value);
  },
  versions: (at, value) => {
    at.draft.fields.versions = readListOfProject(at, 'version', value);
  },
  parent: (at, value) => {
    at.draft.fields.parent = readParent(at, value);
  },
  [EPIC_LINK]: (at, value) => {
    at.draft.fields.parent = readParent(at, value);
  },
  timetracking: ({ draft, world }, value) => {
    const { original, remaining } = readTimeTracking(world, value);
    if (original !== undefined) draft.fields.timeoriginalestimate = original;
    if (remaining !== undefined) draft.fields.timeestimate = remaining;
  },
  resolution: ({ draft, world }, value) => {
    draft.fields.resolution = readNamed(world, resolutions, value, 'Resolution');
  },
  security: (at, value) => {
    at.draft.fields.security = readLevel(at, value);
  },
  [SPRINT]: (at, value) => {
    const [open] = (readCustom(at, SPRINT, value) ?? []) as number[];
    const ids = sprintsWith(at.world, (at.draft.fields[SPRINT] ?? []) as number[], open);
    at.draft.fields[SPRINT] = ids.length > 0 ? ids : null;
  },
  issuerestriction: () => undefined,
};

function set(filling: Filling, id: string, value: unknown): void {
  const setter = SETTERS[id];
  if (setter) setter(filling, value);
  else if (isParagraph(fieldById(filling.world, id)?.schema?.custom))
    rich(id as `customfield_${number}`)(filling, value);
  else if (id.startsWith('customfield_'))
    filling.draft.fields[id as `customfield_${number}`] = readCustom(filling, id, value);
  else
    throw new FieldProblem(`Field '${id}' cannot be set. It is not on the appropriate screen, or unknown.`);
}

const automatic = ({ world, project, draft }: Filling) =>
  defaultAssignee(world, project, draft.fields.components);

/** Fields that hold several values, and how one value of them is read. */
const ELEMENTS: Partial<Record<string, (filling: Filling, value: unknown) => unknown>> = {
  labels: (_, value) => readLabel(value),
  components: (at, value) => readOfProject(at, 'component', value),
  fixVersions: (at, value) => readOfProject(at, 'version', value),
  versions: (at, value) => readOfProject(at, 'version', value),
};

function apply(filling: Filling, id: string, operation: string, value: unknown): void {
  if (operation === 'set' || (operation === 'edit' && id === 'timetracking')) {
    set(filling, id, value);
    return;
  }
  const many = ELEMENTS[id] ?? customElement(filling.world, id);
  if (!many || (operation !== 'add' && operation !== 'remove'))
    throw new FieldProblem(
      `Field with id '${id}' and name '${fieldById(filling.world, id)?.name ?? id}' does not support operation '${operation}' Supported operation(s) are: ${many ? 'add, set, remove' : 'set'}`,
    );
  const one = many(filling, value);
  const text = JSON.stringify(one);
  const key = id as 'labels';
  const others = ((filling.draft.fields[key] ?? []) as unknown[]).filter(
    (each) => JSON.stringify(each) !== text,
  );
  filling.draft.fields[key] = (operation === 'add' ? [...others, one] : others) as string[];
}

function customElement(
  world: Place['world'],
  id: string,
): ((filling: Filling, value: unknown) => unknown) | undefined {
  const schema = id.startsWith('customfield_') ? fieldById(world, id)?.schema : undefined;
  if (schema?.type !== 'array' || schema.items === 'json') return undefined;
  return (filling, value) => (readCustom(filling, id, [value]) as unknown[] | null)?.[0];
}

/** The project and kind of a new issue; problems go into `problems`, and what could not be told is undefined. */
export function placeOf(
  world: Place['world'],
  fields: unknown,
  problems: Record<string, string>,
): Partial<Pick<Place, 'project' | 'type'>> {
  const { project: wanted, issuetype } = Object.fromEntries(entries(fields));
  const { id, name } = refOf(wanted);
  const idOrKey = id ?? name;
  const project = idOrKey === undefined ? undefined : projectNamed(world, idOrKey);
  if (!project) {
    problems.project =
      wanted === undefined || wanted === null ? 'project is required' : 'valid project is required';
    if (issuetype === undefined || issuetype === null) problems.issuetype = 'issue type is required';
    return {};
  }
  const type = typeIn({ world, project }, issuetype);
  if (typeof type === 'string') problems.issuetype = type;
  return { project, ...(typeof type === 'string' ? {} : { type }) };
}

/** The kind of issue that a value means in a project, or a sentence. */
export function typeIn(
  { world, project }: Pick<Place, 'world' | 'project'>,
  value: unknown,
): Place['type'] | string {
  const { id, name } = refOf(value);
  if (id === undefined && name === undefined) return 'issue type is required';
  const found = issueTypesOf(world, project).find((one) =>
    id === undefined ? one.name.toLowerCase() === name?.toLowerCase() : one.id === id,
  );
  if (found) return found;
  if (id === undefined) return 'issue type is required';
  return world.get(issueTypes, id) ? 'The issue type selected is invalid.' : 'Specify a valid issue type';
}

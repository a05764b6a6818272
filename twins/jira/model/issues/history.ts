/** The changelog of an issue: what was changed, by whom, from what to what. */
import type { Range } from '../../../../src/range.ts';
import { sortable } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import {
  components,
  type History,
  type HistoryItem,
  histories,
  type IssueFields,
  issues,
  type Ref,
  sprints,
  type UserRef,
  versions,
} from '../../world.ts';
import { fieldById, RANK, SPRINT } from '../fields/fields.ts';
import { nextId } from '../ids.ts';
import { personOf } from '../people/people.ts';
import { levelOfIssue } from '../permissions/levels.ts';
import { issueTypeOf, priorityOf, projectOf, resolutionOf, statusOf } from '../projects/projects.ts';
import { type AdfDocument, plainText } from '../text/adf.ts';
import { stamp } from '../time.ts';
import { customLabel, type Label } from './customLabels.ts';

/** Writes one row of an issue's changelog; nothing for a change that changed nothing. */
export function record(
  world: World,
  issueId: string,
  author: UserRef,
  items: readonly HistoryItem[],
  historyMetadata?: Readonly<Record<string, unknown>>,
): History | undefined {
  if (items.length === 0) return undefined;
  return world.insert(histories, {
    id: nextId(world, 'history'),
    issueId,
    author: { accountId: author.accountId },
    created: stamp(world.now()),
    items,
    ...(historyMetadata ? { historyMetadata } : {}),
  });
}

/** An issue's changelog, oldest first. */
export const historyOf = (world: World, issueId: string): Range<History> =>
  world.list(histories, { index: 'issue', equals: issueId, orderBy: [{ by: (row) => Number(row.id) }] });

/**
 * The changelogs of several issues, oldest first, within a moment by issue. `fields` (ids): only the lines about them,
 * and only the rows that have such.
 */
export function historiesOf(world: World, issueIds: readonly string[], fields: readonly string[]): History[] {
  const all = issueIds.flatMap((id) => [...historyOf(world, id)]);
  const wanted = fields.length === 0 ? all : all.flatMap((row) => about(row, fields) ?? []);
  return wanted.sort((a, b) => compare(a.created, b.created) || Number(a.issueId) - Number(b.issueId));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function about(row: History, fields: readonly string[]): History | undefined {
  const items = row.items.filter((line) => line.fieldId !== undefined && fields.includes(line.fieldId));
  return items.length > 0 ? { ...row, items } : undefined;
}

/** One line of a change. */
export const item = (
  field: string,
  fieldId: string | undefined,
  from: readonly [string | null, string | null],
  to: readonly [string | null, string | null],
): HistoryItem => ({
  field,
  fieldtype: fieldId?.startsWith('customfield_') ? 'custom' : 'jira',
  ...(fieldId ? { fieldId } : {}),
  from: from[0],
  fromString: from[1],
  to: to[0],
  toString: to[1],
});

const NOTHING: Label = [null, null];

/** How the changelog names single values; fields that are not here are written as plain text. */
const LABELS: Partial<Record<string, (world: World, fields: IssueFields) => Label>> = {
  project: (world, f) => [f.project.id, projectOf(world, f.project).name],
  issuetype: (world, f) => [f.issuetype.id, issueTypeOf(world, f.issuetype).name],
  status: (world, f) => [f.status.id, statusOf(world, f.status).name],
  priority: (world, f) => (f.priority ? [f.priority.id, priorityOf(world, f.priority).name] : NOTHING),
  resolution: (world, f) =>
    f.resolution ? [f.resolution.id, resolutionOf(world, f.resolution).name] : NOTHING,
  security: (world, f) => (f.security ? [f.security.id, levelOfIssue(world, f)?.name ?? null] : NOTHING),
  assignee: (world, f) => user(world, f.assignee),
  reporter: (world, f) => user(world, f.reporter),
  parent: (world, f) => (f.parent ? [f.parent.id, world.get(issues, f.parent.id)?.key ?? null] : NOTHING),
  description: (_, f) => document(f.description),
  environment: (_, f) => document(f.environment),
  labels: (_, f) => [null, f.labels.join(' ')],
  duedate: (_, f) => [f.duedate, f.duedate],
  [SPRINT]: (world, f) => sprint(world, f[SPRINT]),
};

/** Fields of which every element is a line of its own, and how the changelog calls them. */
const LISTS = {
  components: ['Component', components],
  fixVersions: ['Fix Version', versions],
  versions: ['Version', versions],
} as const;

/** By what name the changelog calls a field. */
const NAMES: Record<string, string> = { parent: 'IssueParentAssociation' };

/** Set by other fields or by the service itself, and not written down. */
const SILENT = new Set(['created', 'updated', 'creator', 'statuscategorychangedate', 'resolutiondate']);

/** What turned `before` into `after`, in the changelog's words. */
export function differences(world: World, before: IssueFields, after: IssueFields): HistoryItem[] {
  const items: HistoryItem[] = [];
  for (const id of new Set([...Object.keys(before), ...Object.keys(after)]) as Set<keyof IssueFields>) {
    if (SILENT.has(id) || same(before[id], after[id])) continue;
    if (id in LISTS) items.push(...listItems(world, id as keyof typeof LISTS, before, after));
    else if (id === RANK) items.push(item('Rank', id, ['', ''], ['', moved(before, after)]));
    else items.push(item(nameOf(world, id), id, labelOf(world, id, before), labelOf(world, id, after)));
  }
  return items;
}

/** The changelog tells the direction and keeps the rank to itself. */
const moved = (before: IssueFields, after: IssueFields): string =>
  String(after[RANK]) < String(before[RANK]) ? 'Ranked higher' : 'Ranked lower';

const nameOf = (world: World, id: string): string =>
  NAMES[id] ?? (id.startsWith('customfield_') ? (fieldById(world, id)?.name ?? id) : id);

/** A field's value as the changelog names it: `[id, text]`. */
export function labelOf(world: World, id: keyof IssueFields, fields: IssueFields): Label {
  const label = LABELS[id];
  if (label) return label(world, fields);
  const field = fieldById(world, id);
  if (field?.custom) return customLabel(world, field, fields[id]);
  const value = fields[id];
  return value === null || value === undefined ? NOTHING : [null, String(value)];
}

function listItems(
  world: World,
  id: keyof typeof LISTS,
  before: IssueFields,
  after: IssueFields,
): HistoryItem[] {
  const [name, rows] = LISTS[id];
  const label = (ref: Ref): Label => [
    ref.id,
    world.get<{ name: string }>(rows as never, ref.id)?.name ?? null,
  ];
  const has = (refs: readonly Ref[], ref: Ref) => refs.some((one) => one.id === ref.id);
  return [
    ...before[id].filter((ref) => !has(after[id], ref)).map((ref) => item(name, id, label(ref), NOTHING)),
    ...after[id].filter((ref) => !has(before[id], ref)).map((ref) => item(name, id, NOTHING, label(ref))),
  ];
}

const user = (world: World, ref: UserRef | null): Label =>
  ref ? [ref.accountId, personOf(world, ref)?.displayName ?? ref.accountId] : NOTHING;

const document = (doc: AdfDocument | null): Label => (doc ? [null, plainText(doc)] : NOTHING);

function sprint(world: World, value: unknown): Label {
  const ids = Array.isArray(value) ? (value as number[]) : [];
  if (ids.length === 0) return ['', ''];
  return [ids.join(', '), ids.map((id) => world.get(sprints, sortable(id))?.name ?? '').join(', ')];
}

const same = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);

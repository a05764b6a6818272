/** What a selection of issues has in common: the fields that can be edited, the transitions that can be taken. */
import type { World } from '../../../src/world/world.ts';
import { bulkRefused } from '../errors.ts';
import { BULK_PAGE } from '../limits.ts';
import { allVisible, mayBulk, visibleOnes } from '../model/issues/bulk.ts';
import { issueTypeOf, projectOf, statusOf } from '../model/projects/projects.ts';
import { destination, transitionsOf } from '../model/workflows/transitions.ts';
import { workflowOfIssue } from '../model/workflows/workflowOf.ts';
import type { Issue, Transition, User } from '../world.ts';
import type { Address } from './address.ts';
import { fieldMeta } from './fieldMeta.ts';

type Json = Record<string, unknown>;

/** A page of a list by cursors, which are places in it. */
function cut<E>(all: readonly E[], query: URLSearchParams): { items: readonly E[]; cursors: Json } {
  const after = query.get('startingAfter');
  const before = query.get('endingBefore');
  for (const cursor of [after, before])
    if (cursor !== null && !/^\d{1,6}$/.test(cursor)) throw bulkRefused(`The cursor ${cursor} is not valid.`);
  const end = before === null ? undefined : Number(before);
  const from = after !== null ? Number(after) : end === undefined ? 0 : Math.max(0, end - BULK_PAGE);
  const items = all.slice(from, Math.min(end ?? Number.POSITIVE_INFINITY, from + BULK_PAGE));
  const to = from + items.length;
  return {
    items,
    cursors: {
      ...(from > 0 ? { endingBefore: String(from) } : {}),
      ...(to < all.length ? { startingAfter: String(to) } : {}),
    },
  };
}

/** The fields that are on the edit screens of all the issues; 404 where there is none. */
export function bulkFields(
  at: Address,
  user: User,
  selected: readonly string[],
  query: URLSearchParams,
): Json {
  mayBulk(at.world, user);
  const issues = visibleOnes(at.world, user, selected);
  const screens = new Map<string, Json>();
  for (const { fields } of issues) {
    const key = `${fields.project.id}/${fields.issuetype.id}`;
    if (screens.has(key)) continue;
    const type = issueTypeOf(at.world, fields.issuetype);
    screens.set(key, fieldMeta(at, projectOf(at.world, fields.project), type, 'edit'));
  }
  const [first = {}, ...others] = screens.values();
  const search = (query.get('searchText') ?? '').toLowerCase();
  const common = Object.entries(first)
    .filter(([id]) => others.every((screen) => id in screen) && !ELSEWHERE.has(id))
    .map(([id, meta]) => bulkField(at, id, meta as Meta, issues))
    .filter((field) => String(field.name).toLowerCase().includes(search))
    .sort((a, b) => (String(a.name) < String(b.name) ? -1 : 1));
  if (common.length === 0) throw bulkRefused('No editable fields were found for the selected issues.', 404);
  const { items, cursors } = cut(common, query);
  return { fields: items, ...cursors };
}

/** Fields that an edit of one issue takes and a bulk edit does not. */
const ELSEWHERE = new Set(['attachment', 'issuelinks', 'summary', 'project', 'issuerestriction']);

interface Meta {
  name: string;
  required: boolean;
  schema: { type: string; items?: string; custom?: string };
  operations: readonly string[];
  autoCompleteUrl?: string;
  allowedValues?: readonly Json[];
}

const EMPTY: Readonly<Record<string, string>> = {
  components: 'components',
  fixVersions: 'versions',
  versions: 'versions',
};

function bulkField(at: Address, id: string, meta: Meta, issues: readonly Issue[]): Json {
  const none = EMPTY[id] !== undefined && meta.allowedValues?.length === 0;
  const keys = [...new Set(issues.map((issue) => projectOf(at.world, issue.fields.project).key))];
  const url =
    id === 'assignee'
      ? `${at.rest}/user/assignable/multiProjectSearch?projectKeys=${keys.join(',')}&query=`
      : meta.autoCompleteUrl;
  return {
    id,
    type: meta.schema.custom ?? id,
    name: meta.name,
    isRequired: meta.required,
    ...(url ? { searchUrl: url } : {}),
    ...(none
      ? {
          unavailableMessage: `{0}NOTE{1}: The project of the selected issue(s) does not have any ${EMPTY[id]}.`,
        }
      : {}),
    ...(meta.schema.type === 'array' && meta.operations.includes('add')
      ? { multiSelectFieldOptions: ['ADD', 'REMOVE', 'REPLACE', 'REMOVE_ALL'] }
      : {}),
    ...(meta.allowedValues?.length
      ? { fieldOptions: meta.allowedValues.map((one) => optionOf(id, one)) }
      : {}),
  };
}

function optionOf(id: string, { id: optionId, value, name, description }: Json): Json {
  if (id === 'priority') return { id: optionId, priority: name, description: description ?? '' };
  if (value !== undefined) return { optionId: Number(optionId), value, isDisabled: false };
  return { id: optionId, name };
}

/** By workflow: the transitions that all of its issues can take, of those that ask for no field. */
export function bulkTransitions(
  at: Address,
  user: User,
  selected: readonly string[],
  query: URLSearchParams,
): Json {
  mayBulk(at.world, user);
  const byWorkflow = new Map<string, Issue[]>();
  for (const issue of allVisible(at.world, user, selected)) {
    const { id } = workflowOfIssue(at.world, issue.fields);
    byWorkflow.set(id, [...(byWorkflow.get(id) ?? []), issue]);
  }
  const all = [...byWorkflow.values()].map((issues) => commonTransitions(at.world, user, issues));
  const { items, cursors } = cut(all, query);
  return { availableTransitions: items, ...cursors };
}

function commonTransitions(world: World, user: User, issues: readonly Issue[]): Json {
  const each = issues.map((issue) => transitionsOf(world, issue, user).filter(asksForNothing));
  const every = new Map(
    issues.flatMap((issue) => transitionsOf(world, issue, user)).map((one) => [one.id, one]),
  );
  const common = [...every.values()].filter((one) =>
    each.every((list) => list.some(({ id }) => id === one.id)),
  );
  const [first] = issues as [Issue];
  return {
    issues: issues.map((issue) => issue.key),
    isTransitionsFiltered: common.length < every.size,
    transitions: common.map((one) => transitionView(world, one, first)),
  };
}

const asksForNothing = ({ transitionScreen }: Transition): boolean => transitionScreen === undefined;

function transitionView(world: World, transition: Transition, issue: Issue): Json {
  const status = statusOf(world, { id: destination(transition, issue) });
  return {
    transitionId: Number(transition.id),
    transitionName: transition.name,
    to: { statusId: Number(status.id), statusName: status.name },
  };
}

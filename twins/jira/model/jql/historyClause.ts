/** `WAS` and `CHANGED`: what an issue's changelog says about a field. */
import type { HistoryItem, Issue } from '../../entities.ts';
import { historyOf, item } from '../issues/history.ts';
import { DAY_MS, parseStamp } from '../time.ts';
import type { Clause, Operand, Predicate } from './ast.ts';
import { type Compilation, type Hits, NOTHING, refuse, tested } from './compilation.ts';
import { dateFunction, dateValue, isDateFunction } from './dates.ts';
import { operandText } from './encode.ts';
import type { Choice } from './field.ts';
import type { NamedField } from './fieldNamed.ts';
import { meantBy, wrongDate } from './operands.ts';
import { SYSTEM } from './systemFields.ts';

/** A stretch of time in which the field held `value`; `author` brought it about. */
interface Held {
  value: string | null;
  from: number;
  to: number;
  author: string;
}

/** A change of the field. */
interface Change {
  line: HistoryItem;
  at: number;
  author: string;
}

/** The hits of a `was` or `changed` clause on a field whose past can be asked for. */
export function historyClause(at: Compilation, { id, field }: NamedField, clause: Clause): Hits {
  const { operator, operand } = clause;
  const { name } = clause.field;
  if (field.kind !== 'choice') return NOTHING;
  const holds = clause.predicates.map((predicate) => predicateOf(at, field, name, predicate));
  if (operator === 'changed')
    return tested((issue) =>
      changesOf(at, issue, id).some((change) => holds.every((one) => one.change(change))),
    );
  const { ids, empty } = meantBy(at, field, name, operand);
  const wanted: (string | null)[] = [...ids, ...(empty ? [null] : [])];
  const held = (issue: Issue) =>
    stretchesOf(at, field, issue, id).some(
      (stretch) => wanted.includes(stretch.value) && holds.every((one) => one.held(stretch)),
    );
  return tested(operator.startsWith('was not') ? (issue) => !held(issue) : held);
}

function changesOf(at: Compilation, issue: Issue, id: string): Change[] {
  return [...historyOf(at.world, issue.id)].flatMap((history) =>
    history.items
      .filter((line) => line.fieldId === id)
      .map((line) => ({ line, at: parseStamp(history.created) ?? 0, author: history.author.accountId })),
  );
}

/** What the field held when, from the issue's beginning to now. */
function stretchesOf(at: Compilation, field: Choice, issue: Issue, id: string): Held[] {
  const changes = changesOf(at, issue, id);
  if (id === 'fixVersions') return versionsHeld(at, field, issue, changes);
  const now = field.ids(at.world, issue)[0] ?? null;
  const first = changes[0]?.line ?? item(id, id, [now, null], [now, null]);
  let from = parseStamp(issue.fields.created) ?? 0;
  let author = issue.fields.creator.accountId;
  let value: string | null = first.from;
  const stretches: Held[] = [];
  for (const change of changes) {
    stretches.push({ value, from, to: change.at, author });
    value = change.line.to;
    from = change.at;
    author = change.author;
  }
  stretches.push({ value, from, to: Number.POSITIVE_INFINITY, author });
  return stretches;
}

/** A field that holds several at once: each comes and goes by itself. */
function versionsHeld(at: Compilation, field: Choice, issue: Issue, changes: readonly Change[]): Held[] {
  const created = parseStamp(issue.fields.created) ?? 0;
  const creator = issue.fields.creator.accountId;
  const open = new Map<string, { from: number; author: string }>();
  const stretches: Held[] = [];
  const added = new Set(changes.flatMap(({ line }) => line.to ?? []));
  for (const id of [...changes.flatMap(({ line }) => line.from ?? []), ...field.ids(at.world, issue)])
    if (!added.has(id)) open.set(id, { from: created, author: creator });
  for (const { line, at: moment, author } of changes) {
    if (line.to !== null) open.set(line.to, { from: moment, author });
    const ended = line.from === null ? undefined : open.get(line.from);
    if (line.from === null || !ended) continue;
    stretches.push({ value: line.from, ...ended, to: moment });
    open.delete(line.from);
  }
  for (const [value, since] of open) stretches.push({ value, ...since, to: Number.POSITIVE_INFINITY });
  return stretches;
}

interface Holds {
  change(change: Change): boolean;
  held(stretch: Held): boolean;
}

function predicateOf(at: Compilation, field: Choice, fieldName: string, { name, operand }: Predicate): Holds {
  if (name === 'by') {
    const { ids } = meantBy(at, SYSTEM.assignee as Choice, 'by', operand);
    return { change: (c) => ids.includes(c.author), held: (s) => ids.includes(s.author) };
  }
  if (name === 'from' || name === 'to') {
    const { ids, empty } = meantBy(at, field, fieldName, operand);
    const wanted: (string | null)[] = [...ids, ...(empty ? [null] : [])];
    return { change: (c) => wanted.includes(name === 'from' ? c.line.from : c.line.to), held: () => true };
  }
  const [from, to] = period(at, name, operand);
  return { change: (c) => c.at >= from && c.at <= to, held: (s) => s.from <= to && s.to >= from };
}

function period(at: Compilation, name: string, operand: Operand): readonly [from: number, to: number] {
  const dates = operand.kind === 'list' ? operand.values : [operand];
  const wanted = name === 'during' ? 2 : 1;
  if (dates.length !== wanted) {
    const count = wanted === 2 ? 'exactly 2 date values' : 'only 1 date value';
    refuse(at, `The ${name.toUpperCase()} predicate must be supplied with ${count}.`);
    return [0, 0];
  }
  const [first = 0, second = first] = dates.map((one) => momentOf(at, name, one));
  if (name === 'after') return [first, Number.POSITIVE_INFINITY];
  if (name === 'before') return [Number.NEGATIVE_INFINITY, first];
  return name === 'on' ? [first, first + DAY_MS - 1] : [first, second];
}

function momentOf(at: Compilation, name: string, operand: Operand): number {
  const value = operand.kind === 'value' ? dateValue(operand, at) : undefined;
  if (value !== undefined) return value;
  if (operand.kind === 'value') refuse(at, wrongDate(operand.text, `predicate '${name}'`, false));
  else if (operand.kind !== 'function')
    refuse(
      at,
      `A date for the predicate '${name}' provided by the value '${operandText(operand)}' is not valid.`,
    );
  else if (isDateFunction(operand.name)) return dateFunction(at, operand) ?? 0;
  else
    refuse(at, `A date for the predicate '${name}' provided by the function '${operand.name}' is not valid.`);
  return 0;
}

/** `WAS` and `CHANGED`: what an issue's changelog says about a field. */

import type { HistoryItem, Issue } from '../../world.ts';
import { fieldByClause } from '../fields/fields.ts';
import { historyOf, item } from '../issues/history.ts';
import { parseStamp } from '../time.ts';
import { type Compilation, idsOf, momentOf, type Test } from './compile.ts';
import { type Choice, type JqlField, jqlField } from './fields.ts';
import type { Clause, Condition, Operand } from './parse.ts';

/** Fields whose past can be asked for. */
const REMEMBERED = new Set(['status', 'assignee', 'reporter', 'priority', 'resolution', 'fixVersions']);

/** A stretch of time in which the field held `value`; `author` brought it about. */
interface Stretch {
  value: string | null;
  from: number;
  to: number;
  author: string;
}

/** The test of a `was` or `changed` clause. */
export function historyTest(at: Compilation, field: JqlField, clause: Clause): Test {
  const id = fieldByClause(at.world, clause.field)?.id ?? '';
  if (field.kind !== 'choice' || !REMEMBERED.has(id)) {
    at.problems.push(`History searches do not support the '${clause.field}' field.`);
    return () => false;
  }
  const conditions = clause.conditions.map((condition) => conditionOf(at, field, condition));
  if (clause.operator === 'changed')
    return (issue) =>
      changesOf(at, issue, id).some((change) => conditions.every((holds) => holds.change(change)));
  const wanted: (string | null)[] =
    clause.operand.kind === 'empty' ? [null] : idsOf(at, field, clause.operand).ids;
  const held = (issue: Issue) =>
    stretchesOf(at, field, issue, id).some(
      (stretch) => wanted.includes(stretch.value) && conditions.every((holds) => holds.stretch(stretch)),
    );
  return clause.operator.startsWith('was not') ? (issue) => !held(issue) : held;
}

interface Change {
  line: HistoryItem;
  at: number;
  author: string;
}

function changesOf(at: Compilation, issue: Issue, id: string): Change[] {
  return [...historyOf(at.world, issue.id)].flatMap((history) =>
    history.items
      .filter((line) => line.fieldId === id)
      .map((line) => ({ line, at: parseStamp(history.created) ?? 0, author: history.author.accountId })),
  );
}

/** What the field held when, from the issue's beginning to now. */
function stretchesOf(at: Compilation, field: Choice, issue: Issue, id: string): Stretch[] {
  const changes = changesOf(at, issue, id);
  const now = field.ids(at.world, issue)[0] ?? null;
  const first = changes[0]?.line ?? item(id, id, [now, null], [now, null]);
  let from = parseStamp(issue.fields.created) ?? 0;
  let author = issue.fields.creator.accountId;
  let value: string | null = first.from;
  const stretches: Stretch[] = [];
  for (const change of changes) {
    stretches.push({ value, from, to: change.at, author });
    value = change.line.to;
    from = change.at;
    author = change.author;
  }
  stretches.push({ value, from, to: Number.POSITIVE_INFINITY, author });
  return stretches;
}

interface Holds {
  change(change: Change): boolean;
  stretch(stretch: Stretch): boolean;
}

const DAY_MS = 86_400_000;

function conditionOf(at: Compilation, field: Choice, { name, operand }: Condition): Holds {
  if (name === 'by') {
    const people = idsOf(at, jqlField(at.world, 'assignee') as Choice, operand).ids;
    return { change: (c) => people.includes(c.author), stretch: (s) => people.includes(s.author) };
  }
  if (name === 'from' || name === 'to') {
    const ids: (string | null)[] = operand.kind === 'empty' ? [null] : idsOf(at, field, operand).ids;
    return { change: (c) => ids.includes(name === 'from' ? c.line.from : c.line.to), stretch: () => true };
  }
  const [from, to] = period(at, name, operand);
  return { change: (c) => c.at >= from && c.at <= to, stretch: (s) => s.from <= to && s.to >= from };
}

function period(at: Compilation, name: string, operand: Operand): [from: number, to: number] {
  const moments = (operand.kind === 'list' ? operand.values : [operand]).map(
    (one) => momentOf(at, name, one) ?? 0,
  );
  const [first = 0, second = first] = moments;
  if (name === 'after') return [first, Number.POSITIVE_INFINITY];
  if (name === 'before') return [Number.NEGATIVE_INFINITY, first];
  return name === 'on' ? [first, first + DAY_MS - 1] : [first, second];
}

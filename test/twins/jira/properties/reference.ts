/** A naive reading of queries: every clause asked of every issue as the API shows it. What searches are held against. */
import type { Body } from '../stories/teller.ts';

export type Node =
  | { kind: 'clause'; field: string; operator: string; values: (string | null)[] }
  | { kind: 'and' | 'or'; parts: Node[] }
  | { kind: 'not'; part: Node };

export interface Term {
  field: string;
  descending: boolean;
}

/** Priorities as comparisons order them, the lowest first. */
export const PRIORITIES = ['Lowest', 'Low', 'Medium', 'High', 'Highest'];

/** What an issue (as `GET /issue` shows it) holds of a field, as texts. */
const HELD: Readonly<Record<string, (fields: Body, issue: Body) => (string | null | undefined)[]>> = {
  project: (f) => [f.project.key],
  type: (f) => [f.issuetype.name],
  status: (f) => [f.status.name],
  statusCategory: (f) => [f.status.statusCategory.name],
  priority: (f) => [f.priority?.name],
  resolution: (f) => [f.resolution?.name],
  assignee: (f) => [f.assignee?.emailAddress],
  reporter: (f) => [f.reporter?.emailAddress],
  labels: (f) => f.labels,
  due: (f) => [f.duedate],
  'Story point estimate': (f) => [f.customfield_10016 === null ? null : String(f.customfield_10016)],
  parent: (f) => [f.parent?.key],
  key: (_, issue) => [issue.key],
};

const held = (issue: Body, field: string): string[] =>
  (HELD[field]?.(issue.fields, issue) ?? []).filter((one): one is string => typeof one === 'string');

/** Whether a query's tree holds for an issue. */
export function holds(node: Node, issue: Body): boolean {
  if (node.kind === 'not') return !holds(node.part, issue);
  if (node.kind !== 'clause') {
    const each = node.parts.map((part) => holds(part, issue));
    return node.kind === 'and' ? each.every(Boolean) : each.some(Boolean);
  }
  const { field, operator, values } = node;
  if (operator === '~' || operator === '!~')
    return says(issue.fields.summary, String(values[0])) === (operator === '~');
  const own = held(issue, field).map((one) => one.toLowerCase());
  const wanted = values.map((value) => value?.toLowerCase() ?? null);
  const among = own.length === 0 ? wanted.includes(null) : own.some((one) => wanted.includes(one));
  if (['=', 'in', 'is'].includes(operator)) return among;
  if (['!=', 'not in', 'is not'].includes(operator)) return own.length > 0 && !among;
  return held(issue, field).some((one) => {
    const order = rank(field, one) - rank(field, String(values[0]));
    if (operator === '<') return order < 0;
    if (operator === '<=') return order <= 0;
    return operator === '>' ? order > 0 : order >= 0;
  });
}

function rank(field: string, value: string): number {
  if (field === 'priority') return PRIORITIES.indexOf(value);
  return field === 'due' ? Date.parse(value) : Number(value);
}

/** A word or its plural: of what else English does to words, the tests' texts have nothing. */
const says = (text: string, word: string): boolean =>
  text
    .toLowerCase()
    .split(/\W+/)
    .some((one) => one === word || one === `${word}s`);

/** Where an issue stands by one term; nothing stands behind everything. */
export function standing(issue: Body, field: string): number | string {
  const { fields } = issue;
  switch (field) {
    case 'priority':
      return fields.priority ? PRIORITIES.indexOf(fields.priority.name) : Number.POSITIVE_INFINITY;
    case 'due':
      return fields.duedate ? Date.parse(fields.duedate) : Number.POSITIVE_INFINITY;
    case 'key':
      return `${issue.key.split('-')[0]} ${issue.key.split('-')[1].padStart(6, '0')}`;
    case 'summary':
      return fields.summary.toLowerCase();
    default:
      return Date.parse(fields[field]);
  }
}

/** Whether issues are in the order of the terms. */
export const inOrder = (issues: readonly Body[], terms: readonly Term[]): boolean =>
  issues.every((issue, i) => i === 0 || before(issues[i - 1], issue, terms));

function before(a: Body, b: Body, terms: readonly Term[]): boolean {
  for (const { field, descending } of terms) {
    const [x, y] = [standing(a, field), standing(b, field)];
    if (x !== y) return x < y !== descending;
  }
  return true;
}

/** The tree as a query. */
export function written(node: Node): string {
  if (node.kind === 'not') return `NOT (${written(node.part)})`;
  if (node.kind !== 'clause')
    return node.parts.map((part) => `(${written(part)})`).join(` ${node.kind.toUpperCase()} `);
  const values = node.values.map((value) => (value === null ? 'EMPTY' : `"${value}"`));
  const list = node.operator.endsWith('in');
  return `"${node.field}" ${node.operator} ${list ? `(${values.join(', ')})` : values[0]}`;
}

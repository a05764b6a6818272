/**
 * The part of the query language that webhooks of apps may use: few fields, equality and membership.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-webhooks/#api-rest-api-3-webhook-post
 */
import type { Expression, Operand } from '../jql/ast.ts';

const FIELDS = new Set([
  'issuekey',
  'issue',
  'key',
  'id',
  'project',
  'issuetype',
  'type',
  'status',
  'assignee',
  'reporter',
]);
const SPECIAL = /^(issue\.property\[.+\].*|cf\[\d+\])$/i;
const OPERATORS = new Set(['=', '!=', 'in', 'not in']);

/** What is not supported in a query, in the vendor's words. */
export function unsupportedIn(where: Expression | undefined): string[] {
  if (where === undefined) return [];
  if (where.kind === 'not') return unsupportedIn(where.part);
  if (where.kind !== 'clause') return where.parts.flatMap(unsupportedIn);
  const { operator, operand } = where;
  const field = where.field.name;
  if (!FIELDS.has(field.toLowerCase()) && !SPECIAL.test(field)) return [`The clause ${field} is unsupported`];
  if (!OPERATORS.has(operator)) return [`Operator ${operator} is unsupported`];
  return functionsIn(operand).map((name) => `Function ${name} is unsupported`);
}

const functionsIn = (operand: Operand): string[] =>
  operand.kind === 'function'
    ? [operand.name]
    : operand.kind === 'list'
      ? operand.values.flatMap(functionsIn)
      : [];

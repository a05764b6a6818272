/** Queries with some of their values written otherwise; all else stays to the letter. */
import type { Clause, Expression, Operand, Value } from './ast.ts';
import { parseJql } from './parse.ts';

/** What a value is to be written as; undefined where it stays. */
export type Rewriting = (clause: Clause, value: Value) => string | undefined;

/** The query with its values rewritten; throws `badQuery` for one that cannot be read. */
export function rewritten(jql: string, rewriting: Rewriting): string {
  const { where } = parseJql(jql);
  const changes: { from: number; to: number; text: string }[] = [];
  for (const clause of where ? clausesOf(where) : [])
    for (const value of valuesOf(clause)) {
      const text = rewriting(clause, value);
      if (text !== undefined) changes.push({ ...value.span, text });
    }
  let [out, at] = ['', 0];
  for (const { from, to, text } of changes.sort((a, b) => a.from - b.from)) {
    out += jql.slice(at, from) + text;
    at = to;
  }
  return out + jql.slice(at);
}

function clausesOf(node: Expression): Clause[] {
  if (node.kind === 'clause') return [node];
  return node.kind === 'not' ? clausesOf(node.part) : node.parts.flatMap(clausesOf);
}

/** The values of a clause, those of `by` among them only where they name people as the clause does. */
const valuesOf = ({ operand, predicates }: Clause): Value[] => [
  ...literals(operand),
  ...predicates.filter((one) => one.name !== 'by').flatMap((one) => literals(one.operand)),
];

const literals = (operand: Operand): Value[] =>
  operand.kind === 'value' ? [operand] : operand.kind === 'list' ? operand.values.flatMap(literals) : [];

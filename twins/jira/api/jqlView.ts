/** A parsed query in the form of `/jql/parse`. */
import type { Clause, Expression, Operand, Query } from '../model/jql/parse.ts';

type Json = Record<string, unknown>;

const encoded = (text: string): string =>
  /^[\w.-]+$/.test(text) ? text : `"${text.replace(/(["\\])/g, '\\$1')}"`;

/** `{where, orderBy}` with clauses, operators and operands named as the vendor names them. */
export const queryView = ({ where, orderBy }: Query): Json => ({
  ...(where ? { where: expressionView(where) } : {}),
  ...(orderBy.length > 0
    ? {
        orderBy: {
          fields: orderBy.map(({ field, descending }) => ({
            field: fieldView(field),
            direction: descending ? 'desc' : 'asc',
          })),
        },
      }
    : {}),
});

const fieldView = (name: string): Json => ({ name, encodedName: encoded(name) });

function expressionView(node: Expression): Json {
  if (node.kind === 'clause') return clauseView(node);
  if (node.kind === 'not') return { clauses: [expressionView(node.part)], operator: 'not' };
  return { clauses: node.parts.map(expressionView), operator: node.kind };
}

function clauseView({ field, operator, operand, conditions }: Clause): Json {
  const predicates = conditions.map((one) => ({ operator: one.name, operand: operandView(one.operand) }));
  return {
    field: fieldView(field),
    operator,
    ...(operator === 'changed' ? {} : { operand: operandView(operand) }),
    ...(operator.startsWith('was') || operator === 'changed' ? { predicates } : {}),
  };
}

function operandView(operand: Operand): Json {
  switch (operand.kind) {
    case 'value':
      return { value: operand.text, encodedValue: encoded(operand.text) };
    case 'empty':
      return { keyword: 'empty', encodedOperand: 'empty' };
    case 'list': {
      const values = operand.values.map(operandView);
      const inside = values.map((value) => String(value.encodedValue ?? value.encodedOperand)).join(', ');
      return { values, encodedOperand: `(${inside})` };
    }
    case 'function': {
      const args = operand.args.map(encoded).join(', ');
      return { function: operand.name, arguments: operand.args, encodedOperand: `${operand.name}(${args})` };
    }
  }
}

/** A parsed query in the form of `/jql/parse`. */
import type { Clause, Expression, FieldName, Operand, Query } from '../model/jql/ast.ts';
import { encoded, fieldText, operandText } from '../model/jql/encode.ts';

type Json = Record<string, unknown>;

/** `{where, orderBy}` with clauses, operators and operands named as the vendor names them. */
export const queryView = ({ where, orderBy }: Query): Json => ({
  ...(where ? { where: expressionView(where) } : {}),
  ...(orderBy.length > 0
    ? {
        orderBy: {
          fields: orderBy.map(({ field, descending, direction }) => ({
            field: fieldView(field),
            ...(direction ? { direction: descending ? 'desc' : 'asc' } : {}),
          })),
        },
      }
    : {}),
});

const fieldView = (field: FieldName): Json => ({
  name: field.name,
  encodedName: fieldText(field),
  ...(field.property && /^issue\.property\[/i.test(field.name)
    ? {
        property: [
          {
            entity: 'issue',
            key: field.property.key,
            ...(field.property.path ? { path: field.property.path } : {}),
          },
        ],
      }
    : {}),
});

function expressionView(node: Expression): Json {
  if (node.kind === 'clause') return clauseView(node);
  if (node.kind === 'not') return { clauses: [expressionView(node.part)], operator: 'not' };
  return { clauses: node.parts.map(expressionView), operator: node.kind };
}

function clauseView({ field, operator, operand, predicates }: Clause): Json {
  const shown = predicates.map((one) => ({ operator: one.name, operand: operandView(one.operand) }));
  return {
    field: fieldView(field),
    operator,
    ...(operator === 'changed' ? {} : { operand: operandView(operand) }),
    ...(operator.startsWith('was') || operator === 'changed' ? { predicates: shown } : {}),
  };
}

function operandView(operand: Operand): Json {
  switch (operand.kind) {
    case 'value':
      return { value: operand.text, encodedValue: operand.number ? operand.text : encoded(operand.text) };
    case 'empty':
      return { keyword: 'empty', encodedOperand: operandText(operand) };
    case 'list':
      return { values: operand.values.map(operandView), encodedOperand: operandText(operand) };
    case 'function':
      return {
        function: operand.name,
        arguments: operand.args,
        encodedOperand: operandText(operand),
      };
  }
}

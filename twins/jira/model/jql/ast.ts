/** A query as a tree: what the parser makes, and what is compiled, shown and written again. */

export type Operator =
  | '='
  | '!='
  | '<'
  | '>'
  | '<='
  | '>='
  | '~'
  | '!~'
  | 'in'
  | 'not in'
  | 'is'
  | 'is not'
  | 'was'
  | 'was not'
  | 'was in'
  | 'was not in'
  | 'changed';

/** Where something stands in the query's text: its first character, and the one behind its last. */
export interface Span {
  from: number;
  to: number;
}

/** A written value. A number may mean an id where a text means a name. */
export interface Value {
  kind: 'value';
  text: string;
  number: boolean;
  span: Span;
}

export interface FunctionCall {
  kind: 'function';
  name: string;
  args: readonly string[];
}

export type Operand =
  | Value
  | { kind: 'empty'; text: string }
  | { kind: 'list'; values: readonly Operand[] }
  | FunctionCall;

/** `after`, `before`, `on`, `during`, `by`, `from`, `to` behind `was` and `changed`. */
export interface Predicate {
  name: string;
  operand: Operand;
}

/** `issue.property[key].path`: a field that is a part of a stored document. */
export interface FieldProperty {
  key: string;
  path: string;
}

/** A field as a query calls it. */
export interface FieldName {
  /** What stands there, without quotation marks: `summary`, `cf[10016]`, `issue.property[key].path`. */
  name: string;
  property?: FieldProperty;
}

export interface Clause {
  kind: 'clause';
  field: FieldName;
  operator: Operator;
  operand: Operand;
  predicates: readonly Predicate[];
}

export type Expression =
  | Clause
  | { kind: 'and' | 'or'; parts: readonly Expression[] }
  | { kind: 'not'; part: Expression };

export interface OrderTerm {
  field: FieldName;
  descending: boolean;
  /** Whether the query says it. */
  direction: boolean;
}

export interface Query {
  where: Expression | undefined;
  orderBy: readonly OrderTerm[];
}

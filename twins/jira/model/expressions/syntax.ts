/** Jira expressions as trees. https://developer.atlassian.com/cloud/jira/platform/jira-expressions/ */

/** Where something stands in an expression's text. */
export interface Span {
  from: number;
  to: number;
}

export type Expression = Span &
  (
    | { kind: 'literal'; value: string | number | boolean | null }
    | { kind: 'template'; parts: readonly (string | Expression)[] }
    | { kind: 'name'; name: string }
    | { kind: 'member'; of: Expression; property: Expression; computed: boolean; optional: boolean }
    | { kind: 'call'; callee: Expression; args: readonly Expression[] }
    | { kind: 'new'; type: string; args: readonly Expression[] }
    | { kind: 'unary'; operator: string; operand: Expression }
    | { kind: 'binary'; operator: string; left: Expression; right: Expression }
    | { kind: 'conditional'; test: Expression; then: Expression; otherwise: Expression }
    | { kind: 'arrow'; parameters: readonly string[]; body: Expression }
    | { kind: 'list'; items: readonly Expression[] }
    | { kind: 'object'; entries: readonly { key: string; value: Expression }[] }
    | { kind: 'let'; name: string; value: Expression; body: Expression }
  );

/** The parts of an expression. */
export function partsOf(node: Expression): readonly Expression[] {
  switch (node.kind) {
    case 'template':
      return node.parts.filter((part): part is Expression => typeof part !== 'string');
    case 'member':
      return node.computed ? [node.of, node.property] : [node.of];
    case 'call':
      return [node.callee, ...node.args];
    case 'new':
      return node.args;
    case 'unary':
      return [node.operand];
    case 'binary':
      return [node.left, node.right];
    case 'conditional':
      return [node.test, node.then, node.otherwise];
    case 'arrow':
      return [node.body];
    case 'list':
      return node.items;
    case 'object':
      return node.entries.map((entry) => entry.value);
    case 'let':
      return [node.value, node.body];
    default:
      return [];
  }
}

/** The leaves of a tree: what the limit of an expression's size counts. */
export function leavesOf(node: Expression): number {
  const parts = partsOf(node);
  return parts.length === 0 ? 1 : parts.reduce((sum, part) => sum + leavesOf(part), 0);
}

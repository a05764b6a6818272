/** What can be said of an expression without evaluating it: its type, and how much it would load. */
import { hasMethod } from './methods.ts';
import { checked, type ExpressionProblem } from './run.ts';
import { type Expression, partsOf } from './syntax.ts';
import { TYPES } from './types.ts';

export interface Analysis {
  expression: string;
  valid: boolean;
  errors?: ExpressionProblem[];
  type?: string;
  complexity?: { expensiveOperations: string; variables?: Record<string, string> };
}

/** Variables that every expression may speak of. */
const COMMON: Readonly<Record<string, string>> = {
  user: 'User',
  app: 'App',
  issue: 'Issue',
  issues: 'List<Issue>',
  project: 'Project',
  sprint: 'Sprint',
  board: 'Board',
  serviceDesk: 'ServiceDesk',
  customerRequest: 'CustomerRequest',
  Number: 'Function',
};

/** Analyses one expression as far as `check` asks. */
export function analysed(
  text: string,
  check: 'syntax' | 'type' | 'complexity',
  variables: Readonly<Record<string, string>>,
): Analysis {
  const { tree, problems } = checked(text);
  if (!tree || problems.length > 0) return { expression: text, errors: problems, valid: false };
  const typing: Typing = { text, problems };
  const type = check === 'syntax' ? undefined : typeOf(typing, tree, { ...COMMON, ...variables });
  const complexity = check === 'complexity' ? { complexity: complexityOf(text, tree) } : {};
  if (problems.length > 0) return { expression: text, errors: problems, valid: false, type: 'TypeError' };
  return { expression: text, valid: true, ...(type === undefined ? {} : { type }), ...complexity };
}

interface Typing {
  text: string;
  problems: ExpressionProblem[];
}
type Types = Readonly<Record<string, string>>;

const COMPARISONS = new Set(['<', '>', '<=', '>=']);
const elementOf = (type: string): string => /^List<(.+)>$/.exec(type)?.[1] ?? 'Any';
const literalType = (value: unknown): string =>
  value === null
    ? 'null'
    : typeof value === 'string'
      ? 'String'
      : typeof value === 'number'
        ? 'Number'
        : 'Boolean';

function typeOf(at: Typing, node: Expression, types: Types): string {
  switch (node.kind) {
    case 'literal':
      return literalType(node.value);
    case 'template':
      return 'String';
    case 'name':
      return types[node.name] ?? problem(at, node, `Unrecognized identifier: "${node.name}".`);
    case 'let':
      return typeOf(at, node.body, { ...types, [node.name]: typeOf(at, node.value, types) });
    case 'list':
      return listType(node.items.map((item) => typeOf(at, item, types)));
    case 'object':
      return `{${node.entries.map(({ key, value }) => `${key}: ${typeOf(at, value, types)}`).join(', ')}}`;
    case 'arrow':
      return 'Function';
    case 'conditional': {
      const [then, otherwise] = [typeOf(at, node.then, types), typeOf(at, node.otherwise, types)];
      return then === otherwise ? then : 'Any';
    }
    case 'unary':
      return node.operator === '!' ? 'Boolean' : node.operator === '-' ? 'Number' : 'String';
    case 'binary':
      return binaryType(at, node, types);
    case 'member':
      return memberType(at, node, types);
    case 'call':
      return callType(at, node, types);
    case 'new':
      return node.type;
  }
}

const listType = (types: readonly string[]): string =>
  new Set(types).size === 1
    ? `List<${types[0]}>`
    : types.length === 0
      ? 'List<Any>'
      : `[${types.join(', ')}]`;

function problem(at: Typing, node: Expression, message: string): string {
  at.problems.push({ expression: at.text.slice(node.from, node.to), message, type: 'type' });
  return 'Any';
}

function binaryType(at: Typing, node: Expression & { kind: 'binary' }, types: Types): string {
  const [left, right] = [typeOf(at, node.left, types), typeOf(at, node.right, types)];
  const { operator } = node;
  if (COMPARISONS.has(operator)) {
    if (left !== right && left !== 'Any' && right !== 'Any')
      problem(at, node, `Can't compare ${left} to ${right}.`);
    return 'Boolean';
  }
  if (['==', '!=', '===', '!=='].includes(operator)) return 'Boolean';
  if (['&&', '||', '??'].includes(operator)) return left === right ? left : 'Any';
  return operator === '+' && !(left === 'Number' && right === 'Number') ? 'String' : 'Number';
}

function memberType(at: Typing, node: Expression & { kind: 'member' }, types: Types): string {
  const of = typeOf(at, node.of, types);
  if (node.property.kind !== 'literal') return of.startsWith('List<') ? elementOf(of) : 'Any';
  const key = String(node.property.value);
  if (typeof node.property.value === 'number') return elementOf(of);
  const known = TYPES[of];
  if (known?.[key]) return known[key].type;
  const base = of.startsWith('List<') || of.startsWith('[') ? 'List' : of;
  if (key === 'length' && (base === 'List' || base === 'String')) return 'Number';
  if (hasMethod(base, key)) return 'Function';
  if (!known || (of === 'Issue' && key.startsWith('customfield_'))) return 'Any';
  const list = Object.keys(known)
    .sort()
    .map((name) => `'${name}'`)
    .join(', ');
  const [what, written] = [node.of, node.property].map((part) => at.text.slice(part.from, part.to));
  return problem(
    at,
    node,
    `Unrecognized property of \`${what}\`: "${key}" (${written}). Available properties of type '${of}' are: ${list}`,
  );
}

/** Methods that give a list of the same elements, and those that give one of another type. */
const KEEPING = new Set(['filter', 'slice', 'reverse', 'sort', 'concat']);
const GIVING: Readonly<Record<string, string>> = {
  some: 'Boolean',
  every: 'Boolean',
  includes: 'Boolean',
  startsWith: 'Boolean',
  endsWith: 'Boolean',
  indexOf: 'Number',
  getTime: 'Number',
  join: 'String',
  trim: 'String',
  toLowerCase: 'String',
  toUpperCase: 'String',
  replace: 'String',
  split: 'List<String>',
};

function callType(at: Typing, node: Expression & { kind: 'call' }, types: Types): string {
  const { callee, args } = node;
  if (callee.kind === 'name' && callee.name === 'Number') return 'Number';
  if (callee.kind !== 'member' || callee.property.kind !== 'literal') return 'Any';
  const of = typeOf(at, callee.of, types);
  typeOf(at, callee, types);
  const method = String(callee.property.value);
  const [first] = args;
  const inner =
    first?.kind === 'arrow'
      ? typeOf(at, first.body, {
          ...types,
          ...Object.fromEntries(first.parameters.map((name, i) => [name, i === 0 ? elementOf(of) : 'Any'])),
        })
      : 'Any';
  if (method === 'map') return `List<${inner}>`;
  if (method === 'flatMap') return inner.startsWith('List<') ? inner : `List<${inner}>`;
  if (method === 'flatten') return elementOf(of);
  if (method === 'find') return elementOf(of);
  if (KEEPING.has(method)) return of;
  return GIVING[method] ?? 'Any';
}

const EXPENSIVE = new Set(
  Object.values(TYPES).flatMap((type) => Object.keys(type).filter((name) => type[name]?.expensive)),
);
const EACH = new Set(['map', 'filter', 'some', 'every', 'find', 'flatMap', 'reduce']);
const LETTERS = ['N', 'M', 'K', 'L', 'P', 'Q'];

/** How much an expression loads: a number, or a formula of how long its lists are. */
function complexityOf(text: string, tree: Expression): NonNullable<Analysis['complexity']> {
  const lists = new Map<string, string>();
  const letter = (list: string): string => {
    const known = lists.get(list) ?? LETTERS[lists.size] ?? `N${lists.size}`;
    lists.set(list, known);
    return known;
  };
  const cost = (node: Expression): Cost => {
    if (node.kind === 'call' && node.callee.kind === 'member' && EACH.has(nameOf(node.callee))) {
      const [first] = node.args;
      const inner = first ? cost(first) : new Map();
      const of = node.callee.of;
      const per = inner.size > 0 ? letter(text.slice(of.from, of.to)) : '';
      return added([
        cost(of),
        new Map([...inner].map(([term, n]) => [term === '' ? per : `${per} * ${term}`, n])),
      ]);
    }
    const own = (node.kind === 'member' && EXPENSIVE.has(nameOf(node))) || isLoading(node) ? 1 : 0;
    return added([...partsOf(node).map(cost), own ? new Map([['', own]]) : new Map()]);
  };
  const formula = [...cost(tree)].map(([term, n]) =>
    term === '' ? String(n) : n === 1 ? term : `${n} * ${term}`,
  );
  const variables = Object.fromEntries([...lists].map(([list, name]) => [name, list]));
  return {
    expensiveOperations: formula.join(' + ') || '0',
    ...(lists.size > 0 ? { variables } : {}),
  };
}

/** How often each product of lists is loaded; `''` is once. */
type Cost = ReadonlyMap<string, number>;

const added = (costs: readonly Cost[]): Cost => {
  const sum = new Map<string, number>();
  for (const cost of costs) for (const [term, n] of cost) sum.set(term, (sum.get(term) ?? 0) + n);
  return sum;
};

const nameOf = (node: Expression & { kind: 'member' }): string =>
  node.property.kind === 'literal' ? String(node.property.value) : '';
const isLoading = (node: Expression): boolean =>
  node.kind === 'new' && ['Issue', 'User', 'Project'].includes(node.type);

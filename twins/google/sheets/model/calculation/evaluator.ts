/** Trees of formulas computed. */
import type { FormulaContext } from '../formula/functions/definition.ts';
import { FUNCTIONS } from '../formula/functions.ts';
import type { BinaryNode, CallNode, Node, ReferenceNode } from '../formula/syntax.ts';
import { CellError, errorOfText, type Matrix, type Scalar, type Value } from '../formula/value.ts';
import { broadcast, caught, isMany } from './broadcast.ts';
import { FORMS } from './forms.ts';
import {
  type Env,
  Lambda,
  matrixOf,
  type Names,
  type Operand,
  type Place,
  type Reading,
  Reference,
  readValue,
  singleOf,
} from './operand.ts';
import { joined, OPERATOR_NAMES, signed } from './operators.ts';

/** Computes a tree for the cell at `at`. Throws CellError. */
export function evaluateTree(tree: Node, reading: Reading, at: Place): Value {
  const env = new Evaluation(reading, at, false, undefined);
  const operand = env.evaluate(tree);
  // A range that is only named gives one of its cells; what a function finds is shown whole.
  if (tree.kind === 'reference' || tree.kind === 'name' || tree.kind === 'table')
    return singleOf(operand, env);
  return readValue(operand, reading);
}

class Evaluation implements Env {
  readonly reading: Reading;
  readonly at: Place;
  readonly arrays: boolean;
  readonly names: Names | undefined;

  constructor(reading: Reading, at: Place, arrays: boolean, names: Names | undefined) {
    this.reading = reading;
    this.at = at;
    this.arrays = arrays;
    this.names = names;
  }

  within(change: { arrays?: boolean; names?: Names }): Env {
    return new Evaluation(this.reading, this.at, change.arrays ?? this.arrays, change.names ?? this.names);
  }

  value(node: Node | undefined): Value {
    return readValue(this.evaluate(node), this.reading);
  }

  single(node: Node | undefined): Scalar {
    return singleOf(this.evaluate(node), this);
  }

  apply(lambda: Lambda, args: readonly Operand[]): Operand {
    if (args.length !== lambda.parameters.length)
      throw new CellError(
        'N_A',
        `Wrong number of arguments to LAMBDA. Expected ${lambda.parameters.length} arguments, but got ${args.length} arguments.`,
      );
    let { names } = lambda;
    for (const [i, name] of lambda.parameters.entries())
      names = { name, value: args[i] ?? null, outer: names };
    const inside = new Evaluation(this.reading, this.at, this.arrays, names);
    return this.reading.deeper(() => inside.evaluate(lambda.body));
  }

  evaluate(node: Node | undefined): Operand {
    if (!node) return null;
    this.reading.step(1);
    switch (node.kind) {
      case 'number':
      case 'text':
      case 'flag':
        return node.value;
      case 'error':
        throw errorOfText(node.value);
      case 'reference':
        return referenceTo(node, this);
      case 'name':
        return this.#name(node.name);
      case 'table': {
        const part = this.reading.tablePart(node.text);
        if (!part) throw new CellError('REF', 'Reference does not exist.');
        return part;
      }
      case 'array':
        return literal(node.rows, this.within({ arrays: true }));
      case 'unary':
        return this.#unary(node.operator, node.operand);
      case 'binary':
        return node.operator === ':' ? this.#range(node) : this.#binary(node);
      case 'apply':
        return this.#applied(this.evaluate(node.callee), node.args);
      case 'call':
        return this.#call(node);
    }
  }

  #name(name: string): Operand {
    const known = this.#bound(name);
    if (known) return known.value;
    const reference = this.reading.named(name);
    if (!reference) throw new CellError('NAME', `Unknown range name: '${name.toUpperCase()}'.`);
    return reference;
  }

  #bound(name: string): Names | undefined {
    const wanted = name.toLowerCase();
    for (let one = this.names; one; one = one.outer) if (one.name === wanted) return one;
    return undefined;
  }

  #unary(operator: '-' | '+' | '%', operand: Node): Value {
    if (!this.arrays) return signed(operator, this.single(operand));
    const value = this.value(operand);
    if (!isMany(value)) return signed(operator, singleOf(value, this));
    return broadcast([value], 'UMINUS', ([item]) => signed(operator, item as Scalar));
  }

  /** Along the left: `A1 + A2 + …` is as deep as it is long. */
  #binary(node: BinaryNode): Value {
    const chain = [node];
    let first: Node = node.left;
    while (first.kind === 'binary' && first.operator !== ':') {
      chain.push(first);
      first = first.left;
    }
    this.reading.step(chain.length);
    let left: Value = this.arrays ? this.value(first) : this.single(first);
    for (let next = chain.pop(); next; next = chain.pop())
      left = this.#joined(next.operator, left, next.right);
    return left;
  }

  #joined(operator: string, a: Value, right: Node): Value {
    if (!this.arrays) return joined(operator, a as Scalar, this.single(right));
    const b = this.value(right);
    if (!isMany(a) && !isMany(b)) return joined(operator, singleOf(a, this), singleOf(b, this));
    return broadcast([a, b], OPERATOR_NAMES[operator] ?? operator, ([x, y]) =>
      joined(operator, x as Scalar, y as Scalar),
    );
  }

  /** `A1:INDEX(B:B, 3)`: all between two references. */
  #range({ left, right }: { left: Node; right: Node }): Reference {
    const [a, b] = [this.evaluate(left), this.evaluate(right)];
    if (!(a instanceof Reference) || !(b instanceof Reference) || a.sheetId !== b.sheetId)
      throw new CellError('REF', 'Reference does not exist.');
    return new Reference(a.sheetId, {
      startRow: Math.min(a.rect.startRow, b.rect.startRow),
      endRow: Math.max(a.rect.endRow, b.rect.endRow),
      startColumn: Math.min(a.rect.startColumn, b.rect.startColumn),
      endColumn: Math.max(a.rect.endColumn, b.rect.endColumn),
    });
  }

  #applied(callee: Operand, args: readonly (Node | undefined)[]): Operand {
    if (!(callee instanceof Lambda)) throw new CellError('ERROR', 'Formula parse error.');
    return this.apply(
      callee,
      args.map((arg) => this.evaluate(arg)),
    );
  }

  #call(node: CallNode): Operand {
    const { name, args } = node;
    const bound = this.names && this.#bound(name);
    if (bound) return this.#applied(bound.value, args);
    const form = FORMS.get(name);
    if (form) {
      checkCount(name, form, args.length);
      return form.run(args, this, name);
    }
    return this.#function(node);
  }

  /** A function that gets its arguments computed. */
  #function({ name, args }: CallNode): Value {
    const found = FUNCTIONS.get(name);
    if (!found) throw new CellError('NAME', `Unknown function: '${name}'.`);
    checkCount(name, found, args.length);
    const inner = found.arrays && !this.arrays ? this.within({ arrays: true }) : this;
    const ranges: Reference[] = [];
    const read = (i: number, operand: Operand): Operand => {
      if (operand instanceof Reference) ranges[i] = operand;
      return operand;
    };
    const given = args.map((arg, i): Value => {
      const take = () =>
        found.single(i)
          ? this.arrays
            ? inner.value(arg)
            : singleOf(read(i, inner.evaluate(arg)), inner)
          : rangeOf(read(i, inner.evaluate(arg)), this.reading);
      return found.errors ? caught(take) : take();
    });
    const context = found.sources ? withSources(ranges, this.reading) : this.reading.context;
    if (!this.arrays || !given.some((value, i) => found.single(i) && isMany(value)))
      return found.run(
        given.map((value, i) => (found.single(i) && !found.errors ? singleOf(value, this) : value)),
        context,
        name,
      );
    const spread = given.filter((_, i) => found.single(i));
    return broadcast(
      spread,
      name,
      (items) => {
        let next = 0;
        const now = given.map((value, i): Value => {
          if (!found.single(i)) return value;
          const item = items[next++] ?? null;
          return item instanceof CellError ? [[item]] : item;
        });
        return found.run(now, context, name);
      },
      found.errors,
    );
  }
}

/** What a function that takes ranges gets: also of one cell it is a range, whose texts are passed over. */
const rangeOf = (operand: Operand, reading: Reading): Value =>
  operand instanceof Reference ? reading.matrix(operand) : readValue(operand, reading);

/** The context of a function that asks where its arguments are from. */
const withSources = (ranges: readonly Reference[], reading: Reading): FormulaContext => ({
  ...reading.context,
  source(i) {
    const range = ranges[i];
    if (!range) return undefined;
    const { sheetId, rect } = range;
    return {
      column: rect.startColumn,
      format: (row, column) =>
        reading.formatAt({ sheetId, row: rect.startRow + row, column: rect.startColumn + column }),
    };
  },
});

/** Throws CellError `N_A`. */
function checkCount(name: string, { least, most }: { least: number; most: number }, count: number): void {
  if (count >= least && count <= most) return;
  const expected =
    least === most ? `${least}` : most >= ANY_NUMBER ? `at least ${least}` : `between ${least} and ${most}`;
  throw new CellError(
    'N_A',
    `Wrong number of arguments to ${name}. Expected ${expected} arguments, but got ${count} arguments.`,
  );
}

const ANY_NUMBER = 255;

/** The range that a reference means; open sides end where the grid does. Throws CellError `REF`. */
function referenceTo({ sheet: title, range }: ReferenceNode, { reading, at }: Env): Reference {
  const sheet = title === undefined ? reading.sheetWithId(at.sheetId) : reading.sheetNamed(title);
  if (!sheet) throw new CellError('REF', `Unresolved sheet name '${title}'.`);
  const { rowCount, columnCount } = sheet.properties.gridProperties;
  const [startRow, startColumn] = [range.startRow ?? 0, range.startColumn ?? 0];
  if (startRow >= rowCount || startColumn >= columnCount)
    throw new CellError('REF', 'Reference does not exist.');
  return new Reference(sheet.properties.sheetId, {
    startRow,
    endRow: Math.min(range.endRow ?? rowCount, rowCount),
    startColumn,
    endColumn: Math.min(range.endColumn ?? columnCount, columnCount),
  });
}

/** `{1, 2; A1:B1}`: arrays beside and below one another. Throws CellError where they do not fit. */
function literal(rows: readonly (readonly Node[])[], env: Env): Matrix {
  const result: Matrix = [];
  let width: number | undefined;
  for (const row of rows) {
    const parts = row.map((item) => matrixOf(caught(() => env.value(item))));
    const height = parts[0]?.length ?? 0;
    for (const [i, part] of parts.entries())
      if (part.length !== height)
        throw new CellError(
          'REF',
          `Function ARRAY_ROW parameter ${i + 1} has mismatched row size. Expected: ${height}. Actual: ${part.length}.`,
        );
    for (let r = 0; r < height; r++) {
      const line = parts.flatMap((part) => part[r] ?? []);
      width ??= line.length;
      if (line.length !== width)
        throw new CellError(
          'VALUE',
          'In ARRAY_LITERAL, an Array Literal was missing values for one or more rows.',
        );
      result.push(line);
    }
  }
  return result;
}

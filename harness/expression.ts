/**
 * Expressions (CEL) over declared names and the lenses' helper functions. Compiled once per scenario; each
 * knows which tables and which steps it reads, so that a commit re-evaluates only what it can have changed.
 */
import { type ASTNode, Environment, serialize } from '@marcbachmann/cel-js';
import { HELPERS } from './lens/all.ts';
import type { LensWorld } from './lens/lens.ts';
import type { Condition } from './scenario.ts';
import { nearest } from './schema/suggest.ts';

/** Values by name: what was drawn, bound, and done so far. */
export type Names = Readonly<Record<string, unknown>>;

export interface Expression {
  text: string;
  /** `twin.table`s (and `journal.exchange`) that decide its value; `*` where it may read anything. */
  reads: ReadonlySet<string>;
  /** Steps whose results it needs before it means anything. */
  steps: ReadonlySet<string>;
  /** Names other than `steps` and helpers. */
  names: ReadonlySet<string>;
  evaluate(world: LensWorld | undefined, names: Names): unknown;
  /** The values of its parts now, for evidence: `{"rows(…).size()": 2}`. Never throws. */
  explain(world: LensWorld | undefined, names: Names): Record<string, unknown>;
}

/** A text that is no expression, or reads a name that is not there. `offset` counts characters. */
export class BadExpression extends Error {
  readonly suggestion: string | undefined;
  readonly offset: number;
  constructor(message: string, offset: number, suggestion?: string) {
    super(message);
    this.suggestion = suggestion;
    this.offset = offset;
  }
}

// Evaluation is synchronous, so the world that helpers look at can stand here for its duration.
let lookedAt: LensWorld | undefined;

const BASE = (() => {
  const env = new Environment({ homogeneousAggregateLiterals: false });
  for (const [, helper] of HELPERS) {
    for (const signature of helper.signatures) {
      env.registerFunction(signature, (...args: unknown[]) => {
        if (!lookedAt) throw new Error('this expression may not look at the world');
        return helper.call(lookedAt, ...args);
      });
    }
  }
  return env;
})();

/** Compiles expressions that may use these names (and every helper). */
export function expressions(names: readonly string[], types: Readonly<Record<string, string>> = {}) {
  const env = BASE.clone();
  for (const name of new Set(names)) env.registerVariable(name, types[name] ?? 'dyn');
  const compiled = new Map<string, Expression>();
  return {
    names,
    /** Throws {@link BadExpression} for syntax, unknown names, unknown functions and wrong types. */
    compile(condition: Condition): Expression {
      if (typeof condition === 'function') return ofFunction(condition);
      const known = compiled.get(condition);
      if (known) return known;
      const fresh = compile(env, condition, names);
      compiled.set(condition, fresh);
      return fresh;
    },
  };
}

export type Expressions = ReturnType<typeof expressions>;

function compile(env: Environment, text: string, names: readonly string[]): Expression {
  let parsed: ReturnType<Environment['parse']>;
  try {
    parsed = env.parse(text);
  } catch (error) {
    throw badExpression(error, text, names);
  }
  const checked = parsed.check();
  if (!checked.valid) throw badExpression(checked.error, text, names);
  const evaluate = (run: typeof parsed, world: LensWorld | undefined, values: Names): unknown => {
    const before = lookedAt;
    lookedAt = world;
    try {
      return run(values as Record<string, unknown>);
    } finally {
      lookedAt = before;
    }
  };
  let parts: { text: string; run: typeof parsed }[] | undefined;
  return {
    text,
    ...factsOf(parsed.ast),
    evaluate: (world, values) => evaluate(parsed, world, values),
    explain(world, values) {
      parts ??= partsOf(parsed.ast).map((part) => ({ text: part, run: env.parse(part) }));
      const said: Record<string, unknown> = {};
      for (const part of parts) {
        try {
          said[part.text] = brief(evaluate(part.run, world, values));
        } catch {
          // A part may mean nothing by itself; the others still tell.
        }
      }
      return said;
    },
  };
}

/** The parts of an expression whose values tell why it is false: operands, and what a list test runs over. */
function partsOf(node: ASTNode): string[] {
  const args = node.args as unknown;
  const own = (part: ASTNode) => (part.op === 'value' ? [] : [serialize(part)]);
  if (['&&', '||'].includes(node.op))
    return (args as ASTNode[]).flatMap((part) => [...own(part), ...partsOf(part)]);
  if (['==', '!=', '<', '<=', '>', '>=', 'in'].includes(node.op)) {
    return (args as ASTNode[]).flatMap((part) => [...partsOf(part), ...own(part)]);
  }
  if (node.op === '!_') return partsOf(args as ASTNode);
  if (node.op === 'rcall') {
    const [, receiver] = args as [string, ASTNode, ASTNode[]];
    return receiver.op === 'call' || receiver.op === 'rcall' ? [...partsOf(receiver), ...own(receiver)] : [];
  }
  return [];
}

const BRIEF_CHARS_MAX = 600;

function brief(value: unknown): unknown {
  const text = JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'bigint' ? Number(part) : part,
  );
  if (text === undefined) return undefined;
  return text.length > BRIEF_CHARS_MAX
    ? `${text.slice(0, BRIEF_CHARS_MAX - 1)}…`
    : (JSON.parse(text) as unknown);
}

function badExpression(error: unknown, text: string, names: readonly string[]): BadExpression {
  const { summary, range, code } = error as { summary?: string; range?: { start: number }; code?: string };
  const wrong =
    code === 'unknown_variable'
      ? /Unknown variable: (\w+)/.exec(summary ?? '')?.[1]
      : /overload for '(\w+)\(/.exec(summary ?? '')?.[1];
  const pool = code === 'unknown_variable' ? names : HELPERS.keys();
  const near = wrong === undefined || HELPERS.has(wrong) ? undefined : nearest(wrong, pool);
  const signatures = wrong === undefined ? undefined : HELPERS.get(wrong)?.signatures.join(' or ');
  const suggestion = near ? `did you mean "${near}"?` : signatures ? `write ${signatures}` : undefined;
  return new BadExpression(`${summary ?? String(error)} in "${text}"`, range?.start ?? 0, suggestion);
}

/** A function of a TypeScript scenario: it may read anything, and gets the helpers beside the names. */
function ofFunction(condition: (names: Names) => boolean): Expression {
  const any = new Set(['*']);
  return {
    text: String(condition).slice(0, 500),
    reads: any,
    steps: new Set(),
    names: new Set(),
    evaluate(world, values) {
      const helpers = [...HELPERS].map(([name, helper]) => {
        return [name, (...args: unknown[]) => world && helper.call(world, ...args)] as const;
      });
      return condition({ ...Object.fromEntries(helpers), ...values });
    },
    explain: () => ({}),
  };
}

function factsOf(ast: ASTNode): { reads: Set<string>; steps: Set<string>; names: Set<string> } {
  const reads = new Set<string>();
  const steps = new Set<string>();
  const names = new Set<string>();
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) for (const part of node) visit(part);
    if (typeof node !== 'object' || node === null || !('op' in node)) return;
    const { op, args } = node as { op: string; args: unknown };
    if (op === 'id') names.add(String(args));
    if (op === '.' && Array.isArray(args) && isSteps(args[0])) steps.add(String(args[1]));
    if (op === 'call' && Array.isArray(args)) {
      for (const table of HELPERS.get(String(args[0]))?.tables ?? []) reads.add(table);
    }
    if (Array.isArray(args)) args.forEach(visit);
    else visit(args);
  };
  visit(ast);
  names.delete('steps');
  return { reads, steps, names };
}

function isSteps(node: unknown): boolean {
  const { op, args } = (node ?? {}) as { op?: string; args?: unknown };
  return op === 'id' && args === 'steps';
}

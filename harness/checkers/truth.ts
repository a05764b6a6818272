/** The truth of one expression over a trial, re-evaluated only when something that it reads has changed. */
import type { Expression, Names } from '../expression.ts';
import type { Happened, Sight } from './checker.ts';

/** `undefined`: it means nothing yet, as a step that it speaks of has not ended. */
export type Value = boolean | undefined;

export interface Truth {
  readonly value: Value;
  /** Why it cannot be told, once an evaluation threw or gave no boolean. */
  readonly broken: string | undefined;
  /** Re-evaluates if needed; true where the value changed. */
  update(happened: Happened): boolean;
}

/** Watches an expression; its first value is taken at once. */
export function truthOf(expression: Expression, sight: Sight): Truth {
  let value: Value;
  let broken: string | undefined;
  const evaluate = () => {
    const names = sight.names();
    for (const step of expression.steps) if (!hasEnded(names, step)) return undefined;
    try {
      const result = expression.evaluate(sight.world, names);
      if (typeof result === 'boolean') return result;
      broken ??= `"${expression.text}" gave ${describe(result)}, not true or false`;
    } catch (error) {
      const { summary, message } = error as { summary?: string; message?: string };
      // A name that a step binds is absent until that step has ended: that is "not yet", no failure.
      if (/Unknown variable/.test(summary ?? '')) return undefined;
      broken ??= `"${expression.text}" cannot be evaluated: ${summary ?? message ?? String(error)}`;
    }
    return undefined;
  };
  value = evaluate();
  return {
    get value() {
      return value;
    },
    get broken() {
      return broken;
    },
    update(happened) {
      if (!concerns(expression, happened)) return false;
      const before = value;
      value = evaluate();
      return value !== before;
    },
  };
}

function hasEnded(names: Names, step: string): boolean {
  return (names.steps as Record<string, unknown> | undefined)?.[step] !== undefined;
}

function concerns(expression: Expression, { changes, entry, step }: Happened): boolean {
  if (step !== undefined || expression.reads.has('*')) return true;
  if (entry?.kind === 'exchange' && expression.reads.has('journal.exchange')) return true;
  return changes?.some(({ twin, table }) => expression.reads.has(`${twin}.${table}`)) ?? false;
}

function describe(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}

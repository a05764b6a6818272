/** `never`: at no moment in [after, until] is the expression true. An `until` that never comes is the end. */
import type { Never } from '../scenario.ts';
import { type Preparing, prepared, since } from './checker.ts';
import { truthOf } from './truth.ts';

/** Prepares a `never`. Throws `BadExpression`. */
export function neverChecker(never: Never, preparing: Preparing) {
  const expression = preparing.compile(never.that);
  return prepared('never', never, (sight) => {
    const truth = truthOf(expression, sight);
    let violated: { at: number; seq?: number; values?: Record<string, unknown> } | undefined;
    const look = (at: number, seq?: number) => {
      if (violated || truth.value !== true) return;
      if (never.after !== undefined && sight.stepAt(never.after) === undefined) return;
      violated = { at, seq, values: expression.explain(sight.world, sight.names()) };
    };
    const over = () => never.until !== undefined && sight.stepAt(never.until) !== undefined;
    look(sight.t0);
    return {
      see(happened) {
        // The step that ends the span has ended when it is seen here, so what it caused is outside the span.
        if (over()) return;
        truth.update(happened);
        look(happened.at, happened.entry?.seq);
      },
      owedUntil: () => undefined,
      async end(ended) {
        if (violated) {
          const { at, seq, values } = violated;
          const evidence = { text: 'this must never be so, and was', seq, atMs: since(sight, at), values };
          return { verdict: 'unsatisfied' as const, evidence: [evidence] };
        }
        if (truth.broken !== undefined || (ended.reason === 'aborted' && !over())) {
          const text = truth.broken ?? 'the trial was cut short before its end';
          return { verdict: 'unknown' as const, cause: 'harness' as const, evidence: [{ text }] };
        }
        return { verdict: 'satisfied' as const, evidence: [] };
      },
    };
  });
}

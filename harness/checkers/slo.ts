/** `slo`: at least this share of exchanges is good; too few samples decide nothing. */
import type { Slo } from '../scenario.ts';
import { matchesExchange } from './calls.ts';
import { type Preparing, prepared } from './checker.ts';

/** Prepares an `slo`. `good` is an expression over `exchange`. Throws `BadExpression`. */
export function sloChecker(slo: Slo, preparing: Preparing) {
  const good = preparing.compile(slo.good, ['exchange']);
  const least = slo.samples ?? 1;
  return prepared('slo', slo, (sight) => {
    let total = 0;
    let fine = 0;
    let broken: string | undefined;
    return {
      see({ entry }) {
        if (!entry || !matchesExchange(entry, slo.over)) return;
        total++;
        try {
          if (good.evaluate(sight.world, { ...sight.names(), exchange: entry }) === true) fine++;
        } catch (error) {
          broken ??= `"${slo.good}" cannot be evaluated: ${(error as Error).message}`;
        }
      },
      owedUntil: () => undefined,
      async end() {
        const text =
          broken ?? `${fine} of ${total} exchanges were good, ${slo.atLeast} must be (of ${least} or more)`;
        if (broken !== undefined || total < least) {
          return { verdict: 'unknown' as const, cause: 'harness' as const, evidence: [{ text }] };
        }
        const met = fine / total >= slo.atLeast;
        return { verdict: met ? ('satisfied' as const) : ('unsatisfied' as const), evidence: [{ text }] };
      },
    };
  });
}

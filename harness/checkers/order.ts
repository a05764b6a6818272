/** `order`: each `then` has an earlier `first` of the same key. */
import type { Expression } from '../expression.ts';
import { matchesGlob, nameOfChange, rowOf } from '../lens/all.ts';
import type { Row } from '../lens/lens.ts';
import type { Happening, Order } from '../scenario.ts';
import { type Evidence, type Happened, type Preparing, prepared, type Sight, since } from './checker.ts';

/** Prepares an `order`. Throws `BadExpression`. */
export function orderChecker(order: Order, preparing: Preparing) {
  const first = pattern(order.first, preparing);
  const then = pattern(order.then, preparing);
  const key = order.key === undefined ? undefined : preparing.compile(order.key, ['event']);
  return prepared('order', order, (sight) => {
    const seen = new Set<string>();
    const wrong: Evidence[] = [];
    let broken: string | undefined;
    const keyOf = (event: Row) =>
      JSON.stringify(key?.evaluate(sight.world, { ...sight.names(), event }) ?? '');
    return {
      see(happened) {
        try {
          // Both are taken from one happening in this order, so `first` and `then` in one commit are in order.
          for (const event of first(happened, sight)) seen.add(keyOf(event));
          for (const event of then(happened, sight)) {
            if (seen.has(keyOf(event)) || wrong.length >= 5) continue;
            const text = `${say(order.then)} came without an earlier ${say(order.first)}`;
            wrong.push({ text, seq: happened.entry?.seq, atMs: since(sight, happened.at) });
          }
        } catch (error) {
          broken ??= `cannot be evaluated: ${(error as Error).message}`;
        }
      },
      owedUntil: () => undefined,
      async end() {
        if (wrong.length > 0) return { verdict: 'unsatisfied' as const, evidence: wrong };
        if (broken === undefined) return { verdict: 'satisfied' as const, evidence: [] };
        return { verdict: 'unknown' as const, cause: 'harness' as const, evidence: [{ text: broken }] };
      },
    };
  });
}

function pattern(happening: Happening, preparing: Preparing) {
  const where: Expression | undefined =
    happening.where === undefined ? undefined : preparing.compile(happening.where, ['row', 'event']);
  return (happened: Happened, sight: Sight): Row[] => {
    const events = eventsOf(happening, happened, sight);
    if (!where) return events;
    return events.filter((event) => {
      return where.evaluate(sight.world, { ...sight.names(), row: event, event }) === true;
    });
  };
}

function eventsOf(happening: Happening, { entry, changes, step }: Happened, sight: Sight): Row[] {
  if (happening.step !== undefined) return step?.ok && step.id === happening.step ? [{ step: step.id }] : [];
  if (happening.operation !== undefined) {
    return entry?.kind === 'exchange' && matchesGlob(entry.operation, happening.operation) ? [entry] : [];
  }
  return (changes ?? [])
    .filter((change) => nameOfChange(change) === happening.state)
    .map((change) => rowOf(sight.world, change));
}

function say(happening: Happening): string {
  return happening.state ?? happening.operation ?? `step "${happening.step ?? ''}"`;
}

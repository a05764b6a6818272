/**
 * `must` and `should`: some t in [tₑ, tₑ+within] has the expression true throughout [t, t+for].
 * tₑ is the end of step `after`, else the trial's start. Without `within`: any t. `at: end`: true at the end.
 */
import { mustDurationMs, sayDuration } from '../duration.ts';
import type { Expression } from '../expression.ts';
import type { Must } from '../scenario.ts';
import {
  type Ended,
  type Evidence,
  type Preparing,
  prepared,
  type Sight,
  since,
  type Watcher,
} from './checker.ts';
import { truthOf } from './truth.ts';

/** Prepares a `must` (or, by `kind`, a `should`). Throws `BadExpression`. */
export function mustChecker(kind: 'must' | 'should', must: Must, preparing: Preparing) {
  const expression = preparing.compile(must.that);
  const limits = {
    withinMs: must.within === undefined ? undefined : mustDurationMs(must.within),
    forMs: must.for === undefined || must.for === 'end' ? 0 : mustDurationMs(must.for),
    toEnd: must.for === 'end',
    atEnd: must.at === 'end',
  };
  return prepared(kind, must, (sight) => watch({ must, expression, limits, sight }));
}

interface Limits {
  withinMs: number | undefined;
  forMs: number;
  toEnd: boolean;
  atEnd: boolean;
}

/** A span in which it held, by its beginning (universe ms). */
interface Stretch {
  from: number;
  seq?: number;
}

interface Watching {
  must: Must;
  expression: Expression;
  limits: Limits;
  sight: Sight;
}

function watch(watching: Watching): Watcher {
  const { must, expression, limits, sight } = watching;
  const truth = truthOf(expression, sight);
  // The stretch of truth that is under way, and the one that met every limit.
  let stretch: Stretch | undefined = truth.value ? { from: sight.t0 } : undefined;
  let met: Stretch | undefined;
  let lastFall: Stretch | undefined;
  const begin = () => (must.after === undefined ? sight.t0 : sight.stepAt(must.after));
  const deadline = () => {
    const from = begin();
    return from === undefined || limits.withinMs === undefined ? undefined : from + limits.withinMs;
  };
  const settle = (now: number) => {
    const from = begin();
    if (met || !stretch || from === undefined || limits.toEnd || limits.atEnd) return;
    const start = Math.max(stretch.from, from);
    if (start <= (deadline() ?? Number.POSITIVE_INFINITY) && now - start >= limits.forMs) {
      met = { ...stretch, from: start };
    }
  };
  return {
    see(happened) {
      settle(happened.at);
      if (truth.update(happened)) {
        const seq = happened.entry?.seq;
        if (truth.value) stretch = { from: happened.at, seq };
        else if (stretch) {
          lastFall = { from: happened.at, seq };
          stretch = undefined;
        }
      }
      settle(happened.at);
    },
    owedUntil() {
      if (met || limits.atEnd || begin() === undefined) return undefined;
      if (stretch) return limits.toEnd ? undefined : Math.max(stretch.from, begin() ?? 0) + limits.forMs;
      return deadline();
    },
    async end(ended) {
      settle(ended.at);
      const from = begin();
      const last =
        stretch && from !== undefined ? { ...stretch, from: Math.max(stretch.from, from) } : undefined;
      if (truth.broken !== undefined) return unknown(truth.broken);
      if (from === undefined) return notBegun(must.after ?? '', ended);
      if (limits.atEnd)
        return truth.value ? held(sight, last, from) : failed(watching, 'it was not so at the end');
      if (limits.toEnd) {
        const inTime = last && last.from <= (deadline() ?? Number.POSITIVE_INFINITY);
        if (inTime) return held(sight, last, from);
        if (last)
          return failed(
            watching,
            `it held only ${sayDuration(last.from - from)} after ${startName(must)}`,
            last,
          );
      } else if (met) return held(sight, met, from);
      return notHeld(watching, deadline(), lastFall, ended);
    },
  };
}

/** Why it did not hold: cut short by us, held and stopped, or never came true. */
function notHeld(
  { must, expression, limits, sight }: Watching,
  deadline: number | undefined,
  lastFall: Stretch | undefined,
  ended: Ended,
) {
  if (ended.reason === 'aborted' && (deadline === undefined || deadline > ended.at)) {
    return unknown('the trial was cut short before this was decided');
  }
  if (lastFall) return failed({ must, expression, limits, sight }, 'it held, and stopped to hold', lastFall);
  const bound = limits.withinMs === undefined ? '' : ` within ${sayDuration(limits.withinMs)}`;
  const text = `it did not come true${bound} after ${startName(must)}`;
  return failed({ must, expression, limits, sight }, text);
}

function failed({ must, expression, sight }: Watching, text: string, where?: Stretch) {
  const values = expression.explain(sight.world, sight.names());
  const evidence: Evidence = { text, values, seq: where?.seq, step: must.after };
  if (where) evidence.atMs = since(sight, where.from);
  return { verdict: 'unsatisfied' as const, evidence: [evidence] };
}

function held(sight: Sight, stretch: Stretch | undefined, from: number) {
  const at = stretch?.from ?? from;
  const evidence = { text: 'it held', seq: stretch?.seq, atMs: since(sight, at) };
  return { verdict: 'satisfied' as const, evidence: [evidence], tookMs: Math.max(0, Math.round(at - from)) };
}

function notBegun(step: string, ended: Ended) {
  if (ended.reason === 'aborted') return unknown(`the trial was cut short before step "${step}"`);
  const evidence = { text: `step "${step}" never happened`, step };
  return { verdict: 'unsatisfied' as const, evidence: [evidence] };
}

function unknown(text: string) {
  return { verdict: 'unknown' as const, cause: 'harness' as const, evidence: [{ text }] };
}

function startName(must: Must): string {
  return must.after === undefined ? 'the start' : `"${must.after}"`;
}

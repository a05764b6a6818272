/** A task that people do: gestures, and waiting for what the program makes of them. */
import { durationMs, mustDurationMs } from '../duration.ts';
import type { Expressions } from '../expression.ts';
import type { HostUniverse } from '../host.ts';
import type { Step } from '../scenario.ts';
import { doGesture } from '../steps/gesture.ts';
import { fill, type Scope } from '../steps/scope.ts';
import { finderOf } from '../steps/wait.ts';
import { type Outcome, TIMED_OUT } from './generator.ts';
import type { Task } from './rehearsal.ts';
import type { Sight } from './sight.ts';

/** What a task of people needs. */
export interface StorySetting {
  universe: HostUniverse;
  sight: Sight;
  expressions: Expressions;
  /** `performance.now()` after which it has failed, thinking left out. */
  deadline: number;
}

/** Does the steps and waits for `done`; the failure's kind names what was waited for in vain. */
export async function tellStory(
  task: Task,
  given: Readonly<Record<string, unknown>>,
  { universe, sight, expressions, deadline }: StorySetting,
): Promise<Outcome> {
  const steps: Record<string, unknown> = {};
  const names: Record<string, unknown> = { ...given, steps };
  const scope: Scope = { expressions, world: sight.world, names: () => names };
  let thoughtMs = 0;
  for (const [index, step] of (task.steps ?? []).entries()) {
    const id = step.id ?? step.bind ?? `step-${index + 1}`;
    if (step.sleep !== undefined) {
      const ms = durationMs(fill(step.sleep, scope)) ?? 0;
      thoughtMs += ms;
      await new Promise((resolve) => setTimeout(resolve, ms));
    } else if (step.wait !== undefined) {
      const found = await wait(step, scope, sight, deadline + thoughtMs);
      if (found === undefined) return { error: `no ${id}`, thoughtMs };
      if (step.bind !== undefined) names[step.bind] = found;
      steps[id] = { message: found };
    } else {
      try {
        steps[id] = await doGesture(step, universe, scope);
      } catch (error) {
        return { error: `${id}: ${(error as Error).name}`, thoughtMs };
      }
    }
  }
  const done = expressions.compile(task.done ?? 'true');
  const holds = () => done.evaluate(sight.world, names) === true || undefined;
  const met = await sight.until(holds, deadline + thoughtMs);
  return met === undefined ? { error: TIMED_OUT, thoughtMs } : { thoughtMs };
}

async function wait(step: Step, scope: Scope, sight: Sight, deadline: number): Promise<unknown> {
  const { within = step.within, ...wanted } = step.wait ?? {};
  const find = finderOf(wanted, scope, (message) => sight.fresh(message));
  const own = within === undefined ? deadline : performance.now() + mustDurationMs(String(within));
  const found = await sight.until(
    () => {
      const one = find();
      if (one !== undefined) sight.take(one);
      return one;
    },
    Math.min(deadline, own),
  );
  return found;
}

/** Runs the steps of a trial in order: what people do, wait for, and leave be. */
import { durationMs, mustDurationMs } from '../duration.ts';
import type { Message } from '../lens/slack.ts';
import type { Step } from '../scenario.ts';
import type { Stage } from '../trial.ts';
import { doGesture, gestureKey } from './gesture.ts';
import { fill, type Scope } from './scope.ts';
import { finderOf } from './wait.ts';

const WAIT_DEFAULT = '5m';
/** Names of a host's errors that only the scenario can cause, never what the program did. */
const MALFORMED = new Set(['no-gesture', 'invalid-gesture']);

/** Does every step; gives the id of the step that ended the steps early, if one did. */
export async function runSteps(stage: Stage): Promise<string | undefined> {
  const scope: Scope = {
    expressions: stage.prepared.expressions,
    world: stage.world,
    names: () => stage.names,
  };
  const { fresh, bound } = freshness(stage);
  for (const [index, step] of stage.prepared.scenario.steps.entries()) {
    const id = step.id ?? `step-${index + 1}`;
    const ok = await runStep(step, id, stage, scope, fresh);
    stage.trajectory.add(stage.slot.universe.now(), 'step', `${id} ${ok ? 'done' : 'failed'}`, {
      step: id,
      ok,
    });
    if (step.bind !== undefined) bound(stage.names[step.bind]);
    if (ok === 'over') return id;
    // Who waits in vain has nothing to go on with; who finds a button out of reach shrugs, and the story goes on.
    const otherwise = step.else ?? (step.wait === undefined ? 'continue' : 'stop');
    if (!ok && otherwise === 'stop') return id;
  }
  return undefined;
}

type Done = boolean | 'over';

async function runStep(
  step: Step,
  id: string,
  stage: Stage,
  scope: Scope,
  fresh: (message: Message) => boolean,
): Promise<Done> {
  const { universe } = stage.slot;
  if (step.sleep !== undefined) {
    const ms = durationMs(fill(step.sleep, scope));
    if (ms === undefined) throw new Error(`step "${id}": "${fill(step.sleep, scope)}" is no duration`);
    const outcome = await stage.pace.sleepUntil(universe.now() + ms);
    if (outcome !== 'met') return 'over';
    end(stage, id, universe.now(), {});
    return true;
  }
  if (step.wait !== undefined) return wait(step, id, stage, scope, fresh);
  return gesture(step, id, stage, scope);
}

/** A person waits until the world shows it, and gives up after `within`. */
async function wait(
  step: Step,
  id: string,
  stage: Stage,
  scope: Scope,
  fresh: (message: Message) => boolean,
): Promise<Done> {
  const { universe } = stage.slot;
  // `within` stands in the wait (the standard form) or beside it.
  const { within = step.within ?? WAIT_DEFAULT, ...wanted } = step.wait ?? {};
  const find = finderOf(wanted, scope, fresh);
  let found: unknown;
  const deadline = universe.now() + mustDurationMs(String(within));
  const look = () => {
    found = find();
    return found !== undefined;
  };
  const outcome = await stage.pace.until(look, deadline, 'quiet', true);
  if (outcome === 'exit' || outcome === 'hang' || outcome === 'aborted') return 'over';
  if (outcome !== 'met') {
    stage.notes.push(`step "${id}" gave up: ${JSON.stringify(step.wait)} did not come`);
    return false;
  }
  if (step.bind !== undefined) stage.names[step.bind] = found;
  end(stage, id, universe.now(), typeof found === 'object' ? { message: found } : {});
  return true;
}

/**
 * The step's time is the moment of the gesture, not of its answer: what the program does while it is being told
 * comes after. A gesture on something that the program made may be impossible by then; then the step failed.
 */
async function gesture(step: Step, id: string, stage: Stage, scope: Scope): Promise<Done> {
  const { universe } = stage.slot;
  stage.activity.restart();
  let at: number | undefined;
  const onEntry = (time: number) => {
    at ??= time;
    if (!stage.stepTimes.has(id)) {
      stage.stepTimes.set(id, at);
      stage.happened({ at, step: { id, ok: true } });
    }
  };
  try {
    stage.gesture = { onEntry };
    const pending = doGesture(step, universe, scope);
    // Locally the gesture commits before this returns; whatever commits later is not the person's.
    stage.gesture = at === undefined ? stage.gesture : undefined;
    const result = await pending;
    end(stage, id, at ?? universe.now(), result);
    return true;
  } catch (error) {
    if (!onWhatWasFound(step) || MALFORMED.has((error as Error).name)) throw error;
    stage.stepTimes.delete(id);
    stage.notes.push(`step "${id}": ${(error as Error).message}`);
    return false;
  } finally {
    stage.gesture = undefined;
  }
}

function end(stage: Stage, id: string, at: number, result: Record<string, unknown>): void {
  stage.stepTimes.set(id, stage.stepTimes.get(id) ?? at);
  stage.steps[id] = { ...result, at: new Date(at).toISOString() };
  stage.happened({ at, step: { id, ok: true } });
  stage.activity.mark();
}

function onWhatWasFound(step: Step): boolean {
  const given = step[gestureKey(step) ?? ''] as Record<string, unknown> | undefined;
  return given?.message !== undefined || given?.view !== undefined;
}

/** Messages of this trial that no step has bound yet. */
function freshness({ world }: Stage) {
  const old = new Set(
    world.rows('slack', 'messages').map((row) => `${String(row.channel)}/${String(row.ts)}`),
  );
  const key = (message: Message) => `${message.channel}/${message.ts}`;
  return {
    fresh: (message: Message) => !old.has(key(message)),
    bound: (value: unknown) => {
      if (typeof value === 'object' && value !== null && 'ts' in value) old.add(key(value as Message));
    },
  };
}

/** The loads of a run, made ready: on a thread of their own where they can be, else beside the twins. */
import type { Expressions } from '../expression.ts';
import { type ApartLoad, apart } from './apart.ts';
import type { DrawnLoad, Stand } from './conduct.ts';
import { type Generator, generate, type Outcome, type Sample } from './generator.ts';
import { OWN_NAMES, type PreparedRehearsal } from './prepare.ts';
import type { RequestTask, Task } from './rehearsal.ts';
import { type Caller, readsWorld } from './request.ts';
import { type Arrival, schedule } from './schedule.ts';
import type { Sight } from './sight.ts';
import { tellStory } from './story.ts';
import { tokenOf } from './token.ts';

/** A load that is ready to go. */
export interface ReadyLoad {
  /** Whether it has a thread of its own. */
  apart: boolean;
  start(): Generator;
  /** Ends what is not over yet. */
  close(): Promise<void>;
}

/** What the loads of a run share. */
export interface LoadSetting {
  prepared: PreparedRehearsal;
  stand: Stand;
  sight: Sight;
  caller: Caller;
  aborted(): boolean;
}

/** The load of the rehearsal; `ended` is told of each task. */
export async function readyLoad(
  setting: LoadSetting,
  { arrivals, given }: DrawnLoad,
  ended: (sample: Sample) => void,
): Promise<ReadyLoad> {
  const { prepared, aborted } = setting;
  const { rehearsal, scopes, seed, inFlightMax, timeoutMs } = prepared;
  const names = [...OWN_NAMES, ...Object.keys(rehearsal.given ?? {})];
  const asked = asRequests(setting, rehearsal.load.mix, scopes);
  if (asked) return apart({ ...asked, arrivals, names, given, seed }, { aborted, ended });
  const perform = performer(setting, given);
  return beside(() => generate({ arrivals, inFlightMax, timeoutMs, perform, aborted, ended }));
}

/** Other clients, who come with an event and whose fate is nobody's concern. */
export function readyHammers(setting: LoadSetting): Promise<ReadyLoad[]> {
  const { prepared, stand, sight, caller, aborted } = setting;
  const { durationMs, inFlightMax, seed, scope: expressions, timeoutMs } = prepared;
  const { env } = stand.universe.document();
  const ready = prepared.events.map(async ({ name, hammer, fromMs, toMs = durationMs }) => {
    if (!hammer) return undefined;
    const duration = `${Math.min(toMs, durationMs) - fromMs}ms`;
    const blows = schedule({ ...hammer, duration, arrivals: 'even' }, seed, `hammer ${name}`);
    const arrivals = blows.map((blow) => ({ ...blow, at: blow.at + fromMs }));
    const asked = asRequests(
      setting,
      hammer.mix,
      hammer.mix.map(() => expressions),
    );
    if (asked) return apart({ ...asked, arrivals, names: OWN_NAMES }, { aborted });
    const tasks = hammer.mix.map((task) => placed(task, stand));
    const perform = ({ n, task }: Arrival, dueAt: number): Promise<Outcome> => {
      const names = { nth: n + 1, token: '', env };
      const scope = { expressions, world: sight.world, names: () => names };
      return caller.call(tasks[task]?.request ?? {}, scope, dueAt + timeoutMs);
    };
    return beside(() => generate({ arrivals, inFlightMax, timeoutMs, perform, aborted }));
  });
  return Promise.all(ready).then((all) => all.filter((one) => one !== undefined));
}

function beside(start: () => Generator): ReadyLoad {
  return { apart: false, start, close: async () => {} };
}

/** What a thread is told of these tasks; undefined where people do one, or a text looks at the twins' state. */
function asRequests(
  { prepared: { inFlightMax, timeoutMs }, stand }: LoadSetting,
  mix: readonly Task[],
  scopes: readonly Expressions[],
): Pick<ApartLoad, 'tasks' | 'document' | 'inFlightMax' | 'timeoutMs'> | undefined {
  const tasks: RequestTask[] = [];
  for (const [index, task] of mix.entries()) {
    const { request } = placed(task, stand);
    const expressions = scopes[index];
    if (!request || !expressions || readsWorld(request, expressions)) return undefined;
    tasks.push(request);
  }
  return { tasks, document: stand.universe.document(), inFlightMax, timeoutMs };
}

/** Does what an arrival is to do, in names of its own. */
function performer({ prepared, stand, sight, caller }: LoadSetting, given: DrawnLoad['given']) {
  const { universe } = stand;
  const { env } = universe.document();
  const tasks = prepared.rehearsal.load.mix.map((task) => placed(task, stand));
  return async ({ n, task: which }: Arrival, dueAt: number): Promise<Outcome> => {
    const [task, expressions] = [tasks[which], prepared.scopes[which]];
    if (!task || !expressions) return { error: 'no such task' };
    const names = { ...given[n], nth: n + 1, token: tokenOf(prepared.seed, n), env };
    const deadline = dueAt + prepared.timeoutMs;
    try {
      if (!task.request) return await tellStory(task, names, { universe, sight, expressions, deadline });
      const scope = { expressions, world: sight.world, names: () => names };
      return await caller.call(task.request, scope, deadline);
    } catch (error) {
      return { error: `cannot be done: ${(error as Error).message.split('\n')[0]}` };
    }
  };
}

/** A task with the candidate's own port in its address. */
function placed(task: Task, { process }: Stand): Task {
  const { request } = task;
  if (request?.url === undefined || !process) return task;
  return { ...task, request: { ...request, url: process.url(request.url) } };
}

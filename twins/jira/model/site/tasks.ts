/**
 * Work that a site does behind an answer: it is told of by a task, and done when the universe's clock reaches its end.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/intro/#async
 */
import { ApiError } from '../../../../src/error.ts';
import { sortable } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { badQuery, forbidden, missing } from '../../errors.ts';
import { TASK_KEPT_MS, TASK_MS } from '../../limits.ts';
import { type Task, tasks, type User, type UserRef } from '../../world.ts';
import { nextId } from '../ids.ts';
import { may } from '../permissions/may.ts';

/** What a task does when its time has come: changes the site, and gives what the task's `result` shows. */
export type TaskWork = (world: World, input: never, submitter: UserRef) => unknown;

export interface NewTask {
  description: string;
  submitter: UserRef;
  /** A key of `TASK_WORKS`. */
  work: string;
  input?: Readonly<Record<string, unknown>>;
  durationMs?: number;
}

/** Begins a task; it is `COMPLETE` once the clock reaches its end. */
export function startTask(
  world: World,
  { description, submitter, work, input = {}, durationMs }: NewTask,
): Task {
  const id = nextId(world, 'task');
  const ends = world.now() + (durationMs ?? TASK_MS);
  return world.insert(tasks, {
    id,
    description,
    submitter: { accountId: submitter.accountId },
    work,
    input,
    submitted: world.now(),
    ends,
    timer: world.schedule(ends, 'endTask', { id }),
  });
}

/** Does a task's work, and forgets tasks that ended two weeks ago. Refused work goes back, and the task is `FAILED`. */
export function endTask(world: World, id: string, works: Readonly<Record<string, TaskWork>>): void {
  const task = world.get(tasks, id);
  if (!task || task.outcome) return;
  const { timer: _, ...rest } = task;
  world.put(tasks, { ...rest, finished: world.now(), ...outcomeOf(world, task, works) });
  forgetOld(world);
}

function outcomeOf(world: World, task: Task, works: Readonly<Record<string, TaskWork>>): Partial<Task> {
  const work = works[task.work];
  if (!work) throw new Error(`no work is called ${task.work}`);
  try {
    return {
      outcome: 'COMPLETE',
      result: world.attempt(() => work(world, task.input as never, task.submitter)),
    };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { outcome: 'FAILED', message: error.message, result: error.message };
  }
}

/** A task that `user` may see: its own, or any for an administrator; 404 and 403 in the vendor's words. */
export function requireTask(world: World, user: User, id: string): Task {
  const task = world.require(tasks, id, () => missing(`A task with the ID ${id} does not exist.`));
  if (task.submitter.accountId !== user.accountId && !may(world, user, 'ADMINISTER'))
    throw forbidden('You do not have permission to view this task.');
  return task;
}

/** Ends a task before its work is done; 400 where it has ended. */
export function cancelTask(world: World, user: User, id: string): void {
  const { timer, ...task } = requireTask(world, user, id);
  if (task.outcome || timer === undefined) throw badQuery('The task cannot be cancelled as it has finished.');
  world.cancel(timer);
  world.put(tasks, { ...task, outcome: 'CANCELLED', finished: world.now() });
}

function forgetOld(world: World): void {
  const old = world.list(tasks, { index: 'finished', to: sortable(world.now() - TASK_KEPT_MS) }).toArray();
  for (const { id } of old) world.remove(tasks, id);
}

/** Tasks: how far work behind an answer has come. */
import { type Endpoint, endpoint, reply } from '../../../src/twin.ts';
import { cancelTask, requireTask } from '../model/site/tasks.ts';
import type { Task } from '../world.ts';
import { type Address, addressOf, caller, doc } from './address.ts';

/** A task as `/task/{taskId}` shows it; where a call starts one, its answer. Times are milliseconds. */
export function taskView(at: Address, task: Task): Record<string, unknown> {
  const now = at.world.now();
  const elapsed = (task.finished ?? now) - task.submitted;
  const running = task.outcome === undefined && elapsed > 0;
  const progress = Math.floor((100 * elapsed) / Math.max(1, task.ends - task.submitted));
  return {
    self: `${at.rest}/task/${task.id}`,
    id: task.id,
    description: task.description,
    status: task.outcome ?? (running ? 'RUNNING' : 'ENQUEUED'),
    ...(task.message === undefined ? {} : { message: task.message }),
    ...(task.result === undefined ? {} : { result: task.result }),
    submittedBy: numberOf(task.submitter.accountId),
    progress: task.outcome === 'COMPLETE' ? 100 : Math.min(99, progress),
    elapsedRuntime: elapsed,
    submitted: task.submitted,
    ...(running || task.outcome ? { started: task.submitted } : {}),
    ...(task.finished === undefined ? {} : { finished: task.finished }),
    lastUpdate: task.finished ?? now,
  };
}

/** The answer of a call that starts a task: 303 to where it is told of. */
export const taskStarted = (at: Address, task: Task): unknown =>
  reply({
    status: 303,
    body: taskView(at, task),
    headers: [['location', `${at.rest}/task/${task.id}`]],
  });

/** People once had numbers; tasks still show one. */
function numberOf(accountId: string): number {
  let hash = 0;
  for (const letter of accountId) hash = (hash * 31 + letter.charCodeAt(0)) % 90_000;
  return 10_000 + hash;
}

export const taskEndpoints: readonly Endpoint[] = [
  endpoint(
    { id: 'getTask', route: 'GET /rest/api/3/task/{taskId}', doc: doc('tasks', 'task-taskid-get') },
    (call) => {
      const at = addressOf(call);
      return taskView(at, requireTask(at.world, caller(call), call.params.taskId));
    },
  ),
  endpoint(
    {
      id: 'cancelTask',
      route: 'POST /rest/api/3/task/{taskId}/cancel',
      doc: doc('tasks', 'task-taskid-cancel-post'),
    },
    (call) => {
      cancelTask(call.world, caller(call), call.params.taskId);
      return reply({ status: 202 });
    },
  ),
];

/** Workflows of apps: steps that run one after another once a trigger is used. https://docs.slack.dev/workflows */
import { shaped, UPPER36 } from '../../../../src/ids.ts';
import { table } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { refuse } from '../../errors.ts';
import { FEATURED_MAX } from '../../limits.ts';
import { type App, apps, type Channel, channels, isObject, type Json } from '../../world.ts';
import { post } from '../messages/message.ts';
import { type Execution, execute, functionsOf, newRunId } from './function.ts';
import { type Permission, permissionOf } from './named.ts';

/** A step: one of the app's functions (`#/functions/…`) or of Slack's (`slack#/functions/…`). */
interface Step {
  id: string;
  function_id: string;
  title: string;
  inputs: Json;
}

/** A workflow as its app's manifest declares it. */
export interface Workflow {
  id: string;
  callback_id: string;
  app: string;
  title: string;
  steps: Step[];
  /** Seconds. */
  created: number;
}

/** A way to start a workflow. */
interface WorkflowTrigger extends Permission {
  id: string;
  app: string;
  workflow: string;
  title: string;
}

/** A run of a workflow: which step it is at, and what is known by then. */
interface Run {
  id: string;
  app: string;
  workflow: string;
  at: number;
  known: Json;
  state: 'running' | 'completed' | 'errored';
  /** Why it ended early. */
  error?: string;
}

export const workflowTriggers = table<WorkflowTrigger>({
  name: 'slack.workflowTriggers',
  key: (row) => row.id,
});
export const workflowRuns = table<Run>({ name: 'slack.workflowRuns', key: (row) => row.id });
export const featuredWorkflows = table<{ channel: string; triggers: string[] }>({
  name: 'slack.featuredWorkflows',
  key: (row) => row.channel,
});

/** The workflows that an app declares. */
export function workflowsOf(world: World, app: App): Workflow[] {
  const declared = isObject(app.manifest?.workflows) ? app.manifest.workflows : {};
  return Object.entries(declared).flatMap(([callback_id, given]) => {
    if (!isObject(given)) return [];
    const steps = Array.isArray(given.steps) ? given.steps.filter(isObject) : [];
    return {
      id: shaped(world.drawFor('slack.workflow', app.id, callback_id), 'Wf0', 9, UPPER36),
      callback_id,
      app: app.id,
      title: String(given.title ?? callback_id),
      steps: steps.map((step, i) => ({
        id: String(step.id ?? i),
        function_id: String(step.function_id ?? ''),
        title: String(step.title ?? step.function_id ?? ''),
        inputs: isObject(step.inputs) ? step.inputs : {},
      })),
      created: app.updated,
    };
  });
}

/** What names a workflow: its id, or a reference (`#/workflows/…` or an id) and its app. */
export interface WorkflowName {
  id: string | undefined;
  reference: string | undefined;
  app: string | undefined;
}

/** The workflow of that name, of an app that the caller may ask about. Throws `invalid_arguments`, `unknown_app_id`, `unknown_workflow_id`. */
export function theWorkflow(world: World, { id, reference, app }: WorkflowName): Workflow {
  const wanted = id ?? reference;
  if (!wanted) throw refuse('invalid_arguments');
  const within = app === undefined ? undefined : world.require(apps, app, () => refuse('unknown_app_id'));
  const all = (within ? [within] : world.list(apps).toArray()).flatMap((one) => workflowsOf(world, one));
  const found = all.find((one) => one.id === wanted || `#/workflows/${one.callback_id}` === wanted);
  if (!found) throw refuse('unknown_workflow_id');
  return found;
}

/** The steps of a workflow that are runs of a function. Throws `unknown_function_id`. */
export function stepsWith(world: World, workflow: Workflow, functionId: string): Step[] {
  const app = world.get(apps, workflow.app);
  const own = app ? functionsOf(world, app).find(({ id }) => id === functionId) : undefined;
  const slacks = workflow.steps.some((step) => step.function_id === functionId);
  if (!own && !slacks) throw refuse('unknown_function_id');
  return workflow.steps.filter(
    (step) => step.function_id === functionId || step.function_id === `#/functions/${own?.callback_id}`,
  );
}

/** Makes a way to start a workflow. */
export const newTrigger = (world: World, workflow: Workflow, title: string): WorkflowTrigger =>
  world.insert(workflowTriggers, {
    id: shaped(world.draw('slack.workflowTrigger'), 'Ft0', 9, UPPER36),
    app: workflow.app,
    workflow: workflow.callback_id,
    title,
    ...permissionOf('everyone'),
  });

/** A trigger of the app's. Throws `trigger_not_found`, `access_denied` for another app's. */
export function theTrigger(world: World, app: string, id: string): WorkflowTrigger {
  const trigger = world.require(workflowTriggers, id, () => refuse('trigger_not_found'));
  if (trigger.app !== app) throw refuse('access_denied');
  return trigger;
}

/** Starts a workflow. */
export function start(world: World, workflow: Workflow, inputs: Json): string {
  const run = world.insert(workflowRuns, {
    id: newRunId(world),
    app: workflow.app,
    workflow: workflow.callback_id,
    at: 0,
    known: { inputs, steps: {} },
    state: 'running',
  });
  proceed(world, run);
  return run.id;
}

/** Goes on with the workflow that a run of a function was a step of. */
export function goOn(world: World, { workflow_execution_id, state, outputs, error }: Execution): void {
  const run = world.get(workflowRuns, workflow_execution_id);
  if (run?.state !== 'running') return;
  if (state === 'errored') world.update(workflowRuns, run.id, { state: 'errored', error: error ?? '' });
  else proceed(world, advanced(world, run, outputs ?? {}));
}

/** Shows triggers at a channel's head in the place of those that it shows. Throws `error_modifying_workflows`. */
export function feature(
  world: World,
  channel: Channel,
  ids: readonly string[],
  how: 'add' | 'remove' | 'set',
): void {
  if (ids.length > FEATURED_MAX || ids.some((id) => !world.get(workflowTriggers, id)))
    throw refuse('error_modifying_workflows');
  const before = featuredIn(world, channel.id).map(({ id }) => id);
  const kept = how === 'set' ? [] : before.filter((id) => !ids.includes(id));
  const triggers = how === 'remove' ? kept : [...kept, ...new Set(ids)];
  if (triggers.length > FEATURED_MAX || (how === 'remove' && ids.some((id) => !before.includes(id))))
    throw refuse('error_modifying_workflows');
  world.put(featuredWorkflows, { channel: channel.id, triggers });
}

/** What a channel shows at its head. */
export const featuredIn = (world: World, channel: string): { id: string; title: string }[] =>
  (world.get(featuredWorkflows, channel)?.triggers ?? []).flatMap((id) => {
    const trigger = world.get(workflowTriggers, id);
    return trigger ? [{ id, title: trigger.title }] : [];
  });

/** Does the step that the run is at; those that Slack does itself at once. */
function proceed(world: World, run: Run): void {
  const app = world.get(apps, run.app);
  const workflow = app && workflowsOf(world, app).find((one) => one.callback_id === run.workflow);
  const step = workflow?.steps[run.at];
  if (!app || !step) {
    world.update(workflowRuns, run.id, { state: 'completed' });
    return;
  }
  const inputs = filled(step.inputs, run.known) as Json;
  const own = functionsOf(world, app).find((one) => step.function_id === `#/functions/${one.callback_id}`);
  if (own) execute(world, app, own, inputs, run.id);
  else if (step.function_id === 'slack#/functions/send_message')
    proceed(world, advanced(world, run, say(world, app, inputs)));
  else world.update(workflowRuns, run.id, { state: 'errored', error: `the twin has no ${step.function_id}` });
}

function advanced(world: World, run: Run, outputs: Json): Run {
  const app = world.get(apps, run.app);
  const steps = app
    ? (workflowsOf(world, app).find((one) => one.callback_id === run.workflow)?.steps ?? [])
    : [];
  const id = steps[run.at]?.id ?? String(run.at);
  const known = { ...run.known, steps: { ...(run.known.steps as Json), [id]: outputs } };
  return world.update(workflowRuns, run.id, { at: run.at + 1, known });
}

function say(world: World, app: App, { channel_id, message }: Json): Json {
  const channel = world.get(channels, String(channel_id));
  if (!channel) return {};
  const author = { user: app.bot_user, bot_id: app.bot_id, app_id: app.id };
  const said = post(world, channel, author, { text: String(message ?? '') });
  return { message_context: { channel_id: channel.id, message_ts: said.ts } };
}

/** Values with what `{{inputs.x}}` and `{{steps.0.y}}` stand for. */
function filled(value: unknown, known: Json): unknown {
  if (Array.isArray(value)) return value.map((one) => filled(one, known));
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, filled(one, known)]));
  if (typeof value !== 'string') return value;
  const whole = /^\{\{([^{}]+)\}\}$/.exec(value);
  if (whole) return found(whole[1] as string, known);
  return value.replace(/\{\{([^{}]+)\}\}/g, (_, path: string) => String(found(path, known) ?? ''));
}

const found = (path: string, known: Json): unknown =>
  path
    .trim()
    .split('.')
    .reduce<unknown>((at, name) => (isObject(at) ? at[name] : undefined), known);

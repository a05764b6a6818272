/** Functions of apps: what their manifests declare, who may build with them, and the runs of them that apps complete. https://docs.slack.dev/workflows/workflow-steps */
import { shaped, UPPER36 } from '../../../../src/ids.ts';
import { table } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { refuse } from '../../errors.ts';
import { type App, apps, isObject, type Json } from '../../world.ts';
import { log } from '../apps/activity.ts';
import { goodToken } from '../apps/token.ts';
import { tellApp } from '../events/event.ts';
import { eventTs } from '../messages/timestamp.ts';

/** A parameter as Slack tells it. */
interface Parameter {
  type: string;
  name: string;
  title: string;
  description: string;
  is_required: boolean;
}

/** A function as the event tells it. Times in seconds. */
export interface SlackFunction {
  id: string;
  callback_id: string;
  title: string;
  description: string;
  type: 'app';
  input_parameters: Parameter[];
  output_parameters: Parameter[];
  app_id: string;
  date_created: number;
  date_updated: number;
  date_deleted: 0;
}

/** One run of a function; the app ends it. */
export interface Execution {
  id: string;
  fn: SlackFunction;
  app: string;
  inputs: Json;
  /** The run of a workflow that it is a step of. */
  workflow_execution_id: string;
  state: 'running' | 'completed' | 'errored';
  outputs?: Json;
  error?: string;
}

export const executions = table<Execution>({
  name: 'slack.functionExecutions',
  key: (row) => row.id,
  indexes: { workflow: (row) => row.workflow_execution_id },
});

/** The functions that an app declares in its manifest. */
export function functionsOf(world: World, app: App): SlackFunction[] {
  const declared = isObject(app.manifest?.functions) ? app.manifest.functions : {};
  return Object.entries(declared).map(([callback_id, given]) =>
    declaredBy(world, app, callback_id, given as Json),
  );
}

/** What names a function: its id, or its callback and its app. */
export interface FunctionName {
  id: string | undefined;
  callback: string | undefined;
  app: string | undefined;
}

/** The function of that name. Throws `app_not_found`, `function_not_found`. */
export function theFunction(world: World, { id, callback, app }: FunctionName): SlackFunction {
  const within = app === undefined ? undefined : world.require(apps, app, () => refuse('app_not_found'));
  const searched = within ? [within] : id === undefined ? [] : world.list(apps).toArray();
  const all = searched.flatMap((one) => functionsOf(world, one));
  const found = all.find((one) => (id === undefined ? one.callback_id === callback : one.id === id));
  if (!found) throw refuse('function_not_found');
  return found;
}

/** Starts a run and tells the app; undeclared functions have the inputs that they are given. */
export function execute(
  world: World,
  app: App,
  fn: SlackFunction,
  inputs: Json,
  workflowRun?: string,
): Execution {
  const execution = world.insert(executions, {
    id: shaped(world.draw('slack.functionExecution'), 'Fx0', 9, UPPER36),
    fn,
    app: app.id,
    inputs,
    workflow_execution_id: workflowRun ?? newRunId(world),
    state: 'running',
  });
  note(world, execution, 'started');
  tellApp(world, app, {
    type: 'function_executed',
    function: fn,
    inputs,
    function_execution_id: execution.id,
    workflow_execution_id: execution.workflow_execution_id,
    event_ts: eventTs(world),
    bot_access_token: goodToken(world, app, 'bot')?.token ?? '',
  });
  return execution;
}

/** A function that no manifest declares, as if it took these inputs. */
export function undeclared(world: World, app: App, callback: string, inputs: Json): SlackFunction {
  const input_parameters = Object.fromEntries(Object.keys(inputs).map((name) => [name, { type: 'string' }]));
  return declaredBy(world, app, callback, { title: callback, input_parameters });
}

/**
 * Ends a run of the app's. Throws `function_execution_not_found`, `execution_not_in_running_state`,
 * `parameter_validation_failed`.
 */
export function conclude(
  world: World,
  app: string,
  id: string,
  by: { outputs: Json } | { error: string },
): Execution {
  const execution = world.get(executions, id);
  if (execution?.app !== app) throw refuse('function_execution_not_found');
  if (execution.state !== 'running') throw refuse('execution_not_in_running_state');
  if ('outputs' in by) checkOutputs(execution.fn.output_parameters, by.outputs);
  const ended = world.update(executions, id, { ...by, state: 'outputs' in by ? 'completed' : 'errored' });
  note(world, ended, 'result');
  return ended;
}

/** Writes a run into its app's log. https://docs.slack.dev/reference/methods/apps.activities.list */
function note(world: World, run: Execution, what: 'started' | 'result'): void {
  const app = world.get(apps, run.app);
  if (!app) return;
  const { title, type, id } = run.fn;
  log(
    world,
    app,
    {
      level: run.state === 'errored' ? 'error' : 'info',
      event_type: `function_execution_${what}`,
      source: 'slack',
      component_type: 'functions',
      component_id: id,
      payload: {
        function_name: title,
        function_type: type,
        ...(what === 'result' ? { exec_outcome: run.state === 'errored' ? 'Error' : 'Success' } : {}),
        ...(run.error === undefined ? {} : { error: run.error }),
      },
    },
    run.id,
  );
}

export const newRunId = (world: World): string =>
  shaped(world.draw('slack.workflowExecution'), 'Wx0', 9, UPPER36);

function declaredBy(world: World, app: App, callback_id: string, given: Json): SlackFunction {
  return {
    id: shaped(world.drawFor('slack.function', app.id, callback_id), 'Fn0', 9, UPPER36),
    callback_id,
    title: String(given.title ?? callback_id),
    description: String(given.description ?? ''),
    type: 'app',
    input_parameters: parametersOf(given.input_parameters),
    output_parameters: parametersOf(given.output_parameters),
    app_id: app.id,
    date_created: app.updated,
    date_updated: app.updated,
    date_deleted: 0,
  };
}

/** Manifests name what is required in the parameter itself, or in a list beside all of them. */
function parametersOf(given: unknown): Parameter[] {
  if (!isObject(given)) return [];
  const { properties, required } = given;
  const all = isObject(properties) ? properties : given;
  const needed = Array.isArray(required) ? required : [];
  return Object.entries(all)
    .filter(([, one]) => isObject(one))
    .map(([name, one]) => {
      const { type, title, description, is_required } = one as Json;
      return {
        type: String(type ?? 'string'),
        name,
        title: String(title ?? name),
        description: String(description ?? ''),
        is_required: is_required === true || needed.includes(name),
      };
    });
}

function checkOutputs(parameters: readonly Parameter[], outputs: Json): void {
  const missing = parameters.filter(({ name, is_required }) => is_required && outputs[name] === undefined);
  const stray =
    parameters.length === 0
      ? []
      : Object.keys(outputs).filter((key) => !parameters.some((one) => one.name === key));
  const messages = [
    ...missing.map(({ name }) => `[ERROR] missing required field: ${name} [json-pointer:/outputs]`),
    ...stray.map((key) => `[ERROR] unexpected field: ${key} [json-pointer:/outputs/${key}]`),
  ];
  if (messages.length > 0) throw refuse('parameter_validation_failed', { response_metadata: { messages } });
}

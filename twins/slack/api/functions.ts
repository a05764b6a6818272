/** `functions.*`: runs that apps complete, and who may build with their functions. */
import type { Endpoint } from '../../../src/twin.ts';
import { type Args, ids, json, missing, required, text } from '../args.ts';
import { invalidArguments, refuse } from '../errors.ts';
import { ownApp } from '../model/apps/ownApp.ts';
import { conclude, type SlackFunction, theFunction } from '../model/workflows/function.ts';
import { keepPermission, permissionFor, permissionView } from '../model/workflows/functionPermission.ts';
import {
  type Named,
  type PermissionType,
  permissionAs,
  withNamed,
  withoutNamed,
} from '../model/workflows/named.ts';
import { goOn, stepsWith, theWorkflow } from '../model/workflows/workflow.ts';
import { isObject } from '../world.ts';
import { both, type MethodCall, method } from './method.ts';

const FREE = { ...both(), tier: 'Tier3' };
const SETTING = { config: ['app_configurations:write'], tier: 'Tier3' };
const PERMISSION_TYPES = ['everyone', 'app_collaborators', 'named_entities', 'system'];

export const functionMethods: readonly Endpoint[] = [
  method('functions.completeSuccess', { ...FREE, required: ['function_execution_id', 'outputs'] }, (call) => {
    const outputs = json(call.args, 'outputs', 'invalid_arguments');
    if (!isObject(outputs)) throw invalidArguments(['must be a valid object [json-pointer:/outputs]']);
    return ended(call, { outputs });
  }),
  method('functions.completeError', { ...FREE, required: ['function_execution_id', 'error'] }, (call) =>
    ended(call, { error: required(call.args, 'error') }),
  ),
  method(
    'functions.distributions.permissions.list',
    { config: ['app_configurations:read'], tier: 'Tier3' },
    (call) => permissionView(call.world, permissionFor(call.world, ownFunction(call))),
  ),
  method('functions.distributions.permissions.set', SETTING, (call) => {
    const type = text(call.args, 'permission_type');
    if (!type) throw refuse('permission_type_required');
    if (!PERMISSION_TYPES.includes(type)) throw refuse('invalid_permission_type');
    const fn = ownFunction(call);
    const people = named(call.args);
    if (type === 'named_entities' && Object.values(people).flat().length === 0)
      throw refuse('invalid_named_entities');
    const permission = permissionAs(call.world, type as PermissionType, people);
    return permissionView(call.world, keepPermission(call.world, fn, permission));
  }),
  method('functions.distributions.permissions.add', SETTING, (call) => {
    const fn = ownFunction(call);
    const permission = withNamed(call.world, permissionFor(call.world, fn), named(call.args));
    return permissionView(call.world, keepPermission(call.world, fn, permission));
  }),
  method('functions.distributions.permissions.remove', SETTING, (call) => {
    const fn = ownFunction(call);
    const permission = withoutNamed(permissionFor(call.world, fn), named(call.args));
    return permissionView(call.world, keepPermission(call.world, fn, permission));
  }),
  method('functions.workflows.steps.list', { ...FREE, required: ['function_id'] }, (call) => {
    const workflow = workflowIn(call);
    const steps = stepsWith(call.world, workflow, required(call.args, 'function_id'));
    return {
      steps_versions: steps.map(({ id, title }) => ({
        title,
        workflow_id: workflow.id,
        step_id: id,
        is_deleted: false,
        workflow_version_created: `${workflow.created}000000`,
      })),
    };
  }),
  method('functions.workflows.steps.responses.export', { ...FREE, required: ['step_id'] }, (call) => {
    const step = workflowIn(call).steps.find(({ id }) => id === required(call.args, 'step_id'));
    if (step?.function_id !== 'slack#/functions/open_form') throw refuse('unknown_step_id');
    // Nobody fills in forms here, so that there is nothing that could be exported.
    throw refuse('workflows_export_csv_not_enabled');
  }),
];

function ended({ world, actor, args }: MethodCall, by: Parameters<typeof conclude>[3]) {
  goOn(world, conclude(world, actor.app, required(args, 'function_execution_id'), by));
  return {};
}

/** The function that a person's configuration token asks about. */
function ownFunction({ world, actor, args }: MethodCall): SlackFunction {
  const fn = theFunction(world, {
    id: text(args, 'function_id'),
    callback: text(args, 'function_callback_id'),
    app: text(args, 'function_app_id'),
  });
  ownApp(world, actor, fn.app_id);
  return fn;
}

function workflowIn({ world, args }: MethodCall) {
  if (!text(args, 'workflow_id') && !text(args, 'workflow')) throw missing('workflow_id');
  return theWorkflow(world, {
    id: text(args, 'workflow_id'),
    reference: text(args, 'workflow'),
    app: text(args, 'workflow_app_id'),
  });
}

/** Whom the arguments name. */
export const named = (args: Args): Named => ({
  user_ids: ids(args, 'user_ids'),
  channel_ids: ids(args, 'channel_ids'),
  team_ids: ids(args, 'team_ids'),
  org_ids: ids(args, 'org_ids'),
});

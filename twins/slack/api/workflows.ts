/** `workflows.*`: what channels show at their head, and who may start what. */
import type { Endpoint } from '../../../src/twin.ts';
import { ids, required } from '../args.ts';
import { mustBe } from '../errors.ts';
import { theChannel } from '../model/channels/access.ts';
import {
  type Permission,
  type PermissionType,
  permissionAs,
  withNamed,
  withoutNamed,
} from '../model/workflows/named.ts';
import { feature, featuredIn, theTrigger, workflowTriggers } from '../model/workflows/workflow.ts';
import type { Json } from '../world.ts';
import { named } from './functions.ts';
import { both, type MethodCall, method } from './method.ts';

const SETTING = { bot: ['triggers:write'], tier: 'Tier3' };
const PERMISSION_TYPES = ['everyone', 'app_collaborators', 'named_entities'];
export const workflowMethods: readonly Endpoint[] = [
  method(
    'workflows.featured.list',
    { ...both('bookmarks:read'), tier: 'Tier2', required: ['channel_ids'] },
    ({ world, actor, args }) => ({
      featured_workflows: ids(args, 'channel_ids').map((id) => ({
        channel_id: theChannel(world, actor, id).id,
        triggers: featuredIn(world, id),
      })),
    }),
  ),
  ...(['add', 'remove', 'set'] as const).map((how) =>
    method(
      `workflows.featured.${how}`,
      { ...both('bookmarks:write'), tier: 'Tier2', required: ['channel_id', 'trigger_ids'] },
      ({ world, actor, args }) => {
        const channel = theChannel(world, actor, required(args, 'channel_id'));
        feature(world, channel, ids(args, 'trigger_ids'), how);
        return {};
      },
    ),
  ),
  method(
    'workflows.triggers.permissions.list',
    { bot: ['triggers:read'], tier: 'Tier3', required: ['trigger_id'] },
    (call) => shown(triggerIn(call)),
  ),
  method(
    'workflows.triggers.permissions.set',
    { ...SETTING, required: ['trigger_id', 'permission_type'] },
    (call) => {
      const type = required(call.args, 'permission_type');
      if (!PERMISSION_TYPES.includes(type)) throw mustBe('permission_type', PERMISSION_TYPES);
      triggerIn(call);
      return kept(call, permissionAs(call.world, type as PermissionType, named(call.args)));
    },
  ),
  method('workflows.triggers.permissions.add', { ...SETTING, required: ['trigger_id'] }, (call) =>
    kept(call, withNamed(call.world, triggerIn(call), named(call.args))),
  ),
  method('workflows.triggers.permissions.remove', { ...SETTING, required: ['trigger_id'] }, (call) =>
    kept(call, withoutNamed(triggerIn(call), named(call.args))),
  ),
];

const triggerIn = ({ world, actor, args }: MethodCall) =>
  theTrigger(world, actor.app, required(args, 'trigger_id'));

function kept(call: MethodCall, permission: Permission): Json {
  return shown(call.world.update(workflowTriggers, required(call.args, 'trigger_id'), permission));
}

/** Who may start it; lists of nobody are left out. */
function shown({ permission_type, user_ids, channel_ids, team_ids }: Permission): Json {
  return {
    permission_type,
    ...(user_ids.length > 0 ? { user_ids } : {}),
    ...(channel_ids.length > 0 ? { channel_ids } : {}),
    ...(team_ids.length > 0 ? { team_ids } : {}),
  };
}

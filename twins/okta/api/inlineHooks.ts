/** `/api/v1/inlineHooks` and `/api/v1/hook-keys`. */
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { link } from '../links.ts';
import { channelView } from '../model/hooks/channel.ts';
import { executeHook } from '../model/hooks/executeHook.ts';
import {
  createHookKey,
  deleteHookKey,
  findHookKey,
  type HookKey,
  isUsed,
  publicHookKey,
  replaceHookKey,
} from '../model/hooks/hookKey.ts';
import {
  createInlineHook,
  deleteInlineHook,
  findInlineHook,
  type InlineHook,
  type InlineHookInput,
  inlineHooksOf,
  replaceInlineHook,
  setInlineHookStatus,
  updateInlineHook,
} from '../model/hooks/inlineHook.ts';
import { hookKeys } from '../world/delivery.ts';

const { read, manage } = family('InlineHook', 'inlineHooks', 'other');
const keys = family('HookKey', 'inlineHooks', 'other');
const ALL = '/api/v1/inlineHooks';
const ONE = `${ALL}/{inlineHookId}` as const;
const KEYS = '/api/v1/hook-keys';
const KEY = `${KEYS}/{id}` as const;

const hookEndpoints = [
  endpoint({ id: 'listInlineHooks', route: `GET ${ALL}`, ...read }, ({ world, query }) =>
    inlineHooksOf(world, query.get('type')).map((hook) => view(world, hook)),
  ),
  endpoint({ id: 'createInlineHook', route: `POST ${ALL}`, ...manage }, ({ world, actor, input }) =>
    view(world, createInlineHook(world, actor.who, input as InlineHookInput)),
  ),
  endpoint({ id: 'getInlineHook', route: `GET ${ONE}`, ...read }, ({ world, params }) =>
    view(world, findInlineHook(world, params.inlineHookId)),
  ),
  endpoint({ id: 'replaceInlineHook', route: `PUT ${ONE}`, ...manage }, ({ world, actor, params, input }) =>
    view(world, replaceInlineHook(world, actor.who, params.inlineHookId, input as InlineHookInput)),
  ),
  endpoint({ id: 'updateInlineHook', route: `POST ${ONE}`, ...manage }, ({ world, actor, params, input }) =>
    view(world, updateInlineHook(world, actor.who, params.inlineHookId, input as InlineHookInput)),
  ),
  endpoint(
    { id: 'deleteInlineHook', route: `DELETE ${ONE}`, ...manage, status: 204 },
    ({ world, actor, params }) => deleteInlineHook(world, actor.who, params.inlineHookId),
  ),
  endpoint(
    { id: 'executeInlineHook', route: `POST ${ONE}/execute`, ...manage },
    ({ world, actor, params, input }) =>
      executeHook(world, actor.who, params.inlineHookId, input as Record<string, unknown>),
  ),
  endpoint(
    { id: 'activateInlineHook', route: `POST ${ONE}/lifecycle/activate`, ...manage },
    ({ world, actor, params }) =>
      view(world, setInlineHookStatus(world, actor.who, params.inlineHookId, 'ACTIVE')),
  ),
  endpoint(
    { id: 'deactivateInlineHook', route: `POST ${ONE}/lifecycle/deactivate`, ...manage },
    ({ world, actor, params }) =>
      view(world, setInlineHookStatus(world, actor.who, params.inlineHookId, 'INACTIVE')),
  ),
];

const keyEndpoints = [
  endpoint({ id: 'listHookKeys', route: `GET ${KEYS}`, ...keys.read }, ({ world }) =>
    world
      .list(hookKeys)
      .toArray()
      .map((key) => keyView(world, key)),
  ),
  endpoint({ id: 'createHookKey', route: `POST ${KEYS}`, ...keys.manage }, ({ world, actor, input }) =>
    detailed(world, createHookKey(world, actor.who, input as { name?: string })),
  ),
  endpoint(
    { id: 'getPublicKey', route: `GET ${KEYS}/public/{keyId}`, ...keys.read },
    ({ world, params }) => ({
      _embedded: publicHookKey(world, params.keyId),
    }),
  ),
  endpoint({ id: 'getHookKey', route: `GET ${KEY}`, ...keys.read }, ({ world, params }) =>
    keyView(world, findHookKey(world, params.id)),
  ),
  endpoint({ id: 'replaceHookKey', route: `PUT ${KEY}`, ...keys.manage }, ({ world, actor, params, input }) =>
    detailed(world, replaceHookKey(world, actor.who, params.id, input as { name?: string })),
  ),
  endpoint(
    { id: 'deleteHookKey', route: `DELETE ${KEY}`, ...keys.manage, status: 204 },
    ({ world, actor, params }) => deleteHookKey(world, actor.who, params.id),
  ),
];

export const inlineHookEndpoints = [...hookEndpoints, ...keyEndpoints];

function view(world: World, hook: InlineHook): Record<string, unknown> {
  const self = `${ALL}/${hook.id}`;
  const links =
    hook.status === 'ACTIVE'
      ? {
          self: link(world, self),
          execute: link(world, `${self}/execute`, 'POST'),
          deactivate: link(world, `${self}/lifecycle/deactivate`, 'POST'),
        }
      : {
          activate: link(world, `${self}/lifecycle/activate`, 'POST'),
          self: link(world, self),
          delete: link(world, self, 'DELETE'),
        };
  return { ...hook, channel: channelView(hook.channel), _links: links };
}

/** The vendor writes this flag as a text. */
const keyView = (world: World, key: HookKey) => ({ ...key, isUsed: String(isUsed(world, key)) });

const detailed = (world: World, key: HookKey) => ({
  ...keyView(world, key),
  _embedded: publicHookKey(world, key.keyId),
});

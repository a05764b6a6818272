/** `/api/v1/eventHooks` and `/api/v1/inlineHooks`. */
import { callOut } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { family, stored } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { link } from '../links.ts';
import {
  createEventHook,
  createInlineHook,
  deleteEventHook,
  deleteInlineHook,
  type EventHook,
  findEventHook,
  findInlineHook,
  type HookChannel,
  type HookInput,
  type InlineHook,
  replaceEventHook,
  replaceInlineHook,
  setEventHookStatus,
  setInlineHookStatus,
  verificationRequest,
  verifyEventHook,
} from '../model/hook.ts';
import { eventHooks, inlineHooks } from '../world.ts';

const events = family('EventHook', 'eventHooks', 'other');
const inline = stored(family('InlineHook', 'inlineHooks', 'other'));
const EVENT = '/api/v1/eventHooks/{eventHookId}';
const INLINE = '/api/v1/inlineHooks/{inlineHookId}';

const eventHookEndpoints = [
  endpoint({ id: 'listEventHooks', route: 'GET /api/v1/eventHooks', ...events.read }, ({ world }) =>
    world
      .list(eventHooks)
      .toArray()
      .map((hook) => eventHookView(world, hook)),
  ),
  endpoint(
    { id: 'createEventHook', route: 'POST /api/v1/eventHooks', ...events.manage },
    ({ world, actor, input }) => eventHookView(world, createEventHook(world, actor.who, input as HookInput)),
  ),
  endpoint({ id: 'getEventHook', route: `GET ${EVENT}`, ...events.read }, ({ world, params }) =>
    eventHookView(world, findEventHook(world, params.eventHookId)),
  ),
  endpoint(
    { id: 'replaceEventHook', route: `PUT ${EVENT}`, ...events.manage },
    ({ world, actor, params, input }) =>
      eventHookView(world, replaceEventHook(world, actor.who, params.eventHookId, input as HookInput)),
  ),
  endpoint(
    { id: 'deleteEventHook', route: `DELETE ${EVENT}`, ...events.manage, status: 204 },
    ({ world, actor, params }) => deleteEventHook(world, actor.who, params.eventHookId),
  ),
  endpoint(
    { id: 'activateEventHook', route: `POST ${EVENT}/lifecycle/activate`, ...events.manage },
    ({ world, actor, params }) =>
      eventHookView(world, setEventHookStatus(world, actor.who, params.eventHookId, 'ACTIVE')),
  ),
  endpoint(
    { id: 'deactivateEventHook', route: `POST ${EVENT}/lifecycle/deactivate`, ...events.manage },
    ({ world, actor, params }) =>
      eventHookView(world, setEventHookStatus(world, actor.who, params.eventHookId, 'INACTIVE')),
  ),
  endpoint(
    { id: 'verifyEventHook', route: `POST ${EVENT}/lifecycle/verify`, ...events.manage },
    ({ world, actor, params }) => {
      const { request, challenge } = verificationRequest(world, params.eventHookId);
      return callOut(request, (later, outcome) =>
        eventHookView(later, verifyEventHook(later, actor.who, params.eventHookId, challenge, outcome)),
      );
    },
  ),
];

const inlineHookEndpoints = [
  endpoint(
    { id: 'listInlineHooks', route: 'GET /api/v1/inlineHooks', ...inline.read },
    ({ world, query }) => {
      const type = query.get('type');
      return world
        .list(inlineHooks, type ? { where: (hook) => hook.type === type } : {})
        .toArray()
        .map((hook) => inlineHookView(world, hook));
    },
  ),
  endpoint(
    { id: 'createInlineHook', route: 'POST /api/v1/inlineHooks', ...inline.manage },
    ({ world, actor, input }) =>
      inlineHookView(world, createInlineHook(world, actor.who, input as HookInput)),
  ),
  endpoint({ id: 'getInlineHook', route: `GET ${INLINE}`, ...inline.read }, ({ world, params }) =>
    inlineHookView(world, findInlineHook(world, params.inlineHookId)),
  ),
  endpoint(
    { id: 'replaceInlineHook', route: `PUT ${INLINE}`, ...inline.manage },
    ({ world, actor, params, input }) =>
      inlineHookView(world, replaceInlineHook(world, actor.who, params.inlineHookId, input as HookInput)),
  ),
  endpoint(
    { id: 'deleteInlineHook', route: `DELETE ${INLINE}`, ...inline.manage, status: 204 },
    ({ world, actor, params }) => deleteInlineHook(world, actor.who, params.inlineHookId),
  ),
  endpoint(
    { id: 'activateInlineHook', route: `POST ${INLINE}/lifecycle/activate`, ...inline.manage },
    ({ world, actor, params }) =>
      inlineHookView(world, setInlineHookStatus(world, actor.who, params.inlineHookId, 'ACTIVE')),
  ),
  endpoint(
    { id: 'deactivateInlineHook', route: `POST ${INLINE}/lifecycle/deactivate`, ...inline.manage },
    ({ world, actor, params }) =>
      inlineHookView(world, setInlineHookStatus(world, actor.who, params.inlineHookId, 'INACTIVE')),
  ),
];

export const hookEndpoints = [...eventHookEndpoints, ...inlineHookEndpoints];

/** A channel as it is shown: without its secret. */
function channelView(channel: HookChannel): HookChannel {
  const { authScheme, ...config } = channel.config;
  if (!authScheme) return channel;
  const { sharedSecret: _, ...shown } = authScheme;
  return { ...channel, config: { ...config, authScheme: shown } };
}

function eventHookView(world: World, hook: EventHook): Record<string, unknown> {
  const self = `/api/v1/eventHooks/${hook.id}`;
  const links =
    hook.status === 'ACTIVE'
      ? {
          self: link(world, self),
          verify: link(world, `${self}/lifecycle/verify`, 'POST'),
          deactivate: link(world, `${self}/lifecycle/deactivate`, 'POST'),
        }
      : {
          activate: link(world, `${self}/lifecycle/activate`, 'POST'),
          self: link(world, self),
          delete: link(world, self, 'DELETE'),
        };
  return { ...hook, channel: channelView(hook.channel), _links: links };
}

function inlineHookView(world: World, hook: InlineHook): Record<string, unknown> {
  const self = `/api/v1/inlineHooks/${hook.id}`;
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

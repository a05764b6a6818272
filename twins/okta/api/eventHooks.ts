/** `/api/v1/eventHooks`. */
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { link } from '../links.ts';
import { channelView } from '../model/hooks/channel.ts';
import {
  createEventHook,
  deleteEventHook,
  type EventHook,
  type EventHookInput,
  findEventHook,
  replaceEventHook,
  setEventHookStatus,
  verifyEventHook,
} from '../model/hooks/eventHook.ts';
import { eventHooks } from '../world.ts';

const { read, manage } = family('EventHook', 'eventHooks', 'other');
const ALL = '/api/v1/eventHooks';
const ONE = `${ALL}/{eventHookId}` as const;

export const eventHookEndpoints = [
  endpoint({ id: 'listEventHooks', route: `GET ${ALL}`, ...read }, ({ world }) =>
    world
      .list(eventHooks)
      .toArray()
      .map((hook) => view(world, hook)),
  ),
  endpoint({ id: 'createEventHook', route: `POST ${ALL}`, ...manage }, ({ world, actor, input }) =>
    view(world, createEventHook(world, actor.who, input as EventHookInput)),
  ),
  endpoint({ id: 'getEventHook', route: `GET ${ONE}`, ...read }, ({ world, params }) =>
    view(world, findEventHook(world, params.eventHookId)),
  ),
  endpoint({ id: 'replaceEventHook', route: `PUT ${ONE}`, ...manage }, ({ world, actor, params, input }) =>
    view(world, replaceEventHook(world, actor.who, params.eventHookId, input as EventHookInput)),
  ),
  endpoint(
    { id: 'deleteEventHook', route: `DELETE ${ONE}`, ...manage, status: 204 },
    ({ world, actor, params }) => deleteEventHook(world, actor.who, params.eventHookId),
  ),
  endpoint(
    { id: 'activateEventHook', route: `POST ${ONE}/lifecycle/activate`, ...manage },
    ({ world, actor, params }) =>
      view(world, setEventHookStatus(world, actor.who, params.eventHookId, 'ACTIVE')),
  ),
  endpoint(
    { id: 'deactivateEventHook', route: `POST ${ONE}/lifecycle/deactivate`, ...manage },
    ({ world, actor, params }) =>
      view(world, setEventHookStatus(world, actor.who, params.eventHookId, 'INACTIVE')),
  ),
  endpoint(
    { id: 'verifyEventHook', route: `POST ${ONE}/lifecycle/verify`, ...manage },
    ({ world, actor, params }) => view(world, verifyEventHook(world, actor.who, params.eventHookId)),
  ),
];

function view(world: World, hook: EventHook): Record<string, unknown> {
  const self = `${ALL}/${hook.id}`;
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

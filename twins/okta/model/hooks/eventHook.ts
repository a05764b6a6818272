/**
 * Event hooks: programs that are told what is written to the System Log.
 * https://developer.okta.com/docs/concepts/event-hooks/
 */
import { isDeepStrictEqual } from 'node:util';
import { uuid } from '../../../../src/ids.ts';
import { parsedObject } from '../../../../src/json.ts';
import type { DeliveryOutcome, EventInput } from '../../../../src/twin.ts';
import type { World } from '../../../../src/world/world.ts';
import { blank, invalid, notFound, notWellFormed } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { HOOK_BATCH_EVENTS_MAX } from '../../limits.ts';
import { stamp, stampMs } from '../../time.ts';
import { eventHooks, org } from '../../world.ts';
import { compileExpression } from '../expressions/expression.ts';
import { type LogEvent, record, recordChange, SYSTEM, type Who } from '../log/log.ts';
import { type ChannelInput, channelOf, type HookChannel, headersOf } from './channel.ts';
import { HOOK_EVENTS } from './hookEvents.ts';

/** Which events of one type are wanted, as an expression about `event`. */
export interface EventFilter {
  event: string;
  condition: { version: null; expression: string };
}

export interface EventHook {
  id: string;
  status: 'ACTIVE' | 'INACTIVE';
  verificationStatus: 'UNVERIFIED' | 'VERIFIED';
  name: string;
  description: string | null;
  created: string;
  createdBy: string;
  lastUpdated: string;
  events: {
    type: 'EVENT_TYPE';
    items: string[];
    filter: { type: 'EXPRESSION_LANGUAGE'; eventFilterMap: EventFilter[] } | null;
  };
  channel: HookChannel;
}

export interface EventHookInput {
  name?: string;
  description?: string;
  events?: {
    type?: string;
    items?: string[];
    filter?: { type?: string; eventFilterMap?: { event?: string; condition?: { expression?: string } }[] };
  };
  channel?: ChannelInput;
}

/** https://developer.okta.com/docs/concepts/event-hooks/ : active and verified ones. */
const HOOKS_MAX = 25;
const NAME_CHARS_MAX = 255;

/** The event hook with this id, or E0000007. */
export const findEventHook = (world: World, id: string): EventHook =>
  world.require(eventHooks, id, () => notFound(id, 'Webhook'));

/** Makes an event hook, UNVERIFIED: it gets nothing until its program has answered the challenge. */
export function createEventHook(world: World, who: Who, input: EventHookInput | undefined): EventHook {
  const parts = checked(world, input);
  const now = stamp(world.now());
  const hook = world.insert(eventHooks, {
    id: newId(world, 'who'),
    status: 'ACTIVE',
    verificationStatus: 'UNVERIFIED',
    name: parts.name,
    description: parts.description,
    created: now,
    createdBy: who.id,
    lastUpdated: now,
    events: parts.events,
    channel: parts.channel,
  });
  log(world, who, 'event_hook.created', 'Create event hook', hook);
  return hook;
}

/** Replaces an event hook; one that is called in another way must be verified anew. */
export function replaceEventHook(
  world: World,
  who: Who,
  id: string,
  input: EventHookInput | undefined,
): EventHook {
  const old = findEventHook(world, id);
  const parts = checked(world, input, old.channel);
  const isMoved = !isDeepStrictEqual(parts.channel, old.channel);
  const changed = world.update(eventHooks, id, {
    ...parts,
    ...(isMoved ? { verificationStatus: 'UNVERIFIED' as const } : {}),
    lastUpdated: stamp(world.now()),
  });
  log(world, who, 'event_hook.updated', 'Update event hook', changed);
  return changed;
}

/** Turns an event hook on or off, and returns it. Throws E0000001 for the 26th that would be told of events. */
export function setEventHookStatus(
  world: World,
  who: Who,
  id: string,
  status: EventHook['status'],
): EventHook {
  const old = findEventHook(world, id);
  if (status === 'ACTIVE' && old.verificationStatus === 'VERIFIED') checkRoom(world, id);
  const changed = world.update(eventHooks, id, { status, lastUpdated: stamp(world.now()) });
  const verb = status === 'ACTIVE' ? 'activated' : 'deactivated';
  log(world, who, `event_hook.${verb}`, `Event hook ${verb}`, changed);
  return changed;
}

/** Removes an event hook that is off. */
export function deleteEventHook(world: World, who: Who, id: string): void {
  const hook = findEventHook(world, id);
  if (hook.status === 'ACTIVE') throw invalid('status', 'status: An active event hook cannot be deleted.');
  world.remove(eventHooks, id);
  log(world, who, 'event_hook.deleted', 'Delete event hook', hook);
}

/**
 * Sends the one-time challenge to a hook's program, twice where it has to, and takes the answer. Throws E0000001 where
 * that is not the challenge, or the hook is off.
 */
export function verifyEventHook(world: World, who: Who, id: string): EventHook {
  const hook = findEventHook(world, id);
  if (hook.status !== 'ACTIVE') throw invalid('status', 'status: An inactive event hook cannot be verified.');
  const challenge = world.secret(['okta', 'challenge', id, hook.lastUpdated], 40);
  const request: EventInput = {
    channel: 'eventHookVerify',
    event: 'event_hook.verify',
    to: hook.channel.config.uri,
    payload: { headers: headersOf(hook.channel, { 'x-okta-verification-challenge': challenge }) },
  };
  let outcome = world.ask('okta.verify 1', request);
  if (outcome.failure || outcome.status >= 500) outcome = world.ask('okta.verify 2', request);
  if (outcome.status !== 200 || parsedObject(outcome.body)?.verification !== challenge)
    throw unproved(outcome);
  checkRoom(world, id);
  const changed = world.update(eventHooks, id, {
    verificationStatus: 'VERIFIED',
    lastUpdated: stamp(world.now()),
  });
  log(world, who, 'event_hook.verified', 'Event hook verified', changed);
  return changed;
}

/** Sends an event of the System Log to the hooks that asked for its type; those of one transaction go together. */
export function notifyHooks(world: World, event: LogEvent): void {
  for (const hook of world.list(eventHooks, { index: 'event', equals: event.eventType }).toArray()) {
    if (hook.status !== 'ACTIVE' || hook.verificationStatus !== 'VERIFIED' || !isWanted(hook, event))
      continue;
    const { sequence: _, ...shown } = event;
    const waiting = waitingFor(world, hook.id);
    if (waiting) waiting.push(shown);
    else world.emit(deliveryOf(world, hook, shown));
  }
}

/** Writes down that a hook's program could not be told. */
export function logUndelivered(world: World, hookId: string, outcome: DeliveryOutcome): void {
  const hook = world.get(eventHooks, hookId);
  if (!hook) return;
  record(world, SYSTEM, {
    eventType: 'event_hook.delivery',
    displayMessage: 'Event hook delivery',
    target: [
      {
        id: hook.id,
        type: 'EventHook',
        alternateId: org(world).subdomain,
        displayName: hook.name,
        detailEntry: null,
      },
    ],
    outcome: { result: 'FAILURE', reason: outcome.failure?.toUpperCase() ?? `HTTP ${outcome.status}` },
    severity: 'WARN',
  });
}

type Shown = Omit<LogEvent, 'sequence'>;

/** The events of this transaction that are about to go to a hook, where there is room for one more. */
function waitingFor(world: World, hookId: string): Shown[] | undefined {
  const last = world.emitted.findLast(({ event }) => event.channel === 'eventHook' && event.app === hookId);
  const events = (last?.event.payload.body as { data: { events: Shown[] } } | undefined)?.data.events;
  return events && events.length < HOOK_BATCH_EVENTS_MAX ? events : undefined;
}

const deliveryOf = (world: World, hook: EventHook, event: Shown): EventInput => ({
  channel: 'eventHook',
  event: event.eventType,
  to: hook.channel.config.uri,
  app: hook.id,
  payload: {
    headers: headersOf(hook.channel, {}),
    body: {
      eventType: 'com.okta.event_hook',
      eventTypeVersion: '1.0',
      cloudEventsVersion: '0.1',
      source: `${world.base()}/api/v1/eventHooks/${hook.id}`,
      eventId: uuid(world.draw('okta.hookDelivery')),
      data: { events: [event] },
      eventTime: stampMs(world.now()),
      contentType: 'application/json',
    },
  },
});

/** An expression that comes to nothing lets no event through. */
function isWanted({ events }: EventHook, event: LogEvent): boolean {
  const filter = events.filter?.eventFilterMap.find((one) => one.event === event.eventType);
  if (!filter) return true;
  const others = { event: event as unknown as Record<string, unknown> };
  return compiled(filter.condition.expression)({ user: {}, groupIds: [], groupNames: [], others }) === true;
}

const compiled = (expression: string) =>
  compileExpression(
    expression,
    (why) => invalid('events.filter', `events.filter.eventFilterMap.condition.expression: ${why}`),
    ['event'],
  );

function checkRoom(world: World, own: string): void {
  const others = world
    .list(eventHooks, {
      where: (one) => one.id !== own && one.status === 'ACTIVE' && one.verificationStatus === 'VERIFIED',
    })
    .count();
  if (others >= HOOKS_MAX)
    throw invalid('eventHook', `eventHook: At most ${HOOKS_MAX} event hooks may be active and verified`);
}

const unproved = ({ failure, status }: DeliveryOutcome) =>
  invalid(
    'verification',
    failure === 'timeout'
      ? 'verification: The hook did not answer in time'
      : failure
        ? 'verification: The hook could not be reached'
        : status === 200
          ? 'verification: The hook did not answer with the challenge that it was sent'
          : `verification: The hook answered with HTTP status ${status}`,
  );

function checked(world: World, input: EventHookInput | undefined, old?: HookChannel) {
  if (!input || typeof input !== 'object' || Array.isArray(input)) throw notWellFormed();
  if (!input.name) throw blank('name');
  if (input.name.length > NAME_CHARS_MAX)
    throw invalid('name', `name: The field cannot exceed ${NAME_CHARS_MAX} characters`);
  return {
    name: input.name,
    description: input.description ?? null,
    events: eventsOf(input),
    channel: channelOf(world, input.channel, old, ['HTTP']),
  };
}

function eventsOf({ events }: EventHookInput): EventHook['events'] {
  const { type = 'EVENT_TYPE', items = [], filter } = events ?? {};
  if (type !== 'EVENT_TYPE') throw invalid('events.type', 'events.type: The events type is not supported.');
  if (items.length === 0) throw blank('events');
  const unknown = items.find((one) => !HOOK_EVENTS.has(one));
  if (unknown !== undefined)
    throw invalid(
      'events.items',
      `events.items: '${unknown}' is not an event type that event hooks can use.`,
    );
  return { type, items: [...new Set(items)], filter: filter ? filterOf(items, filter) : null };
}

function filterOf(
  items: readonly string[],
  { eventFilterMap = [] }: NonNullable<NonNullable<EventHookInput['events']>['filter']>,
): EventHook['events']['filter'] {
  return {
    type: 'EXPRESSION_LANGUAGE',
    eventFilterMap: eventFilterMap.map(({ event, condition }) => {
      if (!event || !items.includes(event))
        throw invalid('events.filter', 'events.filter: A filter must be of an event type in events.items.');
      const expression = condition?.expression;
      if (!expression) throw blank('events.filter.eventFilterMap.condition.expression');
      compiled(expression);
      return { event, condition: { version: null, expression } };
    }),
  };
}

function log(
  world: World,
  who: Who,
  eventType: string,
  displayMessage: string,
  { id, name }: EventHook,
): void {
  const thing = { id, type: 'EventHook', name, alternateId: org(world).subdomain };
  recordChange(world, who, eventType, displayMessage, thing);
}

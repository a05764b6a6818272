/** Event hooks and inline hooks: addresses of programs that the org calls. */
import type { DeliveryOutcome, EventInput } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { blank, invalid, notFound, notWellFormed } from '../errors.ts';
import { newId } from '../ids.ts';
import { stamp, stampMs } from '../time.ts';
import { eventHooks, inlineHooks, org } from '../world.ts';
import { type LogEvent, recordChange, type Who } from './log.ts';

/** How a hook is called. The secret of `authScheme` (its `value` on the wire) is kept, and never shown. */
export interface HookChannel {
  type: string;
  version: string;
  config: {
    uri: string;
    headers: { key: string; value: string }[];
    method: string;
    authScheme?: { type: string; key: string; sharedSecret?: string };
  };
}

export interface EventHook {
  id: string;
  status: 'ACTIVE' | 'INACTIVE';
  verificationStatus: 'UNVERIFIED' | 'VERIFIED';
  name: string;
  created: string;
  createdBy: string;
  lastUpdated: string;
  events: { type: string; items: string[] };
  channel: HookChannel;
}

export interface InlineHook {
  id: string;
  status: 'ACTIVE' | 'INACTIVE';
  name: string;
  type: string;
  version: string;
  channel: HookChannel;
  created: string;
  lastUpdated: string;
}

export interface HookInput {
  name?: string;
  type?: string;
  version?: string;
  events?: { type?: string; items?: string[] };
  channel?: Partial<Omit<HookChannel, 'config'>> & {
    config?: Partial<Omit<HookChannel['config'], 'authScheme'>> & {
      authScheme?: { type: string; key: string; value?: string };
    };
  };
}

/** The event hook with this id, or E0000007. */
export const findEventHook = (world: World, id: string): EventHook =>
  world.require(eventHooks, id, () => notFound(id, 'Webhook'));

/** The inline hook with this id, or E0000007. */
export const findInlineHook = (world: World, id: string): InlineHook =>
  world.require(inlineHooks, id, () => notFound(id, 'InlineHook'));

/** Makes an event hook, UNVERIFIED: it gets nothing until its program has answered the challenge. */
export function createEventHook(world: World, who: Who, input: HookInput | undefined): EventHook {
  const { name, channel } = checked(input);
  const now = stamp(world.now());
  const hook = world.insert(eventHooks, {
    id: newId(world, 'who'),
    status: 'ACTIVE',
    verificationStatus: 'UNVERIFIED',
    name,
    created: now,
    createdBy: who.id,
    lastUpdated: now,
    events: eventsOf(input),
    channel,
  });
  log(world, who, 'event_hook.created', 'Create event hook', hook);
  return hook;
}

/** Replaces an event hook; another address must be verified anew. */
export function replaceEventHook(
  world: World,
  who: Who,
  id: string,
  input: HookInput | undefined,
): EventHook {
  const old = findEventHook(world, id);
  const { name, channel } = checked(input, old.channel);
  const moved = channel.config.uri !== old.channel.config.uri;
  const changed = world.update(eventHooks, id, {
    name,
    channel,
    events: eventsOf(input),
    ...(moved ? { verificationStatus: 'UNVERIFIED' as const } : {}),
    lastUpdated: stamp(world.now()),
  });
  log(world, who, 'event_hook.updated', 'Update event hook', changed);
  return changed;
}

/** Turns an event hook on or off, and returns it. */
export function setEventHookStatus(
  world: World,
  who: Who,
  id: string,
  status: EventHook['status'],
): EventHook {
  findEventHook(world, id);
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

/** The one-time challenge that a program must send back. https://developer.okta.com/docs/concepts/event-hooks/ */
export function verificationRequest(world: World, id: string): { request: EventInput; challenge: string } {
  const hook = findEventHook(world, id);
  const challenge = world.secret(['okta', 'challenge', id, hook.lastUpdated], 40);
  return {
    challenge,
    request: {
      channel: 'eventHookVerify',
      event: 'event_hook.verify',
      to: hook.channel.config.uri,
      payload: { headers: headersOf(hook.channel, { 'x-okta-verification-challenge': challenge }) },
    },
  };
}

/** Takes the answer to a challenge. Throws E0000001 where it is not the challenge. */
export function verifyEventHook(
  world: World,
  who: Who,
  id: string,
  challenge: string,
  outcome: DeliveryOutcome,
): EventHook {
  findEventHook(world, id);
  if (outcome.status !== 200 || !outcome.body.includes(challenge))
    throw invalid(
      'verification',
      'verification: The hook did not answer with the challenge that it was sent',
    );
  const changed = world.update(eventHooks, id, {
    verificationStatus: 'VERIFIED',
    lastUpdated: stamp(world.now()),
  });
  log(world, who, 'event_hook.verified', 'Event hook verified', changed);
  return changed;
}

/** Sends an event of the System Log to the hooks that asked for its type. */
export function notifyHooks(world: World, event: LogEvent): void {
  for (const hook of world.list(eventHooks, { index: 'event', equals: event.eventType }).toArray()) {
    if (hook.status !== 'ACTIVE' || hook.verificationStatus !== 'VERIFIED') continue;
    const { sequence: _, ...shown } = event;
    world.emit({
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
          eventId: event.uuid,
          data: { events: [shown] },
          eventTime: stampMs(world.now()),
          contentType: 'application/json',
        },
      },
    });
  }
}

/** Makes an inline hook. */
export function createInlineHook(world: World, who: Who, input: HookInput | undefined): InlineHook {
  const { name, channel } = checked(input);
  if (!input?.type) throw blank('type');
  const now = stamp(world.now());
  const hook = world.insert(inlineHooks, {
    id: newId(world, 'cal'),
    status: 'ACTIVE',
    name,
    type: input.type,
    version: input.version ?? '1.0.0',
    channel,
    created: now,
    lastUpdated: now,
  });
  log(world, who, 'inline_hook.created', 'Create inline hook', hook);
  return hook;
}

/** Replaces an inline hook; its type stays. */
export function replaceInlineHook(
  world: World,
  who: Who,
  id: string,
  input: HookInput | undefined,
): InlineHook {
  const old = findInlineHook(world, id);
  const { name, channel } = checked(input, old.channel);
  const changed = world.update(inlineHooks, id, {
    name,
    channel,
    version: input?.version ?? old.version,
    lastUpdated: stamp(world.now()),
  });
  log(world, who, 'inline_hook.updated', 'Update inline hook', changed);
  return changed;
}

/** Turns an inline hook on or off, and returns it. */
export function setInlineHookStatus(
  world: World,
  who: Who,
  id: string,
  status: InlineHook['status'],
): InlineHook {
  findInlineHook(world, id);
  const changed = world.update(inlineHooks, id, { status, lastUpdated: stamp(world.now()) });
  const verb = status === 'ACTIVE' ? 'activated' : 'deactivated';
  log(world, who, `inline_hook.${verb}`, `Inline hook ${verb}`, changed);
  return changed;
}

/** Removes an inline hook that is off. */
export function deleteInlineHook(world: World, who: Who, id: string): void {
  const hook = findInlineHook(world, id);
  if (hook.status === 'ACTIVE') throw invalid('status', 'status: An active inline hook cannot be deleted.');
  world.remove(inlineHooks, id);
  log(world, who, 'inline_hook.deleted', 'Delete inline hook', hook);
}

function checked(input: HookInput | undefined, old?: HookChannel): { name: string; channel: HookChannel } {
  if (!input || typeof input !== 'object' || Array.isArray(input)) throw notWellFormed();
  if (!input.name) throw blank('name');
  const uri = input.channel?.config?.uri;
  if (!uri) throw blank('uri');
  const { authScheme, headers = [], method = 'POST' } = input.channel?.config ?? {};
  return {
    name: input.name,
    channel: {
      type: input.channel?.type ?? 'HTTP',
      version: input.channel?.version ?? '1.0.0',
      config: {
        uri,
        headers: headers ?? [],
        method,
        ...(authScheme ? { authScheme: keptScheme(authScheme, old) } : {}),
      },
    },
  };
}

/** Where no secret is sent, the old one stays. */
function keptScheme(
  { value, ...scheme }: { type: string; key: string; value?: string },
  old: HookChannel | undefined,
): NonNullable<HookChannel['config']['authScheme']> {
  const sharedSecret = value ?? old?.config.authScheme?.sharedSecret;
  return { ...scheme, ...(sharedSecret ? { sharedSecret } : {}) };
}

function eventsOf(input: HookInput | undefined): EventHook['events'] {
  const items = input?.events?.items ?? [];
  if (items.length === 0) throw blank('events');
  return { type: input?.events?.type ?? 'EVENT_TYPE', items };
}

function headersOf(channel: HookChannel, more: Record<string, string>): Record<string, string> {
  const { headers, authScheme } = channel.config;
  return {
    ...Object.fromEntries(headers.map(({ key, value }) => [key, value])),
    ...(authScheme?.sharedSecret ? { [authScheme.key]: authScheme.sharedSecret } : {}),
    ...more,
  };
}

function log(
  world: World,
  who: Who,
  eventType: string,
  displayMessage: string,
  { id, name }: EventHook | InlineHook,
): void {
  const type = eventType.startsWith('inline') ? 'InlineHook' : 'EventHook';
  recordChange(world, who, eventType, displayMessage, { id, type, name, alternateId: org(world).subdomain });
}

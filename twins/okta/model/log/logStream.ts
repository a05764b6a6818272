/**
 * Log streams: where the System Log is copied to. Those of Splunk are really posted to; Amazon's event buses lie
 * outside. https://developer.okta.com/docs/api/openapi/okta-management/management/tag/LogStream/
 */
import type { World } from '../../../../src/world/world.ts';
import { blank, invalid, notFound, notWellFormed } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { HOOK_BATCH_EVENTS_MAX } from '../../limits.ts';
import { stamp } from '../../time.ts';
import { logStreams } from '../../world.ts';
import { isNearby } from '../hooks/channel.ts';
import { matcher } from '../search/match.ts';
import { comparisons, parseFilter } from '../search/parse.ts';
import { type LogEvent, recordChange, type Who } from './log.ts';
import {
  LOG_STREAM_TYPES,
  type LogStreamType,
  STREAM_NAME_CHARS_MAX,
  STREAM_SETTINGS,
} from './logStreamSchema.ts';

/** A stream in the vendor's shape, less links; a Splunk token is kept and not shown. */
export interface LogStream {
  id: string;
  type: LogStreamType;
  name: string;
  lastUpdated: string;
  created: string;
  status: 'ACTIVE' | 'INACTIVE';
  settings: Record<string, unknown>;
}

export interface LogStreamInput {
  type?: string;
  name?: string;
  settings?: Record<string, unknown>;
}

/** The stream with this id, or E0000007: the service keeps streams among its apps. */
export const findLogStream = (world: World, id: string): LogStream =>
  world.require(logStreams, id, () => notFound(id, 'AppInstance'));

/** What a filter may be about, and how. */
const FILTERED: ReadonlySet<string> = new Set(['status', 'type']);

/** Whether a stream is wanted; `status` and `type` can be asked for, by `eq` only. Throws E0000053. */
export function streamFilter(filter: string | null): (stream: LogStream) => boolean {
  if (filter === null) return () => true;
  const bad = () =>
    invalid('filter', 'filter: The filter expression supports only eq on the status and type properties.');
  const parsed = parseFilter(filter, bad);
  if (!comparisons(parsed).every((one) => FILTERED.has(one.attribute) && one.operator === 'eq')) throw bad();
  return matcher(parsed);
}

/** Makes a stream, ACTIVE. Throws E0000001 for parts that are missing, wrong or taken. */
export function createLogStream(world: World, who: Who, input: LogStreamInput | undefined): LogStream {
  const type = typeOf(input);
  const name = nameOf(world, input);
  const settings = settingsOf(type, input?.settings ?? {});
  const now = stamp(world.now());
  const stream = world.insert(logStreams, {
    id: newId(world, '0oa'),
    type,
    name,
    lastUpdated: now,
    created: now,
    status: 'ACTIVE',
    settings,
  });
  log(world, who, 'create', stream);
  return stream;
}

/** Replaces the name, and of the settings those that may change; the type stays. */
export function replaceLogStream(
  world: World,
  who: Who,
  id: string,
  input: LogStreamInput | undefined,
): LogStream {
  const old = findLogStream(world, id);
  if (typeOf(input) !== old.type) throw invalid('type', 'type: The type of a log stream cannot be changed.');
  const name = nameOf(world, input, id);
  for (const [setting, { writeOnce }] of Object.entries(STREAM_SETTINGS[old.type])) {
    const sent = input?.settings?.[setting];
    if (writeOnce && sent !== undefined && sent !== old.settings[setting])
      throw invalid(`settings.${setting}`, `${setting}: The field cannot be modified.`);
  }
  const settings = settingsOf(old.type, { ...old.settings, ...input?.settings });
  const changed = world.update(logStreams, id, { name, settings, lastUpdated: stamp(world.now()) });
  log(world, who, 'update', changed);
  return changed;
}

/** Turns a stream on or off, and returns it. */
export function setLogStreamStatus(
  world: World,
  who: Who,
  id: string,
  status: LogStream['status'],
): LogStream {
  findLogStream(world, id);
  const changed = world.update(logStreams, id, { status, lastUpdated: stamp(world.now()) });
  log(world, who, status === 'ACTIVE' ? 'activate' : 'deactivate', changed);
  return changed;
}

/** Removes a stream. */
export function deleteLogStream(world: World, who: Who, id: string): void {
  const stream = findLogStream(world, id);
  world.remove(logStreams, id);
  log(world, who, 'delete', stream);
}

/** Copies an event to the collectors of Splunk; those of one transaction go together. */
export function streamEvent(world: World, { sequence: _, ...event }: LogEvent): void {
  const active = { index: 'status', equals: 'ACTIVE' };
  for (const { id, type, settings } of world.list(logStreams, active).toArray()) {
    if (type !== 'splunk_cloud_logstreaming') continue;
    const waiting = waitingFor(world, id);
    if (waiting) waiting.push(event);
    else
      world.emit({
        channel: 'logStream',
        event: 'system.log',
        to: collectorOf(String(settings.host), String(settings.edition)),
        app: id,
        payload: { token: settings.token, events: [event] },
      });
  }
}

function waitingFor(world: World, streamId: string): unknown[] | undefined {
  const last = world.emitted.findLast(({ event }) => event.channel === 'logStream' && event.app === streamId);
  const events = last?.event.payload.events as unknown[] | undefined;
  return events && events.length < HOOK_BATCH_EVENTS_MAX ? events : undefined;
}

/**
 * Where events of an instance are collected. A program of this machine, or one that the universe's bindings name, may
 * stand in for it.
 * https://docs.splunk.com/Documentation/SplunkCloud/latest/Data/UsetheHTTPEventCollector
 */
function collectorOf(host: string, edition: string): string {
  const at = '/services/collector/event';
  if (isNearby(host)) return host + at;
  return `https://http-inputs${edition === 'aws' ? '-' : '.'}${host}:443${at}`;
}

function log(world: World, who: Who, verb: string, stream: LogStream): void {
  const thing = { id: stream.id, type: 'LogStream', name: stream.name, alternateId: stream.type };
  recordChange(world, who, `system.log_stream.lifecycle.${verb}`, `Log stream ${verb}`, thing);
}

function typeOf(input: LogStreamInput | undefined): LogStreamType {
  if (!input || typeof input !== 'object' || Array.isArray(input)) throw notWellFormed();
  const type = LOG_STREAM_TYPES.find((one) => one === input.type);
  if (!type) throw invalid('type', 'type: The type is not valid');
  return type;
}

function nameOf(world: World, input: LogStreamInput | undefined, own?: string): string {
  const name = input?.name;
  if (!name) throw blank('name');
  if (name.length > STREAM_NAME_CHARS_MAX)
    throw invalid('name', `name: Name can't exceed ${STREAM_NAME_CHARS_MAX} characters.`);
  const taken = world.list(logStreams, { index: 'name', equals: name }).first();
  if (taken && taken.id !== own) throw invalid('name', 'name: A log stream with this name already exists.');
  return name;
}

const EDITIONS: ReadonlySet<unknown> = new Set(['aws', 'aws_govcloud', 'gcp']);

function settingsOf(type: LogStreamType, sent: Record<string, unknown>): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  if (type === 'splunk_cloud_logstreaming') {
    kept.edition = sent.edition ?? 'aws';
    if (!EDITIONS.has(kept.edition)) throw invalid('settings.edition', 'edition: The edition is not valid');
  }
  for (const [name, { pattern, oneOf, says }] of Object.entries(STREAM_SETTINGS[type])) {
    const value = sent[name];
    if (value === undefined || value === null || value === '') throw blank(name);
    const fits =
      typeof value === 'string' &&
      (pattern === undefined || new RegExp(`^(?:${pattern})$`).test(value) || isStandIn(name, value)) &&
      (oneOf === undefined || oneOf.some((one) => one.const === value));
    if (!fits) throw invalid(`settings.${name}`, `${name}: ${says ?? 'The value is not valid'}`);
    kept[name] = value;
  }
  return kept;
}

const isStandIn = (name: string, value: string): boolean => name === 'host' && isNearby(value);

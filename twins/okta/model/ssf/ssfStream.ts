/**
 * The Shared Signals transmitter: an app is told, by signed security event tokens, whose sessions ended and whose
 * credentials changed. https://developer.okta.com/docs/api/openapi/okta-management/management/tag/SSFTransmitter/
 */
import type { World } from '../../../../src/world/world.ts';
import { blank, invalid, notFound, notWellFormed, refuse } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { ssfStreams } from '../../world/delivery.ts';
import { addressOf } from '../hooks/channel.ts';
import { recordChange, type Who } from '../log/log.ts';
import { EVENTS_SUPPORTED, sendSet } from './securityEvent.ts';

export const DELIVERY_METHODS = [
  'https://schemas.openid.net/secevent/risc/delivery-method/push',
  'urn:ietf:rfc:8935',
] as const;

/** A stream; `appId` is whose it is, `sharedSecret` the header that its receiver asked for. Neither is shown. */
export interface SsfStream {
  stream_id: string;
  appId: string;
  delivery: { method: string; endpoint_url: string };
  sharedSecret?: string;
  events_requested: string[];
  format: 'iss_sub';
}

export interface SsfStreamInput {
  stream_id?: string;
  delivery?: { method?: string; endpoint_url?: string; authorization_header?: string };
  events_requested?: string[];
  format?: string;
}

/** https://developer.okta.com/docs/api/openapi/okta-management/management/tag/SSFTransmitter/ */
const STREAMS_MAX = 10;
const EVENTS_MAX = 50;
const HEADER_CHARS_MAX = 8_192;

/** The stream of an app, or the one with this id if it is that app's. Throws E0000007. */
export function findSsfStream(world: World, appId: string, id: string | undefined): SsfStream {
  const own = world.list(ssfStreams, { index: 'app', equals: appId }).first();
  if (!own || (id !== undefined && own.stream_id !== id)) throw notFound(id ?? appId, 'SsfStream');
  return own;
}

/** The streams that an app may see: its own. */
export const ssfStreamsOf = (world: World, appId: string): SsfStream[] =>
  world.list(ssfStreams, { index: 'app', equals: appId }).toArray();

/** Makes the stream of an app. Throws E0000001, E0000108 for its second one. */
export function createSsfStream(
  world: World,
  who: Who,
  appId: string,
  input: SsfStreamInput | undefined,
): SsfStream {
  const parts = checked(input);
  if (ssfStreamsOf(world, appId).length > 0)
    throw refuse('E0000108', { causes: ['An SSF stream already exists for this client.'] });
  if (world.list(ssfStreams).count() >= STREAMS_MAX)
    throw invalid('stream', `stream: An org cannot have more than ${STREAMS_MAX} SSF streams`);
  const stream = world.insert(ssfStreams, { stream_id: newId(world, 'esc'), appId, ...parts });
  log(world, who, 'create', stream);
  return stream;
}

/** Replaces a stream. Throws E0000001, E0000007. */
export function replaceSsfStream(
  world: World,
  who: Who,
  appId: string,
  input: SsfStreamInput | undefined,
): SsfStream {
  const parts = checked(input);
  const { stream_id } = findSsfStream(world, appId, input?.stream_id);
  const stream = world.put(ssfStreams, { stream_id, appId, ...parts });
  log(world, who, 'update', stream);
  return stream;
}

/** Changes the parts that are sent. Throws E0000001, E0000007. */
export function updateSsfStream(
  world: World,
  who: Who,
  appId: string,
  input: SsfStreamInput | undefined,
): SsfStream {
  if (!input || typeof input !== 'object' || Array.isArray(input)) throw notWellFormed();
  const { delivery, events_requested, sharedSecret } = findSsfStream(world, appId, input.stream_id);
  const held = { ...delivery, ...(sharedSecret ? { authorization_header: sharedSecret } : {}) };
  return replaceSsfStream(world, who, appId, {
    ...input,
    delivery: { ...held, ...input.delivery },
    events_requested: input.events_requested ?? events_requested,
  });
}

/** Ends a stream. Throws E0000007. */
export function deleteSsfStream(world: World, who: Who, appId: string, id: string | undefined): void {
  const stream = findSsfStream(world, appId, id);
  world.remove(ssfStreams, stream.stream_id);
  log(world, who, 'delete', stream);
}

/** Sends a verification event by a stream, with the state that the receiver wants to see again. */
export function verifySsfStream(
  world: World,
  appId: string,
  input: { stream_id?: string; state?: string } | undefined,
): void {
  if (!input?.stream_id) throw blank('stream_id');
  const stream = findSsfStream(world, appId, input.stream_id);
  const subject = { format: 'opaque', id: stream.stream_id };
  const event = input.state === undefined ? {} : { state: input.state };
  sendSet(world, stream, 'https://schemas.openid.net/secevent/ssf/event-type/verification', subject, event);
}

function checked(input: SsfStreamInput | undefined): Omit<SsfStream, 'stream_id' | 'appId'> {
  if (!input || typeof input !== 'object' || Array.isArray(input)) throw notWellFormed();
  const { delivery, events_requested: events, format = 'iss_sub' } = input;
  if (!delivery) throw blank('delivery');
  const method = DELIVERY_METHODS.find((one) => one === delivery.method);
  if (!method) throw invalid('delivery.method', 'delivery.method: The delivery method is not supported');
  const header = delivery.authorization_header;
  if (header && header.length > HEADER_CHARS_MAX)
    throw invalid(
      'delivery.authorization_header',
      `delivery.authorization_header: The field cannot exceed ${HEADER_CHARS_MAX} characters`,
    );
  if (!events || events.length === 0) throw blank('events_requested');
  if (events.length > EVENTS_MAX || !events.every((one) => URL.canParse(one)))
    throw invalid('events_requested', 'events_requested: The events are not valid');
  if (format !== 'iss_sub') throw invalid('format', 'format: The subject format is not supported');
  return {
    delivery: { method, endpoint_url: addressOf(delivery.endpoint_url, 'delivery.endpoint_url') },
    ...(header ? { sharedSecret: header } : {}),
    events_requested: events,
    format,
  };
}

/** Which events a stream carries. */
export const eventsDelivered = ({ events_requested }: SsfStream): string[] =>
  EVENTS_SUPPORTED.filter((one) => events_requested.includes(one));

function log(world: World, who: Who, verb: string, { stream_id: id, delivery }: SsfStream): void {
  const thing = { id, type: 'SsfStream', name: delivery.endpoint_url };
  recordChange(world, who, `security.events.transmitter.${verb}`, `SSF stream ${verb}`, thing);
}

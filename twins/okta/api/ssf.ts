/** `/api/v1/ssf/stream`, the Shared Signals transmitter, and `/security/api/v1/security-events`, the receiver. */
import { ApiError } from '../../../src/error.ts';
import { reply } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import type { OktaActor } from '../actor.ts';
import { managementDoc } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { refuse } from '../errors.ts';
import { receiveSet } from '../model/ssf/receivedEvent.ts';
import { audienceOf, EVENTS_SUPPORTED } from '../model/ssf/securityEvent.ts';
import {
  createSsfStream,
  DELIVERY_METHODS,
  deleteSsfStream,
  eventsDelivered,
  findSsfStream,
  replaceSsfStream,
  type SsfStream,
  type SsfStreamInput,
  ssfStreamsOf,
  updateSsfStream,
  verifySsfStream,
} from '../model/ssf/ssfStream.ts';

const STREAM = '/api/v1/ssf/stream';
const doc = managementDoc('SSFTransmitter');
const read = { scopes: ['ssf.read'], tier: 'other', doc };
const manage = { scopes: ['ssf.manage'], tier: 'other', doc };

export const ssfEndpoints = [
  endpoint(
    { id: 'getWellknownSsfMetadata', route: 'GET /.well-known/ssf-configuration', auth: 'none', doc },
    ({ world }) => ({
      issuer: world.base(),
      jwks_uri: `${world.base()}/oauth2/v1/keys`,
      delivery_methods_supported: DELIVERY_METHODS,
      configuration_endpoint: world.base() + STREAM,
      verification_endpoint: `${world.base()}${STREAM}/verification`,
      spec_version: '1_0-ID3',
      authorization_schemes: [{ spec_urn: 'urn:ietf:rfc:6749' }],
      default_subjects: 'ALL',
    }),
  ),
  endpoint({ id: 'getSsfStreams', route: `GET ${STREAM}`, ...read }, ({ world, actor, query }) => {
    const id = query.get('stream_id');
    if (id !== null) return view(world, findSsfStream(world, appOf(actor), id));
    return ssfStreamsOf(world, appOf(actor)).map((one) => view(world, one));
  }),
  endpoint(
    { id: 'createSsfStream', route: `POST ${STREAM}`, ...manage, status: 201 },
    ({ world, actor, input }) =>
      view(world, createSsfStream(world, actor.who, appOf(actor), input as SsfStreamInput)),
  ),
  endpoint({ id: 'replaceSsfStream', route: `PUT ${STREAM}`, ...manage }, ({ world, actor, input }) =>
    view(world, replaceSsfStream(world, actor.who, appOf(actor), input as SsfStreamInput)),
  ),
  endpoint({ id: 'updateSsfStream', route: `PATCH ${STREAM}`, ...manage }, ({ world, actor, input }) =>
    view(world, updateSsfStream(world, actor.who, appOf(actor), input as SsfStreamInput)),
  ),
  endpoint(
    { id: 'deleteSsfStream', route: `DELETE ${STREAM}`, ...manage, status: 204 },
    ({ world, actor, query }) =>
      deleteSsfStream(world, actor.who, appOf(actor), query.get('stream_id') ?? undefined),
  ),
  endpoint(
    { id: 'getSsfStreamStatus', route: `GET ${STREAM}/status`, ...read },
    ({ world, actor, query }) => {
      const { stream_id } = findSsfStream(world, appOf(actor), query.get('stream_id') ?? '');
      return { stream_id, status: 'enabled' };
    },
  ),
  endpoint(
    { id: 'verifySsfStream', route: `POST ${STREAM}/verification`, ...manage, status: 204 },
    ({ world, actor, input }) =>
      verifySsfStream(world, appOf(actor), input as { stream_id?: string; state?: string }),
  ),
  endpoint(
    {
      id: 'publishSecurityEventTokens',
      route: 'POST /security/api/v1/security-events',
      auth: 'none',
      tier: 'other',
      status: 202,
      doc: managementDoc('SSFSecurityEventToken'),
    },
    ({ world, body }) => published(world, Buffer.from(body.bytes).toString('utf8').trim()),
  ),
];

/** Streams belong to apps: an API token has none. */
function appOf({ kind, app }: OktaActor): string {
  if (kind !== 'oauth' || app === undefined) throw refuse('E0000006');
  return app;
}

/** RFC 8935, 2.3: what is refused says so in two fields of its own. */
function published(world: World, token: string): unknown {
  try {
    receiveSet(world, token);
    return reply({ status: 202 });
  } catch (error) {
    if (!(error instanceof ApiError) || !error.data.set) throw error;
    return reply({ status: error.status, body: { err: error.name, description: error.message } });
  }
}

function view(world: World, stream: SsfStream): Record<string, unknown> {
  const { stream_id, delivery, events_requested, format } = stream;
  return {
    stream_id,
    iss: world.base(),
    aud: audienceOf(world, stream),
    delivery,
    events_supported: EVENTS_SUPPORTED,
    events_requested,
    events_delivered: eventsDelivered(stream),
    format,
    min_verification_interval: 0,
  };
}

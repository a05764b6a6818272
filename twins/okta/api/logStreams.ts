/** `/api/v1/logStreams`. */
import { list } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import {
  createLogStream,
  deleteLogStream,
  findLogStream,
  type LogStream,
  type LogStreamInput,
  replaceLogStream,
  setLogStreamStatus,
  streamFilter,
} from '../model/log/logStream.ts';
import { LOG_STREAM_TYPES, logStreamSchema } from '../model/log/logStreamSchema.ts';
import { logStreams } from '../world.ts';

const { read, manage } = family('LogStream', 'logStreams', 'other');
const { read: schemas } = family('Schema', 'logStreams', 'meta');
const SCHEMAS = '/api/v1/meta/schemas/logStream';
const ALL = '/api/v1/logStreams';
const ONE = `${ALL}/{logStreamId}` as const;

export const logStreamEndpoints = [
  endpoint(
    {
      id: 'listLogStreams',
      route: `GET ${ALL}`,
      ...read,
      page: { style: 'link', default: 20, max: 200 },
      traits: { keeps: ['filter'] },
    },
    ({ world, query }) =>
      list(world.list(logStreams, { where: streamFilter(query.get('filter')) }), (one) =>
        streamView(world, one),
      ),
  ),
  endpoint({ id: 'createLogStream', route: `POST ${ALL}`, ...manage }, ({ world, actor, input }) =>
    streamView(world, createLogStream(world, actor.who, input as LogStreamInput)),
  ),
  endpoint({ id: 'getLogStream', route: `GET ${ONE}`, ...read }, ({ world, params }) =>
    streamView(world, findLogStream(world, params.logStreamId)),
  ),
  endpoint({ id: 'replaceLogStream', route: `PUT ${ONE}`, ...manage }, ({ world, actor, params, input }) =>
    streamView(world, replaceLogStream(world, actor.who, params.logStreamId, input as LogStreamInput)),
  ),
  endpoint(
    { id: 'deleteLogStream', route: `DELETE ${ONE}`, ...manage, status: 204 },
    ({ world, actor, params }) => deleteLogStream(world, actor.who, params.logStreamId),
  ),
  endpoint(
    { id: 'activateLogStream', route: `POST ${ONE}/lifecycle/activate`, ...manage },
    ({ world, actor, params }) =>
      streamView(world, setLogStreamStatus(world, actor.who, params.logStreamId, 'ACTIVE')),
  ),
  endpoint(
    { id: 'deactivateLogStream', route: `POST ${ONE}/lifecycle/deactivate`, ...manage },
    ({ world, actor, params }) =>
      streamView(world, setLogStreamStatus(world, actor.who, params.logStreamId, 'INACTIVE')),
  ),
  endpoint({ id: 'listLogStreamSchemas', route: `GET ${SCHEMAS}`, ...schemas }, ({ world }) =>
    LOG_STREAM_TYPES.map((type) => logStreamSchema(world, type)),
  ),
  endpoint(
    { id: 'getLogStreamSchema', route: `GET ${SCHEMAS}/{logStreamType}`, ...schemas },
    ({ world, params }) => logStreamSchema(world, params.logStreamType),
  ),
];

function streamView(world: World, stream: LogStream): Record<string, unknown> {
  const self = `${world.base()}${ALL}/${stream.id}`;
  const turn = stream.status === 'ACTIVE' ? 'deactivate' : 'activate';
  const { token: _, ...settings } = stream.settings;
  return {
    ...stream,
    settings,
    _links: {
      self: { href: self, method: 'GET' },
      [turn]: { href: `${self}/lifecycle/${turn}`, method: 'POST' },
    },
  };
}

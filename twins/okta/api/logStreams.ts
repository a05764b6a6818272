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
} from '../model/logStream.ts';
import { logStreams } from '../world.ts';

const { read, manage } = family('LogStream', 'logStreams', 'other');
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
    ({ world }) => list(world.list(logStreams), (one) => streamView(world, one)),
  ),
  endpoint({ id: 'createLogStream', route: `POST ${ALL}`, ...manage }, ({ world, input }) =>
    streamView(world, createLogStream(world, input as LogStreamInput)),
  ),
  endpoint({ id: 'getLogStream', route: `GET ${ONE}`, ...read }, ({ world, params }) =>
    streamView(world, findLogStream(world, params.logStreamId)),
  ),
  endpoint({ id: 'replaceLogStream', route: `PUT ${ONE}`, ...manage }, ({ world, params, input }) =>
    streamView(world, replaceLogStream(world, params.logStreamId, input as LogStreamInput)),
  ),
  endpoint({ id: 'deleteLogStream', route: `DELETE ${ONE}`, ...manage, status: 204 }, ({ world, params }) =>
    deleteLogStream(world, params.logStreamId),
  ),
  endpoint(
    { id: 'activateLogStream', route: `POST ${ONE}/lifecycle/activate`, ...manage },
    ({ world, params }) => {
      setLogStreamStatus(world, params.logStreamId, 'ACTIVE');
      return streamView(world, findLogStream(world, params.logStreamId));
    },
  ),
  endpoint(
    { id: 'deactivateLogStream', route: `POST ${ONE}/lifecycle/deactivate`, ...manage },
    ({ world, params }) => {
      setLogStreamStatus(world, params.logStreamId, 'INACTIVE');
      return streamView(world, findLogStream(world, params.logStreamId));
    },
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

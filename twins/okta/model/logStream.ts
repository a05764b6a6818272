/** Log streams: where the System Log is copied to. */
import type { World } from '../../../src/world/world.ts';
import { blank, invalid, notFound, notWellFormed } from '../errors.ts';
import { newId } from '../ids.ts';
import { stamp } from '../time.ts';
import { logStreams } from '../world.ts';
import { recordChange, type Who } from './log.ts';

/** A stream in the vendor's shape, less links; a Splunk token is kept and not shown. */
export interface LogStream {
  id: string;
  type: string;
  name: string;
  lastUpdated: string;
  created: string;
  status: 'ACTIVE' | 'INACTIVE';
  settings: Record<string, unknown>;
}

export type LogStreamInput = Partial<Pick<LogStream, 'type' | 'name' | 'settings'>>;

/** The stream with this id, or E0000007: the service keeps streams among its apps. */
export const findLogStream = (world: World, id: string): LogStream =>
  world.require(logStreams, id, () => notFound(id, 'AppInstance'));

/** Makes a stream, ACTIVE. Throws E0000001 for a missing name or an unknown type. */
export function createLogStream(world: World, who: Who, input: LogStreamInput | undefined): LogStream {
  const { name, type } = checked(input);
  const now = stamp(world.now());
  const stream = world.insert(logStreams, {
    id: newId(world, '0oa'),
    type,
    name,
    lastUpdated: now,
    created: now,
    status: 'ACTIVE',
    settings: input?.settings ?? {},
  });
  log(world, who, 'create', stream);
  return stream;
}

/** Replaces name and settings; the type stays. */
export function replaceLogStream(
  world: World,
  who: Who,
  id: string,
  input: LogStreamInput | undefined,
): LogStream {
  const old = findLogStream(world, id);
  const { name } = checked(input);
  const changed = world.update(logStreams, id, {
    name,
    settings: { ...old.settings, ...input?.settings },
    lastUpdated: stamp(world.now()),
  });
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

const TYPES: ReadonlySet<unknown> = new Set(['aws_eventbridge', 'splunk_cloud_logstreaming']);

function log(world: World, who: Who, verb: string, stream: LogStream): void {
  const thing = { id: stream.id, type: 'LogStream', name: stream.name, alternateId: stream.type };
  recordChange(world, who, `system.log_stream.lifecycle.${verb}`, `Log stream ${verb}`, thing);
}

function checked(input: LogStreamInput | undefined): { name: string; type: string } {
  if (!input || typeof input !== 'object') throw notWellFormed();
  if (!input.name) throw blank('name');
  if (!TYPES.has(input.type)) throw invalid('type', 'type: The type is not valid');
  return { name: input.name, type: input.type as string };
}

/** Log streams: where the System Log is copied to. */
import type { World } from '../../../src/world/world.ts';
import { blank, invalid, notFound, notWellFormed } from '../errors.ts';
import { newId } from '../ids.ts';
import { stamp } from '../time.ts';
import { logStreams } from '../world.ts';

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
export function createLogStream(world: World, input: LogStreamInput | undefined): LogStream {
  const { name, type } = checked(input);
  const now = stamp(world.now());
  return world.insert(logStreams, {
    id: newId(world, '0oa'),
    type,
    name,
    lastUpdated: now,
    created: now,
    status: 'ACTIVE',
    settings: input?.settings ?? {},
  });
}

/** Replaces name and settings; the type stays. */
export function replaceLogStream(world: World, id: string, input: LogStreamInput | undefined): LogStream {
  const old = findLogStream(world, id);
  const { name } = checked(input);
  return world.update(logStreams, id, {
    name,
    settings: { ...old.settings, ...input?.settings },
    lastUpdated: stamp(world.now()),
  });
}

/** Turns a stream on or off. */
export function setLogStreamStatus(world: World, id: string, status: LogStream['status']): void {
  findLogStream(world, id);
  world.update(logStreams, id, { status, lastUpdated: stamp(world.now()) });
}

/** Removes a stream. */
export function deleteLogStream(world: World, id: string): void {
  world.remove(logStreams, findLogStream(world, id).id);
}

const TYPES: ReadonlySet<unknown> = new Set(['aws_eventbridge', 'splunk_cloud_logstreaming']);

function checked(input: LogStreamInput | undefined): { name: string; type: string } {
  if (!input || typeof input !== 'object') throw notWellFormed();
  if (!input.name) throw blank('name');
  if (!TYPES.has(input.type)) throw invalid('type', 'type: The type is not valid');
  return { name: input.name, type: input.type as string };
}

/** Work that is done in a while after a tool's request: the service takes what it is told at once, and keeps it later. */
import { sortable } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { refused } from '../../errors.ts';
import { DEVOPS_DELAY_MS, DEVOPS_REQUESTS_MAX } from '../../limits.ts';
import { devOpsRequests } from '../../world.ts';

/** Has `work` done with `input` in a while; 503 where too much waits already. */
export function later(world: World, work: string, input: unknown): void {
  if (world.list(devOpsRequests).count() >= DEVOPS_REQUESTS_MAX) throw refused('serviceUnavailable');
  const id = world.next('jira.devOpsRequest');
  world.insert(devOpsRequests, { id, work, input });
  world.schedule(world.now() + DEVOPS_DELAY_MS, 'devOps', { id });
}

/** Does what was asked for. */
export function doLater(
  world: World,
  id: number,
  works: Readonly<Record<string, (world: World, input: never) => void>>,
): void {
  const request = world.get(devOpsRequests, sortable(id));
  if (!request) return;
  world.remove(devOpsRequests, sortable(id));
  works[request.work]?.(world, request.input as never);
}

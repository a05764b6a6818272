/** What may be shown once only (the `jti` of an assertion or a proof), and rows that are done for. */
import { sortable, type Table } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { SWEPT_MAX } from '../../limits.ts';
import { usedOnce } from '../../world/oauth.ts';

/** An id that was shown; it is kept until it would be refused for its age anyway. */
export interface UsedOnce {
  id: string;
  /** Universe milliseconds. */
  expiresAt: number;
}

/** Writes down that `id` was shown; false where it had been before. */
export function useOnce(world: World, id: string, expiresAt: number): boolean {
  if ((world.get(usedOnce, id)?.expiresAt ?? 0) > world.now()) return false;
  sweep(world, usedOnce);
  world.put(usedOnce, { id, expiresAt });
  return true;
}

/** Removes some rows whose time is over. */
export function sweep<E extends { expiresAt: number }>(world: World, table: Table<E>): void {
  const dead = world.list(table, { index: 'expiresAt', to: sortable(world.now()) }).toArray(SWEPT_MAX);
  for (const row of dead) world.remove(table, table.key(row));
}

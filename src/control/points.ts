/** Points in a universe's life that a call may name: its snapshots, by id or name. */
import type { Registry } from '../registry.ts';
import type { Caller } from '../tenant.ts';
import type { Snapshot, Universe } from '../universe.ts';
import { missing } from './problem.ts';
import { universeFor } from './receive.ts';

/** The universe, or the universe and snapshot, that `from` names; throws 404. A snapshot's id is `{universe}.{n}`. */
export function findPoint(
  registry: Registry,
  caller: Caller,
  from: string,
): { universe: Universe; snapshot?: string } {
  const dot = from.indexOf('.');
  if (dot < 0) return { universe: universeFor(registry, caller, from) };
  const universe = universeFor(registry, caller, from.slice(0, dot));
  return { universe, snapshot: findSnapshot(universe, from).id };
}

/** By id, by name, or by what follows the universe's name in the id; throws 404. */
export function findSnapshot(universe: Universe, text: string): Snapshot {
  const byId = universe.snapshots.get(text) ?? universe.snapshots.get(`${universe.id}.${text}`);
  const name = text.startsWith(`${universe.id}.`) ? text.slice(universe.id.length + 1) : text;
  const found = byId ?? [...universe.snapshots.values()].reverse().find((one) => one.name === name);
  if (!found) throw missing(`${universe.id} has no snapshot ${text}`);
  return found;
}

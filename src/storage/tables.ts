/** The tables that rows may be of: the kernel's own and those that twins declare. */
import { deliveries } from '../outbox.ts';
import type { Registry } from '../registry.ts';
import type { Table } from '../table.ts';
import { wiring } from '../wiring.ts';
import { counters, timers } from '../world/world.ts';

/** All of them, by name. */
export function knownTables(registry: Pick<Registry, 'twins'>): Map<string, Table<object>> {
  const declared = [...registry.twins.values()].flatMap(({ twin }) => twin.tables as readonly unknown[]);
  const all = [counters, timers, deliveries, wiring, ...declared] as Table<object>[];
  return new Map(all.map((table) => [table.name, table]));
}

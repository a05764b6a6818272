/** A universe's rows as JSON: exported, and imported in the place of what is there. */
import { deliveries } from '../outbox.ts';
import { misfit } from '../rows.ts';
import { didYouMean } from '../suggest.ts';
import type { Table } from '../table.ts';
import type { Universe } from '../universe.ts';
import { wiring } from '../wiring.ts';
import { counters, timers } from '../world/world.ts';
import { type FieldError, invalid, missing, Problem } from './problem.ts';

/** Rows by twin and table, in the vendors' own entity shapes. `kernel`: counters, timers, deliveries and wiring. */
export interface StateDocument {
  twins: Record<string, Record<string, object[]>>;
  kernel?: Record<string, object[]>;
}

/** Rows that one export holds. */
const ROWS_MAX = 200_000;

const KERNEL = new Map(
  [counters, timers, deliveries, wiring].map((table) => [
    table.name.slice(1),
    table as unknown as Table<object>,
  ]),
);

/** Everything, or one twin's or one table's rows. Throws a Problem: 404 for an unknown name, 413 for too many rows. */
export function exportState(universe: Universe, only: { twin?: string; table?: string }): StateDocument {
  const chosen = chosenTables(universe, only);
  const { state } = universe;
  const count = chosen.reduce((sum, table) => sum + state.list(table).count(), 0);
  if (count > ROWS_MAX)
    throw new Problem({
      status: 413,
      kind: 'too-large',
      detail: `that is ${count} rows, more than ${ROWS_MAX}: ask for one ?twin= and ?table= at a time`,
    });
  const twins: StateDocument['twins'] = {};
  for (const table of chosen) {
    twins[table.twin] ??= {};
    (twins[table.twin] as Record<string, object[]>)[table.label] = state.list(table).toArray();
  }
  if (only.twin !== undefined || only.table !== undefined) return { twins };
  const kernel = Object.fromEntries([...KERNEL].map(([name, table]) => [name, state.list(table).toArray()]));
  return { twins, kernel };
}

/** Puts the tables that `document` has in the place of those that are there, all or none. Says how many rows each has. */
export function importState(
  universe: Universe,
  document: StateDocument,
  only: { twin?: string; table?: string },
): Record<string, Record<string, number>> {
  const allowed = new Set(chosenTables(universe, only));
  const errors: FieldError[] = [];
  const parts = [
    ...readTwins(universe, document, allowed, errors),
    ...readKernel(universe, document, errors),
  ];
  if (errors.length > 0) throw invalid(errors, 'the state cannot be taken');
  universe.work('_', (world) => {
    for (const { table, rows } of parts) {
      const keep = new Set(rows.map((row) => table.key(row)));
      for (const old of world.list(table).toArray())
        if (!keep.has(table.key(old))) world.remove(table, table.key(old));
      for (const row of rows) world.put(table, row);
    }
  });
  universe.scheduler.arm();
  const counts: Record<string, Record<string, number>> = {};
  for (const { table, rows } of parts) {
    const twin = table.twin || 'kernel';
    counts[twin] = { ...counts[twin], [table.label.replace(/^_/, '')]: rows.length };
  }
  return counts;
}

interface Part {
  table: Table<object>;
  rows: object[];
}

function readTwins(
  universe: Universe,
  { twins }: StateDocument,
  allowed: ReadonlySet<Table<object>>,
  errors: FieldError[],
): Part[] {
  const known = universe.twins.map((twin) => twin.name);
  return Object.entries(twins).flatMap(([twin, tables]) => {
    if (!known.includes(twin)) {
      errors.push({ pointer: `/twins/${twin}`, detail: `is no twin${didYouMean(twin, known)}` });
      return [];
    }
    const mine = tablesOf(universe).filter((table) => table.twin === twin);
    return Object.entries(tables).flatMap(([label, rows]) => {
      const pointer = `/twins/${twin}/${label}`;
      const table = mine.find((one) => one.label === label);
      const meant = didYouMean(
        label,
        mine.map((one) => one.label),
      );
      if (!table) errors.push({ pointer, detail: `is no table of ${twin}${meant}` });
      else if (!allowed.has(table)) errors.push({ pointer, detail: 'is not what ?twin= and ?table= say' });
      else return [readRows(universe, { table, rows }, pointer, errors)];
      return [];
    });
  });
}

function readKernel(universe: Universe, { kernel = {} }: StateDocument, errors: FieldError[]): Part[] {
  return Object.entries(kernel).flatMap(([name, rows]) => {
    const table = KERNEL.get(name);
    if (table) return [readRows(universe, { table, rows }, `/kernel/${name}`, errors)];
    errors.push({ pointer: `/kernel/${name}`, detail: `is no table${didYouMean(name, KERNEL.keys())}` });
    return [];
  });
}

/** Tries every row, so that one of another shape is refused before anything is written. */
function readRows(universe: Universe, { table, rows }: Part, pointer: string, errors: FieldError[]): Part {
  const seen = new Set<string>();
  rows.forEach((row, i) => {
    const at = `${pointer}/${i}`;
    const wrong = misfit(table, row, universe.twins);
    if (wrong !== undefined) errors.push({ pointer: at, detail: wrong });
    else if (seen.has(table.key(row)))
      errors.push({ pointer: at, detail: `has the key ${table.key(row)} of a row before it` });
    else seen.add(table.key(row));
  });
  return { table, rows };
}

function chosenTables(universe: Universe, only: { twin?: string; table?: string }): Table<object>[] {
  const { twin, table } = only;
  const names = universe.twins.map((one) => one.name);
  if (twin !== undefined && !names.includes(twin))
    throw missing(`there is no twin ${twin}${didYouMean(twin, names)}; there are ${names.join(', ')}`);
  const inTwin = tablesOf(universe).filter((one) => twin === undefined || one.twin === twin);
  const chosen = inTwin.filter((one) => table === undefined || one.label === table);
  if (table !== undefined && chosen.length === 0) {
    const labels = inTwin.map((one) => one.label);
    throw missing(`there is no table ${table}${didYouMean(table, labels)}; there are ${labels.join(', ')}`);
  }
  return chosen;
}

/** Those that twins declare, and those that hold rows. */
function tablesOf(universe: Universe): Table<object>[] {
  const declared = universe.twins.flatMap((twin) => twin.tables as unknown as readonly Table<object>[]);
  const held = universe.state.tables().filter((table) => table.twin !== '');
  return [...new Map([...held, ...declared].map((table) => [table.name, table])).values()];
}

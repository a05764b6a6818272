/** What turned one state of a universe into another, by twin and table, with the fields that changed. */
import { showChange } from '../entry.ts';
import { type Change, diffRoots, type Root } from '../state.ts';

/** One field of a row that changed. `pointer` leads into the row; `before` or `after` is missing where the field was. */
export interface FieldChange {
  pointer: string;
  before?: unknown;
  after?: unknown;
}

/** What differs in one table. */
export interface TableDiff {
  created: { key: string; row: object }[];
  updated: { key: string; changed: FieldChange[] }[];
  deleted: { key: string; row: object }[];
}

/** What differs between two states. */
export interface Diff {
  twins: Record<string, Record<string, TableDiff>>;
  /** Rows that differ. */
  rows: number;
  /** Whether there were more rows than are shown. */
  truncated: boolean;
}

/** The rows that differ between two states, at most `rowsMax` of them; costs what differs, not what there is. */
export function diffOf(from: Root, to: Root, rowsMax: number): Diff {
  const changes = diffRoots(from, to).filter((change) => change.table.twin !== '');
  const twins: Diff['twins'] = {};
  for (const change of changes.slice(0, rowsMax)) add(tableOf(twins, change), change);
  return { twins, rows: changes.length, truncated: changes.length > rowsMax };
}

function tableOf(twins: Diff['twins'], { table }: Change): TableDiff {
  twins[table.twin] ??= {};
  const tables = twins[table.twin] as Record<string, TableDiff>;
  tables[table.label] ??= { created: [], updated: [], deleted: [] };
  return tables[table.label] as TableDiff;
}

function add(diff: TableDiff, change: Change): void {
  const { key, before, after } = showChange(change) as { key: string; before?: object; after?: object };
  if (before && after) diff.updated.push({ key, changed: fieldChanges(before, after) });
  else if (after) diff.created.push({ key, row: after });
  else if (before) diff.deleted.push({ key, row: before });
}

/** Goes into objects; lists and plain values are compared whole. */
export function fieldChanges(before: object, after: object, at = ''): FieldChange[] {
  const changes: FieldChange[] = [];
  const a = before as Record<string, unknown>;
  const b = after as Record<string, unknown>;
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const pointer = `${at}/${key.replace(/~/g, '~0').replace(/\//g, '~1')}`;
    const [x, y] = [a[key], b[key]];
    if (x === y) continue;
    if (plain(x) && plain(y)) changes.push(...fieldChanges(x, y, pointer));
    else if (JSON.stringify(x) !== JSON.stringify(y))
      changes.push({
        pointer,
        ...(x === undefined ? {} : { before: x }),
        ...(y === undefined ? {} : { after: y }),
      });
  }
  return changes;
}

const plain = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

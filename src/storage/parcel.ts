/**
 * A universe as one JSON document, to be taken to another server: its record and its rows in layers as a store keeps
 * them, its people, and a checksum over all of it. It holds credentials.
 */
import { createHash } from 'node:crypto';
import type { Universe } from '../universe.ts';
import type { Person } from '../world/cast.ts';
import { type Layer, Layers } from './layers.ts';
import { FORMAT, recordOf, type UniverseRecord } from './record.ts';
import { StorageError } from './storage.ts';
import { bundled } from './value.ts';

/** What a parcel may weigh. */
export const PARCEL_BYTES_MAX = 128 * 1024 * 1024;

/** A row by its key; no row: the layer takes it away. */
export type ParcelRow = readonly [key: string, row: object | null];

/** Rows on top of another layer's, by table, in groups. */
export interface ParcelLayer {
  id: number;
  parent: number | null;
  /** Rows that there are, those of the layers below included. */
  live: number;
  rows: Readonly<Record<string, readonly (readonly ParcelRow[])[]>>;
}

/** The document. */
export interface Parcel {
  orrery: 'universe';
  format: number;
  /** The version that wrote it. */
  version: string;
  universe: UniverseRecord;
  cast: readonly Person[];
  layers: readonly ParcelLayer[];
  /** SHA-256 of the document's compact JSON without this member, in hex. */
  sum: string;
}

/** The document's text, in parts. Throws a StorageError where it would be larger than may be taken. */
export function packedParcel(universe: Universe, version: string): string[] {
  const { record, layers } = layered(universe);
  const parts: string[] = [];
  const hash = createHash('sha256');
  let bytes = 0;
  const add = (part: string) => {
    parts.push(part);
    hash.update(part);
    bytes += Buffer.byteLength(part);
    if (bytes > PARCEL_BYTES_MAX)
      throw new StorageError(
        `${universe.id} is larger than ${PARCEL_BYTES_MAX} bytes, which is what an import takes: delete snapshots ` +
          'of it, or take single tables (`orrery universe state export`)',
      );
  };
  const head = { orrery: 'universe', format: FORMAT, version, universe: record, cast: universe.cast };
  add(`${JSON.stringify(head).slice(0, -1)},"layers":[`);
  let between = '';
  for (const layer of layers) {
    add(between);
    between = ',';
    for (const part of layerText(layer)) add(part);
  }
  add(']');
  const sum = hash.update('}').digest('hex');
  return [...parts, `,"sum":"${sum}"}`];
}

/** What `sum` is to be. */
export function sumOf({ sum: _, ...rest }: Parcel): string {
  return createHash('sha256').update(JSON.stringify(rest)).digest('hex');
}

/** What there is stands on the snapshots, and those on the beginning: most rows are never written to. */
function layered(universe: Universe): { record: UniverseRecord; layers: Iterable<Layer> } {
  const layers = new Layers();
  const held = [...universe.snapshots.values()].map(({ root }) => root);
  const top = layers.upon([universe.beginning, ...held, universe.state.snapshot()]);
  const record = recordOf(universe, top, '', (root) => layers.of(root));
  return { record: { ...record, lent: universe.keys.lent() }, layers: layers.all };
}

function* layerText({ id, parent, live, pending }: Layer): Iterable<string> {
  yield `${JSON.stringify({ id, parent: parent?.id ?? null, live }).slice(0, -1)},"rows":{`;
  const byTable = new Map<string, string[]>();
  for (const { table, text } of bundled(pending)) {
    const texts = byTable.get(table);
    if (texts) texts.push(text);
    else byTable.set(table, [text]);
  }
  let first = true;
  for (const [table, texts] of byTable) {
    yield `${first ? '' : ','}${JSON.stringify(table)}:[`;
    for (const [n, text] of texts.entries()) yield n === 0 ? text : `,${text}`;
    yield ']';
    first = false;
  }
  yield '}}';
}

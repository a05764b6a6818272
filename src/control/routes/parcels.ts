/** Whole universes, to be taken from one server to another. */
import { PARCEL_BYTES_MAX, packedParcel } from '../../storage/parcel.ts';
import { StorageError } from '../../storage/storage.ts';
import { unpacked } from '../../storage/unpack.ts';
import { universeDocument } from '../document.ts';
import { conflict, Problem } from '../problem.ts';
import { checkStateQuota } from '../quota.ts';
import { type Route, route, type Schema } from '../route.ts';
import * as schema from '../schema.ts';

const group = 'universes';
const parcel: Schema = {
  type: 'object',
  required: ['orrery', 'format'],
  properties: {
    orrery: { enum: ['universe'], description: 'what this is' },
    format: { type: 'integer', description: 'how it is written down; a server takes its own and older ones' },
    version: { type: 'string', description: 'of the Orrery that wrote it' },
    universe: { type: 'object' },
    cast: { type: 'array' },
    layers: { type: 'array' },
    sum: { type: 'string', description: 'SHA-256 of the compact JSON of all before it' },
  },
};

/** The calls of this group. */
export const parcelRoutes: readonly Route[] = [
  route(
    {
      id: 'exportUniverse',
      method: 'GET',
      path: '/v1/universes/{universe}/export',
      summary:
        'Everything that makes the universe what it is, credentials among it, as one document for `importUniverse`',
      group,
      responses: { 200: { description: 'the document: keep it as you keep credentials', schema: parcel } },
    },
    ({ registry, universe, options }) => {
      if (registry.tellsSalt(universe))
        throw conflict(
          'bound-to-server',
          `${universe.id} was made by an older version, from the server’s own secret: take its rows instead (GET …/state)`,
        );
      const parts = refusing(413, 'too-large', () => packedParcel(universe, options.version));
      return new Response(ReadableStream.from(parts.map((part) => Buffer.from(part))) as ReadableStream, {
        headers: { 'content-type': 'application/json' },
      });
    },
  ),
  route<unknown, { id?: string }>(
    {
      id: 'importUniverse',
      method: 'POST',
      path: '/v1/universes/import',
      summary: 'Make the universe that another server exported: same rows, credentials, time and draws',
      group,
      query: { id: { ...schema.universeId, description: 'its id here; the one that it had unless said' } },
      body: { type: 'object', description: 'what `exportUniverse` gave' },
      bodyBytesMax: PARCEL_BYTES_MAX,
      anyKeys: true,
      responses: { 201: { description: 'the universe', schema: schema.universeDocument } },
    },
    ({ registry, caller, query, body }) => {
      const { tenant } = caller;
      checkStateQuota(registry, tenant);
      const { open, stateBytes } = refusing(422, 'no-export', () => unpacked(body, registry));
      checkStateQuota(registry, tenant, stateBytes);
      return universeDocument(open({ ...query, tenant: tenant.id }));
    },
  ),
];

/** What a store cannot read or write, as a problem. */
function refusing<T>(status: number, kind: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof StorageError) throw new Problem({ status, kind, detail: error.message });
    throw error;
  }
}

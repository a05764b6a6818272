/** Audit records. */
import { type Endpoint, endpoint } from '../../../src/twin.ts';
import { badQuery, forbidden } from '../errors.ts';
import { may } from '../model/permissions/may.ts';
import { auditRecordsOf } from '../model/site/audit.ts';
import { parseStamp, stamp } from '../model/time.ts';
import type { AuditRecord } from '../world.ts';
import { caller, doc, numberParameter } from './address.ts';

export const auditEndpoints: readonly Endpoint[] = [
  endpoint(
    {
      id: 'getAuditRecords',
      route: 'GET /rest/api/3/auditing/record',
      doc: doc('audit-records', 'auditing-record-get'),
    },
    (call) => {
      const me = caller(call);
      const { world } = call;
      if (!may(world, me, 'ADMINISTER')) throw forbidden('You do not have permission to view audit records.');
      const offset = numberParameter(call.query, 'offset', 0);
      const limit = Math.min(RECORDS_PAGE_MAX, numberParameter(call.query, 'limit', RECORDS_PAGE_MAX));
      const found = auditRecordsOf(world, {
        filter: call.query.get('filter') ?? '',
        from: moment(call.query, 'from'),
        to: moment(call.query, 'to'),
      });
      const records = found.slice(offset, offset + limit).map(view);
      return { offset, limit, total: found.length, records };
    },
  ),
];

const RECORDS_PAGE_MAX = 1_000;

/** A day or a moment of the query, in milliseconds. */
function moment(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  const ms = parseStamp(text) ?? Date.parse(text);
  if (Number.isNaN(ms)) throw badQuery(`The value '${text}' of '${name}' is not a valid date and time.`);
  return ms;
}

const view = ({ author, at, description, objectItem, ...record }: AuditRecord): Record<string, unknown> => ({
  id: record.id,
  summary: record.summary,
  remoteAddress: '127.0.0.1',
  ...(author ? { authorKey: author.accountId, authorAccountId: author.accountId } : {}),
  created: stamp(at),
  category: record.category,
  eventSource: '',
  ...(description ? { description } : {}),
  ...(objectItem ? { objectItem } : {}),
  changedValues: record.changedValues,
  associatedItems: record.associatedItems,
});

/**
 * What administrators did, for those who look afterwards.
 * https://support.atlassian.com/jira-cloud-administration/docs/audit-activities-in-jira/
 */
import { sortable } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { AUDIT_RECORDS_MAX } from '../../limits.ts';
import {
  type AuditChange,
  type AuditItem,
  type AuditRecord,
  auditRecords,
  type UserRef,
} from '../../world.ts';

/** The categories that Jira writes. */
export type AuditCategory =
  | 'user management'
  | 'group management'
  | 'permissions'
  | 'projects'
  | 'workflows'
  | 'fields'
  | 'notifications'
  | 'system'
  | 'issue';

export interface Audit {
  /** `User added to group`. */
  summary: string;
  category: AuditCategory;
  /** Who did it; the system where nobody did. */
  author?: UserRef | undefined;
  description?: string;
  object?: AuditItem;
  changedValues?: readonly AuditChange[];
  associatedItems?: readonly AuditItem[];
}

/** Writes a record; the oldest go where there are too many. */
export function audit(world: World, what: Audit): void {
  const id = world.next('jira.auditRecord');
  world.insert(auditRecords, {
    id,
    summary: what.summary,
    ...(what.author ? { author: { accountId: what.author.accountId } } : {}),
    at: world.now(),
    category: what.category,
    description: what.description ?? '',
    ...(what.object ? { objectItem: what.object } : {}),
    changedValues: what.changedValues ?? [],
    associatedItems: what.associatedItems ?? [],
  });
  if (id > AUDIT_RECORDS_MAX) world.remove(auditRecords, sortable(id - AUDIT_RECORDS_MAX));
}

/** What of a thing changed, as a record lists it: every key of `after` whose text is another than before. */
export function changesOf(before: object, after: object): AuditChange[] {
  const text = (value: unknown): string | undefined =>
    value === undefined || value === null
      ? undefined
      : typeof value === 'object'
        ? JSON.stringify(value)
        : String(value);
  return Object.entries(after).flatMap(([fieldName, value]) => {
    const changedFrom = text((before as Record<string, unknown>)[fieldName]);
    const changedTo = text(value);
    if (changedFrom === changedTo) return [];
    return [
      {
        fieldName,
        ...(changedFrom === undefined ? {} : { changedFrom }),
        ...(changedTo === undefined ? {} : { changedTo }),
      },
    ];
  });
}

export interface AuditQuery {
  /** Words of which each must occur in some text of a record. */
  filter: string;
  /** Milliseconds. */
  from?: number | undefined;
  to?: number | undefined;
}

/** The records that match, newest first. */
export function auditRecordsOf(world: World, { filter, from, to }: AuditQuery): AuditRecord[] {
  const wanted = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return world
    .list(auditRecords, {
      reverse: true,
      where: (row) =>
        (from === undefined || row.at >= from) &&
        (to === undefined || row.at <= to) &&
        wanted.every((word) => textsOf(row).some((text) => text.toLowerCase().includes(word))),
    })
    .toArray(AUDIT_RECORDS_MAX);
}

const textsOf = ({ summary, category, objectItem, changedValues }: AuditRecord): string[] =>
  [
    summary,
    category,
    objectItem?.name,
    objectItem?.parentName,
    objectItem?.typeName,
    objectItem?.typeName === 'USER' ? objectItem.id : undefined,
    ...changedValues.flatMap((one) => [one.changedFrom, one.changedTo]),
  ].filter((text) => text !== undefined);

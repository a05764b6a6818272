/** What rules see of an issue's fields: their values as they are stored, as texts, as moments. */
import type { Table } from '../../../../../src/table.ts';
import type { World } from '../../../../../src/world/world.ts';
import { components, type Issue, type IssueFields, type Ref, versions } from '../../../world.ts';
import { fieldById } from '../../fields/fields.ts';
import { labelOf } from '../../issues/history.ts';
import { plainText } from '../../text/adf.ts';
import { momentOf } from '../../time.ts';

/** What a rule is asked about: an issue with the values that it is about to have. */
export interface Subject {
  issue: Issue;
  fields: IssueFields;
}

/** The stored value of a field; undefined where it has none. */
export function storedValue({ fields }: Subject, fieldId: string): unknown {
  if (fieldId === 'timetracking') return fields.timeoriginalestimate ?? fields.timeestimate ?? undefined;
  const value = (fields as unknown as Record<string, unknown>)[fieldId];
  return value === null || value === '' || (Array.isArray(value) && value.length === 0) ? undefined : value;
}

/** A value as the texts by which rules compare it: ids and names of what it refers to. */
export function textsOf(world: World, subject: Subject, fieldId: string): string[] {
  const value = storedValue(subject, fieldId);
  if (value === undefined) return [];
  const each = Array.isArray(value) ? value : [value];
  const rows = NAMED[fieldId];
  const names = rows ? each.flatMap((one) => world.get(rows, (one as Ref).id)?.name ?? []) : [];
  const texts = [...each.flatMap((one) => textsOfOne(one)), ...names];
  const [, label] = labelOf(world, fieldId as keyof IssueFields, subject.fields);
  return label === null || Array.isArray(value) ? texts : [...texts, label];
}

/** Fields whose values are parts of a project, which are known by name too. */
const NAMED: Readonly<Record<string, Table<{ name: string }>>> = {
  components,
  fixVersions: versions,
  versions,
} as never;

function textsOfOne(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [String(value)];
  const one = value as Record<string, unknown>;
  if (one.type === 'doc') return [plainText(value as never)];
  return ['id', 'value', 'name', 'accountId', 'key', 'groupId'].flatMap((key) =>
    typeof one[key] === 'string' ? [one[key]] : [],
  );
}

/** A date or a moment, in milliseconds; undefined where the field holds none. */
export function millisecondsOf(subject: Subject, fieldId: string): number | undefined {
  const value = storedValue(subject, fieldId);
  return typeof value === 'string' ? momentOf(value) : undefined;
}

/** How messages call a field. */
export const nameOf = (world: World, fieldId: string): string => fieldById(world, fieldId)?.name ?? fieldId;

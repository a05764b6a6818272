/**
 * What a bulk edit asks for, read into the values and verbs that an edit of one issue takes.
 * https://developer.atlassian.com/cloud/jira/platform/bulk-operation-additional-examples-and-faqs
 */
import { bulkRefused } from '../../errors.ts';
import { BULK_FIELDS_MAX } from '../../limits.ts';
import type { FieldInput } from './issueFields.ts';

type Json = Record<string, unknown>;

/** The parts of `editedFieldsInput`, by name: which field one entry is for, and what it asks of it. */
const READERS: Readonly<Record<string, (entry: Json) => Asked>> = {
  cascadingSelectFields: (one) => {
    const parent = optionOf(one.parentOptionValue);
    const child = optionOf(one.childOptionValue);
    return set(one.fieldId, parent && { ...parent, ...(child ? { child } : {}) });
  },
  clearableNumberFields: (one) => set(one.fieldId, one.value ?? null),
  colorFields: (one) => set(one.fieldId, (one.color as Json).name || null),
  datePickerFields: (one) => set(one.fieldId, dayOf((one.date as Json | undefined)?.formattedDate)),
  dateTimePickerFields: (one) => set(one.fieldId, (one.dateTime as Json).formattedDateTime || null),
  issueType: (one) => set('issuetype', { id: one.issueTypeId }),
  labelsFields: (one) => several(one, 'labels', ({ name }) => name),
  multipleGroupPickerFields: (one) =>
    set(
      one.fieldId,
      listOf(one.groups).map(({ groupName }) => ({ name: groupName })),
    ),
  multipleSelectClearableUserPickerFields: (one) =>
    set(one.fieldId, one.users ? listOf(one.users).map(({ accountId }) => ({ accountId })) : null),
  multipleSelectFields: (one) => set(one.fieldId, listOf(one.options).map(optionOf)),
  multipleVersionPickerFields: (one) =>
    several(one, 'versions', ({ versionId }) => ({ id: String(versionId) })),
  multiselectComponents: (one) =>
    several(one, 'components', ({ componentId }) => ({ id: String(componentId) })),
  originalEstimateField: (one) => set('timetracking', { originalEstimate: one.originalEstimateField }),
  priority: (one) => set('priority', { id: one.priorityId }),
  richTextFields: (one) => set(one.fieldId, (one.richText as Json).adfValue ?? null),
  singleGroupPickerFields: (one) => set(one.fieldId, groupOf(one.group)),
  singleLineTextFields: (one) => set(one.fieldId, one.text || null),
  singleSelectClearableUserPickerFields: (one) => set(one.fieldId, one.user ?? null),
  singleSelectFields: (one) => set(one.fieldId, optionOf(one.option)),
  singleVersionPickerFields: (one) => set(one.fieldId, versionOf(one.version)),
  timeTrackingField: (one) => set('timetracking', { remainingEstimate: one.timeRemaining }),
  urlFields: (one) => set(one.fieldId, one.url || null),
};

interface Asked {
  field: string;
  verbs: Json[];
}

/** The edit of one issue; 400 for a field that `actions` do not name, and for an action without a value. */
export function readBulkEdit(actions: readonly string[], edited: Json): FieldInput {
  if (actions.length === 0) throw bulkRefused('No actions were selected.');
  if (actions.length > BULK_FIELDS_MAX)
    throw bulkRefused(`The number of selected fields exceeds the limit of ${BULK_FIELDS_MAX}.`);
  const asked = Object.entries(edited).flatMap(([part, entries]) => {
    const read = READERS[part];
    if (!read) throw bulkRefused(`${part} cannot be edited in bulk.`);
    return (Array.isArray(entries) ? entries : [entries]).map((entry) => read(entry as Json));
  });
  const unlisted = asked.map(({ field }) => field).filter((field) => !actions.includes(field));
  if (unlisted.length > 0)
    throw bulkRefused(
      `The following editedFieldInput values are not listed as selectedActions : ${unlisted.join(', ')}`,
    );
  const unasked = actions.filter((action) => !asked.some(({ field }) => field === action));
  if (unasked.length > 0)
    throw bulkRefused(
      `The following selectedActions have no corresponding editedFieldInput values : ${unasked.join(', ')}`,
    );
  const { fields, update }: { fields: Json; update: Json } = { fields: {}, update: {} };
  for (const { field, verbs } of asked) {
    const [first] = verbs;
    if (verbs.length === 1 && first && 'set' in first)
      fields[field] =
        field === 'timetracking' ? { ...(fields[field] as Json), ...(first.set as Json) } : first.set;
    else update[field] = verbs;
  }
  return { fields, update };
}

const set = (field: unknown, value: unknown): Asked => ({ field: String(field), verbs: [{ set: value }] });

const listOf = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : []);

/** A field of several values: one verb per value, or all of them at once. */
function several(one: Json, key: string, each: (value: Json) => unknown): Asked {
  const field = String(one.fieldId);
  const values = listOf(one[key]).map(each);
  switch (one.bulkEditMultiSelectFieldOption) {
    case 'ADD':
      return { field, verbs: values.map((value) => ({ add: value })) };
    case 'REMOVE':
      return { field, verbs: values.map((value) => ({ remove: value })) };
    case 'REMOVE_ALL':
      return set(field, []);
    default:
      return set(field, values);
  }
}

/** `-1` and nothing clear a choice. */
function optionOf(value: unknown): { id: string } | null {
  const { optionId } = (value ?? {}) as { optionId?: unknown };
  return optionId === undefined || optionId === null || optionId === -1 ? null : { id: String(optionId) };
}

function versionOf(value: unknown): { id: string } | null {
  const { versionId } = (value ?? {}) as { versionId?: unknown };
  return versionId === undefined || String(versionId) === '-1' ? null : { id: String(versionId) };
}

function groupOf(value: unknown): { name: unknown } | null {
  const { groupName } = (value ?? {}) as { groupName?: unknown };
  return groupName ? { name: groupName } : null;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** `2/Mar/26` or `02-03-2026` as `2026-03-02`; what is neither stays, to be refused as a date. */
function dayOf(value: unknown): unknown {
  if (typeof value !== 'string' || value === '') return null;
  const named = /^(\d{1,2})\/(\w{3})\/(\d{2}|\d{4})$/.exec(value);
  const numbered = /^(\d{1,2})-(\d{1,2})-(\d{4})$/.exec(value);
  const [, day = '', month = '', year = ''] = named ?? numbered ?? [];
  if (!day) return value;
  const number = named ? MONTHS.indexOf(month.toLowerCase()) + 1 : Number(month);
  return `${year.padStart(4, '20')}-${String(number).padStart(2, '0')}-${day.padStart(2, '0')}`;
}

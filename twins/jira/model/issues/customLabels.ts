/** How the changelog names values of custom fields: `[id, text]`, in the forms that each kind has. */
import type { World } from '../../../../src/world/world.ts';
import { fieldOptions, groups, projects, type Ref, versions } from '../../world.ts';
import { TIME_ZONE } from '../defaults.ts';
import type { Field } from '../fields/fields.ts';
import { personOf } from '../people/people.ts';
import { type AdfDocument, plainText } from '../text/adf.ts';
import { parseStamp, shown } from '../time.ts';

export type Label = readonly [id: string | null, text: string | null];

const NOTHING: Label = [null, null];

/** What the changelog writes of a value; `['', '']` for an empty list. */
export function customLabel(world: World, field: Field, value: unknown): Label {
  const { type = 'any', items } = field.schema ?? {};
  if (type === 'array') return listLabel(world, items ?? '', value);
  if (value === null || value === undefined) return NOTHING;
  switch (type) {
    case 'option':
    case 'project':
    case 'version':
    case 'user':
    case 'group':
      return [idOf(value), nameOf(world, type, value)];
    case 'option-with-child':
      return [null, cascading(world, value as Ref & { child?: Ref })];
    case 'date':
      return [String(value), pickedDate(String(value))];
    case 'datetime':
      return [shown(String(value), TIME_ZONE), pickedMoment(String(value), TIME_ZONE)];
    default:
      return [null, textOf(value)];
  }
}

function listLabel(world: World, items: string, value: unknown): Label {
  const all = Array.isArray(value) ? (value as unknown[]) : [];
  if (items === 'string') return [null, all.join(' ')];
  if (all.length === 0) return ['', ''];
  return [`[${all.map(idOf).join(', ')}]`, all.map((one) => nameOf(world, items, one)).join(', ')];
}

const idOf = (value: unknown): string => {
  const { id, accountId, groupId } = (value ?? {}) as { id?: string; accountId?: string; groupId?: string };
  return id ?? accountId ?? groupId ?? String(value);
};

function nameOf(world: World, type: string, value: unknown): string {
  const id = idOf(value);
  switch (type) {
    case 'option':
      return world.get(fieldOptions, id)?.value ?? id;
    case 'project':
      return world.get(projects, id)?.name ?? id;
    case 'version':
      return world.get(versions, id)?.name ?? id;
    case 'user':
      return personOf(world, { accountId: id })?.displayName ?? id;
    case 'group':
      return world.get(groups, id)?.name ?? id;
    default:
      return id;
  }
}

function cascading(world: World, { id, child }: Ref & { child?: Ref }): string {
  const named = (ref: Ref) => `${world.get(fieldOptions, ref.id)?.value ?? ref.id}(${ref.id})`;
  return `Parent values: ${named({ id })}${child ? `Level 1 values: ${named(child)}` : ''}`;
}

const textOf = (value: unknown): string =>
  typeof value !== 'object'
    ? String(value)
    : (value as { type?: string }).type === 'doc'
      ? plainText(value as AdfDocument)
      : JSON.stringify(value);

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `2026-03-02` as people read it: `02/Mar/26`. */
export function pickedDate(day: string): string {
  const [year = '', month = '', date = ''] = day.split('-');
  return `${date}/${MONTHS[Number(month) - 1] ?? month}/${year.slice(-2)}`;
}

/** A stored moment as people in a time zone read it: `02/Mar/26 9:05 AM`. */
export function pickedMoment(stored: string, zone: string): string {
  if (parseStamp(stored) === undefined) return stored;
  const local = shown(stored, zone);
  const hour = Number(local.slice(11, 13));
  return `${pickedDate(local.slice(0, 10))} ${hour % 12 || 12}:${local.slice(14, 16)} ${hour < 12 ? 'AM' : 'PM'}`;
}

/** Columns of lists: what they may be, and what their cells hold. https://docs.slack.dev/reference/methods/slackLists.create */
import { shaped, UPPER36 } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import { refuse } from '../../errors.ts';
import { LIST_CELL_VALUES_MAX, LIST_CHOICES_MAX, LIST_COLUMNS_MAX } from '../../limits.ts';
import { channels, files, isObject, type Json, users } from '../../world.ts';

/** A column as Slack shows it. */
export interface Column {
  id: string;
  key: string;
  name: string;
  is_primary_column: boolean;
  type: string;
  options?: Json;
}

/** The word under which a cell of each kind of column holds its value; `none`: Slack fills it in itself. */
const HOLDS: Readonly<Record<string, string>> = {
  text: 'rich_text',
  rich_text: 'rich_text',
  message: 'message',
  number: 'number',
  select: 'select',
  multi_select: 'select',
  date: 'date',
  user: 'user',
  attachment: 'attachment',
  checkbox: 'checkbox',
  email: 'email',
  phone: 'phone',
  channel: 'channel',
  rating: 'rating',
  vote: 'vote',
  assignee: 'user',
  due_date: 'date',
  completed: 'checkbox',
  todo_assignee: 'user',
  todo_due_date: 'date',
  todo_completed: 'checkbox',
  canvas: 'reference',
  reference: 'reference',
  link: 'link',
  timestamp: 'timestamp',
  created_by: 'none',
  created_time: 'none',
  last_edited_by: 'none',
  last_edited_time: 'none',
};

/** Columns that only the to-do mode brings. */
const TODO: readonly Column[] = [
  {
    key: 'todo_completed',
    name: 'Completed',
    is_primary_column: false,
    type: 'todo_completed',
    id: 'Col00',
  },
  {
    key: 'todo_assignee',
    name: 'Assignee',
    is_primary_column: false,
    type: 'todo_assignee',
    options: { format: 'multi_entity', default_value: null, show_member_name: true },
    id: 'Col01',
  },
  { key: 'todo_due_date', name: 'Due Date', is_primary_column: false, type: 'todo_due_date', id: 'Col02' },
];

/**
 * The columns that a schema asks for; one of names where there is none. Throws `invalid_schema`,
 * `invalid_column_type`, `invalid_primary_column`, `over_column_maximum`.
 */
export function columnsOf(world: World, schema: readonly unknown[] | undefined, todo: boolean): Column[] {
  const given = schema ?? [{ key: 'name', name: 'Name', type: 'text', is_primary_column: true }];
  if (given.length === 0) throw refuse('invalid_schema');
  const columns = given.map((one) => column(world, one));
  if (new Set(columns.map(({ key }) => key)).size < columns.length) throw refuse('invalid_schema');
  const primary = columns.filter((one) => one.is_primary_column);
  if (primary.length !== 1 || primary[0]?.type !== 'text') throw refuse('invalid_primary_column');
  const all = todo ? [...columns, ...TODO] : columns;
  if (all.length > LIST_COLUMNS_MAX) throw refuse('over_column_maximum');
  return all;
}

/** The columns with those of the to-do mode, or without them. */
export function todoMode(columns: readonly Column[], todo: boolean): Column[] {
  const own = columns.filter(({ type }) => !type.startsWith('todo_'));
  return todo ? [...own, ...TODO] : own;
}

/** A cell as Slack shows it; `Json` holds `key`, `value`, the value under its kind, `column_id`. */
export type Field = Json & { key: string; column_id: string };

/**
 * A cell with a value in the words of its column. Throws `invalid_input_type`, `uneditable_column`,
 * `invalid_option_id`, `invalid_date`, `invalid_email`, `invalid_link`, `invalid_vote_value`, `user_not_found`,
 * `channel_not_found`, `file_not_found`, `over_cell_fields_limit`.
 */
export function fieldOf(
  world: World,
  { id, key, type, options }: Column,
  cell: Json,
  block: () => string,
): Field {
  const kind = HOLDS[type] ?? 'none';
  if (kind === 'none') throw refuse('uneditable_column');
  const given = cell[kind];
  if (given === undefined) throw refuse('invalid_input_type');
  if (kind === 'checkbox') {
    if (typeof given !== 'boolean') throw refuse('invalid_input_type');
    return { key, value: given, checkbox: given, column_id: id };
  }
  if (!Array.isArray(given)) throw refuse(kind === 'vote' ? 'invalid_vote_value' : 'invalid_input_type');
  if (given.length > LIST_CELL_VALUES_MAX) throw refuse('over_cell_fields_limit');
  if (kind === 'rich_text') return textField(key, id, given, block);
  for (const one of given) check(world, kind, one, options);
  const plain = given.map((one) => (isObject(one) ? JSON.stringify(one) : one));
  const value = plain.length === 1 ? plain[0] : plain.join(',');
  const more = kind === 'date' ? { timestamp: given.map(() => -1) } : {};
  return { key, value, [kind]: given, ...more, column_id: id };
}

function column(world: World, given: unknown): Column {
  if (!isObject(given)) throw refuse('invalid_schema');
  const { key, name, type, options } = given;
  if (typeof key !== 'string' || key === '' || typeof name !== 'string' || name === '')
    throw refuse('invalid_schema');
  if (typeof type !== 'string' || HOLDS[type] === undefined || type.startsWith('todo_'))
    throw refuse('invalid_column_type');
  const shown = optionsOf(type, options);
  return {
    id: shaped(world.draw('slack.listColumn'), 'Col0', 10, UPPER36),
    key,
    name,
    is_primary_column: given.is_primary_column === true,
    type,
    ...(shown ? { options: shown } : {}),
  };
}

const FORMATS: Readonly<Record<string, string>> = {
  select: 'single_select',
  multi_select: 'multi_select',
  user: 'single_entity',
};

function optionsOf(type: string, given: unknown): Json | undefined {
  if (given !== undefined && !isObject(given)) throw refuse('invalid_schema');
  const { choices } = given ?? {};
  if (type === 'select' || type === 'multi_select') {
    const good = Array.isArray(choices) && choices.every((one) => isObject(one) && one.value && one.label);
    if (!good || choices.length > LIST_CHOICES_MAX) throw refuse('invalid_schema');
  }
  const format = FORMATS[type];
  if (!given && !format) return undefined;
  return { ...given, ...(format && !given?.format ? { format } : {}), show_member_name: true };
}

function check(world: World, kind: string, value: unknown, options: Json | undefined): void {
  const text = typeof value === 'string' ? value : undefined;
  switch (kind) {
    case 'number':
    case 'timestamp':
      if (typeof value !== 'number') throw refuse('invalid_input_type');
      return;
    case 'rating':
      if (typeof value !== 'number' || value < 0 || value > Number(options?.max ?? 5))
        throw refuse('invalid_input_type');
      return;
    case 'select': {
      const choices = (options?.choices ?? []) as Json[];
      if (!choices.some((one) => one.value === value)) throw refuse('invalid_option_id');
      return;
    }
    case 'date':
      if (!text || !/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(Date.parse(text)))
        throw refuse('invalid_date');
      return;
    case 'email':
      if (!text || !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(text)) throw refuse('invalid_email');
      return;
    case 'phone':
      if (!text || !/^[+\d][\d\s().-]{2,}$/.test(text)) throw refuse('invalid_phone_number');
      return;
    case 'user':
    case 'vote':
      if (!text || !world.get(users, text))
        throw refuse(kind === 'vote' ? 'invalid_vote_value' : 'user_not_found');
      return;
    case 'channel':
      if (!text || !world.get(channels, text)) throw refuse('channel_not_found');
      return;
    case 'attachment':
      if (!text || !world.get(files, text)) throw refuse('file_not_found');
      return;
    case 'message':
      if (!text || !URL.canParse(text)) throw refuse('invalid_message');
      return;
    case 'link':
      if (!isObject(value) || !URL.canParse(String(value.original_url))) throw refuse('invalid_link');
      return;
    default:
      if (!isObject(value)) throw refuse('invalid_input_type');
  }
}

function textField(key: string, column_id: string, given: readonly unknown[], block: () => string): Field {
  const good = given.every((one) => isObject(one) && one.type === 'rich_text' && Array.isArray(one.elements));
  if (!good) throw refuse('invalid_text_block');
  const rich_text = (given as Json[]).map(({ type, elements, block_id }) => ({
    type,
    block_id: block_id ?? block(),
    elements,
  }));
  return { key, value: JSON.stringify(rich_text), text: plainText(rich_text), rich_text, column_id };
}

/** What a person reads in rich text; bold and the like in Slack's marks. */
function plainText(value: unknown): string {
  if (Array.isArray(value)) return value.map(plainText).join('');
  if (!isObject(value)) return '';
  const { type, text, elements, style } = value;
  if (elements !== undefined)
    return plainText(elements) + (type === 'rich_text_section' ? '' : '\n').replace(/\n$/, '');
  const shown =
    type === 'emoji'
      ? `:${value.name}:`
      : type === 'user'
        ? `<@${value.user_id}>`
        : String(text ?? value.url ?? '');
  const marks = isObject(style)
    ? [style.bold && '*', style.italic && '_', style.strike && '~', style.code && '`']
    : [];
  return marks.reduce<string>((inner, mark) => (mark ? `${mark}${inner}${mark}` : inner), shown);
}

/**
 * What people fill in and pick: values as the state of a view or a message shows them, checked as Slack's own screens
 * check them. https://docs.slack.dev/reference/block-kit/block-elements
 */
import { cannot } from '../../errors.ts';
import { isObject, type Json } from '../../world.ts';
import { interactive } from '../blocks/prepare.ts';

/** State by block id and action id. */
export type Values = Record<string, Record<string, Json>>;

/** Finds what a person means by a text, and what an app offered them. */
export interface Finder {
  /** A user's id, by e-mail, `@` and an app's name, or id. */
  user(text: string): string;
  /** A conversation's id, by name or id. */
  place(text: string): string;
  /** A file that the person may see, as payloads show it. */
  file(id: string): Json;
  /** Options that an app was asked for and gave. */
  offered(block: Json, element: Json): readonly Json[] | undefined;
  /** The rich text that Slack's composer makes of what is typed. */
  rich(text: string): Json;
}

interface Kind {
  /** Under which key its state is. */
  field: string;
  many?: true;
  /** Under which key the app says what is filled in from the start. */
  initial?: string;
}

const KINDS: Readonly<Record<string, Kind>> = {
  plain_text_input: { field: 'value', initial: 'initial_value' },
  email_text_input: { field: 'value', initial: 'initial_value' },
  url_text_input: { field: 'value', initial: 'initial_value' },
  number_input: { field: 'value', initial: 'initial_value' },
  rich_text_input: { field: 'rich_text_value', initial: 'initial_value' },
  file_input: { field: 'files', many: true },
  static_select: { field: 'selected_option', initial: 'initial_option' },
  external_select: { field: 'selected_option', initial: 'initial_option' },
  radio_buttons: { field: 'selected_option', initial: 'initial_option' },
  checkboxes: { field: 'selected_options', many: true, initial: 'initial_options' },
  multi_static_select: { field: 'selected_options', many: true, initial: 'initial_options' },
  multi_external_select: { field: 'selected_options', many: true, initial: 'initial_options' },
  users_select: { field: 'selected_user', initial: 'initial_user' },
  multi_users_select: { field: 'selected_users', many: true, initial: 'initial_users' },
  channels_select: { field: 'selected_channel', initial: 'initial_channel' },
  multi_channels_select: { field: 'selected_channels', many: true, initial: 'initial_channels' },
  conversations_select: { field: 'selected_conversation', initial: 'initial_conversation' },
  multi_conversations_select: {
    field: 'selected_conversations',
    many: true,
    initial: 'initial_conversations',
  },
  datepicker: { field: 'selected_date', initial: 'initial_date' },
  timepicker: { field: 'selected_time', initial: 'initial_time' },
  datetimepicker: { field: 'selected_date_time', initial: 'initial_date_time' },
};

/** Is what was filled in kept, as it is not of buttons and overflow menus? */
export const isKept = (element: Json): boolean => KINDS[String(element.type)] !== undefined;

/** Was nothing filled in? */
export function isEmpty({ type, ...state }: Json): boolean {
  const value = state[KINDS[String(type)]?.field ?? ''];
  return (
    value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
  );
}

/** The state of everything in some blocks: what was filled in, else what the app filled in from the start. */
export function statesOf(blocks: readonly Json[], filled: Values): Values {
  const states: Values = {};
  for (const { block, element } of interactive(blocks)) {
    if (!isKept(element)) continue;
    const [inBlock, action] = [String(block.block_id), String(element.action_id)];
    const known = filled[inBlock]?.[action];
    states[inBlock] = {
      ...states[inBlock],
      [action]: known && known.type === element.type ? known : initial(element),
    };
  }
  return states;
}

/** The state that an element gets by `value`. Throws (as a gesture) where its screen would not take it. */
export function filledBy(find: Finder, block: Json, element: Json, value: unknown): Json {
  const type = String(element.type);
  const kind = KINDS[type];
  if (!kind) throw cannot('nothing_to_fill_in', `${String(element.action_id)} takes no value`);
  const read = reader(find, block, element);
  if (!kind.many) return { type, [kind.field]: value === null || value === undefined ? null : read(value) };
  const all = (Array.isArray(value) ? value : value === null || value === undefined ? [] : [value]).map(read);
  const max = Number(element.max_selected_items ?? element.max_files ?? all.length);
  if (all.length > max) throw refused(element, `takes no more than ${max}`);
  return { type, [kind.field]: all };
}

/** The option of a menu with this value. Throws (as a gesture) where there is none. */
export function optionOf(element: Json, given: unknown, offered?: readonly Json[]): Json {
  const value = isObject(given) ? given.value : given;
  const options = [...optionsIn(element), ...(offered ?? [])];
  const found = options.find((one) => one.value === value);
  if (found) return found;
  const others = options.map((one) => String(one.value)).join(', ') || 'none yet: have it suggest some';
  throw refused(element, `offers no ${String(value)}; it offers ${others}`);
}

/** The options of a list that an app gave, those of groups too. */
export const optionsIn = ({ options, option_groups }: Json): Json[] => [
  ...list(options),
  ...list(option_groups).flatMap((group) => list(group.options)),
];

const list = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isObject) : []);

function initial(element: Json): Json {
  const type = String(element.type);
  const { field, many, initial: key } = KINDS[type] as Kind;
  return { type, [field]: (key && element[key]) ?? (many ? [] : null) };
}

/** Reads one value for an element. */
function reader(find: Finder, block: Json, element: Json): (value: unknown) => unknown {
  const type = String(element.type).replace(/^multi_/, '');
  const text = (value: unknown): string => {
    if (typeof value === 'string') return value;
    throw refused(element, 'takes text');
  };
  switch (type) {
    case 'users_select':
      return (value) => find.user(text(value));
    case 'channels_select':
    case 'conversations_select':
      return (value) => find.place(text(value));
    case 'external_select':
      return (value) => optionOf(element, value, find.offered(block, element));
    case 'static_select':
    case 'radio_buttons':
    case 'checkboxes':
      return (value) => optionOf(element, value);
    case 'rich_text_input':
      return (value) => (isObject(value) ? value : find.rich(text(value)));
    case 'datetimepicker':
      return (value) => Number(shaped(element, String(value), /^\d{10}$/, 'seconds since the epoch'));
    case 'file_input':
      return (value) => find.file(text(value));
    case 'number_input':
      return (value) => numeric(element, String(value));
    default:
      return (value) => typed(element, type, text(value));
  }
}

const FORMS: Readonly<Record<string, [RegExp, string]>> = {
  datepicker: [/^\d{4}-(0\d|1[0-2])-([0-2]\d|3[01])$/, 'a date such as 2026-03-02'],
  timepicker: [/^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as 09:30'],
  email_text_input: [/^[^\s@]+@[^\s@]+\.[^\s@]+$/, 'an e-mail address'],
  url_text_input: [/^https?:\/\/\S+$/, 'an address that begins with http'],
};

function typed(element: Json, type: string, value: string): string {
  const form = FORMS[type];
  if (form) return shaped(element, value, ...form);
  const { min_length: min = 0, max_length: max = value.length } = element;
  if (value.length < Number(min) && value !== '')
    throw refused(element, `takes ${String(min)} characters or more`);
  if (value.length > Number(max)) throw refused(element, `takes ${String(max)} characters or fewer`);
  return value;
}

function numeric(element: Json, value: string): string {
  shaped(element, value, element.is_decimal_allowed === true ? /^-?\d+(\.\d+)?$/ : /^-?\d+$/, 'a number');
  const { min_value: min, max_value: max } = element;
  if (min !== undefined && Number(value) < Number(min))
    throw refused(element, `takes ${String(min)} or more`);
  if (max !== undefined && Number(value) > Number(max))
    throw refused(element, `takes ${String(max)} or less`);
  return value;
}

function shaped(element: Json, value: string, form: RegExp, what: string): string {
  if (form.test(value)) return value;
  throw refused(element, `takes ${what}`);
}

const refused = (element: Json, why: string) =>
  cannot('value_not_taken', `${String(element.action_id)} (${String(element.type)}) ${why}`);

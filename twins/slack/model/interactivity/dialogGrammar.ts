/** What a classic dialog must hold, and how Slack says what is wrong. https://docs.slack.dev/reference/methods/dialog.open */
import { DIALOG_ELEMENTS_MAX, DIALOG_OPTIONS_MAX } from '../../limits.ts';
import { isObject, type Json } from '../../world.ts';

/** What is wrong with a dialog; nothing where it will do. */
export function dialogErrors(dialog: Json): string[] {
  const { title, callback_id, elements, submit_label, state } = dialog;
  const errors = ['title', 'callback_id', 'elements'].flatMap((name) =>
    dialog[name] === undefined || dialog[name] === '' ? [`The field \`${name}\` is required`] : [],
  );
  errors.push(...longer('title', title, 24), ...longer('submit_button', submit_label, 24));
  if (typeof submit_label === 'string' && /\s/.test(submit_label.trim()))
    errors.push('The field `submit_button` can only be one word');
  errors.push(...longer('callback_id', callback_id, 255), ...longer('state', state, 3_000));
  if (elements === undefined) return errors;
  if (!Array.isArray(elements)) return [...errors, 'The field `elements` must be a list'];
  if (elements.length === 0) errors.push('The field `elements` has to include at least one element');
  if (elements.length > DIALOG_ELEMENTS_MAX)
    errors.push('The field `elements` cannot include more than ten elements');
  const names = new Set<unknown>();
  elements.forEach((element: unknown, i) => {
    errors.push(...elementErrors(element, names).map((error) => `Element ${i} ${error}`));
    if (isObject(element)) names.add(element.name);
  });
  return errors;
}

const longer = (name: string, value: unknown, max: number): string[] =>
  typeof value === 'string' && [...value].length > max
    ? [`The field \`${name}\` cannot be longer than ${max} characters`]
    : [];

/** Lengths of texts by an element's kind. */
const TEXT_MAX: Readonly<Record<string, number>> = { text: 150, textarea: 3_000 };
const SUBTYPES = new Set(['email', 'number', 'tel', 'url']);

function elementErrors(element: unknown, names: ReadonlySet<unknown>): string[] {
  if (!isObject(element)) return ['must be an object'];
  const { type, name, label, subtype } = element;
  if (type === undefined) return ['is missing required field `type`'];
  if (type !== 'text' && type !== 'textarea' && type !== 'select') return ['has an invalid `type`'];
  const errors: string[] = [];
  if (!name) errors.push('is missing required field `name`');
  if (!label) errors.push('is missing required field `label`');
  if (name && names.has(name)) errors.push('has a repeated name');
  errors.push(...fieldLonger(element, { name: 300, hint: 150, label: 48, placeholder: 150 }));
  if (subtype && !SUBTYPES.has(String(subtype))) errors.push('has an invalid `subtype`');
  return [...errors, ...(type === 'select' ? optionErrors(element) : textErrors(element, String(type)))];
}

const fieldLonger = (element: Json, bounds: Readonly<Record<string, number>>): string[] =>
  Object.entries(bounds).flatMap(([field, max]) =>
    typeof element[field] === 'string' && [...element[field]].length > max
      ? [`field \`${field}\` cannot be longer than ${max} characters`]
      : [],
  );

function textErrors(element: Json, type: string): string[] {
  const max = TEXT_MAX[type] as number;
  const outside = (field: string, from: number) => {
    const value = element[field];
    return value !== undefined && value !== null && !(Number(value) >= from && Number(value) <= max)
      ? [`field \`${field}\` must be between ${from} and ${max} (inclusive)`]
      : [];
  };
  return [...outside('min_length', 0), ...outside('max_length', 1), ...fieldLonger(element, { value: max })];
}

function optionErrors({ data_source, options, option_groups }: Json): string[] {
  if (data_source !== undefined && data_source !== 'static') return [];
  if (options === undefined && Array.isArray(option_groups)) return [];
  if (!Array.isArray(options)) return ['field `options` must be a list'];
  if (options.length === 0) return ['field `options` must have at least one option'];
  if (options.length > DIALOG_OPTIONS_MAX) return ['field `options` must have fewer than 100 options'];
  return options.flatMap((option: unknown) =>
    ['label', 'value'].flatMap((field) => {
      const value = isObject(option) ? option[field] : undefined;
      if (value === undefined || value === '')
        return [`\`options\` item is missing required field \`${field}\``];
      return String(value).length > 75
        ? [`\`options\` item \`${field}\` field cannot exceed 75 characters`]
        : [];
    }),
  );
}

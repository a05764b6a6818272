/**
 * What a custom field holds in a context until it is set: given by administrators in the form of the field's kind,
 * written into new issues.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-custom-field-contexts/#api-rest-api-3-field-fieldid-context-defaultvalue-put
 */
import { ApiError } from '../../../../src/error.ts';
import type { World } from '../../../../src/world/world.ts';
import { missing, refused } from '../../errors.ts';
import { SHORT_TEXT_CHARS_MAX, TEXT_CHARS_MAX } from '../../limits.ts';
import {
  customFields,
  type FieldContext,
  fieldContexts,
  groups,
  type IssueType,
  type Project,
  projects,
  users,
  versions,
} from '../../world.ts';
import { documentFromWiki } from '../text/wikiReader.ts';
import { isDay, parseStamp, stamp } from '../time.ts';
import { contextFor, requireContext } from './contexts.ts';
import { requireCustomField } from './customFields.ts';
import { fieldById } from './fields.ts';
import { STANDARD } from './fieldTypes.ts';
import { requireOption } from './options.ts';

/** A default as it is sent and shown: `{contextId, type, …}`. */
export type DefaultValue = Readonly<Record<string, unknown>>;

/** One kind of default. */
interface DefaultKind {
  type: string;
  /** Checks what was sent; refuses what refers to nothing. */
  check(world: World, context: FieldContext, value: DefaultValue): void;
  /** The value that a new issue gets; `null` for none. */
  value(world: World, value: DefaultValue): unknown;
  /** Under which keys its parts are. */
  keys: readonly string[];
  /** What it is shown with where it was not sent. */
  always?: DefaultValue;
}

const invalid = (what: string) => refused('badRequest', `The default value ${what} is invalid.`);

const textOf = (value: unknown, key: string): string => {
  if (typeof value !== 'string') throw invalid(key);
  return value;
};

const textsOf = (value: unknown, key: string): string[] => {
  if (!Array.isArray(value) || value.some((one) => typeof one !== 'string')) throw invalid(key);
  return value as string[];
};

const refs = (ids: unknown, key = 'id'): object[] => (ids as string[]).map((id) => ({ [key]: id }));

const text = (type: string, max: number, read: (sent: string) => unknown = (sent) => sent): DefaultKind => ({
  type,
  keys: ['text'],
  check(_world, _context, { text: sent }) {
    if (textOf(sent, 'text').length > max)
      throw refused('badRequest', `The default text cannot be longer than ${max} characters.`);
  },
  value: (_, { text: sent }) => (sent === '' ? null : read(String(sent))),
});

const when = (type: string, key: string, good: (sent: string) => boolean): DefaultKind => ({
  type,
  keys: [key, 'useCurrent'],
  check(_world, _context, value) {
    if (value.useCurrent !== true && !good(textOf(value[key], key))) throw invalid(key);
  },
  value(world, { useCurrent, [key]: sent }) {
    const now = stamp(world.now());
    if (useCurrent === true) return key === 'date' ? now.slice(0, 10) : now;
    return key === 'date' ? sent : stamp(parseStamp(String(sent)) ?? Date.parse(String(sent)));
  },
});

/** Things of a table, by id: one under `key`, or several. */
const things = (
  type: string,
  key: string,
  find: (world: World, context: FieldContext, id: string) => void,
  many: boolean,
  as = 'id',
  more: readonly string[] = [],
): DefaultKind => ({
  type,
  keys: [key, ...more],
  check(world, context, { [key]: sent }) {
    for (const id of many ? textsOf(sent, key) : [textOf(sent, key)]) find(world, context, id);
  },
  value: (_, { [key]: sent }) => (many ? refs(sent, as) : { [as]: sent }),
});

const option = (world: World, context: FieldContext, id: string): void => {
  requireOption(world, context, id);
};
const user = (world: World, _: FieldContext, id: string): void => {
  world.require(users, id, () => missing('The user was not found.'));
};
const group = (world: World, _: FieldContext, id: string): void => {
  world.require(groups, id, () => missing('The group was not found.'));
};
const project = (world: World, _: FieldContext, id: string): void => {
  world.require(projects, id, () => missing('The project was not found.'));
};
const version = (world: World, _: FieldContext, id: string): void => {
  world.require(versions, id, () => missing('The version was not found.'));
};

const CASCADING: DefaultKind = {
  type: 'option.cascading',
  keys: ['optionId', 'cascadingOptionId'],
  check(world, context, { optionId, cascadingOptionId }) {
    const top = requireOption(world, context, textOf(optionId, 'optionId'));
    if (top.optionId !== undefined) throw missing('The option was not found.');
    if (cascadingOptionId === undefined || cascadingOptionId === null) return;
    const below = requireOption(world, context, textOf(cascadingOptionId, 'cascadingOptionId'));
    if (below.optionId !== top.id) throw missing('The cascading option was not found.');
  },
  value: (_, { optionId, cascadingOptionId }) => ({
    id: optionId,
    ...(cascadingOptionId ? { child: { id: cascadingOptionId } } : {}),
  }),
};

const ONE_OPTION = things('option.single', 'optionId', option, false);
const MANY_OPTIONS = things('option.multiple', 'optionIds', option, true);
const MANY_USERS = things('multi.user.select', 'accountIds', user, true, 'accountId');

const KINDS: Readonly<Record<string, DefaultKind>> = {
  datepicker: when('datepicker', 'date', isDay),
  datetime: when('datetimepicker', 'dateTime', (sent) => !Number.isNaN(Date.parse(sent))),
  select: ONE_OPTION,
  radiobuttons: ONE_OPTION,
  multiselect: MANY_OPTIONS,
  multicheckboxes: MANY_OPTIONS,
  cascadingselect: CASCADING,
  userpicker: {
    ...things('single.user.select', 'accountId', user, false, 'accountId', ['userFilter']),
    always: { userFilter: { enabled: false, groups: [], roleIds: [] } },
  },
  multiuserpicker: MANY_USERS,
  people: MANY_USERS,
  grouppicker: things('grouppicker.single', 'groupId', group, false, 'groupId'),
  multigrouppicker: things('grouppicker.multiple', 'groupIds', group, true, 'groupId'),
  project: things('project', 'projectId', project, false),
  version: things('version.single', 'versionId', version, false, 'id', ['versionOrder']),
  multiversion: things('version.multiple', 'versionIds', version, true, 'id', ['versionOrder']),
  textfield: text('textfield', SHORT_TEXT_CHARS_MAX - 1),
  readonlyfield: text('readonly', SHORT_TEXT_CHARS_MAX),
  textarea: text('textarea', TEXT_CHARS_MAX, documentFromWiki),
  url: {
    type: 'url',
    keys: ['url'],
    check(_world, _context, { url }) {
      if (!URL.canParse(textOf(url, 'url'))) throw invalid('url');
    },
    value: (_, { url }) => url,
  },
  float: {
    type: 'float',
    keys: ['number'],
    check(_world, _context, { number }) {
      if (typeof number !== 'number') throw invalid('number');
    },
    value: (_, { number }) => number,
  },
  labels: {
    type: 'labels',
    keys: ['labels'],
    check(_world, _context, { labels }) {
      if (textsOf(labels, 'labels').some((one) => one === '' || /\s/.test(one))) throw invalid('labels');
    },
    value: (_, { labels }) => labels,
  },
};

const kindOf = (world: World, fieldId: string): DefaultKind | undefined => {
  const type = world.get(customFields, fieldId)?.type ?? '';
  return type.startsWith(STANDARD) ? KINDS[type.slice(STANDARD.length)] : undefined;
};

/** Sets defaults of a field's contexts, or takes them away where what they consist of is `null`. */
export function setDefaults(world: World, fieldId: string, values: readonly DefaultValue[]): void {
  requireCustomField(world, fieldId);
  if (new Set(values.map((one) => one.type)).size > 1)
    throw refused('badRequest', 'All default values in the request must have the same type.');
  const contexts = values.map((one) => requireContext(world, fieldId, String(one.contextId)));
  if (new Set(contexts.map((one) => one.id)).size < contexts.length)
    throw refused('badRequest', 'The contextIds must not contain duplicates.');
  const kind = kindOf(world, fieldId);
  const taken = values.map((value, i) => {
    if (!kind || kind.type !== value.type)
      throw refused(
        'badRequest',
        `The default value type '${String(value.type)}' is not valid for the field.`,
      );
    const [main = ''] = kind.keys;
    if (value[main] === null) return undefined;
    kind.check(world, contexts[i] as FieldContext, value);
    const parts = kind.keys.flatMap((key) => (value[key] === undefined ? [] : [[key, value[key]]]));
    return { ...kind.always, ...Object.fromEntries(parts), type: kind.type };
  });
  contexts.forEach((context, i) => {
    const { defaultValue: _, ...rest } = context;
    const value = taken[i];
    world.put(fieldContexts, value ? { ...rest, defaultValue: value } : rest);
  });
}

/** The values that new issues of a kind get in a project, by field id. */
export function defaultsFor(
  world: World,
  at: Project,
  type: IssueType,
): [id: `customfield_${number}`, value: unknown][] {
  return world
    .list(fieldContexts, { index: 'defaulted', equals: 'yes' })
    .toArray()
    .flatMap((context) => {
      const { fieldId, defaultValue } = context;
      const kind = kindOf(world, fieldId);
      if (!kind || !defaultValue || !fieldById(world, fieldId)) return [];
      if (contextFor(world, fieldId, at.id, type.id)?.id !== context.id) return [];
      const value = stands(world, kind, context, defaultValue) ? kind.value(world, defaultValue) : null;
      return value === null ? [] : [[fieldId as `customfield_${number}`, value]];
    });
}

/** Whether all that a default refers to is still there. */
function stands(world: World, kind: DefaultKind, context: FieldContext, value: DefaultValue): boolean {
  try {
    kind.check(world, context, value);
    return true;
  } catch (error) {
    if (error instanceof ApiError) return false;
    throw error;
  }
}

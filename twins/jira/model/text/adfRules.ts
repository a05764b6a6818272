/**
 * Which documents the service takes: which node may be in which, what each must say of itself, which marks a text may
 * carry. https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/
 */
import { ADF_DEPTH_MAX } from '../../limits.ts';

type Attrs = Readonly<Record<string, unknown>>;

interface Rule {
  /** Types of nodes that may be in it; none: a leaf. */
  holds?: ReadonlySet<string>;
  /** It may not be empty. */
  filled?: boolean;
  /** Whether its attributes are what they must be. */
  says?: (attrs: Attrs) => boolean;
}

const set = (...types: string[]): ReadonlySet<string> => new Set(types);
const isText = (value: unknown): value is string => typeof value === 'string';
const isFull = (value: unknown): boolean => isText(value) && value !== '';
const oneOf = (...values: string[]) => {
  const all = set(...values);
  return (value: unknown): boolean => isText(value) && all.has(value);
};
const within = (value: unknown, from: number, to: number): boolean =>
  Number.isInteger(value) && (value as number) >= from && (value as number) <= to;
const optional = (value: unknown, test: (value: unknown) => boolean): boolean =>
  value === undefined || value === null || test(value);

const INLINES = set(
  'date',
  'emoji',
  'hardBreak',
  'inlineCard',
  'inlineExtension',
  'mediaInline',
  'mention',
  'placeholder',
  'status',
  'text',
);
const LISTS = ['bulletList', 'orderedList'];
const MEDIA = ['mediaGroup', 'mediaSingle'];
/** What stands in cells, panels and whatever else holds running text. */
const FLOW = [
  ...LISTS,
  ...MEDIA,
  'blockCard',
  'blockquote',
  'codeBlock',
  'decisionList',
  'embedCard',
  'extension',
  'heading',
  'panel',
  'paragraph',
  'rule',
  'taskList',
];
const TOP = set(
  ...FLOW,
  'bodiedExtension',
  'expand',
  'layoutSection',
  'multiBodiedExtension',
  'syncBlock',
  'table',
);
const CELL = set(...FLOW, 'nestedExpand');
const EXPANDED = set(...FLOW, 'nestedExpand', 'table', 'bodiedExtension');
const cell: Rule = {
  holds: CELL,
  says: ({ colspan, rowspan }) =>
    [colspan, rowspan].every((span) => optional(span, (value) => within(value, 1, 1_000))),
};
const card: Rule = {
  says: ({ url, data }) => isFull(url) || (typeof data === 'object' && data !== null),
};
const media: Rule = {
  says: ({ type, id, url }) => (type === 'external' ? isFull(url) : MEDIA_KIND(type) && isFull(id)),
};
const MEDIA_KIND = oneOf('file', 'link', 'image');
const extension: Rule = {
  says: ({ extensionKey, extensionType }) => isFull(extensionKey) && isFull(extensionType),
};

const RULES: Readonly<Record<string, Rule>> = {
  blockCard: card,
  blockquote: { holds: set('paragraph', ...LISTS, ...MEDIA, 'codeBlock', 'extension'), filled: true },
  bodiedExtension: { ...extension, holds: EXPANDED, filled: true },
  bulletList: { holds: set('listItem'), filled: true },
  caption: { holds: INLINES },
  codeBlock: { holds: set('text'), says: ({ language }) => optional(language, isText) },
  date: { says: ({ timestamp }) => isFull(timestamp) },
  decisionItem: { holds: INLINES },
  decisionList: { holds: set('decisionItem'), filled: true },
  doc: { holds: TOP },
  embedCard: { says: ({ url }) => isFull(url) },
  emoji: { says: ({ shortName }) => isFull(shortName) },
  expand: { holds: EXPANDED, filled: true },
  extension,
  extensionFrame: { holds: EXPANDED, filled: true },
  hardBreak: {},
  heading: { holds: INLINES, says: ({ level }) => within(level, 1, 6) },
  inlineCard: card,
  inlineExtension: extension,
  layoutColumn: { holds: EXPANDED, filled: true },
  layoutSection: { holds: set('layoutColumn'), filled: true },
  listItem: {
    holds: set('paragraph', ...LISTS, ...MEDIA, 'codeBlock', 'taskList', 'extension'),
    filled: true,
  },
  media,
  mediaGroup: { holds: set('media'), filled: true },
  mediaInline: { says: ({ id }) => isFull(id) },
  mediaSingle: { holds: set('media', 'caption'), filled: true },
  mention: { says: ({ id }) => isFull(id) },
  multiBodiedExtension: { ...extension, holds: set('extensionFrame') },
  nestedExpand: { holds: CELL, filled: true },
  orderedList: {
    holds: set('listItem'),
    filled: true,
    says: ({ order }) => optional(order, (value) => within(value, 0, 1_000_000)),
  },
  panel: {
    holds: set(...FLOW),
    filled: true,
    says: ({ panelType }) => oneOf('info', 'note', 'tip', 'warning', 'error', 'success', 'custom')(panelType),
  },
  paragraph: { holds: INLINES },
  placeholder: { says: ({ text }) => isText(text) },
  rule: {},
  status: {
    says: ({ text, color }) =>
      isFull(text) && oneOf('neutral', 'purple', 'blue', 'red', 'yellow', 'green')(color),
  },
  syncBlock: {},
  table: { holds: set('tableRow'), filled: true },
  tableCell: cell,
  tableHeader: cell,
  tableRow: { holds: set('tableCell', 'tableHeader') },
  taskItem: { holds: INLINES, says: ({ state }) => oneOf('TODO', 'DONE')(state) },
  taskList: { holds: set('taskItem', 'taskList', 'blockTaskItem'), filled: true },
  blockTaskItem: { holds: set('paragraph', 'extension'), filled: true },
  text: {},
};

const COLOR = /^#[0-9a-fA-F]{6}$/;

/** What each mark must say of itself. */
const MARKS: Readonly<Record<string, (attrs: Attrs) => boolean>> = {
  alignment: ({ align }) => oneOf('center', 'end')(align),
  annotation: ({ id }) => isFull(id),
  backgroundColor: ({ color }) => isText(color) && COLOR.test(color),
  border: ({ color }) => isText(color),
  breakout: ({ mode }) => oneOf('wide', 'full-width')(mode),
  code: () => true,
  dataConsumer: () => true,
  em: () => true,
  fragment: () => true,
  indentation: ({ level }) => within(level, 1, 6),
  link: ({ href }) => isText(href),
  strike: () => true,
  strong: () => true,
  subsup: ({ type }) => oneOf('sub', 'sup')(type),
  textColor: ({ color }) => isText(color) && COLOR.test(color),
  underline: () => true,
};

/** What code may be besides: the service refuses code that is bold or coloured. */
const BESIDE_CODE = set('code', 'link', 'annotation');

/** Whether a node is one that may be in a `parent`, and all below it is right. */
export function isRightNode(value: unknown, parent: string, depth: number): boolean {
  const node = value as {
    type?: unknown;
    attrs?: unknown;
    content?: unknown;
    marks?: unknown;
    text?: unknown;
  };
  if (typeof value !== 'object' || value === null || depth > ADF_DEPTH_MAX) return false;
  const { type, attrs = {}, content = [], marks = [], text } = node;
  if (!isText(type) || !RULES[parent]?.holds?.has(type)) return false;
  const rule = RULES[type];
  if (!rule || typeof attrs !== 'object' || attrs === null || Array.isArray(attrs)) return false;
  if (type === 'text' && !isFull(text)) return false;
  if (rule.says && !rule.says(attrs as Attrs)) return false;
  if (!Array.isArray(marks) || !areMarks(marks, parent)) return false;
  if (!Array.isArray(content) || (rule.filled && content.length === 0)) return false;
  if (!rule.holds) return content.length === 0;
  return content.every((inner) => isRightNode(inner, type, depth + 1));
}

function areMarks(marks: readonly unknown[], parent: string): boolean {
  if (marks.length > 0 && parent === 'codeBlock') return false;
  const types = marks.map((mark) => (mark as { type?: unknown } | null)?.type);
  if (types.includes('code') && types.some((type) => !BESIDE_CODE.has(String(type)))) return false;
  return marks.every((mark) => {
    const { type, attrs } = (mark ?? {}) as { type?: unknown; attrs?: unknown };
    const says = isText(type) ? MARKS[type] : undefined;
    return says?.((typeof attrs === 'object' && attrs !== null ? attrs : {}) as Attrs) ?? false;
  });
}

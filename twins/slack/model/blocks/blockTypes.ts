/** Every kind of block and what it must hold. https://docs.slack.dev/reference/block-kit/blocks */
import { isObject } from '../../world.ts';
import type { Rule, Types } from './check.ts';
import {
  BUTTON,
  IMAGE,
  IN_ACTIONS,
  IN_CONTEXT,
  IN_CONTEXT_ACTIONS,
  IN_INPUT,
  IN_SECTION,
  PICTURE,
} from './elements.ts';
import { among, anyText, BOOLEAN, integer, list, mrkdwn, object, plainText, text, url } from './objects.ts';
import { RICH_TEXT, RICH_TEXT_FIELDS } from './richTextGrammar.ts';

const BLOCK = { block_id: text(255) };

/** Blocks that stand everywhere. */
const ANYWHERE: Types = {
  section: {
    fields: {
      ...BLOCK,
      text: anyText(3000),
      fields: list(anyText(2000), 1, 10),
      accessory: IN_SECTION,
      expand: BOOLEAN,
    },
    also: ({ text: given, fields }) =>
      given === undefined && fields === undefined ? 'must define either `text` or `fields`' : undefined,
  },
  divider: { fields: BLOCK },
  header: { fields: { ...BLOCK, 'text!': plainText(150) } },
  image: { ...PICTURE, fields: { ...BLOCK, ...PICTURE.fields, title: plainText(2000) } },
  actions: { fields: { ...BLOCK, 'elements!': list(IN_ACTIONS, 1, 25) } },
  context: { fields: { ...BLOCK, 'elements!': list(IN_CONTEXT, 1, 10) } },
  input: {
    fields: {
      ...BLOCK,
      'label!': plainText(2000),
      'element!': IN_INPUT,
      dispatch_action: BOOLEAN,
      hint: plainText(2000),
      optional: BOOLEAN,
    },
  },
  rich_text: { fields: RICH_TEXT_FIELDS },
  video: {
    fields: {
      ...BLOCK,
      'alt_text!': text(2000),
      'title!': plainText(199),
      'video_url!': url(3000),
      'thumbnail_url!': url(3000),
      author_name: text(49),
      description: plainText(200),
      provider_icon_url: url(3000),
      provider_name: text(),
      title_url: url(3000),
    },
  },
  alert: {
    fields: {
      ...BLOCK,
      'text!': anyText(3000),
      level: among('default', 'info', 'warning', 'error', 'success'),
    },
  },
};

const CELLS: Types = {
  raw_text: { fields: { 'text!': text(undefined, 1) } },
  raw_number: { fields: { 'value!': { kind: 'number' }, 'text!': text(undefined, 1) } },
  rich_text: { fields: RICH_TEXT_FIELDS },
};
const ROW: Rule = list({ kind: 'typed', types: CELLS }, 1, 20);
const TABLE: Types = {
  table: {
    fields: {
      ...BLOCK,
      'rows!': list(ROW, 1, 100),
      column_settings: list(object({ align: among('left', 'center', 'right'), is_wrapped: BOOLEAN }), 0, 20),
    },
  },
};

const CARD: Types = {
  card: {
    fields: {
      ...BLOCK,
      hero_image: IMAGE,
      icon: IMAGE,
      title: mrkdwn(150),
      subtitle: mrkdwn(150),
      body: mrkdwn(200),
      actions: list(BUTTON, 1),
    },
    also: ({ hero_image, title, actions, body }) =>
      [hero_image, title, actions, body].every((part) => part === undefined)
        ? 'must define at least one of `hero_image`, `title`, `actions` or `body`'
        : undefined,
  },
};

const SOURCES = list(
  { kind: 'typed', types: { url: { fields: { 'url!': url(3000), 'text!': text() } } } },
  0,
);
export const TASK_STATUS = among('pending', 'in_progress', 'complete', 'error');
const TASK: Types = {
  task_card: {
    fields: {
      ...BLOCK,
      'task_id!': text(undefined, 1),
      'title!': text(undefined, 1),
      details: RICH_TEXT,
      output: RICH_TEXT,
      sources: SOURCES,
      status: TASK_STATUS,
    },
  },
};

const CHILDREN: Types = Object.fromEntries(
  Object.entries({ ...ANYWHERE, ...TABLE }).filter(([type]) => type !== 'alert'),
);

/** Blocks of messages. */
export const MESSAGE_BLOCK_TYPES: Types = {
  ...ANYWHERE,
  ...TABLE,
  ...CARD,
  ...TASK,
  call: { fields: { ...BLOCK, 'call_id!': text(), api_decoration_available: BOOLEAN } },
  file: { fields: { ...BLOCK, 'external_id!': text(), 'source!': among('remote') } },
  markdown: { fields: { ...BLOCK, 'text!': text(12_000, 1) } },
  context_actions: { fields: { ...BLOCK, 'elements!': list(IN_CONTEXT_ACTIONS, 1, 5) } },
  carousel: { fields: { ...BLOCK, 'elements!': list({ kind: 'typed', types: CARD }, 1, 10) } },
  plan: {
    fields: { ...BLOCK, 'title!': text(undefined, 1), tasks: list({ kind: 'typed', types: TASK }, 0) },
  },
  container: {
    fields: {
      ...BLOCK,
      title: plainText(150),
      rich_text_title: RICH_TEXT,
      subtitle: anyText(150),
      'child_blocks!': list({ kind: 'typed', types: CHILDREN }, 1, 10),
      width: among('narrow', 'standard', 'wide', 'full'),
      icon: IMAGE,
      is_collapsible: BOOLEAN,
      default_collapsed: BOOLEAN,
      has_header_divider: BOOLEAN,
    },
    also: ({ title, rich_text_title }) =>
      title === undefined && rich_text_title === undefined
        ? 'must define either `title` or `rich_text_title`'
        : undefined,
  },
  data_table: {
    fields: {
      ...BLOCK,
      'rows!': list(ROW, 2, 101),
      'caption!': text(undefined, 1),
      page_size: integer(1, 100),
      row_header_column_index: integer(0),
    },
    also: ({ rows }) => unevenRows(rows as unknown[][]),
  },
};

/** Blocks of modals and home tabs. */
export const VIEW_BLOCK_TYPES: Types = ANYWHERE;

function unevenRows(rows: readonly unknown[][]): string | undefined {
  const [header = []] = rows;
  if (rows.some((row) => row.length !== header.length)) return 'all rows must have the same number of cells';
  return header.some((cell) => isObject(cell) && cell.type === 'rich_text')
    ? 'header cells must not be of type rich_text'
    : undefined;
}

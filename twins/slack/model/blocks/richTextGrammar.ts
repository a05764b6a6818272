/** What a `rich_text` block may hold. https://docs.slack.dev/reference/block-kit/blocks/rich-text-block */
import type { Fields, Rule, Types } from './check.ts';
import { among, BOOLEAN, integer, list, object, text } from './objects.ts';

const STYLE = object({
  bold: BOOLEAN,
  italic: BOOLEAN,
  strike: BOOLEAN,
  code: BOOLEAN,
  underline: BOOLEAN,
  highlight: BOOLEAN,
  client_highlight: BOOLEAN,
  unlink: BOOLEAN,
});
const STYLED: Fields = { style: STYLE };
const TEXT = { fields: { 'text!': text(undefined, 1), ...STYLED } };
const LINK = { fields: { 'url!': text(undefined, 1), text: text(), unsafe: BOOLEAN, ...STYLED } };

const INLINE: Types = {
  text: TEXT,
  link: LINK,
  user: { fields: { 'user_id!': text(undefined, 1), ...STYLED } },
  usergroup: { fields: { 'usergroup_id!': text(undefined, 1), ...STYLED } },
  team: { fields: { 'team_id!': text(undefined, 1), ...STYLED } },
  channel: { fields: { 'channel_id!': text(undefined, 1), ...STYLED } },
  emoji: {
    fields: {
      'name!': text(undefined, 1),
      unicode: text(),
      skin_tone: integer(1, 6),
      url: text(),
      display_url: text(),
      ...STYLED,
    },
  },
  broadcast: { fields: { 'range!': among('here', 'channel', 'everyone'), ...STYLED } },
  color: { fields: { 'value!': text(undefined, 1), ...STYLED } },
  date: {
    fields: {
      'timestamp!': integer(),
      'format!': text(undefined, 1),
      url: text(),
      fallback: text(),
      ...STYLED,
    },
  },
};

const inline: Rule = { kind: 'typed', types: INLINE };
const BORDER: Fields = { border: integer(0, 1) };
const SECTION = { fields: { 'elements!': list(inline, 0) } };

const PARTS: Types = {
  rich_text_section: SECTION,
  rich_text_list: {
    fields: {
      'style!': among('bullet', 'ordered'),
      'elements!': list({ kind: 'typed', types: { rich_text_section: SECTION } }, 0),
      indent: integer(0, 8),
      offset: integer(0),
      ...BORDER,
    },
  },
  rich_text_quote: { fields: { 'elements!': list(inline, 0), ...BORDER } },
  rich_text_preformatted: {
    fields: {
      'elements!': list({ kind: 'typed', types: { text: TEXT, link: LINK } }, 0),
      language: text(),
      ...BORDER,
    },
  },
};

/** The block's fields. */
export const RICH_TEXT_FIELDS: Fields = {
  block_id: text(255),
  'elements!': list({ kind: 'typed', types: PARTS }, 0),
};

/** Rich text inside something else: an input's first value, a cell, a task's details. */
export const RICH_TEXT: Rule = { kind: 'typed', types: { rich_text: { fields: RICH_TEXT_FIELDS } } };

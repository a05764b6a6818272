/** Composition objects of Block Kit. https://docs.slack.dev/reference/block-kit/composition-objects */
import type { Rule } from './check.ts';

export const text = (max?: number, min: number = 0): Rule => ({
  kind: 'string',
  min,
  ...(max === undefined ? {} : { max }),
});
export const url = (max: number): Rule => ({ kind: 'string', min: 1, max, url: true });
export const among = (...values: string[]): Rule => ({ kind: 'string', among: values });
export const list = (of: Rule, min: number, max?: number): Rule => ({
  kind: 'list',
  of,
  min,
  ...(max === undefined ? {} : { max }),
});
export const BOOLEAN: Rule = { kind: 'boolean' };
export const ANY: Rule = { kind: 'any' };

/** A text object in plain text only. */
export const plainText = (max: number): Rule => ({
  kind: 'typed',
  types: { plain_text: { fields: { 'text!': text(max, 1), emoji: BOOLEAN } } },
});

/** A text object in plain text or Slack's markup. */
export const anyText = (max: number): Rule => ({
  kind: 'typed',
  wrapped: true,
  types: {
    plain_text: { fields: { 'text!': text(max, 1), emoji: BOOLEAN } },
    mrkdwn: { fields: { 'text!': text(max, 1), verbatim: BOOLEAN } },
  },
});

export const CONFIRM: Rule = {
  kind: 'object',
  fields: {
    'title!': plainText(100),
    'text!': anyText(300),
    'confirm!': plainText(30),
    'deny!': plainText(30),
    style: among('primary', 'danger'),
  },
};

/** An option of a menu (`plain`) or of checkboxes and radio buttons. */
export const option = (plain: boolean): Rule => ({
  kind: 'object',
  fields: {
    'text!': plain ? plainText(75) : anyText(75),
    'value!': text(150, 1),
    description: plain ? plainText(75) : anyText(75),
    url: url(3000),
  },
});

export const OPTION_GROUP: Rule = {
  kind: 'object',
  fields: { 'label!': plainText(75), 'options!': list(option(true), 1, 100) },
};

export const FILTER: Rule = {
  kind: 'object',
  fields: {
    include: list(among('im', 'mpim', 'private', 'public'), 1),
    exclude_external_shared_channels: BOOLEAN,
    exclude_bot_users: BOOLEAN,
  },
};

export const DISPATCH: Rule = {
  kind: 'object',
  fields: { trigger_actions_on: list(among('on_enter_pressed', 'on_character_entered'), 1, 2) },
};

export const SLACK_FILE: Rule = { kind: 'object', fields: { id: text(255, 1), url: url(3000) } };

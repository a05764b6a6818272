/** Composition objects of Block Kit. https://docs.slack.dev/reference/block-kit/composition-objects */
import type { Also, Fields, Rule } from './check.ts';

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
export const integer = (min?: number, max?: number): Rule => ({
  kind: 'integer',
  ...(min === undefined ? {} : { min }),
  ...(max === undefined ? {} : { max }),
});
export const object = (fields: Fields, also?: Also): Rule => ({
  kind: 'object',
  fields,
  ...(also ? { also } : {}),
});
export const BOOLEAN: Rule = { kind: 'boolean' };
export const ANY: Rule = { kind: 'any' };
export const STYLE = among('primary', 'danger');

const PLAIN = (max: number): Fields => ({ 'text!': text(max, 1), emoji: BOOLEAN });
const MRKDWN = (max: number): Fields => ({ 'text!': text(max, 1), verbatim: BOOLEAN });

/** A text object in plain text only. */
export const plainText = (max: number): Rule => ({
  kind: 'typed',
  types: { plain_text: { fields: PLAIN(max) } },
});

/** A text object in Slack's markup only. */
export const mrkdwn = (max: number): Rule => ({ kind: 'typed', types: { mrkdwn: { fields: MRKDWN(max) } } });

/** A text object in plain text or Slack's markup. */
export const anyText = (max: number): Rule => ({
  kind: 'typed',
  wrapped: true,
  types: { plain_text: { fields: PLAIN(max) }, mrkdwn: { fields: MRKDWN(max) } },
});

export const CONFIRM: Rule = object({
  title: plainText(100),
  'text!': anyText(300),
  confirm: plainText(30),
  deny: plainText(30),
  style: STYLE,
});

/** An option of a menu (`plain`) or of checkboxes and radio buttons; `more` are fields of some menus alone. */
export const option = (plain: boolean, more: Fields = {}): Rule =>
  object({
    'text!': plain ? wrappedPlain(75) : anyText(75),
    'value!': text(150, 1),
    description: plain ? plainText(75) : anyText(75),
    ...more,
  });

/** Of options, Slack says besides that no schema matched. */
const wrappedPlain = (max: number): Rule => ({
  kind: 'typed',
  wrapped: true,
  types: { plain_text: { fields: PLAIN(max) } },
});

export const OPTION_GROUP: Rule = object({
  'label!': plainText(75),
  'options!': list(option(true), 1, 100),
});

export const FILTER: Rule = object(
  {
    include: list(among('im', 'mpim', 'private', 'public'), 1),
    exclude_external_shared_channels: BOOLEAN,
    exclude_bot_users: BOOLEAN,
  },
  (filter) => (Object.keys(filter).length === 0 ? 'must define at least one filter' : undefined),
);

export const DISPATCH: Rule = object({
  trigger_actions_on: list(among('on_enter_pressed', 'on_character_entered'), 1, 2),
});

export const SLACK_FILE: Rule = object({ id: text(255, 1), url: url(3000) }, ({ id, url: address }) =>
  (id === undefined) === (address === undefined) ? 'must define either `id` or `url`' : undefined,
);

const PARAMETER = object({ 'name!': text(undefined, 1), 'value!': ANY });

/** What a workflow button starts. */
export const WORKFLOW: Rule = object({
  'trigger!': object({ 'url!': url(3000), customizable_input_parameters: list(PARAMETER, 0) }),
});

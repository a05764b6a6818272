/** Interactive elements of Block Kit. https://docs.slack.dev/reference/block-kit/block-elements */
import type { Also, Fields, Rule } from './check.ts';
import {
  anyText,
  BOOLEAN,
  CONFIRM,
  DISPATCH,
  FILTER,
  integer,
  list,
  OPTION_GROUP,
  object,
  option,
  plainText,
  SLACK_FILE,
  STYLE,
  text,
  url,
  WORKFLOW,
} from './objects.ts';
import { RICH_TEXT } from './richTextGrammar.ts';

type Element = { fields: Fields; also?: Also };

const ACTION: Fields = { action_id: text(255, 1) };
const COMMON: Fields = { ...ACTION, confirm: CONFIRM, focus_on_load: BOOLEAN };
const MENU: Fields = { ...COMMON, placeholder: plainText(150) };
const MANY: Fields = { ...MENU, max_selected_items: integer(1) };
const INTEGER: Rule = integer();
const TEXT_INPUT: Fields = {
  ...ACTION,
  placeholder: plainText(150),
  focus_on_load: BOOLEAN,
  dispatch_action_config: DISPATCH,
};

const eitherOptions: Also = ({ options, option_groups }) =>
  (options === undefined) === (option_groups === undefined)
    ? 'must define either `options` or `option_groups`'
    : undefined;
/** A picture is at an address or a file in Slack. */
export const PICTURE: Element = {
  fields: { image_url: url(3000), slack_file: SLACK_FILE, 'alt_text!': text(2000) },
  also: ({ image_url, slack_file }) =>
    image_url === undefined && slack_file === undefined ? 'missing required field: image_url' : undefined,
};

/** One of the two buttons of `feedback_buttons`. */
const FEEDBACK = object({
  'text!': plainText(75),
  'value!': text(2000),
  accessibility_label: text(75),
});
const choices = { options: list(option(true), 1, 100), option_groups: list(OPTION_GROUP, 1, 100) };

/** Every element by its type. */
export const ELEMENTS: Readonly<Record<string, Element>> = {
  button: {
    fields: {
      ...ACTION,
      'text!': plainText(75),
      url: url(3000),
      value: text(2000),
      style: STYLE,
      confirm: CONFIRM,
      accessibility_label: text(75),
    },
  },
  static_select: { fields: { ...MENU, ...choices, initial_option: option(true) }, also: eitherOptions },
  multi_static_select: {
    fields: { ...MANY, ...choices, initial_options: list(option(true), 1, 100) },
    also: eitherOptions,
  },
  external_select: {
    fields: { ...MENU, initial_option: option(true), min_query_length: INTEGER },
  },
  multi_external_select: {
    fields: { ...MANY, initial_options: list(option(true), 1, 100), min_query_length: INTEGER },
  },
  users_select: { fields: { ...MENU, initial_user: text() } },
  multi_users_select: { fields: { ...MANY, initial_users: list(text(), 0) } },
  conversations_select: {
    fields: {
      ...MENU,
      initial_conversation: text(),
      default_to_current_conversation: BOOLEAN,
      response_url_enabled: BOOLEAN,
      filter: FILTER,
    },
  },
  multi_conversations_select: {
    fields: {
      ...MANY,
      initial_conversations: list(text(), 0),
      default_to_current_conversation: BOOLEAN,
      filter: FILTER,
    },
  },
  channels_select: {
    fields: { ...MENU, initial_channel: text(), response_url_enabled: BOOLEAN },
  },
  multi_channels_select: { fields: { ...MANY, initial_channels: list(text(), 0) } },
  overflow: {
    fields: { ...ACTION, 'options!': list(option(true, { url: url(3000) }), 1, 5), confirm: CONFIRM },
  },
  checkboxes: {
    fields: {
      ...COMMON,
      'options!': list(option(false), 1, 10),
      initial_options: list(option(false), 1, 10),
    },
  },
  radio_buttons: {
    fields: { ...COMMON, 'options!': list(option(false), 1, 10), initial_option: option(false) },
  },
  datepicker: {
    fields: { ...MENU, initial_date: { kind: 'string', pattern: /^\d{4}-\d\d-\d\d$/ } },
  },
  timepicker: {
    fields: { ...MENU, initial_time: { kind: 'string', pattern: /^\d\d:\d\d$/ }, timezone: text() },
  },
  datetimepicker: { fields: { ...COMMON, initial_date_time: INTEGER } },
  plain_text_input: {
    fields: {
      ...TEXT_INPUT,
      initial_value: text(3000),
      multiline: BOOLEAN,
      min_length: integer(0, 3000),
      max_length: integer(1, 3000),
    },
  },
  email_text_input: { fields: { ...TEXT_INPUT, initial_value: text() } },
  url_text_input: { fields: { ...TEXT_INPUT, initial_value: text() } },
  number_input: {
    fields: {
      ...TEXT_INPUT,
      'is_decimal_allowed!': BOOLEAN,
      initial_value: text(),
      min_value: text(),
      max_value: text(),
    },
  },
  rich_text_input: {
    fields: {
      ...TEXT_INPUT,
      initial_value: RICH_TEXT,
      min_lines: integer(1, 100),
      max_lines: integer(1, 100),
    },
  },
  file_input: {
    fields: { ...ACTION, filetypes: list(text(), 1), max_files: integer(1, 10) },
  },
  workflow_button: {
    fields: {
      ...ACTION,
      'text!': plainText(75),
      'workflow!': WORKFLOW,
      style: STYLE,
      accessibility_label: text(75),
    },
  },
  feedback_buttons: { fields: { ...ACTION, 'positive_button!': FEEDBACK, 'negative_button!': FEEDBACK } },
  icon_button: {
    fields: {
      ...ACTION,
      'icon!': text(),
      'text!': plainText(75),
      value: text(2000),
      accessibility_label: text(75),
      visible_to_user_ids: list(text(), 0),
      confirm: CONFIRM,
    },
  },
  image: PICTURE,
};

/** Elements that may stand in an actions block, beside a section, in an input. */
export const IN_ACTIONS = ofTypes(
  'button static_select multi_static_select external_select multi_external_select users_select',
  'multi_users_select conversations_select multi_conversations_select channels_select multi_channels_select',
  'overflow checkboxes radio_buttons datepicker timepicker datetimepicker rich_text_input workflow_button',
);
export const IN_SECTION = ofTypes(
  'button static_select multi_static_select external_select multi_external_select users_select',
  'multi_users_select conversations_select multi_conversations_select channels_select multi_channels_select',
  'overflow checkboxes radio_buttons datepicker timepicker image workflow_button',
);
export const IN_INPUT = ofTypes(
  'static_select multi_static_select external_select multi_external_select users_select multi_users_select',
  'conversations_select multi_conversations_select channels_select multi_channels_select checkboxes',
  'radio_buttons datepicker timepicker datetimepicker plain_text_input email_text_input url_text_input',
  'number_input rich_text_input file_input',
);

export const IN_CONTEXT_ACTIONS = ofTypes('feedback_buttons icon_button');
export const BUTTON = ofTypes('button');
export const IMAGE = ofTypes('image');

/** Texts and images in one line. */
export const IN_CONTEXT: Rule = {
  kind: 'typed',
  types: {
    image: ELEMENTS.image as Element,
    ...(anyText(2000) as Extract<Rule, { kind: 'typed' }>).types,
  },
};

function ofTypes(...names: string[]): Rule {
  const types = names.join(' ').split(' ');
  return {
    kind: 'typed',
    types: Object.fromEntries(types.map((type) => [type, ELEMENTS[type] as Element])),
  };
}

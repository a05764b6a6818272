/**
 * Block Kit: what blocks there are and what each must hold. A violation is said in Slack's own words with a
 * JSON
 * pointer. https://docs.slack.dev/reference/block-kit/blocks
 */
import { MESSAGE_BLOCKS_MAX, VIEW_BLOCKS_MAX } from '../../limits.ts';
import { isObject, type Json } from '../../world.ts';
import { errorsOf, type Rule } from './check.ts';
import { IN_ACTIONS, IN_CONTEXT, IN_INPUT, IN_SECTION } from './elements.ts';
import { ANY, among, anyText, BOOLEAN, list, plainText, SLACK_FILE, text, url } from './objects.ts';

const BLOCK = { block_id: text(255) };

const BLOCKS: Extract<Rule, { kind: 'typed' }>['types'] = {
  section: {
    fields: {
      ...BLOCK,
      text: anyText(3000),
      fields: list(anyText(2000), 1, 10),
      accessory: IN_SECTION,
      expand: BOOLEAN,
    },
    also: ({ text, fields }) =>
      text === undefined && fields === undefined ? 'must define either `text` or `fields`' : undefined,
  },
  divider: { fields: BLOCK },
  header: { fields: { ...BLOCK, 'text!': plainText(150) } },
  image: {
    fields: {
      ...BLOCK,
      image_url: url(3000),
      slack_file: SLACK_FILE,
      'alt_text!': text(2000),
      title: plainText(2000),
    },
    also: ({ image_url, slack_file }) =>
      image_url === undefined && slack_file === undefined
        ? 'must define either `image_url` or `slack_file`'
        : undefined,
  },
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
  call: { fields: { ...BLOCK, 'call_id!': text(), api_decoration_available: BOOLEAN } },
  file: { fields: { ...BLOCK, 'external_id!': text(), 'source!': among('remote') } },
  rich_text: { fields: { ...BLOCK, 'elements!': list(ANY, 0) } },
  markdown: { fields: { ...BLOCK, 'text!': text(12_000, 1) } },
  video: {
    fields: {
      ...BLOCK,
      'alt_text!': text(2000),
      'title!': plainText(200),
      'video_url!': url(3000),
      'thumbnail_url!': url(3000),
      author_name: text(50),
      description: plainText(200),
      provider_icon_url: url(3000),
      provider_name: text(),
      title_url: url(3000),
    },
  },
  table: { fields: { ...BLOCK, 'rows!': list(ANY, 1, 100), column_settings: list(ANY, 0, 20) } },
};

const blockList = (max: number): Rule => list({ kind: 'typed', types: BLOCKS }, 0, max);
const MESSAGE_BLOCKS = blockList(MESSAGE_BLOCKS_MAX);

/** What is wrong with a message's blocks; pointers begin with `/blocks`. */
export const blockErrors = (blocks: unknown): string[] => [
  ...errorsOf(blocks, MESSAGE_BLOCKS, '/blocks'),
  ...(Array.isArray(blocks) ? doubled(blocks.filter(isObject), '/blocks') : []),
];

const VIEW = {
  'blocks!': blockList(VIEW_BLOCKS_MAX),
  private_metadata: text(3000),
  callback_id: text(255),
  external_id: text(255),
};
const VIEWS: Rule = {
  kind: 'typed',
  wrapped: true,
  types: {
    modal: {
      fields: {
        ...VIEW,
        'title!': plainText(24),
        close: plainText(24),
        submit: plainText(24),
        clear_on_close: BOOLEAN,
        notify_on_close: BOOLEAN,
        submit_disabled: BOOLEAN,
      },
      also: ({ blocks, submit }) =>
        submit === undefined && (blocks as Json[]).some((block) => block.type === 'input')
          ? 'must define `submit` to use an `input` block'
          : undefined,
    },
    home: { fields: VIEW },
  },
};

/** What is wrong with a view; pointers begin with `/view`. */
export function viewErrors(view: Json): string[] {
  if (view.type === undefined)
    return [
      'failed to match all allowed schemas [json-pointer:/view]',
      'missing required field: type [json-pointer:/view]',
    ];
  const { blocks } = view;
  return [
    ...errorsOf(view, VIEWS, '/view'),
    ...(Array.isArray(blocks) ? doubled(blocks.filter(isObject), '/view/blocks') : []),
  ];
}

/** Ids that stand where they must be unique. */
function doubled(blocks: readonly Json[], pointer: string): string[] {
  const errors: string[] = [];
  const ids = new Set<unknown>();
  blocks.forEach((block, i) => {
    if (block.block_id && ids.has(block.block_id))
      errors.push(
        `\`block_id\` must be unique: ${String(block.block_id)} [json-pointer:${pointer}/${i}/block_id]`,
      );
    ids.add(block.block_id);
    const actions = new Set<unknown>();
    (Array.isArray(block.elements) ? block.elements : []).forEach((element: unknown, j: number) => {
      const action = isObject(element) ? element.action_id : undefined;
      if (action !== undefined && actions.has(action))
        errors.push(
          `\`action_id\` must be unique: ${String(action)} [json-pointer:${pointer}/${i}/elements/${j}/action_id]`,
        );
      actions.add(action);
    });
  });
  return errors;
}

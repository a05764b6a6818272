/**
 * Block Kit: what a list of blocks and a view must hold. A violation is said in Slack's own words with a JSON pointer.
 * https://docs.slack.dev/reference/block-kit
 */
import { MESSAGE_BLOCKS_MAX, VIEW_BLOCKS_MAX } from '../../limits.ts';
import { isObject, type Json } from '../../world.ts';
import { MESSAGE_BLOCK_TYPES, VIEW_BLOCK_TYPES } from './blockTypes.ts';
import { type Fault, faultsOf, type Rule, written } from './check.ts';
import { doubledIds } from './ids.ts';
import { BOOLEAN, list, plainText, text } from './objects.ts';

const MESSAGE_BLOCKS = list({ kind: 'typed', types: MESSAGE_BLOCK_TYPES }, 0, MESSAGE_BLOCKS_MAX);

/** What is wrong with a message's blocks; pointers begin with `pointer`. */
export const blockErrors = (blocks: unknown, pointer: string = '/blocks'): string[] =>
  blockFaults(blocks, pointer).map(written);

/** The same, taken apart. */
export const blockFaults = (blocks: unknown, pointer: string): Fault[] => [
  ...faultsOf(blocks, MESSAGE_BLOCKS, pointer),
  ...(Array.isArray(blocks) ? doubledIds(blocks, pointer) : []),
];

const VIEW = {
  'blocks!': list({ kind: 'typed', types: VIEW_BLOCK_TYPES }, 0, VIEW_BLOCKS_MAX),
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
      },
    },
    home: { fields: VIEW },
  },
};

/** What is wrong with a view; pointers begin with `/view`. */
export const viewErrors = (view: Json): string[] => viewFaults(view, '/view').map(written);

/** The same, taken apart. */
export function viewFaults(view: Json, pointer: string): Fault[] {
  const untyped: Fault[] =
    view.type === undefined
      ? [{ message: 'failed to match all allowed schemas', pointer, summary: true }]
      : [];
  const faults = [...untyped, ...faultsOf(view, VIEWS, pointer)];
  if (!Array.isArray(view.blocks)) return faults;
  const doubled = doubledIds(view.blocks, `${pointer}/blocks`);
  return [...faults, ...doubled, ...(faults.length > 0 ? [] : unsubmittable(view, pointer))];
}

/** Inputs of a modal that nobody could send off. */
const unsubmittable = ({ type, submit, blocks }: Json, pointer: string): Fault[] =>
  type !== 'modal' || (submit !== undefined && submit !== null)
    ? []
    : (blocks as unknown[]).flatMap((block, i) =>
        isObject(block) && block.type === 'input'
          ? [
              {
                message: 'must define `submit` to use an `input` block in modals',
                pointer: `${pointer}/blocks/${i}/input`,
              },
            ]
          : [],
      );

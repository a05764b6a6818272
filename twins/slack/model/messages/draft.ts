/** What a program wants to say, checked before it is said. */
import { invalidBlocks, refuse } from '../../errors.ts';
import { MARKDOWN_CHARS_MAX, MESSAGE_BLOCKS_CHARS_MAX, MESSAGE_TEXT_CHARS_MAX } from '../../limits.ts';
import { isObject, type Json } from '../../world.ts';
import { blockErrors } from '../blocks/grammar.ts';
import { checkAttachments, saySomething } from './attachment.ts';
import type { Draft } from './message.ts';
import { metadataOf } from './metadata.ts';

/** As given; `markdown` is text in standard Markdown. */
export interface Given {
  text?: string | undefined;
  markdown?: string | undefined;
  blocks?: Json[] | undefined;
  attachments?: Json[] | undefined;
  metadata?: unknown;
  thread_ts?: string | undefined;
  reply_broadcast?: boolean;
  username?: string | undefined;
  icon_emoji?: string | undefined;
  icon_url?: string | undefined;
  as_user?: boolean;
  parse?: string | undefined;
  link_names?: boolean;
  /** False where Slack's markup is not to be read. */
  mrkdwn?: boolean;
}

/** What a method makes of its texts: `chat.postMessage` cuts what others refuse; `chat.update` may say nothing new. */
export interface Bounds {
  textMax?: number;
  mayBeEmpty?: boolean;
}

/**
 * A draft that keeps Slack's rules. Throws `invalid_blocks` with pointers, `msg_blocks_too_long`,
 * `invalid_attachments`, `too_many_attachments`, `markdown_text_conflict`, `msg_too_long`, `invalid_metadata_…`,
 * `metadata_too_large`, `invalid_thread_ts`, `no_text`.
 */
export function draftOf(given: Given, { textMax, mayBeEmpty }: Bounds = {}): Draft {
  const { markdown, blocks, attachments, thread_ts, text } = given;
  if (markdown !== undefined && (text !== undefined || blocks)) throw refuse('markdown_text_conflict');
  if (blocks) checkBlocks(blocks);
  if (attachments) checkAttachments(attachments);
  if (blocks || attachments) checkTables(blocks, attachments);
  const threads = thread_ts === undefined ? undefined : threadTs(thread_ts);
  if (!mayBeEmpty && isEmpty(given)) throw refuse('no_text');
  if (textMax !== undefined && [...(text ?? '')].length > textMax) throw refuse('msg_too_long');
  const metadata = metadataOf(given.metadata);
  return {
    ...(text === undefined ? {} : { text }),
    ...(markdown === undefined ? {} : { markdown }),
    ...(blocks ? { blocks } : {}),
    ...(attachments ? { attachments } : {}),
    ...(metadata ? { metadata } : {}),
    ...(threads === undefined ? {} : { thread_ts: threads }),
    ...(given.reply_broadcast ? { reply_broadcast: true } : {}),
    ...(given.username === undefined ? {} : { username: given.username }),
    ...(given.icon_emoji === undefined ? {} : { icon_emoji: given.icon_emoji }),
    ...(given.icon_url === undefined ? {} : { icon_url: given.icon_url }),
    ...(given.parse === 'none' || given.parse === 'full' ? { parse: given.parse } : {}),
    ...(given.as_user ? { as_user: true } : {}),
    ...(given.link_names ? { link_names: true } : {}),
    ...(given.mrkdwn === false ? { mrkdwn: false } : {}),
  };
}

/** Texts of all but `chat.postMessage` and `chat.update`. */
export const WHOLE_TEXT: Bounds = { textMax: MESSAGE_TEXT_CHARS_MAX };

function isEmpty({ text, markdown, blocks, attachments }: Given): boolean {
  if ((text ?? markdown ?? '').trim() !== '' || blocks?.length) return false;
  return !attachments || !saySomething(attachments);
}

/** A thread's timestamp, which may lack trailing digits. Throws `invalid_thread_ts`. */
export function threadTs(given: string): string {
  if (/^\d{8,12}\.\d{1,6}$/.test(given)) return given;
  const messages = [`[ERROR] ${given} is not a valid thread_ts`];
  throw refuse('invalid_thread_ts', { response_metadata: { messages } });
}

function checkBlocks(blocks: readonly Json[]): void {
  const errors = blockErrors(blocks);
  if (errors.length > 0) throw invalidBlocks(errors);
  const markdown = blocks.filter(({ type }) => type === 'markdown');
  if (charsIn(markdown) > MARKDOWN_CHARS_MAX) throw refuse('msg_blocks_too_long');
  const others = blocks.filter(({ type }) => type !== 'markdown');
  if (charsIn(others) > MESSAGE_BLOCKS_CHARS_MAX) throw refuse('msg_blocks_too_long');
}

/** How long all texts in a value are together. */
function charsIn(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, one) => sum + charsIn(one), 0);
  if (!isObject(value)) return 0;
  return Object.entries(value).reduce(
    (sum, [name, one]) => sum + (name === 'text' && typeof one === 'string' ? one.length : charsIn(one)),
    0,
  );
}

const TABLES = new Set(['table', 'data_table']);

/** A message has one table. https://docs.slack.dev/reference/block-kit/blocks/table-block */
function checkTables(blocks: readonly Json[] = [], attachments: readonly Json[] = []): void {
  const all = [...blocks, ...attachments.flatMap((one) => (one.blocks as Json[] | undefined) ?? [])];
  const flat = all.flatMap((one) => [one, ...((one.child_blocks as Json[] | undefined) ?? [])]);
  if (flat.filter(({ type }) => TABLES.has(String(type))).length > 1)
    throw refuse('invalid_attachments', {
      response_metadata: { messages: ['[ERROR] only_one_table_allowed'] },
    });
}

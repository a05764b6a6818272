/** What a program wants to say, checked before it is said. */
import { invalidBlocks, refuse } from '../errors.ts';
import { ATTACHMENTS_MAX } from '../limits.ts';
import { isObject, type Json } from '../world.ts';
import { blockErrors } from './blocks/grammar.ts';
import type { Draft } from './message.ts';
import { isTs } from './timestamp.ts';

/** As given; `markdown` is text in standard Markdown. */
export interface Given {
  text: string | undefined;
  markdown: string | undefined;
  blocks: Json[] | undefined;
  attachments: Json[] | undefined;
  metadata: unknown;
  thread_ts: string | undefined;
  reply_broadcast: boolean;
  username: string | undefined;
  icon_emoji: string | undefined;
  icon_url: string | undefined;
}

/**
 * A draft that keeps Slack's rules. Throws `invalid_blocks` with pointers, `invalid_attachments`,
 * `too_many_attachments`, `markdown_text_conflict`, `invalid_metadata_format`, `invalid_thread_ts`,
 * `no_text`.
 */
export function draftOf(given: Given): Draft {
  const { markdown, blocks, attachments, thread_ts } = given;
  if (markdown !== undefined && (given.text !== undefined || blocks)) throw refuse('markdown_text_conflict');
  if (blocks) requireGood(blockErrors(blocks));
  if (attachments) checkAttachments(attachments);
  if (thread_ts !== undefined && !isTs(thread_ts)) throw refuse('invalid_thread_ts');
  const text = given.text ?? markdown;
  if ((text ?? '').trim() === '' && !blocks?.length && !attachments?.length) throw refuse('no_text');
  const metadata = metadataOf(given.metadata);
  return {
    ...(text === undefined ? {} : { text }),
    ...(blocks ? { blocks } : {}),
    ...(attachments ? { attachments } : {}),
    ...(metadata ? { metadata } : {}),
    ...(thread_ts === undefined ? {} : { thread_ts }),
    ...(given.reply_broadcast ? { reply_broadcast: true } : {}),
    ...(given.username === undefined ? {} : { username: given.username }),
    ...(given.icon_emoji === undefined ? {} : { icon_emoji: given.icon_emoji }),
    ...(given.icon_url === undefined ? {} : { icon_url: given.icon_url }),
  };
}

function requireGood(errors: readonly string[]): void {
  if (errors.length > 0) throw invalidBlocks(errors);
}

function checkAttachments(attachments: readonly unknown[]): void {
  if (attachments.length > ATTACHMENTS_MAX) throw refuse('too_many_attachments');
  attachments.forEach((attachment, i) => {
    if (!isObject(attachment)) throw refuse('invalid_attachments');
    if (attachment.blocks === undefined) return;
    const errors = blockErrors(attachment.blocks);
    requireGood(errors.map((one) => one.replace('[json-pointer:', `[json-pointer:/attachments/${i}`)));
  });
}

function metadataOf(given: unknown): Json | undefined {
  if (given === undefined || given === null || given === '') return undefined;
  const value = typeof given === 'string' ? parsed(given) : given;
  if (!isObject(value)) throw refuse('invalid_metadata_format');
  if (typeof value.event_type !== 'string' || !isObject(value.event_payload))
    throw refuse('invalid_metadata_schema');
  return value;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refuse('invalid_metadata_format');
  }
}

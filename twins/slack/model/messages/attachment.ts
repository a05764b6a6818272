/**
 * Attachments: what a program may hang under a message, and how Slack keeps it.
 * https://docs.slack.dev/messaging/formatting-message-text#attachments
 */
import type { World } from '../../../../src/world/world.ts';
import { invalidAttachments, refuse } from '../../errors.ts';
import { ATTACHMENTS_MAX } from '../../limits.ts';
import { isObject, type Json } from '../../world.ts';
import { blockErrors } from '../blocks/grammar.ts';
import { prepared } from '../blocks/prepare.ts';
import { kept, keptObject } from './text.ts';

/** Throws `too_many_attachments`, `invalid_attachments` with pointers. */
export function checkAttachments(attachments: readonly unknown[]): void {
  if (attachments.length > ATTACHMENTS_MAX) throw refuse('too_many_attachments');
  const errors = attachments.flatMap((attachment, i) => {
    if (!isObject(attachment)) throw refuse('invalid_attachments');
    return attachment.blocks === undefined ? [] : blockErrors(attachment.blocks, `/attachments/${i}/blocks`);
  });
  if (errors.length > 0) throw invalidAttachments(errors);
}

/** What an attachment may say; one that has none of it says nothing. */
const SAYS = 'text pretext title fallback fields image_url thumb_url blocks actions author_name footer'.split(
  ' ',
);

/** Does anything stand in one of them? */
export const saySomething = (attachments: readonly Json[]): boolean =>
  attachments.some((one) =>
    SAYS.some((name) =>
      Array.isArray(one[name]) ? (one[name] as unknown[]).length > 0 : Boolean(one[name]),
    ),
  );

/** Attachments with the ids, colours and fallback that Slack gives them; `id(n)` draws block ids. */
export function attached(world: World, given: readonly Json[], id: (n: number) => string): Json[] {
  return given.map((one, i) => {
    const attachment = said(world, one);
    const { color, ts, actions, blocks } = attachment;
    return {
      ...attachment,
      id: i + 1,
      fallback: attachment.fallback ?? (attachment.text || NO_PREVIEW),
      ...(typeof color === 'string' ? { color: COLORS[color] ?? color.replace(/^#/, '') } : {}),
      ...(typeof ts === 'string' && /^\d+(\.\d+)?$/.test(ts) ? { ts: Number(ts) } : {}),
      ...(Array.isArray(actions) ? { actions: numbered(actions) } : {}),
      ...(Array.isArray(blocks)
        ? {
            blocks: prepared(
              blocks as Json[],
              (n) => id(1_000 * (i + 1) + n),
              (text) => keptObject(world, text),
            ),
          }
        : {}),
    };
  });
}

/** What is read of an attachment, as texts are kept. */
function said(world: World, attachment: Json): Json {
  const keep = (one: Json, names: readonly string[]): Json => ({
    ...one,
    ...Object.fromEntries(
      names
        .filter((name) => typeof one[name] === 'string')
        .map((name) => [name, kept(world, String(one[name]))]),
    ),
  });
  const { fields } = attachment;
  const whole = keep(attachment, ['text', 'pretext']);
  if (!Array.isArray(fields)) return whole;
  return { ...whole, fields: fields.map((one) => (isObject(one) ? keep(one, ['value']) : one)) };
}

export const NO_PREVIEW = '[no preview available]';
const COLORS: Readonly<Record<string, string>> = { good: '2eb886', warning: 'daa038', danger: 'a30200' };

/** Buttons and menus of old have ids of their own. */
const numbered = (actions: readonly unknown[]): unknown[] =>
  actions.map((action, i) => (isObject(action) ? { id: String(i + 1), style: '', ...action } : action));

/**
 * The pieces of a streamed message: Markdown, tasks and how they stand, blocks.
 * https://docs.slack.dev/messaging/sending-and-scheduling-messages#text-streaming
 */
import { invalidArguments, invalidBlocks, refuse } from '../../errors.ts';
import { isObject, type Json } from '../../world.ts';
import { TASK_STATUS } from '../blocks/blockTypes.ts';
import { errorsOf, type Rule } from '../blocks/check.ts';
import { blockErrors } from '../blocks/grammar.ts';
import { ANY, list, text } from '../blocks/objects.ts';
import { markdownBlocks, mrkdwnOf } from './markdownBlocks.ts';
import { richText } from './richtext.ts';

export type Piece =
  | { kind: 'markdown'; text: string }
  | { kind: 'task'; task: Json }
  | { kind: 'plan'; title: string }
  | { kind: 'blocks'; blocks: Json[] };

/** All pieces, and whether tasks stand where they came up or together in a plan. */
export interface StreamBody {
  mode: 'timeline' | 'plan';
  pieces: readonly Piece[];
}

const CHUNK: Rule = {
  kind: 'typed',
  types: {
    markdown_text: { fields: { 'text!': text(12_000) } },
    task_update: {
      fields: {
        'id!': text(undefined, 1),
        'title!': text(),
        'status!': TASK_STATUS,
        details: text(),
        output: text(),
        sources: list(ANY, 0),
        icon: ANY,
      },
    },
    plan_update: { fields: { 'title!': text() } },
    blocks: { fields: { 'blocks!': list(ANY, 1, 50) } },
  },
};

/** What a call adds. Throws `invalid_chunks`, `invalid_arguments` with pointers, `invalid_blocks`. */
export function piecesOf(markdown: string | undefined, chunks: unknown): Piece[] {
  if (chunks !== undefined && !Array.isArray(chunks)) throw refuse('invalid_chunks');
  const errors = (chunks ?? []).flatMap((chunk: unknown, i: number) =>
    errorsOf(chunk, CHUNK, '').length > 0
      ? [`failed to match exactly one allowed schema [json-pointer:/chunks/${i}]`]
      : [],
  );
  if (errors.length > 0) throw invalidArguments(errors);
  const said: Piece[] = markdown ? [{ kind: 'markdown', text: markdown }] : [];
  return [...said, ...((chunks ?? []) as Json[]).map(pieceOf)];
}

function pieceOf(chunk: Json): Piece {
  if (chunk.type === 'markdown_text') return { kind: 'markdown', text: String(chunk.text) };
  if (chunk.type === 'plan_update') return { kind: 'plan', title: String(chunk.title) };
  if (chunk.type === 'blocks') {
    const errors = blockErrors(chunk.blocks);
    if (errors.length > 0) throw invalidBlocks(errors);
    return { kind: 'blocks', blocks: chunk.blocks as Json[] };
  }
  const { type: _, ...task } = chunk;
  return { kind: 'task', task };
}

/** The text of all pieces, in Slack's markup. */
export const markdownIn = ({ pieces }: StreamBody): string =>
  mrkdwnOf(pieces.map((piece) => (piece.kind === 'markdown' ? piece.text : '')).join(''));

/** The blocks that show the pieces. A task that is told of again changes where it stands. */
export function blocksOf({ mode, pieces }: StreamBody): Json[] {
  const tasks = new Map<unknown, Json>();
  let title = '';
  for (const piece of pieces) {
    if (piece.kind === 'task') tasks.set(piece.task.id, { ...tasks.get(piece.task.id), ...piece.task });
    if (piece.kind === 'plan') title = piece.title;
  }
  const shown = new Set<unknown>();
  const blocks: Json[] = [];
  let markdown = '';
  const flush = () => {
    blocks.push(...markdownBlocks(markdown));
    markdown = '';
  };
  for (const piece of pieces) {
    if (piece.kind === 'markdown') markdown += piece.text;
    else if (piece.kind === 'blocks') {
      flush();
      blocks.push(...piece.blocks);
    } else if (piece.kind === 'task' && !shown.has(mode === 'plan' ? mode : piece.task.id)) {
      flush();
      shown.add(mode === 'plan' ? mode : piece.task.id);
      blocks.push(mode === 'plan' ? plan(title, tasks) : card(tasks.get(piece.task.id) as Json));
    }
  }
  flush();
  return blocks;
}

const plan = (title: string, tasks: ReadonlyMap<unknown, Json>): Json => ({
  type: 'plan',
  title,
  tasks: [...tasks.values()].map(card),
});

function card({ id, title, status, details, output, sources }: Json): Json {
  const rich = (value: unknown) => {
    const { block_id: _, ...block } = richText(String(value), '');
    return block;
  };
  return {
    type: 'task_card',
    task_id: id,
    title,
    ...(details ? { details: rich(details) } : {}),
    ...(output ? { output: rich(output) } : {}),
    ...(Array.isArray(sources) ? { sources: sources.filter(isObject) } : {}),
    status,
  };
}

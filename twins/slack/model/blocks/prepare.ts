/** Blocks as Slack keeps them: ids where the app gave none, defaults of text objects written out. */
import { isObject, type Json } from '../../world.ts';

/** Elements that can be acted on, and so have an `action_id`. */
const PASSIVE = new Set(['image', 'plain_text', 'mrkdwn']);

/** Makes of a text object, as given, what is kept of it. */
export type Keeper = (text: Json) => Json;

/** `id(n)` draws the nth id of this message or view. */
export function prepared(blocks: readonly Json[], id: (n: number) => string, keep: Keeper): Json[] {
  let n = 0;
  return numbered(blocks, () => id(n++), keep);
}

function numbered(blocks: readonly Json[], next: () => string, keep: Keeper): Json[] {
  return blocks.map((block) => {
    const { type } = block;
    const kept = type === 'rich_text' ? block : (written(block, keep) as Json);
    const { block_id, ...rest } = kept;
    const whole: Json = { type, block_id: block_id || next(), ...rest };
    for (const key of ROWS_OF_ELEMENTS[String(type)] ?? [])
      if (Array.isArray(rest[key])) whole[key] = (rest[key] as Json[]).map((one) => named(one, next));
    const within = BLOCKS_WITHIN[String(type)];
    if (within && Array.isArray(rest[within])) whole[within] = numbered(rest[within] as Json[], next, keep);
    if (isObject(rest.accessory)) whole.accessory = named(rest.accessory, next);
    if (type === 'input') {
      whole.element = named(rest.element as Json, next);
      whole.optional = rest.optional ?? false;
      whole.dispatch_action = rest.dispatch_action ?? false;
    }
    return whole;
  });
}

/** Where blocks carry elements that can be acted on. */
const ROWS_OF_ELEMENTS: Readonly<Record<string, readonly string[]>> = {
  actions: ['elements'],
  context_actions: ['elements'],
  card: ['actions'],
};

/** Where blocks carry blocks. */
const BLOCKS_WITHIN: Readonly<Record<string, string>> = {
  carousel: 'elements',
  container: 'child_blocks',
  plan: 'tasks',
};

const named = (element: Json, next: () => string): Json =>
  PASSIVE.has(String(element.type)) || element.action_id ? element : { ...element, action_id: next() };

function written(value: unknown, keep: Keeper): unknown {
  if (Array.isArray(value)) return value.map((one) => written(one, keep));
  if (!isObject(value)) return value;
  const { type, text } = value;
  if (typeof text === 'string' && (type === 'plain_text' || type === 'mrkdwn')) return keep(value);
  if (type === 'rich_text') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, written(inner, keep)]));
}

/** Every interactive element of some blocks with the block it is in. */
export function interactive(blocks: readonly Json[]): { block: Json; element: Json }[] {
  return blocks.flatMap((block) => {
    const type = String(block.type);
    const within = block[BLOCKS_WITHIN[type] ?? ''];
    const rows = (ROWS_OF_ELEMENTS[type] ?? []).flatMap((key) => (block[key] as Json[] | undefined) ?? []);
    const own = [...rows, block.accessory, type === 'input' ? block.element : undefined]
      .filter(isObject)
      .filter((element) => element.action_id !== undefined)
      .map((element) => ({ block, element }));
    return Array.isArray(within) ? [...own, ...interactive(within as Json[])] : own;
  });
}

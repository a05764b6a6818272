/** Ids of blocks and elements: each must be one of its kind where it stands. */
import { isObject, type Json } from '../../world.ts';
import type { Fault } from './check.ts';

/** Ids that stand twice: those of blocks in the whole list, those of elements in their block. */
export function doubledIds(blocks: readonly unknown[], pointer: string): Fault[] {
  const faults: Fault[] = [];
  const known = new Set<unknown>();
  blocks.forEach((block, i) => {
    if (!isObject(block)) return;
    const place = `${pointer}/${i}`;
    if (block.block_id && known.has(block.block_id))
      faults.push(taken('block_id', block.block_id, `${place}/block_id`));
    known.add(block.block_id);
    faults.push(...doubledActions(block, place));
  });
  return faults;
}

function doubledActions(block: Json, place: string): Fault[] {
  const faults: Fault[] = [];
  const known = new Set<unknown>();
  const elements: unknown[] = Array.isArray(block.elements) ? block.elements : [];
  elements.forEach((element, j) => {
    const action = isObject(element) ? element.action_id : undefined;
    if (action !== undefined && known.has(action))
      faults.push(taken('action_id', action, `${place}/elements/${j}/action_id`));
    known.add(action);
  });
  return faults;
}

const taken = (name: string, id: unknown, pointer: string): Fault => ({
  message: `\`${name}\` "${String(id)}" already exists`,
  pointer,
  constraint: { type: 'unique', got: id },
});

/** The choices that a field offers, context by context. */
import type { World } from '../../../../src/world/world.ts';
import { type FieldOption, fieldOptions } from '../../world.ts';

/** A field's choices in all its contexts, in their order. */
export const optionsOfField = (world: World, fieldId: string): FieldOption[] =>
  inOrder(world.list(fieldOptions, { index: 'field', equals: fieldId }).toArray());

const inOrder = (rows: FieldOption[]): FieldOption[] => rows.sort((a, b) => a.position - b.position);

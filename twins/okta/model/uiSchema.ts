/** UI schemas: which fields an enrolment form shows. */
import type { World } from '../../../src/world/world.ts';
import { blank, notFound, notWellFormed } from '../errors.ts';
import { newId } from '../ids.ts';
import { stamp } from '../time.ts';
import { uiSchemas } from '../world.ts';

/** A UI schema in the vendor's shape, less links. */
export interface UiSchema {
  id: string;
  uiSchema: Record<string, unknown>;
  created: string;
  lastUpdated: string;
}

/** The UI schema with this id, or E0000007. */
export const findUiSchema = (world: World, id: string): UiSchema =>
  world.require(uiSchemas, id, () => notFound(id, 'UISchemaEntity'));

/** Makes a UI schema. Throws E0000001 where there is none in it. */
export function createUiSchema(world: World, input: Partial<UiSchema> | undefined): UiSchema {
  const now = stamp(world.now());
  return world.insert(uiSchemas, {
    id: newId(world, 'uis'),
    uiSchema: checked(input),
    created: now,
    lastUpdated: now,
  });
}

/** Replaces a UI schema. */
export function replaceUiSchema(world: World, id: string, input: Partial<UiSchema> | undefined): UiSchema {
  findUiSchema(world, id);
  return world.update(uiSchemas, id, { uiSchema: checked(input), lastUpdated: stamp(world.now()) });
}

/** Removes a UI schema. */
export function deleteUiSchema(world: World, id: string): void {
  world.remove(uiSchemas, findUiSchema(world, id).id);
}

function checked(input: Partial<UiSchema> | undefined): Record<string, unknown> {
  if (!input || typeof input !== 'object') throw notWellFormed();
  if (!input.uiSchema || typeof input.uiSchema !== 'object') throw blank('uiSchema');
  return input.uiSchema;
}

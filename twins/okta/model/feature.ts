/** Features that an org may turn on by itself before everybody has them. */
import type { World } from '../../../src/world/world.ts';
import { invalid, notFound } from '../errors.ts';
import { newId } from '../ids.ts';
import { features } from '../world/admin.ts';
import { recordChange, type Who } from './log.ts';

/** A feature in the vendor's shape, less links. */
export interface Feature {
  id: string;
  type: 'self-service';
  status: 'ENABLED' | 'DISABLED';
  name: string;
  description: string;
  stage: { value: 'EA' | 'BETA'; state?: 'OPEN' | 'CLOSED' };
  helpDoc: string;
}

/** Puts a feature in that is off. */
export const addFeature = (world: World, name: string, description: string, helpDoc: string): Feature =>
  world.insert(features, {
    id: newId(world, 'ftr'),
    type: 'self-service',
    status: 'DISABLED',
    name,
    description,
    stage: { value: 'EA' },
    helpDoc,
  });

/** The feature with this id, or E0000007. */
export const findFeature = (world: World, id: string): Feature =>
  world.require(features, id, () => notFound(id, 'Feature'));

/** Turns a feature on or off, and returns it. Throws E0000001 for another word. */
export function turnFeature(world: World, who: Who, id: string, lifecycle: string): Feature {
  findFeature(world, id);
  if (lifecycle !== 'ENABLE' && lifecycle !== 'DISABLE')
    throw invalid('lifecycle', 'lifecycle: The lifecycle must be ENABLE or DISABLE');
  const row = world.update(features, id, { status: `${lifecycle}D` });
  const thing = { id, type: 'Feature', name: row.name };
  recordChange(world, who, `system.feature.${lifecycle.toLowerCase()}`, 'Feature changed', thing);
  return row;
}

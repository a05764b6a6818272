/** A program's own JSON, kept on an issue, a comment, a project or a person. */
import type { World } from '../../../src/world/world.ts';
import { badQuery, missing } from '../errors.ts';
import { PROPERTY_CHARS_MAX, PROPERTY_KEY_CHARS_MAX } from '../limits.ts';
import { issues, type Property, properties } from '../world.ts';
import { objects } from './issues/issueFields.ts';
import { happened } from './webhooks/happened.ts';

type Entity = Property['entity'];

/** The properties of one thing, by key. */
export const propertiesOf = (world: World, entity: Entity, id: string): Property[] =>
  world.list(properties, { prefix: `${entity}/${id}/` }).toArray();

/** 404 where there is no such property. */
export const requireProperty = (world: World, entity: Entity, id: string, key: string): Property =>
  world.require(properties, `${entity}/${id}/${key}`, () =>
    missing(`The property with key '${key}' does not exist.`),
  );

/** Keeps the properties that come with an issue or a comment, as `[{key, value}]`; 400 where they are none. */
export function keepProperties(world: World, entity: Entity, entityId: string, sent: unknown): void {
  for (const { key, value } of objects(sent))
    if (typeof key === 'string') {
      checkProperty(key, value ?? null);
      world.put(properties, { entity, entityId, key, value: value ?? null });
    }
}

/** Keeps a value; says whether it is new. 400 for a value or key that is too long, or no JSON. */
export function setProperty(
  world: World,
  entity: Entity,
  entityId: string,
  key: string,
  value: unknown,
): boolean {
  checkProperty(key, value);
  const isNew = world.get(properties, `${entity}/${entityId}/${key}`) === undefined;
  tell(world, 'issue_property_set', world.put(properties, { entity, entityId, key, value }));
  return isNew;
}

/** 400 for a value or key that is too long, or no JSON. */
export function checkProperty(key: string, value: unknown): void {
  if (value === undefined) throw badQuery('The property value must be valid, non-empty JSON.');
  if (key.length > PROPERTY_KEY_CHARS_MAX)
    throw badQuery(`Property key length must not exceed ${PROPERTY_KEY_CHARS_MAX} characters.`);
  if (JSON.stringify(value).length > PROPERTY_CHARS_MAX)
    throw badQuery(`The property value cannot exceed ${PROPERTY_CHARS_MAX} characters.`);
}

export function deleteProperty(world: World, entity: Entity, id: string, key: string): void {
  tell(world, 'issue_property_deleted', requireProperty(world, entity, id, key));
  world.remove(properties, `${entity}/${id}/${key}`);
}

/** Programs hear of the properties of issues only. */
function tell(
  world: World,
  event: 'issue_property_set' | 'issue_property_deleted',
  property: Property,
): void {
  const issue = property.entity === 'issue' ? world.get(issues, property.entityId) : undefined;
  if (issue) happened(world, { event, property, issue });
}

/** Takes every property from a thing that goes. */
export function deleteProperties(world: World, entity: Entity, id: string): void {
  for (const { key } of propertiesOf(world, entity, id)) world.remove(properties, `${entity}/${id}/${key}`);
}

/** What is kept on one thing, on a copy of it as well. */
export function copyProperties(world: World, entity: Entity, from: string, to: string): void {
  for (const { key, value } of propertiesOf(world, entity, from))
    world.put(properties, { entity, entityId: to, key, value });
}

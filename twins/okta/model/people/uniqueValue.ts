/**
 * Custom attributes whose value no two users (or groups) may share. All user types share one namespace: who has the
 * attribute in a type where it is not unique does not count.
 * https://developer.okta.com/docs/api/openapi/okta-management/management/tag/Schema/
 */
import type { World } from '../../../../src/world/world.ts';
import { invalid } from '../../errors.ts';
import { UNIQUE_ATTRIBUTES_MAX } from '../../limits.ts';
import { uniqueValues } from '../../world/directory.ts';
import { isUnique } from './attribute.ts';
import type { Schema } from './schema.ts';

/** Who has a value that nobody else may have. */
export interface UniqueValue {
  /** `{user|group}/{attribute}/{value}`. */
  id: string;
  ownerId: string;
}

/**
 * Notes the values of a profile that are to be its owner's alone, in the place of those before. Throws E0000001 for one
 * that somebody else has.
 */
export function claimUnique(
  world: World,
  schema: Schema,
  ownerId: string,
  profile: Record<string, unknown>,
): void {
  releaseUnique(world, ownerId);
  for (const [name, attribute] of Object.entries(schema.custom)) {
    const value = profile[name];
    if (!isUnique(attribute) || value === undefined || value === null || value === '') continue;
    const id = idOf(schema, name, value);
    if (world.get(uniqueValues, id))
      throw invalid(name, `${name}: An object with this field already exists in the current organization`);
    world.insert(uniqueValues, { id, ownerId });
  }
}

/** Lets go of all that somebody had alone. */
export function releaseUnique(world: World, ownerId: string): void {
  for (const { id } of world.list(uniqueValues, { index: 'owner', equals: ownerId }).toArray())
    world.remove(uniqueValues, id);
}

/** Throws E0000001 for a schema with more unique attributes than there may be. */
export function checkUniqueCount(custom: Schema['custom']): void {
  const names = Object.keys(custom).filter((name) => isUnique(custom[name] ?? {}));
  if (names.length > UNIQUE_ATTRIBUTES_MAX)
    throw invalid(
      names.at(-1) ?? '',
      `${names.at(-1)}: At most ${UNIQUE_ATTRIBUTES_MAX} attributes can be unique.`,
    );
}

const idOf = ({ of }: Schema, name: string, value: unknown): string =>
  `${of}/${name}/${String(value).toLowerCase()}`;

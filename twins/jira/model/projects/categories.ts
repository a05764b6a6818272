/**
 * Categories, by which administrators sort projects.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-project-categories/
 */
import type { World } from '../../../../src/world/world.ts';
import { badFields, missing } from '../../errors.ts';
import { CATEGORY_DESCRIPTION_CHARS_MAX, NAME_CHARS_MAX } from '../../limits.ts';
import { type ProjectCategory, projectCategories, projects } from '../../world.ts';
import { nextId } from '../ids.ts';

export interface CategoryInput {
  name?: string | null;
  description?: string | null;
}

/** All categories, oldest first. */
export const categories = (world: World): ProjectCategory[] =>
  world
    .list(projectCategories)
    .toArray()
    .sort((a, b) => Number(a.id) - Number(b.id));

/** 404 in the vendor's words. */
export const requireCategory = (world: World, id: string): ProjectCategory =>
  world.require(projectCategories, id, () => missing(`The project category with id '${id}' does not exist.`));

/** Adds a category; `badFields` for a missing or too long text, 409 for a name that is taken. */
export const createCategory = (world: World, input: CategoryInput): ProjectCategory =>
  world.insert(projectCategories, {
    id: nextId(world, 'projectCategory'),
    name: freeName(world, input.name),
    description: described(input.description) ?? '',
  });

/** Changes what is given. */
export function updateCategory(
  world: World,
  id: string,
  { name, description }: CategoryInput,
): ProjectCategory {
  requireCategory(world, id);
  const text = described(description);
  return world.update(projectCategories, id, {
    ...(name === undefined || name === null ? {} : { name: freeName(world, name, id) }),
    ...(text === undefined ? {} : { description: text }),
  });
}

/** Deletes a category; projects in it are in none. */
export function deleteCategory(world: World, id: string): void {
  requireCategory(world, id);
  for (const project of world.list(projects, { index: 'category', equals: id }).toArray()) {
    const { projectCategory: _, ...rest } = project;
    world.put(projects, rest);
  }
  world.remove(projectCategories, id);
}

function described(description: string | null | undefined): string | undefined {
  if (description === undefined || description === null) return undefined;
  if (description.length > CATEGORY_DESCRIPTION_CHARS_MAX)
    throw badFields({
      description: `The description must not exceed ${CATEGORY_DESCRIPTION_CHARS_MAX} characters in length.`,
    });
  return description;
}

function freeName(world: World, value: string | null | undefined, self?: string): string {
  const name = (value ?? '').trim();
  if (name === '') throw badFields({ name: 'Please specify a name.' });
  if (name.length > NAME_CHARS_MAX)
    throw badFields({ name: `The category name must not exceed ${NAME_CHARS_MAX} characters in length.` });
  for (const row of world.list(projectCategories, { index: 'name', equals: name.toLowerCase() }))
    if (row.id !== self)
      throw badFields({ name: `The project category '${name}' already exists` }, self ? 400 : 409);
  return name;
}

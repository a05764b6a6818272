/**
 * Types of links between issues: administrators make, change and delete them, with the links that are of them.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-link-types/
 */
import type { World } from '../../../src/world/world.ts';
import { badFields, badQuery, missing } from '../errors.ts';
import { NAME_CHARS_MAX } from '../limits.ts';
import { type IssueLinkType, issueLinks, issueLinkTypes } from '../world.ts';
import { nextId } from './ids.ts';
import { linkTypes, requireLinkType } from './issues/links.ts';

/** What `POST` and `PUT /issueLinkType` take. */
export interface LinkTypeInput {
  name?: string | null;
  inward?: string | null;
  outward?: string | null;
}

/** Adds a type; `badFields` with each text that is missing, 404 for a name that is taken (the vendor's status). */
export function createLinkType(world: World, input: LinkTypeInput): IssueLinkType {
  const problems = Object.fromEntries(
    (['name', 'outward', 'inward'] as const)
      .filter((key) => !input[key]?.trim())
      .map((key) => [key, `You must specify a${key === 'name' ? ' name' : `n ${key} link description`}.`]),
  );
  if (Object.keys(problems).length > 0) throw badFields(problems);
  return world.insert(issueLinkTypes, {
    id: nextId(world, 'issueLinkType', 10_004),
    name: '',
    inward: '',
    outward: '',
    ...textsOf(world, input),
  });
}

/** Changes what is given. */
export function updateLinkType(world: World, id: string, input: LinkTypeInput): IssueLinkType {
  requireLinkType(world, { id: idOf(id) });
  return world.update(issueLinkTypes, id, textsOf(world, input, id));
}

/** Deletes a type and the links that are of it. */
export function deleteLinkType(world: World, id: string): void {
  requireLinkType(world, { id: idOf(id) });
  for (const link of world.list(issueLinks, { where: (row) => row.type.id === id }).toArray())
    world.remove(issueLinks, link.id);
  world.remove(issueLinkTypes, id);
}

function idOf(id: string): string {
  if (!/^\d+$/.test(id)) throw badQuery(`The issue link type id '${id}' is not valid.`);
  return id;
}

function textsOf(world: World, input: LinkTypeInput, self?: string): Partial<IssueLinkType> {
  const texts: Partial<IssueLinkType> = {};
  for (const key of ['name', 'inward', 'outward'] as const) {
    const text = input[key]?.trim();
    if (!text) continue;
    if (text.length > NAME_CHARS_MAX)
      throw badFields({ [key]: `The text must not exceed ${NAME_CHARS_MAX} characters in length.` });
    texts[key] = text;
  }
  const lower = texts.name?.toLowerCase();
  if (linkTypes(world).some((one) => one.id !== self && one.name.toLowerCase() === lower))
    throw missing(`An issue link type with name '${texts.name}' already exists.`);
  return texts;
}

/**
 * Pictures of projects, types of issue and priorities: Jira's own, which everybody may choose, and those that people
 * loaded for one of them.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-avatars/
 */
import type { World } from '../../../../src/world/world.ts';
import { badQuery, forbidden, missing, refused } from '../../errors.ts';
import { AVATAR_BYTES_MAX, AVATARS_PER_OWNER_MAX } from '../../limits.ts';
import { type Avatar, avatars, issueTypes, priorities, projects } from '../../world.ts';
import { nextId } from '../ids.ts';
import { imageHead } from './imageHead.ts';
import { DEFAULT_AVATARS, SYSTEM_AVATARS } from './systemAvatars.ts';

export type AvatarType = Avatar['type'];

/** One picture that a thing may have. */
export interface AvatarChoice {
  id: string;
  system: boolean;
}

/** The picture with this id that `owner` may have: one of Jira's own, or one of its. */
export function avatarOfOwner(
  world: World,
  type: AvatarType,
  ownerId: string,
  id: string,
): AvatarChoice | undefined {
  if (SYSTEM_AVATARS[type].includes(Number(id))) return { id, system: true };
  const row = world.get(avatars, id);
  return row?.type === type && row.ownerId === ownerId ? { id, system: false } : undefined;
}

/** The pictures that people loaded for one thing, oldest first. */
export const customAvatarsOf = (world: World, type: AvatarType, ownerId: string): Avatar[] =>
  world
    .list(avatars, { index: 'owner', equals: `${type}/${ownerId}` })
    .toArray()
    .sort((a, b) => Number(a.id) - Number(b.id));

/** A type of owner; 404 for what has no pictures. */
export function avatarType(text: string): AvatarType {
  if (text !== 'project' && text !== 'issuetype' && text !== 'priority')
    throw missing(`The avatar type '${text}' is not valid.`);
  return text;
}

/** The picture that a thing has now; 404 where there is no such thing. */
export function chosenAvatar(world: World, type: AvatarType, ownerId: string): string {
  const gone = () => missing(`The ${type} with id '${ownerId}' does not exist.`);
  if (type === 'project') return String(world.require(projects, ownerId, gone).avatarId);
  if (type === 'issuetype') return String(world.require(issueTypes, ownerId, gone).avatarId);
  return String(world.require(priorities, ownerId, gone).avatarId ?? DEFAULT_AVATARS.priority);
}

/** Where a picture is cut to a square, in pixels; `size` 0 is all of its shorter side. */
export interface Crop {
  x: number;
  y: number;
  size: number;
}

/** Keeps a picture for a thing; 400 for what is none, and for a square that is not within it. */
export function loadAvatar(
  world: World,
  type: AvatarType,
  ownerId: string,
  bytes: Uint8Array,
  { x, y, size }: Crop,
): Avatar {
  chosenAvatar(world, type, ownerId);
  const head = imageHead(bytes);
  if (!head) throw badQuery('The image type is not supported: a JPEG, GIF or PNG image has to be included.');
  if (bytes.length > AVATAR_BYTES_MAX) throw refused('tooLarge');
  const side = size === 0 ? Math.min(head.width, head.height) : size;
  if (side < 1 || x < 0 || y < 0 || x + side > head.width || y + side > head.height)
    throw badQuery('The crop parameters extend the crop area beyond the edge of the image.');
  if (customAvatarsOf(world, type, ownerId).length >= AVATARS_PER_OWNER_MAX)
    throw badQuery(`At most ${AVATARS_PER_OWNER_MAX} avatars can be kept for one ${type}.`);
  return world.insert(avatars, {
    id: nextId(world, 'avatar', 11_000),
    type,
    ownerId,
    mimeType: head.mimeType,
    content: Buffer.from(bytes).toString('base64'),
    crop: { x, y, size: side },
  });
}

/** Takes a picture away: who showed it shows the default. 403 for one of Jira's own, 404 for one that is not the thing's. */
export function deleteAvatar(world: World, type: AvatarType, ownerId: string, id: string): void {
  const chosen = chosenAvatar(world, type, ownerId);
  const found = avatarOfOwner(world, type, ownerId, id);
  if (!found) throw missing(`The avatar with id '${id}' does not exist.`);
  if (found.system) throw forbidden('System avatars cannot be deleted.');
  world.remove(avatars, id);
  if (chosen === id) choose(world, type, ownerId, DEFAULT_AVATARS[type]);
}

/** Sets the picture that a project shows; 404 for one that it may not have. */
export function chooseProjectAvatar(world: World, projectId: string, id: string): void {
  if (!avatarOfOwner(world, 'project', projectId, id))
    throw missing(`The avatar with id '${id}' does not exist.`);
  choose(world, 'project', projectId, Number(id));
}

function choose(world: World, type: AvatarType, ownerId: string, avatarId: number): void {
  if (type === 'project') world.update(projects, ownerId, { avatarId });
  else if (type === 'issuetype') world.update(issueTypes, ownerId, { avatarId });
  else world.update(priorities, ownerId, { avatarId });
}

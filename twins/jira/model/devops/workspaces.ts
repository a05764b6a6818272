/** Places of an app's data that are connected with the site. */
import type { World } from '../../../../src/world/world.ts';
import { WORKSPACES_PER_REQUEST_MAX } from '../../limits.ts';
import { type LinkedWorkspace, linkedWorkspaces } from '../../world.ts';
import { later } from './later.ts';
import { ill } from './request.ts';

type Kind = LinkedWorkspace['kind'];

const FORM = /^[a-zA-Z0-9\-_.~@:{}=]+(\/[a-zA-Z0-9\-_.~@:{}=]+)*$/;

/** Connects workspaces in a while; those that are connected stay as they are. Gives their ids; 400 for a wrong one. */
export function linkWorkspaces(world: World, provider: string, kind: Kind, ids: unknown): string[] {
  if (!Array.isArray(ids) || ids.length === 0)
    throw ill("'workspaceIds' must be a list of at least one text.");
  if (ids.length > WORKSPACES_PER_REQUEST_MAX)
    throw ill(`'workspaceIds' must not hold more than ${WORKSPACES_PER_REQUEST_MAX} texts.`);
  const wrong = ids.find((id) => typeof id !== 'string' || (kind === 'security' && !FORM.test(id)));
  if (wrong !== undefined) throw ill(`The workspace ID '${String(wrong)}' is invalid.`);
  later(world, 'link', { provider, kind, ids });
  return ids as string[];
}

/** Disconnects workspaces in a while. */
export function unlinkWorkspaces(world: World, provider: string, kind: Kind, ids: readonly string[]): void {
  if (ids.length === 0) throw ill("'workspaceIds' must be supplied.");
  later(world, 'unlink', { provider, kind, ids });
}

export interface WorkspaceChange {
  provider: string;
  kind: Kind;
  ids: readonly string[];
}

const keyOf = (kind: Kind, provider: string, workspaceId: string): string =>
  linkedWorkspaces.key({ kind, provider, workspaceId, updatedAt: '' });

export function link(world: World, { provider, kind, ids }: WorkspaceChange): void {
  const updatedAt = new Date(world.now()).toISOString();
  for (const workspaceId of ids)
    if (!world.get(linkedWorkspaces, keyOf(kind, provider, workspaceId)))
      world.put(linkedWorkspaces, { kind, provider, workspaceId, updatedAt });
}

export function unlink(world: World, { provider, kind, ids }: WorkspaceChange): void {
  for (const id of ids) world.remove(linkedWorkspaces, keyOf(kind, provider, id));
}

export const workspacesOf = (world: World, provider: string, kind: Kind): LinkedWorkspace[] =>
  world.list(linkedWorkspaces, { prefix: `${kind}/${encodeURIComponent(provider)}/` }).toArray();

/** One that is connected; undefined where it is not. */
export const workspaceOf = (
  world: World,
  provider: string,
  kind: Kind,
  workspaceId: string,
): LinkedWorkspace | undefined => world.get(linkedWorkspaces, keyOf(kind, provider, workspaceId));

/** Changing many dashboards at once: each is done, or told of with why not. */
import { ApiError } from '../../../../src/error.ts';
import type { World } from '../../../../src/world/world.ts';
import { badQuery } from '../../errors.ts';
import { DASHBOARDS_PER_BULK_MAX } from '../../limits.ts';
import { type Dashboard, dashboards, type SharePermission, type User, users } from '../../world.ts';
import { readShares } from '../filters/sharing.ts';
import { requireChangeable } from './dashboard.ts';

export interface BulkEditInput {
  action?: unknown;
  entityIds?: unknown;
  extendAdminPermissions?: unknown;
  changeOwnerDetails?: unknown;
  permissionDetails?: unknown;
}

/** What was refused, by the id of its dashboard. */
export type EntityErrors = Record<string, { errorMessages: string[]; errors: Record<string, string> }>;

const ACTIONS = ['changeOwner', 'changePermission', 'addPermission', 'removePermission'] as const;

/** Does the action to each dashboard; 400 for an action that is none, or details that do not fit it. */
export function bulkEdit(
  world: World,
  user: User,
  input: BulkEditInput,
): { action: string; entityErrors: EntityErrors } {
  const action = ACTIONS.find((one) => one === input.action);
  if (!action) throw badQuery(`Invalid action '${String(input.action)}'.`);
  const ids = idsOf(input.entityIds);
  const extendAdminPermissions = input.extendAdminPermissions === true;
  const change = changeOf(world, user, action, input);
  const entityErrors: EntityErrors = {};
  for (const id of ids)
    try {
      world.attempt(() => {
        const row = requireChangeable(world, user, id, { extendAdminPermissions });
        world.update(dashboards, id, change(row));
      });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      entityErrors[id] = { errorMessages: [error.message], errors: {} };
    }
  return { action, entityErrors };
}

function idsOf(value: unknown): string[] {
  if (!Array.isArray(value) || value.some((id) => !Number.isInteger(id)))
    throw badQuery('entityIds must be a list of dashboard IDs.');
  if (value.length === 0 || value.length > DASHBOARDS_PER_BULK_MAX)
    throw badQuery(`Between 1 and ${DASHBOARDS_PER_BULK_MAX} dashboards can be edited at the same time.`);
  return value.map(String);
}

type Change = (row: Dashboard) => Partial<Dashboard>;

function changeOf(world: World, user: User, action: (typeof ACTIONS)[number], input: BulkEditInput): Change {
  if (action === 'changeOwner') return ownerChange(world, input.changeOwnerDetails);
  const details = (input.permissionDetails ?? {}) as {
    sharePermissions?: unknown;
    editPermissions?: unknown;
  };
  if (
    typeof details !== 'object' ||
    !Array.isArray(details.sharePermissions) ||
    !Array.isArray(details.editPermissions)
  )
    throw badQuery('permissionDetails must have sharePermissions and editPermissions.');
  const shares = readShares(world, user, details.sharePermissions);
  const edits = readShares(world, user, details.editPermissions);
  if (action === 'changePermission') return () => ({ sharePermissions: shares, editPermissions: edits });
  const joined = action === 'addPermission' ? together : without;
  return (row) => ({
    sharePermissions: joined(row.sharePermissions, shares),
    editPermissions: joined(row.editPermissions, edits),
  });
}

function ownerChange(world: World, details: unknown): Change {
  const { newOwner, autofixName } = (details ?? {}) as { newOwner?: unknown; autofixName?: unknown };
  const owner = world.get(users, String(newOwner));
  if (!owner) throw badQuery('The new owner is not a valid user.');
  return (row) => {
    const taken = (name: string) =>
      world
        .list(dashboards, { index: 'name', equals: name.toLowerCase() })
        .toArray()
        .some((one) => one.owner.accountId === owner.accountId && one.id !== row.id);
    if (!taken(row.name)) return { owner: { accountId: owner.accountId } };
    if (autofixName !== true) throw badQuery('The new owner already has a dashboard with the same name.');
    let n = 1;
    while (taken(`${row.name} (${n})`)) n++;
    return { owner: { accountId: owner.accountId }, name: `${row.name} (${n})` };
  };
}

const keyOf = ({ id: _, ...share }: SharePermission): string => JSON.stringify(share);

const together = (held: readonly SharePermission[], more: readonly SharePermission[]): SharePermission[] => [
  ...held,
  ...without(more, held),
];

function without(held: readonly SharePermission[], gone: readonly SharePermission[]): SharePermission[] {
  const keys = new Set(gone.map(keyOf));
  return held.filter((one) => !keys.has(keyOf(one)));
}

/** `/api/v1/groups/{groupId}/owners`. */
import { list } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { addOwner, type GroupOwner, ownerName, ownersOf, removeOwner } from '../model/groups/groupOwner.ts';
import { stampJava, stampSql } from '../time.ts';

const { read, manage } = family('GroupOwner', 'groups', 'group');
const OWNERS = '/api/v1/groups/{groupId}/owners';

export const groupOwnerEndpoints = [
  endpoint(
    {
      id: 'listGroupOwners',
      route: `GET ${OWNERS}`,
      ...read,
      page: { style: 'link', default: 1_000, max: 1_000 },
      traits: { keeps: ['search'], nextOnly: true },
    },
    ({ world, params, query }) =>
      list(
        ownersOf(world, params.groupId, query.get('search')),
        (owner) => ownerView(world, owner, stampSql(owner.assignedAt)),
        { within: `${params.groupId}/` },
      ),
  ),
  endpoint(
    { id: 'assignGroupOwner', route: `POST ${OWNERS}`, ...manage, status: 201 },
    ({ world, params, input }) => {
      const owner = addOwner(world, params.groupId, input as { id?: string; type?: string });
      return ownerView(world, owner, stampJava(owner.assignedAt));
    },
  ),
  endpoint(
    { id: 'deleteGroupOwner', route: `DELETE ${OWNERS}/{ownerId}`, ...manage, status: 204 },
    ({ world, params }) => removeOwner(world, params.groupId, params.ownerId),
  ),
];

/** The service writes this one date in two ways, neither of them its usual one. */
function ownerView(world: World, owner: GroupOwner, lastUpdated: string): Record<string, unknown> {
  return {
    id: owner.id,
    type: owner.type,
    resolved: true,
    originId: null,
    originType: 'OKTA_DIRECTORY',
    displayName: ownerName(world, owner),
    lastUpdated,
  };
}

/** `/api/v1/groups/{groupId}/owners`. */
import { family, stored } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { addOwner, type GroupOwner, ownersOf, removeOwner } from '../model/groupOwner.ts';
import { stamp, stampJava } from '../time.ts';

const { read, manage } = stored(family('GroupOwner', 'groups', 'group'));
const OWNERS = '/api/v1/groups/{groupId}/owners';

export const groupOwnerEndpoints = [
  endpoint({ id: 'listGroupOwners', route: `GET ${OWNERS}`, ...read }, ({ world, params }) =>
    ownersOf(world, params.groupId).map((owner) => ownerView(owner, stampSql(owner.assignedAt))),
  ),
  endpoint(
    { id: 'assignGroupOwner', route: `POST ${OWNERS}`, ...manage, status: 201 },
    ({ world, params, input }) => {
      const owner = addOwner(world, params.groupId, input as { id?: string; type?: string });
      return ownerView(owner, stampJava(owner.assignedAt));
    },
  ),
  endpoint(
    { id: 'deleteGroupOwner', route: `DELETE ${OWNERS}/{ownerId}`, ...manage, status: 204 },
    ({ world, params }) => removeOwner(world, params.groupId, params.ownerId),
  ),
];

/** The service writes this one date in two ways, neither of them its usual one. */
function ownerView(owner: GroupOwner, lastUpdated: string): Record<string, unknown> {
  return {
    id: owner.id,
    type: owner.type,
    resolved: true,
    originId: null,
    originType: 'OKTA_DIRECTORY',
    displayName: owner.displayName,
    lastUpdated,
  };
}

const stampSql = (ms: number): string => stamp(ms).replace('T', ' ').replace('00Z', '');

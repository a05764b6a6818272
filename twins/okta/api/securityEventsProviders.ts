/** `/api/v1/security-events-providers`. */
import type { World } from '../../../src/world/world.ts';
import { family, stored } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { link } from '../links.ts';
import {
  createSecurityEventsProvider,
  deleteSecurityEventsProvider,
  findSecurityEventsProvider,
  replaceSecurityEventsProvider,
  type SecurityEventsProvider,
  type SecurityEventsProviderInput,
  setSecurityEventsProviderStatus,
} from '../model/securityEventsProvider.ts';
import { securityEventsProviders } from '../world/security.ts';

const { read, manage } = stored(family('SSFReceiver', 'securityEventsProviders', 'other'));
const ALL = '/api/v1/security-events-providers';
const ONE = `${ALL}/{securityEventProviderId}` as const;

export const securityEventsProviderEndpoints = [
  endpoint({ id: 'listSecurityEventsProviderInstances', route: `GET ${ALL}`, ...read }, ({ world }) =>
    world
      .list(securityEventsProviders)
      .toArray()
      .map((row) => view(world, row)),
  ),
  endpoint(
    { id: 'createSecurityEventsProviderInstance', route: `POST ${ALL}`, ...manage },
    ({ world, input }) =>
      view(world, createSecurityEventsProvider(world, input as SecurityEventsProviderInput)),
  ),
  endpoint({ id: 'getSecurityEventsProviderInstance', route: `GET ${ONE}`, ...read }, ({ world, params }) =>
    view(world, findSecurityEventsProvider(world, params.securityEventProviderId)),
  ),
  endpoint(
    { id: 'replaceSecurityEventsProviderInstance', route: `PUT ${ONE}`, ...manage },
    ({ world, params: { securityEventProviderId: id }, input }) =>
      view(world, replaceSecurityEventsProvider(world, id, input as SecurityEventsProviderInput)),
  ),
  endpoint(
    { id: 'deleteSecurityEventsProviderInstance', route: `DELETE ${ONE}`, ...manage, status: 204 },
    ({ world, params }) => deleteSecurityEventsProvider(world, params.securityEventProviderId),
  ),
  endpoint(
    { id: 'activateSecurityEventsProviderInstance', route: `POST ${ONE}/lifecycle/activate`, ...manage },
    ({ world, params }) =>
      view(world, setSecurityEventsProviderStatus(world, params.securityEventProviderId, 'ACTIVE')),
  ),
  endpoint(
    { id: 'deactivateSecurityEventsProviderInstance', route: `POST ${ONE}/lifecycle/deactivate`, ...manage },
    ({ world, params }) =>
      view(world, setSecurityEventsProviderStatus(world, params.securityEventProviderId, 'INACTIVE')),
  ),
];

function view(world: World, row: SecurityEventsProvider): Record<string, unknown> {
  const self = `${ALL}/${row.id}`;
  const turn = row.status === 'ACTIVE' ? 'deactivate' : 'activate';
  return {
    ...row,
    _links: {
      self: link(world, self, 'GET', 'PUT', 'DELETE'),
      [turn]: link(world, `${self}/lifecycle/${turn}`, 'POST'),
    },
  };
}

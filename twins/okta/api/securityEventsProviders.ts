/** `/api/v1/security-events-providers`. */
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
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
} from '../model/log/securityEventsProvider.ts';
import { securityEventsProviders } from '../world/security.ts';

const { read, manage } = family('SSFReceiver', 'securityEventsProviders', 'other');
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
    ({ world, actor, input }) =>
      view(world, createSecurityEventsProvider(world, actor.who, input as SecurityEventsProviderInput)),
  ),
  endpoint({ id: 'getSecurityEventsProviderInstance', route: `GET ${ONE}`, ...read }, ({ world, params }) =>
    view(world, findSecurityEventsProvider(world, params.securityEventProviderId)),
  ),
  endpoint(
    { id: 'replaceSecurityEventsProviderInstance', route: `PUT ${ONE}`, ...manage },
    ({ world, actor, params: { securityEventProviderId: id }, input }) =>
      view(world, replaceSecurityEventsProvider(world, actor.who, id, input as SecurityEventsProviderInput)),
  ),
  endpoint(
    { id: 'deleteSecurityEventsProviderInstance', route: `DELETE ${ONE}`, ...manage, status: 204 },
    ({ world, actor, params }) =>
      deleteSecurityEventsProvider(world, actor.who, params.securityEventProviderId),
  ),
  endpoint(
    { id: 'activateSecurityEventsProviderInstance', route: `POST ${ONE}/lifecycle/activate`, ...manage },
    ({ world, actor, params }) =>
      view(
        world,
        setSecurityEventsProviderStatus(world, actor.who, params.securityEventProviderId, 'ACTIVE'),
      ),
  ),
  endpoint(
    { id: 'deactivateSecurityEventsProviderInstance', route: `POST ${ONE}/lifecycle/deactivate`, ...manage },
    ({ world, actor, params }) =>
      view(
        world,
        setSecurityEventsProviderStatus(world, actor.who, params.securityEventProviderId, 'INACTIVE'),
      ),
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

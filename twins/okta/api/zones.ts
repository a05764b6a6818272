/** `/api/v1/zones`. */
import { list } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { refuse } from '../errors.ts';
import { link } from '../links.ts';
import {
  createZone,
  deleteZone,
  findZone,
  replaceZone,
  setZoneStatus,
  type Zone,
  type ZoneInput,
} from '../model/guard/zone.ts';
import { matcher } from '../model/search/match.ts';
import { parseFilter } from '../model/search/parse.ts';
import { zones } from '../world.ts';

const { read, manage } = family('NetworkZone', 'networkZones', 'other');
const ZONE = '/api/v1/zones/{zoneId}';

export const zoneEndpoints = [
  endpoint(
    {
      id: 'listNetworkZones',
      route: 'GET /api/v1/zones',
      ...read,
      page: { style: 'link', default: 20, max: 200 },
      traits: { keeps: ['filter'] },
    },
    ({ world, query }) => {
      const filter = query.get('filter');
      const where = filter ? matcher(parseFilter(filter, () => refuse('E0000031'))) : undefined;
      return list(world.list(zones, where ? { where } : {}), (zone) => zoneView(world, zone));
    },
  ),
  endpoint({ id: 'createNetworkZone', route: 'POST /api/v1/zones', ...manage }, ({ world, actor, input }) =>
    zoneView(world, createZone(world, actor.who, input as ZoneInput)),
  ),
  endpoint({ id: 'getNetworkZone', route: `GET ${ZONE}`, ...read }, ({ world, params }) =>
    zoneView(world, findZone(world, params.zoneId)),
  ),
  endpoint({ id: 'replaceNetworkZone', route: `PUT ${ZONE}`, ...manage }, ({ world, actor, params, input }) =>
    zoneView(world, replaceZone(world, actor.who, params.zoneId, input as ZoneInput)),
  ),
  endpoint(
    { id: 'deleteNetworkZone', route: `DELETE ${ZONE}`, ...manage, status: 204 },
    ({ world, actor, params }) => deleteZone(world, actor.who, params.zoneId),
  ),
  endpoint(
    { id: 'activateNetworkZone', route: `POST ${ZONE}/lifecycle/activate`, ...manage },
    ({ world, actor, params }) => zoneView(world, setZoneStatus(world, actor.who, params.zoneId, 'ACTIVE')),
  ),
  endpoint(
    { id: 'deactivateNetworkZone', route: `POST ${ZONE}/lifecycle/deactivate`, ...manage },
    ({ world, actor, params }) => zoneView(world, setZoneStatus(world, actor.who, params.zoneId, 'INACTIVE')),
  ),
];

/** A zone with the links of what may happen to it. */
export function zoneView(world: World, zone: Zone): Record<string, unknown> {
  const self = `/api/v1/zones/${zone.id}`;
  const turn = zone.status === 'ACTIVE' ? 'deactivate' : 'activate';
  return {
    ...zone,
    _links: linksOf(world, self, turn),
  };
}

/** By name: `activate`, `self` or `self`, `deactivate`, as the service has them in zones. */
function linksOf(world: World, self: string, turn: string): Record<string, unknown> {
  const own = { self: link(world, self, 'GET', 'PUT', 'DELETE') };
  const other = { [turn]: link(world, `${self}/lifecycle/${turn}`, 'POST') };
  return turn === 'activate' ? { ...other, ...own } : { ...own, ...other };
}

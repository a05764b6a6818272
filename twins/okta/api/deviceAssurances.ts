/** `/api/v1/device-assurances`. */
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { link } from '../links.ts';
import {
  createDeviceAssurance,
  type DeviceAssurance,
  deleteDeviceAssurance,
  findDeviceAssurance,
  replaceDeviceAssurance,
} from '../model/guard/deviceAssurance.ts';
import { deviceAssurances } from '../world/security.ts';

const { read, manage } = family('DeviceAssurance', 'deviceAssurance', 'other');
const ALL = '/api/v1/device-assurances';
const ONE = `${ALL}/{deviceAssuranceId}` as const;

export const deviceAssuranceEndpoints = [
  endpoint({ id: 'listDeviceAssurancePolicies', route: `GET ${ALL}`, ...read }, ({ world }) =>
    world
      .list(deviceAssurances)
      .toArray()
      .map((row) => assuranceView(world, row)),
  ),
  endpoint(
    { id: 'createDeviceAssurancePolicy', route: `POST ${ALL}`, ...manage },
    ({ world, actor, input }) => assuranceView(world, createDeviceAssurance(world, actor.who, input)),
  ),
  endpoint({ id: 'getDeviceAssurancePolicy', route: `GET ${ONE}`, ...read }, ({ world, params }) =>
    assuranceView(world, findDeviceAssurance(world, params.deviceAssuranceId)),
  ),
  endpoint(
    { id: 'replaceDeviceAssurancePolicy', route: `PUT ${ONE}`, ...manage },
    ({ world, actor, params, input }) =>
      replacedView(world, replaceDeviceAssurance(world, actor.who, params.deviceAssuranceId, input)),
  ),
  endpoint(
    { id: 'deleteDeviceAssurancePolicy', route: `DELETE ${ONE}`, ...manage, status: 204 },
    ({ world, actor, params }) => deleteDeviceAssurance(world, actor.who, params.deviceAssuranceId),
  ),
];

/** The answer to a replacement leaves out by whom and when the policy was made. */
function replacedView(world: World, row: DeviceAssurance): Record<string, unknown> {
  const { createdDate: _, createdBy: __, ...shown } = assuranceView(world, row);
  return shown;
}

function assuranceView(world: World, row: DeviceAssurance): Record<string, unknown> {
  const { id, name, platform, checks, ...dates } = row;
  return {
    name,
    platform,
    id,
    ...checks,
    ...dates,
    resourceType: 'DeviceAssurancePolicyEntity',
    resourceDisplayName: { value: name, sensitive: false },
    resourceId: id,
    _links: { self: link(world, `${ALL}/${id}`, 'GET', 'PUT', 'DELETE') },
  };
}

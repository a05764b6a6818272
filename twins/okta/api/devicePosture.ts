/** `/api/v1/device-posture-checks` and `/api/v1/device-integrations`. */
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { link } from '../links.ts';
import {
  type DeviceIntegration,
  findDeviceIntegration,
  setDeviceIntegration,
} from '../model/guard/deviceIntegration.ts';
import {
  createPostureCheck,
  type DevicePostureCheck,
  defaultPostureChecks,
  deletePostureCheck,
  findPostureCheck,
  type PostureCheckInput,
  replacePostureCheck,
} from '../model/guard/devicePostureCheck.ts';
import { deviceIntegrations, devicePostureChecks } from '../world/security.ts';

const checks = family('DevicePostureCheck', 'devicePostureChecks', 'other');
const integrations = family('DeviceIntegrations', 'deviceIntegrations', 'other');
const CHECKS = '/api/v1/device-posture-checks';
const CHECK = `${CHECKS}/{postureCheckId}` as const;
const INTEGRATIONS = '/api/v1/device-integrations';
const INTEGRATION = `${INTEGRATIONS}/{deviceIntegrationId}` as const;

export const devicePostureEndpoints = [
  endpoint({ id: 'listDevicePostureChecks', route: `GET ${CHECKS}`, ...checks.read }, ({ world }) =>
    world
      .list(devicePostureChecks)
      .toArray()
      .map((row) => checkView(world, row)),
  ),
  endpoint(
    { id: 'createDevicePostureCheck', route: `POST ${CHECKS}`, ...checks.manage },
    ({ world, actor, input }) =>
      checkView(world, createPostureCheck(world, actor.who, input as PostureCheckInput)),
  ),
  endpoint(
    { id: 'listDefaultDevicePostureChecks', route: `GET ${CHECKS}/default`, ...checks.read },
    ({ world }) => defaultPostureChecks(world).map((row) => checkView(world, row)),
  ),
  endpoint({ id: 'getDevicePostureCheck', route: `GET ${CHECK}`, ...checks.read }, ({ world, params }) =>
    checkView(world, findPostureCheck(world, params.postureCheckId)),
  ),
  endpoint(
    { id: 'replaceDevicePostureCheck', route: `PUT ${CHECK}`, ...checks.manage },
    ({ world, actor, params, input }) =>
      checkView(
        world,
        replacePostureCheck(world, actor.who, params.postureCheckId, input as PostureCheckInput),
      ),
  ),
  endpoint(
    { id: 'deleteDevicePostureCheck', route: `DELETE ${CHECK}`, ...checks.manage, status: 204 },
    ({ world, actor, params }) => deletePostureCheck(world, actor.who, params.postureCheckId),
  ),
  endpoint(
    { id: 'listDeviceIntegrations', route: `GET ${INTEGRATIONS}`, ...integrations.read },
    ({ world }) =>
      world
        .list(deviceIntegrations)
        .toArray()
        .map((row) => integrationView(world, row)),
  ),
  endpoint(
    { id: 'getDeviceIntegration', route: `GET ${INTEGRATION}`, ...integrations.read },
    ({ world, params }) => integrationView(world, findDeviceIntegration(world, params.deviceIntegrationId)),
  ),
  endpoint(
    {
      id: 'activateDeviceIntegration',
      route: `POST ${INTEGRATION}/lifecycle/activate`,
      ...integrations.manage,
    },
    ({ world, actor, params }) =>
      integrationView(world, setDeviceIntegration(world, actor.who, params.deviceIntegrationId, 'ACTIVE')),
  ),
  endpoint(
    {
      id: 'deactivateDeviceIntegration',
      route: `POST ${INTEGRATION}/lifecycle/deactivate`,
      ...integrations.manage,
    },
    ({ world, actor, params }) =>
      integrationView(
        world,
        setDeviceIntegration(world, actor.who, params.deviceIntegrationId, 'DEACTIVATED'),
      ),
  ),
];

const checkView = (world: World, row: DevicePostureCheck): Record<string, unknown> => ({
  ...row,
  _links: {
    self: link(world, `${CHECKS}/${row.id}`, 'GET', ...(row.type === 'CUSTOM' ? ['PUT', 'DELETE'] : [])),
  },
});

function integrationView(world: World, row: DeviceIntegration): Record<string, unknown> {
  const self = `${INTEGRATIONS}/${row.id}`;
  const turn = row.status === 'ACTIVE' ? 'deactivate' : 'activate';
  return {
    ...row,
    _links: {
      self: link(world, self, 'GET'),
      [turn]: link(world, `${self}/lifecycle/${turn}`, 'POST'),
    },
  };
}

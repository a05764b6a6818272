/** `/api/v1/devices`. */
import { list } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { link } from '../links.ts';
import {
  DEVICE_LIFECYCLE,
  type Device,
  type DeviceAction,
  deleteDevice,
  devicesOf,
  findDevice,
  findDevices,
  turnDevice,
} from '../model/guard/device.ts';
import { findUser } from '../model/people/user.ts';
import { userView } from './users.ts';

const { read, manage } = family('Device', 'devices', 'other');
const ALL = '/api/v1/devices';
const ONE = `${ALL}/{deviceId}` as const;

const turn = (id: string, action: DeviceAction) =>
  endpoint(
    { id, route: `POST ${ONE}/lifecycle/${action}`, ...manage, status: 204 },
    ({ world, actor, params }) => turnDevice(world, actor.who, params.deviceId as string, action),
  );

export const deviceEndpoints = [
  endpoint(
    {
      id: 'listDevices',
      route: `GET ${ALL}`,
      ...read,
      page: { style: 'link', default: 200, max: 200 },
      traits: { keeps: ['search'], badCursor: 'E0000031' },
    },
    ({ world, query }) => list(findDevices(world, query.get('search')), (one) => deviceView(world, one)),
  ),
  endpoint({ id: 'getDevice', route: `GET ${ONE}`, ...read }, ({ world, params }) =>
    deviceView(world, findDevice(world, params.deviceId)),
  ),
  endpoint(
    { id: 'deleteDevice', route: `DELETE ${ONE}`, ...manage, status: 204 },
    ({ world, actor, params }) => deleteDevice(world, actor.who, params.deviceId),
  ),
  turn('activateDevice', 'activate'),
  turn('deactivateDevice', 'deactivate'),
  turn('suspendDevice', 'suspend'),
  turn('unsuspendDevice', 'unsuspend'),
  endpoint({ id: 'listDeviceUsers', route: `GET ${ONE}/users`, ...read }, ({ world, params }) =>
    deviceUsers(world, findDevice(world, params.deviceId, 'GenericUDObject')),
  ),
  endpoint(
    {
      id: 'listUserDevices',
      route: 'GET /api/v1/users/{userId}/devices',
      ...family('UserResources', 'users', 'users').read,
    },
    ({ world, params }) =>
      devicesOf(world, findUser(world, params.userId).id).map((device) => ({
        created: device.created,
        deviceUserId: device.id,
        device: deviceView(world, device),
      })),
  ),
];

const deviceUsers = (world: World, { users, managed, profile }: Device) =>
  users.map(({ id, created }) => ({
    created,
    managementStatus: managed ? 'MANAGED' : 'NOT_MANAGED',
    screenLockType: profile.screenLockType ?? 'BIOMETRIC',
    user: userView(world, findUser(world, id)),
  }));

/** A device with links to what its status allows. */
export function deviceView(
  world: World,
  { users: _, managed: __, signals: ___, ...device }: Device,
): Record<string, unknown> {
  const self = `${ALL}/${device.id}`;
  const steps = DEVICE_LIFECYCLE.filter(([from]) => from === device.status);
  const gone = device.status === 'DEACTIVATED';
  return {
    ...device,
    _links: {
      ...Object.fromEntries(steps.map(([, by]) => [by, link(world, `${self}/lifecycle/${by}`, 'POST')])),
      self: link(world, self, 'GET', ...(gone ? ['DELETE'] : ['PATCH', 'PUT'])),
      ...(gone ? {} : { users: link(world, `${self}/users`, 'GET') }),
    },
  };
}

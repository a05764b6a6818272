/** Devices that somebody had remembered when they showed a second factor there: they are not asked for one again so soon. */
import type { World } from '../../../../src/world/world.ts';
import { rememberedDevices } from '../../world/signIn.ts';
import { digestOf } from '../oauth/opaque.ts';
import { sweep } from '../oauth/usedOnce.ts';

/** A device of somebody's, by a digest of both. Universe milliseconds. */
export interface RememberedDevice {
  digest: string;
  expiresAt: number;
}

/** Remembers a device for some minutes. */
export function rememberDevice(world: World, userId: string, deviceToken: string, minutes: number): void {
  sweep(world, rememberedDevices);
  const digest = digestOf(`${userId} ${deviceToken}`);
  world.put(rememberedDevices, { digest, expiresAt: world.now() + minutes * 60_000 });
}

/** Whether a device is remembered. */
export const isRemembered = (world: World, userId: string, deviceToken: string | undefined): boolean =>
  deviceToken !== undefined &&
  (world.get(rememberedDevices, digestOf(`${userId} ${deviceToken}`))?.expiresAt ?? 0) > world.now();

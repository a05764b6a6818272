/** Where Google's hosts are for the client that asks: by their own names, or all of them at one base. */
import type { World } from '../../src/world/world.ts';

const GOOGLES = /(?:^|\.)(?:googleapis|google)\.com$/;

/** The origin of one of Google's hosts, or the universe's base where the client came by that; without a slash. */
export function addressOf(world: World, host: string): string {
  const base = world.base();
  const { protocol, hostname, port } = new URL(base);
  return GOOGLES.test(hostname) ? `${protocol}//${host}${port === '' ? '' : `:${port}`}` : base;
}

/** Who says that ID tokens are its own: https://developers.google.com/identity/openid-connect/openid-connect */
export const issuerOf = (world: World): string => addressOf(world, 'accounts.google.com');

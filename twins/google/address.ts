/** Where Google's hosts are for the client that asks: by their own names, or all of them at one base. */
import { originFor } from '../../src/way.ts';
import type { World } from '../../src/world/world.ts';

/** The hosts of Google that programs ask: the APIs, the sign-in, and the pages that links lead to. */
export const HOSTS: readonly string[] = [
  'googleapis.com',
  '*.googleapis.com',
  'accounts.google.com',
  'www.google.com',
  'docs.google.com',
  'drive.google.com',
  'sheets.google.com',
  'slides.google.com',
];

/** The origin of one of Google's hosts, or the universe's base where the client came by that; without a slash. */
export const addressOf = (world: World, host: string): string => originFor(world.base(), HOSTS, host);

/** Who says that ID tokens are its own: https://developers.google.com/identity/openid-connect/openid-connect */
export const issuerOf = (world: World): string => addressOf(world, 'accounts.google.com');

/** The host names of Atlassian that Jira's programs ask, and where the site is for whoever came by one of them. */
import { originFor } from '../../src/way.ts';
import type { World } from '../../src/world/world.ts';
import { siteOf } from './model/people/people.ts';

/** Sites, the gateway to them, and the sign-in of OAuth programs. */
export const HOSTS: readonly string[] = [
  '*.atlassian.net',
  'api.atlassian.com',
  'auth.atlassian.com',
  'connect-install-keys.atlassian.com',
];

/** The site's own address, no slash at the end: the gateway's host serves no pages and no pictures. */
export function siteBase(world: World): string {
  const base = world.base();
  return /^https?:\/\/(api|auth|connect-install-keys)\.atlassian\.com(:\d+)?$/.test(base)
    ? originFor(base, HOSTS, new URL(siteOf(world).url).hostname)
    : base;
}

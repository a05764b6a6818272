/** Links as the vendor's resources carry them; all are made with the address by which the request came. */
import type { World } from '../../src/world/world.ts';

/** A plain link, with `hints.allow` where methods are given. */
export interface Link {
  href: string;
  hints?: { allow: readonly string[] };
}

/** `{href}` or `{href, hints: {allow}}` for a path of this org. */
export const link = (world: World, path: string, ...allow: string[]): Link => ({
  href: world.base() + path,
  ...(allow.length > 0 ? { hints: { allow } } : {}),
});

/** The older style of users' lifecycle links: `{href, method: 'POST'}`. */
export const postLink = (world: World, path: string): { href: string; method: 'POST' } => ({
  href: world.base() + path,
  method: 'POST',
});

/** Where the vendor's pictures are served from. */
export const ASSETS = 'https://ok14static.oktacdn.com';
/** The vendor's own logo, where there is no other. */
export const OKTA_LOGO = `${ASSETS}/assets/img/logos/okta-logo.png`;

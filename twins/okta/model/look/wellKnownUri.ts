/** Associated domains: what a brand shows at addresses where apps and browsers look for it. */
import type { World } from '../../../../src/world/world.ts';
import { invalid, notFound, notWellFormed, refuse } from '../../errors.ts';
import { wellKnownUris } from '../../world/look.ts';
import { recordChange, type Who } from '../log/log.ts';
import { type Brand, findBrand } from './brand.ts';

/** The content of one address, in the form that it is shown in. */
export interface WellKnownUri {
  brandId: string;
  path: WellKnownPath;
  representation: unknown;
}

/** https://developer.okta.com/docs/guides/custom-well-known-uri/main/ */
export const WELL_KNOWN_PATHS = ['apple-app-site-association', 'assetlinks.json', 'webauthn'] as const;
export type WellKnownPath = (typeof WELL_KNOWN_PATHS)[number];

const BYTES_MAX = 100_000;

/** The service's own app may sign people in by Apple's extension, whatever a brand says. */
const AUTHSRV = {
  apps: [
    'B7F62B65BN.com.okta.mobile',
    'B7F62B65BN.com.okta.mobile.auth-service-extension',
    'B7F62B65BN.com.okta.authenticator.beta',
    'B7F62B65BN.com.okta.authenticator.beta.auth-service-extension',
  ],
};

/** A path that there is. Throws E0000001. */
export function wellKnownPath(path: string): WellKnownPath {
  const found = WELL_KNOWN_PATHS.find((one) => one === path);
  if (!found)
    throw invalid(
      'request',
      `The specified path is not supported. Valid values: [${WELL_KNOWN_PATHS.join(', ')}].`,
    );
  return found;
}

/** What a brand shows at a path, if it says anything there: as it is served, with the service's own part. */
export function shownAt(world: World, brand: Brand, path: WellKnownPath): unknown {
  const own = world.get(wellKnownUris, `${brand.id}/${path}`)?.representation;
  return path === 'apple-app-site-association' ? { authsrv: AUTHSRV, ...(own as object | undefined) } : own;
}

/** What a brand shows at a path, or E0000007 where it says nothing there. */
export function findWellKnownUri(world: World, brandId: string, named: string): unknown {
  const brand = findBrand(world, brandId);
  const path = wellKnownPath(named);
  const shown = shownAt(world, brand, path);
  if (shown === undefined) throw notFound(named, 'WellKnownUri');
  return shown;
}

/**
 * Sets what a brand shows at a path. Throws E0000257 for the default brand, E0000001 for an unknown path and for
 * content that has another form than the path's readers want.
 */
export function setWellKnownUri(
  world: World,
  who: Who,
  brandId: string,
  named: string,
  input: { representation?: unknown } | undefined,
): unknown {
  const brand = findBrand(world, brandId);
  const path = wellKnownPath(named);
  if (brand.isDefault) throw refuse('E0000257');
  if (!input || typeof input !== 'object') throw notWellFormed();
  check(path, input.representation);
  if (Buffer.byteLength(JSON.stringify(input.representation)) > BYTES_MAX)
    throw invalid('request', 'Content must be less than 100KB.');
  const thing = { id: brand.id, type: 'Brand', name: brand.name };
  recordChange(world, who, 'system.brand.update', 'Brand update', thing);
  world.put(wellKnownUris, { brandId, path, representation: input.representation });
  return shownAt(world, brand, path);
}

function check(path: WellKnownPath, content: unknown): void {
  const isThing = (one: unknown) => typeof one === 'object' && one !== null && !Array.isArray(one);
  const wrong = (says: string) => invalid('representation', says);
  if (path === 'assetlinks.json') {
    if (!Array.isArray(content) || !content.every(isThing))
      throw wrong('Content must be a JSON array of objects.');
    return;
  }
  if (!isThing(content)) throw wrong('Content must be a JSON object.');
  const parts = content as Record<string, unknown>;
  if (path === 'apple-app-site-association') {
    if ('authsrv' in parts) throw wrong('Content must not include any `authsrv` customization.');
    return;
  }
  if (Object.keys(parts).join() !== 'origins') throw wrong('Content must only contain `origins`.');
  const { origins } = parts;
  if (!Array.isArray(origins) || !origins.every((one) => typeof one === 'string'))
    throw wrong('The `origins` must be an array of strings.');
}

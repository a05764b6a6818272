/** `/api/v1/brands/{brandId}/well-known-uris`, and the addresses themselves. */
import type { Call } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { family, managementDoc } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { notFound } from '../errors.ts';
import { link } from '../links.ts';
import { findBrand } from '../model/look/brand.ts';
import {
  findWellKnownUri,
  setWellKnownUri,
  shownAt,
  WELL_KNOWN_PATHS,
  type WellKnownPath,
  wellKnownPath,
} from '../model/look/wellKnownUri.ts';
import { lookFor } from './hostedPage.ts';

const TAG = 'AssociatedDomainCustomizations';
const { read, manage } = family(TAG, 'brands', 'other');
const ALL = '/api/v1/brands/{brandId}/well-known-uris';
const OWN = `${ALL}/{path}/customized` as const;
const open = { auth: 'none', tier: 'other', doc: managementDoc(TAG) } as const;

export const wellKnownUriEndpoints = [
  endpoint({ id: 'getAllWellKnownURIs', route: `GET ${ALL}`, ...read }, ({ world, params }) => {
    const brand = findBrand(world, params.brandId);
    const shown = WELL_KNOWN_PATHS.map((path) => [path, shownAt(world, brand, path)] as const);
    return {
      _embedded: Object.fromEntries(
        shown
          .filter(([, content]) => content !== undefined)
          .map(([path, content]) => [path, { customized: ownView(world, brand.id, path, content) }]),
      ),
      _links: {
        self: link(world, pathOf(brand.id), 'GET'),
        ...Object.fromEntries(
          WELL_KNOWN_PATHS.map((path) => [path, link(world, pathOf(brand.id, path), 'GET', 'PUT')]),
        ),
      },
    };
  }),
  endpoint({ id: 'getRootBrandWellKnownURI', route: `GET ${ALL}/{path}`, ...read }, ({ world, params }) => {
    const self = pathOf(findBrand(world, params.brandId).id, wellKnownPath(params.path));
    return {
      _links: {
        self: link(world, self, 'GET'),
        customized: link(world, `${self}/customized`, 'GET', 'PUT'),
      },
    };
  }),
  endpoint({ id: 'getBrandWellKnownURI', route: `GET ${OWN}`, ...read }, ({ world, params }) =>
    ownView(world, params.brandId, params.path, findWellKnownUri(world, params.brandId, params.path)),
  ),
  endpoint(
    { id: 'replaceBrandWellKnownURI', route: `PUT ${OWN}`, ...manage },
    ({ world, actor, params: { brandId, path }, input }) =>
      ownView(world, brandId, path, setWellKnownUri(world, actor.who, brandId, path, input as object)),
  ),
  endpoint(
    {
      id: 'getAppleAppSiteAssociationWellKnownURI',
      route: 'GET /.well-known/apple-app-site-association',
      ...open,
    },
    (call) => served(call, 'apple-app-site-association'),
  ),
  endpoint({ id: 'getAssetLinksWellKnownURI', route: 'GET /.well-known/assetlinks.json', ...open }, (call) =>
    served(call, 'assetlinks.json'),
  ),
  endpoint({ id: 'getWebAuthnWellKnownURI', route: 'GET /.well-known/webauthn', ...open }, (call) =>
    served(call, 'webauthn'),
  ),
];

/** What the brand shows at whose domain the call came. */
function served(call: Pick<Call, 'world' | 'request'>, path: WellKnownPath): unknown {
  const shown = shownAt(call.world, lookFor(call as Call, 'signInPage').brand, path);
  if (shown === undefined) throw notFound(path, 'WellKnownUri');
  return shown;
}

const pathOf = (brandId: string, path?: string): string =>
  `/api/v1/brands/${brandId}/well-known-uris${path === undefined ? '' : `/${path}`}`;

const ownView = (world: World, brandId: string, path: string, representation: unknown) => ({
  representation,
  _links: { self: link(world, `${pathOf(brandId, path)}/customized`, 'GET', 'PUT') },
});

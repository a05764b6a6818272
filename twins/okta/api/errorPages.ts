/** `/api/v1/brands/{brandId}/pages`: which pages a brand has, its error pages, what follows signing out. */
import type { World } from '../../../src/world/world.ts';
import { family, stored } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { link } from '../links.ts';
import { findBrand } from '../model/brand.ts';
import {
  type ErrorPage,
  errorPageStates,
  findErrorPage,
  removeErrorPage,
  type SignOutPage,
  setErrorPage,
  setSignOutPage,
  signOutPage,
} from '../model/errorPage.ts';
import { signInPages } from '../world.ts';

const { read } = family('CustomPages', 'brands', 'other');
const kept = stored(family('CustomPages', 'brands', 'other'));
const PAGES = '/api/v1/brands/{brandId}/pages';
const ERROR = `${PAGES}/error` as const;
/** What a brand may choose for `widgetVersion`. https://github.com/okta/okta-signin-widget/releases */
const WIDGET_VERSIONS = ['*', '^1', '^2', '^3', '^4', '^5', '^6', '^7', '7.30', '7.31', '7.32'];

const rootEndpoints = [
  endpoint({ id: 'getErrorPage', route: `GET ${ERROR}`, ...read }, ({ world, params }) =>
    rootView(world, params.brandId, 'error', errorPageStates(world, params.brandId)),
  ),
  endpoint({ id: 'getSignInPage', route: `GET ${PAGES}/sign-in`, ...read }, ({ world, params }) => {
    const { id } = findBrand(world, params.brandId);
    const pages = world.list(signInPages, { prefix: `${id}/` }).toArray();
    return rootView(
      world,
      id,
      'sign-in',
      pages.map((page) => page.state),
    );
  }),
  endpoint(
    { id: 'listAllSignInWidgetVersions', route: `GET ${PAGES}/sign-in/widget-versions`, ...read },
    ({ world, params }) => {
      findBrand(world, params.brandId);
      return WIDGET_VERSIONS;
    },
  ),
];

const errorEndpoints = [
  endpoint({ id: 'getDefaultErrorPage', route: `GET ${ERROR}/default`, ...kept.read }, ({ world, params }) =>
    pageView(findErrorPage(world, params.brandId, 'default')),
  ),
  endpoint(
    { id: 'getCustomizedErrorPage', route: `GET ${ERROR}/customized`, ...kept.read },
    ({ world, params }) => pageView(findErrorPage(world, params.brandId, 'customized')),
  ),
  endpoint(
    { id: 'replaceCustomizedErrorPage', route: `PUT ${ERROR}/customized`, ...kept.manage },
    ({ world, actor, params, input }) =>
      pageView(setErrorPage(world, actor.who, params.brandId, 'customized', input as Partial<ErrorPage>)),
  ),
  endpoint(
    { id: 'deleteCustomizedErrorPage', route: `DELETE ${ERROR}/customized`, ...kept.manage, status: 204 },
    ({ world, actor, params }) => removeErrorPage(world, actor.who, params.brandId, 'customized'),
  ),
  endpoint({ id: 'getPreviewErrorPage', route: `GET ${ERROR}/preview`, ...kept.read }, ({ world, params }) =>
    pageView(findErrorPage(world, params.brandId, 'preview')),
  ),
  endpoint(
    { id: 'replacePreviewErrorPage', route: `PUT ${ERROR}/preview`, ...kept.manage },
    ({ world, actor, params, input }) =>
      pageView(setErrorPage(world, actor.who, params.brandId, 'preview', input as Partial<ErrorPage>)),
  ),
  endpoint(
    { id: 'deletePreviewErrorPage', route: `DELETE ${ERROR}/preview`, ...kept.manage, status: 204 },
    ({ world, actor, params }) => removeErrorPage(world, actor.who, params.brandId, 'preview'),
  ),
];

const signOutEndpoints = [
  endpoint(
    { id: 'getSignOutPageSettings', route: `GET ${PAGES}/sign-out/customized`, ...kept.read },
    ({ world, params }) => signOutView(signOutPage(world, params.brandId)),
  ),
  endpoint(
    { id: 'replaceSignOutPageSettings', route: `PUT ${PAGES}/sign-out/customized`, ...kept.manage },
    ({ world, actor, params, input }) =>
      signOutView(setSignOutPage(world, actor.who, params.brandId, input as { type?: string; url?: string })),
  ),
];

export const errorPageEndpoints = [...rootEndpoints, ...errorEndpoints, ...signOutEndpoints];

function rootView(world: World, brandId: string, kind: string, states: readonly string[]) {
  const self = `/api/v1/brands/${brandId}/pages/${kind}`;
  const all = ['default', 'customized', 'preview'];
  return {
    _links: {
      self: link(world, self, 'GET'),
      ...Object.fromEntries(
        all.map((state) => [
          state,
          link(world, `${self}/${state}`, 'GET', ...(state === 'default' ? [] : ['PUT', 'DELETE'])),
        ]),
      ),
    },
    _embedded: Object.fromEntries(states.map((state) => [state, { url: `${world.base()}${self}/${state}` }])),
  };
}

const pageView = ({ brandId: _, state: __, ...page }: ErrorPage): Record<string, unknown> => page;
const signOutView = ({ brandId: _, ...page }: SignOutPage): Record<string, unknown> => page;

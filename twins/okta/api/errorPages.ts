/** `/api/v1/brands/{brandId}/pages`: which pages a brand has, its error pages, what follows signing out. */
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { link } from '../links.ts';
import { findBrand } from '../model/look/brand.ts';
import {
  type ErrorPage,
  errorPageStates,
  findErrorPage,
  removeErrorPage,
  type SignOutPage,
  setErrorPage,
  setSignOutPage,
  signOutPage,
} from '../model/look/errorPage.ts';
import { findPage, signInPageStates } from '../model/look/signInPage.ts';
import { signInPageView } from './signInPages.ts';

const { read, manage } = family('CustomPages', 'brands', 'other');
const PAGES = '/api/v1/brands/{brandId}/pages';
const ERROR = `${PAGES}/error` as const;
/** What a brand may choose for `widgetVersion`. https://github.com/okta/okta-signin-widget/releases */
const WIDGET_VERSIONS = ['*', '^1', '^2', '^3', '^4', '^5', '^6', '^7', '7.30', '7.31', '7.32'];

const rootEndpoints = [
  endpoint({ id: 'getErrorPage', route: `GET ${ERROR}`, ...read }, ({ world, params, query }) => {
    const { id } = findBrand(world, params.brandId);
    const states = errorPageStates(world, id);
    const views = states.map((state) => [state, pageView(findErrorPage(world, id, state))] as const);
    return rootView(world, `${pagesOf(id)}/error`, '/error/preview', views, query.get('expand'));
  }),
  endpoint({ id: 'getSignInPage', route: `GET ${PAGES}/sign-in`, ...read }, ({ world, params, query }) => {
    const { id } = findBrand(world, params.brandId);
    const states = signInPageStates(world, id);
    const views = states.map((state) => [state, signInPageView(findPage(world, id, state))] as const);
    return rootView(world, `${pagesOf(id)}/sign-in`, '/login/preview', views, query.get('expand'));
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
  endpoint({ id: 'getDefaultErrorPage', route: `GET ${ERROR}/default`, ...read }, ({ world, params }) =>
    pageView(findErrorPage(world, params.brandId, 'default')),
  ),
  endpoint({ id: 'getCustomizedErrorPage', route: `GET ${ERROR}/customized`, ...read }, ({ world, params }) =>
    pageView(findErrorPage(world, params.brandId, 'customized')),
  ),
  endpoint(
    { id: 'replaceCustomizedErrorPage', route: `PUT ${ERROR}/customized`, ...manage },
    ({ world, actor, params, input }) =>
      pageView(setErrorPage(world, actor.who, params.brandId, 'customized', input as Partial<ErrorPage>)),
  ),
  endpoint(
    { id: 'deleteCustomizedErrorPage', route: `DELETE ${ERROR}/customized`, ...manage, status: 204 },
    ({ world, actor, params }) => removeErrorPage(world, actor.who, params.brandId, 'customized'),
  ),
  endpoint({ id: 'getPreviewErrorPage', route: `GET ${ERROR}/preview`, ...read }, ({ world, params }) =>
    pageView(findErrorPage(world, params.brandId, 'preview')),
  ),
  endpoint(
    { id: 'replacePreviewErrorPage', route: `PUT ${ERROR}/preview`, ...manage },
    ({ world, actor, params, input }) =>
      pageView(setErrorPage(world, actor.who, params.brandId, 'preview', input as Partial<ErrorPage>)),
  ),
  endpoint(
    { id: 'deletePreviewErrorPage', route: `DELETE ${ERROR}/preview`, ...manage, status: 204 },
    ({ world, actor, params }) => removeErrorPage(world, actor.who, params.brandId, 'preview'),
  ),
];

const signOutEndpoints = [
  endpoint(
    { id: 'getSignOutPageSettings', route: `GET ${PAGES}/sign-out/customized`, ...read },
    ({ world, params }) => signOutView(signOutPage(world, params.brandId)),
  ),
  endpoint(
    { id: 'replaceSignOutPageSettings', route: `PUT ${PAGES}/sign-out/customized`, ...manage },
    ({ world, actor, params, input }) =>
      signOutView(setSignOutPage(world, actor.who, params.brandId, input as { type?: string; url?: string })),
  ),
];

export const errorPageEndpoints = [...rootEndpoints, ...errorEndpoints, ...signOutEndpoints];

const pagesOf = (brandId: string): string => `/api/v1/brands/${brandId}/pages`;

/** The pages of one kind that a brand has: links to all, and what `expand` (names, with commas) asks for. */
function rootView(
  world: World,
  self: string,
  preview: string,
  views: readonly (readonly [string, Record<string, unknown>])[],
  expand: string | null,
) {
  const all = ['default', 'customized', 'preview'];
  const urls = { customizedUrl: `${world.base()}/login/login.htm`, previewUrl: world.base() + preview };
  const parts: Record<string, unknown> = { ...urls, ...Object.fromEntries(views) };
  const asked = expand?.split(',').filter((name) => Object.hasOwn(parts, name)) ?? [];
  return {
    ...(asked.length > 0 ? { _embedded: Object.fromEntries(asked.map((name) => [name, parts[name]])) } : {}),
    _links: {
      self: link(world, self, 'GET'),
      ...Object.fromEntries(
        all.map((state) => [
          state,
          link(world, `${self}/${state}`, 'GET', ...(state === 'default' ? [] : ['PUT', 'DELETE'])),
        ]),
      ),
    },
  };
}

const pageView = ({ brandId: _, state: __, ...page }: ErrorPage): Record<string, unknown> => page;
const signOutView = ({ brandId: _, ...page }: SignOutPage): Record<string, unknown> => page;

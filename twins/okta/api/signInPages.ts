/** `/api/v1/brands/{brandId}/pages/sign-in`. */
import { family, stored } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import type { SignInPage } from '../model/defaultSignInPage.ts';
import { findPage, removePage, setPage } from '../model/signInPage.ts';

const { read, manage } = stored(family('CustomPages', 'brands', 'other'));
const PAGES = '/api/v1/brands/{brandId}/pages/sign-in';

export const signInPageEndpoints = [
  endpoint({ id: 'getDefaultSignInPage', route: `GET ${PAGES}/default`, ...read }, ({ world, params }) =>
    pageView(findPage(world, params.brandId, 'default')),
  ),
  endpoint(
    { id: 'getCustomizedSignInPage', route: `GET ${PAGES}/customized`, ...read },
    ({ world, params }) => pageView(findPage(world, params.brandId, 'customized')),
  ),
  endpoint(
    { id: 'replaceCustomizedSignInPage', route: `PUT ${PAGES}/customized`, ...manage },
    ({ world, actor, params, input }) =>
      pageView(setPage(world, actor.who, params.brandId, 'customized', input as Partial<SignInPage>)),
  ),
  endpoint(
    { id: 'deleteCustomizedSignInPage', route: `DELETE ${PAGES}/customized`, ...manage, status: 204 },
    ({ world, actor, params }) => removePage(world, actor.who, params.brandId, 'customized'),
  ),
  endpoint({ id: 'getPreviewSignInPage', route: `GET ${PAGES}/preview`, ...read }, ({ world, params }) =>
    pageView(findPage(world, params.brandId, 'preview')),
  ),
  endpoint(
    { id: 'replacePreviewSignInPage', route: `PUT ${PAGES}/preview`, ...manage },
    ({ world, actor, params, input }) =>
      pageView(setPage(world, actor.who, params.brandId, 'preview', input as Partial<SignInPage>)),
  ),
  endpoint(
    { id: 'deletePreviewSignInPage', route: `DELETE ${PAGES}/preview`, ...manage, status: 204 },
    ({ world, actor, params }) => removePage(world, actor.who, params.brandId, 'preview'),
  ),
];

function pageView({ brandId: _, state: __, ...page }: SignInPage): Omit<SignInPage, 'brandId' | 'state'> {
  return page;
}

/** `/api/v1/brands/{brandId}/pages/sign-in`. */
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import type { SignInPage } from '../model/look/defaultSignInPage.ts';
import { findPage, removePage, setPage } from '../model/look/signInPage.ts';

const { read, manage } = family('CustomPages', 'brands', 'other');
const PAGES = '/api/v1/brands/{brandId}/pages/sign-in';

export const signInPageEndpoints = [
  endpoint({ id: 'getDefaultSignInPage', route: `GET ${PAGES}/default`, ...read }, ({ world, params }) =>
    signInPageView(findPage(world, params.brandId, 'default')),
  ),
  endpoint(
    { id: 'getCustomizedSignInPage', route: `GET ${PAGES}/customized`, ...read },
    ({ world, params }) => signInPageView(findPage(world, params.brandId, 'customized')),
  ),
  endpoint(
    { id: 'replaceCustomizedSignInPage', route: `PUT ${PAGES}/customized`, ...manage },
    ({ world, actor, params, input }) =>
      changedView(setPage(world, actor.who, params.brandId, 'customized', input as Partial<SignInPage>)),
  ),
  endpoint(
    { id: 'deleteCustomizedSignInPage', route: `DELETE ${PAGES}/customized`, ...manage, status: 204 },
    ({ world, actor, params }) => removePage(world, actor.who, params.brandId, 'customized'),
  ),
  endpoint({ id: 'getPreviewSignInPage', route: `GET ${PAGES}/preview`, ...read }, ({ world, params }) =>
    signInPageView(findPage(world, params.brandId, 'preview')),
  ),
  endpoint(
    { id: 'replacePreviewSignInPage', route: `PUT ${PAGES}/preview`, ...manage },
    ({ world, actor, params, input }) =>
      changedView(setPage(world, actor.who, params.brandId, 'preview', input as Partial<SignInPage>)),
  ),
  endpoint(
    { id: 'deletePreviewSignInPage', route: `DELETE ${PAGES}/preview`, ...manage, status: 204 },
    ({ world, actor, params }) => removePage(world, actor.who, params.brandId, 'preview'),
  ),
];

/** A page as it is read. */
export const signInPageView = ({ brandId: _, state: __, ...page }: SignInPage): Record<string, unknown> =>
  page;

/** A page as it is answered to who sets it: without the prompt where nothing was said of it. */
function changedView(page: SignInPage): Record<string, unknown> {
  const { postAuthKeepMeSignedInPrompt: prompt, ...rest } = page.widgetCustomizations;
  const isSaid = Object.values(prompt as object).some((value) => value !== null);
  return { ...signInPageView(page), widgetCustomizations: isSaid ? page.widgetCustomizations : rest };
}

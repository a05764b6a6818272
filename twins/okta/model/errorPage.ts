/** Error and sign-out pages of a brand. */
import type { World } from '../../../src/world/world.ts';
import { invalid, notFound, notWellFormed } from '../errors.ts';
import { errorPages, signOutPages } from '../world/delivery.ts';
import { findBrand } from './brand.ts';
import type { PageState } from './defaultSignInPage.ts';
import { recordChange, type Who } from './log.ts';

/** An error page in the vendor's shape; `brandId` and `state` are shown in the address. */
export interface ErrorPage {
  brandId: string;
  state: PageState;
  pageContent: string;
  contentSecurityPolicySetting?: Record<string, unknown>;
}

/** Where people are after signing out, in the vendor's shape; `brandId` is shown in the address. */
export interface SignOutPage {
  brandId: string;
  type: 'OKTA_DEFAULT' | 'EXTERNALLY_HOSTED';
  url?: string;
}

/** The error page of a brand in one state. Throws E0000007 where the brand has none of its own. */
export function findErrorPage(world: World, brandId: string, state: PageState): ErrorPage {
  findBrand(world, brandId);
  if (state === 'default') return { brandId, state, pageContent: DEFAULT_CONTENT };
  return world.require(errorPages, `${brandId}/${state}`, () => notFound(brandId, 'ErrorPage'));
}

/** The states in which a brand has an error page. */
export const errorPageStates = (world: World, brandId: string): PageState[] => [
  'default',
  ...world
    .list(errorPages, { prefix: `${findBrand(world, brandId).id}/` })
    .toArray()
    .map((row) => row.state),
];

/** Sets a brand's own error page. Throws E0000001 for one without content. */
export function setErrorPage(
  world: World,
  who: Who,
  brandId: string,
  state: PageState,
  input: Partial<ErrorPage> | undefined,
): ErrorPage {
  const brand = findBrand(world, brandId);
  if (!input || typeof input !== 'object') throw notWellFormed();
  const { pageContent, contentSecurityPolicySetting: policy } = input;
  if (!pageContent) throw invalid('pageContent', 'pageContent: The field cannot be left blank');
  log(world, who, 'update', brand);
  return world.put(errorPages, {
    brandId,
    state,
    pageContent,
    ...(policy ? { contentSecurityPolicySetting: policy } : {}),
  });
}

/** Takes a brand's own error page away. */
export function removeErrorPage(world: World, who: Who, brandId: string, state: PageState): void {
  findErrorPage(world, brandId, state);
  world.remove(errorPages, `${brandId}/${state}`);
  log(world, who, 'delete', findBrand(world, brandId));
}

/** What a brand shows after signing out. */
export const signOutPage = (world: World, brandId: string): SignOutPage =>
  world.get(signOutPages, findBrand(world, brandId).id) ?? { brandId, type: 'OKTA_DEFAULT' };

/** Sets what a brand shows after signing out. Throws E0000001 for a page elsewhere without its address. */
export function setSignOutPage(
  world: World,
  who: Who,
  brandId: string,
  input: { type?: string; url?: string } | undefined,
): SignOutPage {
  const { id, name } = findBrand(world, brandId);
  const { type, url } = input ?? {};
  if (type !== 'OKTA_DEFAULT' && type !== 'EXTERNALLY_HOSTED')
    throw invalid('type', 'type: The type must be OKTA_DEFAULT or EXTERNALLY_HOSTED');
  if (type === 'EXTERNALLY_HOSTED' && !/^https:\/\/[^\s/]+/.test(url ?? ''))
    throw invalid('url', 'url: The URL is not valid');
  const thing = { id, type: 'Brand', name };
  recordChange(world, who, 'system.custom_signout.update', 'Custom sign-out page update', thing);
  return world.put(signOutPages, {
    brandId,
    type,
    ...(type === 'EXTERNALLY_HOSTED' ? { url: url as string } : {}),
  });
}

const DEFAULT_CONTENT =
  '<!DOCTYPE html>\n<html>\n<head>\n  <title>{{{orgName}}}</title>\n</head>\n' +
  '<body>\n  <h1>{{errorSummary}}</h1>\n  <p>{{{errorDescription}}}</p>\n  {{backLink}}\n</body>\n</html>\n';

function log(world: World, who: Who, verb: string, { id, name }: { id: string; name: string }): void {
  const thing = { id, type: 'Brand', name };
  recordChange(world, who, `system.custom_error.${verb}`, `Custom error page ${verb}`, thing);
}

/** Error and sign-out pages of a brand. */
import type { World } from '../../../../src/world/world.ts';
import { invalid, notFound, notWellFormed } from '../../errors.ts';
import { errorPages, signOutPages } from '../../world/delivery.ts';
import { recordChange, type Who } from '../log/log.ts';
import { type Brand, findBrand, isWebAddress } from './brand.ts';
import { type ContentPolicy, checkedPolicy } from './contentPolicy.ts';
import type { PageState } from './defaultSignInPage.ts';
import { checkedContent } from './signInPage.ts';

/** An error page in the vendor's shape; `brandId` and `state` are shown in the address. */
export interface ErrorPage {
  brandId: string;
  state: PageState;
  pageContent: string;
  contentSecurityPolicySetting?: ContentPolicy;
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

/** What a browser gets of a brand in one state: its own error page, else the default one. */
export const errorPageInEffect = (world: World, { id }: Brand, state: 'customized' | 'preview'): ErrorPage =>
  world.get(errorPages, `${id}/${state}`) ?? findErrorPage(world, id, 'default');

/** The states in which a brand has an error page. */
export const errorPageStates = (world: World, brandId: string): PageState[] => [
  'default',
  ...world
    .list(errorPages, { prefix: `${findBrand(world, brandId).id}/` })
    .toArray()
    .map((row) => row.state),
];

/** Sets a brand's own error page. Throws E0000213 for the default brand's, E0000001 for one without content. */
export function setErrorPage(
  world: World,
  who: Who,
  brandId: string,
  state: PageState,
  input: Partial<ErrorPage> | undefined,
): ErrorPage {
  const brand = findBrand(world, brandId);
  if (!input || typeof input !== 'object') throw notWellFormed();
  const pageContent = checkedContent(brand, input.pageContent);
  const policy = checkedPolicy(input.contentSecurityPolicySetting);
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

/** Where a browser is led that signed out, unless its program says otherwise. */
export const signedOutAddress = (world: World, brand: Brand): string =>
  signOutPage(world, brand.id).url ?? `${world.base()}/login/login.htm`;

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
  if (type === 'EXTERNALLY_HOSTED' && !isWebAddress(url ?? ''))
    throw invalid('url', 'url: The URL is not valid');
  const thing = { id, type: 'Brand', name };
  recordChange(world, who, 'system.custom_signout.update', 'Custom sign-out page update', thing);
  return world.put(signOutPages, {
    brandId,
    type,
    ...(type === 'EXTERNALLY_HOSTED' ? { url: url as string } : {}),
  });
}

const DEFAULT_CONTENT = `<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN" "http://www.w3.org/TR/html4/loose.dtd">
<html lang="en">
<head>
    <meta http-equiv="Content-Type" content="text/html; charset=UTF-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1.0" />
    <meta name="robots" content="none" />

    <title>{{{errorSummary}}}</title>
    {{{ErrorPageResources}}}
    <link href="{{themedStylesUrl}}" rel="stylesheet" type="text/css" />
    <link rel="shortcut icon" href="{{faviconUrl}}" type="image/x-icon" />

    <style nonce="{{nonceValue}}">
        #login-bg-image-id {
            background-image: {{bgImageUrl}}
        }
    </style>
</head>
<body class="auth okta-container">
    <div id="login-bg-image-id" class="login-bg-image tb--background"></div>
    <div class="content">
        <div class="error-page-content">
            <p class="org">{{orgName}}</p>
            <h1>{{{errorSummary}}}</h1>
            <p>{{{errorDescription}}}</p>
            {{#technicalDetails}}<p class="technical-details">{{technicalDetails}}</p>{{/technicalDetails}}
            <a href="{{buttonHref}}" class="button">{{buttonText}}</a>
        </div>
    </div>
    <div class="footer">{{#poweredBy}}{{poweredBy}} <a href="{{vendorLink}}">{{vendor}}</a>{{/poweredBy}}</div>
</body>
</html>
`;

function log(world: World, who: Who, verb: string, { id, name }: { id: string; name: string }): void {
  const thing = { id, type: 'Brand', name };
  recordChange(world, who, `system.custom_error.${verb}`, `Custom error page ${verb}`, thing);
}

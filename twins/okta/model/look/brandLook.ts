/** How the org's pages look to who comes by a host name: the brand, its theme as far as a page shows it, its style. */
import type { World } from '../../../../src/world/world.ts';
import { OKTA_LOGO } from '../../links.ts';
import { domains } from '../../world/delivery.ts';
import { brands, org } from '../../world.ts';
import { type Brand, findBrand, NO_IMAGES, THEME_DEFAULTS, type Theme, themesOf } from './brand.ts';
import { imageAddress } from './themeImage.ts';

/** The pages that a theme says something about. */
export type TouchPoint = 'signInPage' | 'errorPage' | 'endUserDashboard';

/** A theme as one page shows it; pictures as addresses. */
export interface Look {
  brand: Brand;
  touchPoint: TouchPoint;
  logo: string;
  favicon: string;
  backgroundImage: string | undefined;
  background: string;
  button: string;
  buttonText: string;
  /** What the page says of the vendor, where the brand leaves it. */
  poweredBy: string | undefined;
}

/** The brand of a custom domain that is ready, else the org's default one. `host` may hold a port. */
export function brandAt(world: World, host: string | undefined): Brand {
  const name = host?.split(':', 1)[0]?.toLowerCase();
  const domain = name ? world.list(domains, { index: 'domain', equals: name }).first() : undefined;
  if (domain?.validationStatus === 'COMPLETED') return findBrand(world, domain.brandId);
  return world.list(brands, { where: (one) => one.isDefault }).first() as Brand;
}

/** The look of one kind of page of a brand. A page with the default variant takes nothing from the theme. */
export function lookOf(world: World, brand: Brand, touchPoint: TouchPoint): Look {
  const theme = themesOf(world, brand.id)[0] as Theme;
  const variant = theme[`${touchPoint}TouchPointVariant`];
  const own = variant === 'OKTA_DEFAULT' ? { ...NO_IMAGES, ...THEME_DEFAULTS } : theme;
  const image = variant === 'BACKGROUND_IMAGE' ? theme.backgroundImage : null;
  return {
    brand,
    touchPoint,
    logo: imageAddress(world, own.logo ?? OKTA_LOGO),
    favicon: imageAddress(world, own.favicon ?? NO_IMAGES.favicon),
    backgroundImage: image ? imageAddress(world, image) : undefined,
    background: BACKGROUND[variant]?.(theme) ?? '#f5f5f6',
    button: own.primaryColorHex,
    buttonText: own.primaryColorContrastHex,
    poweredBy: brand.removePoweredByOkta ? undefined : 'Powered by',
  };
}

/** Behind what a page says, by variant; the dashboard's is that of its side bar. */
const BACKGROUND: Readonly<Record<string, (theme: Theme) => string>> = {
  BACKGROUND_SECONDARY_COLOR: (theme) => theme.secondaryColorHex,
  BACKGROUND_IMAGE: (theme) => theme.secondaryColorHex,
  FULL_THEME: (theme) => theme.primaryColorHex,
  WHITE_LOGO_BACKGROUND: (theme) => theme.primaryColorHex,
  LOGO_ON_FULL_WHITE_BACKGROUND: () => '#ffffff',
};

/** Where the style of a page is served, as `{{themedStylesUrl}}` says. */
export const styleAddress = (world: World, { brand, touchPoint }: Look): string =>
  `${world.base()}/api/internal/brand/theme/style-sheet?touch-point=${NAMES[touchPoint]}&brand=${brand.id}`;

const NAMES: Readonly<Record<TouchPoint, string>> = {
  signInPage: 'SIGN_IN_PAGE',
  errorPage: 'ERROR_PAGE',
  endUserDashboard: 'END_USER_DASHBOARD',
};

/** The kind of page that such an address names. */
export const touchPointNamed = (name: string | null): TouchPoint =>
  (Object.keys(NAMES) as TouchPoint[]).find((one) => NAMES[one] === name) ?? 'signInPage';

/** What every page of the org may refer to. https://developer.okta.com/docs/guides/custom-widget/main/ */
export const pageValues = (world: World, look: Look, nonce: string) => ({
  themedStylesUrl: styleAddress(world, look),
  faviconUrl: look.favicon,
  orgLogo: look.logo,
  orgName: org(world).companyName,
  bgImageUrl: look.backgroundImage ? `url(${look.backgroundImage})` : 'none',
  nonceValue: nonce,
  poweredBy: look.poweredBy ?? '',
  vendor: 'Okta',
  vendorLink: 'https://www.okta.com/?internal_link=wic_login',
  baseUrl: world.base(),
});

/** The style sheet of a page. */
export const styleOf = (look: Look): string => `:root { color-scheme: light; }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; color: #1d1d21; background-color: ${look.background}; }
.login-bg-image { position: fixed; inset: 0; z-index: -1; background-size: cover; background-position: center; }
main, .content { box-sizing: border-box; max-width: 25rem; margin: 8vh auto 2rem; padding: 1.5rem 2rem;
  border: 1px solid #d7d7dc; border-radius: .25rem; background: #fff; overflow-wrap: anywhere; }
.org { text-align: center; font-weight: 600; border-bottom: 1px solid #e3e3e3; padding-bottom: 1rem; margin: 0 0 1rem; }
.org img, .org-logo { max-width: 100%; max-height: 3rem; }
h1 { font-size: 1.25rem; line-height: 1.3; margin: 0 0 .75rem; }
label { display: block; margin: 0 0 1rem; font-weight: 600; }
label small { display: block; font-weight: 400; color: #5b5b66; }
input:not([type=checkbox]) { display: block; box-sizing: border-box; width: 100%; margin-top: .25rem; padding: .5rem;
  font: inherit; border: 1px solid #8c8c96; border-radius: .25rem; }
[role=alert] { border-left: 3px solid #da372c; padding-left: .75rem; }
.note { color: #5b5b66; font-size: .875rem; }
.actions { display: flex; gap: .75rem; margin: 1rem 0 0; }
button, .button { font: inherit; padding: .5rem 1.25rem; border-radius: .25rem; cursor: pointer; flex: 1;
  text-align: center; border: 1px solid #8c8c96; background: none; color: inherit; text-decoration: none;
  display: inline-block; }
.main, .button { background: ${look.button}; border-color: ${look.button}; color: ${look.buttonText}; }
.links { list-style: none; padding: 0; margin: 1rem 0 0; font-size: .875rem; }
.footer { max-width: 25rem; margin: 0 auto 2rem; text-align: center; font-size: .8125rem; color: #5b5b66; }
.footer p { display: inline-block; margin: 0 .5rem; padding: 0 .25rem; background: #fff; border-radius: .25rem; }
:focus-visible { outline: 2px solid ${look.button}; outline-offset: 2px; }
@media (max-width: 26rem) { main, .content { margin: 0; border: 0; padding: 1.5rem; } }
`;

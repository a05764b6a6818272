/** Brands: how the org looks to who signs in. Each has one theme. */
import type { World } from '../../../../src/world/world.ts';
import { blank, invalid, notFound, notWellFormed, refuse } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { BRANDS_MAX } from '../../limits.ts';
import { OKTA_LOGO } from '../../links.ts';
import { domains, emailDomains, emailSettings, errorPages, signOutPages } from '../../world/delivery.ts';
import { emailCustomizations, signInPages, wellKnownUris } from '../../world/look.ts';
import { apps, brands, themes } from '../../world.ts';
import { recordChange, type Who } from '../log/log.ts';
import { defaultPage } from './defaultSignInPage.ts';
import { LANGUAGES } from './language.ts';
import { forgetImages } from './themeImage.ts';

/** A brand in the vendor's shape, less links. */
export interface Brand {
  id: string;
  name: string;
  removePoweredByOkta: boolean;
  customPrivacyPolicyUrl: string | null;
  agreeToCustomPrivacyPolicy: boolean;
  isDefault: boolean;
  locale?: string;
  /** The e-mail domain that its mails come from. */
  emailDomainId?: string | null;
  defaultApp: {
    appInstanceId: string | null;
    appLinkName: string | null;
    classicApplicationUri: string | null;
  };
}

/** A theme in the vendor's shape, less links; `brandId` is not shown. */
export interface Theme {
  brandId: string;
  id: string;
  logo: string | null;
  favicon: string | null;
  backgroundImage: string | null;
  primaryColorHex: string;
  primaryColorContrastHex: string;
  secondaryColorHex: string;
  secondaryColorContrastHex: string;
  signInPageTouchPointVariant: string;
  endUserDashboardTouchPointVariant: string;
  errorPageTouchPointVariant: string;
  emailTemplateTouchPointVariant: string;
  loadingPageTouchPointVariant: string;
}

export type BrandInput = Partial<Omit<Brand, 'id' | 'isDefault' | 'defaultApp'>> & {
  defaultApp?: Partial<Brand['defaultApp']>;
};

/** The brand with this id, or E0000007. */
export const findBrand = (world: World, id: string): Brand =>
  world.require(brands, id, () => notFound(id, 'Brand'));

/** Makes a brand and its theme. Throws E0000001 for a missing name, E0000202 for a taken one, E0000220 for too many. */
export function createBrand(world: World, who: Who, input: BrandInput | undefined): Brand {
  if (!input || typeof input !== 'object') throw notWellFormed();
  if (!input.name) throw blank('name');
  checkName(world, input.name);
  if (world.list(brands).count() >= BRANDS_MAX) throw refuse('E0000220');
  const brand = addBrand(world, input.name, false);
  log(world, who, 'create', brand);
  return brand;
}

/** Puts a brand in without asking anything, with its theme and sign-in page. */
export function addBrand(world: World, name: string, isDefault: boolean): Brand {
  const brand = world.insert(brands, {
    id: newId(world, 'bnd'),
    name,
    removePoweredByOkta: false,
    customPrivacyPolicyUrl: null,
    agreeToCustomPrivacyPolicy: false,
    isDefault,
    defaultApp: { appInstanceId: null, appLinkName: null, classicApplicationUri: null },
  });
  world.insert(themes, {
    brandId: brand.id,
    id: newId(world, 'the'),
    ...NO_IMAGES,
    ...THEME_DEFAULTS,
  });
  world.insert(signInPages, defaultPage(brand.id));
  return brand;
}

/**
 * Replaces a brand's settings. Throws E0000001 for a privacy policy that is not agreed to or no address, an unknown
 * language or app; E0000198 for an unknown e-mail domain.
 */
export function replaceBrand(world: World, who: Who, id: string, input: BrandInput | undefined): Brand {
  const old = findBrand(world, id);
  if (!input || typeof input !== 'object') throw notWellFormed();
  if (input.name && input.name !== old.name) checkName(world, input.name);
  if (input.customPrivacyPolicyUrl && input.agreeToCustomPrivacyPolicy !== true)
    throw invalid(
      'agreeToCustomPrivacyPolicy',
      'agreeToCustomPrivacyPolicy: Must be true when a custom privacy policy URL is set',
    );
  checkReferences(world, input);
  const changed = world.update(brands, id, {
    name: input.name ?? old.name,
    removePoweredByOkta: input.removePoweredByOkta ?? false,
    customPrivacyPolicyUrl: input.customPrivacyPolicyUrl ?? null,
    agreeToCustomPrivacyPolicy: input.agreeToCustomPrivacyPolicy ?? false,
    ...(input.locale ? { locale: input.locale } : {}),
    ...(input.emailDomainId === undefined ? {} : { emailDomainId: input.emailDomainId }),
    defaultApp: {
      appInstanceId: input.defaultApp?.appInstanceId ?? null,
      appLinkName: input.defaultApp?.appLinkName ?? null,
      classicApplicationUri: input.defaultApp?.classicApplicationUri ?? null,
    },
  });
  log(world, who, 'update', changed);
  return changed;
}

function checkReferences(world: World, input: BrandInput): void {
  const { customPrivacyPolicyUrl: url, locale, emailDomainId, defaultApp } = input;
  if (url && !isWebAddress(url))
    throw invalid('customPrivacyPolicyUrl', 'customPrivacyPolicyUrl: The URL is not valid');
  if (locale && !LANGUAGES.has(locale)) throw invalid('locale', 'locale: The language is not supported');
  if (emailDomainId && !world.get(emailDomains, emailDomainId)) throw refuse('E0000198');
  const appId = defaultApp?.appInstanceId;
  if (appId && world.get(apps, appId)?.status !== 'ACTIVE')
    throw invalid('defaultApp', `defaultApp: The app instance ${appId} does not exist or is not active`);
}

/** Whether `text` is an address that a browser could be led to. */
export const isWebAddress = (text: string): boolean =>
  /^https?:\/\/[^\s/?#]+/i.test(text) && URL.canParse(text);

/** Removes a brand and what hangs on it. Throws E0000200 for the default one, E0000201 for one with a domain. */
export function deleteBrand(world: World, who: Who, id: string): void {
  const brand = findBrand(world, id);
  if (brand.isDefault) throw refuse('E0000200');
  if (brand.emailDomainId || world.list(domains, { index: 'brand', equals: id }).first())
    throw refuse('E0000201');
  for (const theme of themesOf(world, id)) {
    forgetImages(world, theme.id);
    world.remove(themes, theme.id);
  }
  for (const row of world.list(emailCustomizations, { index: 'brand', equals: id }).toArray())
    world.remove(emailCustomizations, row.id);
  for (const kind of ['default', 'customized', 'preview']) {
    world.remove(signInPages, `${id}/${kind}`);
    world.remove(errorPages, `${id}/${kind}`);
  }
  for (const row of world.list(emailSettings, { prefix: `${id}/` }).toArray())
    world.remove(emailSettings, `${id}/${row.template}`);
  for (const row of world.list(wellKnownUris, { prefix: `${id}/` }).toArray())
    world.remove(wellKnownUris, `${id}/${row.path}`);
  world.remove(signOutPages, id);
  world.remove(brands, id);
  log(world, who, 'delete', brand);
}

/** The themes of a brand: one. */
export const themesOf = (world: World, brandId: string): Theme[] =>
  world.list(themes, { index: 'brand', equals: findBrand(world, brandId).id }).toArray();

/** One theme of a brand, or E0000007. */
export function findTheme(world: World, brandId: string, id: string): Theme {
  const found = themesOf(world, brandId).find((one) => one.id === id);
  if (!found) throw notFound(id, 'Theme');
  return found;
}

/**
 * Replaces colours and variants. Throws E0000001 for parts that are missing, a colour that is none or an unknown
 * variant. A contrast that is not sent is chosen for its colour.
 */
export function replaceTheme(
  world: World,
  who: Who,
  brandId: string,
  id: string,
  input: Partial<Theme> | undefined,
): Theme {
  findTheme(world, brandId, id);
  if (!input || typeof input !== 'object') throw notWellFormed();
  const missing = REQUIRED.filter((name) => !input[name]);
  if (missing.length > 0)
    throw invalid('theme', ...missing.map((name) => `${name}: The field cannot be left blank`));
  for (const name of COLOURS)
    if (input[name] !== undefined && !/^#([0-9a-f]{3}|[0-9a-f]{6})$/i.test(input[name]))
      throw invalid(name, `${name}: The color must be in hexadecimal format`);
  for (const [name, variants] of Object.entries(VARIANTS) as [keyof typeof VARIANTS, string[]][])
    if (input[name] !== undefined && !variants.includes(input[name]))
      throw invalid(name, `${name}: The value must be one of ${variants.join(', ')}`);
  const set = {
    ...Object.fromEntries(Object.keys(THEME_DEFAULTS).map((name) => [name, input[name as keyof Theme]])),
    primaryColorContrastHex: input.primaryColorContrastHex ?? contrastTo(input.primaryColorHex),
    secondaryColorContrastHex: input.secondaryColorContrastHex ?? contrastTo(input.secondaryColorHex),
    loadingPageTouchPointVariant: input.loadingPageTouchPointVariant ?? 'OKTA_DEFAULT',
  };
  recordChange(world, who, 'system.theme.update', 'Update theme', { id, type: 'Theme', name: id });
  return world.update(themes, id, set);
}

const COLOURS = [
  ...(['primaryColorHex', 'secondaryColorHex'] as const),
  ...(['primaryColorContrastHex', 'secondaryColorContrastHex'] as const),
];
const BACKGROUNDS = ['OKTA_DEFAULT', 'BACKGROUND_SECONDARY_COLOR', 'BACKGROUND_IMAGE'];
/** https://developer.okta.com/docs/api/openapi/okta-management/management/tag/Themes/ */
const VARIANTS = {
  signInPageTouchPointVariant: BACKGROUNDS,
  errorPageTouchPointVariant: BACKGROUNDS,
  endUserDashboardTouchPointVariant: [
    ...['OKTA_DEFAULT', 'WHITE_LOGO_BACKGROUND', 'FULL_THEME', 'LOGO_ON_FULL_WHITE_BACKGROUND'],
  ],
  emailTemplateTouchPointVariant: ['OKTA_DEFAULT', 'FULL_THEME'],
  loadingPageTouchPointVariant: ['OKTA_DEFAULT', 'NONE'],
};
const REQUIRED = [
  ...(['primaryColorHex', 'secondaryColorHex', 'signInPageTouchPointVariant'] as const),
  ...(['endUserDashboardTouchPointVariant', 'errorPageTouchPointVariant'] as const),
  ...(['emailTemplateTouchPointVariant'] as const),
];

/** Black or white, whichever reads better on a colour. */
function contrastTo(colour: string = '#ffffff'): string {
  const long = colour.length === 4 ? colour.replace(/[0-9a-f]/gi, '$&$&') : colour;
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(long.slice(at, at + 2), 16));
  return red * 0.299 + green * 0.587 + blue * 0.114 > 150 ? '#000000' : '#ffffff';
}

/** The vendor's own pictures; what begins with a slash is an address of the org. */
export const NO_IMAGES = { logo: OKTA_LOGO, favicon: '/favicon.ico', backgroundImage: null };

/** How a theme looks that nobody changed. */
export const THEME_DEFAULTS = {
  primaryColorHex: '#1662dd',
  primaryColorContrastHex: '#ffffff',
  secondaryColorHex: '#ebebed',
  secondaryColorContrastHex: '#000000',
  signInPageTouchPointVariant: 'OKTA_DEFAULT',
  endUserDashboardTouchPointVariant: 'OKTA_DEFAULT',
  errorPageTouchPointVariant: 'OKTA_DEFAULT',
  emailTemplateTouchPointVariant: 'OKTA_DEFAULT',
  loadingPageTouchPointVariant: 'OKTA_DEFAULT',
} as const;

function log(world: World, who: Who, verb: string, brand: Brand): void {
  const thing = { id: brand.id, type: 'Brand', name: brand.name };
  recordChange(world, who, `system.brand.${verb}`, `Brand ${verb}`, thing);
}

/** The service keeps this one for itself. */
const RESERVED_NAME = 'DRAPP_DOMAIN_BRAND';

function checkName(world: World, name: string): void {
  if (name === RESERVED_NAME) throw invalid('name', 'name: The name is reserved');
  if (world.list(brands, { where: (one) => one.name.toLowerCase() === name.toLowerCase() }).first())
    throw refuse('E0000202');
}

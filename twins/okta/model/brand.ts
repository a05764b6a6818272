/** Brands: how the org looks to who signs in. Each has one theme. */
import type { World } from '../../../src/world/world.ts';
import { blank, invalid, notFound, notWellFormed, refuse } from '../errors.ts';
import { newId } from '../ids.ts';
import { ASSETS } from '../links.ts';
import { errorPages, signOutPages } from '../world/delivery.ts';
import { brands, emailCustomizations, signInPages, themes } from '../world.ts';
import { defaultPage } from './defaultSignInPage.ts';
import { recordChange, type Who } from './log.ts';

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

/** Makes a brand and its theme. Throws E0000001 for a missing name, E0000202 for a taken one. */
export function createBrand(world: World, who: Who, input: BrandInput | undefined): Brand {
  if (!input || typeof input !== 'object') throw notWellFormed();
  if (!input.name) throw blank('name');
  checkName(world, input.name);
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
    logo: `${ASSETS}/assets/img/logos/okta-logo.png`,
    favicon: `${ASSETS}/favicon.ico`,
    backgroundImage: null,
    ...THEME_DEFAULTS,
  });
  world.insert(signInPages, defaultPage(brand.id));
  return brand;
}

/** Replaces a brand's settings. A privacy policy of one's own must be agreed to. */
export function replaceBrand(world: World, who: Who, id: string, input: BrandInput | undefined): Brand {
  const old = findBrand(world, id);
  if (!input || typeof input !== 'object') throw notWellFormed();
  if (input.name && input.name !== old.name) checkName(world, input.name);
  if (input.customPrivacyPolicyUrl && input.agreeToCustomPrivacyPolicy !== true)
    throw invalid(
      'agreeToCustomPrivacyPolicy',
      'agreeToCustomPrivacyPolicy: Must be true when a custom privacy policy URL is set',
    );
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

/** Removes a brand and what hangs on it. Throws E0000200 for the default one. */
export function deleteBrand(world: World, who: Who, id: string): void {
  const brand = findBrand(world, id);
  if (brand.isDefault) throw refuse('E0000200');
  for (const theme of themesOf(world, id)) world.remove(themes, theme.id);
  for (const row of world.list(emailCustomizations, { index: 'brand', equals: id }).toArray())
    world.remove(emailCustomizations, row.id);
  for (const kind of ['default', 'customized', 'preview']) {
    world.remove(signInPages, `${id}/${kind}`);
    world.remove(errorPages, `${id}/${kind}`);
  }
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

/** Replaces colours and variants. Throws E0000001 for a colour that is none. */
export function replaceTheme(
  world: World,
  who: Who,
  brandId: string,
  id: string,
  input: Partial<Theme> | undefined,
): Theme {
  findTheme(world, brandId, id);
  if (!input || typeof input !== 'object') throw notWellFormed();
  const set: Record<string, unknown> = {};
  for (const name of Object.keys(THEME_DEFAULTS) as (keyof typeof THEME_DEFAULTS)[]) {
    const value = input[name];
    if (value === undefined) continue;
    if (name.endsWith('Hex') && !/^#[0-9a-fA-F]{6}$/.test(String(value)))
      throw invalid(name, `${name}: The color must be in hexadecimal format`);
    set[name] = value;
  }
  recordChange(world, who, 'system.theme.update', 'Update theme', { id, type: 'Theme', name: id });
  return world.update(themes, id, set);
}

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

function checkName(world: World, name: string): void {
  if (world.list(brands, { where: (one) => one.name.toLowerCase() === name.toLowerCase() }).first())
    throw refuse('E0000202');
}

/** `/api/v1/brands`: brands and their themes. */
import { list } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { link } from '../links.ts';
import {
  type Brand,
  type BrandInput,
  createBrand,
  deleteBrand,
  findBrand,
  findTheme,
  replaceBrand,
  replaceTheme,
  type Theme,
  themesOf,
} from '../model/look/brand.ts';
import { domainsOf } from '../model/look/domain.ts';
import { imageAddress } from '../model/look/themeImage.ts';
import { findEmailDomain } from '../model/mail/emailDomain.ts';
import { brands } from '../world.ts';
import { domainView } from './domains.ts';

const { read, manage } = family('Brands', 'brands', 'other');
const ofThemes = family('Themes', 'brands', 'other');
const BRAND = '/api/v1/brands/{brandId}';

export const brandEndpoints = [
  endpoint(
    {
      id: 'listBrands',
      route: 'GET /api/v1/brands',
      ...read,
      page: { style: 'link', default: 20, max: 200 },
      traits: { keeps: ['expand', 'q'] },
    },
    ({ world, query }) => {
      const q = query.get('q')?.toLowerCase();
      const where = q ? { where: (brand: Brand) => brand.name.toLowerCase().includes(q) } : {};
      return list(world.list(brands, where), (brand) => brandView(world, brand, query.get('expand')));
    },
  ),
  endpoint(
    { id: 'createBrand', route: 'POST /api/v1/brands', ...manage, status: 201 },
    ({ world, actor, input }) => brandView(world, createBrand(world, actor.who, input as BrandInput)),
  ),
  endpoint({ id: 'getBrand', route: `GET ${BRAND}`, ...read }, ({ world, params, query }) =>
    brandView(world, findBrand(world, params.brandId), query.get('expand')),
  ),
  endpoint({ id: 'replaceBrand', route: `PUT ${BRAND}`, ...manage }, ({ world, actor, params, input }) =>
    brandView(world, replaceBrand(world, actor.who, params.brandId, input as BrandInput)),
  ),
  endpoint(
    { id: 'deleteBrand', route: `DELETE ${BRAND}`, ...manage, status: 204 },
    ({ world, actor, params }) => deleteBrand(world, actor.who, params.brandId),
  ),
  endpoint({ id: 'listBrandThemes', route: `GET ${BRAND}/themes`, ...ofThemes.read }, ({ world, params }) =>
    themesOf(world, params.brandId).map((theme) => themeView(world, theme)),
  ),
  endpoint(
    { id: 'getBrandTheme', route: `GET ${BRAND}/themes/{themeId}`, ...ofThemes.read },
    ({ world, params }) => themeView(world, findTheme(world, params.brandId, params.themeId)),
  ),
  endpoint(
    { id: 'replaceBrandTheme', route: `PUT ${BRAND}/themes/{themeId}`, ...ofThemes.manage },
    ({ world, actor, params: { brandId, themeId }, input }) =>
      themeView(world, replaceTheme(world, actor.who, brandId, themeId, input as Partial<Theme>)),
  ),
];

/** What a brand shows embedded when it is asked to. */
const EMBEDDED: Readonly<Record<string, (world: World, brand: Brand) => unknown>> = {
  themes: (world, { id }) => themesOf(world, id).map((theme) => themeView(world, theme)),
  domains: (world, { id }) => domainsOf(world, id).map((row) => domainView(world, row)),
  emailDomain: (world, { emailDomainId }) => (emailDomainId ? findEmailDomain(world, emailDomainId) : null),
};

/** A brand with its links, and what `expand` (names, with commas) asks for. */
export function brandView(world: World, brand: Brand, expand?: string | null): Record<string, unknown> {
  const parts = (expand ?? '').split(',').filter((name) => Object.hasOwn(EMBEDDED, name));
  const self = `/api/v1/brands/${brand.id}`;
  return {
    ...brand,
    _links: { themes: link(world, `${self}/themes`, 'GET'), self: link(world, self, 'GET', 'PUT', 'DELETE') },
    ...(parts.length > 0
      ? { _embedded: Object.fromEntries(parts.map((name) => [name, EMBEDDED[name]?.(world, brand)])) }
      : {}),
  };
}

function themeView(world: World, { brandId, ...theme }: Theme): Record<string, unknown> {
  const self = `/api/v1/brands/${brandId}/themes/${theme.id}`;
  const { backgroundImage: background } = theme;
  return {
    ...theme,
    logo: theme.logo && imageAddress(world, theme.logo),
    favicon: theme.favicon && imageAddress(world, theme.favicon),
    backgroundImage: background && imageAddress(world, background),
    _links: {
      favicon: link(world, `${self}/favicon`, 'POST', 'DELETE'),
      self: link(world, self, 'GET', 'PUT'),
      logo: link(world, `${self}/logo`, 'POST', 'DELETE'),
      'background-image': link(world, `${self}/background-image`, 'POST', 'DELETE'),
    },
  };
}

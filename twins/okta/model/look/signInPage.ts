/** Sign-in pages of a brand: the default one, and one's own in two states. */
import type { World } from '../../../../src/world/world.ts';
import { invalid, notFound, notWellFormed, refuse } from '../../errors.ts';
import { PAGE_BYTES_MAX } from '../../limits.ts';
import { signInPages } from '../../world/look.ts';
import { recordChange, type Who } from '../log/log.ts';
import { type Brand, findBrand, isWebAddress } from './brand.ts';
import { type ContentPolicy, checkedPolicy } from './contentPolicy.ts';
import {
  DEFAULT_CONTENT,
  defaultPage,
  LABELS,
  type PageState,
  PROMPT_LABELS,
  type SignInPage,
} from './defaultSignInPage.ts';

/** A page of a brand, or E0000007 where it has none of this state. */
export function findPage(world: World, brandId: string, state: PageState): SignInPage {
  findBrand(world, brandId);
  return world.require(signInPages, `${brandId}/${state}`, () => notFound(brandId, 'SignInPage'));
}

/** What a browser gets of a brand in one state: the brand's own page, with the default one's where it says nothing. */
export function pageInEffect(
  world: World,
  brand: Brand,
  state: 'customized' | 'preview',
): SignInPage & {
  pageContent: string;
} {
  const standard = defaultPage(brand.id);
  const own = world.get(signInPages, `${brand.id}/${state}`);
  const said = Object.entries(own?.widgetCustomizations ?? {}).filter(([, value]) => value !== null);
  return {
    ...standard,
    ...own,
    pageContent: own?.pageContent ?? DEFAULT_CONTENT,
    widgetCustomizations: { ...standard.widgetCustomizations, ...Object.fromEntries(said) },
  };
}

/** The states in which a brand has a sign-in page. */
export const signInPageStates = (world: World, brandId: string): PageState[] =>
  world
    .list(signInPages, { prefix: `${findBrand(world, brandId).id}/` })
    .toArray()
    .map((row) => row.state);

/**
 * Sets a brand's own page. Throws E0000213 for content on the default brand's, E0000001 for a version, generation or
 * address that is none, and for content that is too long.
 */
export function setPage(
  world: World,
  who: Who,
  brandId: string,
  state: PageState,
  input: Partial<SignInPage> | undefined,
): SignInPage {
  const brand = findBrand(world, brandId);
  if (!input || typeof input !== 'object') throw notWellFormed();
  const content = checkedContent(brand, input.pageContent);
  const { widgetVersion, widgetCustomizations: sent = {} } = input;
  if (widgetVersion && !WIDGET_VERSION.test(widgetVersion))
    throw invalid('widgetVersion', 'widgetVersion: The version is not valid');
  checkCustomizations(sent);
  const policy = checkedPolicy(input.contentSecurityPolicySetting as ContentPolicy | undefined);
  log(world, who, 'update', brand);
  return world.put(signInPages, {
    brandId,
    state,
    pageContent: content,
    ...(policy ? { contentSecurityPolicySetting: policy } : {}),
    widgetVersion: widgetVersion ?? null,
    widgetCustomizations: {
      ...Object.fromEntries(LABELS.map((name) => [name, null])),
      widgetGeneration: 'G2',
      ...Object.fromEntries(Object.entries(sent).filter(([name]) => KNOWN.has(name))),
      postAuthKeepMeSignedInPrompt: {
        ...Object.fromEntries(PROMPT_LABELS.map((name) => [name, null])),
        ...(sent.postAuthKeepMeSignedInPrompt as object | undefined),
      },
    },
  });
}

/** HTML that may be a brand's. Throws E0000213 for the default brand, E0000001 where it is too long. */
export function checkedContent(brand: Brand, content: string | null | undefined): string | null {
  if (content === undefined || content === null) return null;
  if (brand.isDefault) throw refuse('E0000213');
  if (Buffer.byteLength(content) > PAGE_BYTES_MAX)
    throw invalid('pageContent', `pageContent: The page must be smaller than ${PAGE_BYTES_MAX} bytes`);
  return content;
}

/** https://developer.okta.com/docs/api/openapi/okta-management/management/tag/CustomPages/ */
const WIDGET_VERSION = /^(?:\*|\^?\d+(?:\.\d+){0,2})$/;
const KNOWN: ReadonlySet<string> = new Set([...LABELS, 'classicFooterHelpTitle']);

function checkCustomizations(sent: Readonly<Record<string, unknown>>): void {
  const { widgetGeneration } = sent;
  if (widgetGeneration !== undefined && widgetGeneration !== 'G2' && widgetGeneration !== 'G3')
    throw invalid('widgetCustomizations', 'widgetGeneration: The generation must be G2 or G3');
  for (const [name, value] of Object.entries(sent))
    if (name.endsWith('Url') && value && !isWebAddress(String(value)))
      throw invalid('widgetCustomizations', `${name}: The URL is not valid`);
}

/** Takes a brand's own page away. */
export function removePage(world: World, who: Who, brandId: string, state: PageState): void {
  findPage(world, brandId, state);
  world.remove(signInPages, `${brandId}/${state}`);
  log(world, who, 'delete', findBrand(world, brandId));
}

function log(world: World, who: Who, verb: string, brand: Brand): void {
  const thing = { id: brand.id, type: 'Brand', name: brand.name };
  recordChange(world, who, `system.custom_signin.${verb}`, `Custom sign-in page ${verb}`, thing);
}

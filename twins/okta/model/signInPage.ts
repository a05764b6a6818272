/** Sign-in pages of a brand: the default one, and one's own in two states. */
import type { World } from '../../../src/world/world.ts';
import { notFound, notWellFormed } from '../errors.ts';
import { signInPages } from '../world.ts';
import { type Brand, findBrand } from './brand.ts';
import { DEFAULT_CONTENT, LABELS, type PageState, type SignInPage } from './defaultSignInPage.ts';
import { recordChange, type Who } from './log.ts';

/** A page of a brand, or E0000007 where it has none of this state. */
export function findPage(world: World, brandId: string, state: PageState): SignInPage {
  findBrand(world, brandId);
  return world.require(signInPages, `${brandId}/${state}`, () => notFound(brandId, 'SignInPage'));
}

/** Sets a brand's own page. */
export function setPage(
  world: World,
  who: Who,
  brandId: string,
  state: PageState,
  input: Partial<SignInPage> | undefined,
): SignInPage {
  const brand = findBrand(world, brandId);
  if (!input || typeof input !== 'object') throw notWellFormed();
  log(world, who, 'update', brand);
  return world.put(signInPages, {
    brandId,
    state,
    pageContent: input.pageContent ?? DEFAULT_CONTENT,
    ...(input.contentSecurityPolicySetting
      ? { contentSecurityPolicySetting: input.contentSecurityPolicySetting }
      : {}),
    widgetVersion: input.widgetVersion ?? '^7',
    widgetCustomizations: {
      ...Object.fromEntries(LABELS.map((name) => [name, null])),
      widgetGeneration: 'G2',
      ...input.widgetCustomizations,
      postAuthKeepMeSignedInPrompt: {
        title: null,
        subtitle: null,
        acceptButtonText: null,
        rejectButtonText: null,
        ...(input.widgetCustomizations?.postAuthKeepMeSignedInPrompt as object | undefined),
      },
    },
  });
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

/** Sign-in pages of a brand: the default one, and one's own in two states. */
import type { World } from '../../../src/world/world.ts';
import { notFound, notWellFormed } from '../errors.ts';
import { signInPages } from '../world.ts';
import { type Brand, findBrand } from './brand.ts';
import { recordChange, type Who } from './log.ts';

export type PageState = 'customized' | 'preview';

/** A page in the vendor's shape; `brandId` and `state` are shown in the address. */
export interface SignInPage {
  brandId: string;
  state: PageState;
  pageContent: string;
  contentSecurityPolicySetting?: Record<string, unknown>;
  widgetVersion: string;
  widgetCustomizations: Record<string, unknown>;
}

const LABELS = [
  'signInLabel',
  'usernameLabel',
  'usernameInfoTip',
  'passwordLabel',
  'passwordInfoTip',
  'showPasswordVisibilityToggle',
  'showUserIdentifier',
  'forgotPasswordLabel',
  'forgotPasswordUrl',
  'unlockAccountLabel',
  'unlockAccountUrl',
  'helpLabel',
  'helpUrl',
  'customLink1Label',
  'customLink1Url',
  'customLink2Label',
  'customLink2Url',
  'authenticatorPageCustomLinkLabel',
  'authenticatorPageCustomLinkUrl',
  'classicRecoveryFlowEmailOrUsernameLabel',
  'widgetGeneration',
] as const;

/** The page that a brand has unless it has one of its own. */
export function defaultPage(world: World, brandId: string): Omit<SignInPage, 'brandId' | 'state'> {
  findBrand(world, brandId);
  return {
    pageContent: DEFAULT_CONTENT,
    widgetVersion: '^7',
    widgetCustomizations: {
      ...Object.fromEntries(LABELS.map((name) => [name, ''])),
      signInLabel: 'Sign In',
      usernameLabel: 'Username',
      passwordLabel: 'Password',
      showPasswordVisibilityToggle: true,
      showUserIdentifier: true,
      forgotPasswordLabel: 'Forgot password?',
      unlockAccountLabel: 'Unlock account?',
      helpLabel: 'Help',
      classicRecoveryFlowEmailOrUsernameLabel: 'Email or Username',
      widgetGeneration: 'G2',
      postAuthKeepMeSignedInPrompt: {
        title: 'Keep me signed in',
        subtitle: 'Sign in and enter security methods less frequently.',
        acceptButtonText: 'Stay signed in',
        rejectButtonText: "Don't stay signed in",
      },
    },
  };
}

/** A brand's own page, or E0000007 where it has none. */
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

const DEFAULT_CONTENT =
  '<!DOCTYPE html>\n<html>\n<head>\n  <title>{{pageTitle}}</title>\n  {{{SignInWidgetResources}}}\n</head>\n' +
  '<body>\n  <div id="okta-login-container"></div>\n  {{{OktaUtil}}}\n</body>\n</html>\n';

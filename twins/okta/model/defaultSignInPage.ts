/** The sign-in page that every brand begins with. */

/** `default` is there from the beginning and stays; the others are a brand's own. */
export type PageState = 'default' | 'customized' | 'preview';

/** A page in the vendor's shape; `brandId` and `state` are shown in the address. */
export interface SignInPage {
  brandId: string;
  state: PageState;
  pageContent: string;
  contentSecurityPolicySetting?: Record<string, unknown>;
  widgetVersion: string;
  widgetCustomizations: Record<string, unknown>;
}

/** What a page says, by the names of the sign-in widget. */
export const LABELS = [
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
export const defaultPage = (brandId: string): SignInPage => ({
  brandId,
  state: 'default',
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
});

/** The HTML of a page, with the places that the service fills in. */
export const DEFAULT_CONTENT =
  '<!DOCTYPE html>\n<html>\n<head>\n  <title>{{pageTitle}}</title>\n  {{{SignInWidgetResources}}}\n</head>\n' +
  '<body>\n  <div id="okta-login-container"></div>\n  {{{OktaUtil}}}\n</body>\n</html>\n';

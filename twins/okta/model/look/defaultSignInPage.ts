/** The sign-in page that every brand begins with. */

import type { ContentPolicy } from './contentPolicy.ts';

/** `default` is there from the beginning and stays; the others are a brand's own. */
export type PageState = 'default' | 'customized' | 'preview';

/** A page in the vendor's shape; `brandId` and `state` are shown in the address. */
export interface SignInPage {
  brandId: string;
  state: PageState;
  /** Null where a brand says how its page is labelled, not what it is. */
  pageContent: string | null;
  contentSecurityPolicySetting?: ContentPolicy;
  widgetVersion: string | null;
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

/** What asks people whether they stay signed in. */
export const PROMPT_LABELS = ['title', 'subtitle', 'acceptButtonText', 'rejectButtonText'] as const;

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
export const DEFAULT_CONTENT = `<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.01//EN" "http://www.w3.org/TR/html4/strict.dtd">
<html>
<head>
    <meta http-equiv="Content-Type" content="text/html; charset=UTF-8">
    <meta name="viewport" content="width=device-width, initial-scale=1.0" />
    <meta name="robots" content="noindex,nofollow" />
    <link href="{{themedStylesUrl}}" rel="stylesheet" type="text/css">
    <link rel="shortcut icon" href="{{faviconUrl}}" type="image/x-icon"/>

    <title>{{pageTitle}}</title>
    {{{SignInWidgetResources}}}

    <style nonce="{{nonceValue}}">
        {{#useSiwGen3}}
        html {
            font-size: 87.5%;
        }
        {{/useSiwGen3}}

        #login-bg-image-id {
            background-image: {{bgImageUrl}}
        }
    </style>
</head>
<body>
    <div id="login-bg-image-id" class="login-bg-image tb--background"></div>
    <div id="okta-login-container"></div>

    {{{OktaUtil}}}

    <script type="text/javascript" nonce="{{nonceValue}}">
        // What the org's settings say of the widget; a page of one's own may change it here.
        var config = OktaUtil.getSignInWidgetConfig();

        var oktaSignIn = new OktaSignIn(config);
        oktaSignIn.renderEl({ el: '#okta-login-container' },
            OktaUtil.completeLogin,
            function(error) {
                console.log(error.message, error);
            }
        );
    </script>
</body>
</html>
`;

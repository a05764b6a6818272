/** The forms of bodies that are about how the org looks and what it says. */
import { body, clearable, flag, given, listOf, object, of, optional, type Shape, text } from '../shape.ts';

const defaultApp = object({
  appInstanceId: clearable(text),
  appLinkName: clearable(text),
  classicApplicationUri: clearable(text),
});

const brand = body({
  name: text,
  agreeToCustomPrivacyPolicy: flag,
  removePoweredByOkta: flag,
  customPrivacyPolicyUrl: clearable(text),
  defaultApp,
  emailDomainId: clearable(text),
  locale: clearable(text),
});

const theme = body({
  ...{ primaryColorHex: text, primaryColorContrastHex: text },
  ...{ secondaryColorHex: text, secondaryColorContrastHex: text },
  ...{ signInPageTouchPointVariant: text, endUserDashboardTouchPointVariant: text },
  ...{
    errorPageTouchPointVariant: text,
    emailTemplateTouchPointVariant: text,
    loadingPageTouchPointVariant: text,
  },
});

const policy = object({ mode: text, reportUri: text, srcList: listOf(given(text)) });
const LABELS = [
  ...['signInLabel', 'usernameLabel', 'usernameInfoTip', 'passwordLabel', 'passwordInfoTip'],
  ...[
    'forgotPasswordLabel',
    'forgotPasswordUrl',
    'unlockAccountLabel',
    'unlockAccountUrl',
    'helpLabel',
    'helpUrl',
  ],
  ...['customLink1Label', 'customLink1Url', 'customLink2Label', 'customLink2Url'],
  ...['authenticatorPageCustomLinkLabel', 'authenticatorPageCustomLinkUrl', 'widgetGeneration'],
  ...['classicRecoveryFlowEmailOrUsernameLabel', 'classicFooterHelpTitle'],
];
const widgetCustomizations = object({
  ...Object.fromEntries(LABELS.map((name) => [name, text])),
  ...{ showPasswordVisibilityToggle: flag, showUserIdentifier: flag },
  postAuthKeepMeSignedInPrompt: object({
    ...{ title: text, subtitle: text, acceptButtonText: text, rejectButtonText: text },
  }),
});
const page = body({
  pageContent: text,
  widgetVersion: text,
  widgetCustomizations,
  contentSecurityPolicySetting: policy,
});
const errorPage = body({ pageContent: text, contentSecurityPolicySetting: policy });
const mail = body({ subject: text, body: text, language: text, isDefault: flag });

const ORG_SETTINGS = [
  ...['companyName', 'website', 'phoneNumber', 'endUserSupportHelpURL', 'supportPhoneNumber'],
  ...['address1', 'address2', 'city', 'state', 'country', 'postalCode'],
];
const orgSettings = optional(body(Object.fromEntries(ORG_SETTINGS.map((name) => [name, text]))));
const adminSettings = body({
  ...{ thirdPartyAdmin: flag, autoAssignAdminAppSetting: flag, clientPrivilegesSetting: flag },
});
const supportCase = body({
  impersonation: object({ status: text, expiration: text }),
  selfAssigned: object({ status: text }),
});
const childOrg = body({
  ...{ subdomain: text, name: text, website: text, edition: text },
  admin: object({ profile: object({ firstName: text, lastName: text, email: text, login: text }) }),
});

/** Forms by operation. */
export const LOOK_SHAPES: readonly [string, Shape][] = [
  ...of(brand, 'createBrand', 'replaceBrand'),
  ...of(theme, 'replaceBrandTheme'),
  ...of(page, 'replaceCustomizedSignInPage', 'replacePreviewSignInPage'),
  ...of(errorPage, 'replaceCustomizedErrorPage', 'replacePreviewErrorPage'),
  ...of(body({ type: text, url: text }), 'replaceSignOutPageSettings'),
  ...of(mail, 'createEmailCustomization', 'replaceEmailCustomization'),
  ...of(body({ recipients: text }), 'replaceEmailSettings'),
  ...of(body(), 'replaceBrandWellKnownURI'),
  ...of(orgSettings, 'updateOrgSettings', 'replaceOrgSettings'),
  ...of(body({ userId: text }), 'replaceOrgContactUser'),
  ...of(adminSettings, 'updateThirdPartyAdminSetting', 'updateAutoAssignAdminAppSetting'),
  ...of(adminSettings, 'assignClientPrivilegesSetting'),
  ...of(body({ accountId: text }), 'grantAerialConsent', 'revokeAerialConsent'),
  ...of(supportCase, 'updateOktaSupportCase'),
  ...of(body({ enableExportApps: flag, enableEnduserEntryPoints: flag }), 'replaceOktaPersonalAdminSettings'),
  ...of(body({ domains: listOf(given(text)) }), 'replaceBlockedEmailDomains'),
  ...of(childOrg, 'createChildOrg'),
];

/** What the org's mails say that nobody worded, and which references a wording of each must have. */

/** A mail by template. */
export interface EmailContent {
  subject: string;
  /** Paragraphs under the greeting. */
  says: readonly string[];
  /** The button, and the reference that it leads to. */
  button?: readonly [label: string, reference: string];
  /** A wording must refer to one of these: without them the mail is of no use. */
  needs?: readonly string[];
}

/**
 * The content of a template: its own, or that of which it is the directory's variant.
 * https://help.okta.com/oie/en-us/content/topics/settings/settings-email-templates.htm
 */
export const emailContent = (template: string): EmailContent =>
  CONTENTS[template] ?? CONTENTS[template.replace(/^(AD|LDAP)/, '')] ?? PLAIN;

/** The HTML that a template has from the beginning, with references to brand and person. */
export function defaultBody(template: string): string {
  const { says, button } = emailContent(template);
  const rows = says.map((line) => row(line));
  const link = button
    ? [row(`<a id="button" href="\${${button[1]}}" style="${BUTTON}">${button[0]}</a>`)]
    : [];
  return [
    '<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.01//EN" "http://www.w3.org/TR/html4/strict.dtd">',
    '<html>\n<head>\n<meta http-equiv="Content-Type" content="text/html; charset=UTF-8">\n</head>\n<body>',
    '<div style="background-color:${brand.theme.secondaryColor};margin:0">',
    '<table style="font-family:Arial,sans-serif;font-size:14px;color:#5e5e5e;max-width:600px;margin:0 auto">',
    row('<img src="${brand.theme.logo}" height="37" alt="${org.name}">'),
    row('Hi $!{StringTool.escapeHtml($!{user.profile.firstName})},'),
    ...rows,
    ...link,
    row('This is an automatically generated message from <a href="${baseURL}">${org.name}</a>.'),
    '</table>\n</div>\n</body>\n</html>',
  ].join('\n');
}

const row = (content: string): string => `<tr><td style="padding:12px 32px">${content}</td></tr>`;
const BUTTON =
  'padding:10px 20px;text-decoration:none;background-color:${brand.theme.primaryColor};' +
  'color:${brand.theme.primaryColorContrast}';

const CODE = 'Enter this code to go on: <b id="verification-code">${oneTimePassword}</b>';
const PASSWORD_LINKS = ['resetPasswordLink', 'recoveryToken', 'oneTimePassword'];
const ACTIVATION_LINKS = ['activationLink', 'activationToken'];
const UNLOCK_LINKS = ['unlockAccountLink', 'recoveryToken', 'oneTimePassword'];
const VERIFY_LINKS = ['verificationLink', 'verificationToken', 'oneTimePassword'];
const CHALLENGE_LINKS = ['emailAuthenticationLink', 'oneTimePassword', 'verificationToken'];

const PLAIN: EmailContent = {
  subject: 'A message from ${org.name}',
  says: ['There is news about your account.'],
};
const NOTICED =
  'It happened on ${request.date} at ${request.time}. If it was not you, tell your administrator.';

const CONTENTS: Readonly<Record<string, EmailContent>> = {
  UserActivation: {
    subject: 'Welcome to ${org.name}!',
    says: [
      '${org.name} uses Okta to manage your apps. Activate your account to sign in to all of them.',
      'Your username is ${user.profile.login}. The link expires in' +
        ' ${f.formatTimeDiffHoursNowInUserLocale(org.activationTokenExpirationHours)}.',
    ],
    button: ['Activate Okta Account', 'activationLink'],
    needs: ACTIVATION_LINKS,
  },
  UserBootstrappedActivation: {
    subject: 'Welcome to ${org.name}!',
    says: ['Your account at ${org.name} is ready. Your username is ${user.profile.login}.'],
    button: ['Sign in', 'baseURL'],
  },
  RegistrationActivation: {
    subject: 'Activate your account at ${org.name}',
    says: ['Thank you for signing up. Activate your account to go on.'],
    button: ['Activate Account', 'activationLink'],
    needs: ACTIVATION_LINKS,
  },
  RegistrationEmailVerification: {
    subject: 'Verify your e-mail address for ${org.name}',
    says: ['Verify that this address is yours.', CODE],
    button: ['Verify e-mail address', 'verificationLink'],
    needs: VERIFY_LINKS,
  },
  ForgotPassword: {
    subject: 'Account password reset',
    says: ['A password reset request was made for your account ${user.profile.login}.', CODE],
    button: ['Reset Password', 'resetPasswordLink'],
    needs: PASSWORD_LINKS,
  },
  ForgotPasswordDenied: {
    subject: 'Forgot password for ${org.name}',
    says: ['A password reset was asked for. Your password cannot be reset here: ask your administrator.'],
  },
  PasswordResetByAdmin: {
    subject: 'Account password reset by administrator',
    says: ['Your administrator has reset the password of your account ${user.profile.login}.'],
    button: ['Reset Password', 'resetPasswordLink'],
    needs: PASSWORD_LINKS,
  },
  PasswordChanged: {
    subject: '${org.name}: password changed',
    says: ['The password of your account ${user.profile.login} was changed.', NOTICED],
  },
  AccountLockout: {
    subject: 'Your account at ${org.name} is locked',
    says: ['Your account ${user.profile.login} is locked after too many tries to sign in.'],
    button: ['Unlock Account', 'unlockAccountLink'],
  },
  SelfServiceUnlock: {
    subject: 'Unlock your account at ${org.name}',
    says: ['Somebody asked to unlock your account ${user.profile.login}.', CODE],
    button: ['Unlock Account', 'unlockAccountLink'],
    needs: UNLOCK_LINKS,
  },
  SelfServiceUnlockOnUnlockedAccount: {
    subject: 'Your account at ${org.name} is not locked',
    says: ['Somebody asked to unlock your account ${user.profile.login}. It is not locked.'],
    button: ['Sign in', 'baseURL'],
  },
  EmailChallenge: {
    subject: 'One-time verification code',
    says: ['You asked to sign in to ${org.name}.', CODE],
    button: ['Sign in', 'emailAuthenticationLink'],
    needs: CHALLENGE_LINKS,
  },
  EmailFactorVerification: {
    subject: 'Confirm your e-mail address',
    says: ['Confirm that this address is yours: it becomes a way to sign in to ${org.name}.', CODE],
    needs: VERIFY_LINKS,
  },
  EmailTransactionVerification: {
    subject: 'Confirm what you do at ${org.name}',
    says: ['Confirm that it is you.', CODE],
    needs: VERIFY_LINKS,
  },
  EmailLinkAuthenticationTransaction: {
    subject: 'Sign in to ${org.name}',
    says: ['You asked to sign in.', CODE],
    button: ['Sign in', 'emailAuthenticationLink'],
  },
  EmailLinkFactorTransaction: {
    subject: 'Confirm your e-mail address',
    says: ['Confirm that this address is yours.', CODE],
    button: ['Confirm', 'emailAuthenticationLink'],
  },
  EmailLinkRecoveryTransaction: {
    subject: 'Account recovery at ${org.name}',
    says: ['You asked to recover your account ${user.profile.login}.', CODE],
    button: ['Go on', 'emailAuthenticationLink'],
  },
  EmailLinkRecoveryADPwdTransaction: {
    subject: 'Account recovery at ${org.name}',
    says: ['You asked to recover your account ${user.profile.login}.', CODE],
    button: ['Go on', 'emailAuthenticationLink'],
  },
  EmailLinkRecoveryLDAPPwdTransaction: {
    subject: 'Account recovery at ${org.name}',
    says: ['You asked to recover your account ${user.profile.login}.', CODE],
    button: ['Go on', 'emailAuthenticationLink'],
  },
  ChangeEmailConfirmation: {
    subject: 'Confirm change of e-mail address',
    says: ['Your address at ${org.name} becomes ${newEmail}. Confirm that it is yours.', CODE],
    button: ['Confirm', 'verificationLink'],
    needs: VERIFY_LINKS,
  },
  EmailChangeConfirmation: {
    subject: 'Notice of change of e-mail address',
    says: ['Your address at ${org.name} is changed from ${oldEmail} to ${newEmail}.', NOTICED],
  },
  MyAccountChangeConfirmation: {
    subject: 'Confirm a change of your account',
    says: ['You changed your account at ${org.name}.', CODE],
    needs: VERIFY_LINKS,
  },
  NewSignOnNotification: {
    subject: 'New sign-on detected for your ${org.name} account',
    says: ['Your account was used to sign in from ${request.ipAddress}.', NOTICED],
  },
  AuthenticatorEnrolled: {
    subject: 'New authenticator set up at ${org.name}',
    says: ['${authenticatorName} was set up for your account ${user.profile.login}.', NOTICED],
  },
  AuthenticatorReset: {
    subject: 'Authenticator reset at ${org.name}',
    says: ['${authenticatorName} was reset for your account ${user.profile.login}.', NOTICED],
  },
  ActivityReport: {
    subject: 'Suspicious activity was reported',
    says: ['${user.profile.login} reported activity of theirs as suspicious.', NOTICED],
  },
  IdentityProviderRemoved: {
    subject: 'Identity provider unlinked at ${org.name}',
    says: ['An identity provider was unlinked from your account ${user.profile.login}.', NOTICED],
  },
};

/** The kinds of authenticators that there are, and what each has of its own. */
import { type Form, inForm } from '../policies/policyShape.ts';

/** What is the same for all authenticators of a kind. */
export interface AuthenticatorKind {
  type: string;
  name: string;
  methods: readonly string[];
  /** An org may have several. */
  many?: boolean;
}

/** By key. https://developer.okta.com/docs/concepts/authenticators/ */
export const KINDS: Readonly<Record<string, AuthenticatorKind>> = {
  okta_email: { type: 'email', name: 'Email', methods: ['email'] },
  okta_verify: { type: 'app', name: 'Okta Verify', methods: ['totp', 'push', 'signed_nonce'] },
  okta_password: { type: 'password', name: 'Password', methods: ['password'] },
  phone_number: { type: 'phone', name: 'Phone', methods: ['sms', 'voice'] },
  webauthn: { type: 'security_key', name: 'Security Key or Biometric', methods: ['webauthn'] },
  security_key: { type: 'security_key', name: 'Security Key', methods: ['webauthn'] },
  security_question: { type: 'security_question', name: 'Security Question', methods: ['security_question'] },
  google_otp: { type: 'app', name: 'Google Authenticator', methods: ['otp'] },
  custom_otp: { type: 'security_key', name: 'Custom OTP', methods: ['otp'], many: true },
  custom_app: { type: 'app', name: 'Custom App', methods: ['push'], many: true },
  onprem_mfa: { type: 'security_key', name: 'On-Prem MFA', methods: ['otp'] },
  rsa_token: { type: 'security_key', name: 'RSA SecurID', methods: ['otp'] },
  duo: { type: 'app', name: 'Duo Security', methods: ['duo'] },
  external_idp: { type: 'federated', name: 'IdP Authenticator', methods: ['idp'], many: true },
  smart_card_idp: { type: 'federated', name: 'Smart Card Authenticator', methods: ['cert'] },
  symantec_vip: { type: 'security_key', name: 'Symantec VIP', methods: ['otp'] },
  yubikey_token: { type: 'security_key', name: 'YubiKey', methods: ['otp'] },
  tac: { type: 'tac', name: 'Temporary Access Code', methods: ['tac'] },
};

type Parts = Readonly<Record<string, unknown>>;

/** Settings in the service's order. An app that pushes is a client too, and the service says so twice. */
export function settingsInForm(key: string, sent: Parts | undefined): Record<string, unknown> | undefined {
  const settings = inForm(SETTINGS[key], sent) as Record<string, unknown> | undefined;
  return key === 'custom_app' && settings?.appInstanceId
    ? { ...settings, oauthClientId: settings.appInstanceId }
    : settings;
}

const SETTINGS: Readonly<Record<string, Form>> = {
  okta_verify: {
    compliance: 1,
    channelBinding: 1,
    userVerification: 1,
    enrollmentSecurityLevel: 1,
    userVerificationMethods: 1,
    appInstanceId: 1,
  },
  okta_email: { allowedFor: 1, tokenLifetimeInMinutes: 1 },
  custom_app: { appInstanceId: 1, userVerification: 1, oauthClientId: 1 },
};

/** Words that settings may hold, by key and setting. */
export const SETTING_WORDS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  okta_email: { allowedFor: ['any', 'none', 'recovery', 'sso'] },
  phone_number: { allowedFor: ['any', 'none', 'recovery', 'sso'] },
  security_question: { allowedFor: ['any', 'none', 'recovery', 'sso'] },
  okta_verify: { userVerification: ['DISCOURAGED', 'PREFERRED', 'REQUIRED'] },
  custom_app: { userVerification: ['PREFERRED', 'REQUIRED'] },
};

/** What must be said of the provider behind an authenticator, by its key. */
export const PROVIDER_NEEDS: Readonly<Record<string, { type: string; needs: readonly string[] }>> = {
  duo: { type: 'DUO', needs: ['host', 'integrationKey', 'secretKey', 'userNameTemplate'] },
  tac: { type: 'tac', needs: ['minTtl', 'maxTtl', 'defaultTtl', 'length', 'complexity'] },
};

const SECRETS: ReadonlySet<string> = new Set(['integrationKey', 'secretKey', 'sharedSecret']);

/** A provider as it is shown: without what only the service may know. */
export function providerShown(provider: Parts): Parts {
  const configuration = (provider.configuration ?? {}) as Parts;
  const shown = Object.entries(configuration).filter(([name]) => !SECRETS.has(name));
  return { type: provider.type, configuration: Object.fromEntries(shown) };
}

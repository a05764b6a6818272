/** The kinds of factors that there are: who provides them, what proves that somebody has one, which authenticator they are. */

/** What is known of a kind. */
export interface FactorKind {
  /** How its ids begin. */
  prefix: string;
  /** A code by the clock; a code that was sent; an answer; a tap on a phone; a one-time password of a key; a signature. */
  proves: 'time' | 'code' | 'answer' | 'push' | 'otp' | 'signature';
  /** The authenticator of an Identity Engine org that it belongs to, and its method there. */
  key: string;
  method: string;
  /** What `profile` must hold. */
  needs?: string;
}

/** By `provider factorType`. */
export const FACTOR_KINDS: Readonly<Record<string, FactorKind>> = {
  'OKTA token:software:totp': { prefix: 'ost', proves: 'time', key: 'okta_verify', method: 'totp' },
  'OKTA push': { prefix: 'opf', proves: 'push', key: 'okta_verify', method: 'push' },
  'GOOGLE token:software:totp': { prefix: 'uft', proves: 'time', key: 'google_otp', method: 'otp' },
  'OKTA sms': { prefix: 'mbl', proves: 'code', key: 'phone_number', method: 'sms', needs: 'phoneNumber' },
  'OKTA call': { prefix: 'clf', proves: 'code', key: 'phone_number', method: 'voice', needs: 'phoneNumber' },
  'OKTA email': { prefix: 'emf', proves: 'code', key: 'okta_email', method: 'email', needs: 'email' },
  'OKTA question': {
    prefix: 'ufs',
    proves: 'answer',
    key: 'security_question',
    method: 'security_question',
    needs: 'question',
  },
  'FIDO webauthn': { prefix: 'fwf', proves: 'signature', key: 'webauthn', method: 'webauthn' },
  'YUBICO token:hardware': { prefix: 'ykf', proves: 'otp', key: 'yubikey_token', method: 'otp' },
};

/** The kind of a factor that was set up. */
export const kindOf = ({ factorType, provider }: { factorType: string; provider: string }): FactorKind =>
  FACTOR_KINDS[`${provider} ${factorType}`] as FactorKind;

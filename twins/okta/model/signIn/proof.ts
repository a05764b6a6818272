/** What somebody has shown to prove who they are, and what it is worth. */

/** One thing that was shown: by which authenticator and method, and when (universe milliseconds). */
export interface Proof {
  key: string;
  method: string;
  at: number;
  /** The enrolment that was used, where there is one. */
  factorId?: string;
}

/** What an authenticator's method says of a person. https://developer.okta.com/docs/concepts/authenticators/ */
export interface MethodFacts {
  is: 'knowledge' | 'possession';
  /** The type that constraints name. */
  type: string;
  /** RFC 8176, as tokens have it. */
  amr: string;
  deviceBound?: true;
  hardware?: true;
  phishingResistant?: true;
}

const FACTS: Readonly<Record<string, MethodFacts>> = {
  'okta_password password': { is: 'knowledge', type: 'password', amr: 'pwd' },
  'security_question security_question': { is: 'knowledge', type: 'security_question', amr: 'kba' },
  'okta_email email': { is: 'possession', type: 'email', amr: 'email' },
  'phone_number sms': { is: 'possession', type: 'phone', amr: 'sms' },
  'phone_number voice': { is: 'possession', type: 'phone', amr: 'tel' },
  'google_otp otp': { is: 'possession', type: 'app', amr: 'otp', deviceBound: true },
  'okta_verify totp': { is: 'possession', type: 'app', amr: 'otp', deviceBound: true },
  'okta_verify push': { is: 'possession', type: 'app', amr: 'swk', deviceBound: true },
  'external_idp idp': { is: 'knowledge', type: 'password', amr: 'fed' },
  'yubikey_token otp': {
    is: 'possession',
    type: 'security_key',
    amr: 'otp',
    deviceBound: true,
    hardware: true,
  },
  'webauthn webauthn': {
    is: 'possession',
    type: 'security_key',
    amr: 'hwk',
    deviceBound: true,
    hardware: true,
    phishingResistant: true,
  },
};

/** What is known of a method; one that nobody knows proves possession of something. */
export const methodFacts = ({ key, method }: Pick<Proof, 'key' | 'method'>): MethodFacts =>
  FACTS[`${key} ${method}`] ?? { is: 'possession', type: 'app', amr: 'otp' };

/** The methods as tokens and sessions name them; `mfa` where there is more than one kind. */
export function amrOf(proofs: readonly Proof[]): string[] {
  const names = [...new Set(proofs.map((one) => methodFacts(one).amr))];
  const kinds = new Set(proofs.map((one) => methodFacts(one).is));
  return kinds.size > 1 ? [...names, 'mfa'] : names;
}

/** When something was last shown by authenticators of this kind. */
export function provenAt(proofs: readonly Proof[], is: (key: string) => boolean): number | undefined {
  const times = proofs.filter((one) => is(one.key)).map((one) => one.at);
  return times.length > 0 ? Math.max(...times) : undefined;
}

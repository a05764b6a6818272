/** What somebody may do now in a sign-in, as forms: their fields, and where they go. Programs and the page draw them. */
import type { World } from '../../../src/world/world.ts';
import { findFactor } from '../model/authenticators/factor.ts';
import { enrollableIn, registrationOf } from '../model/idx/enrol.ts';
import { choices } from '../model/idx/steps.ts';
import type { IdxTransaction } from '../model/idx/transaction.ts';
import { QUESTIONS } from '../model/people/securityQuestion.ts';
import { activeAuthenticators } from '../model/signIn/enrolment.ts';
import type { From } from '../model/signIn/passwordAttempt.ts';

/** A field of a form. */
export interface Field {
  name: string;
  label?: string;
  type?: string;
  required?: boolean;
  secret?: boolean;
  value?: unknown;
  visible?: boolean;
  mutable?: boolean;
  form?: { value: Field[] };
  options?: { label: string; value: unknown; relatesTo?: string }[];
  messages?: Record<string, unknown>;
}

/** A form: a thing that somebody may do now. */
export interface Remediation {
  name: string;
  path: string;
  fields: Field[];
  relatesTo?: string;
  /** Milliseconds until it should be asked again. */
  refresh?: number;
}

/** Authenticators as people know them. */
export const NAMES: Readonly<Record<string, string>> = {
  okta_email: 'Email',
  okta_password: 'Password',
  okta_verify: 'Okta Verify',
  phone_number: 'Phone',
  google_otp: 'Google Authenticator',
  security_question: 'Security Question',
  webauthn: 'Security Key or Biometric',
  yubikey_token: 'YubiKey',
};
const METHOD_NAMES: Readonly<Record<string, string>> = {
  sms: 'SMS',
  voice: 'Voice call',
  totp: 'Enter a code',
  push: 'Get a push notification',
};

/** The forms of a sign-in as it stands. */
export function remediationsOf(world: World, from: From, transaction: IdxTransaction): Remediation[] {
  const forms = FORMS[transaction.stage];
  return forms ? forms(world, from, transaction) : [];
}

type Forms = (world: World, from: From, transaction: IdxTransaction) => Remediation[];

const identifierField: Field = { name: 'identifier', label: 'Username', required: true };
const passcode = (label: string): Field => ({ name: 'passcode', label, secret: true });
const credentials = (...fields: Field[]): Field => ({
  name: 'credentials',
  type: 'object',
  form: { value: fields },
  required: true,
});

const FORMS: Partial<Record<IdxTransaction['stage'], Forms>> = {
  IDENTIFY: (world, _from, transaction) => [
    {
      name: 'identify',
      path: '/idp/idx/identify',
      fields: [
        { ...identifierField, ...(transaction.identifier ? { value: transaction.identifier } : {}) },
        { name: 'rememberMe', type: 'boolean', label: 'Keep me signed in' },
      ],
    },
    ...(registrationOf(world, transaction)
      ? [{ name: 'select-enroll-profile', path: '/idp/idx/enroll', fields: [] }]
      : []),
    { name: 'unlock-account', path: '/idp/idx/unlock-account', fields: [] },
  ],
  IDENTIFY_RECOVERY: () => [
    { name: 'identify-recovery', path: '/idp/idx/identify', fields: [identifierField] },
  ],
  UNLOCK: () => [{ name: 'identify-recovery', path: '/idp/idx/identify', fields: [identifierField] }],
  SELECT: (world, from, transaction) => [
    {
      name: 'select-authenticator-authenticate',
      path: '/idp/idx/challenge',
      fields: [
        {
          name: 'authenticator',
          type: 'object',
          options: optionsOf(
            world,
            grouped(choices(world, from, transaction)),
            '$.authenticatorEnrollments.value',
          ),
        },
      ],
    },
  ],
  CHALLENGE: (world, from, transaction) => [
    challengeForm(world, transaction),
    ...(transaction.current?.pushId ? [] : selectOther(world, from, transaction)),
  ],
  RESET: () => [passwordForm('reset-authenticator', '$.currentAuthenticator')],
  REENROLL: () => [passwordForm('reenroll-authenticator', '$.currentAuthenticator')],
  SELECT_ENROLL: (world, from, transaction) => [
    {
      name: 'select-authenticator-enroll',
      path: '/idp/idx/credential/enroll',
      fields: [
        {
          name: 'authenticator',
          type: 'object',
          options: optionsOf(
            world,
            new Map(
              enrollableIn(world, from, transaction).map(({ authenticator, methods }) => [
                authenticator.key,
                methods,
              ]),
            ),
            '$.authenticators.value',
          ),
        },
      ],
    },
  ],
  ENROLL_DATA: (world, _from, { current }) => [
    {
      name: 'authenticator-enrollment-data',
      path: '/idp/idx/credential/enroll',
      relatesTo: '$.currentAuthenticator',
      fields: [
        {
          name: 'authenticator',
          label: 'Phone',
          form: {
            value: [
              {
                name: 'id',
                required: true,
                value: idOf(world, current?.key ?? ''),
                mutable: false,
                visible: false,
              },
              {
                name: 'methodType',
                type: 'string',
                required: true,
                options: [
                  { label: 'SMS', value: 'sms' },
                  { label: 'Voice call', value: 'voice' },
                ],
              },
              { name: 'phoneNumber', label: 'Phone number', required: true },
            ],
          },
        },
      ],
    },
  ],
  ENROLL: (_world, _from, transaction) => [enrolForm(transaction)],
  PROFILE: (world, _from, transaction) => [
    {
      name: 'enroll-profile',
      path: '/idp/idx/enroll/new',
      fields: [
        {
          name: 'userProfile',
          form: {
            value:
              registrationOf(world, transaction)?.attributes.map(({ name, label, required }) => ({
                name,
                label,
                required,
              })) ?? [],
          },
        },
      ],
    },
  ],
};

/** The methods of each authenticator among some. */
export const grouped = (methods: readonly { key: string; method: string }[]): Map<string, string[]> => {
  const found = new Map<string, string[]>();
  for (const { key, method } of methods) found.set(key, [...(found.get(key) ?? []), method]);
  return found;
};

const idOf = (world: World, key: string): string => activeAuthenticators(world).get(key)?.id ?? '';

/** Authenticators to choose from; `at` is where each of them is described. */
function optionsOf(
  world: World,
  of: ReadonlyMap<string, string[]>,
  at: string,
): NonNullable<Field['options']> {
  return [...of].map(([key, methods], i) => ({
    label: NAMES[key] ?? key,
    value: {
      form: {
        value: [
          { name: 'id', required: true, value: idOf(world, key), mutable: false },
          methods.length > 1
            ? {
                name: 'methodType',
                required: false,
                options: methods.map((method) => ({ label: METHOD_NAMES[method] ?? method, value: method })),
              }
            : { name: 'methodType', required: false, value: methods[0], mutable: false },
        ],
      },
    },
    relatesTo: `${at}[${i}]`,
  }));
}

/** Whoever was asked for one thing may show another. */
function selectOther(world: World, from: From, transaction: IdxTransaction): Remediation[] {
  const others = grouped(choices(world, from, transaction));
  if (others.size < 2) return [];
  const options = optionsOf(world, others, '$.authenticatorEnrollments.value');
  return [
    {
      name: 'select-authenticator-authenticate',
      path: '/idp/idx/challenge',
      fields: [{ name: 'authenticator', type: 'object', options }],
    },
  ];
}

const ANSWER = '/idp/idx/challenge/answer';

function challengeForm(world: World, { current, userId }: IdxTransaction): Remediation {
  const relatesTo = '$.currentAuthenticatorEnrollment';
  if (current?.pushId)
    return {
      name: 'challenge-poll',
      path: '/idp/idx/authenticators/poll',
      relatesTo,
      refresh: 4_000,
      fields: [],
    };
  const form = (...fields: Field[]): Remediation => ({
    name: 'challenge-authenticator',
    path: ANSWER,
    relatesTo,
    fields: [credentials(...fields)],
  });
  if (current?.key === 'okta_password') return form(passcode('Password'));
  if (current?.key === 'security_question' && userId) {
    const { profile } = findFactor(world, userId, current.factorId ?? '');
    return form(
      { name: 'questionKey', required: true, value: profile.question, mutable: false, visible: false },
      { name: 'answer', label: 'Answer', required: true, secret: true },
    );
  }
  if (current?.key === 'webauthn')
    return form(
      ...['authenticatorData', 'clientData', 'signatureData'].map(
        (name): Field => ({ name, label: name, required: true, visible: false }),
      ),
    );
  if (current?.key === 'okta_verify') return form({ name: 'totp', label: 'Enter code', required: true });
  return form({ name: 'passcode', label: 'Enter code' });
}

const passwordForm = (name: string, relatesTo: string): Remediation => ({
  name,
  path: ANSWER,
  relatesTo,
  fields: [
    credentials(passcode('New password'), {
      name: 'revokeSessions',
      label: 'Sign me out of all other devices',
      type: 'boolean',
    }),
  ],
});

function enrolForm({ current }: IdxTransaction): Remediation {
  const relatesTo = '$.currentAuthenticator';
  const form = (...fields: Field[]): Remediation => ({
    name: 'enroll-authenticator',
    path: ANSWER,
    relatesTo,
    fields: [credentials(...fields)],
  });
  if (current?.key === 'okta_verify' && current.method === 'push')
    return {
      name: 'enroll-poll',
      path: '/idp/idx/authenticators/poll',
      relatesTo,
      refresh: 4_000,
      fields: [],
    };
  if (current?.key === 'okta_password') return form(passcode('Enter password'));
  if (current?.key === 'security_question')
    return form(
      {
        name: 'questionKey',
        label: 'Choose a security question',
        required: true,
        options: Object.entries(QUESTIONS).map(([value, label]) => ({ label, value })),
      },
      { name: 'answer', label: 'Answer', required: true, secret: true },
    );
  if (current?.key === 'webauthn')
    return form(
      ...['attestation', 'clientData'].map(
        (name): Field => ({ name, label: name, required: true, visible: false }),
      ),
    );
  return form({ name: 'passcode', label: 'Enter code' });
}

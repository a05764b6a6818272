/** Sign-ins in the form that programs draw them by: forms to fill in, and what they are about (ion). */
import type { World } from '../../../src/world/world.ts';
import { currentFactor, enrollableIn } from '../model/idx/enrol.ts';
import type { Refused } from '../model/idx/refused.ts';
import { choices, meansOfIdx } from '../model/idx/steps.ts';
import { appOfIdx, type IdxTransaction, type Message, personOfIdx } from '../model/idx/transaction.ts';
import { passwordSettingsOf } from '../model/people/passwordPolicy.ts';
import { activeAuthenticators } from '../model/signIn/enrolment.ts';
import type { From } from '../model/signIn/passwordAttempt.ts';
import { stampMs } from '../time.ts';
import { org } from '../world.ts';
import { masked } from './authnViews.ts';
import { type Field, grouped, NAMES, type Remediation, remediationsOf } from './idxForms.ts';

type View = Record<string, unknown>;

const ION = 'application/ion+json; okta-version=1.0.0';
const JSON_ION = 'application/json; okta-version=1.0.0';

/** A sign-in as programs get it, with what is told about it. */
export function idxView(
  world: World,
  from: From,
  transaction: IdxTransaction,
  refused?: Refused,
  code?: { text: string; issuerAt: string; clientId: string },
): View {
  const forms = code ? [] : remediationsOf(world, from, transaction);
  const told =
    refused && refused.field === undefined ? refused.told : refused ? undefined : transaction.message;
  const app = appOfIdx(world, transaction);
  return {
    version: '1.0.0',
    stateHandle: transaction.handle,
    expiresAt: stampMs(transaction.expiresAt),
    intent: transaction.intent,
    ...(forms.length > 0
      ? {
          remediation: {
            type: 'array',
            value: forms.map((one) => formView(world, transaction, one, refused)),
          },
        }
      : {}),
    ...(told ? { messages: messagesView(told) } : {}),
    ...aboutView(world, from, transaction),
    ...(code ? { successWithInteractionCode: codeView(code) } : {}),
    cancel: formView(world, transaction, { name: 'cancel', path: '/idp/idx/cancel', fields: [] }),
    ...(app ? { app: { type: 'object', value: { name: app.name, label: app.label, id: app.id } } } : {}),
  };
}

export const messagesView = ({ message, key, class: kind }: Message): View => ({
  type: 'array',
  value: [{ message, i18n: { key }, class: kind }],
});

function formView(world: World, { handle }: IdxTransaction, form: Remediation, refused?: Refused): View {
  const stateHandle: Field = {
    name: 'stateHandle',
    required: true,
    value: handle,
    visible: false,
    mutable: false,
  };
  return {
    rel: ['create-form'],
    name: form.name,
    ...(form.relatesTo ? { relatesTo: [form.relatesTo] } : {}),
    href: world.base() + form.path,
    method: 'POST',
    produces: ION,
    ...(form.refresh ? { refresh: form.refresh } : {}),
    value: [...form.fields.map((one) => withMessage(one, refused)), stateHandle],
    accepts: JSON_ION,
  };
}

/** What is wrong with a field is told at that field. */
function withMessage(field: Field, refused: Refused | undefined): Field {
  if (!refused?.field) return field;
  if (field.form)
    return { ...field, form: { value: field.form.value.map((one) => withMessage(one, refused)) } };
  const isIt = field.name === refused.field || (refused.field === 'passcode' && field.name === 'totp');
  return isIt ? { ...field, messages: messagesView(refused.told) } : field;
}

const codeView = ({
  text,
  issuerAt,
  clientId,
}: {
  text: string;
  issuerAt: string;
  clientId: string;
}): View => ({
  rel: ['create-form'],
  name: 'issue',
  href: `${issuerAt}/v1/token`,
  method: 'POST',
  produces: JSON_ION,
  value: [
    { name: 'grant_type', required: true, value: 'interaction_code' },
    { name: 'interaction_code', required: true, value: text },
    { name: 'client_id', required: true, value: clientId },
    { name: 'code_verifier', required: true },
  ],
  accepts: 'application/x-www-form-urlencoded',
});

/** Who signs in, by what, and what they could use: what forms relate to. */
function aboutView(world: World, from: From, transaction: IdxTransaction): View {
  const user = personOfIdx(world, transaction);
  if (!user || transaction.stage === 'OVER' || transaction.stage === 'DONE') return {};
  const { stage, current } = transaction;
  const enrols = stage === 'SELECT_ENROLL' || stage === 'ENROLL' || stage === 'ENROLL_DATA';
  const means = meansOfIdx(world, from, transaction);
  const list = enrols
    ? {
        authenticators: {
          type: 'array',
          value: enrollableIn(world, from, transaction).map((one) =>
            authenticatorView(world, one.authenticator.key, one.methods),
          ),
        },
      }
    : {};
  const chosen =
    stage === 'SELECT' || stage === 'CHALLENGE' ? [...grouped(choices(world, from, transaction)).keys()] : [];
  const ordered = [
    ...chosen.flatMap((key) => means.filter((one) => one.authenticator.key === key)),
    ...means.filter((one) => !chosen.includes(one.authenticator.key)),
  ];
  const enrollments = ordered.map((one) => ({
    ...authenticatorView(
      world,
      one.authenticator.key,
      one.methods.map(({ method }) => method),
    ),
    ...(Object.keys(one.profile).length > 0 ? { profile: masked(one.profile) } : {}),
  }));
  return {
    ...list,
    authenticatorEnrollments: { type: 'array', value: enrollments },
    ...(stage === 'CHALLENGE' && current
      ? { currentAuthenticatorEnrollment: { type: 'object', value: currentView(world, transaction) } }
      : {}),
    ...(stage === 'RESET' || stage === 'REENROLL' || stage === 'ENROLL' || stage === 'ENROLL_DATA'
      ? { currentAuthenticator: { type: 'object', value: currentView(world, transaction) } }
      : {}),
    user: {
      type: 'object',
      value: {
        id: user.id,
        identifier: user.profile.login,
        profile: {
          firstName: user.profile.firstName,
          lastName: user.profile.lastName,
          timeZone: 'America/Los_Angeles',
          locale: 'en_US',
        },
      },
    },
  };
}

function authenticatorView(world: World, key: string, methods: readonly string[]): View {
  const row = activeAuthenticators(world).get(key);
  return {
    type: row?.type,
    key,
    id: row?.id,
    displayName: NAMES[key] ?? key,
    methods: methods.map((type) => ({ type })),
    allowedFor: row?.settings?.allowedFor ?? 'any',
  };
}

/** The authenticator that is asked for now, with the actions that belong to it. */
function currentView(world: World, transaction: IdxTransaction): View {
  const { current, stage, userId } = transaction;
  const key = current?.key ?? 'okta_password';
  const view = authenticatorView(world, key, [current?.method ?? 'password']);
  const action = (name: string, path: string) => formView(world, transaction, { name, path, fields: [] });
  const factor = current?.factorId && userId ? currentFactor(world, transaction) : undefined;
  const sends = current?.code || factor?.proof.code || factor?.proof.sentAt;
  return {
    ...view,
    ...(factor ? { profile: masked(factor.profile), contextualData: contextView(world, factor) } : {}),
    ...(stage === 'CHALLENGE' && key === 'okta_password'
      ? { recover: action('recover', '/idp/idx/recover') }
      : {}),
    ...(sends ? { resend: action('resend', '/idp/idx/challenge/resend') } : {}),
    ...(key === 'okta_password' && stage !== 'CHALLENGE'
      ? { settings: settingsView(world, transaction) }
      : {}),
  };
}

/** What is needed to set a factor up, or to show it. */
function contextView(world: World, factor: NonNullable<ReturnType<typeof currentFactor>>): View {
  const { proof, factorType, profile, status } = factor;
  if (factorType === 'question')
    return { enrolledQuestion: { question: profile.questionText, questionKey: profile.question } };
  if (proof.webauthn)
    return status === 'ACTIVE'
      ? { challengeData: { challenge: proof.webauthn.challenge, userVerification: 'preferred' } }
      : {
          activationData: {
            rp: { name: org(world).companyName },
            user: { id: factor.userId, name: factor.userId, displayName: factor.userId },
            pubKeyCredParams: [-7, -257].map((alg) => ({ type: 'public-key', alg })),
            challenge: proof.webauthn.challenge,
            attestation: 'direct',
            excludeCredentials: [],
          },
        };
  if (status === 'ACTIVE') return {};
  const { sharedSecret } = proof;
  const label = encodeURIComponent(org(world).companyName);
  const href = sharedSecret
    ? `otpauth://totp/${label}?secret=${sharedSecret}&issuer=${label}`
    : `oktaverify://${label}?t=${world.secret(['okta.qr', factor.id], 20)}`;
  return {
    qrcode: { method: 'embedded', href, type: 'image/png' },
    ...(sharedSecret ? { sharedSecret } : { selectedChannel: 'qrcode' }),
  };
}

function settingsView(world: World, transaction: IdxTransaction): View {
  const user = personOfIdx(world, transaction);
  if (!user) return {};
  const { complexity, age } = passwordSettingsOf(world, user).password;
  const { dictionary: _, ...rest } = complexity;
  return { complexity: rest, age: { minAgeMinutes: age.minAgeMinutes, historyCount: age.historyCount } };
}

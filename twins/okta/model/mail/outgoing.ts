/** What the org sends to people: mails, texts, calls and pushes, as they arrive. */
import { sortable } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { OUTGOING_KEPT_MAX } from '../../limits.ts';
import { stampMs } from '../../time.ts';
import { emailDomains, outgoing, smsTemplates } from '../../world/delivery.ts';
import { org } from '../../world.ts';
import { sendByHook } from '../hooks/telephonyHook.ts';
import { record, SYSTEM, type Who } from '../log/log.ts';
import { type Brand, findBrand } from '../look/brand.ts';
import { brandAt } from '../look/brandLook.ts';
import { type User, userTarget } from '../people/user.ts';
import { isAdministrator } from '../roles/role.ts';
import { isBouncing } from './bounce.ts';
import { languageOf, rendered, wordingFor } from './emailRendering.ts';
import { emailSetting } from './emailSetting.ts';
import { renderVelocity } from './velocity.ts';

/** One thing that a person was sent; `values` are what its wording refers to (codes, links, tokens). */
export interface Message {
  sequence: number;
  userId: string;
  by: 'email' | 'sms' | 'call' | 'push';
  /** An address, a number, or the id of the factor that a push went to. */
  to: string;
  /** The sender of a mail. */
  from?: string;
  at: string;
  /** A mail's template; otherwise what the message is for. */
  kind: string;
  subject?: string;
  /** HTML where it is a mail. */
  text: string;
  values: Readonly<Record<string, string>>;
}

export interface Sending extends Pick<Message, 'by' | 'to' | 'kind' | 'values'> {
  user: User;
  /** Who causes it; the org itself where it is left out. */
  who?: Who;
  /** Whose look and wording it has; that of the domain which was called, where it is left out. */
  brandId?: string;
  /** Whatever the settings of the template say: tests of a mail. */
  always?: boolean;
}

/**
 * Sends something to a person, in their language, and keeps the newest 2,000 of the org. A mail's `kind` is its
 * template; nothing is sent where that template's settings say so. Texts and calls must have `values.code`.
 */
export function send(world: World, sending: Sending): Message | undefined {
  const { user, by, to, kind, values, who = SYSTEM } = sending;
  const brand = brandOf(world, sending.brandId);
  if (by === 'email' && !sending.always && !isSent(world, brand, kind, user)) return undefined;
  if (by === 'email' && isBouncing(world, to)) return undefined;
  const content = contentOf(world, brand, sending);
  if (by === 'sms' || by === 'call')
    sendByHook(world, who, { user, by, to, text: content.text, code: values.code ?? '' });
  const message = keep(world, { userId: user.id, by, to, kind, ...content, values });
  const event = EVENTS[by === 'email' ? kind.replace(/^(AD|LDAP)/, '') : by];
  if (event) record(world, who, { ...event, target: [userTarget(user)] });
  return message;
}

/** Keeps what was sent, the newest of the org; `userId` is who is shown it. */
export function keep(world: World, sent: Omit<Message, 'sequence' | 'at'>): Message {
  const sequence = world.next('okta.outgoing');
  if (sequence > OUTGOING_KEPT_MAX) world.remove(outgoing, sortable(sequence - OUTGOING_KEPT_MAX));
  return world.insert(outgoing, { ...sent, sequence, at: stampMs(world.now()) });
}

/** What a person was sent, the newest first. */
export const messagesOf = (world: World, userId: string): Message[] =>
  world.list(outgoing, { index: 'user', equals: userId, reverse: true }).toArray();

/** From whom a brand's mails come: its own domain once that is verified. */
export function senderOf(world: World, brand: Brand): string {
  const domain = brand.emailDomainId ? world.get(emailDomains, brand.emailDomainId) : undefined;
  if (domain?.validationStatus !== 'VERIFIED') return 'Okta <noreply@okta.com>';
  return `${domain.displayName} <${domain.userName}@${domain.domain}>`;
}

/** The service takes the brand of the host that is called. https://developer.okta.com/docs/guides/custom-email/main/ */
const brandOf = (world: World, id: string | undefined): Brand =>
  id === undefined ? brandAt(world, new URL(world.base()).host) : findBrand(world, id);

function isSent(world: World, brand: Brand, template: string, user: User): boolean {
  const { recipients } = emailSetting(world, brand.id, template);
  return recipients === 'ALL_USERS' || (recipients === 'ADMINS_ONLY' && isAdministrator(world, user.id));
}

function contentOf(world: World, brand: Brand, { by, kind, user, values }: Sending) {
  const language = languageOf(user, brand);
  if (by !== 'email') return { text: textOf(world, by, language, values) };
  const wording = wordingFor(world, brand.id, kind, language);
  const { subject, body } = rendered(world, brand, user, wording, values);
  return { from: senderOf(world, brand), subject, text: body };
}

function textOf(world: World, by: string, language: string, values: Sending['values']): string {
  if (by === 'push') return 'Did you just try to sign in?';
  if (by === 'call') return `Hello! Your verification code is ${[...(values.code ?? '')].join(' ')}.`;
  const own = world.list(smsTemplates).first();
  const wording = own?.translations[language] ?? own?.translations[language.slice(0, 2)] ?? own?.template;
  const filled = { ...values, org: { name: org(world).companyName } };
  return renderVelocity(wording ?? 'Your verification code is ${code}.', filled);
}

/** https://developer.okta.com/docs/reference/api/event-types/ : by way, or by template. */
const EVENTS: Readonly<Record<string, { eventType: string; displayMessage: string }>> = {
  sms: {
    eventType: 'system.sms.send_factor_verify_message',
    displayMessage: 'Send SMS verification message',
  },
  call: { eventType: 'system.voice.send_mfa_challenge_call', displayMessage: 'Send MFA challenge call' },
  push: { eventType: 'system.push.send_factor_verify_push', displayMessage: 'Send Okta Verify Push' },
  EmailChallenge: {
    eventType: 'system.email.send_factor_verify_message',
    displayMessage: 'Send email factor verification message',
  },
  EmailFactorVerification: {
    eventType: 'system.email.send_factor_verify_message',
    displayMessage: 'Send email factor verification message',
  },
  ForgotPassword: {
    eventType: 'system.email.password_reset.sent_message',
    displayMessage: 'Send self-service password reset email',
  },
  SelfServiceUnlock: {
    eventType: 'system.email.account_unlock.sent_message',
    displayMessage: 'Send self-service unlock account email',
  },
  AuthenticatorEnrolled: {
    eventType: 'system.email.mfa_enroll_notification.sent_message',
    displayMessage: 'Send factor enrollment notification email',
  },
  AuthenticatorReset: {
    eventType: 'system.email.mfa_reset_notification.sent_message',
    displayMessage: 'Send factor reset notification email',
  },
  NewSignOnNotification: {
    eventType: 'system.email.new_device_notification.sent_message',
    displayMessage: 'Send new device notification email',
  },
};

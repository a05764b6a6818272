/**
 * The telephony inline hook: a program sends the org's text messages and calls, and the org does so itself where the
 * program does not. https://developer.okta.com/docs/reference/telephony-hook/
 */
import type { World } from '../../../../src/world/world.ts';
import { FACTOR_CODE_LASTS_MS } from '../../limits.ts';
import { stampMs } from '../../time.ts';
import { factors } from '../../world/security.ts';
import { record, type Who } from '../log/log.ts';
import { type User, userTarget } from '../people/user.ts';
import { callHook, envelope, type HookReply, requestContext } from './callHook.ts';
import { activeHook } from './inlineHook.ts';

/** A message that is about to be sent. */
export interface Telephony {
  user: User;
  by: 'sms' | 'call';
  to: string;
  text: string;
  code: string;
}

const TYPE = 'com.okta.telephony.provider';

/** Has the hook's program send a message, where there is one; says whether it did. */
export function sendByHook(world: World, who: Who, message: Telephony): boolean {
  const hook = activeHook(world, TYPE);
  if (!hook) return false;
  const { user, by, to, text, code } = message;
  const { firstName, lastName, login } = user.profile;
  const data = {
    context: { request: requestContext(world) },
    userProfile: { firstName, lastName, login, userId: user.id },
    messageProfile: {
      msgTemplate: text,
      phoneNumber: to,
      otpExpires: stampMs(world.now() + FACTOR_CODE_LASTS_MS),
      deliveryChannel: by === 'sms' ? 'SMS' : 'VOICE CALL',
      otpCode: code,
      locale: String(user.profile.locale ?? 'en_US')
        .replace('_', '-')
        .toUpperCase(),
    },
  };
  const requestType = `com.okta.user.telephony.${isSetUp(world, user, to) ? 'verification' : 'pre-enrollment'}`;
  const isSent = wasSent(callHook(world, who, hook, envelope(world, hook, data, { requestType }), 1));
  if (!isSent)
    record(world, who, {
      eventType:
        by === 'sms'
          ? 'system.sms.send_phone_verification_message'
          : 'system.voice.send_phone_verification_call',
      displayMessage: 'Telephony inline hook failed over to the default provider',
      target: [userTarget(user)],
      outcome: { result: 'FAILURE', reason: 'TELEPHONY_HOOK_FAILED' },
      severity: 'WARN',
    });
  return isSent;
}

/** Whether the person uses the number already, and does not just set it up. */
const isSetUp = (world: World, { id }: User, number: string): boolean =>
  world
    .list(factors, { prefix: `${id}/` })
    .toArray()
    .some(({ status, profile }) => status === 'ACTIVE' && profile.phoneNumber === number);

/** https://developer.okta.com/docs/reference/telephony-hook/ : what a delivery ended in. */
const DELIVERED: ReadonlySet<unknown> = new Set(['SUCCESSFUL', 'PENDING']);

function wasSent(reply: HookReply): boolean {
  if ('failure' in reply || reply.error) return false;
  const actions = reply.commands.filter(({ type }) => type === 'com.okta.telephony.action');
  return actions.some(({ value }) =>
    [value].flat().some((one) => DELIVERED.has((one as { status?: unknown })?.status)),
  );
}

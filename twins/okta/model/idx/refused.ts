/** What is told to somebody whose sign-in does not get any further by what they did. */
import type { Message } from './transaction.ts';

/** Nothing moves; the form is shown again with a message, at a field or above all of them. */
export class Refused extends Error {
  constructor(
    /** `identifier`, `passcode`, `answer`; undefined for the form as a whole. */
    readonly field: string | undefined,
    readonly told: Message,
    /** What is done about it all the same. */
    readonly besides?: () => unknown,
  ) {
    super(told.message);
  }
}

const error = (message: string, key: string): Message => ({ message, key, class: 'ERROR' });

/** The messages by what they are about, with the keys by which programs translate them. */
export const tell = {
  failed: error('Unable to sign in', 'errors.E0000004'),
  locked: error('Your account is locked. Please contact your administrator.', 'errors.E0000119'),
  wrongPassword: error('Password is incorrect', 'incorrectPassword'),
  wrongCode: error('Invalid code. Try again.', 'api.authn.error.PASSCODE_INVALID'),
  usedCode: error(
    'Each code can only be used once. Please wait for a new code and try again.',
    'authfactor.challenge.soft_token.used_passcode',
  ),
  wrongAnswer: error(
    "Your answer doesn't match our records. Please try again.",
    'api.factors.error.security_question.answer.invalid',
  ),
  blank: error('The field cannot be left blank', 'model.validation.field.blank'),
  expired: error(
    'You have been logged out due to inactivity. Refresh or return to the sign in screen.',
    'idx.session.expired',
  ),
  noSuchAuthenticator: error(
    'The requested authenticator is not available.',
    'idx.error.authenticator.unavailable',
  ),
  tooSoon: error(
    'An SMS message was recently sent. Please wait 30 seconds before trying again.',
    'errors.E0000109',
  ),
  pushRejected: error('You have chosen to reject this login.', 'api.authn.poll.error.push_rejected'),
  pushTimedOut: error('Your push notification has expired.', 'api.authn.poll.error.push_timeout'),
  unlocked: {
    message: 'Your account is now unlocked!',
    key: 'selfservice.unlock_user.landing.message',
    class: 'INFO',
  },
  notAllowed: error(
    'Reset password is not allowed at this time. Please contact support for assistance.',
    'oie.selfservice.reset.password.not.allowed',
  ),
} as const satisfies Record<string, Message>;

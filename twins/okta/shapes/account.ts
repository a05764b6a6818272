/** The forms of bodies that people send about their own account. */
import { body, flag, object, of, text } from '../shape.ts';

const email = body({ profile: object({ email: text }), sendEmail: flag, state: text, role: text });
const phone = body({ profile: object({ phoneNumber: text }), sendCode: flag, method: text });
const statement = body({ clientData: text, attestation: text, clientExtensions: text, transports: text });
const password = body({ profile: object({ password: text }) });

export const ACCOUNT_SHAPES = [
  ...of(body({ profile: object() }), 'replaceProfile'),
  ...of(email, 'createEmail'),
  ...of(body({ state: text }), 'sendEmailChallenge'),
  ...of(phone, 'createPhone'),
  ...of(body({ method: text, retry: flag }), 'sendPhoneChallenge'),
  ...of(body({ verificationCode: text }), 'verifyEmailOtp', 'verifyPhoneChallenge'),
  ...of(statement, 'createWebAuthnEnrollment'),
  ...of(password, 'createPassword', 'replacePassword'),
  ...of(body({ oldPassword: text, newPassword: text }), 'updatePassword'),
];

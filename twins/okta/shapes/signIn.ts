/** The forms of bodies of the Authentication API, and of keys. */
import { body, flag, object, of, text } from '../shape.ts';

/** Each step reads some of these. */
const step = body({
  username: text,
  password: text,
  token: text,
  stateToken: text,
  recoveryToken: text,
  relayState: text,
  factorType: text,
  provider: text,
  passCode: text,
  answer: text,
  oldPassword: text,
  newPassword: text,
  clientData: text,
  attestation: text,
  authenticatorData: text,
  signatureData: text,
  profile: object({ phoneNumber: text, email: text, question: text, answer: text }),
  verify: object({ passCode: text }),
  options: object({ warnBeforePasswordExpired: flag, multiOptionalFactorEnroll: flag }),
  context: object({ deviceToken: text }),
});

export const SIGN_IN_SHAPES = [
  ...of(
    step,
    ...['authenticate', 'authnPrevious', 'authnSkip', 'authnCancel', 'authnChangePassword'],
    ...['authnResetPassword', 'authnEnrollFactor', 'authnActivateFactor', 'authnPollFactorActivation'],
    ...['authnResendFactorActivation', 'authnVerifyFactor', 'authnResendFactor', 'authnForgotPassword'],
    ...['authnUnlockAccount', 'authnVerifyRecoveryToken', 'authnAnswerRecoveryQuestion'],
    ...['authnVerifyRecoveryFactor', 'authnResendRecoveryFactor'],
  ),
  ...of(
    body({ serialNumber: text, publicId: text, privateId: text, aesKey: text }),
    'uploadYubikeyOtpTokenSeed',
  ),
];

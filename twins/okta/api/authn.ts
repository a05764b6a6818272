/** `/api/v1/authn`: signing in by a program of one's own. https://developer.okta.com/docs/reference/api/authn/ */
import { type Call, type Endpoint, reply } from '../../../src/twin.ts';
import { endpoint } from '../endpoint.ts';
import { refusalBody } from '../errors.ts';
import { fromOf } from '../from.ts';
import type { FactorInput } from '../model/authenticators/factor.ts';
import {
  type AuthnInput,
  type AuthnResult,
  authenticate,
  cancel,
  changeExpired,
  skip,
} from '../model/signIn/authn.ts';
import { activate, enrol, type FactorStep, previous, resend, verify } from '../model/signIn/authnFactor.ts';
import {
  answerQuestion,
  beginRecovery,
  type RecoveryInput,
  redeemToken,
  resendCode,
  resetPassword,
  verifyCode,
} from '../model/signIn/authnRecovery.ts';
import { stateView } from './authnViews.ts';
import { lasting } from './oauth/issuerEndpoint.ts';

const DOC = 'https://developer.okta.com/docs/reference/api/authn/';

/** The fields of a body; each step reads its own. */
interface Step extends FactorStep {
  recoveryToken?: string;
  relayState?: string;
  oldPassword?: string;
  newPassword?: string;
}

/** A step that ends in a state, or in a refusal that leaves what happened as it is (a wrong password was counted). */
const step = (
  id: string,
  path: string,
  take: (call: Call, input: Step | undefined) => AuthnResult,
): Endpoint =>
  endpoint(
    {
      id,
      route: `POST /api/v1/authn${path}`,
      auth: 'none',
      tier: 'authn',
      traits: { undocumented: true },
      doc: DOC,
    },
    (call) =>
      lasting(call, () => {
        const result = take(call, call.input as Step | undefined);
        if ('state' in result) return stateView(call.world, result.state);
        return reply({ status: result.refused.status, body: refusalBody(call.world, result.refused) });
      }),
  );

const param = ({ params }: Call, name: string): string => params[name] ?? '';

export const authnEndpoints: readonly Endpoint[] = [
  step('authenticate', '', (call, input) => authenticate(call.world, fromOf(call), input as AuthnInput)),
  step('authnPrevious', '/previous', (call, input) => ({
    state: previous(call.world, fromOf(call), input?.stateToken),
  })),
  step('authnSkip', '/skip', (call, input) => skip(call.world, fromOf(call), input?.stateToken)),
  endpoint(
    {
      id: 'authnCancel',
      route: 'POST /api/v1/authn/cancel',
      auth: 'none',
      tier: 'authn',
      traits: { undocumented: true },
      doc: DOC,
    },
    ({ world, input }) => {
      const { relayState } = cancel(world, (input as Step | undefined)?.stateToken);
      return relayState === undefined ? {} : { relayState };
    },
  ),
  step('authnChangePassword', '/credentials/change_password', (call, input) =>
    changeExpired(call.world, fromOf(call), input),
  ),
  step('authnResetPassword', '/credentials/reset_password', (call, input) =>
    resetPassword(call.world, fromOf(call), input),
  ),
  step('authnEnrollFactor', '/factors', (call, input) =>
    enrol(call.world, fromOf(call), input as FactorInput & { stateToken?: string }),
  ),
  step('authnActivateFactor', '/factors/{factorId}/lifecycle/activate', (call, input) =>
    activate(call.world, fromOf(call), param(call, 'factorId'), input),
  ),
  step('authnPollFactorActivation', '/factors/{factorId}/lifecycle/activate/poll', (call, input) =>
    activate(call.world, fromOf(call), param(call, 'factorId'), input),
  ),
  step('authnResendFactorActivation', '/factors/{factorId}/lifecycle/resend', (call, input) => ({
    state: resend(call.world, fromOf(call), param(call, 'factorId'), input?.stateToken),
  })),
  step('authnVerifyFactor', '/factors/{factorId}/verify', (call, input) =>
    verify(
      call.world,
      fromOf(call),
      param(call, 'factorId'),
      input,
      call.query.get('rememberDevice') === 'true',
    ),
  ),
  step('authnResendFactor', '/factors/{factorId}/verify/resend', (call, input) => ({
    state: resend(call.world, fromOf(call), param(call, 'factorId'), input?.stateToken),
  })),
  step('authnForgotPassword', '/recovery/password', (call, input) => begin(call, 'PASSWORD', input)),
  step('authnUnlockAccount', '/recovery/unlock', (call, input) => begin(call, 'UNLOCK', input)),
  step('authnVerifyRecoveryToken', '/recovery/token', (call, input) =>
    redeemToken(call.world, fromOf(call), input?.recoveryToken, input?.relayState),
  ),
  step('authnAnswerRecoveryQuestion', '/recovery/answer', (call, input) =>
    answerQuestion(call.world, fromOf(call), input),
  ),
  step('authnVerifyRecoveryFactor', '/recovery/factors/{factorType}/verify', (call, input) =>
    verifyCode(call.world, fromOf(call), input),
  ),
  step('authnResendRecoveryFactor', '/recovery/factors/{factorType}/resend', (call, input) => ({
    state: resendCode(call.world, fromOf(call), input?.stateToken),
  })),
];

/** Whoever shows an API token is trusted with recovery tokens. */
const begin = (call: Call, type: 'PASSWORD' | 'UNLOCK', input: unknown): AuthnResult => {
  const trusted = (call.actor as Call['actor'] | undefined) !== undefined;
  return { state: beginRecovery(call.world, fromOf(call), type, input as RecoveryInput, trusted) };
};

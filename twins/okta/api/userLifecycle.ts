/** `/api/v1/users/{id}/lifecycle/…` and `/credentials/…`. */
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { activate, resetPassword } from '../model/people/accountMail.ts';
import {
  type ChangePasswordInput,
  type ChangeQuestionInput,
  changePassword,
  changeQuestion,
  resetByAnswer,
} from '../model/people/credentialChange.ts';
import { run, temporaryPassword } from '../model/people/userLifecycle.ts';
import { userView } from './users.ts';

const { manage } = family('UserLifecycle', 'users', 'users');
const credentials = family('UserCred', 'users', 'users').manage;
const NOTHING = {};

export const userLifecycleEndpoints = [
  endpoint(
    { id: 'activateUser', route: 'POST /api/v1/users/{id}/lifecycle/activate', ...manage },
    ({ world, actor, params, query }) =>
      activate(world, actor.who, params.id, 'activate', query.get('sendEmail') !== 'false'),
  ),
  endpoint(
    { id: 'reactivateUser', route: 'POST /api/v1/users/{id}/lifecycle/reactivate', ...manage },
    ({ world, actor, params, query }) =>
      activate(world, actor.who, params.id, 'reactivate', query.get('sendEmail') === 'true'),
  ),
  endpoint(
    {
      id: 'deactivateUser',
      route: 'POST /api/v1/users/{id}/lifecycle/deactivate',
      ...manage,
      tier: 'userDeactivate',
    },
    ({ world, actor, params }) => {
      run(world, actor.who, params.id, 'deactivate');
      return NOTHING;
    },
  ),
  endpoint(
    { id: 'suspendUser', route: 'POST /api/v1/users/{id}/lifecycle/suspend', ...manage },
    ({ world, actor, params }) => {
      run(world, actor.who, params.id, 'suspend');
      return NOTHING;
    },
  ),
  endpoint(
    { id: 'unsuspendUser', route: 'POST /api/v1/users/{id}/lifecycle/unsuspend', ...manage },
    ({ world, actor, params }) => {
      run(world, actor.who, params.id, 'unsuspend');
      return NOTHING;
    },
  ),
  endpoint(
    { id: 'unlockUser', route: 'POST /api/v1/users/{id}/lifecycle/unlock', ...manage },
    ({ world, actor, params }) => {
      run(world, actor.who, params.id, 'unlock');
      return NOTHING;
    },
  ),
  endpoint(
    { id: 'resetFactors', route: 'POST /api/v1/users/{id}/lifecycle/reset_factors', ...manage },
    ({ world, actor, params }) => {
      run(world, actor.who, params.id, 'resetFactors');
      return NOTHING;
    },
  ),
  endpoint(
    { id: 'expirePassword', route: 'POST /api/v1/users/{id}/lifecycle/expire_password', ...credentials },
    ({ world, actor, params, query }) => {
      if (query.get('tempPassword') === 'true') return temporaryPassword(world, actor.who, params.id);
      return userView(world, run(world, actor.who, params.id, 'expirePassword'));
    },
  ),
  endpoint(
    {
      id: 'expirePasswordWithTempPassword',
      route: 'POST /api/v1/users/{id}/lifecycle/expire_password_with_temp_password',
      ...credentials,
    },
    ({ world, actor, params }) => temporaryPassword(world, actor.who, params.id),
  ),
  endpoint(
    { id: 'resetPassword', route: 'POST /api/v1/users/{id}/lifecycle/reset_password', ...credentials },
    ({ world, actor, params, query }) =>
      resetPassword(world, actor.who, params.id, 'PasswordResetByAdmin', query.get('sendEmail') !== 'false'),
  ),
  endpoint(
    {
      id: 'changePassword',
      route: 'POST /api/v1/users/{userId}/credentials/change_password',
      ...credentials,
    },
    ({ world, actor, params, query, input }) =>
      changePassword(
        world,
        actor.who,
        params.userId,
        input as ChangePasswordInput,
        query.get('strict') === 'true',
      ),
  ),
  endpoint(
    {
      id: 'changeRecoveryQuestion',
      route: 'POST /api/v1/users/{userId}/credentials/change_recovery_question',
      ...credentials,
    },
    ({ world, actor, params, input }) =>
      changeQuestion(world, actor.who, params.userId, input as ChangeQuestionInput),
  ),
  endpoint(
    {
      id: 'forgotPasswordSetNewPassword',
      route: 'POST /api/v1/users/{userId}/credentials/forgot_password_recovery_question',
      ...credentials,
    },
    ({ world, actor, params, input }) =>
      resetByAnswer(world, actor.who, params.userId, input as ChangeQuestionInput),
  ),
  endpoint(
    {
      id: 'forgotPassword',
      route: 'POST /api/v1/users/{userId}/credentials/forgot_password',
      ...credentials,
    },
    ({ world, actor, params, query }) =>
      resetPassword(world, actor.who, params.userId, 'ForgotPassword', query.get('sendEmail') !== 'false'),
  ),
];

/** `/api/v1/users/{userId}/authenticator-enrollments`, and security keys that come by post (`/webauthn-registration`). */
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { link } from '../links.ts';
import {
  type AuthenticatorEnrollment,
  deleteEnrollment,
  enrollmentsOf,
  enrolPhoneNumber,
  findEnrollment,
  giveTemporaryCode,
} from '../model/authenticators/authenticatorEnrollment.ts';
import {
  activateKey,
  beginKey,
  deletePreregistration,
  type KeyInput,
  markError,
  orderKey,
  type Preregistration,
  preregistrationsOf,
  sendPin,
} from '../model/authenticators/preregistration.ts';

const own = family('UserAuthenticatorEnrollments', 'users', 'users');
const keys = family('WebAuthnPreregistration', 'users', 'users');
const ALL = '/api/v1/users/{userId}/authenticator-enrollments';
const ONE = `${ALL}/{enrollmentId}` as const;
const KEYS = '/webauthn-registration/api/v1';
const KEY = `${KEYS}/users/{userId}/enrollments/{authenticatorEnrollmentId}` as const;

const enrollments = [
  endpoint({ id: 'listAuthenticatorEnrollments', route: `GET ${ALL}`, ...own.read }, ({ world, params }) =>
    enrollmentsOf(world, params.userId).map((row) => enrollmentView(world, row)),
  ),
  endpoint(
    { id: 'createAuthenticatorEnrollment', route: `POST ${ALL}/phone`, ...own.manage },
    ({ world, actor, params, input }) =>
      enrollmentView(world, enrolPhoneNumber(world, actor.who, params.userId, input as object)),
  ),
  endpoint(
    { id: 'createTacAuthenticatorEnrollment', route: `POST ${ALL}/tac`, ...own.manage },
    ({ world, actor, params, input }) => {
      const { enrollment, code } = giveTemporaryCode(world, actor.who, params.userId, input as object);
      const view = enrollmentView(world, enrollment);
      return { ...view, profile: { tac: code, ...enrollment.profile } };
    },
  ),
  endpoint(
    { id: 'getAuthenticatorEnrollment', route: `GET ${ONE}`, ...own.read },
    ({ world, params, query }) =>
      enrollmentView(
        world,
        findEnrollment(world, params.userId, params.enrollmentId),
        query.getAll('discloseIdentifiers').some((one) => one.includes('phone')),
      ),
  ),
  endpoint(
    { id: 'deleteAuthenticatorEnrollment', route: `DELETE ${ONE}`, ...own.manage, status: 204 },
    ({ world, actor, params }) => deleteEnrollment(world, actor.who, params.userId, params.enrollmentId),
  ),
];

const preregistered = [
  endpoint(
    {
      id: 'generateFulfillmentRequest',
      route: `POST ${KEYS}/initiate-fulfillment-request`,
      ...keys.manage,
      status: 204,
    },
    ({ world, actor, input }) => orderKey(world, actor.who, input as KeyInput),
  ),
  endpoint(
    { id: 'enrollPreregistrationEnrollment', route: `POST ${KEYS}/enroll`, ...keys.manage },
    ({ world, actor, input }) => ({
      ...beginKey(world, actor.who, input as KeyInput),
      fulfillmentProvider: 'yubico',
    }),
  ),
  endpoint(
    { id: 'activatePreregistrationEnrollment', route: `POST ${KEYS}/activate`, ...keys.manage },
    ({ world, actor, input }) => ({
      ...activateKey(world, actor.who, input as KeyInput),
      fulfillmentProvider: 'yubico',
    }),
  ),
  endpoint(
    { id: 'sendPin', route: `POST ${KEYS}/send-pin`, ...keys.manage, status: 204 },
    ({ world, actor, input }) => sendPin(world, actor.who, input as KeyInput),
  ),
  endpoint(
    {
      id: 'listWebAuthnPreregistrationFactors',
      route: `GET ${KEYS}/users/{userId}/enrollments`,
      ...keys.read,
    },
    ({ world, params }) => preregistrationsOf(world, params.userId).map((row) => keyView(world, row)),
  ),
  endpoint(
    { id: 'deleteWebAuthnPreregistrationFactor', route: `DELETE ${KEY}`, ...keys.manage, status: 204 },
    ({ world, actor, params }) =>
      deletePreregistration(world, actor.who, params.userId, params.authenticatorEnrollmentId),
  ),
  endpoint(
    {
      id: 'assignFulfillmentErrorWebAuthnPreregistrationFactor',
      route: `POST ${KEY}/mark-error`,
      ...keys.manage,
      status: 204,
    },
    ({ world, actor, params }) =>
      markError(world, actor.who, params.userId, params.authenticatorEnrollmentId),
  ),
];

export const authenticatorEnrollmentEndpoints = [...enrollments, ...preregistered];

function enrollmentView(
  world: World,
  { userId, authenticatorId, profile, ...row }: AuthenticatorEnrollment,
  disclosed = false,
): Record<string, unknown> {
  const user = `/api/v1/users/${userId}`;
  const number = profile?.phoneNumber;
  const shown =
    typeof number === 'string' ? { ...profile, phoneNumber: disclosed ? number : masked(number) } : profile;
  return {
    ...row,
    ...(shown ? { profile: shown } : {}),
    _links: {
      self: link(world, `${user}/authenticator-enrollments/${row.id}`, 'GET', 'DELETE'),
      user: link(world, user, 'GET'),
      authenticator: link(world, `/api/v1/authenticators/${authenticatorId}`, 'GET'),
    },
  };
}

/** `+1 XXX-XXX-6065` */
const masked = (number: string): string => `${number.slice(0, 2)} XXX-XXX-${number.slice(-4)}`;

const keyView = (world: World, { userId, pin: _, ...row }: Preregistration): Record<string, unknown> => ({
  ...row,
  _links: { self: link(world, `${KEYS}/users/${userId}/enrollments/${row.id}`, 'GET', 'DELETE') },
});

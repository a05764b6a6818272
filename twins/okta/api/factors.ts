/** `/api/v1/users/{userId}/factors` and `/api/v1/org/factors`. */
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { link } from '../links.ts';
import {
  activateFactor,
  enrolFactor,
  type Factor,
  type FactorInput,
  factorsOf,
  findFactor,
  replaceFactor,
  resendFactor,
  supportedFactors,
  unenrolFactor,
  verifyFactor,
} from '../model/factor.ts';
import { findOrgFactor, findOrgFactors, type OrgFactor, setOrgFactorStatus } from '../model/orgFactor.ts';
import { QUESTIONS } from '../model/securityQuestion.ts';
import { findUser } from '../model/user.ts';

const { read, manage } = family('UserFactor', 'users', 'users');
const ALL = '/api/v1/users/{userId}/factors';
const ONE = `${ALL}/{factorId}` as const;
const ORG = '/api/v1/org/factors';
/** Operations that the service has and its description leaves out. */
const undocumented = { ...manage, traits: { undocumented: true } };

const userFactorEndpoints = [
  endpoint({ id: 'listFactors', route: `GET ${ALL}`, ...read }, ({ world, params }) =>
    factorsOf(world, params.userId).map((one) => factorView(world, one)),
  ),
  endpoint(
    { id: 'enrollFactor', route: `POST ${ALL}`, ...manage },
    ({ world, actor, params, query, input }) =>
      factorView(
        world,
        enrolFactor(world, actor.who, params.userId, input as FactorInput, query.get('activate') === 'true'),
      ),
  ),
  endpoint({ id: 'listSupportedFactors', route: `GET ${ALL}/catalog`, ...read }, ({ world, params }) => {
    const { id } = findUser(world, params.userId);
    const enroll = link(world, `/api/v1/users/${id}/factors`, 'POST');
    return supportedFactors(world, id).map((one) => ({ ...one, _links: { enroll } }));
  }),
  endpoint(
    { id: 'listSupportedSecurityQuestions', route: `GET ${ALL}/questions`, ...read },
    ({ world, params }) => {
      findUser(world, params.userId);
      return Object.entries(QUESTIONS).map(([question, questionText]) => ({ question, questionText }));
    },
  ),
  endpoint({ id: 'getFactor', route: `GET ${ONE}`, ...read }, ({ world, params }) =>
    factorView(world, findFactor(world, params.userId, params.factorId)),
  ),
  endpoint({ id: 'replaceFactor', route: `PUT ${ONE}`, ...undocumented }, ({ world, actor, params, input }) =>
    factorView(world, replaceFactor(world, actor.who, params.userId, params.factorId, input as FactorInput)),
  ),
  endpoint(
    { id: 'unenrollFactor', route: `DELETE ${ONE}`, ...manage, status: 204 },
    ({ world, actor, params }) => unenrolFactor(world, actor.who, params.userId, params.factorId),
  ),
  endpoint(
    { id: 'activateFactor', route: `POST ${ONE}/lifecycle/activate`, ...manage },
    ({ world, actor, params: { userId, factorId }, input }) =>
      factorView(world, activateFactor(world, actor.who, userId, factorId, input as { passCode?: string })),
  ),
  endpoint({ id: 'resendEnrollFactor', route: `POST ${ONE}/resend`, ...manage }, ({ world, actor, params }) =>
    factorView(world, resendFactor(world, actor.who, params.userId, params.factorId)),
  ),
  endpoint(
    { id: 'verifyFactor', route: `POST ${ONE}/verify`, ...manage },
    ({ world, actor, params: { userId, factorId }, input }) => ({
      factorResult: verifyFactor(world, actor.who, userId, factorId, input as { passCode?: string }),
    }),
  ),
];

const orgFactorEndpoints = [
  endpoint({ id: 'listOrgFactors', route: `GET ${ORG}`, ...undocumented }, ({ world }) =>
    findOrgFactors(world).map((one) => orgFactorView(world, one)),
  ),
  endpoint({ id: 'getOrgFactor', route: `GET ${ORG}/{factorId}`, ...undocumented }, ({ world, params }) =>
    orgFactorView(world, findOrgFactor(world, params.factorId)),
  ),
  endpoint(
    { id: 'activateOrgFactor', route: `POST ${ORG}/{factorId}/lifecycle/activate`, ...undocumented },
    ({ world, actor, params }) =>
      orgFactorView(world, setOrgFactorStatus(world, actor.who, params.factorId, 'ACTIVE')),
  ),
  endpoint(
    { id: 'deactivateOrgFactor', route: `POST ${ORG}/{factorId}/lifecycle/deactivate`, ...undocumented },
    ({ world, actor, params }) =>
      orgFactorView(world, setOrgFactorStatus(world, actor.who, params.factorId, 'INACTIVE')),
  ),
];

export const factorEndpoints = [...userFactorEndpoints, ...orgFactorEndpoints];

function factorView(world: World, { userId, proof, ...factor }: Factor): Record<string, unknown> {
  const user = `/api/v1/users/${userId}`;
  const self = `${user}/factors/${factor.id}`;
  const pending = factor.status === 'PENDING_ACTIVATION';
  const { factorType } = factor;
  return {
    ...factor,
    _links: {
      ...(proof.code && pending
        ? { resend: [{ name: factorType, ...link(world, `${self}/resend`, 'POST') }] }
        : {}),
      ...(pending ? { activate: link(world, `${self}/lifecycle/activate`, 'POST') } : {}),
      ...(factorType === 'question' ? { questions: link(world, `${user}/factors/questions`, 'GET') } : {}),
      self: link(world, self, 'GET', ...(pending ? [] : ['DELETE'])),
      ...(pending ? {} : { verify: link(world, `${self}/verify`, 'POST') }),
      user: link(world, user, 'GET'),
    },
    ...(pending && proof.sharedSecret
      ? { _embedded: { activation: activationView(world, self, proof.sharedSecret) } }
      : {}),
  };
}

const activationView = (world: World, self: string, sharedSecret: string) => ({
  timeStep: 30,
  sharedSecret,
  encoding: 'base32',
  keyLength: 6,
  factorResult: 'WAITING',
  _links: { qrcode: { ...link(world, `${self}/qr/${sharedSecret}`), type: 'image/png' } },
});

function orgFactorView(world: World, row: OrgFactor): Record<string, unknown> {
  const self = `${ORG}/${row.id}`;
  const turn = row.status === 'ACTIVE' ? 'deactivate' : 'activate';
  return {
    ...row,
    _links: {
      [turn]: link(world, `${self}/lifecycle/${turn}`, 'POST'),
      self: link(world, self, 'GET'),
    },
  };
}

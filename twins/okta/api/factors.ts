/** `/api/v1/users/{userId}/factors` and `/api/v1/org/factors`. */
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { refuse } from '../errors.ts';
import { link } from '../links.ts';
import {
  activateFactor,
  enrolFactor,
  type Factor,
  type FactorInput,
  factorsOf,
  findFactor,
  pushActivation,
  replaceFactor,
  resendFactor,
  unenrolFactor,
  type Verification,
  verifyFactor,
} from '../model/authenticators/factor.ts';
import type { Said } from '../model/authenticators/factorProof.ts';
import {
  findOrgFactor,
  findOrgFactors,
  type OrgFactor,
  setOrgFactorStatus,
} from '../model/authenticators/orgFactor.ts';
import { cancelPush, findPush, type PushChallenge, resultOf } from '../model/authenticators/pushChallenge.ts';
import {
  findYubikey,
  findYubikeys,
  uploadYubikey,
  type Yubikey,
  type YubikeyInput,
} from '../model/authenticators/yubikey.ts';
import { QUESTIONS } from '../model/people/securityQuestion.ts';
import { displayName, findUser } from '../model/people/user.ts';
import { matcher } from '../model/search/match.ts';
import { parseFilter } from '../model/search/parse.ts';
import { enrolmentPolicyOf, offeredFactors } from '../model/signIn/enrolment.ts';
import { contextFrom } from '../model/signIn/sessionPolicy.ts';
import { stamp } from '../time.ts';
import { org } from '../world.ts';

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
  endpoint(
    { id: 'listSupportedFactors', route: `GET ${ALL}/catalog`, ...read },
    ({ world, actor, params }) => {
      const user = findUser(world, params.userId);
      const _links = { enroll: link(world, `/api/v1/users/${user.id}/factors`, 'POST') };
      return offeredFactors(world, user, enrolmentPolicyOf(world, contextFrom(world, actor.who, user))).map(
        ({ kind: _, factorType, provider, vendorName, status, enrollment }) => ({
          ...{ factorType, provider, vendorName, _links, status, enrollment },
        }),
      );
    },
  ),
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
      factorView(world, activateFactor(world, actor.who, userId, factorId, input as Said)),
  ),
  endpoint({ id: 'resendEnrollFactor', route: `POST ${ONE}/resend`, ...manage }, ({ world, actor, params }) =>
    factorView(world, resendFactor(world, actor.who, params.userId, params.factorId)),
  ),
  endpoint(
    { id: 'verifyFactor', route: `POST ${ONE}/verify`, ...manage },
    ({ world, actor, params: { userId, factorId }, input }) =>
      verificationView(world, verifyFactor(world, actor.who, userId, factorId, input as Said)),
  ),
  endpoint(
    { id: 'getFactorTransactionStatus', route: `GET ${ONE}/transactions/{transactionId}`, ...read },
    ({ world, params: { userId, factorId, transactionId } }) => {
      const factor = findFactor(world, userId, factorId);
      return pushView(world, factor, findPush(world, factor.id, transactionId));
    },
  ),
  endpoint(
    {
      id: 'cancelFactorTransaction',
      route: `DELETE ${ONE}/transactions/{transactionId}`,
      ...undocumented,
      status: 204,
    },
    ({ world, params: { userId, factorId, transactionId } }) => {
      cancelPush(world, findPush(world, findFactor(world, userId, factorId).id, transactionId));
    },
  ),
  endpoint(
    { id: 'pollFactorActivation', route: `POST ${ONE}/lifecycle/activate/poll`, ...undocumented },
    ({ world, params }) => {
      const factor = findFactor(world, params.userId, params.factorId);
      return factor.status === 'ACTIVE' ? factorView(world, factor) : waitingView(world, factor);
    },
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

const KEYS = `${ORG}/yubikey_token/tokens`;

const yubikeyEndpoints = [
  endpoint({ id: 'listYubikeyOtpTokens', route: `GET ${KEYS}`, ...read }, ({ world, query }) =>
    wanted(world, query).map((one) => yubikeyView(world, one)),
  ),
  endpoint({ id: 'uploadYubikeyOtpTokenSeed', route: `POST ${KEYS}`, ...manage }, ({ world, actor, input }) =>
    yubikeyView(world, uploadYubikey(world, actor.who, input as YubikeyInput)),
  ),
  endpoint({ id: 'getYubikeyOtpTokenById', route: `GET ${KEYS}/{tokenId}`, ...read }, ({ world, params }) =>
    yubikeyView(world, findYubikey(world, params.tokenId)),
  ),
];

/** `filter` asks for serial numbers or statuses, as `profile.serial eq "000007886622"`. */
function wanted(world: World, query: URLSearchParams): Yubikey[] {
  const filter = query.get('filter');
  const rows = findYubikeys(world).toArray();
  return filter ? rows.filter(matcher(parseFilter(filter, () => refuse('E0000053')))) : rows;
}

function yubikeyView(world: World, key: Yubikey): Record<string, unknown> {
  const { publicId: _, seed: __, used: ___, owner, ...shown } = key;
  const self = `${KEYS}/${key.id}`;
  return {
    ...shown,
    _links: owner
      ? {
          self: link(world, self, 'GET'),
          user: link(world, `/api/v1/users/${owner.userId}`, 'GET'),
          deactivate: link(world, `/api/v1/users/${owner.userId}/factors/${owner.factorId}`, 'DELETE'),
        }
      : { self: link(world, self, 'GET', 'DELETE') },
  };
}

export const factorEndpoints = [...userFactorEndpoints, ...yubikeyEndpoints, ...orgFactorEndpoints];

function factorView(world: World, { userId, proof, ...factor }: Factor): Record<string, unknown> {
  const user = `/api/v1/users/${userId}`;
  const self = `${user}/factors/${factor.id}`;
  const pending = factor.status === 'PENDING_ACTIVATION';
  const { factorType } = factor;
  const activation = pending ? activationView(world, self, { userId, proof, ...factor }) : undefined;
  const activate = `${self}/lifecycle/activate`;
  const { profile, ...shown } = factor;
  return {
    ...shown,
    ...(Object.keys(profile).length > 0 ? { profile } : {}),
    _links: {
      ...(proof.code && pending
        ? { resend: [{ name: factorType, ...link(world, `${self}/resend`, 'POST') }] }
        : {}),
      ...(pending
        ? factorType === 'push'
          ? { poll: link(world, `${activate}/poll`, 'POST') }
          : { activate: link(world, activate, 'POST') }
        : {}),
      ...(factorType === 'question' ? { questions: link(world, `${user}/factors/questions`, 'GET') } : {}),
      self: link(world, self, 'GET', ...(pending ? [] : ['DELETE'])),
      ...(pending ? {} : { verify: link(world, `${self}/verify`, 'POST') }),
      user: link(world, user, 'GET'),
    },
    ...(activation ? { _embedded: { activation } } : {}),
  };
}

/** What somebody needs to finish setting a factor up: a secret, a picture for a phone, a challenge for a key. */
export function activationView(
  world: World,
  self: string,
  factor: Factor,
): Record<string, unknown> | undefined {
  const { sharedSecret, webauthn } = factor.proof;
  const picture = (text: string) => ({ ...link(world, `${self}/qr/${text}`), type: 'image/png' });
  if (sharedSecret)
    return {
      timeStep: 30,
      sharedSecret,
      encoding: 'base32',
      keyLength: 6,
      factorResult: 'WAITING',
      _links: { qrcode: picture(sharedSecret) },
    };
  if (factor.factorType === 'push') {
    const send = (name: string) => ({ name, ...link(world, `${self}/lifecycle/activate/${name}`, 'POST') });
    return {
      ...waitingView(world, factor),
      _links: {
        send: [send('email'), send('sms')],
        qrcode: picture(world.secret(['okta.qr', factor.id], 20)),
      },
    };
  }
  if (!webauthn) return undefined;
  const user = findUser(world, factor.userId);
  return {
    attestation: 'direct',
    authenticatorSelection: { userVerification: 'preferred', requireResidentKey: false },
    challenge: webauthn.challenge,
    excludeCredentials: [],
    pubKeyCredParams: [-7, -257].map((alg) => ({ type: 'public-key', alg })),
    rp: { name: org(world).companyName },
    user: { displayName: displayName(user), name: user.profile.login, id: user.id },
  };
}

function waitingView(world: World, factor: Factor): Record<string, unknown> {
  const { expiresAt, result } = pushActivation(world, factor);
  return { expiresAt: stamp(expiresAt), factorResult: result };
}

const pathOf = ({ userId, id }: Factor): string => `/api/v1/users/${userId}/factors/${id}`;

/** What a factor is asked for, or that it was shown. */
function verificationView(world: World, { factorResult, factor, push }: Verification): unknown {
  if (push) return pushView(world, factor, push);
  if (factorResult === 'SUCCESS') return { factorResult };
  const { webauthn } = factor.proof;
  return {
    factorResult,
    profile: factor.profile,
    _links: againLinks(world, factor),
    ...(webauthn ? { _embedded: { challenge: { challenge: webauthn.challenge, extensions: {} } } } : {}),
  };
}

const againLinks = (world: World, factor: Factor) => ({
  verify: link(world, `${pathOf(factor)}/verify`, 'POST'),
  factor: link(world, pathOf(factor), 'GET', 'DELETE'),
});

/** How a question on a phone stands. */
function pushView(world: World, factor: Factor, push: PushChallenge): unknown {
  const factorResult = resultOf(world, push);
  if (factorResult === 'SUCCESS') return { factorResult };
  const profile = { credentialId: factor.profile.credentialId };
  if (factorResult !== 'WAITING') return { factorResult, profile, _links: againLinks(world, factor) };
  const at = `${pathOf(factor)}/transactions/${push.id}`;
  return {
    expiresAt: stamp(push.expiresAt),
    factorResult,
    profile,
    _links: { poll: link(world, at, 'GET'), cancel: link(world, at, 'DELETE') },
    ...(push.number === undefined ? {} : { _embedded: { challenge: { correctAnswer: push.number } } }),
  };
}

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

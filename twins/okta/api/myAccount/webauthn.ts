/** `/idp/myaccount/webauthn`: the security key or fingerprint of whoever asks. */
import type { World } from '../../../../src/world/world.ts';
import { endpoint } from '../../endpoint.ts';
import { FACTOR_CODE_LASTS_MS } from '../../limits.ts';
import { link } from '../../links.ts';
import type { Factor } from '../../model/authenticators/factor.ts';
import type { Said } from '../../model/authenticators/factorProof.ts';
import { findKey, finishKey, keysOf, removeKey, startKey } from '../../model/myAccount/webauthn.ts';
import type { User } from '../../model/people/user.ts';
import { displayName } from '../../model/people/user.ts';
import { stampMs } from '../../time.ts';
import { org } from '../../world.ts';
import { me, myAccount } from './family.ts';

const KEYS = '/idp/myaccount/webauthn';
const KEY = `${KEYS}/{id}` as const;
const { read, manage } = myAccount('WebAuthn', 'webauthn');

export const webauthnEndpoints = [
  endpoint({ id: 'listWebAuthn', route: `GET ${KEYS}`, ...read }, ({ world, actor }) =>
    keysOf(world, me(world, actor)).map((row) => keyView(world, row)),
  ),
  endpoint(
    { id: 'startWebAuthnEnrollment', route: `POST ${KEYS}/registration`, ...manage },
    ({ world, actor }) => {
      const user = me(world, actor);
      return registrationView(world, user, startKey(world, actor.who, user));
    },
  ),
  endpoint({ id: 'createWebAuthnEnrollment', route: `POST ${KEYS}`, ...manage }, ({ world, actor, input }) =>
    keyView(world, finishKey(world, actor.who, me(world, actor), input as Said | undefined)),
  ),
  endpoint({ id: 'getWebAuthn', route: `GET ${KEY}`, ...read }, ({ world, actor, params }) =>
    keyView(world, findKey(world, me(world, actor), params.id)),
  ),
  endpoint(
    { id: 'deleteWebAuthn', route: `DELETE ${KEY}`, ...manage, status: 204 },
    ({ world, actor, params }) => removeKey(world, actor.who, me(world, actor), params.id),
  ),
];

const keyView = (world: World, { id, created, lastUpdated, profile }: Factor) => ({
  id,
  status: 'ACTIVE',
  type: 'security_key',
  key: 'webauthn',
  name: profile.authenticatorName,
  credentialId: profile.credentialId,
  created,
  lastUpdated,
  _links: { self: link(world, `${KEYS}/${id}`, 'GET', 'DELETE') },
});

/** What a browser is to ask the key: https://www.w3.org/TR/webauthn-2/#dictdef-publickeycredentialcreationoptions */
const registrationView = (world: World, user: User, { proof }: Factor) => ({
  options: {
    rp: { name: org(world).companyName },
    user: { displayName: displayName(user), name: user.profile.login, id: user.id },
    pubKeyCredParams: [
      { type: 'public-key', alg: -7 },
      { type: 'public-key', alg: -257 },
    ],
    challenge: proof.webauthn?.challenge,
    attestation: 'direct',
    authenticatorSelection: { userVerification: 'discouraged', requireResidentKey: false },
    u2fParams: { appid: world.base() },
    excludeCredentials: [],
  },
  expiresAt: stampMs(world.now() + FACTOR_CODE_LASTS_MS),
  _links: { enroll: link(world, KEYS, 'POST') },
});

/** Secrets, tokens and federated claims of apps: `/api/v1/apps/{appId}/credentials/secrets`, `/tokens`, `/federated-claims`. */
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { link } from '../links.ts';
import {
  type ClientSecret,
  createSecret,
  deleteSecret,
  findSecret,
  secretsOf,
  setSecretStatus,
} from '../model/apps/clientSecret.ts';
import {
  claimsOf,
  createFederatedClaim,
  deleteFederatedClaim,
  type FederatedClaim,
  type FederatedClaimInput,
  findFederatedClaim,
  replaceFederatedClaim,
} from '../model/apps/federatedClaim.ts';

const APP = '/api/v1/apps/{appId}';
const { read, manage } = family('ApplicationSSOPublicKeys', 'apps', 'app');
const SECRETS = `${APP}/credentials/secrets` as const;
const SECRET = `${SECRETS}/{secretId}` as const;

const secretEndpoints = [
  endpoint({ id: 'listOAuth2ClientSecrets', route: `GET ${SECRETS}`, ...read }, ({ world, params }) =>
    secretsOf(world, params.appId).map((row) => secretView(world, row)),
  ),
  endpoint(
    { id: 'createOAuth2ClientSecret', route: `POST ${SECRETS}`, ...manage, status: 201 },
    ({ world, actor, params, input }) =>
      secretView(world, createSecret(world, actor.who, params.appId, input as { client_secret?: string })),
  ),
  endpoint({ id: 'getOAuth2ClientSecret', route: `GET ${SECRET}`, ...read }, ({ world, params }) =>
    secretView(world, findSecret(world, params.appId, params.secretId)),
  ),
  endpoint(
    { id: 'deleteOAuth2ClientSecret', route: `DELETE ${SECRET}`, ...manage, status: 204 },
    ({ world, actor, params }) => deleteSecret(world, actor.who, params.appId, params.secretId),
  ),
  endpoint(
    { id: 'activateOAuth2ClientSecret', route: `POST ${SECRET}/lifecycle/activate`, ...manage },
    ({ world, actor, params: { appId, secretId } }) =>
      secretView(world, setSecretStatus(world, actor.who, appId, secretId, 'ACTIVE')),
  ),
  endpoint(
    { id: 'deactivateOAuth2ClientSecret', route: `POST ${SECRET}/lifecycle/deactivate`, ...manage },
    ({ world, actor, params: { appId, secretId } }) =>
      secretView(world, setSecretStatus(world, actor.who, appId, secretId, 'INACTIVE')),
  ),
];

const claims = family('ApplicationSSOFederatedClaims', 'apps', 'app');
const CLAIMS = `${APP}/federated-claims` as const;
const CLAIM = `${CLAIMS}/{claimId}` as const;

const claimEndpoints = [
  endpoint({ id: 'listFederatedClaims', route: `GET ${CLAIMS}`, ...claims.read }, ({ world, params }) =>
    claimsOf(world, params.appId).map(claimView),
  ),
  endpoint(
    { id: 'createFederatedClaim', route: `POST ${CLAIMS}`, ...claims.manage, status: 201 },
    ({ world, params, input }) =>
      claimView(createFederatedClaim(world, params.appId, input as FederatedClaimInput)),
  ),
  endpoint({ id: 'getFederatedClaim', route: `GET ${CLAIM}`, ...claims.read }, ({ world, params }) =>
    claimView(findFederatedClaim(world, params.appId, params.claimId)),
  ),
  endpoint(
    { id: 'replaceFederatedClaim', route: `PUT ${CLAIM}`, ...claims.manage },
    ({ world, params, input }) =>
      claimView(replaceFederatedClaim(world, params.appId, params.claimId, input as FederatedClaimInput)),
  ),
  endpoint(
    { id: 'deleteFederatedClaim', route: `DELETE ${CLAIM}`, ...claims.manage, status: 204 },
    ({ world, params }) => deleteFederatedClaim(world, params.appId, params.claimId),
  ),
];

export const appCredentialEndpoints = [...secretEndpoints, ...claimEndpoints];

/** A secret of an app, or of what has secrets like one below another address. */
export function secretView(
  world: World,
  { appId, ...row }: ClientSecret,
  all: string = '/api/v1/apps',
): Record<string, unknown> {
  const self = `${all}/${appId}/credentials/secrets/${row.id}`;
  const links =
    row.status === 'ACTIVE'
      ? { deactivate: link(world, `${self}/lifecycle/deactivate`, 'POST') }
      : {
          activate: link(world, `${self}/lifecycle/activate`, 'POST'),
          delete: link(world, self, 'DELETE'),
        };
  return { ...row, _links: links };
}

const claimView = ({ appId: _, ...shown }: FederatedClaim): Record<string, unknown> => shown;

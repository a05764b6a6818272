/** `/api/v1/apps/{appId}/grants`: which of the org's own scopes an app may ask for. */
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { link } from '../links.ts';
import { findApp } from '../model/app.ts';
import { findGrant, grantScope, grantsOf, revokeGrant, type ScopeConsent } from '../model/scopeConsent.ts';

const { read, manage } = family('ApplicationGrants', 'appGrants', 'app');
const GRANTS = '/api/v1/apps/{appId}/grants';
const GRANT = `${GRANTS}/{grantId}` as const;

export const appGrantEndpoints = [
  endpoint({ id: 'listScopeConsentGrants', route: `GET ${GRANTS}`, ...read }, ({ world, params }) =>
    grantsOf(world, params.appId).map((row) => grantView(world, row)),
  ),
  endpoint(
    { id: 'grantConsentToScope', route: `POST ${GRANTS}`, ...manage },
    ({ world, actor, params, input }) => {
      const row = grantScope(world, actor.who, params.appId, input as { scopeId?: string; issuer?: string });
      return grantView(world, row, true);
    },
  ),
  endpoint({ id: 'getScopeConsentGrant', route: `GET ${GRANT}`, ...read }, ({ world, params, query }) =>
    grantView(world, findGrant(world, params.appId, params.grantId), query.get('expand') === 'scope'),
  ),
  endpoint(
    { id: 'revokeScopeConsentGrant', route: `DELETE ${GRANT}`, ...manage, status: 204 },
    ({ world, actor, params }) => revokeGrant(world, actor.who, params.appId, params.grantId),
  ),
];

function grantView(world: World, row: ScopeConsent, whole = false): Record<string, unknown> {
  const { appId, issuerKey: _, userId, ...shown } = row;
  const title = findApp(world, appId).label;
  const at = `/api/v1/apps/${appId}`;
  return {
    ...shown,
    ...(userId === undefined ? {} : { userId }),
    ...(whole ? { _embedded: { scope: { id: row.scopeId } } } : {}),
    _links: {
      app: { ...link(world, at), title },
      self: link(world, `${at}/grants/${row.id}`, 'GET', 'DELETE'),
      client: { ...link(world, `/oauth2/v1/clients/${row.clientId}`), title },
    },
  };
}

/** `/api/v1/apps/{appId}/grants`: the scopes of the org's own APIs that an app may ask for. */
import { reply } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { link } from '../links.ts';
import { type App, findApp } from '../model/apps/app.ts';
import {
  type ConsentGrant,
  findGrant,
  grantScope,
  grantsOf,
  revokeGrant,
} from '../model/oauth/consentGrant.ts';

const { read, manage } = family('ApplicationGrants', 'appGrants', 'app');
const GRANTS = '/api/v1/apps/{appId}/grants';
const GRANT = `${GRANTS}/{grantId}` as const;

export const appGrantEndpoints = [
  endpoint({ id: 'listScopeConsentGrants', route: `GET ${GRANTS}`, ...read }, ({ world, params }) => {
    const app = findApp(world, params.appId);
    return grantsOf(world, app.id).map((row) => view(world, app, row));
  }),
  endpoint(
    { id: 'grantConsentToScope', route: `POST ${GRANTS}`, ...manage, status: 201 },
    ({ world, actor, params, input }) => {
      const row = grantScope(world, actor.who, params.appId, input as { scopeId?: string; issuer?: string });
      return reply({ status: 201, body: view(world, findApp(world, params.appId), row) });
    },
  ),
  endpoint({ id: 'getScopeConsentGrant', route: `GET ${GRANT}`, ...read }, ({ world, params }) =>
    view(world, findApp(world, params.appId), findGrant(world, params.appId, params.grantId)),
  ),
  endpoint(
    { id: 'revokeScopeConsentGrant', route: `DELETE ${GRANT}`, ...manage, status: 204 },
    ({ world, actor, params }) => revokeGrant(world, actor.who, params.appId, params.grantId),
  ),
];

function view(world: World, app: App, { appId, ...row }: ConsentGrant): Record<string, unknown> {
  const self = `/api/v1/apps/${appId}`;
  return {
    ...row,
    _embedded: { scope: { id: row.scopeId } },
    _links: {
      app: { ...link(world, self), title: app.label },
      self: link(world, `${self}/grants/${row.id}`, 'GET', 'DELETE'),
      client: { ...link(world, `/oauth2/v1/clients/${row.clientId}`), title: app.label },
    },
  };
}

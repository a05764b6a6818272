/** `/oauth2/v1/global-token-revocation`: another party has a person signed out of everything. */
import { endpoint } from '../../endpoint.ts';
import { type RevokedSubject, revokeEverywhere } from '../../model/oauth/globalRevocation.ts';

export const globalRevocationEndpoints = [
  endpoint(
    {
      id: 'globalTokenRevocation',
      route: 'POST /oauth2/v1/global-token-revocation',
      scopes: ['okta.universalLogout.manage'],
      tier: 'token',
      status: 204,
      doc: 'https://developer.okta.com/docs/api/openapi/okta-oauth/oauth/tag/GlobalTokenRevocation/',
    },
    ({ world, actor, input }) =>
      revokeEverywhere(world, actor.who, (input as { sub_id?: RevokedSubject } | undefined)?.sub_id),
  ),
];

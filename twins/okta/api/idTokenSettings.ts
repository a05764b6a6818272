/** `/api/v1/internal/apps/{id}/settings/oauth/idToken`: not in the public description, but used by public tools. */
import { endpoint } from '../endpoint.ts';
import {
  type IdTokenSettings,
  idTokenSettingsOf,
  setIdTokenSettings,
} from '../model/apps/idTokenSettings.ts';

const ROUTE = '/api/v1/internal/apps/{id}/settings/oauth/idToken';
const shared = {
  tier: 'app',
  doc: 'https://registry.terraform.io/providers/okta/okta/latest/docs/resources/app_oauth#groups_claim',
  support: 'stored',
  traits: { undocumented: true },
} as const;

export const idTokenSettingsEndpoints = [
  endpoint(
    { id: 'getAppIdTokenSettings', route: `GET ${ROUTE}`, scopes: ['okta.apps.read'], ...shared },
    ({ world, params }) => {
      const { appId, ...settings } = idTokenSettingsOf(world, params.id);
      return { issuer: world.base(), orgUrl: null, customUrl: null, audience: appId, ...settings };
    },
  ),
  endpoint(
    { id: 'updateAppIdTokenSettings', route: `POST ${ROUTE}`, scopes: ['okta.apps.manage'], ...shared },
    ({ world, actor, params, input }) => {
      const { appId: _, ...settings } = setIdTokenSettings(
        world,
        actor.who,
        params.id,
        input as IdTokenSettings,
      );
      return { issuer: null, orgUrl: null, customUrl: null, audience: null, ...settings };
    },
  ),
];

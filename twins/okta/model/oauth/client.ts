/** Apps as OAuth clients: their settings, and which of them a request means. */

import type { World } from '../../../../src/world/world.ts';
import { oauthError, unknownClient } from '../../errors.ts';
import { apps } from '../../world.ts';
import type { App } from '../apps/app.ts';
import type { Who } from '../log/log.ts';
import type { PublicKey } from './publicKey.ts';

/** The fields of a form. */
export type Form = Readonly<Record<string, string | undefined>>;

/** Settings of an app as an OAuth client. */
export interface ClientSettings {
  redirect_uris: string[];
  post_logout_redirect_uris?: string[];
  grant_types: string[];
  response_types: string[];
  application_type: string;
  consent_method: string;
  wildcard_redirect?: string;
  dpop_bound_access_tokens?: boolean;
  refresh_token?: { rotation_type?: string; leeway?: number };
  jwks?: { keys: PublicKey[] };
  jwks_uri?: string;
  request_object_signing_alg?: string;
  backchannel_authentication_request_signing_alg?: string;
  id_token_encrypted_response_alg?: string;
}

export const settingsOf = (app: App): ClientSettings => app.settings.oauthClient as unknown as ClientSettings;
export const clientIdOf = (app: App): string => app.credentials.oauthClient?.client_id ?? app.id;

/** The client as who does something. */
export const clientWho = (app: App): Who => ({
  id: clientIdOf(app),
  type: 'PublicClientApp',
  alternateId: app.label,
  displayName: app.label,
});

/** The active app with this client id. Throws `invalid_client`. */
export function findClient(world: World, clientId: string | undefined, status = 401): App {
  const app = clientId ? world.list(apps, { index: 'client', equals: clientId }).first() : undefined;
  if (app?.status !== 'ACTIVE' || !app.settings.oauthClient) throw unknownClient(status);
  return app;
}

/** Throws `unauthorized_client` where the client may not use a grant. */
export function requireGrant(app: App, type: string): void {
  const allowed = settingsOf(app).grant_types;
  if (!allowed.includes(type))
    throw oauthError(
      'unauthorized_client',
      `The client is not authorized to use the provided grant type. Configured grant types: [${allowed.join(', ')}].`,
    );
}

/** A browser is sent to an OpenID Connect provider, and comes back: what is asked there, and what is remembered meanwhile. */
import type { World } from '../../../../src/world/world.ts';
import { oauthError } from '../../errors.ts';
import { PROVIDER_REQUEST_LASTS_MS } from '../../limits.ts';
import { providerRequests } from '../../world/oauth.ts';
import { idps } from '../../world.ts';
import type { Form } from '../oauth/client.ts';
import { digestOf, drawn } from '../oauth/opaque.ts';
import { sweep } from '../oauth/usedOnce.ts';
import type { Idp } from './idp.ts';

/** A sign-in that goes on elsewhere. Times in universe milliseconds. */
export interface ProviderRequest {
  /** Of the `state` that the provider hands back. */
  digest: string;
  idpId: string;
  nonce: string;
  /** RFC 7636. */
  verifier?: string;
  /** Where the browser goes on when it is back: the path of the program's request, of which issuer. */
  path: string;
  issuerKey: string;
  expiresAt: number;
}

/** The parts of a provider that signing in is about. */
export interface ProviderFacts {
  issuer: string | undefined;
  endpoints: Readonly<Record<string, { url?: string } | undefined>>;
  scopes: readonly string[];
  client: {
    client_id?: string;
    client_secret?: string;
    token_endpoint_auth_method?: string;
    pkce_required?: boolean;
  };
}

export const factsOf = ({ protocol }: Idp): ProviderFacts => ({
  issuer: (protocol.issuer as { url?: string } | undefined)?.url,
  endpoints: (protocol.endpoints ?? {}) as ProviderFacts['endpoints'],
  scopes: (protocol.scopes ?? []) as string[],
  client: (protocol.credentials as { client?: ProviderFacts['client'] } | undefined)?.client ?? {},
});

/** Where providers send browsers back to. */
export const callbackOf = (world: World): string => `${world.base()}/oauth2/v1/authorize/callback`;

/** The address at the provider `id` where the browser goes. Throws `invalid_request` for one that is off or no OAuth provider. */
export function askProvider(
  world: World,
  id: string,
  asked: Form,
  from: Pick<ProviderRequest, 'path' | 'issuerKey'>,
): string {
  const idp = world.get(idps, id);
  const { endpoints, scopes, client } = idp ? factsOf(idp) : ({} as Partial<ProviderFacts>);
  if (idp?.status !== 'ACTIVE' || !endpoints?.authorization?.url || !client?.client_id)
    throw oauthError(
      'invalid_request',
      "The 'idp' parameter is not an active identity provider of this org.",
    );
  const [state, nonce] = [drawn(world, 'providerState'), drawn(world, 'providerNonce')];
  const verifier = client.pkce_required ? drawn(world, 'providerVerifier') : undefined;
  sweep(world, providerRequests);
  world.insert(providerRequests, {
    digest: digestOf(state),
    idpId: id,
    nonce,
    ...(verifier === undefined ? {} : { verifier }),
    ...from,
    expiresAt: world.now() + PROVIDER_REQUEST_LASTS_MS,
  });
  const to = new URL(endpoints.authorization.url);
  const more = (asked.idp_scope ?? '').split(/\s+/).filter(Boolean);
  const query = {
    client_id: client.client_id,
    redirect_uri: callbackOf(world),
    response_type: 'code',
    response_mode: 'query',
    scope: [...new Set([...(scopes ?? []), ...more])].join(' '),
    state,
    nonce,
    ...(asked.login_hint === undefined ? {} : { login_hint: asked.login_hint }),
    ...(asked.display === undefined ? {} : { display: asked.display }),
    ...(verifier === undefined ? {} : { code_challenge: digestOf(verifier), code_challenge_method: 'S256' }),
  };
  for (const [name, value] of Object.entries(query)) to.searchParams.set(name, value);
  return to.href;
}

/** What was remembered of a browser that is back, once; undefined for a state that is none of this org's. */
export function takeProviderRequest(world: World, state: string | undefined): ProviderRequest | undefined {
  const row = state === undefined ? undefined : world.get(providerRequests, digestOf(state));
  if (!row) return undefined;
  world.remove(providerRequests, row.digest);
  return row.expiresAt > world.now() ? row : undefined;
}

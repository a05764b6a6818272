/** What a provider says of a person: its tokens for a code, checked as a relying party has to (OpenID Connect Core, 3.1.3.7). */
import { parsedObject } from '../../../../src/json.ts';
import type { World } from '../../../../src/world/world.ts';
import { oauthError } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { stamp } from '../../time.ts';
import { keysAt } from '../oauth/keySource.ts';
import { cryptoKey } from '../oauth/publicKey.ts';
import { isSigned, readToken } from '../oauth/signedByClient.ts';
import type { Idp } from './idp.ts';
import type { SocialToken } from './idpUser.ts';
import { callbackOf, factsOf, type ProviderFacts, type ProviderRequest } from './providerRequest.ts';

/** Somebody as a provider knows them. */
export interface ProviderPerson {
  externalId: string;
  claims: Record<string, unknown>;
  tokens: SocialToken[];
}

/** Asks for the tokens of a code. Throws `access_denied` where they are not given, or not to be believed. */
export function personAtProvider(
  world: World,
  idp: Idp,
  { nonce, verifier, digest }: ProviderRequest,
  code: string,
): ProviderPerson {
  const facts = factsOf(idp);
  const given = exchanged(world, facts, { code, verifier, about: digest });
  const { access_token: access, id_token: identity } = given as Record<string, string | undefined>;
  const told = identity === undefined ? {} : believed(world, idp, facts, identity, nonce);
  const url = facts.endpoints.userInfo?.url;
  const more = url && access ? asked(world, url, access, digest) : {};
  if (told.sub !== undefined && more.sub !== undefined && told.sub !== more.sub)
    throw untold('The user information is about somebody else than the ID token.');
  const claims: Record<string, unknown> = { ...more, ...told };
  const externalId = claims.sub ?? claims.id;
  if (externalId === undefined) throw untold('The identity provider did not say who the user is.');
  return { externalId: String(externalId), claims, tokens: tokensOf(world, given) };
}

const untold = (says: string) => oauthError('access_denied', says);

function exchanged(
  world: World,
  { endpoints, client }: ProviderFacts,
  { code, verifier, about }: { code: string; verifier: string | undefined; about: string },
): Record<string, unknown> {
  const { client_id: id = '', client_secret: secret = '' } = client;
  const byHeader = client.token_endpoint_auth_method === 'client_secret_basic';
  const form = new URLSearchParams({
    ...{ grant_type: 'authorization_code', code, redirect_uri: callbackOf(world) },
    ...(verifier === undefined ? {} : { code_verifier: verifier }),
    ...(byHeader ? {} : { client_id: id, client_secret: secret }),
  });
  const basic = Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64');
  const { status, body } = world.ask(`idp token ${about}`, {
    channel: 'fetch',
    event: 'idp.token',
    to: endpoints.token?.url ?? '',
    payload: {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        ...(byHeader ? { authorization: `Basic ${basic}` } : {}),
      },
      body: String(form),
    },
  });
  const given = status === 200 ? parsedObject(body) : undefined;
  if (!given) throw untold('The identity provider did not give tokens for the authorization code.');
  return given;
}

/** The claims of an ID token that is signed by the provider, for this client, now, and for this very request. */
function believed(
  world: World,
  idp: Idp,
  { issuer, endpoints, client }: ProviderFacts,
  token: string,
  nonce: string,
): Record<string, unknown> {
  const read = readToken(token);
  if (!read) throw untold('The ID token of the identity provider is not a valid JWT.');
  const { header, claims } = read;
  const { url } = endpoints.jwks ?? {};
  const keys = url ? keysAt(world, url, header.kid) : [];
  const isOwn = keys
    .filter((key) => key.use !== 'enc' && (header.kid === undefined || key.kid === header.kid))
    .some((key) => isSigned(token, () => cryptoKey({ ...key })));
  const skew = Number((idp.policy as { maxClockSkew?: number }).maxClockSkew ?? 0) / 1_000;
  const now = world.now() / 1_000;
  if (!isOwn) throw untold('The signature of the ID token of the identity provider is invalid.');
  if (claims.iss !== issuer) throw untold('The issuer of the ID token is not the identity provider.');
  if (![claims.aud].flat().includes(client.client_id))
    throw untold('The ID token of the identity provider is for another client.');
  if (typeof claims.exp !== 'number' || claims.exp + skew <= now)
    throw untold('The ID token of the identity provider is expired.');
  if (claims.nonce !== nonce) throw untold('The nonce of the ID token of the identity provider is invalid.');
  return claims;
}

function asked(world: World, url: string, access: string, about: string): Record<string, unknown> {
  const { status, body } = world.ask(`idp userinfo ${about}`, {
    channel: 'fetch',
    event: 'idp.userinfo',
    to: url,
    payload: { headers: { authorization: `Bearer ${access}` } },
  });
  return (status === 200 ? parsedObject(body) : undefined) ?? {};
}

/** The tokens as `/credentials/tokens` shows them. */
function tokensOf(world: World, given: Record<string, unknown>): SocialToken[] {
  const scopes = String(given.scope ?? '')
    .split(' ')
    .filter(Boolean);
  const lasts = Number(given.expires_in ?? 3_600);
  const expiresAt = stamp(world.now() + lasts * 1_000);
  const rows: [string, string][] = [
    ['access_token', 'Bearer'],
    ['id_token', ''],
  ];
  return rows.flatMap(([name, scheme]) =>
    typeof given[name] === 'string'
      ? [
          {
            id: newId(world, 'dsp'),
            token: given[name],
            tokenType: `urn:ietf:params:oauth:token-type:${name}`,
            tokenAuthScheme: scheme || null,
            ...(scheme ? { expiresAt, scopes } : {}),
          },
        ]
      : [],
  );
}

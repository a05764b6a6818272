/** Pushed authorization requests, RFC 9126: what a client says before it sends the browser. */
import type { World } from '../../../../src/world/world.ts';
import { oauthError } from '../../errors.ts';
import { PUSHED_REQUEST_LASTS_MS } from '../../limits.ts';
import { pushedRequests } from '../../world/oauth.ts';
import type { App } from '../apps/app.ts';
import { readAuthorization, readReturn } from './authorization.ts';
import { clientIdOf, type Form, settingsOf } from './client.ts';
import type { Issuer } from './issuer.ts';
import { digestOf, drawn } from './opaque.ts';
import { withRequestObject } from './requestObject.ts';
import { sweep } from './usedOnce.ts';

/** A request that waits to be used. */
export interface PushedRequest {
  digest: string;
  appId: string;
  issuerKey: string;
  fields: Form;
  /** Universe milliseconds. */
  expiresAt: number;
}

const URN = 'urn:okta:';
/** What proves the client is not part of the request. */
const PROOFS = new Set(['client_secret', 'client_assertion', 'client_assertion_type']);

/**
 * Keeps a request that makes sense and says where it is. Throws what the authorization endpoint would refuse it with,
 * and `invalid_request` for one that points to another.
 */
export function pushRequest(world: World, issuer: Issuer, app: App, form: Form) {
  if (form.request_uri !== undefined)
    throw oauthError('invalid_request', "The 'request_uri' parameter is not allowed in a pushed request.");
  const { client_id: _, ...sent } = withRequestObject(world, issuer, app, form, demandOf(app));
  const asked = Object.fromEntries(Object.entries(sent).filter(([name]) => !PROOFS.has(name)));
  const fields = { ...asked, client_id: clientIdOf(app) };
  readAuthorization(world, issuer, readReturn(world, fields), { state: 'later', ...fields });
  return keepRequest(world, issuer, app, fields);
}

/** Keeps what was asked; returns its address. */
export function keepRequest(world: World, issuer: Issuer, app: App, fields: Form) {
  sweep(world, pushedRequests);
  const uri = URN + drawn(world, 'pushedRequest');
  world.insert(pushedRequests, {
    digest: digestOf(uri),
    appId: app.id,
    issuerKey: issuer.key,
    fields,
    expiresAt: world.now() + PUSHED_REQUEST_LASTS_MS,
  });
  return { request_uri: uri, expires_in: PUSHED_REQUEST_LASTS_MS / 1_000 };
}

/** How a client signs request objects. */
export const demandOf = (app: App) => ({
  algorithm: settingsOf(app).request_object_signing_alg,
  required: [],
});

/** What was pushed, or undefined where it is gone or another client's. */
export function pushedRequest(world: World, issuer: Issuer, app: App, uri: string): Form | undefined {
  const row = world.get(pushedRequests, digestOf(uri));
  const good = row && row.appId === app.id && row.issuerKey === issuer.key && row.expiresAt > world.now();
  return good ? row.fields : undefined;
}

/** Endpoints that the org and each of its authorization servers have, and how they refuse. */
import { ApiError } from '../../../../src/error.ts';
import { type Call, type Endpoint, type EndpointSpec, endpoint, reply } from '../../../../src/twin.ts';
import { clientCredentials } from '../../../../src/wire.ts';
import { refusalBody, refuse } from '../../errors.ts';
import { requestId } from '../../ids.ts';
import type { App } from '../../model/apps/app.ts';
import type { Who } from '../../model/log/log.ts';
import { clientWho, type Form } from '../../model/oauth/client.ts';
import { authenticateClient } from '../../model/oauth/clientAuth.ts';
import { findIssuer, type Issuer } from '../../model/oauth/issuer.ts';

const DOC = 'https://developer.okta.com/docs/api/openapi/okta-oauth/oauth/tag';

/** `GET /v1/keys` and the like under `/oauth2` (ids[0]) and under `/oauth2/{authorizationServerId}` (ids[1]). */
export const issuerEndpoints = (
  ids: readonly [string | undefined, string],
  method: string,
  tail: string,
  handle: (call: Call, issuer: Issuer) => unknown,
  more: Partial<EndpointSpec> = {},
): Endpoint[] => {
  const [org, custom] = ids;
  const at = (id: string, path: string, tag: string) =>
    endpoint(
      { id, route: `${method} ${path}${tail}`, auth: 'none', tier: 'token', doc: `${DOC}/${tag}/`, ...more },
      (call) => handle(call, findIssuer(call.world, call.params.authorizationServerId)),
    );
  return [
    ...(org === undefined ? [] : [at(org, '/oauth2', 'OrgAS')]),
    at(custom, '/oauth2/{authorizationServerId}', 'CustomAS'),
  ];
};

/** The same for what clients post: a form. */
export const issuerForms = (
  ids: readonly [string | undefined, string],
  tail: string,
  handle: (call: Call, issuer: Issuer, form: Form) => unknown,
  more: Partial<EndpointSpec> = {},
): Endpoint[] =>
  issuerEndpoints(ids, 'POST', tail, (call, issuer) => handle(call, issuer, formOf(call)), more);

/** The form of a request; what is empty was left out (RFC 6749, 3.2). Throws E0000021 for a body that is none. */
export function formOf({ body, query }: Call): Form {
  if (body.kind !== 'form' && body.kind !== 'none') throw refuse('E0000021');
  const fields = { ...Object.fromEntries(query), ...(body.value as Record<string, string> | undefined) };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
}

/** The client that a call proves to come from. Throws `invalid_client`, `invalid_request`. */
export const clientOf = ({ world, request }: Call, issuer: Issuer, form: Form): App =>
  authenticateClient(world, {
    basic: clientCredentials(request.headers),
    form,
    audiences: [`${issuer.at}/v1/token`, issuer.url, request.base + request.path],
  });

/** How the System Log names a client that calls. */
export const clientCalling = ({ world, request }: Call, app: App): Who => ({
  ...clientWho(app),
  requestId: requestId(world),
  requestUri: request.path,
});

/** What `answer` makes; where it refuses, what it changed until then stands. */
export function lasting(call: Call, answer: () => unknown, refused?: (error: ApiError) => void): unknown {
  try {
    return answer();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    refused?.(error);
    return reply({ status: error.status, body: refusalBody(call.world, error), headers: error.headers });
  }
}

/** `/oauth2/v1/authorize/callback`, where identity providers send browsers back to. */
import { ApiError } from '../../../../src/error.ts';
import { type Call, endpoint } from '../../../../src/twin.ts';
import { oauthError } from '../../errors.ts';
import { federatedSession } from '../../model/federation/federatedSession.ts';
import { federatedUser } from '../../model/federation/federatedUser.ts';
import { findIdp } from '../../model/federation/idp.ts';
import { personAtProvider } from '../../model/federation/providerAnswer.ts';
import { type ProviderRequest, takeProviderRequest } from '../../model/federation/providerRequest.ts';
import { readReturn } from '../../model/oauth/authorization.ts';
import { type Form, findClient } from '../../model/oauth/client.ts';
import { findIssuer } from '../../model/oauth/issuer.ts';
import { pushedRequest } from '../../model/oauth/pushedRequest.ts';
import { leadBack, redirect, refused } from './authorize.ts';
import { sessionCookie } from './cookie.ts';
import { formOf } from './issuerEndpoint.ts';

const callback = (id: string, method: string) =>
  endpoint(
    {
      id,
      route: `${method} /oauth2/v1/authorize/callback`,
      auth: 'none',
      traits: { undocumented: true },
      doc: 'https://developer.okta.com/docs/guides/add-an-external-idp/openidconnect/main/',
    },
    back,
  );

export const callbackEndpoints = [callback('idpCallback', 'GET'), callback('idpCallbackPosted', 'POST')];

function back(call: Call): unknown {
  const form = formOf(call);
  const asked = takeProviderRequest(call.world, form.state);
  if (!asked) return refused(call, "The 'state' parameter is invalid or has expired.");
  try {
    const session = signedInElsewhere(call, asked, form);
    return redirect(call.world.base() + asked.path, [sessionCookie(call, session.id)]);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return toldProgram(call, asked, error);
  }
}

function signedInElsewhere({ world }: Call, asked: ProviderRequest, form: Form) {
  const idp = findIdp(world, asked.idpId);
  if (form.code === undefined)
    throw oauthError(
      form.error ?? 'access_denied',
      form.error_description ?? 'The identity provider gave no authorization code.',
    );
  const person = personAtProvider(world, idp, asked, form.code);
  return federatedSession(world, idp, federatedUser(world, idp, person));
}

/** The program that sent the browser here hears why nobody comes. */
function toldProgram(call: Call, { path, issuerKey }: ProviderRequest, error: ApiError): unknown {
  const { world } = call;
  const query = new URLSearchParams(path.slice(path.indexOf('?')));
  const app = findClient(world, query.get('client_id') ?? '', 400);
  const issuer = findIssuer(world, issuerKey);
  const fields = pushedRequest(world, issuer, app, query.get('request_uri') ?? '');
  if (!fields) return refused(call, error.message);
  const name = error.data.oauth ? error.name : 'access_denied';
  return leadBack(readReturn(world, fields), { error: name, error_description: error.message });
}

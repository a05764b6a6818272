/** All that is per vendor about the wire: credentials, envelopes, headers, pages, rate limits. */
import type { ApiError } from '../../src/error.ts';
import type { Call, Operation, Wire } from '../../src/twin.ts';
import { header, type WireReply, type WireRequest } from '../../src/wire.ts';
import type { World } from '../../src/world/world.ts';
import { inPower, inScope, shownTo } from './access.ts';
import type { OktaActor } from './actor.ts';
import { CATALOGUE } from './catalogue.ts';
import { clientOf } from './client.ts';
import { notWellFormed, refusalBody, refuse } from './errors.ts';
import {
  eventHookChannel,
  eventHookVerifyChannel,
  fetchChannel,
  inlineHookChannel,
  logStreamChannel,
  securityEventChannel,
} from './events.ts';
import { requestId } from './ids.ts';
import { BODY_BYTES_MAX, CONCURRENT_REQUESTS_MAX, TIERS } from './limits.ts';
import { trusts } from './model/guard/trustedOrigin.ts';
import { apiToken } from './model/oauth/apiAccess.ts';
import { tokenBySecret, tokenWorks } from './model/org/apiToken.ts';
import { whoIs } from './model/people/user.ts';
import { bodyPage, linkPage, logPage } from './pages.ts';
import { rateCounts, rateHeaders, rateKey, rateNoted, refuseByRate } from './rates.ts';
import { scimChannel, scimTestChannel } from './scim.ts';
import { shaped } from './shape.ts';
import { TextBody } from './text.ts';
import { users } from './world.ts';

type OktaCall = Call<OktaActor>;

export const wire: Wire<OktaActor> = {
  bodyBytesMax: BODY_BYTES_MAX,
  path: (path) => path.replace(/\/{2,}/g, '/').replace(/(.)\/$/, '$1'),
  identify,
  authenticate: (call) => {
    if (!call.actor && !isOpen(call)) throw unauthenticated(call);
  },
  authorize,
  input: ({ body, endpoint }) => shaped(endpoint, body.value),
  invalid: () => notWellFormed(),
  malformed: () => notWellFormed(),
  tooLarge: () => notWellFormed(),
  notFound: ({ endpoint }) =>
    refuse((endpoint.traits?.allowed as string[] | undefined)?.length ? 'E0000022' : 'E0000008'),
  preflight,
  gap: () => refuse('E0000060'),
  unexpected: () => refuse('E0000009'),
  success,
  failure,
  pages: { link: linkPage, log: logPage, body: bodyPage },
  tiers: TIERS,
  rateKey,
  rateCounts,
  rateNoted,
  concurrentMax: CONCURRENT_REQUESTS_MAX,
  rateLimited: () => refuse('E0000047'),
  rateHeaders,
  errorNamed: (name, params) =>
    CATALOGUE.has(name)
      ? refuse(name, { causes: params.cause === undefined ? [] : [String(params.cause)] })
      : undefined,
  outage: () => refuse('E0000181'),
  channels: {
    eventHook: eventHookChannel,
    eventHookVerify: eventHookVerifyChannel,
    scim: scimChannel,
    scimTest: scimTestChannel,
    inlineHook: inlineHookChannel,
    logStream: logStreamChannel,
    securityEvent: securityEventChannel,
    fetch: fetchChannel,
  },
};

/** Headers that every answer of the service carries. */
const ALWAYS: readonly (readonly [string, string])[] = [
  ['cache-control', 'no-cache, no-store'],
  ['pragma', 'no-cache'],
  ['expires', '0'],
  ['accept-ch', 'Sec-CH-UA-Platform-Version'],
  ['x-content-type-options', 'nosniff'],
];

function identify(world: World, request: WireRequest): OktaActor | undefined {
  const [scheme = '', secret] = (header(request.headers, 'authorization') ?? '').split(/\s+/, 2);
  if (secret && TOKEN_SCHEMES.has(scheme)) return identifyToken(world, request, scheme, secret);
  if (scheme !== 'SSWS' || !secret) return undefined;
  const token = tokenBySecret(world, secret);
  const owner = token && tokenWorks(world, token) ? world.get(users, token.userId) : undefined;
  if (!token || !owner) return undefined;
  return {
    label: owner.profile.login,
    app: token.id,
    kind: 'ssws',
    tokenId: token.id,
    who: { ...whoIs(owner), ...requestOf(world, request) },
  };
}

const TOKEN_SCHEMES: ReadonlySet<string> = new Set(['Bearer', 'DPoP']);

/** A token of the org's own server: of a service app, or of a person by way of an app. */
function identifyToken(
  world: World,
  request: WireRequest,
  scheme: string,
  token: string,
): OktaActor | undefined {
  const shown = apiToken(world, token, {
    proof: scheme === 'DPoP' ? header(request.headers, 'dpop') : undefined,
    method: request.method,
    url: request.base + request.path,
  });
  if (!shown) return undefined;
  const { app, user, scopes } = shown;
  const client = { id: app.id, alternateId: app.label, displayName: app.label };
  return {
    label: user?.profile.login ?? app.label,
    app: app.id,
    kind: 'oauth',
    scopes,
    who: {
      ...(user ? whoIs(user) : { ...client, type: 'PublicClientApp' as const }),
      ...requestOf(world, request),
    },
  };
}

const requestOf = (world: World, request: WireRequest) => ({
  client: clientOf(world, request.headers),
  requestId: requestId(world),
  requestUri: request.path,
});

/** A token that is no good is told so in the header too. */
function unauthenticated({ request }: OktaCall): ApiError {
  const [scheme = ''] = (header(request.headers, 'authorization') ?? '').split(/\s+/, 1);
  if (!TOKEN_SCHEMES.has(scheme)) return refuse('E0000011');
  return refuse('E0000011', {
    headers: [challenge(request, scheme, 'invalid_token', 'The access token is invalid.')],
  });
}

const challenge = ({ base }: WireRequest, scheme: string, error: string, says: string): [string, string] => [
  'www-authenticate',
  `${scheme} authorization_uri="${base}/oauth2/v1/authorize", realm="${base}", error="${error}", ` +
    `error_description="${says}", resource="/api/v1"`,
];

/** What is missing here of sign-in and discovery says so to programs that have no token yet. */
function isOpen({ endpoint }: OktaCall): boolean {
  const operation = endpoint.traits?.operation as Operation | undefined;
  return operation !== undefined && !operation.scopes && SIGN_IN_PATH.test(operation.path);
}

const SIGN_IN_PATH = /^\/oauth2\/|^\/\.well-known\//;

/** An API token may what its owner's roles allow; an access token what its scopes say, and its holder's roles allow. */
function authorize(call: OktaCall): void {
  if (isOpen(call)) return;
  if (!inScope(call))
    throw refuse('E0000006', {
      headers: [
        challenge(
          call.request,
          'Bearer',
          'insufficient_scope',
          'The access token provided does not contain the required scopes.',
        ),
      ],
    });
  if (!inPower(call)) throw refuse('E0000006');
  if (!isAcceptable(call)) throw refuse('E0000149', { causes: ['Missing or incorrect `Accept` header'] });
}

/** Where an operation has a version in its media type, whoever asks must accept this one. */
function isAcceptable({ endpoint, request }: OktaCall): boolean {
  const version = /okta-version=[\d.]+/.exec(contentTypeOf(endpoint))?.[0];
  return !version || (header(request.headers, 'accept') ?? '').replaceAll(' ', '').includes(version);
}

const contentTypeOf = (endpoint: OktaCall['endpoint']): string =>
  (endpoint.traits?.contentType as string | undefined) ?? 'application/json';

function success(call: OktaCall, value: unknown, status: number): WireReply {
  if (value instanceof TextBody) {
    const given = value.headers.map(([name, text]): [string, string] => [name, text]);
    return {
      status,
      headers: [['content-type', value.contentType], ...common(call), ...given],
      body: value.text,
    };
  }
  const headers: [string, string][] = [];
  const empty = status === 204 || value === undefined;
  if (!empty) headers.push(['content-type', contentTypeOf(call.endpoint)]);
  headers.push(...common(call));
  const last = call.request.path.slice(call.request.path.lastIndexOf('/') + 1);
  // Spring's guard against reflected downloads: it takes the dot of an e-mail for a file extension.
  if (!empty && call.request.method === 'GET' && last.includes('.'))
    headers.push(['content-disposition', 'inline;filename=f.txt']);
  return { status, headers, body: empty ? undefined : JSON.stringify(shownTo(call, value)) };
}

function failure(call: OktaCall, error: ApiError): WireReply {
  if (error.name === 'E0000047') refuseByRate(call);
  return {
    status: error.status,
    headers: [
      ['content-type', contentTypeOf(call.endpoint)],
      ...common(call),
      ...error.headers.map(([name, value]): [string, string] => [name, value]),
    ],
    body: JSON.stringify(refusalBody(call.world, error)),
  };
}

const common = (call: OktaCall): [string, string][] => [
  ['x-okta-request-id', requestId(call.world)],
  ...ALWAYS.map(([name, value]): [string, string] => [name, value]),
  ...crossOrigin(call),
];

/** Pages of a trusted origin may read answers. https://developer.okta.com/docs/guides/enable-cors/ */
function crossOrigin({ world, request }: OktaCall): [string, string][] {
  const origin = header(request.headers, 'origin');
  if (!origin || !trusts(world, origin)) return [];
  return [
    ['access-control-allow-origin', origin],
    ['access-control-allow-credentials', 'true'],
    ['vary', 'Origin'],
  ];
}

/** Pages of a trusted origin may ask; to others the answer says nothing, which their browser takes for a no. */
function preflight(call: OktaCall): WireReply {
  const asked = header(call.request.headers, 'access-control-request-headers');
  const allowed: [string, string][] = [
    ['access-control-allow-methods', 'GET,POST,PUT,PATCH,DELETE,OPTIONS'],
    ...(asked ? ([['access-control-allow-headers', asked]] as [string, string][]) : []),
    ['access-control-max-age', '3600'],
  ];
  const origin = crossOrigin(call);
  return { status: 200, headers: [...common(call), ...(origin.length > 0 ? allowed : [])], body: undefined };
}

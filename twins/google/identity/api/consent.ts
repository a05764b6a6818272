/**
 * The consent page, where a program sends a person to be let in, and what the person presses there.
 * https://developers.google.com/identity/protocols/oauth2/web-server#redirecting
 */
import { ApiError } from '../../../../src/error.ts';
import { type Call, type Endpoint, endpoint, reply } from '../../../../src/twin.ts';
import { allow, answeredBefore, deny, readAuthorization } from '../model/authorization.ts';
import { consentPage, refusalPage } from './consentPage.ts';

const DOC = 'https://developers.google.com/identity/protocols/oauth2/web-server';

const page = (route: string, answer: (call: Call) => unknown): Endpoint =>
  endpoint({ id: 'oauth2.auth', route, auth: 'none', doc: DOC }, (call) => seen(call, answer));

export const consentEndpoints: readonly Endpoint[] = ['/o/oauth2/v2/auth', '/o/oauth2/auth'].flatMap(
  (path) => [page(`GET ${path}`, shown), page(`POST ${path}`, pressed)],
);

function shown({ world, query }: Call) {
  const asked = readAuthorization(world, query);
  const to = answeredBefore(world, asked);
  return to === undefined ? html(200, consentPage(world, asked)) : leadTo(to);
}

function pressed({ world, query, body }: Call) {
  const asked = readAuthorization(world, query);
  const fields = body.fields ?? [];
  const said = (name: string) => fields.filter(([key]) => key === name).map(([, value]) => value);
  if (said('decision')[0] !== 'allow') return leadTo(deny(asked));
  return leadTo(allow(world, asked, { email: said('email').findLast(Boolean) ?? '', scopes: said('scope') }));
}

/** What is wrong with the request is told to the person, on a page. */
function seen(call: Call, answer: (call: Call) => unknown): unknown {
  try {
    return answer(call);
  } catch (error) {
    if (!(error instanceof ApiError) || error.data.oauth !== true) throw error;
    return html(error.status, refusalPage(error.status, error.name, error.message));
  }
}

const leadTo = (location: string) =>
  reply({ status: 302, raw: true, headers: [['location', location], ...NEVER_KEPT] });

const NEVER_KEPT: readonly [string, string][] = [
  ['cache-control', 'no-cache, no-store, max-age=0, must-revalidate'],
  ['x-frame-options', 'DENY'],
  ['referrer-policy', 'origin'],
];

const html = (status: number, body: string) =>
  reply({
    status,
    raw: true,
    headers: [
      ['content-type', 'text/html; charset=utf-8'],
      ['content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"],
      ...NEVER_KEPT,
    ],
    body,
  });

/** How the pages of the sign-in go out: HTML that nobody keeps or frames, and redirects. */
import { createHash } from 'node:crypto';
import { ApiError } from '../../../../src/error.ts';
import { type Call, type Endpoint, endpoint, reply } from '../../../../src/twin.ts';
import { refusalPage, SENDS_ITSELF } from './consentPage.ts';

/** A page at `route`; what is wrong with the request is told to the person, on a page. */
export const page = (id: string, route: string, doc: string, answer: (call: Call) => unknown): Endpoint =>
  endpoint({ id, route, auth: 'none', doc }, (call) => {
    try {
      return answer(call);
    } catch (error) {
      if (!(error instanceof ApiError) || error.data.oauth !== true) throw error;
      return html(error.status, refusalPage(error.status, error.name, error.message));
    }
  });

export const leadTo = (location: string) =>
  reply({ status: 302, raw: true, headers: [['location', location], ...NEVER_KEPT] });

const NEVER_KEPT: readonly [string, string][] = [
  ['cache-control', 'no-cache, no-store, max-age=0, must-revalidate'],
  ['x-frame-options', 'DENY'],
  ['referrer-policy', 'origin'],
];

const SCRIPT = createHash('sha256').update(SENDS_ITSELF).digest('base64');
const POLICY = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${SCRIPT}'; frame-ancestors 'none'`;

export const html = (status: number, body: string) =>
  reply({
    status,
    raw: true,
    headers: [
      ['content-type', 'text/html; charset=utf-8'],
      ['content-security-policy', POLICY],
      ...NEVER_KEPT,
    ],
    body,
  });

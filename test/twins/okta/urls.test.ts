/** Every address that Okta hands out answers by the way by which the program came. */
import { describe, expect, it } from 'vitest';
import { parseRoute } from '../../../src/router.ts';
import { okta } from '../../../twins/okta/twin.ts';
import { byWay, expectWalk, WAYS, type Way } from '../ways.ts';

/**
 * Pages that ask for parameters; pictures and help of Okta's, the company's own site, names that look like addresses: of
 * schemas, issuers, grants and ways of delivery; what takes a scope that API tokens have not.
 */
const ELSEWHERE =
  /^https:\/\/(ok14static\.oktacdn\.com|(help|developer)\.okta\.com|acme\.example)|(json-schema|auth0\.com|schemas\.openid)\b|\/api\/v1\/ssf\/stream$|\/meta\/schemas\/|\/oauth2\/\w+$|\/oauth2\/v1\/(authorize|userinfo|logout)$/;
const LISTS = okta.endpoints
  .map((one) => parseRoute(one.route))
  .flatMap(([methods, path]) => (methods.includes('GET') && !path.includes('{') ? [path] : []));

function signedIn({ universe }: Way): { authorization: string } {
  const { credentials } = okta.credentials.document(universe.view('okta'), '');
  return { authorization: `SSWS ${credentials.apiToken}` };
}

/** Reads every list, a page at a time. */
async function session(way: Way) {
  const headers = signedIn(way);
  const first: unknown[] = [];
  for (const path of LISTS) {
    const { status, text } = await way.send(`${path}?limit=2`, { headers });
    if (status === 200 && text.startsWith('[')) first.push(...(JSON.parse(text) as unknown[]).slice(0, 1));
  }
  const json = { ...headers, 'content-type': 'application/json' };
  const profile = { firstName: 'Ed', lastName: 'Ey', email: 'ed@acme.example', login: 'ed@acme.example' };
  const user = await way.send('/api/v1/users?activate=false', {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ profile }),
  });
  const { id } = JSON.parse(user.text) as { id: string };
  const activate = `/api/v1/users/${id}/lifecycle/activate?sendEmail=false`;
  await way.send(activate, { method: 'POST', headers: json, body: '{}' });
  return { headers, first };
}

describe.each(WAYS)('a program that came by %s', (name) => {
  it('reaches every address that it is given', () =>
    byWay(name, 'okta', 'acme.okta.com', async (way) => {
      const { headers, first } = await session(way);
      expect(first.length).toBeGreaterThan(3);
      await expectWalk(way, name, { elsewhere: ELSEWHERE, least: 60, ask: { headers } });
    }));
});

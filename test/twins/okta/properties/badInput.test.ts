/** Bodies that are no bodies, sent to everything that writes: each is refused or means something, and a refusal leaves no trace. */
import { describe, expect, it } from 'vitest';
import { parseRoute } from '../../../../src/router.ts';
import { okta } from '../../../../twins/okta/twin.ts';
import { openOrg, type TestOrg } from '../org.ts';

const BODIES: readonly string[] = [
  ...['', '{', 'null', '5', '"x"', '[]', '[{}]', '{}', '{"x":1}', '[[[[]]]]', '{"__proto__":{"x":1}}'],
  ...['{"profile":{"constructor":"x"}}', '{"name":"\\u0000","profile":{"login":"\\u0000"}}'],
  JSON.stringify({ name: 'n'.repeat(5_000), label: 'l'.repeat(5_000), type: 't'.repeat(5_000) }),
];

/** Sign-in counts what it refuses. */
const COUNTS = /^\/api\/v1\/authn/;

/** Things of the org by the names that paths have for them; what it lacks is asked for by a name that nothing has. */
async function things(org: TestOrg): Promise<Record<string, string>> {
  const get = async (path: string) => (await org.call('GET', `/api/v1${path}`)).body;
  const bob = (await get('/users/bob@acme.example')).id;
  const group = (await get('/groups?q=Engineering'))[0].id;
  const policy = (await get('/policies?type=OKTA_SIGN_ON'))[0].id;
  const brand = (await get('/brands'))[0].id;
  const rule = (await get('/groups/rules'))[0].id;
  return {
    ...{ id: bob, userId: bob, userIdOrLogin: bob, groupId: group, groupRuleId: rule, policyId: policy },
    ...{ appId: (await get('/apps?q=Wiki'))[0].id, brandId: brand, authServerId: 'default' },
    ...{ typeId: 'default', schemaId: 'default', templateName: 'UserActivation' },
    themeId: (await get(`/brands/${brand}/themes`))[0].id,
    authenticatorId: (await get('/authenticators'))[0].id,
    zoneId: (await get('/zones'))[0].id,
    behaviorId: (await get('/behaviors'))[0].id,
    realmId: (await get('/realms'))[0].id,
    featureId: (await get('/features'))[0].id,
    apiTokenId: (await get('/api-tokens'))[0].id,
  };
}

const writing = okta.endpoints.flatMap((endpoint) => {
  const [methods, path] = parseRoute(endpoint.route);
  const writes = methods.filter((method) => method !== 'GET' && method !== 'DELETE');
  return path.startsWith('/api/v1/') && !COUNTS.test(path) ? writes.map((method) => ({ method, path })) : [];
});

describe('a body that is none', () => {
  it('leaves the org as it was where it is refused, and is never a mistake of the org’s', async () => {
    const org = await openOrg();
    const known = await things(org);
    const changed = new Set<string>();
    org.universe.journal.watch((_entry, changes) => {
      for (const { table } of changes) changed.add(table.name);
    });
    const start = org.universe.snapshot('start', 'start');
    const wrongs: string[] = [];
    let refused = 0;
    for (const { method, path } of writing) {
      const url = path.replace(/\{(\w+)\}/g, (_, name: string) => known[name] ?? 'x1y2');
      for (const body of BODIES) {
        changed.clear();
        const { status } = await org.call(method, url, body);
        const says = `${method} ${url} ${body.slice(0, 40)}: ${status}`;
        if (status >= 500 && status !== 501 && status !== 502 && status !== 504) wrongs.push(says);
        if (status >= 400) refused++;
        if (status >= 400 && changed.size > 0) wrongs.push(`${says} changed ${[...changed]}`);
        if (changed.size > 0) org.universe.restore(start);
      }
    }
    expect(wrongs).toEqual([]);
    expect(refused).toBeGreaterThan(writing.length * 5);
  }, 240_000);
});

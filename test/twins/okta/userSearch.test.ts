import { describe, expect, it } from 'vitest';
import { links, openOrg, pathOf, type TestOrg } from './org.ts';

const people = Array.from({ length: 12 }, (_, i) => ({
  email: `p${String(i).padStart(2, '0')}@acme.example`,
  name: `Pat${i} ${i % 2 ? 'Odd' : 'Even'}`,
  department: i % 3 ? 'Sales' : 'Engineering',
}));
const open = () => openOrg({ world: 'acme', people });

const logins = (body: { profile: { login: string } }[]) => body.map((user) => user.profile.login.slice(0, 3));
async function find(org: TestOrg, query: Record<string, string>) {
  const answer = await org.call('GET', `/api/v1/users?${new URLSearchParams(query)}`);
  return answer.status === 200 ? logins(answer.body).sort() : answer.body.errorCode;
}

describe('search', () => {
  it('understands every operator, and, or, not and parentheses', async () => {
    const org = await open();
    const search = (text: string) => find(org, { search: text });
    expect(await search('profile.department eq "engineering"')).toEqual(['p00', 'p03', 'p06', 'p09']);
    const others = 'profile.department lt "Sales" or profile.department gt "Sales"';
    expect(await search(others)).toEqual(['p00', 'p03', 'p06', 'p09']);
    expect(await search('profile.firstName sw "Pat1"')).toEqual(['p01', 'p10', 'p11']);
    expect(await search('profile.email co "p0" and profile.lastName eq "Odd"')).toHaveLength(5);
    expect(await search('profile.title pr')).toEqual([]);
    expect(await search('not (profile.department eq "Sales")')).toHaveLength(4);
    expect(
      await search('(profile.login eq "p01@acme.example" or profile.login eq "p02@acme.example") and id pr'),
    ).toEqual(['p01', 'p02']);
    expect(await search('created gt "2020-01-01T00:00:00.000Z"')).toHaveLength(12);
    expect(await search('lastUpdated lt "2020-01-01T00:00:00.000Z"')).toEqual([]);
    expect(await search('status eq "ACTIVE"')).toHaveLength(12);
  });

  it('pages through what an attribute holds in the order of ids, whichever index led there', async () => {
    const org = await open();
    const all = (await org.call('GET', '/api/v1/users')).body.map(({ id }: { id: string }) => id);
    for (const [search, found] of [
      ['profile.department eq "Sales"', 8],
      ['status eq "ACTIVE" and profile.department eq "SALES"', 8],
      ['profile.lastName eq "Odd" or profile.lastName eq "Even"', 12],
      ['profile.login sw "P0"', 10],
      ['lastUpdated ge "2020-01-01T00:00:00Z"', 12],
      ['profile.login eq "p01@acme.example" or profile.title eq "none"', 1],
    ] as const) {
      const ids: string[] = [];
      let path = `/api/v1/users?${new URLSearchParams({ search, limit: '3' })}`;
      while (path !== '') {
        const page = await org.call('GET', path);
        ids.push(...page.body.map(({ id }: { id: string }) => id));
        path = links(page).next ? pathOf(links(page).next as string) : '';
      }
      expect({ search, found: ids.length }).toEqual({ search, found });
      expect(ids).toEqual(all.filter((id: string) => ids.includes(id)));
    }
  });

  it('refuses an expression that it cannot read with E0000031', async () => {
    const org = await open();
    for (const bad of [
      'profile.login eq',
      'profile.login is "x"',
      '(status eq "ACTIVE"',
      'status eq "ACTIVE" and',
      'nonsense eq "x"',
      'status eq "ACTIVE" status eq "STAGED"',
      'profile.login eq "open',
      'profile.department ne "Sales"',
      'profile.firstName ew "1"',
      'profile.department co "ale"',
      'status eq "ACTIVE" and classification.type eq "LITE"',
    ])
      expect([bad, await find(org, { search: bad })]).toEqual([bad, 'E0000031']);
  });

  it('finds who counts as what', async () => {
    const org = await open();
    const { body } = await org.call('GET', '/api/v1/users/p01');
    await org.call('PUT', `/api/v1/users/${body.id}/classification`, { type: 'LITE' });
    expect(await find(org, { search: 'classification.type eq "LITE"' })).toEqual(['p01']);
    expect(await find(org, { search: 'classification.type eq "STANDARD"' })).toHaveLength(11);
  });

  it('sorts by any attribute, down too, and pages through the order', async () => {
    const org = await open();
    const query = { search: 'id pr', sortBy: 'profile.lastName', sortOrder: 'desc', limit: '5' };
    let path = `/api/v1/users?${new URLSearchParams(query)}`;
    const seen: string[] = [];
    for (let pages = 0; path && pages < 5; pages++) {
      const answer = await org.call('GET', path);
      seen.push(...answer.body.map((user: { profile: { lastName: string } }) => user.profile.lastName));
      path = links(answer).next ? pathOf(links(answer).next as string) : '';
    }
    expect(seen).toEqual([...Array(6).fill('Odd'), ...Array(6).fill('Even')]);
  });

  it('finds deactivated users, which a plain list leaves out', async () => {
    const org = await open();
    await org.call('POST', '/api/v1/users/p01/lifecycle/deactivate');
    expect(await find(org, { search: 'status eq "DEPROVISIONED"' })).toEqual(['p01']);
    expect(await find(org, { filter: 'status eq "DEPROVISIONED"' })).toEqual(['p01']);
    expect(await find(org, {})).not.toContain('p01');
    expect(await find(org, { q: 'p01' })).toEqual([]);
  });
});

describe('filter and q', () => {
  it('filter takes its few attributes, minds case, and refuses all else', async () => {
    const org = await open();
    const filter = (text: string) => find(org, { filter: text });
    expect(await filter('profile.email eq "p01@acme.example"')).toEqual(['p01']);
    expect(await filter('profile.firstName eq "pat1"')).toEqual([]);
    expect(await filter('lastUpdated gt "2020-01-01T00:00:00.000Z" and status eq "ACTIVE"')).toHaveLength(12);
    expect(await filter('profile.department eq "Sales"')).toBe('E0000031');
    expect(await filter('profile.email sw "p01"')).toBe('E0000031');
    expect(await filter('not (status eq "ACTIVE")')).toBe('E0000031');
  });

  it('q begins the first name, last name or e-mail, each user once', async () => {
    const org = await open();
    expect(await find(org, { q: 'PAT1' })).toEqual(['p01', 'p10', 'p11']);
    expect(await find(org, { q: 'p' })).toHaveLength(10);
    expect(await find(org, { q: 'eve', limit: '3' })).toHaveLength(3);
  });
});

describe('paging', () => {
  it('links to itself with the default limit, and to the next page with a dressed-up id', async () => {
    const org = await open();
    expect(links(await org.call('GET', '/api/v1/users')).self).toMatch(/\/api\/v1\/users\?limit=200$/);
    const first = await org.call('GET', '/api/v1/users?limit=5');
    expect(links(first).next).toMatch(/\?after=200u\w{17}&limit=5$/);
  });

  it('shows each user once when one comes and one goes between two pages', async () => {
    const org = await open();
    const first = await org.call('GET', '/api/v1/users?limit=5');
    await org.call('POST', '/api/v1/users/p07/lifecycle/deactivate');
    const email = 'zed@acme.example';
    await org.call('POST', '/api/v1/users', {
      profile: { firstName: 'Zed', lastName: 'Z', email, login: email },
    });
    const rest = await org.call('GET', pathOf(links(first).next as string).replace('limit=5', 'limit=50'));
    const seen = [...logins(first.body), ...logins(rest.body)];
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.sort()).toEqual(
      [...people.map((one) => one.email.slice(0, 3)).filter((one) => one !== 'p07'), 'zed'].sort(),
    );
  });

  it('refuses a cursor that is none', async () => {
    const org = await open();
    const answer = await org.call('GET', '/api/v1/users?after=nonsense');
    expect([answer.status, answer.body.errorCode]).toEqual([400, 'E0000029']);
  });
});

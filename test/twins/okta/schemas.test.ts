import { describe, expect, it } from 'vitest';
import { openOrg, type TestOrg } from './org.ts';

const USERS = '/api/v1/meta/schemas/user/default';
const GROUPS = '/api/v1/meta/schemas/group/default';
const define = (org: TestOrg, properties: object, at = USERS) =>
  org.call('POST', at, { definitions: { custom: { id: '#custom', type: 'object', properties } } });
const attribute = (type: string, more = {}) => ({ title: 'A title', type, ...more });
const person = (name: string, more = {}) => ({
  profile: {
    firstName: name,
    lastName: 'X',
    email: `${name}@acme.example`,
    login: `${name}@acme.example`,
    ...more,
  },
});
const create = (org: TestOrg, name: string, more = {}) =>
  org.call('POST', '/api/v1/users', person(name, more));

describe('the definition of an attribute', () => {
  it.each([
    ['has a title', { type: 'string' }],
    ['has a type that there is', attribute('date')],
    ['says what an array holds', attribute('array')],
    ['gives lengths to texts only', attribute('integer', { maxLength: 3 })],
    ['gives limits to numbers only', attribute('string', { maximum: 3 })],
    ['has no least length over the greatest', attribute('string', { minLength: 5, maxLength: 3 })],
    ['lists values of its type', attribute('integer', { enum: ['one'] })],
    ['lists each value once', attribute('string', { enum: ['a', 'a'] })],
    ['has a master that there is', attribute('string', { master: { type: 'SOMEBODY' } })],
    [
      'has permissions that there are',
      attribute('string', { permissions: [{ principal: 'ALL', action: 'HIDE' }] }),
    ],
    ['has a scope that there is', attribute('string', { scope: 'ALL' })],
    ['is not unique where it is true or false', attribute('boolean', { unique: true })],
    ['has a default that it allows', attribute('string', { maxLength: 2, default: 'long' })],
  ])('%s', async (_says, wrong) => {
    const org = await openOrg();
    const { status, body } = await define(org, { mark: wrong });
    expect([status, body.errorCode, body.errorSummary]).toEqual([
      400,
      'E0000001',
      'Api validation failed: mark',
    ]);
    expect((await org.call('GET', USERS)).body.definitions.custom.properties).toEqual({});
  });

  it('names its values in their order or not at all', async () => {
    const oneOf = [
      { const: 'L', title: 'Large' },
      { const: 'S', title: 'Small' },
    ];
    const { body } = await define(await openOrg(), {
      size: attribute('string', { enum: ['S', 'L'], oneOf }),
    });
    expect(body.errorCode).toBe('E0000123');
  });

  it('comes back with what the service fills in, in its order', async () => {
    const { body } = await define(await openOrg(), {
      size: attribute('string', { description: 'd', enum: ['S'], oneOf: [{ const: 'S', title: 'Small' }] }),
    });
    const { size } = body.definitions.custom.properties;
    expect(Object.keys(size)).toEqual([
      ...['title', 'description', 'type', 'mutability', 'scope', 'enum', 'oneOf', 'permissions', 'master'],
    ]);
    expect(body.definitions.custom.required).toEqual([]);
  });

  it('keeps its type, and the parts that a change leaves out', async () => {
    const org = await openOrg();
    await define(org, { mark: attribute('string', { maxLength: 3 }) });
    expect((await define(org, { mark: attribute('integer') })).status).toBe(400);
    const { body } = await define(org, { mark: { title: 'Other' } });
    expect(body.definitions.custom.properties.mark).toMatchObject({
      title: 'Other',
      type: 'string',
      maxLength: 3,
    });
    const cleared = await define(org, { mark: { maxLength: null } });
    expect(cleared.body.definitions.custom.properties.mark.maxLength).toBeUndefined();
  });
});

describe('values of attributes', () => {
  it('are of their type, within their limits and on their list', async () => {
    const org = await openOrg();
    await define(org, {
      age: attribute('integer', { minimum: 18, maximum: 99 }),
      size: attribute('string', { enum: ['S', 'L'] }),
      tags: attribute('array', { items: { type: 'string', enum: ['a', 'b'] } }),
      nick: attribute('string', { minLength: 2, maxLength: 4 }),
    });
    for (const wrong of [
      { age: 'old' },
      { age: 17 },
      { age: 100 },
      { age: 20.5 },
      { size: 'M' },
      { tags: 'a' },
      { tags: [1] },
      { tags: ['c'] },
      { nick: 'x' },
      { nick: 'xxxxx' },
      { constructor: 'x' },
    ])
      expect([wrong, (await create(org, 'ida', wrong)).body.errorCode]).toEqual([wrong, 'E0000001']);
    const right = { age: 18, size: 'S', tags: ['b', 'a'], nick: 'xx' };
    expect((await create(org, 'ida', right)).body.profile).toMatchObject(right);
  });

  it('are filled in by the default where a profile leaves them out', async () => {
    const org = await openOrg();
    await define(org, { desk: attribute('string', { default: 'hall' }) });
    const { body } = await create(org, 'ida');
    expect(body.profile.desk).toBe('hall');
    const at = `/api/v1/users/${body.id}`;
    expect((await org.call('POST', at, { profile: { desk: 'attic' } })).body.profile.desk).toBe('attic');
    expect((await org.call('POST', at, { profile: { desk: null } })).body.profile.desk).toBe('hall');
  });

  it('go with the attribute, so that users can still be changed', async () => {
    const org = await openOrg();
    await define(org, { badge: attribute('string') });
    const { body } = await create(org, 'ida', { badge: '7' });
    await define(org, { badge: null });
    const changed = await org.call('POST', `/api/v1/users/${body.id}`, { profile: { nickName: 'I' } });
    expect(changed.status).toBe(200);
    expect(changed.body.profile).not.toHaveProperty('badge');
  });

  it('follow the formats of base attributes', async () => {
    const org = await openOrg();
    for (const wrong of [{ countryCode: 'Germany' }, { locale: 'german!' }, { secondEmail: 'no address' }])
      expect([wrong, (await create(org, 'ida', wrong)).status]).toEqual([wrong, 400]);
    const right = {
      countryCode: 'DE',
      locale: 'de_DE',
      timezone: 'Europe/Berlin',
      preferredLanguage: 'de-DE',
    };
    expect((await create(org, 'ida', right)).status).toBe(200);
  });
});

describe('unique attributes', () => {
  const badge = { badge: attribute('string', { unique: 'UNIQUE_VALIDATED' }) };

  it('let no two users have the same value, case aside, in any user type', async () => {
    const org = await openOrg();
    await define(org, badge);
    const type = (await org.call('POST', '/api/v1/meta/types/user', { name: 'temp', displayName: 'Temp' }))
      .body;
    const { body: first } = await create(org, 'ida', { badge: 'A7' });
    expect((await create(org, 'uwe', { badge: 'a7' })).body.errorCauses).toEqual([
      { errorSummary: 'badge: An object with this field already exists in the current organization' },
    ]);
    await define(org, badge, `/api/v1/meta/schemas/user/osc${type.id.slice(3)}`);
    const other = await org.call('POST', '/api/v1/users', {
      ...person('uwe', { badge: 'A7' }),
      type: { id: type.id },
    });
    expect(other.status).toBe(400);
    await org.call('POST', `/api/v1/users/${first.id}`, { profile: { badge: 'B8' } });
    expect((await create(org, 'uwe', { badge: 'A7' })).status).toBe(200);
  });

  it('free their values when the user is deleted', async () => {
    const org = await openOrg();
    await define(org, badge);
    const { body } = await create(org, 'ida', { badge: 'A7' });
    for (let times = 0; times < 2; times++) await org.call('DELETE', `/api/v1/users/${body.id}`);
    expect((await create(org, 'uwe', { badge: 'A7' })).status).toBe(200);
  });

  it('cannot become so while two share a value', async () => {
    const org = await openOrg();
    await define(org, { badge: attribute('string') });
    await create(org, 'ida', { badge: 'A7' });
    const { body } = await create(org, 'uwe', { badge: 'A7' });
    expect((await define(org, badge)).status).toBe(400);
    await org.call('POST', `/api/v1/users/${body.id}`, { profile: { badge: 'B8' } });
    expect((await define(org, badge)).body.definitions.custom.properties.badge.unique).toBe(
      'UNIQUE_VALIDATED',
    );
    expect((await create(org, 'eva', { badge: 'b8' })).status).toBe(400);
  });

  it('are five at most', async () => {
    const six = Object.fromEntries([...'abcdef'].map((name) => [`${name}Mark`, badge.badge]));
    expect((await define(await openOrg(), six)).status).toBe(400);
  });

  it('are there for groups too', async () => {
    const org = await openOrg();
    await define(org, badge, GROUPS);
    const group = (name: string) => org.call('POST', '/api/v1/groups', { profile: { name, badge: 'A7' } });
    const { body } = await group('one');
    expect((await group('two')).status).toBe(400);
    await org.call('DELETE', `/api/v1/groups/${body.id}`);
    expect((await group('two')).status).toBe(200);
  });
});

describe('base attributes', () => {
  const change = (org: TestOrg, properties: object) =>
    org.call('POST', USERS, { definitions: { base: { id: '#base', type: 'object', properties } } });

  it('may be left out once they are not required', async () => {
    const org = await openOrg();
    const { profile } = person('ida');
    const nameless = { ...profile, lastName: undefined };
    expect((await org.call('POST', '/api/v1/users', { profile: nameless })).status).toBe(400);
    await change(org, { lastName: { required: false } });
    expect((await org.call('POST', '/api/v1/users', { profile: nameless })).status).toBe(200);
    expect((await change(org, { login: { required: false } })).status).toBe(400);
  });

  it('let usernames be what the pattern says', async () => {
    const org = await openOrg();
    const named = (login: string) => create(org, 'ida', { login });
    expect((await named('ida-ida')).body.errorCauses[0].errorSummary).toBe(
      'login: Username must be in the form of an email address',
    );
    expect((await change(org, { login: { pattern: '(a|b)*' } })).status).toBe(400);
    await change(org, { login: { pattern: '[a-z]+' } });
    expect((await named('IDA-1')).status).toBe(400);
    expect((await named('ida-1')).status).toBe(400);
    await change(org, { login: { pattern: '.+' } });
    expect((await named('i')).status).toBe(200);
  });
});

import { describe, expect, it } from 'vitest';
import { openOrg } from './org.ts';

const profile = {
  firstName: 'Isaac',
  lastName: 'Brock',
  email: 'isaac@acme.example',
  login: 'isaac@acme.example',
};

describe('creating a user', () => {
  it('with a password makes it ACTIVE, answers 200 and never shows the password', async () => {
    const { call } = await openOrg();
    const made = await call('POST', '/api/v1/users', {
      profile,
      credentials: { password: { value: 'Tr0ub4dor-x' } },
    });
    expect(made.status).toBe(200);
    expect(made.body).toMatchObject({
      status: 'ACTIVE',
      profile: { ...profile, mobilePhone: null, secondEmail: null },
      credentials: { password: {}, provider: { type: 'OKTA', name: 'OKTA' } },
    });
    expect(made.body.created).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/);
    expect(Object.keys(made.body).slice(0, 8)).toEqual([
      'id',
      'status',
      'created',
      'activated',
      'statusChanged',
      'lastLogin',
      'lastUpdated',
      'passwordChanged',
    ]);
    expect(JSON.stringify(made.body)).not.toContain('Tr0ub4dor');
  });

  it('takes every form of credentials, with the status that follows from it', async () => {
    const { call } = await openOrg();
    const statusOf = async (name: string, credentials: object | undefined, query = '') => {
      const email = `${name}@acme.example`;
      const made = await call('POST', `/api/v1/users${query}`, {
        profile: { ...profile, email, login: email },
        credentials,
      });
      return made.body.status ?? made.body.errorCode;
    };
    const hash = {
      algorithm: 'BCRYPT',
      workFactor: 10,
      salt: 'rwh3vH166HCH/NT9XV5FYu',
      value: 'qaMqvAPULkbiQzkTCWo5XDcvzpk8Tna',
    };
    expect(await statusOf('none', undefined)).toBe('PROVISIONED');
    expect(await statusOf('empty', { password: {} })).toBe('PROVISIONED');
    expect(await statusOf('staged', { password: { value: 'Tr0ub4dor-x' } }, '?activate=false')).toBe(
      'STAGED',
    );
    expect(await statusOf('hash', { password: { hash } })).toBe('ACTIVE');
    expect(await statusOf('hook', { password: { hook: { type: 'default' } } })).toBe('ACTIVE');
    const question = { question: 'Who?', answer: 'me myself' };
    expect(await statusOf('question', { recovery_question: question })).toBe('PROVISIONED');
    const federation = { provider: { type: 'FEDERATION', name: 'FEDERATION' } };
    expect(await statusOf('federated', federation, '?provider=true')).toBe('ACTIVE');
    const next = '?nextLogin=changePassword';
    expect(await statusOf('expired', { password: { value: 'Tr0ub4dor-x' } }, next)).toBe('PASSWORD_EXPIRED');
    expect(await statusOf('nothing', undefined, next)).toBe('E0000124');
    expect(await statusOf('weak', { password: { value: 'short' } })).toBe('E0000001');
    expect(await statusOf('answer', { recovery_question: { question: 'Who?', answer: 'me' } })).toBe(
      'E0000001',
    );
  });

  it('refuses unknown attributes, blank fields and a taken login in the vendor’s words', async () => {
    const { call } = await openOrg();
    const create = (changed: object) =>
      call('POST', '/api/v1/users', { profile: { ...profile, ...changed } });
    const unknown = await create({ notValid: 'x' });
    expect(unknown.status).toBe(400);
    expect(unknown.body).toMatchObject({
      errorCode: 'E0000001',
      errorSummary: 'Api validation failed: newUser',
      errorCauses: [{ errorSummary: "Property name 'notValid' is not defined in profile" }],
    });
    expect((await create({ lastName: null })).body.errorCauses).toEqual([
      { errorSummary: 'lastName: The field cannot be left blank' },
    ]);
    expect((await create({ login: 'BOB@acme.example' })).body.errorCauses).toEqual([
      { errorSummary: 'login: An object with this field already exists in the current organization' },
    ]);
    expect((await call('POST', '/api/v1/users', '{"profile":')).body.errorCode).toBe('E0000003');
  });

  it('puts it into Everyone and into the groups that are named', async () => {
    const { call } = await openOrg();
    const [group] = (await call('GET', '/api/v1/groups?q=Engineering')).body;
    const { body } = await call('POST', '/api/v1/users', { profile, groupIds: [group.id] });
    const names = (await call('GET', `/api/v1/users/${body.id}/groups`)).body.map(
      (one: { profile: { name: string } }) => one.profile.name,
    );
    expect(names.sort()).toEqual(['Engineering', 'Everyone']);
  });
});

describe('reading a user', () => {
  it('works by id, login, short name and `me`, with a weak ETag', async () => {
    const { call } = await openOrg();
    const byLogin = await call('GET', '/api/v1/users/bob@acme.example');
    expect(byLogin.headers.get('etag')).toMatch(/^W\/"[0-9a-f]{64}"$/);
    expect(byLogin.headers.get('content-disposition')).toBe('inline;filename=f.txt');
    expect((await call('GET', '/api/v1/users/bob')).body.id).toBe(byLogin.body.id);
    expect((await call('GET', `/api/v1/users/${byLogin.body.id}`)).body).toEqual(byLogin.body);
    expect((await call('GET', '/api/v1/users/me')).body.profile.login).toBe('ann@acme.example');
  });

  it('shows the manager’s e-mail and login in the profile of those who have one', async () => {
    const { call } = await openOrg();
    expect((await call('GET', '/api/v1/users/bob@acme.example')).body.profile).toMatchObject({
      firstName: 'Bob',
      displayName: 'Bob Builder',
      department: 'Engineering',
      manager: 'ann@acme.example',
      managerId: 'ann@acme.example',
    });
  });

  it('answers E0000007 with the class name for one that is not there', async () => {
    const { call } = await openOrg();
    const missing = await call('GET', '/api/v1/users/nobody');
    expect(missing.status).toBe(404);
    expect(missing.body.errorSummary).toBe('Not found: Resource not found: nobody (User)');
  });
});

describe('changing a user', () => {
  it('merges a POST and replaces with a PUT', async () => {
    const { call } = await openOrg();
    const { body: bob } = await call('GET', '/api/v1/users/bob');
    const merged = await call('POST', `/api/v1/users/${bob.id}`, { profile: { title: 'Chief' } });
    expect(merged.body.profile).toMatchObject({ title: 'Chief', department: 'Engineering' });
    const { email, login, firstName, lastName } = bob.profile;
    await call('PUT', `/api/v1/users/${bob.id}`, { profile: { email, login, firstName, lastName } });
    const read = (await call('GET', `/api/v1/users/${bob.id}`)).body.profile;
    expect(read).toEqual({ firstName, lastName, mobilePhone: null, secondEmail: null, login, email });
  });

  it('changes a password only for who knows the old one', async () => {
    const { call } = await openOrg();
    const { body: user } = await call('POST', '/api/v1/users', {
      profile,
      credentials: { password: { value: 'Tr0ub4dor-x' } },
    });
    const change = (oldPassword: string) =>
      call('POST', `/api/v1/users/${user.id}/credentials/change_password`, {
        oldPassword: { value: oldPassword },
        newPassword: { value: 'C0rrect-horse' },
      });
    expect((await change('wrong')).body.errorCode).toBe('E0000014');
    expect((await change('Tr0ub4dor-x')).body).toEqual({
      password: {},
      provider: { type: 'OKTA', name: 'OKTA' },
    });
    expect((await change('Tr0ub4dor-x')).body.errorCode).toBe('E0000014');
  });
});

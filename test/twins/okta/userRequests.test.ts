import { describe, expect, it } from 'vitest';
import { openOrg } from './org.ts';

const BOB = '/api/v1/users/bob@acme.example';

describe('a change of a user that names an ETag', () => {
  it('is made while the user is what the client saw, and refused afterwards', async () => {
    const org = await openOrg();
    const seen = await org.call('GET', BOB);
    const headers = { 'if-match': seen.headers.get('etag') as string };
    const profile = { nickName: 'B' };
    expect((await org.call('POST', BOB, { profile }, headers)).status).toBe(200);
    const late = await org.call('POST', BOB, { profile: { nickName: 'C' } }, headers);
    expect([late.status, late.body.errorCode]).toEqual([412, 'E0000231']);
    expect((await org.call('GET', BOB)).body.profile.nickName).toBe('B');
    const fresh = (await org.call('GET', BOB)).headers.get('etag') as string;
    expect((await org.call('PUT', BOB, { profile: seen.body.profile }, { 'if-match': fresh })).status).toBe(
      200,
    );
  });

  it('is refused where the tag is none', async () => {
    const org = await openOrg();
    const { status, body } = await org.call('POST', BOB, { profile: {} }, { 'if-match': 'yesterday' });
    expect([status, body.errorCode]).toEqual([400, 'E0000242']);
  });
});

describe('a user', () => {
  it('keeps their type in a partial update, and changes it in a replacement', async () => {
    const org = await openOrg();
    const type = (await org.call('POST', '/api/v1/meta/types/user', { name: 'temp', displayName: 'Temp' }))
      .body;
    const { profile } = (await org.call('GET', BOB)).body;
    expect((await org.call('POST', BOB, { type: { id: type.id } })).body.errorCode).toBe('E0000001');
    const changed = await org.call('PUT', BOB, { profile, type: { id: type.id } });
    expect(changed.body.type.id).toBe(type.id);
    expect((await org.call('POST', BOB, { type: { id: type.id }, profile: { title: 'T' } })).status).toBe(
      200,
    );
    const log = (await org.call('GET', '/api/v1/logs')).body.map(
      (one: { eventType: string }) => one.eventType,
    );
    expect(log).toContain('user.account.update_user_type');
  });

  it('keeps their profile where a replacement is about the credentials alone', async () => {
    const org = await openOrg();
    const credentials = { password: { value: 'Tr0ub4dor-x' } };
    const { body } = await org.call('PUT', BOB, { credentials });
    expect(body.profile.department).toBe('Engineering');
    expect((await org.call('PUT', BOB, {})).status).toBe(400);
  });

  it('is shown with what is asked for besides, and without what is not', async () => {
    const org = await openOrg();
    const more = (await org.call('GET', `${BOB}?expand=blocks,classification`)).body;
    expect(more._embedded).toMatchObject({ blocks: [], classification: { type: 'STANDARD' } });
    const type = 'application/json; okta-response="omitCredentials,omitCredentialsLinks"';
    const less = (await org.call('GET', BOB, undefined, { 'content-type': type })).body;
    expect(less.credentials).toBeUndefined();
    expect(Object.keys(less._links)).toEqual([
      ...['suspend', 'expirePassword', 'deactivate', 'schema', 'self', 'type'],
    ]);
    const fields = encodeURIComponent('status,profile:(firstName, department)');
    const [ann] = (await org.call('GET', `/api/v1/users?fields=${fields}`)).body;
    expect(ann).toEqual({ id: ann.id, status: 'ACTIVE', profile: { firstName: 'Ann', department: 'IT' } });
    expect((await org.call('GET', '/api/v1/users?fields=profile:(')).status).toBe(400);
  });
});

describe('a group rule', () => {
  it('tells the names of its groups when asked to', async () => {
    const org = await openOrg();
    const [rule] = (await org.call('GET', '/api/v1/groups/rules?expand=groupIdToGroupNameMap')).body;
    expect(Object.values(rule._embedded.groupIdToGroupNameMap)).toEqual(['Builders']);
    const plain = await org.call('GET', `/api/v1/groups/rules/${rule.id}`);
    expect(plain.body._embedded).toBeUndefined();
  });
});

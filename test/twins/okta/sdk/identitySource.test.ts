import { describe, expect, it } from 'vitest';
import { all, GONE, openSdk, type Sdk } from './client.ts';

const person = (name: string) => ({
  externalId: `hr-${name}`,
  profile: {
    userName: `${name}@acme.example`,
    email: `${name}@acme.example`,
    firstName: name,
    lastName: 'Hired',
  },
});
const source = async (sdk: Sdk): Promise<string> => {
  const application = { name: 'custom_identity_source', label: 'HR', signOnMode: 'BOOKMARK' };
  return (await sdk.applicationApi.createApplication({ application })).id;
};

describe('the IdentitySource API of the SDK', () => {
  it('imports what it uploaded in a session', async () => {
    const { sdk, org } = await openSdk();
    const identitySourceId = await source(sdk);
    const { id: sessionId } = await sdk.identitySourceApi.createIdentitySourceSession({ identitySourceId });
    const at = { identitySourceId, sessionId };
    await sdk.identitySourceApi.uploadIdentitySourceDataForUpsert({
      ...at,
      BulkUpsertRequestBody: { entityType: 'USERS', profiles: [person('ida'), person('uwe')] },
    });
    await sdk.identitySourceApi.uploadIdentitySourceGroupsForUpsert({
      ...at,
      bulkGroupUpsertRequestBody: { profiles: [{ externalId: 'west', profile: { displayName: 'West' } }] },
    });
    const memberships = [{ groupExternalId: 'west', memberExternalIds: ['hr-ida'] }];
    await sdk.identitySourceApi.uploadIdentitySourceGroupMembershipsForUpsert({
      ...at,
      bulkGroupMembershipsUpsertRequestBody: { memberships },
    });
    const started = await sdk.identitySourceApi.startImportFromIdentitySource(at);
    expect((Array.isArray(started) ? started[0] : started).status).toBe('TRIGGERED');
    await org.universe.advance(org.universe.now() + 60_000);
    expect((await sdk.identitySourceApi.getIdentitySourceSession(at)).status).toBe('COMPLETED');
    expect((await sdk.userApi.getUser({ userId: 'ida@acme.example' })).profile.lastName).toBe('Hired');
    const members = await sdk.identitySourceApi.getIdentitySourceGroupMemberships({
      identitySourceId,
      groupOrExternalId: 'west',
    });
    expect(members.memberExternalIds).toEqual(['hr-ida']);
    await org.universe.advance(org.universe.now() + 600_000);
    const next = await sdk.identitySourceApi.createIdentitySourceSession({ identitySourceId });
    const later = { identitySourceId, sessionId: next.id };
    await sdk.identitySourceApi.uploadIdentitySourceDataForDelete({
      ...later,
      BulkDeleteRequestBody: { entityType: 'USERS', profiles: [{ externalId: 'hr-uwe' }] },
    });
    await sdk.identitySourceApi.uploadIdentitySourceGroupMembershipsForDelete({
      ...later,
      bulkGroupMembershipsDeleteRequestBody: { memberships },
    });
    await sdk.identitySourceApi.uploadIdentitySourceGroupsDataForDelete({
      ...later,
      bulkGroupDeleteRequestBody: { externalIds: ['west'] },
    });
    await sdk.identitySourceApi.deleteIdentitySourceSession(later);
    const statuses = (await all(sdk.identitySourceApi.listIdentitySourceSessions({ identitySourceId }))).map(
      (one) => one.status,
    );
    expect(statuses).toEqual(['COMPLETED', 'CLOSED']);
  });

  it('takes people and groups one by one', async () => {
    const { sdk } = await openSdk();
    const identitySourceId = await source(sdk);
    const api = sdk.identitySourceApi;
    await api.createIdentitySourceUser({ identitySourceId, userRequestSchema: person('ida') });
    const ida = { identitySourceId, externalId: 'hr-ida' };
    await api.updateIdentitySourceUsers({
      ...ida,
      usersUpdateRequestSchema: { profile: { lastName: 'New' } },
    });
    expect((await api.getIdentitySourceUser(ida)).profile.lastName).toBe('New');
    await api.replaceExistingIdentitySourceUser({ ...ida, userRequestSchema: person('ida') });
    const groupsRequestSchema = { externalId: 'west', profile: { displayName: 'West' } };
    await api.createIdentitySourceGroups({ identitySourceId, groupsRequestSchema });
    const west = { identitySourceId, groupOrExternalId: 'west' };
    const renamed = { externalId: 'west', profile: { displayName: 'Far West' } };
    await api.updateIdentitySourceGroups({ ...west, groupsRequestSchema: renamed });
    expect((await api.getIdentitySourceGroup(west)).id).toMatch(/^00g/);
    const membershipRequestSchema = { memberExternalId: 'hr-ida' };
    await api.createIdentitySourceGroupsMemberships({ ...west, membershipRequestSchema });
    await api.deleteIdentitySourceGroupMemberships({ ...west, memberExternalId: 'hr-ida' });
    await api.deleteIdentitySourceGroup(west);
    await api.deleteIdentitySourceUser(ida);
    await expect(api.getIdentitySourceUser(ida)).rejects.toMatchObject(GONE);
    expect((await sdk.userApi.getUser({ userId: 'ida@acme.example' })).status).toBe('DEPROVISIONED');
  });
});

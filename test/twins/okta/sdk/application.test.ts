import { describe, expect, it } from 'vitest';
import { all, GONE, openSdk, type Sdk } from './client.ts';
import { lives } from './life.ts';

const bookmark = (label: string) => ({
  name: 'bookmark',
  label,
  signOnMode: 'BOOKMARK',
  settings: { app: { requestIntegration: false, url: 'https://news.example' } },
});
const client = (label: string) => ({
  name: 'oidc_client',
  label,
  signOnMode: 'OPENID_CONNECT',
  credentials: { oauthClient: { token_endpoint_auth_method: 'client_secret_post', autoKeyRotation: true } },
  settings: {
    oauthClient: {
      application_type: 'web',
      redirect_uris: ['https://app.example/back'],
      response_types: ['code'],
      grant_types: ['authorization_code', 'refresh_token'],
    },
  },
});
const make = async (sdk: Sdk, application: object): Promise<string> =>
  (await sdk.applicationApi.createApplication({ application })).id;

describe('the Application API of the SDK', () => {
  it('takes an app through its life', async () => {
    const { sdk } = await openSdk();
    const api = sdk.applicationApi;
    await lives({
      make: () => api.createApplication({ application: bookmark('News') }),
      shows: { label: 'News', name: 'bookmark', status: 'ACTIVE', signOnMode: 'BOOKMARK' },
      read: (appId) => api.getApplication({ appId }),
      list: () => all(api.listApplications({ q: 'News' })),
      change: (appId) => api.replaceApplication({ appId, application: bookmark('Old news') }),
      changed: { label: 'Old news' },
      turnOff: (appId) => api.deactivateApplication({ appId }),
      turnOn: (appId) => api.activateApplication({ appId }),
      remove: (appId) => api.deleteApplication({ appId }),
    });
  });

  it('gives apps to users and groups', async () => {
    const { sdk } = await openSdk();
    const appId = await make(sdk, bookmark('News'));
    const [ann] = await all(sdk.userApi.listUsers());
    const [group] = await all(sdk.groupApi.listGroups({ q: 'Engineering' }));
    const appUser = { id: ann.id, scope: 'USER', credentials: { userName: 'ann' } };
    await sdk.applicationApi.assignUserToApplication({ appId, appUser });
    const user = { appId, userId: ann.id };
    await sdk.applicationApi.updateApplicationUser({
      ...user,
      appUser: { credentials: { userName: 'boss' } },
    });
    expect((await sdk.applicationApi.getApplicationUser(user)).credentials.userName).toBe('boss');
    expect(await all(sdk.applicationApi.listApplicationUsers({ appId }))).toHaveLength(1);
    const assigned = { appId, groupId: group.id };
    await sdk.applicationApi.assignGroupToApplication({
      ...assigned,
      applicationGroupAssignment: { priority: 0 },
    });
    expect((await sdk.applicationApi.getApplicationGroupAssignment(assigned)).id).toBe(group.id);
    expect(await all(sdk.applicationApi.listApplicationGroupAssignments({ appId }))).toHaveLength(1);
    expect(await all(sdk.applicationApi.listApplicationUsers({ appId }))).toHaveLength(2);
    await sdk.applicationApi.unassignApplicationFromGroup(assigned);
    await sdk.applicationApi.unassignUserFromApplication(user);
    await expect(sdk.applicationApi.getApplicationUser(user)).rejects.toMatchObject(GONE);
  });

  it('has keys, scopes, tokens, claims, features and policies of its own', async () => {
    const { sdk } = await openSdk();
    const api = sdk.applicationApi;
    const appId = await make(sdk, client('Web'));
    const other = await make(sdk, client('Other'));
    const key = await api.generateApplicationKey({ appId, validityYears: 2 });
    expect((await api.getApplicationKey({ appId, keyId: key.kid })).kid).toBe(key.kid);
    await api.cloneApplicationKey({ appId, keyId: key.kid, targetAid: other });
    expect((await all(api.listApplicationKeys({ appId: other }))).map((one) => one.kid)).toContain(key.kid);
    const issuer = (await sdk.orgSettingApi.getWellknownOrgMetadata())._links.organization.href;
    const oAuth2ScopeConsentGrant = { scopeId: 'okta.users.read', issuer };
    const grant = await api.grantConsentToScope({ appId, oAuth2ScopeConsentGrant });
    expect((await api.getScopeConsentGrant({ appId, grantId: grant.id })).scopeId).toBe('okta.users.read');
    expect(await all(api.listScopeConsentGrants({ appId }))).toHaveLength(1);
    await api.revokeScopeConsentGrant({ appId, grantId: grant.id });
    expect(await all(api.listOAuth2TokensForApplication({ appId }))).toEqual([]);
    await api.revokeOAuth2TokensForApplication({ appId });
    const federatedClaimRequestBody = { name: 'role', expression: 'user.profile.title' };
    const claim = await api.createFederatedClaim({ appId, federatedClaimRequestBody });
    expect((await api.getFederatedClaim({ appId, claimId: claim.id })).name).toBe('role');
    expect(await all(api.listFederatedClaims({ appId }))).toHaveLength(1);
    await api.deleteFederatedClaim({ appId, claimId: claim.id });
    const strict = { type: 'ACCESS_POLICY', name: 'Strict', status: 'ACTIVE' };
    const policy = await sdk.policyApi.createPolicy({ policy: strict });
    await api.assignApplicationPolicy({ appId, policyId: policy.id });
    const links = (await api.getApplication({ appId }))._links;
    expect(links.accessPolicy.href).toContain(policy.id);
  });
});

describe('the ApplicationSSOPublicKeys API of the SDK', () => {
  it('takes client secrets through their lives', async () => {
    const { sdk } = await openSdk();
    const api = sdk.applicationSSOPublicKeysApi;
    const appId = await make(sdk, client('Web'));
    const [first] = await all(api.listOAuth2ClientSecrets({ appId }));
    const second = await api.createOAuth2ClientSecret({ appId });
    expect(second.client_secret).toBeTruthy();
    await api.deactivateOAuth2ClientSecret({ appId, secretId: first.id });
    await api.activateOAuth2ClientSecret({ appId, secretId: first.id });
    await api.deactivateOAuth2ClientSecret({ appId, secretId: first.id });
    await api.deleteOAuth2ClientSecret({ appId, secretId: first.id });
    expect((await api.getOAuth2ClientSecret({ appId, secretId: second.id })).status).toBe('ACTIVE');
    expect(await all(api.listOAuth2ClientSecrets({ appId }))).toHaveLength(1);
  });
});

describe('the GroupPushMapping API of the SDK', () => {
  it('takes a mapping through its life', async () => {
    const { sdk } = await openSdk();
    const api = sdk.groupPushMappingApi;
    const appId = await make(sdk, bookmark('News'));
    const [group] = await all(sdk.groupApi.listGroups({ q: 'Engineering' }));
    await lives({
      make: () =>
        api.createGroupPushMapping({ appId, body: { sourceGroupId: group.id, targetGroupName: 'Readers' } }),
      shows: { sourceGroupId: group.id, status: 'ACTIVE' },
      read: (mappingId) => api.getGroupPushMapping({ appId, mappingId }),
      list: () => all(api.listGroupPushMappings({ appId })),
      change: (mappingId) => api.updateGroupPushMapping({ appId, mappingId, body: { status: 'INACTIVE' } }),
      changed: { status: 'INACTIVE' },
      remove: (mappingId) => api.deleteGroupPushMapping({ appId, mappingId, deleteTargetGroup: true }),
    });
  });
});

describe('the ProfileMapping API of the SDK', () => {
  it('changes what an app takes from a profile', async () => {
    const { sdk } = await openSdk();
    const sourceId = (await sdk.userTypeApi.getUserType({ typeId: 'default' })).id;
    const targetId = await make(sdk, client('Web'));
    const [mapping] = await all(sdk.profileMappingApi.listProfileMappings({ sourceId, targetId }));
    const properties = { nickname: { expression: 'user.firstName', pushStatus: 'PUSH' } };
    await sdk.profileMappingApi.updateProfileMapping({
      mappingId: mapping.id,
      profileMapping: { properties },
    });
    const { properties: now } = await sdk.profileMappingApi.getProfileMapping({ mappingId: mapping.id });
    expect(now.nickname).toMatchObject(properties.nickname);
  });
});

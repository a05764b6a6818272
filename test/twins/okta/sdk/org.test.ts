import { describe, expect, it } from 'vitest';
import { all, openSdk, refusal } from './client.ts';

describe('the OrgSetting API of the SDK', () => {
  it('reads and changes what the org says of itself', async () => {
    const { sdk } = await openSdk();
    const api = sdk.orgSettingApi;
    await api.updateOrgSettings({ OrgSetting: { city: 'Ulm' } });
    expect((await api.getOrgSettings()).city).toBe('Ulm');
    await api.replaceOrgSettings({ OrgSetting: { companyName: 'Acme Inc' } });
    expect((await api.getOrgSettings()).companyName).toBe('Acme Inc');
    await api.updateOrgHideOktaUIFooter();
    expect((await api.getOrgPreferences()).showEndUserFooter).toBe(false);
    await api.updateOrgShowOktaUIFooter();
    await api.optOutUsersFromOktaCommunicationEmails();
    expect((await api.getOktaCommunicationSettings()).optOutEmailUsers).toBe(true);
    await api.optInUsersToOktaCommunicationEmails();
    const ann = await sdk.userApi.getUser({ userId: 'ann@acme.example' });
    await api.replaceOrgContactUser({ contactType: 'TECHNICAL', orgContactUser: { userId: ann.id } });
    expect((await api.getOrgContactUser({ contactType: 'TECHNICAL' })).userId).toBe(ann.id);
    expect((await all(api.getOrgContactTypes())).map((one) => one.contactType)).toContain('TECHNICAL');
    await api.grantOktaSupport();
    await api.extendOktaSupport();
    expect((await api.getOrgOktaSupportSettings()).support).toBe('ENABLED');
    await api.revokeOktaSupport();
    expect((await api.getWellknownOrgMetadata()).pipeline).toBe('idx');
  });
});

describe('the rate limit APIs of the SDK', () => {
  it('set how clients and principals are limited', async () => {
    const { sdk } = await openSdk();
    const api = sdk.rateLimitSettingsApi;
    await api.replaceRateLimitSettingsAdminNotifications({
      RateLimitAdminNotifications: { notificationsEnabled: false },
    });
    expect((await api.getRateLimitSettingsAdminNotifications()).notificationsEnabled).toBe(false);
    await api.replaceRateLimitSettingsPerClient({ perClientRateLimitSettings: { defaultMode: 'PREVIEW' } });
    expect((await api.getRateLimitSettingsPerClient()).defaultMode).toBe('PREVIEW');
    await api.replaceRateLimitSettingsWarningThreshold({
      rateLimitWarningThreshold: { warningThreshold: 66 },
    });
    expect((await api.getRateLimitSettingsWarningThreshold()).warningThreshold).toBe(66);
    const [token] = await all(sdk.apiTokenApi.listApiTokens());
    const entity = {
      principalId: token.id,
      principalType: 'SSWS_TOKEN',
      defaultPercentage: 50,
      defaultConcurrencyPercentage: 75,
    };
    const made = await sdk.principalRateLimitApi.createPrincipalRateLimitEntity({ entity });
    const at = { principalRateLimitId: made.id };
    await sdk.principalRateLimitApi.replacePrincipalRateLimitEntity({
      ...at,
      entity: { ...entity, defaultPercentage: 40 },
    });
    expect((await sdk.principalRateLimitApi.getPrincipalRateLimitEntity(at)).defaultPercentage).toBe(40);
    const filter = 'principalType eq "SSWS_TOKEN"';
    expect(await all(sdk.principalRateLimitApi.listPrincipalRateLimitEntities({ filter }))).toHaveLength(1);
  });
});

describe('the ApiToken API of the SDK', () => {
  it('reads, limits and revokes the token in use', async () => {
    const { sdk } = await openSdk();
    const api = sdk.apiTokenApi;
    const [token] = await all(api.listApiTokens());
    expect((await api.getApiToken({ apiTokenId: token.id })).name).toBe(token.name);
    const apiTokenUpdate = { name: 'Renamed', network: { connection: 'ANYWHERE' } };
    await api.upsertApiToken({ apiTokenId: token.id, apiTokenUpdate });
    expect((await api.getApiToken({ apiTokenId: token.id })).network.connection).toBe('ANYWHERE');
    await api.revokeCurrentApiToken();
    await expect(sdk.orgSettingApi.getOrgSettings()).rejects.toMatchObject(refusal(401, 'E0000011'));
  });
});

describe('the Feature API of the SDK', () => {
  it('turns features on and off', async () => {
    const { sdk } = await openSdk();
    const api = sdk.featureApi;
    const [feature] = await all(api.listFeatures());
    const featureId = feature.id;
    await api.updateFeatureLifecycle({ featureId, lifecycle: 'ENABLE' });
    expect((await api.getFeature({ featureId })).status).toBe('ENABLED');
    await api.updateFeatureLifecycle({ featureId, lifecycle: 'DISABLE' });
    expect((await api.getFeature({ featureId })).status).toBe('DISABLED');
    expect(await all(api.listFeatureDependencies({ featureId }))).toEqual([]);
    expect(await all(api.listFeatureDependents({ featureId }))).toEqual([]);
  });
});

describe('the Subscription API of the SDK', () => {
  it('subscribes users and roles', async () => {
    const { sdk } = await openSdk();
    const api = sdk.subscriptionApi;
    const { id: userId } = await sdk.userApi.getUser({ userId: 'ann@acme.example' });
    const mine = { userId, notificationType: 'OKTA_UPDATE' };
    await api.unsubscribeUserSubscriptionByNotificationType(mine);
    expect((await api.listUserSubscriptionsByNotificationType(mine)).status).toBe('unsubscribed');
    await api.subscribeUserSubscriptionByNotificationType(mine);
    expect((await all(api.listUserSubscriptions({ userId }))).map((one) => one.notificationType)).toContain(
      'OKTA_UPDATE',
    );
    const role = { roleTypeOrRoleId: 'SUPER_ADMIN', notificationType: 'OKTA_UPDATE' };
    await api.unsubscribeRoleSubscriptionByNotificationType(role);
    expect((await api.listRoleSubscriptionsByNotificationType(role)).status).toBe('unsubscribed');
    await api.subscribeRoleSubscriptionByNotificationType(role);
    expect(
      (await all(api.listRoleSubscriptions({ roleTypeOrRoleId: 'SUPER_ADMIN' }))).length,
    ).toBeGreaterThan(1);
  });
});

describe('the AgentPools API of the SDK', () => {
  it('finds no agents', async () => {
    const { sdk } = await openSdk();
    expect(await all(sdk.agentPoolsApi.listAgentPools())).toEqual([]);
  });
});

describe('the PushProvider API of the SDK', () => {
  it('takes a provider through its life', async () => {
    const { sdk } = await openSdk();
    const api = sdk.pushProviderApi;
    const configuration = {
      keyId: 'ABC1234567',
      teamId: 'DEF1234567',
      fileName: 'key.p8',
      tokenSigningKey: 'secret',
    };
    const pushProvider = { name: 'Apple', providerType: 'APNS', configuration };
    const { id: pushProviderId } = await api.createPushProvider({ pushProvider });
    await api.replacePushProvider({ pushProviderId, pushProvider: { ...pushProvider, name: 'Pear' } });
    expect((await api.getPushProvider({ pushProviderId })).name).toBe('Pear');
    expect(await all(api.listPushProviders({ type: 'APNS' }))).toHaveLength(1);
    await api.deletePushProvider({ pushProviderId });
    await expect(api.getPushProvider({ pushProviderId })).rejects.toMatchObject({ status: 404 });
  });
});

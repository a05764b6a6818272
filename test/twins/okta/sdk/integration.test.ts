import { describe, expect, it } from 'vitest';
import { all, GONE, openSdk, type Sdk } from './client.ts';
import { lives } from './life.ts';

const client = async (sdk: Sdk, label: string): Promise<string> => {
  const oauthClient = { redirect_uris: ['https://a.example/cb'], grant_types: ['authorization_code'] };
  const application = {
    name: 'oidc_client',
    label,
    signOnMode: 'OPENID_CONNECT',
    credentials: { oauthClient: { token_endpoint_auth_method: 'client_secret_basic' } },
    settings: { oauthClient: { ...oauthClient, response_types: ['code'], application_type: 'web' } },
  };
  return (await sdk.applicationApi.createApplication({ application })).id;
};

describe('the device APIs of the SDK', () => {
  it('take a posture check through its life', async () => {
    const { sdk } = await openSdk();
    const api = sdk.devicePostureCheckApi;
    const check = (description: string) => ({
      name: 'Antivirus',
      description,
      platform: 'MACOS',
      type: 'CUSTOM',
      variableName: 'av',
      query: 'SELECT 1 FROM processes',
    });
    await lives({
      make: () => api.createDevicePostureCheck({ devicePostureCheck: check('one') }),
      shows: { name: 'Antivirus', platform: 'MACOS' },
      read: (postureCheckId) => api.getDevicePostureCheck({ postureCheckId }),
      list: () => all(api.listDevicePostureChecks()),
      change: (postureCheckId) =>
        api.replaceDevicePostureCheck({ postureCheckId, devicePostureCheck: check('two') }),
      changed: { description: 'two' },
      remove: (postureCheckId) => api.deleteDevicePostureCheck({ postureCheckId }),
    });
    expect((await all(api.listDefaultDevicePostureChecks())).length).toBeGreaterThan(0);
  });

  it('turn integrations on and off', async () => {
    const { sdk } = await openSdk();
    const api = sdk.deviceIntegrationsApi;
    const [{ id: deviceIntegrationId }] = await all(api.listDeviceIntegrations());
    await api.activateDeviceIntegration({ deviceIntegrationId });
    expect((await api.getDeviceIntegration({ deviceIntegrationId })).status).toBe('ACTIVE');
    await api.deactivateDeviceIntegration({ deviceIntegrationId });
    expect((await api.getDeviceIntegration({ deviceIntegrationId })).status).toBe('DEACTIVATED');
  });
});

describe('the AttackProtection API of the SDK', () => {
  it('sets what guards sign-in', async () => {
    const { sdk } = await openSdk();
    const api = sdk.attackProtectionApi;
    const lockoutSettings = { preventBruteForceLockoutFromUnknownDevices: true };
    await api.replaceUserLockoutSettings({ lockoutSettings });
    const [lockout] = [await api.getUserLockoutSettings()].flat();
    expect(lockout).toMatchObject(lockoutSettings);
    const authenticatorSettings = { verifyKnowledgeSecondWhen2faRequired: true };
    await api.replaceAuthenticatorSettings({ authenticatorSettings });
    const [settings] = [await api.getAuthenticatorSettings()].flat();
    expect(settings).toMatchObject(authenticatorSettings);
  });
});

describe('the HookKey API of the SDK', () => {
  it('takes a key through its life', async () => {
    const { sdk } = await openSdk();
    const api = sdk.hookKeyApi;
    await lives({
      make: () => api.createHookKey({ keyRequest: { name: 'Key' } }),
      shows: { name: 'Key' },
      read: (hookKeyId) => api.getHookKey({ hookKeyId }),
      list: () => all(api.listHookKeys()),
      change: async (hookKeyId) => {
        const { keyId } = await api.getHookKey({ hookKeyId });
        expect(await api.getPublicKey({ keyId })).toBeTruthy();
        return api.replaceHookKey({ hookKeyId, keyRequest: { name: 'Other' } });
      },
      changed: { name: 'Other' },
      remove: (hookKeyId) => api.deleteHookKey({ hookKeyId }),
    });
  });
});

describe('the CustomTelephonyProvider API of the SDK', () => {
  it('takes a provider through its life', async () => {
    const { sdk } = await openSdk();
    const api = sdk.customTelephonyProviderApi;
    const customTelephonyProviderCredentialCreateRequest = {
      providerName: 'TELESIGN',
      providerSid: 'AC1',
      providerAuthToken: 'hush',
      providerSettings: { sms: { telesignService: 'telesignMessagingService' } },
    };
    const { id } = await api.createCustomTelephonyProviderCredentials({
      customTelephonyProviderCredentialCreateRequest,
    });
    const at = { customTelephonyProviderId: id };
    expect((await api.getCustomTelephonyProviderCredential(at)).providerSid).toBe('AC1');
    expect(await all(api.listAllCustomTelephonyProviderCredentials())).toHaveLength(1);
    await api.updateCustomTelephonyProviderCredential({
      ...at,
      customTelephonyProviderCredentialUpdateRequest: { id, providerSid: 'AC2' },
    });
    expect((await api.getCustomTelephonyProviderCredential(at)).providerSid).toBe('AC2');
    await api.deactivateCustomTelephonyCredential(at);
    await api.deleteCustomTelephonyProviderCredential(at);
    await expect(api.getCustomTelephonyProviderCredential(at)).rejects.toMatchObject(GONE);
  });
});

describe('the APIs of the SDK for trust between apps', () => {
  it('let one app in at another', async () => {
    const { sdk } = await openSdk();
    const [appId, other] = [await client(sdk, 'One'), await client(sdk, 'Two')];
    const trust = sdk.applicationInterclientTrustMappingsApi;
    await trust.createInterclientTrustMapping({ appId, interclientTrustMappingRequestBody: { id: other } });
    expect(await all(trust.listInterclientAllowedApplications({ appId }))).toHaveLength(1);
    expect(await all(trust.listInterclientTargetApplications({ appId: other }))).toHaveLength(1);
    await trust.deleteInterclientTrustMapping({ appId, allowedAppId: other });
    const api = sdk.applicationCrossAppAccessConnectionsApi;
    const orgCrossAppAccessConnection = { requestingAppInstanceId: appId, resourceAppInstanceId: other };
    const { id: connectionId } = await api.createCrossAppAccessConnection({
      appId,
      orgCrossAppAccessConnection,
    });
    const at = { appId, connectionId };
    await api.updateCrossAppAccessConnection({
      ...at,
      orgCrossAppAccessConnectionPatchRequest: { status: 'INACTIVE' },
    });
    expect((await api.getCrossAppAccessConnection(at)).status).toBe('INACTIVE');
    expect(await all(api.getAllCrossAppAccessConnections({ appId }))).toHaveLength(1);
    await api.deleteCrossAppAccessConnection(at);
    await expect(api.getCrossAppAccessConnection(at)).rejects.toMatchObject({ status: 404 });
  });
});

describe('the ServiceAccount and OktaManagedUserAccount APIs of the SDK', () => {
  it('take accounts through their lives', async () => {
    const { sdk } = await openSdk();
    const [app] = await all(sdk.applicationApi.listApplications({ q: 'Wiki' }));
    const [group] = await all(sdk.groupApi.listGroups({ q: 'Engineering' }));
    const accounts = sdk.serviceAccountApi;
    await lives({
      make: () =>
        accounts.createAppServiceAccount({
          body: {
            name: 'Robot',
            containerOrn: app.orn,
            username: 'robot@a.example',
            ownerGroupIds: [group.id],
          },
        }),
      shows: { name: 'Robot', username: 'robot@a.example' },
      read: (id) => accounts.getAppServiceAccount({ id }),
      list: () => all(accounts.listAppServiceAccounts()),
      change: (id) => accounts.updateAppServiceAccount({ id, body: { description: 'Reads' } }),
      changed: { description: 'Reads' },
      remove: (id) => accounts.deleteAppServiceAccount({ id }),
    });
    const users = sdk.oktaManagedUserAccountApi;
    const { id: oktaUserId } = await sdk.userApi.getUser({ userId: 'eve@acme.example' });
    await lives({
      make: () => users.createOktaManagedUserAccount({ body: { name: 'Eve robot', oktaUserId } }),
      shows: { name: 'Eve robot' },
      read: (id) => users.getOktaManagedUserAccount({ id }),
      list: () => all(users.listOktaManagedUserAccounts()),
      change: (id) => users.updateOktaManagedUserAccount({ id, body: { name: 'Eve the robot' } }),
      changed: { name: 'Eve the robot' },
      remove: (id) => users.deleteOktaManagedUserAccount({ id }),
    });
  });
});

describe('the ApiServiceIntegrations API of the SDK', () => {
  it('takes a service and its secrets through their lives', async () => {
    const { sdk } = await openSdk();
    const api = sdk.apiServiceIntegrationsApi;
    const postAPIServiceIntegrationInstanceRequest = { type: 'my_logs', grantedScopes: ['okta.users.read'] };
    const made = await api.createApiServiceIntegrationInstance({ postAPIServiceIntegrationInstanceRequest });
    const at = { apiServiceId: made.id };
    expect((await api.getApiServiceIntegrationInstance(at)).grantedScopes).toEqual(['okta.users.read']);
    expect(await all(api.listApiServiceIntegrationInstances())).toHaveLength(1);
    const secret = await api.createApiServiceIntegrationInstanceSecret(at);
    const one = { ...at, secretId: secret.id };
    expect(await all(api.listApiServiceIntegrationInstanceSecrets(at))).toHaveLength(2);
    await api.deactivateApiServiceIntegrationInstanceSecret(one);
    await api.activateApiServiceIntegrationInstanceSecret(one);
    await api.deactivateApiServiceIntegrationInstanceSecret(one);
    await api.deleteApiServiceIntegrationInstanceSecret(one);
    await api.deleteApiServiceIntegrationInstance(at);
    await expect(api.getApiServiceIntegrationInstance(at)).rejects.toMatchObject(GONE);
  });
});

describe('the APIs of the SDK for the vendor’s own apps', () => {
  it('say how long the admin console lasts, and who may use Okta Personal', async () => {
    const { sdk } = await openSdk();
    const settings = sdk.oktaApplicationSettingsApi;
    const adminConsoleSettings = { sessionIdleTimeoutMinutes: 30, sessionMaxLifetimeMinutes: 60 };
    const appName = 'admin-console';
    await settings.replaceFirstPartyAppSettings({ appName, adminConsoleSettings });
    expect(await settings.getFirstPartyAppSettings({ appName })).toMatchObject(adminConsoleSettings);
    const personal = sdk.oktaPersonalSettingsApi;
    await personal.replaceBlockedEmailDomains({ personalAppsBlockList: { domains: ['yahoo.com'] } });
    expect((await personal.listPersonalAppsExportBlockList()).domains).toEqual(['yahoo.com']);
    const oktaPersonalAdminFeatureSettings = { enableExportApps: true, enableEnduserEntryPoints: false };
    await personal.replaceOktaPersonalAdminSettings({ oktaPersonalAdminFeatureSettings });
  });

  it('make a child org', async () => {
    const { sdk } = await openSdk();
    const profile = { firstName: 'A', lastName: 'B', email: 'a@b.example', login: 'a@b.example' };
    const childOrg = {
      subdomain: 'child-1',
      name: 'Child',
      website: 'https://c.example',
      edition: 'SKU',
      admin: { profile },
    };
    expect((await sdk.orgCreatorApi.createChildOrg({ childOrg })).subdomain).toBe('child-1');
  });
});

describe('the UserAuthenticatorEnrollments API of the SDK', () => {
  it('sets up a phone for somebody', async () => {
    const { sdk } = await openSdk();
    const api = sdk.userAuthenticatorEnrollmentsApi;
    const { id: userId } = await sdk.userApi.getUser({ userId: 'eve@acme.example' });
    const phone = (await all(sdk.authenticatorApi.listAuthenticators())).find(
      (one) => one.key === 'phone_number',
    );
    await sdk.authenticatorApi.activateAuthenticator({ authenticatorId: phone.id });
    const authenticator = { authenticatorId: phone.id, profile: { phoneNumber: '+14155550123' } };
    const made = await api.createAuthenticatorEnrollment({ userId, authenticator });
    const at = { userId, enrollmentId: made.id };
    expect((await api.getAuthenticatorEnrollment(at)).key).toBe('phone_number');
    await api.deleteAuthenticatorEnrollment(at);
    await expect(api.getAuthenticatorEnrollment(at)).rejects.toMatchObject({ status: 404 });
  });
});

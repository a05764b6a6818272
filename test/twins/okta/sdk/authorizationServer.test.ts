import { describe, expect, it } from 'vitest';
import { all, openSdk, refusal } from './client.ts';
import { lives } from './life.ts';

const server = (name: string) => ({ name, description: `${name} API`, audiences: [`api://${name}`] });

describe('the AuthorizationServer API of the SDK', () => {
  it('takes a server through its life', async () => {
    const { sdk } = await openSdk();
    const api = sdk.authorizationServerApi;
    await lives({
      make: () => api.createAuthorizationServer({ authorizationServer: server('cars') }),
      shows: { ...server('cars'), status: 'ACTIVE' },
      read: (authServerId) => api.getAuthorizationServer({ authServerId }),
      list: () => all(api.listAuthorizationServers({ q: 'cars' })),
      change: (authServerId) =>
        api.replaceAuthorizationServer({ authServerId, authorizationServer: server('vans') }),
      changed: server('vans'),
      turnOff: (authServerId) => api.deactivateAuthorizationServer({ authServerId }),
      turnOn: (authServerId) => api.activateAuthorizationServer({ authServerId }),
      remove: (authServerId) => api.deleteAuthorizationServer({ authServerId }),
    });
  });

  it('has scopes and claims', async () => {
    const { sdk } = await openSdk();
    const api = sdk.authorizationServerApi;
    const authServerId = 'default';
    await lives({
      make: () =>
        api.createOAuth2Scope({ authServerId, oAuth2Scope: { name: 'cars:drive', consent: 'REQUIRED' } }),
      shows: { name: 'cars:drive', consent: 'REQUIRED' },
      read: (scopeId) => api.getOAuth2Scope({ authServerId, scopeId }),
      list: () => all(api.listOAuth2Scopes({ authServerId })),
      change: (scopeId) =>
        api.replaceOAuth2Scope({ authServerId, scopeId, oAuth2Scope: { name: 'cars:park' } }),
      changed: { name: 'cars:park' },
      remove: (scopeId) => api.deleteOAuth2Scope({ authServerId, scopeId }),
    });
    const oAuth2Claim = {
      name: 'team',
      claimType: 'RESOURCE',
      valueType: 'EXPRESSION',
      value: 'user.department',
    };
    await lives({
      make: () => api.createOAuth2Claim({ authServerId, oAuth2Claim }),
      shows: oAuth2Claim,
      read: (claimId) => api.getOAuth2Claim({ authServerId, claimId }),
      list: () => all(api.listOAuth2Claims({ authServerId })),
      change: (claimId) =>
        api.replaceOAuth2Claim({
          authServerId,
          claimId,
          oAuth2Claim: { ...oAuth2Claim, value: 'user.title' },
        }),
      changed: { value: 'user.title' },
      remove: (claimId) => api.deleteOAuth2Claim({ authServerId, claimId }),
    });
  });

  it('has access policies and their rules', async () => {
    const { sdk } = await openSdk();
    const api = sdk.authorizationServerApi;
    const { id: authServerId } = await api.createAuthorizationServer({ authorizationServer: server('cars') });
    const policy = (name: string) => ({
      type: 'OAUTH_AUTHORIZATION_POLICY',
      status: 'ACTIVE',
      name,
      description: name,
      priority: 1,
      conditions: { clients: { include: ['ALL_CLIENTS'] } },
    });
    const policyRule = (name: string) => ({
      type: 'RESOURCE_ACCESS',
      name,
      priority: 1,
      conditions: {
        people: { groups: { include: ['EVERYONE'] } },
        grantTypes: { include: ['client_credentials'] },
        scopes: { include: ['*'] },
      },
      actions: { token: { accessTokenLifetimeMinutes: 30 } },
    });
    const kept = await api.createAuthorizationServerPolicy({ authServerId, policy: policy('kept') });
    const at = { authServerId, policyId: kept.id };
    await lives({
      make: () => api.createAuthorizationServerPolicyRule({ ...at, policyRule: policyRule('one') }),
      shows: { name: 'one', actions: { token: { accessTokenLifetimeMinutes: 30 } } },
      read: (ruleId) => api.getAuthorizationServerPolicyRule({ ...at, ruleId }),
      list: () => all(api.listAuthorizationServerPolicyRules(at)),
      change: (ruleId) =>
        api.replaceAuthorizationServerPolicyRule({ ...at, ruleId, policyRule: policyRule('two') }),
      changed: { name: 'two' },
      turnOff: (ruleId) => api.deactivateAuthorizationServerPolicyRule({ ...at, ruleId }),
      turnOn: (ruleId) => api.activateAuthorizationServerPolicyRule({ ...at, ruleId }),
      remove: (ruleId) => api.deleteAuthorizationServerPolicyRule({ ...at, ruleId }),
    });
    await lives({
      make: () => api.createAuthorizationServerPolicy({ authServerId, policy: policy('mine') }),
      shows: { name: 'mine' },
      read: (policyId) => api.getAuthorizationServerPolicy({ authServerId, policyId }),
      list: () => all(api.listAuthorizationServerPolicies({ authServerId })),
      change: (policyId) =>
        api.replaceAuthorizationServerPolicy({ authServerId, policyId, policy: policy('ours') }),
      changed: { name: 'ours' },
      turnOff: (policyId) => api.deactivateAuthorizationServerPolicy({ authServerId, policyId }),
      turnOn: (policyId) => api.activateAuthorizationServerPolicy({ authServerId, policyId }),
      remove: (policyId) => api.deleteAuthorizationServerPolicy({ authServerId, policyId }),
    });
  });

  it('rotates keys, trusts other servers, and knows its clients', async () => {
    const { sdk } = await openSdk();
    const api = sdk.authorizationServerApi;
    const { id: authServerId } = await api.createAuthorizationServer({ authorizationServer: server('cars') });
    const keys = async () => all(api.listAuthorizationServerKeys({ authServerId }));
    const [before] = await keys();
    await all(api.rotateAuthorizationServerKeys({ authServerId, use: { use: 'sig' } }));
    const [after] = await keys();
    expect(after.kid).not.toBe(before.kid);
    expect((await api.getAuthorizationServerKey({ authServerId, keyId: after.kid })).kid).toBe(after.kid);
    const { id: trusted } = await api.createAuthorizationServer({ authorizationServer: server('vans') });
    await all(
      api.createAssociatedServers({ authServerId, associatedServerMediated: { trusted: [trusted] } }),
    );
    const servers = async () => all(api.listAssociatedServersByTrustedType({ authServerId, trusted: true }));
    expect((await servers()).map((one) => one.id)).toEqual([trusted]);
    await api.deleteAssociatedServer({ authServerId, associatedServerId: trusted });
    expect(await servers()).toEqual([]);
    expect(await all(api.listOAuth2ClientsForAuthorizationServer({ authServerId }))).toEqual([]);
    await expect(api.deleteAuthorizationServer({ authServerId: 'default' })).rejects.toMatchObject(
      refusal(400, 'E0000001'),
    );
  });
});

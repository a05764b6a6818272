import { describe, expect, it } from 'vitest';
import { all, openSdk } from './client.ts';
import { lives } from './life.ts';

describe('the Policy API of the SDK', () => {
  it.each([
    ['OKTA_SIGN_ON', 'SIGN_ON', { signon: { access: 'ALLOW', requireFactor: false } }],
    ['PASSWORD', 'PASSWORD', { passwordChange: { access: 'ALLOW' } }],
    ['ACCESS_POLICY', 'ACCESS_POLICY', { appSignOn: { access: 'ALLOW' } }],
  ])('takes a policy of type %s and its rules through their lives', async (type, ruleType, actions) => {
    const { sdk } = await openSdk();
    const api = sdk.policyApi;
    const policy = (name: string) => ({ type, name, description: name, status: 'ACTIVE' });
    const policyRule = (name: string) => ({ type: ruleType, name, actions });
    const { id: policyId } = await api.createPolicy({ policy: policy('Kept') });
    await lives({
      make: () => api.createPolicyRule({ policyId, policyRule: policyRule('one') }),
      shows: { name: 'one', status: 'ACTIVE' },
      read: (ruleId) => api.getPolicyRule({ policyId, ruleId }),
      list: () => all(api.listPolicyRules({ policyId })),
      change: (ruleId) => api.replacePolicyRule({ policyId, ruleId, policyRule: policyRule('two') }),
      changed: { name: 'two' },
      turnOff: (ruleId) => api.deactivatePolicyRule({ policyId, ruleId }),
      turnOn: (ruleId) => api.activatePolicyRule({ policyId, ruleId }),
      remove: (ruleId) => api.deletePolicyRule({ policyId, ruleId }),
    });
    await lives({
      make: () => api.createPolicy({ policy: policy('Mine') }),
      shows: { name: 'Mine', type },
      read: (id) => api.getPolicy({ policyId: id }),
      list: () => all(api.listPolicies({ type })),
      change: (id) => api.replacePolicy({ policyId: id, policy: policy('Ours') }),
      changed: { name: 'Ours' },
      turnOff: (id) => api.deactivatePolicy({ policyId: id }),
      turnOn: (id) => api.activatePolicy({ policyId: id }),
      remove: (id) => api.deletePolicy({ policyId: id }),
    });
  });

  it('copies authentication policies and tells their apps', async () => {
    const { sdk } = await openSdk();
    const policy = { type: 'ACCESS_POLICY', name: 'Strict', status: 'ACTIVE' };
    const { id: policyId } = await sdk.policyApi.createPolicy({ policy });
    const copy = await sdk.policyApi.clonePolicy({ policyId });
    expect(copy.name).toContain('Strict');
    const [app] = await all(sdk.applicationApi.listApplications({ q: 'Wiki' }));
    await sdk.applicationApi.assignApplicationPolicy({ appId: app.id, policyId });
    expect((await all(sdk.policyApi.listPolicyApps({ policyId }))).map((one) => one.id)).toEqual([app.id]);
  });
});

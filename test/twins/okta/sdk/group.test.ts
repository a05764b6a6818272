import { describe, expect, it } from 'vitest';
import { all, openSdk, refusal } from './client.ts';
import { lives } from './life.ts';

describe('the Group API of the SDK', () => {
  it('takes a group through its life', async () => {
    const { sdk } = await openSdk();
    await lives({
      make: () => sdk.groupApi.createGroup({ group: { profile: { name: 'Ops', description: 'On call' } } }),
      shows: { type: 'OKTA_GROUP', profile: { name: 'Ops', description: 'On call' } },
      read: (groupId) => sdk.groupApi.getGroup({ groupId }),
      list: () => all(sdk.groupApi.listGroups({ q: 'Ops' })),
      change: (groupId) => sdk.groupApi.replaceGroup({ groupId, group: { profile: { name: 'Operations' } } }),
      changed: { profile: { name: 'Operations', description: null } },
      remove: (groupId) => sdk.groupApi.deleteGroup({ groupId }),
    });
  });

  it('fills groups by hand and by rule', async () => {
    const { sdk } = await openSdk();
    const { id: groupId } = await sdk.groupApi.createGroup({ group: { profile: { name: 'Sellers' } } });
    const [, bob, eve] = await all(sdk.userApi.listUsers());
    const members = async () =>
      (await all(sdk.groupApi.listGroupUsers({ groupId, limit: 1 }))).map((one) => one.id);
    await sdk.groupApi.assignUserToGroup({ groupId, userId: bob.id });
    const groupRule = {
      type: 'group_rule',
      name: 'Sales people',
      conditions: { expression: { value: 'user.department=="Sales"', type: 'urn:okta:expression:1.0' } },
      actions: { assignUserToGroups: { groupIds: [groupId] } },
    };
    const { id: ruleId, status } = await sdk.groupApi.createGroupRule({ groupRule });
    expect(status).toBe('INACTIVE');
    await sdk.groupApi.activateGroupRule({ ruleId });
    expect(await members()).toEqual([bob.id, eve.id]);
    await sdk.groupApi.unassignUserFromGroup({ groupId, userId: bob.id });
    await expect(
      sdk.groupApi.replaceGroupRule({ ruleId, groupRule: { ...groupRule, name: 'Others' } }),
    ).rejects.toMatchObject(refusal(400, 'E0000001'));
    await sdk.groupApi.deactivateGroupRule({ ruleId });
    await sdk.groupApi.replaceGroupRule({ ruleId, groupRule: { ...groupRule, name: 'Others' } });
    expect((await sdk.groupApi.getGroupRule({ ruleId })).name).toBe('Others');
    expect((await all(sdk.groupApi.listGroupRules({ search: 'Others' }))).map((one) => one.id)).toEqual([
      ruleId,
    ]);
    await sdk.groupApi.deleteGroupRule({ ruleId, removeUsers: true });
    expect(await members()).toEqual([]);
  });

  it('gives groups owners and tells their apps', async () => {
    const { sdk } = await openSdk();
    const [group] = await all(sdk.groupApi.listGroups({ q: 'Engineering' }));
    const [ann] = await all(sdk.userApi.listUsers());
    const groupId = group.id;
    const owner = await sdk.groupApi.assignGroupOwner({ groupId, GroupOwner: { id: ann.id, type: 'USER' } });
    expect(owner).toMatchObject({ displayName: 'Ann Admin', resolved: true, originType: 'OKTA_DIRECTORY' });
    expect(await all(sdk.groupApi.listGroupOwners({ groupId }))).toHaveLength(1);
    await sdk.groupApi.deleteGroupOwner({ groupId, ownerId: ann.id });
    expect(await all(sdk.groupApi.listGroupOwners({ groupId }))).toEqual([]);
    const apps = await all(sdk.groupApi.listAssignedApplicationsForGroup({ groupId }));
    expect(apps.map((one) => one.label)).toEqual(['Wiki']);
  });
});

import { describe, expect, it } from 'vitest';
import { all, openSdk, type Sdk } from './client.ts';
import { lives } from './life.ts';

const bobOf = async (sdk: Sdk) => (await sdk.userApi.getUser({ userId: 'bob@acme.example' })).id as string;

describe('the RoleAssignment and RoleTarget APIs of the SDK', () => {
  it('give a user and a group a role, and say for what', async () => {
    const { sdk } = await openSdk();
    const [roles, targets] = [sdk.roleAssignmentApi, sdk.roleTargetApi];
    const userId = await bobOf(sdk);
    const [group] = await all(sdk.groupApi.listGroups({ q: 'Engineering' }));
    const groupId = group.id;
    const { id: roleId } = await roles.assignRoleToUser({
      userId,
      assignRoleRequest: { type: 'USER_ADMIN' },
    });
    expect((await roles.getUserAssignedRole({ userId, roleId })).type).toBe('USER_ADMIN');
    expect((await all(roles.listAssignedRolesForUser({ userId }))).map((one) => one.type)).toEqual([
      'USER_ADMIN',
    ]);
    await targets.assignGroupTargetToUserRole({ userId, roleId, groupId });
    expect((await all(targets.listGroupTargetsForRole({ userId, roleId }))).map((one) => one.id)).toEqual([
      groupId,
    ]);
    await roles.unassignRoleFromUser({ userId, roleId });
    expect(await all(roles.listAssignedRolesForUser({ userId }))).toEqual([]);
    await roles.assignRoleToGroup({ groupId, assignRoleRequest: { type: 'APP_ADMIN' } });
    const [given] = await all(roles.listGroupAssignedRoles({ groupId }));
    const held = { groupId, roleId: given.id };
    expect((await roles.getGroupAssignedRole(held)).type).toBe('APP_ADMIN');
    await targets.assignAppTargetToAdminRoleForGroup({ ...held, appName: 'bookmark' });
    expect(
      await all(targets.listApplicationTargetsForApplicationAdministratorRoleForGroup(held)),
    ).toHaveLength(1);
    expect(await all(roles.listGroupAssignedRoles({ groupId }))).toHaveLength(1);
    await roles.unassignRoleFromGroup(held);
    expect((await roles.listUsersWithRoleAssignments()).value.length).toBeGreaterThan(0);
  });

  it('point an app administrator at apps', async () => {
    const { sdk } = await openSdk();
    const [roles, targets] = [sdk.roleAssignmentApi, sdk.roleTargetApi];
    const userId = await bobOf(sdk);
    const [app] = await all(sdk.applicationApi.listApplications({ q: 'Wiki' }));
    const { id: roleId } = await roles.assignRoleToUser({ userId, assignRoleRequest: { type: 'APP_ADMIN' } });
    const at = { userId, roleId };
    const one = { ...at, appName: app.name, applicationId: app.id };
    const pointed = () => all(targets.listApplicationTargetsForApplicationAdministratorRoleForUser(at));
    await targets.assignAppInstanceTargetToAppAdminRoleForUser(one);
    expect(await pointed()).toHaveLength(1);
    const second = await sdk.applicationApi.createApplication({
      application: {
        name: 'bookmark',
        label: 'Two',
        signOnMode: 'BOOKMARK',
        settings: { app: { url: 'https://a.example' } },
      },
    });
    await targets.assignAppInstanceTargetToAppAdminRoleForUser({ ...one, applicationId: second.id });
    await targets.unassignAppInstanceTargetFromAdminRoleForUser(one);
    expect(await pointed()).toHaveLength(1);
    await targets.assignAllAppsAsTargetToRoleForUser(at);
    expect(await pointed()).toEqual([]);
  });
});

describe('the CustomRole API of the SDK', () => {
  it('takes a role and its permissions through their lives', async () => {
    const { sdk } = await openSdk();
    const api = sdk.customRoleApi;
    const role = { label: 'Reader', description: 'Reads users', permissions: ['okta.users.read'] };
    const permission = { permissionType: 'okta.groups.read' };
    await lives({
      make: () => api.createRole({ instance: role }),
      shows: { label: 'Reader' },
      read: (roleIdOrLabel) => api.getRole({ roleIdOrLabel }),
      list: async () => (await api.listRoles()).roles,
      change: async (roleIdOrLabel) => {
        await api.replaceRole({ roleIdOrLabel, instance: { label: 'Seer', description: 'Sees' } });
        await api.createRolePermission({ roleIdOrLabel, ...permission });
        expect((await api.getRolePermission({ roleIdOrLabel, ...permission })).label).toBe(
          'okta.groups.read',
        );
        expect((await api.listRolePermissions({ roleIdOrLabel })).permissions).toHaveLength(2);
        await api.deleteRolePermission({ roleIdOrLabel, ...permission });
      },
      changed: { label: 'Seer', description: 'Sees' },
      remove: (roleIdOrLabel) => api.deleteRole({ roleIdOrLabel }),
    });
  });
});

describe('the ResourceSet API of the SDK', () => {
  it('takes a set, its resources and its bindings through their lives', async () => {
    const { sdk, org } = await openSdk();
    const api = sdk.resourceSetApi;
    const { id: roleIdOrLabel } = await sdk.customRoleApi.createRole({
      instance: { label: 'Reader', description: 'Reads users', permissions: ['okta.users.read'] },
    });
    const [groups] = await all(sdk.groupApi.listGroups({ q: 'Engineering' }));
    const base = org.base('okta');
    const resources = [`${base}/api/v1/groups/${groups.id}`];
    const member = `${base}/api/v1/users/${await bobOf(sdk)}`;
    await lives({
      make: () =>
        api.createResourceSet({ instance: { label: 'Ours', description: 'All of ours', resources } }),
      shows: { label: 'Ours' },
      read: (resourceSetId) => api.getResourceSet({ resourceSetId }),
      list: async () => (await api.listResourceSets()).resource_sets,
      change: async (resourceSetId) => {
        await api.replaceResourceSet({ resourceSetId, instance: { label: 'Yours', description: 'd' } });
        expect((await api.listResourceSetResources({ resourceSetId })).resources).toHaveLength(1);
        const at = { resourceSetId, roleIdOrLabel };
        await api.createResourceSetBinding({
          resourceSetId,
          instance: { role: roleIdOrLabel, members: [member] },
        });
        expect((await api.getBinding(at)).id).toBe(roleIdOrLabel);
        expect((await api.listBindings({ resourceSetId })).roles).toHaveLength(1);
        const { members } = await api.listMembersOfBinding(at);
        expect(members).toHaveLength(1);
        const one = { ...at, memberId: members[0].id };
        expect((await api.getMemberOfBinding(one)).id).toBe(members[0].id);
        await api.unassignMemberFromBinding(one);
        await api.addMembersToBinding({ ...at, instance: { additions: [member] } });
        await api.deleteBinding(at);
      },
      changed: { label: 'Yours' },
      remove: (resourceSetId) => api.deleteResourceSet({ resourceSetId }),
    });
  });
});

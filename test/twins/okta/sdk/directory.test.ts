import { describe, expect, it } from 'vitest';
import { all, openSdk, refusal } from './client.ts';
import { lives } from './life.ts';

const side = (name: string) => ({ name, title: name, description: `${name} link`, type: 'USER' });

describe('the UserType API of the SDK', () => {
  it('takes a user type through its life', async () => {
    const { sdk } = await openSdk();
    const named = { name: 'contractor', displayName: 'Contractor' };
    await lives({
      make: () => sdk.userTypeApi.createUserType({ userType: named }),
      shows: named,
      read: (typeId) => sdk.userTypeApi.getUserType({ typeId }),
      list: () => all(sdk.userTypeApi.listUserTypes()),
      change: async (typeId) => {
        await sdk.userTypeApi.updateUserType({ typeId, userType: { displayName: 'Temp' } });
        const userType = { ...named, description: 'On loan' };
        return sdk.userTypeApi.replaceUserType({ typeId, userType });
      },
      changed: { displayName: 'Contractor', description: 'On loan' },
      remove: (typeId) => sdk.userTypeApi.deleteUserType({ typeId }),
    });
  });
});

describe('the Schema API of the SDK', () => {
  it('gives users, groups and app users attributes, which profiles then have', async () => {
    const { sdk } = await openSdk();
    const definitions = {
      custom: {
        id: '#custom',
        type: 'object',
        properties: { badge: { title: 'Badge', type: 'string', maxLength: 4 } },
      },
    };
    const user = await sdk.schemaApi.updateUserProfile({ schemaId: 'default', userSchema: { definitions } });
    expect(user.definitions.custom.properties.badge).toMatchObject({ title: 'Badge', scope: 'NONE' });
    expect(
      (await sdk.schemaApi.getUserSchema({ schemaId: 'default' })).definitions.custom.properties,
    ).toHaveProperty('badge');
    await sdk.schemaApi.updateGroupSchema({ GroupSchema: { definitions } });
    expect((await sdk.schemaApi.getGroupSchema()).definitions.custom.properties).toHaveProperty('badge');
    const [app] = await all(sdk.applicationApi.listApplications({ q: 'Wiki' }));
    const appInstanceId = app.id;
    await sdk.schemaApi.updateApplicationUserProfile({ appInstanceId, body: { definitions } });
    expect(
      (await sdk.schemaApi.getApplicationUserSchema({ appInstanceId })).definitions.custom.properties,
    ).toHaveProperty('badge');
    const profile = { firstName: 'Ada', lastName: 'B', email: 'ada@acme.example', login: 'ada@acme.example' };
    const create = (badge: string) => sdk.userApi.createUser({ body: { profile: { ...profile, badge } } });
    await expect(create('too long')).rejects.toMatchObject(refusal(400, 'E0000001'));
    expect((await create('B7')).profile.badge).toBe('B7');
  });
});

describe('the LinkedObject API of the SDK', () => {
  it('takes a relation through its life', async () => {
    const { sdk } = await openSdk();
    const linkedObject = { primary: side('manager'), associated: side('report') };
    await lives({
      make: () => sdk.linkedObjectApi.createLinkedObjectDefinition({ linkedObject }),
      shows: linkedObject,
      key: (one) => one.primary.name,
      read: (linkedObjectName) => sdk.linkedObjectApi.getLinkedObjectDefinition({ linkedObjectName }),
      list: () => all(sdk.linkedObjectApi.listLinkedObjectDefinitions()),
      remove: (linkedObjectName) => sdk.linkedObjectApi.deleteLinkedObjectDefinition({ linkedObjectName }),
    });
  });
});

describe('the Realm APIs of the SDK', () => {
  it('take a realm through its life', async () => {
    const { sdk } = await openSdk();
    await lives({
      make: () => sdk.realmApi.createRealm({ body: { profile: { name: 'Partners', realmType: 'PARTNER' } } }),
      shows: { profile: { name: 'Partners', realmType: 'PARTNER' }, isDefault: false },
      read: (realmId) => sdk.realmApi.getRealm({ realmId }),
      list: () => all(sdk.realmApi.listRealms({ search: 'profile.name co "art"' })),
      change: (realmId) => sdk.realmApi.replaceRealm({ realmId, body: { profile: { name: 'Friends' } } }),
      changed: { profile: { name: 'Friends' } },
      remove: (realmId) => sdk.realmApi.deleteRealm({ realmId }),
    });
  });

  it('move users by rules', async () => {
    const { sdk } = await openSdk();
    const { id: realmId } = await sdk.realmApi.createRealm({ body: { profile: { name: 'Sales' } } });
    const [app] = await all(sdk.applicationApi.listApplications({ q: 'Wiki' }));
    const body = {
      name: 'Sellers',
      priority: 5,
      conditions: { profileSourceId: app.id, expression: { value: 'user.profile.department == "Sales"' } },
      actions: { assignUserToRealm: { realmId } },
    };
    await lives({
      make: () => sdk.realmAssignmentApi.createRealmAssignment({ body }),
      shows: { name: 'Sellers', status: 'INACTIVE' },
      read: (assignmentId) => sdk.realmAssignmentApi.getRealmAssignment({ assignmentId }),
      list: () => all(sdk.realmAssignmentApi.listRealmAssignments()),
      change: async (assignmentId) => {
        await sdk.realmAssignmentApi.replaceRealmAssignment({ assignmentId, body: { ...body, priority: 7 } });
        await sdk.realmAssignmentApi.executeRealmAssignment({ body: { assignmentId } });
      },
      changed: { priority: 7 },
      turnOn: (assignmentId) => sdk.realmAssignmentApi.activateRealmAssignment({ assignmentId }),
      turnOff: (assignmentId) => sdk.realmAssignmentApi.deactivateRealmAssignment({ assignmentId }),
      remove: (assignmentId) => sdk.realmAssignmentApi.deleteRealmAssignment({ assignmentId }),
    });
    expect((await sdk.userApi.getUser({ userId: 'eve@acme.example' })).realmId).toBe(realmId);
    expect(await all(sdk.realmAssignmentApi.listRealmAssignmentOperations())).toHaveLength(1);
  });
});

describe('the UISchema API of the SDK', () => {
  it('takes a form through its life', async () => {
    const { sdk } = await openSdk();
    const control = (name: string) => ({
      type: 'Control',
      scope: `#/properties/${name}`,
      label: name,
      options: { format: 'text' },
    });
    const form = (name: string) => ({
      uiSchema: { type: 'Group', label: 'Sign up', buttonLabel: 'Go', elements: [control(name)] },
    });
    await lives({
      make: () => sdk.uiSchemaApi.createUISchema({ uischemabody: form('email') }),
      shows: { uiSchema: { label: 'Sign up', buttonLabel: 'Go' } },
      read: (id) => sdk.uiSchemaApi.getUISchema({ id }),
      list: () => all(sdk.uiSchemaApi.listUISchemas()),
      change: (id) => sdk.uiSchemaApi.replaceUISchemas({ id, updateUISchemaBody: form('title') }),
      changed: { uiSchema: { elements: [{ scope: '#/properties/title' }] } },
      remove: (id) => sdk.uiSchemaApi.deleteUISchemas({ id }),
    });
  });
});

describe('the DirectoriesIntegration API of the SDK', () => {
  it('says that no agent is connected', async () => {
    const { sdk } = await openSdk();
    const { id: appInstanceId } = await sdk.applicationApi.createApplication({
      application: { name: 'active_directory', label: 'AD', signOnMode: 'BOOKMARK' },
    });
    const [group] = await all(sdk.groupApi.listGroups({ q: 'Engineering' }));
    const agentAction = {
      id: group.id,
      parameters: { action: 'ADD', attribute: 'member', values: ['cn=bob'] },
    };
    await expect(
      sdk.directoriesIntegrationApi.updateGroupMembership({ appInstanceId, agentAction }),
    ).rejects.toMatchObject({ errorCode: 'E0000241' });
  });
});

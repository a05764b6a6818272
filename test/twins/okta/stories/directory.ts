/** How users and groups stand to each other, and where they came from. */
import { expect } from 'vitest';
import { gestures } from '../../../../twins/okta/gestures.ts';
import type { Body, Story, Teller } from './teller.ts';

const side = (name: string) => ({ name, title: name, description: `${name} link`, type: 'USER' });
const DEFINITIONS = '/meta/schemas/user/linkedObjects';
const linked = async (t: Teller, user: string, name: string): Promise<string[]> =>
  (await t.get(`/users/${user}/linkedObjects/${name}`)).map((one: Body) =>
    one._links.self.href.replace(/.*\//, ''),
  );

const linkedUsers: Story = {
  says: 'users are related to one primary each, until the relation, the primary or they themselves go',
  async tell(t) {
    const [ann, bob, eve] = (await t.get('/users')).map((one: Body) => one.id);
    await t.send('POST', DEFINITIONS, { primary: side('manager'), associated: side('subordinate') });
    await t.send('PUT', `/users/${bob}/linkedObjects/manager/${ann}`);
    await t.send('PUT', `/users/${eve}/linkedObjects/manager/${ann}`);
    expect(await linked(t, bob, 'manager')).toEqual([ann]);
    expect(await linked(t, ann, 'subordinate')).toEqual([bob, eve]);
    expect(await linked(t, ann, 'manager')).toEqual([]);
    await t.send('PUT', `/users/${eve}/linkedObjects/manager/${bob}`);
    expect(await linked(t, ann, 'subordinate')).toEqual([bob]);
    await t.refused('E0000007', 'PUT', `/users/${eve}/linkedObjects/subordinate/${bob}`);
    await t.refused('E0000007', 'PUT', `/users/${eve}/linkedObjects/manager/nobody`);
    await t.refused('E0000007', 'GET', `/users/${eve}/linkedObjects/buddy`);
    await t.send('DELETE', `/users/${bob}/linkedObjects/manager`);
    expect(await linked(t, bob, 'manager')).toEqual([]);
    for (let times = 0; times < 2; times++) await t.send('DELETE', `/users/${bob}`);
    expect(await linked(t, eve, 'manager')).toEqual([]);
    await t.send('PUT', `/users/${eve}/linkedObjects/manager/${ann}`);
    await t.send('DELETE', `${DEFINITIONS}/subordinate`);
    await t.send('POST', DEFINITIONS, { primary: side('manager'), associated: side('report') });
    expect(await linked(t, eve, 'manager')).toEqual([]);
  },
};

const definitions: Story = {
  says: 'a relation has two names of its own, each with a title',
  async tell(t) {
    const wrong = { primary: side('manager'), associated: { ...side('subordinate'), title: '' } };
    await t.refused('E0000001', 'POST', DEFINITIONS, wrong);
    await t.refused('E0000001', 'POST', DEFINITIONS, { primary: side('a b'), associated: side('b') });
    await t.send('POST', DEFINITIONS, { primary: side('manager'), associated: side('subordinate') });
    const { status, body } = await t.org.call('POST', `/api/v1${DEFINITIONS}`, {
      primary: side('subordinate'),
      associated: side('manager'),
    });
    expect([status, body.errorSummary]).toEqual([
      409,
      'Invalid linked objection definition. Linked object identifier is already in use.',
    ]);
    expect(body.errorCauses).toMatchObject([
      { reason: 'UNIQUE_CONSTRAINT', domain: 'linkedObjects' },
      { reason: 'UNIQUE_CONSTRAINT', domain: 'linkedObjects' },
    ]);
  },
};

const owners: Story = {
  says: 'owners of a group go by what they are called now, and are ten at most',
  async tell(t) {
    const { id } = await t.send('POST', '/groups', { profile: { name: 'Owned' } });
    const at = `/groups/${id}/owners`;
    const bob = await t.get('/users/bob');
    await t.send('POST', at, { id: bob.id, type: 'USER' });
    await t.send('POST', at, { id, type: 'GROUP' });
    await t.send('POST', `/users/${bob.id}`, { profile: { lastName: 'Baker' } });
    const search = encodeURIComponent('type eq "USER"');
    expect((await t.get(`${at}?search=${search}`)).map((one: Body) => one.displayName)).toEqual([
      'Bob Baker',
    ]);
    await t.refused('E0000031', 'GET', `${at}?search=${encodeURIComponent('id eq "x"')}`);
    await t.refused('E0000007', 'POST', at, { id, type: 'USER' });
    await t.refused('E0000001', 'POST', at, { id, type: 'ROBOT' });
    for (let n = 0; n < 8; n++) {
      const group = await t.send('POST', '/groups', { profile: { name: `g${n}` } });
      await t.send('POST', at, { id: group.id, type: 'GROUP' });
    }
    const ann = await t.get('/users/ann');
    await t.refused('E0000001', 'POST', at, { id: ann.id, type: 'USER' });
  },
};

const classification: Story = {
  says: 'a user counts as STANDARD until somebody says LITE',
  async tell(t) {
    const { id, created } = await t.get('/users/bob');
    const at = `/users/${id}/classification`;
    expect(await t.get(at)).toEqual({ type: 'STANDARD', lastUpdated: created });
    await t.refused('E0000001', 'PUT', at, { type: 'HEAVY' });
    await t.refused('E0000007', 'PUT', '/users/nobody/classification', { type: 'LITE' });
    await t.send('PUT', at, { type: 'LITE' });
    expect((await t.get(at)).type).toBe('LITE');
  },
};

const blocks: Story = {
  says: 'whoever is locked out is blocked on every device until an administrator unlocks them',
  async tell(t) {
    const { id } = await t.get('/users/bob');
    expect(await t.get(`/users/${id}/blocks`)).toEqual([]);
    t.org.universe.work('okta', (world) => gestures.lockOut?.perform(world, 'bob@acme.example', {} as never));
    expect(await t.get(`/users/${id}/blocks`)).toEqual([{ type: 'DEVICE_BASED', appliesTo: 'ANY_DEVICES' }]);
    await t.send('POST', `/users/${id}/lifecycle/unlock`);
    expect(await t.get(`/users/${id}/blocks`)).toEqual([]);
  },
};

const directory: Story = {
  says: 'groups of a directory cannot be changed or read where no agent is connected',
  async tell(t) {
    const app = await t.send('POST', '/apps', {
      name: 'active_directory',
      label: 'acme.example',
      signOnMode: 'BOOKMARK',
    });
    const { id } = (await t.get('/groups?q=Engineering'))[0];
    const at = `/directories/${app.id}/groups`;
    const change = { id, parameters: { action: 'ADD', attribute: 'member', values: ['cn=bob'] } };
    await t.refused('E0000241', 'POST', `${at}/modify`, change);
    await t.refused('E0000001', 'POST', `${at}/modify`, { ...change, parameters: { action: 'HIDE' } });
    await t.refused('E0000007', 'POST', `${at}/modify`, { ...change, id: 'nothing' });
    await t.refused('E0000241', 'POST', `${at}/${id}/query`, { attributes: ['cn'] });
    await t.refused('E0000001', 'POST', `${at}/${id}/query`, { attributes: [] });
    await t.refused('E0000007', 'GET', `${at}/${id}/query/nothing`);
    const [wiki] = await t.get('/apps?q=Wiki');
    await t.refused('E0000007', 'POST', `/directories/${wiki.id}/groups/modify`, change);
  },
};

const uiSchema: Story = {
  says: 'a form shows attributes that users have, and stays while an enrolment policy shows it',
  async tell(t) {
    const at = '/meta/uischemas';
    const form = (name: string, format = 'text') => ({
      uiSchema: {
        type: 'Group',
        elements: [{ type: 'Control', scope: `#/properties/${name}`, options: { format } }],
      },
    });
    await t.refused('E0000001', 'POST', at, form('shoeSize'));
    await t.refused('E0000001', 'POST', at, form('nickName', 'hologram'));
    const { id } = await t.send('POST', at, form('nickName'));
    const [policy] = await t.get('/policies?type=PROFILE_ENROLLMENT');
    const [rule] = await t.get(`/policies/${policy.id}/rules`);
    const showing = (uiSchemaId: string) => ({
      name: rule.name,
      type: 'PROFILE_ENROLLMENT',
      actions: { profileEnrollment: { ...rule.actions.profileEnrollment, uiSchemaId } },
    });
    const ruleAt = `/policies/${policy.id}/rules/${rule.id}`;
    await t.refused('E0000007', 'PUT', ruleAt, showing('uis0000000000000000'));
    await t.send('PUT', ruleAt, showing(id));
    await t.refused('E0000001', 'DELETE', `${at}/${id}`);
    const other = await t.send('POST', at, form('title'));
    await t.send('PUT', ruleAt, showing(other.id));
    await t.send('DELETE', `${at}/${id}`);
  },
};

const realmSearch: Story = {
  says: 'realms are found by their names and sorted, and stay while a rule fills them',
  async tell(t) {
    for (const name of ['Zebra Co', 'Ant Co', 'Oak'])
      await t.send('POST', '/realms', { profile: { name, realmType: 'PARTNER' } });
    const found = async (search: string) =>
      (await t.get(`/realms?search=${encodeURIComponent(search)}&sortBy=profile.name`)).map(
        (one: Body) => one.profile.name,
      );
    expect(await found('profile.name co "co"')).toEqual(['Ant Co', 'Zebra Co']);
    await t.refused('E0000031', 'GET', `/realms?search=${encodeURIComponent('profile.shoe eq "x"')}`);
    await t.refused('E0000031', 'GET', `/realms?search=${encodeURIComponent('id co "guo"')}`);
    await t.refused('E0000001', 'POST', '/realms', { profile: { name: 'x', realmType: 'PLANET' } });
  },
};

const SOURCE = { name: 'custom_identity_source', label: 'HR', signOnMode: 'BOOKMARK' };
const person = (name: string, more = {}) => ({
  userName: `${name}@acme.example`,
  email: `${name}@acme.example`,
  firstName: name,
  lastName: 'Hired',
  ...more,
});

const sourcedUsers: Story = {
  says: 'an identity source makes, changes and deactivates users, and nobody else changes what it says of them',
  async tell(t) {
    const { id: app } = await t.send('POST', '/apps', SOURCE);
    const at = `/identity-sources/${app}/users`;
    await t.send('POST', at, { externalId: 'hr-1', profile: person('ida', { homeAddress: 'Ulm' }) });
    await t.refused('E0000001', 'POST', at, { externalId: 'hr-1', profile: person('ina') });
    await t.refused('E0000001', 'POST', at, { externalId: 'hr-2', profile: { userName: 'nameless' } });
    const [wiki] = await t.get('/apps?q=Wiki');
    await t.refused('E0000007', 'POST', `/identity-sources/${wiki.id}/users`, { externalId: 'x' });
    expect(await t.get(`${at}/hr-1`)).toMatchObject({ externalId: 'hr-1', profile: { homeAddress: 'Ulm' } });
    const user = await t.get('/users/ida');
    expect(user.status).toBe('PROVISIONED');
    expect(await t.get(`/apps/${app}/users/${user.id}`)).toMatchObject({
      externalId: 'hr-1',
      syncState: 'SYNCHRONIZED',
    });
    await t.send('PATCH', `${at}/hr-1`, { profile: { mobilePhone: '+1 555' } });
    await t.send('POST', `/users/${user.id}`, { profile: { nickName: 'I' } });
    expect((await t.get('/users/ida')).profile).toMatchObject({ mobilePhone: '+1 555', nickName: 'I' });
    await t.refused('E0000023', 'POST', `/users/${user.id}`, { profile: { lastName: 'Other' } });
    await t.send('PUT', `${at}/hr-1`, { profile: person('ida', { lastName: 'Wed' }) });
    expect((await t.get('/users/ida')).profile).toMatchObject({ mobilePhone: null, lastName: 'Wed' });
    await t.send('DELETE', `${at}/hr-1`);
    await t.refused('E0000007', 'GET', `${at}/hr-1`);
    expect((await t.get(`/users/${user.id}`)).status).toBe('DEPROVISIONED');
    await t.send('POST', at, { externalId: 'hr-9', profile: person('bob') });
    expect((await t.get('/users/bob')).profile.lastName).toBe('Hired');
    await t.send('DELETE', `/users/${user.id}`);
  },
};

const sourcedGroups: Story = {
  says: 'an identity source has groups of its own, which only it fills',
  async tell(t) {
    const { id: app } = await t.send('POST', '/apps', SOURCE);
    const at = `/identity-sources/${app}/groups`;
    const profile = { displayName: 'West', description: 'Of the Rockies' };
    const group = await t.send('POST', at, { externalId: 'g-1', profile });
    await t.refused('E0000001', 'POST', at, { externalId: 'g-1', profile });
    expect(await t.get(`/groups/${group.id}`)).toMatchObject({
      type: 'APP_GROUP',
      profile: { name: 'West' },
      source: { id: app },
    });
    await t.send('POST', `${at}/g-1`, { profile: { ...profile, displayName: 'Far West' } });
    expect((await t.get(`${at}/${group.id}`)).profile.displayName).toBe('Far West');
    await t.send('POST', `/identity-sources/${app}/users`, { externalId: 'hr-1', profile: person('ida') });
    await t.send('POST', `${at}/g-1/membership`, { memberExternalId: 'hr-1' });
    await t.refused('E0000007', 'POST', `${at}/g-1/membership`, { memberExternalId: 'hr-2' });
    expect(await t.get(`${at}/g-1/membership`)).toEqual({ memberExternalIds: ['hr-1'] });
    const ida = await t.get('/users/ida');
    await t.refused('E0000001', 'DELETE', `/groups/${group.id}/users/${ida.id}`);
    expect((await t.get(`/groups/${group.id}/users`)).map((one: Body) => one.id)).toEqual([ida.id]);
    await t.send('DELETE', `${at}/g-1/membership/hr-1`);
    await t.refused('E0000007', 'DELETE', `${at}/g-1/membership/hr-1`);
    expect(await t.get(`/groups/${group.id}/users`)).toEqual([]);
    await t.send('DELETE', `${at}/g-1`);
    await t.refused('E0000007', 'GET', `/groups/${group.id}`);
    await t.refused('E0000007', 'GET', `${at}/g-1`);
  },
};

const imports: Story = {
  says: 'what is uploaded in a session is imported once it is set going, and not before',
  async tell(t) {
    const { id: app } = await t.send('POST', '/apps', SOURCE);
    const at = `/identity-sources/${app}/sessions`;
    const wait = (ms: number) => t.org.universe.advance(t.org.universe.now() + ms);
    const session = await t.send('POST', at);
    expect(session).toMatchObject({ identitySourceId: app, status: 'CREATED', importType: 'INCREMENTAL' });
    await t.refused('E0000001', 'POST', at);
    const one = `${at}/${session.id}`;
    await t.refused('E0000001', 'POST', `${one}/start-import`);
    await t.refused('E0000001', 'POST', `${one}/bulk-upsert`, { entityType: 'USERS', profiles: [] });
    await t.refused('E0000001', 'POST', `${one}/bulk-upsert`, {
      entityType: 'GROUPS',
      profiles: [{ externalId: 'x', profile: {} }],
    });
    const profiles = ['ida', 'uwe'].map((name) => ({ externalId: `hr-${name}`, profile: person(name) }));
    const tooMany = Array.from({ length: 201 }, (_, n) => ({ externalId: `${n}`, profile: person(`p${n}`) }));
    await t.refused('E0000001', 'POST', `${one}/bulk-upsert`, { entityType: 'USERS', profiles: tooMany });
    await t.send('POST', `${one}/bulk-upsert`, { entityType: 'USERS', profiles });
    await t.send('POST', `${one}/bulk-groups-upsert`, {
      profiles: [{ externalId: 'g', profile: { displayName: 'West' } }],
    });
    const memberships = [{ groupExternalId: 'g', memberExternalIds: ['hr-ida', 'hr-nobody'] }];
    await t.send('POST', `${one}/bulk-group-memberships-upsert`, { memberships });
    expect((await t.get(one)).status).toBe('IN_PROGRESS');
    expect((await t.send('POST', `${one}/start-import`)).status).toBe('TRIGGERED');
    await t.refused('E0000007', 'GET', '/users/ida');
    await t.refused('E0000001', 'DELETE', one);
    await t.refused('E0000001', 'POST', `${one}/bulk-upsert`, { entityType: 'USERS', profiles });
    await wait(10_000);
    expect((await t.get(one)).status).toBe('COMPLETED');
    expect((await t.get('/users/uwe')).status).toBe('PROVISIONED');
    const members = `/identity-sources/${app}/groups/g/membership`;
    expect(await t.get(members)).toEqual({ memberExternalIds: ['hr-ida'] });
    const next = `${at}/${(await t.send('POST', at)).id}`;
    await t.send('POST', `${next}/bulk-delete`, {
      entityType: 'USERS',
      profiles: [{ externalId: 'nobody' }],
    });
    await t.refused('E0000001', 'POST', `${next}/start-import`);
    await t.send('POST', `${next}/bulk-delete`, {
      entityType: 'USERS',
      profiles: [{ externalId: 'hr-uwe' }],
    });
    await t.send('POST', `${next}/bulk-group-memberships-delete`, { memberships });
    await t.send('POST', `${next}/bulk-groups-delete`, { externalIds: ['g', 'h'] });
    await t.send('POST', `${next}/start-import`);
    await wait(10_000);
    expect((await t.get('/users/uwe')).status).toBe('DEPROVISIONED');
    await t.refused('E0000007', 'GET', members);
    expect((await t.get(at)).map((row: Body) => row.status)).toEqual(['COMPLETED', 'COMPLETED']);
  },
};

const importsThatEnd: Story = {
  says: 'a session that is cancelled or left alone for a day imports nothing',
  async tell(t) {
    const { id: app } = await t.send('POST', '/apps', SOURCE);
    const at = `/identity-sources/${app}/sessions`;
    const first = `${at}/${(await t.send('POST', at)).id}`;
    await t.send('POST', `${first}/bulk-upsert`, {
      entityType: 'USERS',
      profiles: [{ externalId: 'hr-1', profile: person('ida') }],
    });
    await t.send('DELETE', first);
    expect((await t.get(first)).status).toBe('CLOSED');
    await t.refused('E0000001', 'DELETE', first);
    const second = `${at}/${(await t.send('POST', at)).id}`;
    await t.org.universe.advance(t.org.universe.now() + 25 * 3_600_000);
    expect((await t.get(second)).status).toBe('EXPIRED');
    await t.refused('E0000007', 'GET', '/users/ida');
  },
};

const realmOfSource: Story = {
  says: 'whoever comes from a source is put into the realm of the first rule that fits them',
  async tell(t) {
    const { id: app } = await t.send('POST', '/apps', SOURCE);
    const realms: string[] = [];
    for (const name of ['First', 'Second']) {
      const { id: realmId } = await t.send('POST', '/realms', { profile: { name } });
      const rule = await t.send('POST', '/realm-assignments', {
        name,
        priority: realms.length === 0 ? 20 : 10,
        conditions: { profileSourceId: app, expression: { value: 'user.profile.login.contains("acme")' } },
        actions: { assignUserToRealm: { realmId } },
      });
      await t.send('POST', `/realm-assignments/${rule.id}/lifecycle/activate`);
      realms.push(realmId);
    }
    await t.refused('E0000178', 'DELETE', `/realms/${realms[0]}`);
    const profile = person('ida');
    await t.send('POST', `/identity-sources/${app}/users`, { externalId: 'hr-1', profile });
    const { id, realmId } = await t.get('/users/ida');
    expect(realmId).toBe(realms[1]);
    await t.send('POST', `/users/${id}`, { realmId: realms[0] });
    expect(await t.eventsOf(id)).toContain('user.realm.update');
    await t.refused('E0000007', 'POST', `/users/${id}`, { realmId: 'nowhere' });
  },
};

export const directoryStories = [
  linkedUsers,
  definitions,
  owners,
  classification,
  blocks,
  directory,
  uiSchema,
  realmSearch,
  sourcedUsers,
  sourcedGroups,
  imports,
  importsThatEnd,
  realmOfSource,
];

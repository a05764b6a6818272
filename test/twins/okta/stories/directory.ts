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

export const directoryStories = [
  linkedUsers,
  definitions,
  owners,
  classification,
  blocks,
  directory,
  uiSchema,
  realmSearch,
];

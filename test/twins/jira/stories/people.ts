/** People, groups, products, and oneself. */
import { expect } from 'vitest';
import { BEN } from '../site.ts';
import type { Body, Story, Teller } from './teller.ts';

const ben = async (t: Teller): Promise<string> => (await t.get(`/user/search?query=${BEN}`))[0].accountId;

export const peopleStories: readonly Story[] = [
  {
    says: 'a group is made, filled, emptied and deleted; what it alone could see goes to another',
    async tell(t) {
      const { groupId } = await t.send('POST', '/group', { name: 'reviewers' });
      await t.refused(400, 'POST', '/group', { name: 'Reviewers' });
      const accountId = await ben(t);
      await t.send('POST', `/group/user?groupId=${groupId}`, { accountId });
      await t.refused(400, 'POST', `/group/user?groupId=${groupId}`, { accountId });
      const { values } = await t.get(`/group/member?groupname=reviewers`);
      expect(values.map((one: Body) => one.displayName)).toEqual(['Ben Carver']);
      expect((await t.get(`/group?groupId=${groupId}&expand=users`)).users.size).toBe(1);
      expect((await t.get(`/group/bulk?groupName=reviewers`)).values).toEqual([
        { groupId, name: 'reviewers' },
      ]);
      expect((await t.get('/group/bulk?accessType=site-admin')).total).toBeGreaterThan(0);
      expect((await t.get(`/user/groups?accountId=${accountId}`)).map((one: Body) => one.name)).toContain(
        'reviewers',
      );
      const picked = await t.get('/groups/picker?query=view');
      expect(picked.groups[0]).toMatchObject({ name: 'reviewers', html: 're<b>view</b>ers' });
      expect((await t.get('/groups/picker?query=View')).total).toBe(0);
      expect((await t.get('/groups/picker?query=View&caseInsensitive=true')).total).toBe(1);
      await t.send('DELETE', `/group/user?groupId=${groupId}&accountId=${accountId}`);
      await t.refused(400, 'DELETE', `/group/user?groupId=${groupId}&accountId=${accountId}`);
      await t.send('DELETE', `/group?groupId=${groupId}`);
      await t.refused(404, 'GET', `/group?groupId=${groupId}`);
      await t.refused(403, 'DELETE', '/group?groupname=site-admins');
    },
  },
  {
    says: 'an account comes, is found in every way, and goes; what it did is a former user’s',
    async tell(t) {
      const made = await t.send('POST', '/user', {
        emailAddress: 'dee@acme.example',
        displayName: 'Dee Early',
        products: ['jira-software'],
      });
      await t.refused(400, 'POST', '/user', { emailAddress: 'nobody', products: [] });
      const { accountId } = made;
      const full = await t.get(`/user?accountId=${accountId}&expand=groups,applicationRoles`);
      expect(full.groups.items.map((one: Body) => one.name)).toEqual(['jira-users-acme']);
      expect(full.applicationRoles.items[0].key).toBe('jira-software');
      expect((await t.get(`/user/bulk?accountId=${accountId}`)).total).toBe(1);
      expect((await t.get(`/user/bulk/migration?key=${accountId}`))[0].accountId).toBe(accountId);
      for (const path of ['/users', '/users/search', '/user/search?query=dee'])
        expect((await t.get(path)).map((one: Body) => one.accountId)).toContain(accountId);
      for (const search of [
        'assignable/search?project=ENG&',
        'assignable/multiProjectSearch?projectKeys=ENG,REV&',
      ])
        expect((await t.get(`/user/${search}query=early`))[0].accountId).toBe(accountId);
      const can = await t.get('/user/permission/search?projectKey=ENG&permissions=EDIT_ISSUES&query=dee');
      expect(can).toHaveLength(1);
      expect(await t.get('/user/viewissue/search?issueKey=ENG-1&query=dee')).toHaveLength(1);
      expect((await t.get('/user/picker?query=dee')).users[0].html).toBe('<strong>Dee</strong> Early');
      const both = await t.get('/groupuserpicker?query=jira');
      expect([both.users.total, both.groups.total > 0]).toEqual([0, true]);
      await t.send('PUT', '/issue/ENG-1/assignee', { accountId });
      for (const path of ['/user/search/query', '/user/search/query/key']) {
        const found = await t.get(`${path}?query=${encodeURIComponent('is assignee of (ENG-1)')}`);
        expect(found.values.map((one: Body) => one.accountId)).toEqual([accountId]);
      }
      await t.send('DELETE', `/user?accountId=${accountId}`);
      await t.refused(404, 'GET', `/user?accountId=${accountId}`);
      const { fields } = await t.get('/issue/ENG-1?fields=assignee');
      expect(fields.assignee).toMatchObject({ displayName: 'Former user', active: false });
    },
  },
  {
    says: 'a person has properties, columns, preferences and a language of their own',
    async tell(t) {
      const me = await t.get('/myself?expand=groups');
      expect(me.groups.items.map((one: Body) => one.name)).toContain('site-admins');
      const of = `accountId=${me.accountId}`;
      await t.send('PUT', `/user/properties/seat?${of}`, { floor: 2 });
      expect(await t.get(`/user/properties/seat?${of}`)).toEqual({ key: 'seat', value: { floor: 2 } });
      expect((await t.get(`/user/properties?${of}`)).keys[0].key).toBe('seat');
      expect(await t.get('/user/search?property=seat.floor=2')).toHaveLength(1);
      const query = encodeURIComponent('[seat].floor is "2" AND NOT_A_WORD');
      await t.refused(400, 'GET', `/user/search/query?query=${query}`);
      await t.send('DELETE', `/user/properties/seat?${of}`);
      await t.send('PUT', '/user/columns', { columns: ['summary', 'status'] });
      expect((await t.get('/user/columns')).map((one: Body) => one.value)).toEqual(['summary', 'status']);
      await t.send('DELETE', '/user/columns');
      expect((await t.get('/user/columns')).length).toBeGreaterThan(2);
      expect(await t.get('/mypreferences?key=user.notifications.mimetype')).toBe('html');
      await t.send('PUT', '/mypreferences?key=mine', 'blue');
      expect(await t.get('/mypreferences?key=mine')).toBe('blue');
      await t.send('DELETE', '/mypreferences?key=mine');
      await t.refused(404, 'GET', '/mypreferences?key=mine');
      await t.send('PUT', '/mypreferences/locale', { locale: 'de_DE' });
      expect(await t.get('/mypreferences/locale')).toEqual({ locale: 'de_DE' });
      await t.refused(400, 'PUT', '/mypreferences/locale', { locale: 'xx' });
    },
  },
  {
    says: 'a product tells which groups open it and how many use it',
    async tell(t) {
      const [role] = await t.get('/applicationrole');
      expect(role).toMatchObject({ key: 'jira-software', userCount: 3, defaultGroups: ['jira-users-acme'] });
      expect((await t.get('/applicationrole/jira-software')).name).toBe('Jira');
      await t.refused(404, 'GET', '/applicationrole/none');
    },
  },
];

/** Filters, their sharing, stars and columns. */
import { expect } from 'vitest';
import { BEN } from '../site.ts';
import type { Story } from './teller.ts';

const OPEN = { name: 'Open bugs', description: 'Ours', jql: 'type = Bug AND resolution IS EMPTY' };

export const filterStories: readonly Story[] = [
  {
    says: 'a filter is kept, found, changed, starred and deleted',
    async tell(t) {
      const made = await t.send('POST', '/filter', OPEN);
      const at = `/filter/${made.id}`;
      expect(await t.get(at)).toMatchObject({ ...OPEN, favourite: false });
      await t.send('PUT', at, { name: 'Bugs', jql: 'type = Bug' });
      expect((await t.send('PUT', `${at}/favourite`)).favouritedCount).toBe(1);
      expect((await t.get('/filter/favourite')).map((one: { name: string }) => one.name)).toEqual(['Bugs']);
      expect(await t.get('/filter/my')).toContainEqual(expect.objectContaining({ id: made.id }));
      const found = await t.get(
        '/filter/search?filterName=bug&orderBy=+name&expand=jql,owner,sharePermissions',
      );
      expect(found.values[0]).toMatchObject({ id: made.id, jql: 'type = Bug', sharePermissions: [] });
      expect(found.values[0]).not.toHaveProperty('viewUrl');
      await t.send('DELETE', `${at}/favourite`);
      await t.send('PUT', `${at}/columns`, { columns: ['summary', 'status'] });
      expect(await t.get(`${at}/columns`)).toEqual([
        { label: 'Summary', value: 'summary' },
        { label: 'Status', value: 'status' },
      ]);
      await t.send('DELETE', `${at}/columns`);
      await t.refused(404, 'GET', `${at}/columns`);
      await t.send('DELETE', at);
      await t.refused(400, 'GET', at);
    },
  },
  {
    says: 'a filter is shared with people, projects and everybody, and given to somebody else',
    async tell(t) {
      const [ben] = await t.get(`/user/search?query=${BEN}`);
      const { id } = await t.send('POST', '/filter', OPEN);
      const at = `/filter/${id}`;
      const [share] = await t.send('POST', `${at}/permission`, { type: 'project', projectId: '10000' });
      expect(await t.get(`${at}/permission/${share.id}`)).toMatchObject({ project: { key: 'ENG' } });
      await t.send('POST', `${at}/permission`, { type: 'user', accountId: ben.accountId });
      await t.send('POST', `${at}/permission`, { type: 'group', groupname: 'jira-administrators' });
      await t.send('POST', `${at}/permission`, {
        type: 'projectRole',
        projectId: '10000',
        projectRoleId: '10002',
      });
      expect(await t.get(`${at}/permission`)).toHaveLength(4);
      await t.refused(400, 'POST', `${at}/permission`, { type: 'group', groupname: 'nobody' });
      expect((await t.get(`${at}?expand=sharedUsers`)).sharedUsers.size).toBe(2);
      await t.send('POST', `${at}/permission`, { type: 'authenticated' });
      expect(await t.get(`${at}/permission`)).toMatchObject([{ type: 'loggedin' }]);
      const [all] = await t.get(`${at}/permission`);
      await t.send('DELETE', `${at}/permission/${all.id}`);
      await t.send('PUT', `${at}/owner`, { accountId: ben.accountId });
      await t.refused(400, 'GET', at);
    },
  },
  {
    says: 'new filters are shared as their owner has it by default',
    async tell(t) {
      expect(await t.get('/filter/defaultShareScope')).toEqual({ scope: 'PRIVATE' });
      expect(await t.send('PUT', '/filter/defaultShareScope', { scope: 'GLOBAL' })).toEqual({
        scope: 'AUTHENTICATED',
      });
      const { sharePermissions } = await t.send('POST', '/filter', OPEN);
      expect(sharePermissions).toMatchObject([{ type: 'loggedin' }]);
    },
  },
];

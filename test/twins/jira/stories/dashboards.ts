/** Dashboards, their gadgets and what apps keep on them. */
import { expect } from 'vitest';
import { BEN } from '../site.ts';
import type { Story } from './teller.ts';

const AUDIT = { name: 'Audit', description: 'What to check', sharePermissions: [], editPermissions: [] };

export const dashboardStories: readonly Story[] = [
  {
    says: 'a dashboard is made, found, changed, copied and deleted',
    async tell(t) {
      const { id } = await t.send('POST', '/dashboard', AUDIT);
      expect(await t.get(`/dashboard/${id}`)).toMatchObject({
        name: 'Audit',
        isWritable: true,
        popularity: 0,
      });
      await t.send('PUT', `/dashboard/${id}`, {
        ...AUDIT,
        name: 'Audits',
        sharePermissions: [{ type: 'global' }],
      });
      expect((await t.get('/dashboard?filter=my')).dashboards).toMatchObject([{ name: 'Audits' }]);
      expect((await t.get('/dashboard')).total).toBe(2);
      const found = await t.get('/dashboard/search?dashboardName=audit&expand=owner,description');
      expect(found.values).toMatchObject([{ id, description: 'What to check' }]);
      const copy = await t.send('POST', `/dashboard/${id}/copy`, { ...AUDIT, name: 'Copy' });
      await t.send('DELETE', `/dashboard/${id}`);
      await t.refused(404, 'GET', `/dashboard/${id}`);
      expect((await t.get(`/dashboard/${copy.id}`)).name).toBe('Copy');
    },
  },
  {
    says: 'gadgets stand in columns, and those below move as they come and go',
    async tell(t) {
      const { id } = await t.send('POST', '/dashboard', AUDIT);
      const at = `/dashboard/${id}/gadget`;
      const { gadgets: kinds } = await t.get('/dashboard/gadgets');
      const { moduleKey } = kinds.find((one: { moduleKey?: string }) => one.moduleKey);
      const titles = async () => (await t.get(at)).gadgets.map((one: { title: string }) => one.title);
      const first = await t.send('POST', at, { moduleKey, title: 'First', color: 'red' });
      const top = { row: 0, column: 0 };
      await t.send('POST', at, { moduleKey, title: 'Top', position: top });
      expect(await titles()).toEqual(['Top', 'First']);
      await t.send('PUT', `${at}/${first.id}`, { title: 'Aside', position: { row: 0, column: 1 } });
      await t.send('PUT', `${at}/${first.id}`, { position: top });
      expect(await titles()).toEqual(['Aside', 'Top']);
      const item = `/dashboard/${id}/items/${first.id}/properties`;
      await t.send('PUT', `${item}/config`, { jql: 'project = ENG' });
      expect((await t.get(item)).keys).toMatchObject([{ key: 'config' }]);
      expect(await t.get(`${item}/config`)).toEqual({ key: 'config', value: { jql: 'project = ENG' } });
      await t.send('DELETE', `${item}/config`);
      await t.send('DELETE', `${at}/${first.id}`);
      expect((await t.get(at)).gadgets).toMatchObject([{ title: 'Top', position: top }]);
      await t.refused(400, 'POST', at, { moduleKey: 'no.such:gadget' });
    },
  },
  {
    says: 'many dashboards are given away and shared at once, and who may not is told',
    async tell(t) {
      const [ben] = await t.get(`/user/search?query=${BEN}`);
      const { id } = await t.send('POST', '/dashboard', AUDIT);
      const share = { sharePermissions: [{ type: 'global' }], editPermissions: [] };
      const edit = { action: 'addPermission', entityIds: [Number(id), 99], permissionDetails: share };
      const { entityErrors } = await t.send('PUT', '/dashboard/bulk/edit', edit);
      expect(Object.keys(entityErrors)).toEqual(['99']);
      expect((await t.get(`/dashboard/${id}`)).sharePermissions).toMatchObject([{ type: 'global' }]);
      const give = { newOwner: ben.accountId, autofixName: true };
      await t.send('PUT', '/dashboard/bulk/edit', {
        action: 'changeOwner',
        entityIds: [Number(id)],
        changeOwnerDetails: give,
      });
      expect(await t.get(`/dashboard/${id}`)).toMatchObject({
        owner: { displayName: 'Ben Carver' },
        isWritable: false,
      });
    },
  },
];

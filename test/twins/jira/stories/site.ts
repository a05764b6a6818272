/** The site itself. */
import { expect } from 'vitest';
import type { Story } from './teller.ts';

export const siteStories: readonly Story[] = [
  {
    says: 'a site tells what it is',
    async tell(t) {
      expect(await t.get('/serverInfo')).toMatchObject({ deploymentType: 'Cloud', serverTitle: 'Jira' });
      await t.send('PUT', '/application-properties/jira.title', { id: 'jira.title', value: 'Acme' });
      expect((await t.get('/serverInfo')).serverTitle).toBe('Acme');
      expect(await t.get('/application-properties?key=jira.title')).toMatchObject({ value: 'Acme' });
      expect((await t.get('/application-properties/advanced-settings')).length).toBeGreaterThan(5);
      const { records } = await t.get('/auditing/record?filter=global+settings');
      expect(records).toMatchObject([{ changedValues: [{ changedFrom: 'Jira', changedTo: 'Acme' }] }]);
      await t.refused(400, 'PUT', '/application-properties/jira.option.globalsharing', { value: 'perhaps' });
      expect((await t.get('/instance/license')).applications).toMatchObject([{ id: 'jira-software' }]);
      expect((await t.get('/license/approximateLicenseCount')).value).toBe('3');
      expect((await t.get('/license/approximateLicenseCount/product/jira-software')).value).toBe('3');
    },
  },
  {
    says: 'administrators announce something, and choose what lists of issues show',
    async tell(t) {
      const said = {
        message: 'Down on Sunday',
        isEnabled: true,
        isDismissible: false,
        visibility: 'private',
      };
      await t.send('PUT', '/announcementBanner', said);
      expect(await t.get('/announcementBanner')).toMatchObject(said);
      const page = async () => (await t.site.callAs(undefined, 'GET', '/browse/ENG-1')).body;
      expect(await page()).not.toContain('Down on Sunday');
      await t.send('PUT', '/announcementBanner', { visibility: 'public' });
      expect(await page()).toContain('Down on Sunday');
      await t.send('PUT', '/settings/columns', { columns: ['issuekey', 'summary'] });
      expect(await t.get('/settings/columns')).toEqual([
        { label: 'Key', value: 'issuekey' },
        { label: 'Summary', value: 'summary' },
      ]);
    },
  },
  {
    says: 'what takes its time is told of by a task, and may be called off before its end',
    async tell(t) {
      const { universe } = t.site;
      const task = await t.send('POST', '/project/REV/delete');
      expect(await t.get(`/task/${task.id}`)).toMatchObject({ status: 'ENQUEUED', progress: 0 });
      await t.send('POST', `/task/${task.id}/cancel`);
      await t.refused(400, 'POST', `/task/${task.id}/cancel`);
      await universe.advance(universe.clock.now() + 60_000);
      expect((await t.get(`/task/${task.id}`)).status).toBe('CANCELLED');
      expect((await t.get('/project/REV')).key).toBe('REV');
      const again = await t.send('POST', '/project/REV/delete');
      await universe.advance(universe.clock.now() + 60_000);
      expect(await t.get(`/task/${again.id}`)).toMatchObject({ status: 'COMPLETE', progress: 100 });
      await t.refused(404, 'GET', '/project/REV');
    },
  },
];

/** Issues: what is done to many at once, where they stand, what hangs on them. */
import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import type { Story, Teller } from './teller.ts';

/** A second of the universe's clock: tasks that were begun end. */
const wait = (t: Teller) => t.site.universe.advance(t.site.universe.now() + 1_000);

/** Begins a bulk operation, sees it run, and gives what it did. */
async function done(t: Teller, path: string, body: unknown) {
  const { taskId } = await t.send('POST', `/bulk/issues/${path}`, body);
  expect(await t.get(`/bulk/queue/${taskId}`)).toMatchObject({ taskId, status: 'ENQUEUED' });
  await wait(t);
  const progress = await t.get(`/bulk/queue/${taskId}`);
  expect(progress).toMatchObject({ status: 'COMPLETE', progressPercent: 100 });
  return progress;
}

export const issueStories: readonly Story[] = [
  {
    says: 'an issue is made as its screens say, read, edited, assigned and deleted',
    async tell(t) {
      const types = (await t.get('/issue/createmeta/ENG/issuetypes')).issueTypes;
      const { id: type } = types.find((one: { name: string }) => one.name === 'Task');
      const { fields } = await t.get(`/issue/createmeta/ENG/issuetypes/${type}`);
      const required = fields.filter((one: { required: boolean }) => one.required);
      expect(required.map((one: { fieldId: string }) => one.fieldId)).toContain('summary');
      const meta = await t.get('/issue/createmeta?projectKeys=ENG&expand=projects.issuetypes.fields');
      expect(meta.projects[0].issuetypes.length).toBe(types.length);
      const made = await t.send('POST', '/issue', {
        fields: { project: { key: 'ENG' }, issuetype: { id: type }, summary: 'New', labels: ['a'] },
        update: { labels: [{ add: 'b' }] },
        properties: [{ key: 'source', value: 1 }],
      });
      const path = `/issue/${made.key}`;
      expect((await t.get(`${path}?properties=source`)).properties).toEqual({ source: 1 });
      expect((await t.get(`${path}/editmeta`)).fields.summary.operations).toEqual(['set']);
      await t.send('PUT', path, {
        fields: { summary: 'Newer', duedate: '2026-04-01' },
        update: { labels: [{ remove: 'a' }] },
      });
      const [someone] = await t.get('/user/assignable/search?project=ENG');
      await t.send('PUT', `${path}/assignee`, { accountId: someone.accountId });
      expect((await t.get(path)).fields).toMatchObject({
        summary: 'Newer',
        labels: ['b'],
        duedate: '2026-04-01',
      });
      const { values } = await t.get(`${path}/changelog`);
      expect(values.length).toBe(2);
      const changelogIds = [Number(values[0].id)];
      expect((await t.ask('POST', `${path}/changelog/list`, { changelogIds })).histories).toHaveLength(1);
      await t.send('PUT', `${path}/properties/note`, { x: 1 });
      expect(await t.get(`${path}/properties/note`)).toMatchObject({ value: { x: 1 } });
      await t.send('DELETE', `${path}/properties/note`);
      await t.send('DELETE', path);
      await t.refused(404, 'GET', path);
    },
  },
  {
    says: 'several issues are made and read at once, and what fails is told by its place',
    async tell(t) {
      const fields = { project: { key: 'ENG' }, issuetype: { name: 'Task' }, summary: 'One of two' };
      const made = await t.send('POST', '/issue/bulk', {
        issueUpdates: [{ fields }, { fields: { ...fields, summary: '' } }],
      });
      expect([made.issues.length, made.errors[0].failedElementNumber]).toEqual([1, 1]);
      const read = await t.ask('POST', '/issue/bulkfetch', {
        issueIdsOrKeys: [made.issues[0].key, 'NO-1'],
        fields: ['summary'],
        expand: ['names'],
      });
      expect(read.issues.map((one: { key: string }) => one.key)).toEqual([made.issues[0].key]);
    },
  },
  {
    says: 'many issues are edited, moved along, watched and deleted at once',
    async tell(t) {
      const key = await t.site.issue({ summary: 'One of many' });
      const { id } = await t.get(`/issue/${key}?fields=id`);
      const { fields } = await t.get(`/bulk/issues/fields?issueIdsOrKeys=${key},ENG-3`);
      expect(fields.map((one: { id: string }) => one.id)).toContain('labels');
      const edited = await done(t, 'fields', {
        selectedActions: ['labels', 'priority'],
        selectedIssueIdsOrKeys: [key, 'ENG-404'],
        editedFieldsInput: {
          labelsFields: [
            { fieldId: 'labels', labels: [{ name: 'many' }], bulkEditMultiSelectFieldOption: 'ADD' },
          ],
          priority: { priorityId: '1' },
        },
      });
      expect(edited).toMatchObject({
        processedAccessibleIssues: [Number(id)],
        invalidOrInaccessibleIssueCount: 1,
        totalIssueCount: 2,
      });
      const { fields: after } = await t.get(`/issue/${key}?fields=labels,priority`);
      expect(after).toMatchObject({ labels: ['many'], priority: { name: 'Highest' } });
      const { issueChangeLogs } = await t.ask('POST', '/changelog/bulkfetch', {
        issueIdsOrKeys: [key],
        fieldIds: ['labels'],
      });
      expect(issueChangeLogs[0].changeHistories[0].items).toMatchObject([
        { fieldId: 'labels', toString: 'many' },
      ]);
      const { availableTransitions } = await t.get(`/bulk/issues/transition?issueIdsOrKeys=${key},ENG-2`);
      const ending = availableTransitions[0].transitions.at(-1).transitionId;
      await done(t, 'transition', {
        bulkTransitionInputs: [{ selectedIssueIdsOrKeys: [key], transitionId: String(ending) }],
        sendBulkNotification: false,
      });
      expect((await t.get(`/issue/${key}?fields=status`)).fields.status.name).toBe('Done');
      await done(t, 'unwatch', { selectedIssueIdsOrKeys: [key] });
      await done(t, 'watch', { selectedIssueIdsOrKeys: [key] });
      await done(t, 'delete', { selectedIssueIdsOrKeys: [key] });
      await t.refused(404, 'GET', `/issue/${key}`);
    },
  },
  {
    says: 'an issue is moved to another project, and its old key still leads to it',
    async tell(t) {
      const key = await t.site.issue({ summary: 'On the way' });
      const { issueTypes } = await t.get('/project/REV');
      await done(t, 'move', {
        targetToSourcesMapping: {
          [`REV,${issueTypes[0].id}`]: {
            issueIdsOrKeys: [key],
            inferStatusDefaults: true,
            inferFieldDefaults: true,
            inferSubtaskTypeDefault: true,
          },
        },
      });
      const moved = await t.get(`/issue/${key}`);
      expect(moved.key).toMatch(/^REV-/);
      expect(moved.fields).toMatchObject({ project: { key: 'REV' }, status: { name: 'Open' } });
    },
  },
  {
    says: 'issues are archived, listed in a file, and brought back',
    async tell(t) {
      const key = await t.site.issue({ summary: 'Old, "done"' });
      const sub = await t.site.issue({ issuetype: { name: 'Sub-task' }, parent: { key } });
      expect(await t.send('PUT', '/issue/archive', { issueIdsOrKeys: [key, sub, 'NO-1'] })).toMatchObject({
        numberOfIssuesUpdated: 2,
        errors: { issueIsSubtask: { count: 1 }, issuesNotFound: { issueIdsOrKeys: ['NO-1'] } },
      });
      expect((await t.get(`/issue/${key}`)).fields.summary).toBe('Old, "done"');
      await t.refused(404, 'PUT', `/issue/${key}`, { fields: { summary: 'x' } });
      const found = await t.ask('POST', '/search/jql', { jql: 'project = ENG', fields: ['summary'] });
      expect(found.issues.map((one: { key: string }) => one.key)).not.toContain(key);
      const { taskId } = await t.send('PUT', '/issues/archive/export', { projects: ['ENG'] });
      await wait(t);
      const { result } = await t.get(`/task/${taskId}`);
      expect(result.fileUrl).toMatch(/\.csv$/);
      expect(await t.send('PUT', '/issue/unarchive', { issueIdsOrKeys: [key] })).toEqual({
        numberOfIssuesUpdated: 2,
        errors: {},
      });
      await t.send('POST', '/issue/archive', { jql: `key = ${key}` });
      await wait(t);
      await t.refused(404, 'DELETE', `/issue/${key}`);
    },
  },
  {
    says: 'many issues get and lose properties at once',
    async tell(t) {
      const [one, two] = [await t.get('/issue/ENG-1?fields=id'), await t.get('/issue/ENG-2?fields=id')];
      const of = async (id: string) =>
        (await t.get(`/issue/${id}/properties`)).keys.map((p: { key: string }) => p.key);
      const properties = { team: { name: 'red' } };
      await t.send('POST', '/issue/properties', { entitiesIds: [Number(one.id), 404], properties });
      await t.send('POST', '/issue/properties/multi', {
        issues: [{ issueID: Number(two.id), properties: { team: 'blue' } }],
      });
      await wait(t);
      expect([await of('ENG-1'), await of('ENG-2')]).toEqual([['team'], ['team']]);
      await t.send('PUT', '/issue/properties/seen', { value: true, filter: { currentValue: true } });
      await t.send('PUT', '/issue/properties/new', {
        value: 1,
        filter: { hasProperty: false, entityIds: [Number(one.id)] },
      });
      await t.send('DELETE', '/issue/properties/team', { currentValue: 'blue' });
      await wait(t);
      expect([await of('ENG-1'), await of('ENG-2')]).toEqual([['new', 'team'], []]);
    },
  },
  {
    says: 'administrators see which events there are and which issues have grown too large',
    async tell(t) {
      expect(await t.get('/events')).toContainEqual({ id: 1, name: 'Issue Created' });
      expect(await t.get('/issue/limit/report?isReturningKeys=true')).toMatchObject({
        limits: { comment: 5_000, worklog: 10_000 },
        issuesApproachingLimit: {},
      });
      const { id } = await t.get('/issue/ENG-1?fields=id');
      expect(await t.ask('POST', '/issue/watching', { issueIds: [id, '1'] })).toEqual({
        issuesIsWatching: { [id]: true, 1: false },
      });
    },
  },
  {
    says: 'a text is redacted, and nothing of it is left in the history',
    async tell(t) {
      const key = await t.site.issue({ summary: 'Call 555-0100' });
      const { id } = await t.get(`/issue/${key}?fields=id`);
      await t.send('PUT', `/issue/${key}`, { fields: { summary: 'Now call 555-0100' } });
      const job = await t.send('POST', '/redact', {
        redactions: [
          {
            contentItem: { entityType: 'issuefieldvalue', entityId: 'summary', id },
            externalId: '00000000-0000-4000-8000-000000000001',
            reason: 'A number',
            redactionPosition: { expectedText: sha256('555-0100'), from: 9, to: 17 },
          },
        ],
      });
      expect(await t.get(`/redact/status/${job}`)).toEqual({ jobStatus: 'PENDING' });
      await wait(t);
      expect(await t.get(`/redact/status/${job}`)).toMatchObject({
        jobStatus: 'COMPLETED',
        bulkRedactionResponse: { results: [{ successful: true }] },
      });
      const after = JSON.stringify(await t.get(`/issue/${key}?expand=changelog`));
      expect(after).not.toContain('555-0100');
    },
  },
  {
    says: 'people are told of an issue by mail',
    async tell(t) {
      const users = await t.get('/user/assignable/search?project=ENG');
      const to = {
        users: users.map(({ accountId }: { accountId: string }) => ({ accountId })),
        watchers: true,
      };
      await t.send('POST', '/issue/ENG-2/notify', { subject: 'News', textBody: 'Fixed', to });
      await t.refused(400, 'POST', '/issue/ENG-2/notify', { textBody: 'Fixed' });
      await t.refused(400, 'POST', '/issue/ENG-1/notify', { to: { assignee: true } });
    },
  },
];

const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64');

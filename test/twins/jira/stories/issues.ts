/** Issues: what is done to many at once, where they stand, what hangs on them. */
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
];

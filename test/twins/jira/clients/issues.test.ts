import { createHash } from 'node:crypto';
import type { Version3Client } from 'jira.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServedSite, serveSite } from './served.ts';

describe('jira.js as a client of issues', () => {
  let served: ServedSite;
  let v3: Version3Client;
  beforeAll(async () => {
    served = await serveSite();
    v3 = served.v3;
  });
  afterAll(() => served.close());

  const settle = (ms = 1_000) => served.site.universe.advance(served.site.universe.now() + ms);
  const made = (summary: string) => served.site.issue({ summary });
  const done = async (taskId: string | undefined) => {
    await settle();
    return v3.issueBulkOperations.getBulkOperationProgress({ taskId: String(taskId) });
  };

  it('edits, moves along, watches and deletes many issues', async () => {
    const keys = [await made('One'), await made('Two')];
    const edit = await v3.issueBulkOperations.submitBulkEdit({
      selectedActions: ['labels'],
      selectedIssueIdsOrKeys: keys,
      editedFieldsInput: {
        labelsFields: [
          { fieldId: 'labels', labels: [{ name: 'many' }], bulkEditMultiSelectFieldOption: 'ADD' },
        ],
      } as never,
    });
    expect(await done(edit.taskId)).toMatchObject({ status: 'COMPLETE', totalIssueCount: 2 });
    const { availableTransitions } = (await v3.issueBulkOperations.getAvailableTransitions({
      issueIdsOrKeys: keys,
    })) as unknown as { availableTransitions: { transitions: { transitionId: number }[] }[] };
    const last = availableTransitions[0]?.transitions.at(-1);
    const moved = await v3.issueBulkOperations.submitBulkTransition({
      bulkTransitionInputs: [{ selectedIssueIdsOrKeys: keys, transitionId: String(last?.transitionId) }],
    });
    await done(moved.taskId);
    const { issueChangeLogs } = await v3.issues.getBulkChangelogs({
      issueIdsOrKeys: keys,
      fieldIds: ['status', 'labels'],
    });
    expect(issueChangeLogs?.map(({ changeHistories }) => changeHistories?.length)).toEqual([2, 2]);
    const gone = await v3.issueBulkOperations.submitBulkDelete({ selectedIssueIdsOrKeys: keys });
    expect(await done(gone.taskId)).toMatchObject({ invalidOrInaccessibleIssueCount: 0 });
    await expect(v3.issues.getIssue({ issueIdOrKey: keys[0] as string })).rejects.toMatchObject({
      status: 404,
    });
  });

  it('logs work, moves it and hears of what was deleted', async () => {
    const [from, to] = [await made('From'), await made('To')];
    const log = await v3.issueWorklogs.addWorklog({
      issueIdOrKey: from,
      timeSpent: '2h',
      comment: 'Looked into it',
    } as never);
    await v3.issueWorklogs.bulkMoveWorklogs({
      issueIdOrKey: from,
      worklogs: { ids: [Number(log.id)], issueIdOrKey: to },
    });
    const { worklogs } = await v3.issueWorklogs.getIssueWorklog({ issueIdOrKey: to });
    expect(worklogs.map(({ timeSpentSeconds }) => timeSpentSeconds)).toEqual([7_200]);
    await v3.issueWorklogs.bulkDeleteWorklogs({ issueIdOrKey: to, ids: [Number(log.id)] });
    await settle(120_000);
    const { values } = await v3.issueWorklogs.getIdsOfWorklogsDeletedSince({ since: 0 });
    expect(values?.map(({ worklogId }) => worklogId)).toEqual([Number(log.id)]);
    expect(await v3.timeTracking.getSharedTimeTrackingConfiguration()).toMatchObject({
      workingHoursPerDay: 8,
    });
  });

  it('uploads a file and fetches it again, whole and in part', async () => {
    const key = await made('With a file');
    const [file] = await v3.issueAttachments.addAttachment({
      issueIdOrKey: key,
      attachment: { filename: 'notes.txt', file: Buffer.from('Hello there') },
    });
    const id = String(file?.id);
    const whole = await v3.issueAttachments.getAttachmentContent({ id });
    expect(Buffer.from(whole as never).toString()).toBe('Hello there');
    const part = await v3.issueAttachments.getAttachmentContent({ id, range: 'bytes=0-4' } as never);
    expect(Buffer.from(part as never).toString()).toBe('Hello');
    await v3.issueAttachments.removeAttachment({ id });
    await expect(v3.issueAttachments.getAttachment({ id })).rejects.toMatchObject({ status: 404 });
  });

  it('sets properties of several issues by a task', async () => {
    const key = await made('With a property');
    const { id } = await v3.issues.getIssue({ issueIdOrKey: key });
    const task = await v3.issueProperties.bulkSetIssuesProperties({
      entitiesIds: [Number(id)],
      properties: { team: 'red' } as never,
    });
    expect(task).toMatchObject({ status: 'ENQUEUED' });
    await settle();
    const { value } = await v3.issueProperties.getIssueProperty({ issueIdOrKey: key, propertyKey: 'team' });
    expect(value).toBe('red');
  });

  it('archives, redacts and asks what it watches', async () => {
    const key = await made('Number 555-0100');
    const { id } = await v3.issues.getIssue({ issueIdOrKey: key });
    expect(await v3.issueWatchers.getIsWatchingIssueBulk({ issueIds: [id] })).toEqual({
      issuesIsWatching: { [id]: true },
    });
    const job = await v3.issueRedaction.redact({
      redactions: [
        {
          contentItem: { entityType: 'issuefieldvalue', entityId: 'summary', id },
          externalId: '00000000-0000-4000-8000-000000000001',
          reason: 'private',
          redactionPosition: {
            expectedText: createHash('sha256').update('555-0100').digest('base64'),
            from: 7,
            to: 15,
          },
        },
      ],
    } as never);
    await settle();
    expect(await v3.issueRedaction.getRedactionStatus({ jobId: String(job) })).toMatchObject({
      jobStatus: 'COMPLETED',
    });
    expect((await v3.issues.getIssue({ issueIdOrKey: key })).fields.summary).not.toContain('555');
    expect(await v3.issues.archiveIssues({ issueIdsOrKeys: [key] })).toMatchObject({
      numberOfIssuesUpdated: 1,
    });
    await expect(v3.issues.editIssue({ issueIdOrKey: key, fields: { summary: 'x' } })).rejects.toMatchObject({
      status: 404,
    });
    expect(await v3.issues.unarchiveIssues({ issueIdsOrKeys: [key] })).toMatchObject({
      numberOfIssuesUpdated: 1,
    });
  });
});

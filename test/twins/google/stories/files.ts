import { expect } from 'vitest';
import { BOB, CEM, WORLD } from '../domain.ts';
import type { Body, Story } from './teller.ts';

const FILES = '/drive/v3/files';
const FOLDER = 'application/vnd.google-apps.folder';

export const FILES_STORIES: readonly Story[] = [
  {
    says: 'a file is made, described, moved, copied, trashed and gone',
    async tell({ domain, get, send, refused }) {
      const folder = await send('POST', FILES, {
        name: 'Inbox',
        mimeType: FOLDER,
        folderColorRgb: '#ac725e',
      });
      const made = await send('POST', `${FILES}?fields=*`, {
        name: 'note.txt',
        parents: [folder.id],
        properties: { project: 'moon' },
        contentHints: { indexableText: 'crater' },
      });
      expect(made).toMatchObject({ parents: [folder.id], fileExtension: 'txt', trashed: false });
      const path = `${FILES}/${made.id}`;
      const starred = await send('PATCH', `${path}?fields=starred,description`, {
        starred: true,
        description: 'x',
      });
      expect(starred).toEqual({ starred: true, description: 'x' });
      const found = await get(`${FILES}?q=${encodeURIComponent("fullText contains 'crater'")}`);
      expect(found.files).toHaveLength(1);
      const root = await get(`${FILES}/root?fields=id`);
      const moved = await send(
        'PATCH',
        `${path}?addParents=${root.id}&removeParents=${folder.id}&fields=parents`,
        {},
      );
      expect(moved).toEqual({ parents: [root.id] });
      const copy = await send('POST', `${path}/copy?fields=name,properties`, {});
      expect(copy).toEqual({ name: 'Copy of note.txt', properties: { project: 'moon' } });
      await send('PATCH', path, { trashed: true });
      await send('DELETE', `${FILES}/trash`);
      await refused(404, 'GET', path);
      await send('DELETE', `${FILES}/${folder.id}`);
      const sheet = await domain.fileId('Budget');
      expect((await get(`${FILES}/generateIds?count=3&space=drive`)).ids).toHaveLength(3);
      expect(await get(`${FILES}/${sheet}/export?mimeType=text/csv`)).toContain('Figma');
      expect(await get('/drive/v3/about?fields=*')).toMatchObject({ kind: 'drive#about' });
    },
  },
  {
    says: 'a label is put on a file, changed and taken off',
    world: {
      ...WORLD,
      google: {
        ...WORLD.google,
        labels: [
          {
            title: 'Contract',
            id: 'contract',
            fields: [
              { name: 'Value', id: 'value', type: 'integer' },
              { name: 'Due', id: 'due', type: 'date' },
              { name: 'Stage', id: 'stage', type: 'selection', choices: [{ name: 'Signed', id: 'signed' }] },
              { name: 'Owners', id: 'owners', type: 'user', list: true },
              { name: 'Note', id: 'note', type: 'text' },
            ],
          },
        ],
      },
    },
    async tell({ domain, get, send, refused }) {
      const id = await domain.fileId('Budget');
      const modify = `${FILES}/${id}/modifyLabels`;
      const change = (...fieldModifications: Body[]) => ({
        labelModifications: [{ labelId: 'contract', fieldModifications }],
      });
      const put = await send(
        'POST',
        modify,
        change(
          { fieldId: 'value', setIntegerValues: ['1200'] },
          { fieldId: 'due', setDateValues: ['2026-05-01'] },
          { fieldId: 'stage', setSelectionValues: ['signed'] },
          { fieldId: 'owners', setUserValues: [BOB, CEM] },
          { fieldId: 'note', setTextValues: ['for the board'] },
        ),
      );
      expect(put.modifiedLabels[0].fields.owners.user).toHaveLength(2);
      expect((await get(`${FILES}/${id}/listLabels`)).labels[0].fields.value.integer).toEqual(['1200']);
      const info = await get(`${FILES}/${id}?includeLabels=contract,other&fields=labelInfo`);
      expect(info.labelInfo.labels).toHaveLength(1);
      const asked = async (q: string) => (await get(`${FILES}?q=${encodeURIComponent(q)}`)).files.length;
      expect(await asked("'labels/contract' in labels")).toBe(1);
      expect(await asked("'labels/contract' not in labels and name = 'Budget'")).toBe(0);
      expect(await asked('labels/contract.value > 1000')).toBe(1);
      expect(await asked("labels/contract.due < '2026-01-01'")).toBe(0);
      expect(await asked('labels/contract.stage is not null')).toBe(1);
      await refused(404, 'POST', modify, { labelModifications: [{ labelId: 'none' }] });
      await refused(400, 'POST', modify, change({ fieldId: 'none', unsetValues: true }));
      await refused(400, 'POST', modify, change({ fieldId: 'stage', setSelectionValues: ['lost'] }));
      await refused(400, 'POST', modify, change({ fieldId: 'value', setIntegerValues: ['1', '2'] }));
      await refused(400, 'POST', modify, change({ fieldId: 'due', setDateValues: ['May'] }));
      await send('POST', modify, change({ fieldId: 'note', unsetValues: true }));
      const older = `/drive/v2/files/${id}`;
      expect((await get(`${older}/listLabels`)).items[0].fields.note).toBeUndefined();
      await send('POST', `${older}/modifyLabels`, change({ fieldId: 'note', setTextValues: ['again'] }));
      await send('POST', modify, { labelModifications: [{ labelId: 'contract', removeLabel: true }] });
      expect((await get(`${FILES}/${id}/listLabels`)).labels).toEqual([]);
    },
  },
  {
    says: 'an approval is started, talked about, handed on, given, declined and taken back',
    async tell(ann) {
      const { domain, get, send, refused } = ann;
      const id = await domain.fileId('Budget');
      await send('POST', `${FILES}/${id}/permissions`, { type: 'user', role: 'writer', emailAddress: BOB });
      await send('POST', `${FILES}/${id}/permissions`, { type: 'user', role: 'reader', emailAddress: CEM });
      const all = `${FILES}/${id}/approvals`;
      const asked = {
        reviewerEmails: [BOB],
        lockFile: true,
        message: 'Please look',
        dueTime: '2030-01-01T00:00:00Z',
      };
      const started = await send('POST', `${all}:start`, asked);
      expect(started).toMatchObject({
        status: 'IN_PROGRESS',
        reviewerResponses: [{ response: 'NO_RESPONSE' }],
      });
      await refused(400, 'POST', `${all}:start`, asked);
      await refused(403, 'PATCH', `${FILES}/${id}`, { name: 'Locked' });
      const one = `${all}/${started.approvalId}`;
      const [bob, cem] = [ann.as(BOB), ann.as(CEM)];
      await bob.send('POST', `${one}:comment`, { message: 'Which tab?' });
      await bob.refused(400, 'POST', `${one}:comment`, {});
      await cem.refused(403, 'POST', `${one}:approve`, {});
      await send('POST', `${one}:reassign`, { addReviewers: [{ addedReviewerEmail: CEM }] });
      await bob.send('POST', `${one}:approve`, { message: 'Fine' });
      expect((await cem.send('POST', `${one}:approve`, {})).status).toBe('APPROVED');
      await bob.refused(400, 'POST', `${one}:approve`, {});
      await send('PATCH', `${FILES}/${id}`, { contentRestrictions: [{ readOnly: false }] });
      const second = await send('POST', `${all}:start`, { reviewerEmails: [BOB] });
      const declined = await bob.send('POST', `${all}/${second.approvalId}:decline`, { message: 'No' });
      expect(declined).toMatchObject({ status: 'DECLINED', completeTime: expect.any(String) });
      const third = await send('POST', `${all}:start`, { reviewerEmails: [BOB] });
      await bob.refused(403, 'POST', `${all}/${third.approvalId}:cancel`, {});
      await send('POST', `${all}/${third.approvalId}:cancel`, {});
      expect((await get(all)).items.map(({ status }: Body) => status)).toEqual([
        'CANCELLED',
        'DECLINED',
        'APPROVED',
      ]);
      expect((await get(one)).targetFileId).toBe(id);
    },
  },
  {
    says: 'a download is asked for and fetched; apps, and shared drives by their old name',
    async tell({ domain, get, send, refused }) {
      const id = await domain.fileId('Budget');
      const asked = await send('POST', `${FILES}/${id}/download?mimeType=text/csv`);
      expect(asked).toMatchObject({ done: true, response: { partialDownloadAllowed: false } });
      expect(await get(`/drive/v3/operations/${asked.name}`)).toEqual(asked);
      await refused(404, 'GET', '/drive/v3/operations/none');
      await refused(403, 'GET', `${FILES}/generateCseToken`);
      const drives = '/drive/v3/teamdrives';
      const made = await send('POST', `${drives}?requestId=t`, { name: 'Old team' });
      expect(made).toEqual({ kind: 'drive#teamDrive', id: expect.any(String), name: 'Old team' });
      await send('PATCH', `${drives}/${made.id}`, { restrictions: { teamMembersOnly: true } });
      expect((await get(`${drives}/${made.id}?fields=restrictions`)).restrictions.teamMembersOnly).toBe(true);
      expect((await get(drives)).teamDrives).toHaveLength(1);
      await send('DELETE', `${drives}/${made.id}`);
    },
  },
];

import { expect } from 'vitest';
import { BOB } from '../domain.ts';
import type { Body, Story } from './teller.ts';

const FILES = '/drive/v2/files';
const FOLDER = 'application/vnd.google-apps.folder';

export const FILES_V2: readonly Story[] = [
  {
    says: 'an older program makes, finds, moves, shares and deletes a file',
    async tell({ domain, get, send, refused }) {
      const folder = await send('POST', FILES, { title: 'Old', mimeType: FOLDER });
      const made = await send('POST', FILES, {
        title: 'note.txt',
        mimeType: 'text/plain',
        parents: [{ id: folder.id }],
        labels: { starred: true },
        properties: [{ key: 'a', value: '1', visibility: 'PUBLIC' }],
        indexableText: { text: 'crater' },
      });
      expect(made).toMatchObject({
        kind: 'drive#file',
        title: 'note.txt',
        fileSize: '0',
        labels: { starred: true, trashed: false },
        parents: [{ kind: 'drive#parentReference', id: folder.id, isRoot: false }],
        userPermission: { role: 'owner', id: 'me' },
        ownerNames: ['Ann Admin'],
      });
      const path = `${FILES}/${made.id}`;
      const list = async (q: string) =>
        (await get(`${FILES}?maxResults=10&q=${encodeURIComponent(q)}`)).items.map(
          ({ title }: Body) => title,
        );
      expect(await list("title contains 'note' and modifiedDate > '2020-01-01'")).toEqual(['note.txt']);
      expect(await list("properties has { key='a' and value='1' and visibility='PUBLIC' }")).toEqual([
        'note.txt',
      ]);
      await send('PATCH', path, { title: 'renamed.txt' });
      const { rootFolderId } = await get('/drive/v2/about');
      expect((await send('PUT', path, { parents: [{ id: rootFolderId }] })).parents[0].isRoot).toBe(true);
      await send('POST', `${path}/touch`);
      expect((await send('POST', `${path}/trash`)).labels.trashed).toBe(true);
      expect((await send('POST', `${path}/untrash`)).labels.trashed).toBe(false);
      expect((await send('POST', `${path}/copy`, { title: 'copy.txt' })).title).toBe('copy.txt');
      const sharing = { type: 'user', role: 'reader', value: BOB, additionalRoles: ['commenter'] };
      const shared = await send('POST', `${path}/permissions`, sharing);
      expect(shared).toMatchObject({ role: 'reader', additionalRoles: ['commenter'], emailAddress: BOB });
      const one = `${path}/permissions/${shared.id}`;
      expect((await send('PUT', one, { ...shared, role: 'writer', additionalRoles: [] })).role).toBe(
        'writer',
      );
      await send('PATCH', one, { role: 'reader' });
      expect((await get(one)).id).toBe((await get(`/drive/v2/permissionIds/${BOB}`)).id);
      expect((await get(`${path}/permissions`)).items).toHaveLength(2);
      await send('DELETE', one);
      const { items } = await get('/drive/v2/changes?startChangeId=1');
      expect(items.at(-1)).toMatchObject({
        kind: 'drive#change',
        fileId: made.id,
        file: { title: 'renamed.txt' },
      });
      expect(Number((await get('/drive/v2/changes/startPageToken')).startPageToken)).toBeGreaterThan(1);
      await send('DELETE', path);
      await refused(404, 'GET', path);
      await send('POST', `${FILES}/${folder.id}/trash`);
      await send('DELETE', `${FILES}/trash`);
      expect((await get(`${FILES}/generateIds?maxResults=2`)).ids).toHaveLength(2);
      expect(await get(`${FILES}/${await domain.fileId('Budget')}/export?mimeType=text/csv`)).toContain(
        'Figma',
      );
      expect((await get(`${FILES}/root`)).title).toBe('My Drive');
    },
  },
  {
    says: 'parents, children and properties are told one by one',
    async tell({ domain, get, send, refused }) {
      const [plan, team] = [await domain.fileId('Plan'), await domain.fileId('Team')];
      const parents = `${FILES}/${plan}/parents`;
      expect((await get(parents)).items).toMatchObject([{ id: team }]);
      expect((await get(`${parents}/${team}`)).id).toBe(team);
      const children = `${FILES}/${team}/children`;
      expect((await get(`${children}?q=${encodeURIComponent("title = 'Plan'")}`)).items).toMatchObject([
        { id: plan },
      ]);
      expect((await get(`${children}/${plan}`)).id).toBe(plan);
      await refused(403, 'POST', parents, { id: 'root' });
      await send('DELETE', `${parents}/${team}`);
      expect((await get(parents)).items).toEqual([]);
      await send('POST', children, { id: plan });
      await send('DELETE', `${children}/${plan}`);
      expect((await send('POST', parents, { id: team })).id).toBe(team);
      const properties = `${FILES}/${plan}/properties`;
      const put = await send('POST', properties, { key: 'stage', value: 'draft' });
      expect(put).toMatchObject({ kind: 'drive#property', visibility: 'PRIVATE' });
      await send('PUT', `${properties}/stage`, { value: 'done' });
      expect((await send('PATCH', `${properties}/stage`, { value: 'final' })).value).toBe('final');
      await refused(404, 'GET', `${properties}/stage?visibility=PUBLIC`);
      expect((await get(`${properties}/stage`)).value).toBe('final');
      expect((await get(properties)).items).toHaveLength(1);
      await send('DELETE', `${properties}/stage`);
      const drives = '/drive/v2/teamdrives';
      const made = await send('POST', `${drives}?requestId=t2`, { name: 'Old team' });
      expect(made).toMatchObject({ kind: 'drive#teamDrive', capabilities: { canDeleteTeamDrive: true } });
      await send('PUT', `${drives}/${made.id}`, { name: 'Older team' });
      expect((await get(`${drives}/${made.id}`)).name).toBe('Older team');
      expect((await get(drives)).items).toHaveLength(1);
      await send('DELETE', `${drives}/${made.id}`);
      await refused(403, 'GET', `${FILES}/generateCseToken`);
    },
  },
  {
    says: 'comments, revisions, changes and shared drives are told in the older words',
    async tell({ domain, ask, get, send, refused }) {
      const plan = await domain.fileId('Plan');
      const comments = `${FILES}/${plan}/comments`;
      const context = { type: 'text/plain', value: 'The plan' };
      const made = await send('POST', comments, { content: 'Which hill?', context });
      expect(made).toMatchObject({
        kind: 'drive#comment',
        status: 'open',
        context,
        fileTitle: 'Plan',
        replies: [],
      });
      const one = `${comments}/${made.commentId}`;
      await send('PUT', one, { content: 'Which hill exactly?' });
      expect((await send('PATCH', one, { content: 'Which?' })).content).toBe('Which?');
      const reply = await send('POST', `${one}/replies`, { content: 'The big one', verb: 'resolve' });
      expect(reply).toMatchObject({ kind: 'drive#commentReply', verb: 'resolve' });
      const answer = `${one}/replies/${reply.replyId}`;
      await send('PUT', answer, { content: 'The bigger one' });
      expect((await send('PATCH', answer, { content: 'That one' })).content).toBe('That one');
      expect((await get(answer)).replyId).toBe(reply.replyId);
      expect((await get(`${one}/replies`)).items).toHaveLength(1);
      expect((await get(one)).status).toBe('resolved');
      await send('DELETE', answer);
      await send('DELETE', one);
      expect((await get(`${comments}?maxResults=5`)).items).toEqual([]);
      const file = await send('POST', FILES, { title: 'bytes.bin', mimeType: 'application/octet-stream' });
      const revisions = `${FILES}/${file.id}/revisions`;
      const [first] = (await get(revisions)).items;
      expect(first).toMatchObject({ kind: 'drive#revision', fileSize: '0', pinned: false });
      expect((await send('PATCH', `${revisions}/${first.id}`, { pinned: true })).pinned).toBe(true);
      expect((await get(`${revisions}/${first.id}`)).pinned).toBe(true);
      await ask('PUT', `${revisions}/${first.id}`, { pinned: true });
      await refused(403, 'DELETE', `${revisions}/${first.id}`);
      const { items } = await get('/drive/v2/changes');
      expect((await get(`/drive/v2/changes/${items.at(-1).id}`)).fileId).toBe(file.id);
      const drives = '/drive/v2/drives';
      const drive = await send('POST', `${drives}?requestId=v2`, { name: 'Ops' });
      await send('PUT', `${drives}/${drive.id}`, { name: 'Operations' });
      expect((await send('POST', `${drives}/${drive.id}/hide`)).hidden).toBe(true);
      expect((await send('POST', `${drives}/${drive.id}/unhide`)).hidden).toBe(false);
      expect((await get(`${drives}/${drive.id}`)).name).toBe('Operations');
      expect((await get(drives)).items).toHaveLength(1);
      await send('DELETE', `${drives}/${drive.id}`);
    },
  },
];

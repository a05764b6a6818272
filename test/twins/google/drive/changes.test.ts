import { expect, it } from 'vitest';
import { ANN, BOB, type Domain, openDomain } from '../domain.ts';

const FOLDER = 'application/vnd.google-apps.folder';

interface Seen {
  fileId?: string;
  driveId?: string;
  changeType: string;
  removed: boolean;
  file?: { name: string };
  drive?: { name: string };
}

async function since({ call }: Domain, pageToken: unknown, query: string = '', token?: string) {
  const { body, status } = await call(
    `GET /drive/v3/changes?pageToken=${pageToken}&${query}`,
    undefined,
    token,
  );
  expect(status, JSON.stringify(body)).toBe(200);
  return body as unknown as { changes: Seen[]; nextPageToken?: string; newStartPageToken?: string };
}

const startOf = async ({ call }: Domain, query: string = '', token?: string) =>
  (await call(`GET /drive/v3/changes/startPageToken?${query}`, undefined, token)).body.startPageToken;

async function made({ call }: Domain, body: object): Promise<string> {
  return String((await call('POST /drive/v3/files?supportsAllDrives=true', body)).body.id);
}

it('pages of changes end with the token of the next start, and a token stays good', async () => {
  const domain = await openDomain();
  const start = await startOf(domain);
  for (const name of ['a', 'b', 'c']) await made(domain, { name });
  const first = await since(domain, start, 'pageSize=2');
  expect(first.changes.map(({ file }) => file?.name)).toEqual(['a', 'b']);
  expect(first.newStartPageToken).toBeUndefined();
  const second = await since(domain, first.nextPageToken, 'pageSize=2');
  expect(second.changes.map(({ file }) => file?.name)).toEqual(['c']);
  expect(second.nextPageToken).toBeUndefined();
  expect((await since(domain, start)).changes).toHaveLength(3);
  expect((await domain.call('GET /drive/v3/changes')).status).toBe(400);
  expect((await domain.call('GET /drive/v3/changes?pageToken=x')).status).toBe(400);
});

it('who lost sight of a file hears that it went, even where others changed it since', async () => {
  const domain = await openDomain();
  const { call, fileId, tokenFor } = domain;
  const id = await fileId('Budget');
  const bob = tokenFor(BOB);
  const start = await startOf(domain, '', bob);
  const { body } = await call(`GET /drive/v3/files/${id}/permissions?fields=permissions(id,emailAddress)`);
  const permissions = body.permissions as unknown as { id: string; emailAddress: string }[];
  const gone = permissions.find(({ emailAddress }) => emailAddress === BOB);
  await call(`DELETE /drive/v3/files/${id}/permissions/${gone?.id}`);
  await call(`PATCH /drive/v3/files/${id}`, { name: 'Secret' });
  const seen = await since(domain, start, '', bob);
  expect(seen.changes).toEqual([
    {
      kind: 'drive#change',
      type: 'file',
      changeType: 'file',
      time: expect.any(String),
      removed: true,
      fileId: id,
    },
  ]);
  expect((await since(domain, start, 'includeRemoved=false', bob)).changes).toEqual([]);
});

it('items of shared drives are among them where that is asked for, and each drive has a list of its own', async () => {
  const domain = await openDomain();
  const { call } = domain;
  const start = await startOf(domain);
  const drive = String((await call('POST /drive/v3/drives?requestId=r', { name: 'Ops' })).body.id);
  const id = await made(domain, { name: 'inside', parents: [drive] });
  expect((await since(domain, start)).changes).toEqual([]);
  const all = await since(domain, start, 'includeItemsFromAllDrives=true&supportsAllDrives=true&fields=*');
  expect(all.changes).toMatchObject([
    { changeType: 'drive', driveId: drive, removed: false, drive: { name: 'Ops' } },
    { changeType: 'file', fileId: id, removed: false, file: { name: 'inside' } },
  ]);
  const its = await startOf(domain, `driveId=${drive}&supportsAllDrives=true`);
  await call(`PATCH /drive/v3/files/${id}?supportsAllDrives=true`, { name: 'renamed' });
  const inDrive = `driveId=${drive}&includeItemsFromAllDrives=true&supportsAllDrives=true`;
  expect((await since(domain, its, inDrive)).changes).toMatchObject([{ file: { name: 'renamed' } }]);
  const home = await call('GET /drive/v3/files/root?fields=id');
  const move = `addParents=${home.body.id}&removeParents=${drive}&supportsAllDrives=true`;
  expect((await call(`PATCH /drive/v3/files/${id}?${move}`, {})).status).toBe(200);
  const out = await since(domain, its, inDrive);
  expect(out.changes).toMatchObject([{ fileId: id, removed: true }]);
  expect(out.changes[0]?.file).toBeUndefined();
  const kept = await since(domain, its, `${inDrive}&includeCorpusRemovals=true`);
  expect(kept.changes).toMatchObject([{ fileId: id, removed: true, file: { name: 'renamed' } }]);
  expect(
    (await domain.call(`GET /drive/v3/changes?pageToken=1&driveId=${drive}`, undefined, domain.tokenFor(BOB)))
      .status,
  ).toBe(404);
});

it('restricted to My Drive they leave out what others share', async () => {
  const domain = await openDomain();
  const { call, tokenFor } = domain;
  const bob = tokenFor(BOB);
  const start = await startOf(domain);
  const shared = String((await call('POST /drive/v3/files', { name: 'Bobs' }, bob)).body.id);
  await call(
    `POST /drive/v3/files/${shared}/permissions`,
    { type: 'user', role: 'reader', emailAddress: ANN },
    bob,
  );
  const folder = await made(domain, { name: 'Deep', mimeType: FOLDER });
  await made(domain, { name: 'own', parents: [folder] });
  expect((await since(domain, start)).changes.map(({ file }) => file?.name)).toEqual(['Bobs', 'Deep', 'own']);
  const own = await since(domain, start, 'restrictToMyDrive=true');
  expect(own.changes.map(({ file }) => file?.name)).toEqual(['Deep', 'own']);
});

it('changes of an app’s hidden folder are told where that space is asked for', async () => {
  const domain = await openDomain();
  const { call, tokenFor } = domain;
  const app = tokenFor(ANN, [
    'https://www.googleapis.com/auth/drive.appdata',
    'https://www.googleapis.com/auth/drive',
  ]);
  const start = await startOf(domain, '', app);
  await call('POST /drive/v3/files', { name: 'settings', parents: ['appDataFolder'] }, app);
  expect((await since(domain, start, '', app)).changes).toEqual([]);
  expect((await since(domain, start, 'spaces=appDataFolder', app)).changes).toMatchObject([
    { file: { name: 'settings' } },
  ]);
});

it('an app that reaches its own files only hears when one of them goes', async () => {
  const domain = await openDomain();
  const own = domain.tokenFor(ANN, ['https://www.googleapis.com/auth/drive.file']);
  const start = await startOf(domain, '', own);
  const id = await made(domain, { name: 'by the app' });
  await domain.call(`DELETE /drive/v3/files/${id}`);
  expect((await since(domain, start, '', own)).changes).toMatchObject([{ fileId: id, removed: true }]);
});

import { describe, expect, it } from 'vitest';
import { ANN, BOB, type Domain, openDomain } from '../domain.ts';

const FOLDER = 'application/vnd.google-apps.folder';
/** 3 by 2 pixels. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAADklEQVR4nGP4z8AARAwQAAAf9QH/8r6sAAAAAElFTkSuQmCC',
  'base64',
);

async function upload(domain: Domain, name: string, bytes: Buffer | string, type: string) {
  const boundary = 'b';
  const head = `--b\r\ncontent-type: application/json\r\n\r\n${JSON.stringify({ name })}\r\n--b\r\ncontent-type: ${type}\r\n\r\n`;
  const response = await domain.fetch('/google/upload/drive/v3/files?uploadType=multipart', {
    method: 'POST',
    headers: {
      authorization: `Bearer ${domain.token}`,
      'content-type': `multipart/related; boundary=${boundary}`,
    },
    body: Buffer.concat([Buffer.from(head), Buffer.from(bytes), Buffer.from('\r\n--b--')]),
  });
  return (await response.json()) as { id: string };
}

const media = (domain: Domain, id: string, range?: string) =>
  domain.fetch(`/google/drive/v3/files/${id}?alt=media`, {
    headers: { authorization: `Bearer ${domain.token}`, ...(range ? { range } : {}) },
  });

describe('what a file says of itself', () => {
  it('knows the pixels of a picture and gives a small picture of it, but knows nothing of other bytes', async () => {
    const domain = await openDomain();
    const { id } = await upload(domain, 'a.png', PNG, 'image/png');
    const { body } = await domain.call(
      `GET /drive/v3/files/${id}?fields=imageMediaMetadata,hasThumbnail,thumbnailLink`,
    );
    expect(body.imageMediaMetadata).toEqual({ width: 3, height: 2 });
    expect(body.hasThumbnail).toBe(true);
    const shown = await domain.fetch(String(body.thumbnailLink), {
      headers: { authorization: `Bearer ${domain.token}` },
    });
    expect(shown.headers.get('content-type')).toBe('image/png');
    const plain = await upload(domain, 'archive.tar.gz', 'no picture', 'application/octet-stream');
    const fields = 'imageMediaMetadata,hasThumbnail,mimeType,fileExtension,fullFileExtension';
    expect((await domain.call(`GET /drive/v3/files/${plain.id}?fields=${fields}`)).body).toEqual({
      hasThumbnail: false,
      mimeType: 'application/x-gzip',
      fileExtension: 'gz',
      fullFileExtension: 'tar.gz',
    });
  });

  it('tells each person when they changed and saw it', async () => {
    const { call, fileId, tokenFor } = await openDomain();
    const id = await fileId('Budget');
    const bob = tokenFor(BOB);
    const fields = 'modifiedByMe,viewedByMe,viewedByMeTime';
    expect((await call(`GET /drive/v3/files/${id}?fields=${fields}`, undefined, bob)).body).toEqual({
      modifiedByMe: false,
      viewedByMe: false,
    });
    const viewedByMeTime = '2024-03-01T10:00:00.000Z';
    await call(`PATCH /drive/v3/files/${id}`, { viewedByMeTime }, bob);
    expect((await call(`GET /drive/v3/files/${id}?fields=${fields}`, undefined, bob)).body).toEqual({
      modifiedByMe: false,
      viewedByMe: true,
      viewedByMeTime,
    });
  });

  it('keeps the time of change that a program gives, and leaves it alone for stars, moves and the trash', async () => {
    const { call, fileId } = await openDomain();
    const id = await fileId('Plan');
    const modifiedTime = '2020-01-01T00:00:00.000Z';
    await call(`PATCH /drive/v3/files/${id}`, { modifiedTime });
    await call(`PATCH /drive/v3/files/${id}`, { starred: true, trashed: true });
    await call(`PATCH /drive/v3/files/${id}`, { trashed: false });
    expect((await call(`GET /drive/v3/files/${id}?fields=modifiedTime`)).body).toEqual({ modifiedTime });
    await call(`PATCH /drive/v3/files/${id}`, { description: 'new' });
    expect((await call(`GET /drive/v3/files/${id}?fields=modifiedTime`)).body.modifiedTime).not.toBe(
      modifiedTime,
    );
  });

  it('refuses fields that only the service writes, and a time that is none', async () => {
    const { call, fileId } = await openDomain();
    const id = await fileId('Plan');
    const refused = await call(`PATCH /drive/v3/files/${id}`, { size: '3', name: 'x' });
    expect(refused.body.error).toMatchObject({ code: 403, errors: [{ reason: 'fieldNotWritable' }] });
    const time = await call(`PATCH /drive/v3/files/${id}`, { modifiedTime: 'yesterday' });
    expect(time.body.error).toMatchObject({ code: 400, errors: [{ reason: 'invalid' }] });
  });

  it('holds at most 30 public properties of 124 bytes, and takes them away by null', async () => {
    const { call, fileId } = await openDomain();
    const path = `PATCH /drive/v3/files/${await fileId('Plan')}?fields=properties`;
    const many = Object.fromEntries(Array.from({ length: 31 }, (_, n) => [`k${n}`, 'v']));
    expect((await call(path, { properties: many })).status).toBe(400);
    expect((await call(path, { properties: { key: 'é'.repeat(61) } })).status).toBe(400);
    await call(path, { properties: { a: '1', b: '2' } });
    expect((await call(path, { properties: { a: null } })).body).toEqual({ properties: { b: '2' } });
  });

  it('colours a folder with the nearest colour of the palette', async () => {
    const { call } = await openDomain();
    const { body } = await call('POST /drive/v3/files?fields=folderColorRgb', {
      mimeType: FOLDER,
      folderColorRgb: '#ac7260',
    });
    expect(body).toEqual({ folderColorRgb: '#ac725e' });
  });
});

describe('a locked file', () => {
  it('takes no new name or content, in Drive or in Docs, until it is unlocked', async () => {
    const { call, fileId } = await openDomain();
    const id = await fileId('Plan');
    const locked = await call(`PATCH /drive/v3/files/${id}?fields=contentRestrictions`, {
      contentRestrictions: [{ readOnly: true, reason: 'signed' }],
    });
    expect(locked.body.contentRestrictions).toMatchObject([
      {
        readOnly: true,
        reason: 'signed',
        restrictingUser: { emailAddress: ANN },
        type: 'globalContentRestriction',
      },
    ]);
    expect((await call(`PATCH /drive/v3/files/${id}`, { name: 'New' })).status).toBe(403);
    const typing = { requests: [{ insertText: { text: 'x', location: { index: 1 } } }] };
    expect((await call(`POST /v1/documents/${id}:batchUpdate`, typing)).status).toBe(403);
    expect((await call(`PATCH /drive/v3/files/${id}`, { starred: true })).status).toBe(200);
    await call(`PATCH /drive/v3/files/${id}`, { contentRestrictions: [{ readOnly: false }] });
    expect((await call(`PATCH /drive/v3/files/${id}`, { name: 'New' })).status).toBe(200);
  });

  it('that its owner locked is not unlocked by a writer', async () => {
    const { call, fileId, tokenFor } = await openDomain();
    const id = await fileId('Budget');
    await call(`POST /drive/v3/files/${id}/permissions`, { type: 'user', role: 'writer', emailAddress: BOB });
    await call(`PATCH /drive/v3/files/${id}`, {
      contentRestrictions: [{ readOnly: true, ownerRestricted: true }],
    });
    const open = { contentRestrictions: [{ readOnly: false }] };
    expect((await call(`PATCH /drive/v3/files/${id}`, open, tokenFor(BOB))).status).toBe(403);
    expect((await call(`PATCH /drive/v3/files/${id}`, open)).status).toBe(200);
  });
});

describe('bytes', () => {
  it('are given in the ranges that are asked for', async () => {
    const domain = await openDomain();
    const { id } = await upload(domain, 'a.txt', '0123456789', 'text/plain');
    const one = await media(domain, id, 'bytes=2-4');
    expect([one.status, one.headers.get('content-range'), await one.text()]).toEqual([
      206,
      'bytes 2-4/10',
      '234',
    ]);
    expect(await (await media(domain, id, 'bytes=-3')).text()).toBe('789');
    expect(await (await media(domain, id, 'bytes=8-')).text()).toBe('89');
    const none = await media(domain, id, 'bytes=10-12');
    expect([none.status, none.headers.get('content-range')]).toEqual([416, 'bytes */10']);
    const two = await media(domain, id, 'bytes=0-1,8-9');
    expect(two.headers.get('content-type')).toMatch(/^multipart\/byteranges; boundary=/);
    expect(await two.text()).toMatch(/bytes 0-1\/10\r\n\r\n01\r\n[\s\S]*bytes 8-9\/10\r\n\r\n89\r\n/);
  });

  it('of a file that readers may not download are refused to them', async () => {
    const domain = await openDomain();
    const { id } = await upload(domain, 'a.txt', 'x', 'text/plain');
    const { call, tokenFor } = domain;
    await call(`POST /drive/v3/files/${id}/permissions`, { type: 'user', role: 'reader', emailAddress: BOB });
    await call(`PATCH /drive/v3/files/${id}`, { copyRequiresWriterPermission: true });
    const bob = tokenFor(BOB);
    const got = await call(`GET /drive/v3/files/${id}?alt=media`, undefined, bob);
    expect(got.body.error).toMatchObject({ code: 403, errors: [{ reason: 'cannotDownloadFile' }] });
    const copy = await call(`POST /drive/v3/files/${id}/copy`, {}, bob);
    expect(copy.body.error).toMatchObject({ code: 403, errors: [{ reason: 'cannotCopyFile' }] });
  });
});

describe('an app’s hidden folder', () => {
  it('is there for the app with the scope for it, in no list of the drive, and takes no trash', async () => {
    const { call, tokenFor } = await openDomain();
    const token = tokenFor(ANN, ['drive.appdata']);
    const made = await call(
      'POST /drive/v3/files?fields=id,spaces,parents',
      { name: 'settings.json', parents: ['appDataFolder'] },
      token,
    );
    expect(made.body).toMatchObject({ spaces: ['appDataFolder'] });
    const listed = await call('GET /drive/v3/files?spaces=appDataFolder', undefined, token);
    expect(listed.body.files).toMatchObject([{ name: 'settings.json' }]);
    expect((await call(`GET /drive/v3/files/${made.body.id}`)).status).toBe(404);
    expect((await call('GET /drive/v3/files?pageSize=1000')).text).not.toContain('settings.json');
    expect((await call('GET /drive/v3/files?spaces=appDataFolder')).body.error).toMatchObject({ code: 403 });
    const trash = await call(`PATCH /drive/v3/files/${made.body.id}`, { trashed: true }, token);
    expect(trash.body.error).toMatchObject({ errors: [{ reason: 'notSupportedForAppDataFolderFiles' }] });
    expect((await call('GET /drive/v3/files', undefined, token)).body.files).toEqual([]);
  });
});

describe('ids and places', () => {
  it('takes an id that was given out, once, for the space that it was given for', async () => {
    const { call } = await openDomain();
    const { body } = await call('GET /drive/v3/files/generateIds?count=2');
    const [id] = body.ids as unknown as string[];
    expect((await call('POST /drive/v3/files', { id, name: 'x' })).body.id).toBe(id);
    expect((await call('POST /drive/v3/files', { id, name: 'x' })).status).toBe(409);
    const other = await call('GET /drive/v3/files/generateIds?space=appDataFolder');
    const [hidden] = other.body.ids as unknown as string[];
    expect((await call('POST /drive/v3/files', { id: hidden, name: 'x' })).status).toBe(400);
    expect((await call('POST /drive/v3/files', { id: 'made-up', name: 'x' })).status).toBe(400);
  });

  it('has one parent: another is refused, and the old one may be left', async () => {
    const { call, fileId } = await openDomain();
    const [plan, team] = [await fileId('Plan'), await fileId('Team')];
    const folder = await call('POST /drive/v3/files', { name: 'F', mimeType: FOLDER });
    const second = await call(`PATCH /drive/v3/files/${plan}?addParents=${folder.body.id}`, {});
    expect(second.body.error).toMatchObject({ code: 403, errors: [{ reason: 'cannotAddParent' }] });
    const moved = `addParents=${folder.body.id}&removeParents=${team}&fields=parents`;
    expect((await call(`PATCH /drive/v3/files/${plan}?${moved}`, {})).body.parents).toEqual([folder.body.id]);
  });

  it('goes a hundred folders deep, and no deeper', async () => {
    const { call } = await openDomain();
    let parents: string[] = [];
    for (let depth = 0; depth < 100; depth++) {
      const { body } = await call('POST /drive/v3/files', { name: 'd', mimeType: FOLDER, parents });
      parents = [String(body.id)];
    }
    const deeper = await call('POST /drive/v3/files', { name: 'd', mimeType: FOLDER, parents });
    expect(deeper.body.error).toMatchObject({ errors: [{ reason: 'myDriveHierarchyDepthLimitExceeded' }] });
    expect((await call('POST /drive/v3/files', { name: 'file', parents })).status).toBe(200);
  });

  it('makes no shortcut to a shortcut', async () => {
    const { call, fileId } = await openDomain();
    const mimeType = 'application/vnd.google-apps.shortcut';
    const to = (targetId: string) => ({ name: 's', mimeType, shortcutDetails: { targetId } });
    const first = await call('POST /drive/v3/files?fields=id,shortcutDetails', to(await fileId('Plan')));
    expect(first.body.shortcutDetails).toMatchObject({
      targetMimeType: 'application/vnd.google-apps.document',
    });
    const second = await call('POST /drive/v3/files', to(String(first.body.id)));
    expect(second.body.error).toMatchObject({ errors: [{ reason: 'shortcutTargetInvalid' }] });
  });
});

describe('what lies in the trash', () => {
  it('goes after thirty days, unless it was taken out', async () => {
    const { call, fileId, universe } = await openDomain();
    const [plan, budget] = [await fileId('Plan'), await fileId('Budget')];
    for (const id of [plan, budget]) await call(`PATCH /drive/v3/files/${id}`, { trashed: true });
    await call(`PATCH /drive/v3/files/${budget}`, { trashed: false });
    await universe.advance(universe.now() + 31 * 24 * 3_600_000);
    expect((await call(`GET /drive/v3/files/${plan}`)).status).toBe(404);
    expect((await call(`GET /drive/v3/files/${budget}`)).status).toBe(200);
  });
});

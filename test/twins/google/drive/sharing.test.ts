import { describe, expect, it } from 'vitest';
import { ANN, BOB, CEM, openDomain } from '../domain.ts';

const FOLDER = 'application/vnd.google-apps.folder';

describe('permissions', () => {
  it('let somebody in, say kind, id, type and role, and let them out again', async () => {
    const { call, fileId, tokenFor } = await openDomain();
    const id = await fileId('Plan');
    const bob = tokenFor(BOB);
    expect((await call(`GET /drive/v3/files/${id}`, undefined, bob)).status).toBe(404);
    const given = await call(`POST /drive/v3/files/${id}/permissions`, {
      type: 'user',
      role: 'reader',
      emailAddress: BOB,
    });
    expect(given.body).toEqual({
      kind: 'drive#permission',
      id: expect.stringMatching(/^\d{20}$/),
      type: 'user',
      role: 'reader',
    });
    expect((await call(`GET /v1/documents/${id}`, undefined, bob)).body.title).toBe('Plan');
    await call(`DELETE /drive/v3/files/${id}/permissions/${given.body.id}`);
    expect((await call(`GET /v1/documents/${id}`, undefined, bob)).status).toBe(403);
  });

  it('of a folder come down to what is in it, now and later', async () => {
    const { call, fileId, tokenFor } = await openDomain();
    const team = await fileId('Team');
    const cem = tokenFor(CEM);
    const given = await call(`POST /drive/v3/files/${team}/permissions`, {
      type: 'user',
      role: 'writer',
      emailAddress: CEM,
    });
    expect((await call(`GET /drive/v3/files/${await fileId('Plan')}`, undefined, cem)).status).toBe(200);
    const made = await call('POST /drive/v3/files', { name: 'New', parents: [team] });
    expect((await call(`PATCH /drive/v3/files/${made.body.id}`, { name: 'Newer' }, cem)).status).toBe(200);
    await call(`DELETE /drive/v3/files/${team}/permissions/${given.body.id}`);
    expect((await call(`GET /drive/v3/files/${made.body.id}`, undefined, cem)).status).toBe(404);
  });

  it('change when a file is moved elsewhere', async () => {
    const { call, fileId, tokenFor } = await openDomain();
    const [team, plan] = [await fileId('Team'), await fileId('Plan')];
    await call(`POST /drive/v3/files/${team}/permissions`, {
      type: 'user',
      role: 'reader',
      emailAddress: CEM,
    });
    const other = await call('POST /drive/v3/files', { name: 'Other', mimeType: FOLDER });
    await call(`PATCH /drive/v3/files/${plan}?addParents=${other.body.id}&removeParents=${team}`, {});
    expect((await call(`GET /drive/v3/files/${plan}`, undefined, tokenFor(CEM))).status).toBe(404);
  });

  it('for anyone open a file to all who have the link', async () => {
    const { call, fileId, tokenFor } = await openDomain();
    const id = await fileId('Plan');
    const given = await call(`POST /drive/v3/files/${id}/permissions`, { type: 'anyone', role: 'reader' });
    expect(given.body).toMatchObject({ id: 'anyoneWithLink', allowFileDiscovery: false });
    const cem = tokenFor(CEM);
    expect((await call(`GET /drive/v3/files/${id}`, undefined, cem)).status).toBe(200);
    const listed = await call("GET /drive/v3/files?q=name='Plan'", undefined, cem);
    expect(listed.body.files).toEqual([]);
  });

  it('are changed by PATCH, and shown to writers only', async () => {
    const { call, fileId, tokenFor } = await openDomain();
    const id = await fileId('Budget');
    const list = await call(`GET /drive/v3/files/${id}/permissions?fields=permissions(id,role,emailAddress)`);
    expect(list.body.permissions).toEqual([
      { id: expect.any(String), role: 'owner', emailAddress: ANN },
      { id: expect.any(String), role: 'reader', emailAddress: BOB },
    ]);
    expect((await call(`GET /drive/v3/files/${id}/permissions`, undefined, tokenFor(BOB))).status).toBe(403);
    const [, bob] = list.body.permissions as unknown as { id: string }[];
    const changed = await call(`PATCH /drive/v3/files/${id}/permissions/${bob?.id}`, { role: 'writer' });
    expect(changed.body.role).toBe('writer');
    expect((await call(`GET /drive/v3/files/${id}/permissions`, undefined, tokenFor(BOB))).status).toBe(200);
  });

  it('hand a file over only where that is said, and leave the giver a writer', async () => {
    const { call, fileId, tokenFor } = await openDomain();
    const id = await fileId('Plan');
    const path = `POST /drive/v3/files/${id}/permissions`;
    const owner = { type: 'user', role: 'owner', emailAddress: BOB };
    expect((await call(path, owner)).status).toBe(403);
    expect((await call(`${path}?transferOwnership=true`, owner)).status).toBe(200);
    const mine = await call(`GET /drive/v3/files/${id}?fields=ownedByMe`, undefined, tokenFor(BOB));
    expect(mine.body.ownedByMe).toBe(true);
    expect((await call(`PATCH /drive/v3/files/${id}`, { name: 'Still mine to write' })).status).toBe(200);
    expect((await call(`DELETE /drive/v3/files/${id}`)).status).toBe(403);
  });

  it('need a type, a role and an address', async () => {
    const { call, fileId } = await openDomain();
    const path = `POST /drive/v3/files/${await fileId('Plan')}/permissions`;
    for (const body of [{ role: 'reader' }, { type: 'user' }, { type: 'user', role: 'reader' }])
      expect((await call(path, body)).status).toBe(400);
  });
});

describe('shared drives', () => {
  it('are made once per request id, and hold files without an owner', async () => {
    const { call, tokenFor } = await openDomain();
    const made = await call('POST /drive/v3/drives?requestId=r1', { name: 'Ops' });
    expect(made.body).toEqual({
      kind: 'drive#drive',
      id: expect.stringMatching(/^0A.{11}Uk9PVA$/),
      name: 'Ops',
    });
    expect((await call('POST /drive/v3/drives?requestId=r1', { name: 'Ops' })).status).toBe(409);
    const file = await call('POST /drive/v3/files?fields=id,driveId,owners&supportsAllDrives=true', {
      name: 'x',
      parents: [made.body.id],
    });
    expect(file.body).toEqual({ id: expect.any(String), driveId: made.body.id });
    const path = `GET /drive/v3/files/${file.body.id}?supportsAllDrives=true`;
    expect((await call(path, undefined, tokenFor(BOB))).status).toBe(404);
    const member = { type: 'user', role: 'reader', emailAddress: BOB };
    const permissions = `/drive/v3/files/${made.body.id}/permissions`;
    expect((await call(`POST ${permissions}`, member)).status).toBe(404);
    await call(`POST ${permissions}?supportsAllDrives=true`, member);
    expect((await call(path, undefined, tokenFor(BOB))).status).toBe(200);
  });

  it('are in lists only where they are asked for', async () => {
    const { call } = await openDomain();
    const drive = await call('POST /drive/v3/drives?requestId=r', { name: 'Ops' });
    await call('POST /drive/v3/files?supportsAllDrives=true', { name: 'inside', parents: [drive.body.id] });
    const q = "q=name='inside'";
    expect((await call(`GET /drive/v3/files?${q}`)).body.files).toEqual([]);
    const all = await call(`GET /drive/v3/files?${q}&includeItemsFromAllDrives=true&supportsAllDrives=true`);
    expect(all.body.files).toMatchObject([{ name: 'inside', driveId: drive.body.id }]);
    const one = await call(
      `GET /drive/v3/files?corpora=drive&driveId=${drive.body.id}&includeItemsFromAllDrives=true`,
    );
    expect(one.body.files).toHaveLength(1);
  });

  it('hide, show again, and go when they are empty', async () => {
    const { call } = await openDomain();
    const { body } = await call('POST /drive/v3/drives?requestId=r', { name: 'Ops' });
    expect((await call(`POST /drive/v3/drives/${body.id}/hide?fields=hidden`)).body).toEqual({
      hidden: true,
    });
    expect((await call(`POST /drive/v3/drives/${body.id}/unhide?fields=hidden`)).body).toEqual({
      hidden: false,
    });
    const supports = 'supportsAllDrives=true';
    const file = await call(`POST /drive/v3/files?${supports}`, { name: 'x', parents: [body.id] });
    expect((await call(`DELETE /drive/v3/drives/${body.id}`)).status).toBe(403);
    await call(`DELETE /drive/v3/files/${file.body.id}?${supports}`);
    expect((await call(`DELETE /drive/v3/drives/${body.id}`)).status).toBe(204);
    expect((await call('GET /drive/v3/drives')).body.drives).toEqual([]);
  });
});

describe('comments', () => {
  it('are written, answered, resolved and taken back by their author', async () => {
    const { call, fileId, tokenFor } = await openDomain();
    const id = await fileId('Plan');
    await call(`POST /drive/v3/files/${id}/permissions`, {
      type: 'user',
      role: 'commenter',
      emailAddress: BOB,
    });
    const path = `/drive/v3/files/${id}/comments`;
    const bob = tokenFor(BOB);
    const comment = await call(`POST ${path}?fields=*`, { content: 'Up <which> hill?' }, bob);
    expect(comment.body).toMatchObject({
      id: expect.stringMatching(/^AAAB/),
      htmlContent: 'Up &lt;which&gt; hill?',
      deleted: false,
      replies: [],
    });
    const one = `${path}/${comment.body.id}`;
    await call(`POST ${one}/replies?fields=id`, { content: 'That one', action: 'resolve' });
    const read = await call(`GET ${one}?fields=resolved,replies(content,action)`);
    expect(read.body).toEqual({ resolved: true, replies: [{ content: 'That one', action: 'resolve' }] });
    expect((await call(`DELETE ${one}`)).status).toBe(403);
    expect((await call(`DELETE ${one}`, undefined, bob)).status).toBe(204);
    expect((await call(`GET ${path}?fields=comments`)).body).toEqual({ comments: [] });
  });

  it('are refused to readers, and to those who do not say which fields they want', async () => {
    const { call, fileId, tokenFor } = await openDomain();
    const path = `/drive/v3/files/${await fileId('Budget')}/comments`;
    expect((await call(`POST ${path}?fields=id`, { content: 'x' }, tokenFor(BOB))).status).toBe(403);
    expect((await call(`GET ${path}`)).body.error).toMatchObject({ errors: [{ reason: 'required' }] });
  });
});

describe('changes', () => {
  it('since a token name each file once, at its newest change', async () => {
    const { call, fileId } = await openDomain();
    const [plan, budget] = [await fileId('Plan'), await fileId('Budget')];
    const start = (await call('GET /drive/v3/changes/startPageToken')).body.startPageToken;
    expect(start).toMatch(/^\d+$/);
    await call(`PATCH /drive/v3/files/${plan}`, { name: 'A' });
    await call(`PUT /v4/spreadsheets/${budget}/values/A1?valueInputOption=RAW`, { values: [['x']] });
    await call(`PATCH /drive/v3/files/${plan}`, { name: 'B' });
    const { body } = await call(`GET /drive/v3/changes?pageToken=${start}`);
    expect(body.changes).toMatchObject([
      { fileId: budget, removed: false },
      { fileId: plan, removed: false, file: { name: 'B' } },
    ]);
    const again = await call(`GET /drive/v3/changes?pageToken=${body.newStartPageToken}`);
    expect(again.body.changes).toEqual([]);
  });

  it('tell those who lost sight of a file that it is gone', async () => {
    const { call, fileId, tokenFor } = await openDomain();
    const id = await fileId('Budget');
    const bob = tokenFor(BOB);
    const start = (await call('GET /drive/v3/changes/startPageToken', undefined, bob)).body.startPageToken;
    await call(`DELETE /drive/v3/files/${id}`);
    const { body } = await call(`GET /drive/v3/changes?pageToken=${start}`, undefined, bob);
    expect(body.changes).toMatchObject([{ fileId: id, removed: true }]);
  });
});

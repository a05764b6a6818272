import { describe, expect, it } from 'vitest';
import { ANN, BOB, CEM, openDomain } from '../domain.ts';

describe('files.create', () => {
  it('answers kind, id, name and mimeType where nothing else is asked for', async () => {
    const { call } = await openDomain();
    const { status, body } = await call('POST /drive/v3/files', {
      name: 'Sheet',
      mimeType: 'application/vnd.google-apps.spreadsheet',
    });
    expect(status).toBe(200);
    expect(body).toEqual({
      kind: 'drive#file',
      id: expect.stringMatching(/^1[\w-]{43}$/),
      name: 'Sheet',
      mimeType: 'application/vnd.google-apps.spreadsheet',
    });
  });

  it('gives folders ids of 33 characters and puts files where they are asked to be', async () => {
    const { call } = await openDomain();
    const folder = await call('POST /drive/v3/files', {
      name: 'F',
      mimeType: 'application/vnd.google-apps.folder',
    });
    expect(folder.body.id).toMatch(/^1[\w-]{32}$/);
    const file = await call('POST /drive/v3/files?fields=parents', { name: 'x', parents: [folder.body.id] });
    expect(file.body).toEqual({ parents: [folder.body.id] });
    const root = await call('GET /drive/v3/files/root?fields=id,name');
    expect(root.body.name).toBe('My Drive');
    expect((await call('POST /drive/v3/files?fields=parents', { name: 'y' })).body.parents).toEqual([
      root.body.id,
    ]);
  });

  it('refuses a parent that the caller cannot see', async () => {
    const { call, fileId, tokenFor } = await openDomain();
    const team = await fileId('Team');
    const answer = await call('POST /drive/v3/files', { name: 'x', parents: [team] }, tokenFor(CEM));
    expect(answer.status).toBe(404);
    expect(answer.body.error).toMatchObject({
      message: `File not found: ${team}.`,
      errors: [{ reason: 'notFound', location: 'fileId', locationType: 'parameter' }],
    });
  });
});

describe('files.get', () => {
  it('gives the fields that are named, in nested form too, and leaves kind out', async () => {
    const { call, fileId } = await openDomain();
    const id = await fileId('Plan');
    const fields = 'name,owners(emailAddress,me),lastModifyingUser/displayName';
    expect((await call(`GET /drive/v3/files/${id}?fields=${fields}`)).body).toEqual({
      name: 'Plan',
      owners: [{ emailAddress: ANN, me: true }],
      lastModifyingUser: { displayName: 'Ann Admin' },
    });
  });

  it('refuses a field that there is not', async () => {
    const { call, fileId } = await openDomain();
    const answer = await call(`GET /drive/v3/files/${await fileId('Plan')}?fields=id,colour`);
    expect(answer.status).toBe(400);
    expect(answer.body.error).toMatchObject({
      message: 'Invalid field selection colour',
      errors: [{ reason: 'invalidParameter', location: 'fields' }],
    });
  });

  it('with alt=media gives the bytes of a file, and refuses those of a document', async () => {
    const { call, fileId, tokenFor } = await openDomain();
    const cem = tokenFor(CEM);
    const media = await call(
      `GET /drive/v3/files/${await fileId('Secret.txt', cem)}?alt=media`,
      undefined,
      cem,
    );
    expect(media.text).toBe('not for you');
    expect(media.headers.get('content-type')).toBe('text/plain');
    const document = await call(`GET /drive/v3/files/${await fileId('Plan')}?alt=media`);
    expect(document.body.error).toMatchObject({ code: 403, errors: [{ reason: 'fileNotDownloadable' }] });
  });
});

describe('files.update', () => {
  it('renames, and moves with addParents and removeParents', async () => {
    const { call, fileId } = await openDomain();
    const [plan, team] = [await fileId('Plan'), await fileId('Team')];
    const folder = await call('POST /drive/v3/files', {
      name: 'Old',
      mimeType: 'application/vnd.google-apps.folder',
    });
    const moved = await call(
      `PATCH /drive/v3/files/${plan}?addParents=${folder.body.id}&removeParents=${team}&fields=name,parents`,
      { name: 'The plan' },
    );
    expect(moved.body).toEqual({ name: 'The plan', parents: [folder.body.id] });
    expect((await call(`GET /drive/v3/files?q='${team}' in parents&fields=files(name)`)).body.files).toEqual([
      { name: 'Budget' },
    ]);
  });

  it('refuses to move a folder below itself', async () => {
    const { call, fileId } = await openDomain();
    const team = await fileId('Team');
    const mimeType = 'application/vnd.google-apps.folder';
    const inner = await call('POST /drive/v3/files', { name: 'Inner', mimeType, parents: [team] });
    const move = `addParents=${inner.body.id}&removeParents=root`;
    expect((await call(`PATCH /drive/v3/files/${team}?${move}`, {})).status).toBe(400);
  });

  it('is refused to a reader, who may still star the file', async () => {
    const { call, fileId, tokenFor } = await openDomain();
    const id = await fileId('Budget');
    const bob = tokenFor(BOB);
    const refused = await call(`PATCH /drive/v3/files/${id}`, { name: 'Mine' }, bob);
    expect(refused.body.error).toMatchObject({
      code: 403,
      errors: [{ reason: 'insufficientFilePermissions' }],
    });
    expect(
      (await call(`PATCH /drive/v3/files/${id}?fields=starred`, { starred: true }, bob)).body.starred,
    ).toBe(true);
    expect((await call(`GET /drive/v3/files/${id}?fields=starred`)).body.starred).toBe(false);
  });
});

describe('the trash', () => {
  it('takes what is below a folder with it, and gives it back', async () => {
    const { call, fileId } = await openDomain();
    const [team, plan] = [await fileId('Team'), await fileId('Plan')];
    await call(`PATCH /drive/v3/files/${team}`, { trashed: true });
    const fields = 'trashed,explicitlyTrashed';
    expect((await call(`GET /drive/v3/files/${plan}?fields=${fields}`)).body).toEqual({
      trashed: true,
      explicitlyTrashed: false,
    });
    await call(`PATCH /drive/v3/files/${team}`, { trashed: false });
    expect((await call(`GET /drive/v3/files/${plan}?fields=${fields}`)).body.trashed).toBe(false);
  });

  it('is emptied for good', async () => {
    const { call, fileId } = await openDomain();
    const plan = await fileId('Plan');
    await call(`PATCH /drive/v3/files/${plan}`, { trashed: true });
    const emptied = await call('DELETE /drive/v3/files/trash');
    expect(emptied.status).toBe(204);
    expect(emptied.headers.get('content-type')).toBe('text/html');
    expect((await call(`GET /drive/v3/files/${plan}`)).status).toBe(404);
    expect((await call(`GET /v1/documents/${plan}`)).status).toBe(404);
  });

  it('is the owner’s to use: a writer is refused', async () => {
    const { call, fileId, tokenFor } = await openDomain();
    const id = await fileId('Budget');
    await call(`POST /drive/v3/files/${id}/permissions`, { type: 'user', role: 'writer', emailAddress: BOB });
    expect((await call(`PATCH /drive/v3/files/${id}`, { trashed: true }, tokenFor(BOB))).status).toBe(403);
  });
});

describe('files.copy and files.export', () => {
  it('copies a spreadsheet with its cells under a new name', async () => {
    const { call, fileId } = await openDomain();
    const copy = await call(`POST /drive/v3/files/${await fileId('Budget')}/copy`, {});
    expect(copy.body.name).toBe('Copy of Budget');
    const values = await call(`GET /v4/spreadsheets/${copy.body.id}/values/Costs!A2:C2`);
    expect(values.body.values).toEqual([['Figma', '12', '45']]);
  });

  it('exports a sheet as CSV and a document as text', async () => {
    const { call, fileId } = await openDomain();
    const csv = await call(`GET /drive/v3/files/${await fileId('Budget')}/export?mimeType=text/csv`);
    expect(csv.headers.get('content-type')).toBe('text/csv');
    expect(csv.text).toBe('Item,Seats,Price\r\nFigma,12,45\r\nDatadog,30,23');
    const text = await call(`GET /drive/v3/files/${await fileId('Plan')}/export?mimeType=text/plain`);
    expect(text.text.replace('\ufeff', '')).toBe('The plan\r\n\r\nWe go up the hill.');
  });

  it('exports a document as Markdown, with its headings, marks and links, and signs that stand for themselves', async () => {
    const { call, fileId } = await openDomain();
    const id = await fileId('Plan');
    const style = (startIndex: number, endIndex: number, textStyle: object) => ({
      updateTextStyle: { range: { startIndex, endIndex }, textStyle, fields: Object.keys(textStyle).join() },
    });
    const title = { namedStyleType: 'HEADING_1' };
    await call(`POST /v1/documents/${id}:batchUpdate`, {
      requests: [
        {
          updateParagraphStyle: { range: { startIndex: 1, endIndex: 2 }, paragraphStyle: title, fields: '*' },
        },
        style(11, 13, { bold: true }),
        style(24, 28, { link: { url: 'https://example.com/hill' } }),
        { insertText: { location: { index: 29 }, text: '\n- a_b' } },
      ],
    });
    const markdown = await call(`GET /drive/v3/files/${id}/export?mimeType=text/markdown`);
    expect(markdown.headers.get('content-type')).toBe('text/markdown');
    expect(markdown.text).toBe(
      '# The plan\n\n**We** go up the [hill](https://example.com/hill).\n\n\\- a\\_b',
    );
  });

  it('refuses a format that Drive does not make', async () => {
    const { call, fileId } = await openDomain();
    const answer = await call(`GET /drive/v3/files/${await fileId('Budget')}/export?mimeType=image/png`);
    expect(answer.body.error).toMatchObject({ code: 400, errors: [{ location: 'convertTo' }] });
  });
});

describe('about.get', () => {
  it('wants to be told what to say', async () => {
    const { call } = await openDomain();
    const answer = await call('GET /drive/v3/about');
    expect(answer.body.error).toMatchObject({
      code: 400,
      message: "The 'fields' parameter is required for this method.",
      errors: [{ reason: 'required', location: 'fields' }],
    });
  });

  it('counts the bytes that somebody keeps', async () => {
    const { call, tokenFor } = await openDomain();
    const { body } = await call('GET /drive/v3/about?fields=user,storageQuota', undefined, tokenFor(CEM));
    expect(body.user).toMatchObject({
      displayName: 'Cem Clerk',
      permissionId: expect.stringMatching(/^\d{20}$/),
    });
    expect(body.storageQuota).toMatchObject({ usage: '11' });
  });
});

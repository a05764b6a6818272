import { drive, type drive_v3 } from '@googleapis/drive';
import { sheets, type sheets_v4 } from '@googleapis/sheets';
import { JWT, OAuth2Client } from 'google-auth-library';
import { GoogleSpreadsheet } from 'google-spreadsheet';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { universeFetch } from '../../../src/inprocess/fetch.ts';
import { google } from '../../../twins/google/twin.ts';
import { BOB, type Domain, openDomain } from './domain.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

/** The SDKs' own HTTP stack, with the universe in the place of the network. */
const transporterOptions = (domain: Domain) => ({
  fetchImplementation: universeFetch(domain.universe) as typeof fetch,
});

function signedIn(domain: Domain) {
  const auth = new OAuth2Client({ transporterOptions: transporterOptions(domain) });
  auth.setCredentials({ access_token: domain.token });
  return { auth, root: { rootUrl: domain.base('google') } };
}

/** The API packages bring an auth library of their own, whose types are others than the installed one's. */
const driveOf = (auth: unknown) => drive({ version: 'v3', auth: auth as drive_v3.Options['auth'] });
const sheetsOf = (auth: unknown) => sheets({ version: 'v4', auth: auth as sheets_v4.Options['auth'] });

/** Tokens and keys are made for the clock of the machine, by which the SDKs sign. */
const realtime = () => openDomain(undefined, { clock: { mode: 'realtime' } });

function keyFileOf(domain: Domain) {
  const { credentials } = google.credentials.document(domain.universe.view('google'), domain.base('google'));
  return credentials.serviceAccount as { client_email: string; private_key: string };
}

describe('@googleapis/drive', () => {
  it('in its second version makes, finds, moves and trashes a file', async () => {
    const domain = await openDomain();
    const { auth, root } = signedIn(domain);
    const { files, parents, about } = drive({
      version: 'v2',
      auth: auth as unknown as drive_v3.Options['auth'],
    });
    const { data: me } = await about.get({}, root);
    expect(me.user?.isAuthenticatedUser).toBe(true);
    const media = { mimeType: 'text/plain', body: 'hello' };
    const { data: made } = await files.insert({ requestBody: { title: 'old.txt' }, media }, root);
    expect(made).toMatchObject({ title: 'old.txt', fileSize: '5', labels: { trashed: false } });
    const { data: list } = await files.list({ q: "title = 'old.txt'", maxResults: 5 }, root);
    expect(list.items?.map(({ id }) => id)).toEqual([made.id]);
    const fileId = String(made.id);
    expect((await parents.list({ fileId }, root)).data.items?.[0]?.isRoot).toBe(true);
    expect((await files.trash({ fileId }, root)).data.labels?.trashed).toBe(true);
  });

  it('makes, finds, shares and deletes a file', async () => {
    const { auth, root } = signedIn(await openDomain());
    const { files, permissions } = driveOf(auth);
    const made = await files.create({ requestBody: { name: 'Notes' } }, root);
    const fileId = made.data.id as string;
    const found = await files.list({ q: "name = 'Notes'", fields: 'files(id,name)' }, root);
    expect(found.data.files).toEqual([{ id: fileId, name: 'Notes' }]);
    const requestBody = { type: 'user', role: 'reader', emailAddress: BOB };
    await permissions.create({ fileId, requestBody, sendNotificationEmail: false }, root);
    expect((await permissions.list({ fileId }, root)).data.permissions).toHaveLength(2);
    await files.delete({ fileId }, root);
    await expect(files.get({ fileId }, root)).rejects.toMatchObject({ status: 404 });
  });

  it('uploads with metadata and downloads again', async () => {
    const { auth, root } = signedIn(await openDomain());
    const { files } = driveOf(auth);
    const made = await files.create(
      {
        requestBody: { name: 'hello.txt' },
        media: { mimeType: 'text/plain', body: 'hello, world' },
        fields: 'id,size',
      },
      root,
    );
    expect(made.data.size).toBe('12');
    const media = await files.get(
      { fileId: made.data.id as string, alt: 'media' },
      { ...root, responseType: 'text' },
    );
    expect(media.data).toBe('hello, world');
  });
});

describe('@googleapis/sheets', () => {
  it('makes a spreadsheet, appends to it and reads it', async () => {
    const { auth, root } = signedIn(await openDomain());
    const { spreadsheets } = sheetsOf(auth);
    const made = await spreadsheets.create({ requestBody: { properties: { title: 'Log' } } }, root);
    const spreadsheetId = made.data.spreadsheetId as string;
    for (const row of [
      ['When', 'Who'],
      ['now', 'ann'],
    ])
      await spreadsheets.values.append(
        { spreadsheetId, range: 'Sheet1', valueInputOption: 'USER_ENTERED', requestBody: { values: [row] } },
        root,
      );
    const { data } = await spreadsheets.values.get({ spreadsheetId, range: 'Sheet1!A:B' }, root);
    expect(data.values).toEqual([
      ['When', 'Who'],
      ['now', 'ann'],
    ]);
  });

  it('reports what the vendor refuses', async () => {
    const { auth, root } = signedIn(await openDomain());
    const { spreadsheets } = sheetsOf(auth);
    const made = await spreadsheets.create({}, root);
    const asked = spreadsheets.values.get(
      { spreadsheetId: made.data.spreadsheetId as string, range: 'No!A1' },
      root,
    );
    await expect(asked).rejects.toThrow('Unable to parse range: No!A1');
  });
});

describe('google-auth-library', () => {
  it('exchanges the key file’s assertion and calls in the account’s name', async () => {
    const domain = await realtime();
    const key = keyFileOf(domain);
    const auth = new JWT({
      email: key.client_email,
      key: key.private_key,
      scopes: ['https://www.googleapis.com/auth/drive'],
      transporterOptions: transporterOptions(domain),
    });
    const { data } = await driveOf(auth).about.get({ fields: 'user' }, { rootUrl: domain.base('google') });
    expect(data.user?.emailAddress).toBe(key.client_email);
  });

  it('refreshes an access token that has run out', async () => {
    const domain = await realtime();
    const { credentials } = google.credentials.document(
      domain.universe.view('google'),
      domain.base('google'),
    );
    const auth = new OAuth2Client({
      clientId: String(credentials.clientId),
      clientSecret: String(credentials.clientSecret),
      transporterOptions: transporterOptions(domain),
    });
    auth.setCredentials({ refresh_token: String(credentials.refreshToken) });
    const { token } = await auth.getAccessToken();
    expect(token).toMatch(/^ya29\./);
    const { files } = driveOf(auth);
    expect((await files.list({}, { rootUrl: domain.base('google') })).data.files?.length).toBeGreaterThan(0);
  });
});

describe('@googleapis/sheets', () => {
  it('changes a spreadsheet in a batch, and looks into it by filters', async () => {
    const { auth, root } = signedIn(await openDomain());
    const { spreadsheets } = sheetsOf(auth);
    const { data } = await spreadsheets.create({ requestBody: { properties: { title: 'Log' } } }, root);
    const spreadsheetId = data.spreadsheetId as string;
    const range = { sheetId: 0, startRowIndex: 0, endRowIndex: 2, startColumnIndex: 0, endColumnIndex: 1 };
    const location = { dimensionRange: { sheetId: 0, dimension: 'ROWS', startIndex: 1, endIndex: 2 } };
    const requests = [
      { pasteData: { coordinate: { sheetId: 0 }, data: 'a\nb', delimiter: ',', type: 'PASTE_NORMAL' } },
      { sortRange: { range, sortSpecs: [{ dimensionIndex: 0, sortOrder: 'DESCENDING' }] } },
      {
        createDeveloperMetadata: {
          developerMetadata: { metadataKey: 'k', visibility: 'DOCUMENT', location },
        },
      },
      { findReplace: { find: '^(b)$', replacement: '$1$1', searchByRegex: true, range } },
    ];
    const done = await spreadsheets.batchUpdate({ spreadsheetId, requestBody: { requests } }, root);
    expect(done.data.replies?.[3]?.findReplace).toMatchObject({ occurrencesChanged: 1 });
    const dataFilters = [{ developerMetadataLookup: { metadataKey: 'k' } }];
    const found = await spreadsheets.values.batchGetByDataFilter(
      { spreadsheetId, requestBody: { dataFilters } },
      root,
    );
    expect(found.data.valueRanges?.[0]?.valueRange?.values).toEqual([['a']]);
    const broken = { requests: [{ mergeCells: { range: { ...range, sheetId: 9 } } }] };
    await expect(spreadsheets.batchUpdate({ spreadsheetId, requestBody: broken }, root)).rejects.toThrow(
      'Invalid requests[0].mergeCells: No grid with id: 9',
    );
  });
});

describe('google-spreadsheet', () => {
  it('adds rows under a header and changes one', async () => {
    const domain = await openDomain();
    vi.stubGlobal('fetch', universeFetch(domain.universe));
    const id = await domain.fileId('Budget');
    const book = new GoogleSpreadsheet(id, { token: domain.token });
    await book.loadInfo();
    expect(book.title).toBe('Budget');
    const sheet = book.sheetsByTitle.Costs;
    await sheet?.addRow({ Item: 'Slack', Seats: 40, Price: 8 });
    const rows = (await sheet?.getRows()) ?? [];
    expect(rows.map((row) => row.get('Item'))).toEqual(['Figma', 'Datadog', 'Slack']);
    rows[0]?.set('Seats', 13);
    await rows[0]?.save();
    await sheet?.loadCells('A1:C4');
    expect(sheet?.getCellByA1('B2').value).toBe(13);
  });

  it('makes a sheet and writes cells with formats and notes', async () => {
    const domain = await openDomain();
    vi.stubGlobal('fetch', universeFetch(domain.universe));
    const book = new GoogleSpreadsheet(await domain.fileId('Budget'), { token: domain.token });
    await book.loadInfo();
    const sheet = await book.addSheet({ title: 'New', headerValues: ['a', 'b'] });
    await sheet.loadCells('A1:B2');
    const cell = sheet.getCellByA1('A2');
    cell.value = 5;
    cell.note = 'five';
    sheet.getCellByA1('B2').formula = '=A2*2';
    await sheet.saveUpdatedCells();
    await sheet.loadCells('A1:B2');
    expect(sheet.getCellByA1('B2').value).toBe(10);
    expect(sheet.getCellByA1('A2').note).toBe('five');
    await sheet.delete();
    expect(book.sheetCount).toBe(1);
  });

  it('sorts, merges, protects, fills and moves ranges', async () => {
    const domain = await openDomain();
    vi.stubGlobal('fetch', universeFetch(domain.universe));
    const book = new GoogleSpreadsheet(await domain.fileId('Budget'), { token: domain.token });
    await book.loadInfo();
    const sheet = book.sheetsByIndex[0] as (typeof book.sheetsByIndex)[number];
    const range = (
      startRowIndex: number,
      endRowIndex: number,
      startColumnIndex: number,
      endColumnIndex: number,
    ) => ({
      sheetId: sheet.sheetId,
      startRowIndex,
      endRowIndex,
      startColumnIndex,
      endColumnIndex,
    });
    await sheet.sortRange(range(1, 3, 0, 3), [{ dimensionIndex: 0, sortOrder: 'ASCENDING' }]);
    await sheet.insertDimension('ROWS', { startIndex: 0, endIndex: 1 }, false);
    await sheet.mergeCells(range(0, 1, 0, 3));
    await sheet.autoFill(range(2, 6, 1, 2));
    await sheet.cutPaste(range(1, 2, 2, 3), { rowIndex: 1, columnIndex: 4 });
    await sheet.addProtectedRange({ range: range(0, 1, 0, 3), editors: { users: [BOB] } });
    await sheet.updateDimensionProperties('COLUMNS', { pixelSize: 200 }, { startIndex: 0, endIndex: 1 });
    await sheet.updateProperties({ title: 'All costs', tabColor: { red: 1, green: 0, blue: 0 } });
    await sheet.loadCells('A1:E6');
    const shown = (place: string) => sheet.getCellByA1(place).value;
    expect(['A3', 'A4', 'E2', 'B5', 'B6'].map(shown)).toEqual(['Datadog', 'Figma', 'Price', -6, -24]);
    const copy = await book.addSheet({ title: 'Else' });
    await copy.copyToSpreadsheet(book.spreadsheetId);
    await book.loadInfo();
    expect(book.sheetsByIndex.map(({ title }) => title)).toEqual(['All costs', 'Else', 'Copy of Else']);
  });
});

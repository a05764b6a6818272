import { describe, expect, it } from 'vitest';
import { google } from '../../../twins/google/twin.ts';
import { ANN, BOB, CEM, openDomain } from './domain.ts';

describe('credentials', () => {
  it('of the document are the administrator’s, with a key file whose token endpoint is the twin’s', async () => {
    const domain = await openDomain();
    const { credentials } = google.credentials.document(
      domain.universe.view('google'),
      domain.base('google'),
    );
    expect(credentials).toMatchObject({
      accessToken: expect.stringMatching(/^ya29\./),
      refreshToken: expect.stringMatching(/^1\/\/0/),
      clientId: expect.stringMatching(/\.apps\.googleusercontent\.com$/),
      serviceAccount: {
        type: 'service_account',
        client_email: expect.stringMatching(/\.iam\.gserviceaccount\.com$/),
        private_key: expect.stringContaining('BEGIN PRIVATE KEY'),
        token_uri: `${domain.base('google')}/token`,
      },
    });
    expect(google.credentials.env(domain.universe.view('google'), domain.base('google'))).toEqual({
      GOOGLE_API_URL: domain.base('google'),
      GOOGLE_ACCESS_TOKEN: domain.token,
      GOOGLE_REFRESH_TOKEN: credentials.refreshToken,
      GOOGLE_CLIENT_ID: credentials.clientId,
      GOOGLE_CLIENT_SECRET: credentials.clientSecret,
    });
  });

  it('are the same in a fork, and others where fresh ones are asked for', async () => {
    const domain = await openDomain();
    const same = domain.registry.fork(domain.universe, { id: 'same', seed: 5 });
    const fresh = domain.registry.fork(domain.universe, { id: 'fresh', credentials: 'fresh' });
    const list = (id: string, token: string) =>
      domain.fetch(`http://orrery.test/u/${id}/google/drive/v3/files`, {
        headers: { authorization: `Bearer ${token}` },
      });
    const tokenOf = (universe: typeof same) =>
      google.credentials.env(universe.view('google'), '').GOOGLE_ACCESS_TOKEN ?? '';
    expect(tokenOf(same)).toBe(domain.token);
    expect(tokenOf(fresh)).not.toBe(domain.token);
    const { universeFetch } = await import('../../../src/inprocess/fetch.ts');
    const ask = (universe: typeof same, token: string) =>
      universeFetch(universe)(`http://orrery.test/u/${universe.id}/google/drive/v3/files`, {
        headers: { authorization: `Bearer ${token}` },
      });
    expect((await ask(fresh, domain.token)).status).toBe(401);
    expect((await ask(fresh, tokenOf(fresh))).status).toBe(200);
    expect((await list('test', domain.token)).status).toBe(200);
  });

  it('are minted for people with scopes and a life, listed, and revoked', async () => {
    const { universe, call } = await openDomain();
    const minted = universe.work('google', (world) =>
      google.credentials.mint(world, {
        kind: 'accessToken',
        as: BOB,
        scopes: ['drive.readonly'],
        expiresInMs: 60_000,
      }),
    );
    expect(minted).toMatchObject({ as: BOB, expiresAt: '2026-03-02T09:01:00.000Z' });
    expect(google.credentials.list(universe.view('google')).map((one) => one.id)).toContain(minted.id);
    const token = String(minted.secret.accessToken);
    expect((await call('GET /drive/v3/files', undefined, token)).status).toBe(200);
    expect(universe.work('google', (world) => google.credentials.revoke(world, minted.id))).toBe(true);
    expect((await call('GET /drive/v3/files', undefined, token)).status).toBe(401);
  });

  it('are in no row by their text, but for those of the document', async () => {
    const { universe, tokenFor } = await openDomain();
    const token = tokenFor(BOB);
    const { accessTokens } = await import('../../../twins/google/identity/world.ts');
    const rows = JSON.stringify(universe.view('google').list(accessTokens).toArray());
    expect(rows).toContain(BOB);
    expect(rows).not.toContain(token);
  });

  it('of unknown kinds, people and scopes are refused', async () => {
    const { universe } = await openDomain();
    const mint = (request: { kind: string; as?: string; scopes?: string[] }) => () =>
      universe.work('google', (world) => google.credentials.mint(world, request));
    expect(mint({ kind: 'cookie' })).toThrow(/no credential of kind/);
    expect(mint({ kind: 'accessToken', as: 'who@acme.example' })).toThrow(/who@acme\.example/);
    expect(mint({ kind: 'accessToken', scopes: ['Not A Scope'] })).toThrow(/no scope/);
  });
});

describe('people in Google’s screens', () => {
  const gesture = (domain: Awaited<ReturnType<typeof openDomain>>, as: string, name: string, with_: object) =>
    domain.universe.gesture({ twin: 'google', gesture: name, as, by: 'operator', with: with_ } as never);

  it('share a file', async () => {
    const domain = await openDomain();
    gesture(domain, ANN, 'share', { file: 'Plan', with: CEM, role: 'commenter' });
    expect(await domain.fileId('Plan', domain.tokenFor(CEM))).not.toBe('');
  });

  it('type into a cell as if by hand, if they may', async () => {
    const domain = await openDomain();
    gesture(domain, ANN, 'editCell', { file: 'Budget', sheet: 'Costs', cell: 'D2', value: '=B2*C2' });
    const id = await domain.fileId('Budget');
    expect((await domain.call(`GET /v4/spreadsheets/${id}/values/Costs!D2`)).body.values).toEqual([['540']]);
    const byReader = () => gesture(domain, BOB, 'editCell', { file: 'Budget', cell: 'A1', value: 'x' });
    expect(byReader).toThrow(/permission/);
  });

  it('add and rename sheets, put rows in and take them out; formulas follow', async () => {
    const domain = await openDomain();
    const path = `/v4/spreadsheets/${await domain.fileId('Budget')}`;
    gesture(domain, ANN, 'editCell', { file: 'Budget', cell: 'D2', value: '=B2*C2' });
    gesture(domain, ANN, 'addSheet', { file: 'Budget', title: 'Sums' });
    gesture(domain, ANN, 'editCell', { file: 'Budget', sheet: 'Sums', cell: 'A1', value: '=Costs!D2' });
    gesture(domain, ANN, 'renameSheet', { file: 'Budget', sheet: 'Costs', title: 'All costs' });
    gesture(domain, ANN, 'insertRows', { file: 'Budget', row: 1, count: 2 });
    const formula = `GET ${path}/values/Sums!A1?valueRenderOption=FORMULA`;
    expect((await domain.call(formula)).body.values).toEqual([["='All costs'!D4"]]);
    gesture(domain, ANN, 'deleteRows', { file: 'Budget', sheet: 'All costs', row: 4 });
    expect((await domain.call(formula)).body.values).toEqual([['=#REF!']]);
    const byReader = () => gesture(domain, BOB, 'insertRows', { file: 'Budget', row: 1 });
    expect(byReader).toThrow(/permission/);
  });

  it('type into a document, rename and trash', async () => {
    const domain = await openDomain();
    const id = await domain.fileId('Plan');
    gesture(domain, ANN, 'typeText', { file: 'Plan', text: ' Slowly.' });
    gesture(domain, ANN, 'rename', { file: 'Plan', name: 'The plan' });
    const exported = await domain.call(`GET /drive/v3/files/${id}/export?mimeType=text/plain`);
    expect(exported.text).toContain('We go up the hill. Slowly.');
    gesture(domain, ANN, 'trash', { file: 'The plan' });
    expect((await domain.call(`GET /drive/v3/files/${id}?fields=name,trashed`)).body).toEqual({
      name: 'The plan',
      trashed: true,
    });
  });

  it('do nothing to files that they do not see', async () => {
    const domain = await openDomain();
    expect(() => gesture(domain, BOB, 'rename', { file: 'Plan', name: 'x' })).toThrow(
      /sees no file named Plan/,
    );
  });
});

describe('the rows of a domain', () => {
  it('hold files, sheets and cells under keys that sort as the grid does', async () => {
    const { universe, fileId } = await openDomain();
    const id = await fileId('Budget');
    const { files } = await import('../../../twins/google/drive/world.ts');
    const { cells, sheets } = await import('../../../twins/google/sheets/world.ts');
    const world = universe.view('google');
    expect(world.get(files, id)).toMatchObject({ name: 'Budget', owner: ANN, trashed: false });
    expect(world.list(sheets).toArray()).toMatchObject([
      { spreadsheetId: id, properties: { sheetId: 0, title: 'Costs' } },
    ]);
    const rows = world.list(cells, { prefix: `${id}/` }).toArray();
    expect(rows.map((cell) => [cell.row, cell.column]).slice(0, 4)).toEqual([
      [0, 0],
      [0, 1],
      [0, 2],
      [1, 0],
    ]);
    expect(rows[4]).toMatchObject({ userEnteredValue: { numberValue: 12 } });
    expect(new Set(rows.map((cell) => cells.key(cell).length)).size).toBe(1);
  });
});

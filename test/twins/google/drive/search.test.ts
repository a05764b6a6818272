import { describe, expect, it } from 'vitest';
import { ANN, BOB, CEM, type Domain, openDomain } from '../domain.ts';

async function found(domain: Domain, q: string, token?: string): Promise<string[]> {
  const order = q.includes('fullText') ? '' : '&orderBy=name';
  const { status, body } = await domain.call(
    `GET /drive/v3/files?fields=files(name)${order}&q=${encodeURIComponent(q)}`,
    undefined,
    token ?? domain.token,
  );
  if (status !== 200) return [`${status} ${JSON.stringify(body.error)}`];
  return (body.files as unknown as { name: string }[]).map((file) => file.name);
}

describe('the search language', () => {
  it.each([
    ["name = 'Plan'", ['Plan']],
    ["name != 'Plan'", ['Budget', 'Team']],
    ['name = "Plan"', ['Plan']],
    ["name contains 'bud'", ['Budget']],
    ["name contains 'udget'", []],
    ["not name contains 'P'", ['Budget', 'Team']],
    ["mimeType = 'application/vnd.google-apps.folder'", ['Team']],
    ["mimeType contains 'application/vnd' and name contains 'B'", ['Budget']],
    ["name = 'Plan' or name = 'Team'", ['Plan', 'Team']],
    ["(name = 'Plan' or name = 'Team') and mimeType != 'application/vnd.google-apps.folder'", ['Plan']],
    ["fullText contains 'hill'", ['Plan']],
    ["fullText contains 'Datadog'", ['Budget']],
    ['fullText contains \'"up the hill"\'', ['Plan']],
    ["name contains 'bud' and fullText contains 'figma'", ['Budget']],
    ["mimeType contains 'spreadsheet'", ['Budget']],
    ["modifiedTime > '2026-03-01'", ['Budget', 'Plan', 'Team']],
    ["modifiedTime > '2026-03-01T00:00:00+02:00'", ['Budget', 'Plan', 'Team']],
    ["createdTime < '2026-03-01T00:00:00Z' or viewedByMeTime < '2020-01-01T00:00:00'", []],
    ['sharedWithMe = false', ['Budget', 'Plan', 'Team']],
    ['trashed = true', []],
    ['trashed=false and starred = false', ['Budget', 'Plan', 'Team']],
    ["createdTime > '2026-03-01T00:00:00'", ['Budget', 'Plan', 'Team']],
    ["modifiedTime < '2026-03-01T00:00:00'", []],
    [`'${ANN}' in owners`, ['Budget', 'Plan', 'Team']],
    [`'${BOB}' in readers`, ['Budget']],
    [`'${BOB}' in writers`, []],
    ["'me' in owners and not 'me' in readers", []],
    ['sharedWithMe', []],
    ["visibility = 'limited'", ['Budget', 'Plan', 'Team']],
    ["properties has { key='team' and value='x' }", []],
  ])('%s', async (q, names) => {
    expect(await found(await openDomain(), q)).toEqual(names);
  });

  it.each([
    'name',
    'name =',
    "name > 'x'",
    "trashed = 'yes'",
    "visibility = 'open'",
    "appProperties has { key='x' }",
    'modifiedTime > 12',
    "colour = 'red'",
    "name = 'x",
    "(name = 'x'",
    "name = 'x' nonsense",
    "modifiedTime > 'yesterday'",
    "'x' in name",
    `${'('.repeat(200)}name = 'x'${')'.repeat(200)}`,
  ])('refuses %s', async (q) => {
    const domain = await openDomain();
    const { status, body } = await domain.call(`GET /drive/v3/files?q=${encodeURIComponent(q)}`);
    expect(status).toBe(400);
    expect(body.error).toMatchObject({
      errors: [{ reason: 'invalid', location: 'q', locationType: 'parameter' }],
    });
  });

  it('reads escaped quotes', async () => {
    const domain = await openDomain();
    await domain.call('POST /drive/v3/files', { name: "Valentine's \\ day" });
    expect(await found(domain, "name = 'Valentine\\'s \\\\ day'")).toEqual(["Valentine's \\ day"]);
  });

  it('finds by parents and by properties', async () => {
    const domain = await openDomain();
    const plan = await domain.fileId('Plan');
    await domain.call(`PATCH /drive/v3/files/${plan}`, { properties: { team: 'sales', gone: null } });
    expect(await found(domain, "properties has { key='team' and value='sales' }")).toEqual(['Plan']);
    expect(await found(domain, `'${await domain.fileId('Team')}' in parents`)).toEqual(['Budget', 'Plan']);
    expect(await found(domain, "'root' in parents")).toEqual(['Team']);
  });

  it('shows each person what they have access to', async () => {
    const domain = await openDomain();
    expect(await found(domain, 'sharedWithMe', domain.tokenFor(BOB))).toEqual(['Budget']);
    expect(await found(domain, 'trashed = false', domain.tokenFor(CEM))).toEqual(['Secret.txt']);
  });
});

describe('files.list', () => {
  it('pages by token, and keeps its place when files come and go between pages', async () => {
    const domain = await openDomain();
    for (let i = 0; i < 5; i++) await domain.call('POST /drive/v3/files', { name: `n${i}` });
    const path =
      "GET /drive/v3/files?fields=nextPageToken,files(id,name)&orderBy=name&pageSize=2&q=name contains 'n'";
    const first = await domain.call(path);
    expect(first.body.nextPageToken).toMatch(/^~!!~/);
    const [gone] = first.body.files as unknown as { id: string }[];
    await domain.call(`DELETE /drive/v3/files/${gone?.id}`);
    const second = await domain.call(`${path}&pageToken=${first.body.nextPageToken}`);
    expect((second.body.files as unknown as { name: string }[]).map((file) => file.name)).toEqual([
      'n2',
      'n3',
    ]);
    const last = await domain.call(`${path}&pageToken=${second.body.nextPageToken}`);
    expect(last.body).toEqual({ files: [{ id: expect.any(String), name: 'n4' }] });
  });

  it('refuses a token of another search, and a page size out of bounds', async () => {
    const domain = await openDomain();
    const first = await domain.call('GET /drive/v3/files?pageSize=1');
    const other = await domain.call(
      `GET /drive/v3/files?q=trashed=true&pageToken=${first.body.nextPageToken}`,
    );
    expect(other.body.error).toMatchObject({ errors: [{ location: 'pageToken' }] });
    expect((await domain.call('GET /drive/v3/files?pageSize=5000')).status).toBe(200);
    const size = await domain.call('GET /drive/v3/files?pageSize=0');
    expect(size.body.error).toMatchObject({ errors: [{ location: 'pageSize' }] });
  });

  it('lists the newest change first', async () => {
    const domain = await openDomain();
    await domain.universe.advance(domain.universe.clock.now() + 60_000);
    await domain.call(`PATCH /drive/v3/files/${await domain.fileId('Plan')}`, { description: 'x' });
    const { body } = await domain.call('GET /drive/v3/files?fields=files(name)');
    expect((body.files as unknown as { name: string }[])[0]?.name).toBe('Plan');
  });

  it('finds words as they are typed into documents and cells, and no longer when they are gone', async () => {
    const domain = await openDomain();
    const { call, fileId } = domain;
    const [plan, budget] = [await fileId('Plan'), await fileId('Budget')];
    const typing = { requests: [{ insertText: { text: 'Zanzibar ', location: { index: 1 } } }] };
    await call(`POST /v1/documents/${plan}:batchUpdate`, typing);
    const cell = `PUT /v4/spreadsheets/${budget}/values/Costs!A2?valueInputOption=RAW`;
    await call(cell, { values: [['Madagascar']] });
    expect(await found(domain, "fullText contains 'zanzibar'")).toEqual(['Plan']);
    await call(cell, { values: [['Zanzibar']] });
    expect((await found(domain, "fullText contains 'zanzibar'")).sort()).toEqual(['Budget', 'Plan']);
    for (let n = 0; n < 70; n++)
      await call('POST /drive/v3/files', { name: `d${n}`, mimeType: 'application/vnd.google-apps.document' });
    await call(cell, { values: [['Figma']] });
    expect(await found(domain, "fullText contains 'zanzibar'")).toEqual(['Plan']);
  });

  it('does not order hits of a full text by anything but how well they fit', async () => {
    const { call } = await openDomain();
    const { body } = await call("GET /drive/v3/files?orderBy=name&q=fullText contains 'hill'");
    expect(body.error).toMatchObject({ code: 403, errors: [{ location: 'orderBy' }] });
  });

  it('finds a file by the text that its app gives for it', async () => {
    const domain = await openDomain();
    await domain.call('POST /drive/v3/files', {
      name: 'drawing.bin',
      contentHints: { indexableText: '<b>Lighthouse</b> in the fog' },
    });
    expect(await found(domain, "fullText contains 'lighthouse'")).toEqual(['drawing.bin']);
  });

  it('pages through the newest changes, whatever changes meanwhile', async () => {
    const { call } = await openDomain();
    const make = (n: number) =>
      call('POST /drive/v3/files', { name: `n${n}`, modifiedTime: `2026-01-0${n + 1}T00:00:00Z` });
    for (let n = 0; n < 6; n++) await make(n);
    const list = (more = '') => call(`GET /drive/v3/files?pageSize=3&q=name contains 'n'${more}`);
    const first = await list();
    const names = (body: Record<string, unknown>) =>
      (body.files as { name: string }[]).map(({ name }) => name);
    expect(names(first.body)).toEqual(['n5', 'n4', 'n3']);
    await make(6);
    const second = await list(`&pageToken=${encodeURIComponent(String(first.body.nextPageToken))}`);
    expect(names(second.body)).toEqual(['n2', 'n1', 'n0']);
    expect((await list('&pageToken=none')).body.error).toMatchObject({ errors: [{ location: 'pageToken' }] });
  });
});

import { describe, expect, it } from 'vitest';
import { ANN, BOB, CEM, type Domain, openDomain } from '../domain.ts';

async function found(domain: Domain, q: string, token?: string): Promise<string[]> {
  const { status, body } = await domain.call(
    `GET /drive/v3/files?fields=files(name)&orderBy=name&q=${encodeURIComponent(q)}`,
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
    const size = await domain.call('GET /drive/v3/files?pageSize=1001');
    expect(size.body.error).toMatchObject({ errors: [{ location: 'pageSize' }] });
  });

  it('lists the newest change first', async () => {
    const domain = await openDomain();
    await domain.universe.advance(domain.universe.clock.now() + 60_000);
    await domain.call(`PATCH /drive/v3/files/${await domain.fileId('Plan')}`, { description: 'x' });
    const { body } = await domain.call('GET /drive/v3/files?fields=files(name)');
    expect((body.files as unknown as { name: string }[])[0]?.name).toBe('Plan');
  });
});

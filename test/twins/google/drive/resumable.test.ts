import { describe, expect, it } from 'vitest';
import { ANN, BOB, type Domain, openDomain, WORLD } from '../domain.ts';

const CHUNK = 256 * 1024;
const part = (letter: string) => letter.repeat(CHUNK);

interface Sent {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

async function send(
  domain: Domain,
  method: string,
  address: string,
  body: string,
  headers: Record<string, string> = {},
): Promise<Sent> {
  const url = address.startsWith('http') ? address : `/google${address}`;
  const response = await domain.fetch(url, { method, headers, ...(body ? { body } : {}) });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text.startsWith('{') ? JSON.parse(text) : {},
  };
}

/** Opens a session and gives its address, which is all that its bytes need. */
async function opened(domain: Domain, metadata: object, headers: Record<string, string> = {}): Promise<Sent> {
  return send(
    domain,
    'POST',
    '/upload/drive/v3/files?uploadType=resumable&fields=id,name,size',
    JSON.stringify(metadata),
    {
      authorization: `Bearer ${domain.token}`,
      'content-type': 'application/json',
      ...headers,
    },
  );
}
const addressOf = (answer: Sent): string => answer.headers.get('location') ?? '';
const range = (text: string) => ({ 'content-range': `bytes ${text}` });

describe('a resumable upload', () => {
  it('says how much has come, takes a part again, and gives the finished file as often as it is asked', async () => {
    const domain = await openDomain();
    const to = addressOf(await opened(domain, { name: 'big.bin' }));
    expect((await send(domain, 'PUT', to, '', range('*/524290'))).headers.get('range')).toBeNull();
    const first = await send(domain, 'PUT', to, part('a'), range('0-262143/524290'));
    expect([first.status, first.headers.get('range')]).toEqual([308, 'bytes=0-262143']);
    const asked = await send(domain, 'PUT', to, '', range('*/524290'));
    expect([asked.status, asked.headers.get('range')]).toEqual([308, 'bytes=0-262143']);
    expect((await send(domain, 'PUT', to, part('a'), range('0-262143/524290'))).status).toBe(308);
    const last = await send(domain, 'PUT', to, `${part('b')}cd`, range('262144-524289/524290'));
    expect(last.body).toMatchObject({ name: 'big.bin', size: '524290' });
    expect((await send(domain, 'PUT', to, '', range('*/524290'))).body.id).toBe(last.body.id);
  });

  it('keeps whole pieces of 256 KiB of a part, and refuses one that is smaller', async () => {
    const domain = await openDomain();
    const to = addressOf(await opened(domain, { name: 'x' }));
    const odd = await send(domain, 'PUT', to, `${part('a')}bcd`, range('0-262146/*'));
    expect([odd.status, odd.headers.get('range')]).toEqual([308, 'bytes=0-262143']);
    const small = await send(domain, 'PUT', to, 'bcd', range('262144-262146/*'));
    expect(small.body.error).toMatchObject({ code: 400, message: expect.stringContaining('262144') });
    expect((await send(domain, 'PUT', to, 'bcd', range('262144-262146/262147'))).body.size).toBe('262147');
  });

  it('refuses a gap, a range that is not that of its bytes, and what is no range', async () => {
    const domain = await openDomain();
    const to = addressOf(await opened(domain, { name: 'x' }));
    for (const wrong of ['262144-524287/600000', '0-9/600000', 'all of it'])
      expect((await send(domain, 'PUT', to, part('a'), range(wrong))).status, wrong).toBe(400);
    expect((await send(domain, 'PUT', to, '', range('*/600000'))).status).toBe(308);
  });

  it('may be of nothing, ends where its length was told beforehand, and is gone after a week or when it is ended', async () => {
    const domain = await openDomain();
    const empty = addressOf(await opened(domain, { name: 'empty' }));
    expect((await send(domain, 'PUT', empty, '', range('*/0'))).body.size).toBe('0');
    const told = addressOf(await opened(domain, { name: 'x' }, { 'x-upload-content-length': '3' }));
    expect((await send(domain, 'PUT', told, 'abc', range('0-2/*'))).body.size).toBe('3');
    const ended = addressOf(await opened(domain, { name: 'x' }));
    expect((await send(domain, 'DELETE', ended, '')).status).toBe(499);
    expect((await send(domain, 'PUT', ended, 'abc')).status).toBe(404);
    const late = addressOf(await opened(domain, { name: 'x' }));
    await domain.universe.advance(domain.universe.now() + 8 * 24 * 3_600_000);
    expect((await send(domain, 'PUT', late, 'abc')).status).toBe(404);
  });

  it('speaks the newer protocol: start, upload, query, finalize', async () => {
    const domain = await openDomain();
    const start = await opened(
      domain,
      { name: 'new.txt' },
      {
        'x-goog-upload-protocol': 'resumable',
        'x-goog-upload-command': 'start',
        'x-goog-upload-header-content-type': 'text/plain',
      },
    );
    expect(start.headers.get('x-goog-upload-chunk-granularity')).toBe(String(CHUNK));
    const to = start.headers.get('x-goog-upload-url') ?? '';
    const command = (text: string, offset: number) => ({
      authorization: `Bearer ${domain.token}`,
      'x-goog-upload-command': text,
      'x-goog-upload-offset': String(offset),
    });
    expect((await send(domain, 'POST', to, part('a'), command('upload', 0))).status).toBe(200);
    const asked = await send(domain, 'POST', to, '', command('query', 0));
    expect(asked.headers.get('x-goog-upload-size-received')).toBe(String(CHUNK));
    const done = await send(domain, 'POST', to, 'end', command('upload, finalize', CHUNK));
    expect(done.body).toMatchObject({ name: 'new.txt', size: String(CHUNK + 3) });
  });

  it('is refused before a byte is sent where the folder or the file may not be written to', async () => {
    const domain = await openDomain();
    expect((await opened(domain, { name: 'x', parents: ['nowhere'] })).status).toBe(404);
    const headers = { authorization: `Bearer ${domain.tokenFor(BOB)}` };
    const path = `/upload/drive/v3/files/${await domain.fileId('Budget')}?uploadType=resumable`;
    expect(
      (await send(domain, 'PATCH', path, '{}', { ...headers, 'content-type': 'application/json' })).status,
    ).toBe(403);
  });
});

describe('the space that somebody has', () => {
  it('is what the world gives: what does not fit is refused, and fits when the trash is emptied', async () => {
    const domain = await openDomain({ ...WORLD, google: { ...WORLD.google, storage: { limit: 15 } } });
    const up = (bytes: string) =>
      send(domain, 'POST', '/upload/drive/v3/files?uploadType=media', bytes, {
        authorization: `Bearer ${domain.token}`,
        'content-type': 'text/plain',
      });
    const first = await up('12345678');
    expect((await up('12345678')).body.error).toMatchObject({ errors: [{ reason: 'storageQuotaExceeded' }] });
    await domain.call(`PATCH /drive/v3/files/${first.body.id}`, { trashed: true });
    const { body } = await domain.call('GET /drive/v3/about?fields=storageQuota');
    expect(body.storageQuota).toEqual({ limit: '15', usage: '8', usageInDrive: '8', usageInDriveTrash: '8' });
    await domain.call('DELETE /drive/v3/files/trash');
    expect((await up('12345678')).status).toBe(200);
  });
});

describe('moves between drives', () => {
  it('give a file to the shared drive, and back to who takes it out', async () => {
    const { call, fileId } = await openDomain();
    const drive = await call('POST /drive/v3/drives?requestId=m', { name: 'Ops' });
    const [plan, team] = [await fileId('Plan'), await fileId('Team')];
    const flags = 'supportsAllDrives=true&fields=driveId,owners(emailAddress),parents';
    const into = `addParents=${drive.body.id}&removeParents=${team}`;
    const inside = await call(`PATCH /drive/v3/files/${plan}?${flags}&${into}`, {});
    expect(inside.body).toEqual({ driveId: drive.body.id, parents: [drive.body.id] });
    const second = await call(`PATCH /drive/v3/files/${plan}?${flags}&addParents=${team}`, {});
    expect(second.body.error).toMatchObject({ errors: [{ reason: 'teamDrivesParentLimit' }] });
    const out = `addParents=${team}&removeParents=${drive.body.id}`;
    const back = await call(`PATCH /drive/v3/files/${plan}?${flags}&${out}`, {});
    expect(back.body).toEqual({ owners: [{ emailAddress: ANN }], parents: [team] });
  });

  it('are hidden from programs that do not say that they know shared drives', async () => {
    const { call } = await openDomain();
    const drive = await call('POST /drive/v3/drives?requestId=m', { name: 'Ops' });
    const parents = [drive.body.id];
    expect((await call('POST /drive/v3/files', { name: 'x', parents })).status).toBe(404);
    const made = await call('POST /drive/v3/files?supportsAllDrives=true', { name: 'x', parents });
    expect((await call(`GET /drive/v3/files/${made.body.id}`)).status).toBe(404);
    expect((await call(`GET /drive/v3/files/${made.body.id}?supportsTeamDrives=true`)).status).toBe(200);
  });
});

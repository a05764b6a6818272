import { describe, expect, it } from 'vitest';
import { type Domain, openDomain } from '../domain.ts';

const related = (metadata: object, type: string, media: string) =>
  [
    '--edge',
    'Content-Type: application/json; charset=UTF-8',
    '',
    JSON.stringify(metadata),
    '--edge',
    `Content-Type: ${type}`,
    '',
    media,
    '--edge--',
    '',
  ].join('\r\n');

async function send(
  domain: Domain,
  method: string,
  path: string,
  body: string,
  headers: Record<string, string>,
) {
  const response = await domain.fetch(path.startsWith('http') ? path : `/google${path}`, {
    method,
    body,
    headers: { authorization: `Bearer ${domain.token}`, ...headers },
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: (text ? JSON.parse(text) : {}) as { id: string },
  };
}

/** The least that a part may be, unless it is the last. */
const PART = 'a'.repeat(256 * 1024);

describe('uploads', () => {
  it('in one body with their metadata make a file with its bytes', async () => {
    const domain = await openDomain();
    const made = await send(
      domain,
      'POST',
      '/upload/drive/v3/files?uploadType=multipart&fields=id,name,size,md5Checksum,mimeType',
      related({ name: 'note.txt' }, 'text/plain', 'two\r\nlines'),
      { 'content-type': 'multipart/related; boundary=edge' },
    );
    expect(made.body).toMatchObject({ name: 'note.txt', size: '10', mimeType: 'text/plain' });
    expect((await domain.call(`GET /drive/v3/files/${made.body.id}?alt=media`)).text).toBe('two\r\nlines');
  });

  it('of CSV become a spreadsheet where that is asked for', async () => {
    const domain = await openDomain();
    const made = await send(
      domain,
      'POST',
      '/upload/drive/v3/files?uploadType=multipart',
      related(
        { name: 'People', mimeType: 'application/vnd.google-apps.spreadsheet' },
        'text/csv',
        'name,age\r\n"Lee, Ann",30',
      ),
      { 'content-type': 'multipart/related; boundary="edge"' },
    );
    const { body } = await domain.call(
      `GET /v4/spreadsheets/${made.body.id}/values/Sheet1?valueRenderOption=UNFORMATTED_VALUE`,
    );
    expect(body.values).toEqual([
      ['name', 'age'],
      ['Lee, Ann', 30],
    ]);
  });

  it('of new bytes are a new revision', async () => {
    const domain = await openDomain();
    const made = await send(domain, 'POST', '/upload/drive/v3/files?uploadType=media', 'one', {
      'content-type': 'text/plain',
    });
    const path = `/upload/drive/v3/files/${made.body.id}?uploadType=media`;
    await send(domain, 'PATCH', path, 'two', { 'content-type': 'text/plain' });
    expect((await domain.call(`GET /drive/v3/files/${made.body.id}?alt=media`)).text).toBe('two');
    const { body } = await domain.call(
      `GET /drive/v3/files/${made.body.id}/revisions?fields=revisions(id,size)`,
    );
    expect(body.revisions).toHaveLength(2);
    const [first] = body.revisions as unknown as { id: string }[];
    expect((await domain.call(`DELETE /drive/v3/files/${made.body.id}/revisions/${first?.id}`)).status).toBe(
      204,
    );
  });

  it('that resume take their bytes in parts', async () => {
    const domain = await openDomain();
    const opened = await send(
      domain,
      'POST',
      '/upload/drive/v3/files?uploadType=resumable',
      '{"name":"big.bin"}',
      {
        'content-type': 'application/json',
        'x-upload-content-type': 'application/octet-stream',
      },
    );
    const location = opened.headers.get('location') as string;
    expect(location).toContain(domain.base('google'));
    const range = (text: string) => ({ 'content-range': `bytes ${text}/262147` });
    const part = await send(domain, 'PUT', location, PART, range('0-262143'));
    expect(part.status).toBe(308);
    expect(part.headers.get('range')).toBe('bytes=0-262143');
    const done = await send(domain, 'PUT', location, 'def', range('262144-262146'));
    expect(done.status).toBe(200);
    expect((await domain.call(`GET /drive/v3/files/${done.body.id}?alt=media`)).text).toBe(`${PART}def`);
    expect((await send(domain, 'PUT', location, '', range('*'))).body.id).toBe(done.body.id);
  });

  it('takes the parts of a session by POST as well, as Go programs send them, for new files and old', async () => {
    const domain = await openDomain();
    const sent = (method: string, path: string, body: string, headers: Record<string, string>) =>
      send(domain, method, path, body, headers);
    const open = async (method: string, path: string) =>
      (
        await sent(method, `${path}?uploadType=resumable`, '{"name":"go.bin"}', {
          'content-type': 'application/json',
        })
      ).headers.get('location') as string;
    const fresh = await open('POST', '/upload/drive/v3/files');
    const range = (text: string) => ({ 'content-range': `bytes ${text}/262147` });
    expect((await sent('POST', fresh, PART, range('0-262143'))).status).toBe(308);
    const { body } = await sent('POST', fresh, 'def', range('262144-262146'));
    const again = await open('PATCH', `/upload/drive/v3/files/${body.id}`);
    expect((await sent('POST', again, 'ghi', { 'content-range': 'bytes 0-2/3' })).status).toBe(200);
    expect((await domain.call(`GET /drive/v3/files/${body.id}?alt=media`)).text).toBe('ghi');
    const { body: files } = await domain.call("GET /drive/v3/files?q=name='go.bin'");
    expect(files.files).toHaveLength(1);
  });
});

import { deflateRawSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { CY, openSite, type TestSite } from './site.ts';

let site: TestSite;
beforeEach(async () => {
  site = await openSite();
});

const upload = async (name: string, bytes: string | Uint8Array, type = '') => {
  const form = new FormData();
  form.append('file', new Blob([bytes as Uint8Array<ArrayBuffer> | string], { type }), name);
  const answer = await site.call('POST', '/rest/api/3/issue/ENG-2/attachments', form, {
    'x-atlassian-token': 'no-check',
  });
  return { id: String(answer.get('0.id')), answer };
};

const get = (path: string, headers: Record<string, string> = {}) =>
  site.fetch(path.startsWith('/jira') ? path : `/jira/rest/api/3/attachment/${path}`, {
    headers: { authorization: site.basic, ...headers },
    redirect: 'manual',
  });

/** A zip of some files, as any program packs it. */
function zip(files: Record<string, string>): Uint8Array {
  const [local, central]: [Buffer[], Buffer[]] = [[], []];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const packed = deflateRawSync(text);
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt32LE(packed.length, 18);
    head.writeUInt32LE(text.length, 22);
    head.writeUInt16LE(name.length, 26);
    local.push(head, Buffer.from(name), packed);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(text.length, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(offset, 42);
    central.push(entry, Buffer.from(name));
    offset += 30 + name.length + packed.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, ...central, end]);
}

describe('the content of a file', () => {
  it('is where the API leads, without signing in, for a while', async () => {
    const { id } = await upload('notes.txt', 'Hello there', 'text/plain');
    const led = await get(`content/${id}`);
    expect(led.status).toBe(303);
    const { pathname, search } = new URL(String(led.headers.get('location')));
    const path = pathname.slice(pathname.indexOf('/jira/')) + search;
    expect(await (await site.fetch(path)).text()).toBe('Hello there');
    expect((await site.fetch(path.replace(/token=\d/, 'token=9'))).status).toBe(403);
    await site.universe.advance(site.universe.now() + 3_600_000);
    expect((await site.fetch(path)).status).toBe(403);
  });

  it.each([
    ['bytes=0-4', 206, 'Hello', 'bytes 0-4/11'],
    ['bytes=6-', 206, 'there', 'bytes 6-10/11'],
    ['bytes=-2', 206, 're', 'bytes 9-10/11'],
    ['bytes=20-30', 416, undefined, 'bytes */11'],
    ['bytes=5-2', 400, undefined, null],
    ['lines=1-2', 400, undefined, null],
  ])('comes in parts where a range asks for them: %s', async (range, status, text, part) => {
    const { id } = await upload('notes.txt', 'Hello there', 'text/plain');
    const answer = await get(`content/${id}?redirect=false`, { range });
    expect([answer.status, answer.headers.get('content-range')]).toEqual([status, part]);
    if (text !== undefined) expect(await answer.text()).toBe(text);
  });

  it('is not for who may not see the issue, nor after it was deleted', async () => {
    const { id } = await upload('notes.txt', 'x');
    expect((await site.callAs(undefined, 'GET', `/rest/api/3/attachment/content/${id}`)).status).toBe(404);
    const refusal = await site.callAs(site.basicFor(CY), 'DELETE', `/rest/api/3/attachment/${id}`);
    expect(refusal.status).toBe(403);
    await site.call('DELETE', `/rest/api/3/attachment/${id}`);
    expect((await get(`content/${id}`)).status).toBe(404);
  });
});

describe('a thumbnail', () => {
  it('shows a picture, and a default for what is none', async () => {
    const picture = await upload('dot.png', new Uint8Array([137, 80, 78, 71]), 'image/png');
    const shown = await get(`thumbnail/${picture.id}?redirect=false&width=100`);
    expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'image/png']);
    const text = await upload('notes.txt', 'x');
    expect((await get(`thumbnail/${text.id}`)).status).toBe(200);
    expect((await get(`thumbnail/${text.id}?fallbackToDefault=false`)).status).toBe(404);
    expect((await get(`thumbnail/${picture.id}?width=wide`)).status).toBe(400);
  });
});

describe('an archive', () => {
  it('is opened for people and for programs', async () => {
    const path = 'long/path/thanks/to/lots/of/subdirectories/to/reach/the/leaf.txt';
    const { id } = await upload('all.zip', zip({ 'a.json': '{}', [path]: 'x'.repeat(2_048) }));
    const raw = await site.call('GET', `/rest/api/3/attachment/${id}/expand/raw`);
    expect(raw.get('totalEntryCount')).toBe(2);
    expect(raw.get('entries.0')).toMatchObject({ name: 'a.json', size: 2, mediaType: 'application/json' });
    const human = await site.call('GET', `/rest/api/3/attachment/${id}/expand/human`);
    expect(human.body).toMatchObject({ id: Number(id), name: 'all.zip', mediaType: 'application/zip' });
    expect(human.get('entries.1')).toMatchObject({
      path,
      size: '2 kB',
      label: expect.stringContaining('...'),
    });
  });

  it('is refused where its kind is not known, and empty where it is none', async () => {
    const tar = await upload('all.tar.gz', 'x');
    expect((await site.call('GET', `/rest/api/3/attachment/${tar.id}/expand/raw`)).status).toBe(409);
    const text = await upload('notes.txt', 'x');
    const answer = await site.call('GET', `/rest/api/3/attachment/${text.id}/expand/raw`);
    expect(answer.body).toEqual({ entries: [], totalEntryCount: 0 });
  });
});

describe('an upload', () => {
  it('takes the last part of a path for the name, and guesses what was not said', async () => {
    const { answer } = await upload('C:\\logs\\run.log', 'x');
    expect(answer.get('0')).toMatchObject({ filename: 'run.log', mimeType: 'text/plain', size: 1 });
  });

  it('is refused with more than sixty files', async () => {
    const form = new FormData();
    for (let i = 0; i < 61; i++) form.append('file', new Blob(['x']), `${i}.txt`);
    const headers = { 'x-atlassian-token': 'no-check' };
    const answer = await site.call('POST', '/rest/api/3/issue/ENG-2/attachments', form, headers);
    expect(answer.status).toBe(413);
  });
});

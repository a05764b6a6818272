import { WebClient } from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import { type Answer, BOB, CAT, openWorkspace, WORLD, type Workspace } from './workspace.ts';

const EVENTS = ['file_created', 'file_shared', 'file_public', 'file_change', 'file_deleted', 'file_unshared'];

/** A workspace whose app hears of files, and holds scopes for them. */
async function filed(): Promise<Workspace> {
  const app = WORLD.slack?.apps?.[0] as Answer;
  const subscriptions = [...EVENTS, 'message.channels'];
  const scopes = [...app.scopes, 'remote_files:read', 'remote_files:write', 'remote_files:share'];
  return openWorkspace({
    ...WORLD,
    slack: { ...WORLD.slack, apps: [{ ...app, scopes, events: { ...app.events, subscriptions } }] },
  });
}

/** Uploads and completes a file as the bot. */
async function upload(w: Workspace, filename: string, body: string | Buffer, more: object = {}) {
  const length = Buffer.byteLength(body);
  const asked = await w.api('files.getUploadURLExternal', { filename, length, ...more });
  await w.fetch(asked.upload_url, { method: 'POST', body: new Uint8Array(Buffer.from(body)) });
  return asked.file_id as string;
}
const complete = (w: Workspace, id: string, more: object = {}) =>
  w.api('files.completeUploadExternal', { files: [{ id }], ...more });
const later = (w: Workspace) => w.universe.advance(w.universe.now() + 2_000);
const info = async (w: Workspace, file: string, token = w.bot) =>
  (await w.api('files.info', { file }, token)).file;

/** The head of a PNG of 1200 by 600 pixels. */
const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452000004b000000258080600000000', 'hex');

describe('a file', () => {
  it('is asked for, sent, completed, shared and read again', async () => {
    const w = await filed();
    const channel = w.channel('general');
    const asked = await w.api('files.getUploadURLExternal', { filename: 'notes.txt', length: 5 });
    expect(asked.upload_url.startsWith(`${w.base('slack')}/upload/v1/`)).toBe(true);
    const files = [{ id: asked.file_id, title: 'Notes' }];
    expect((await w.api('files.completeUploadExternal', { files })).error).toBe('file_not_found');
    const sent = await w.fetch(asked.upload_url, { method: 'POST', body: 'hello' });
    expect([sent.status, await sent.text()]).toEqual([200, 'OK - 5']);
    const done = await w.api('files.completeUploadExternal', {
      files,
      channel_id: channel,
      initial_comment: 'here',
    });
    // As Slack answers before it has shared the file.
    expect(done.files[0]).toMatchObject({ title: 'Notes', size: 5, mimetype: '', channels: [], shares: {} });
    expect((await w.api('files.completeUploadExternal', { files })).error).toBe('file_not_found');
    const { messages } = await w.api('conversations.history', { channel, limit: 1 });
    expect(messages[0]).toMatchObject({
      text: 'here',
      upload: false,
      files: [{ id: asked.file_id, is_public: true }],
    });
    const file = await info(w, asked.file_id);
    expect(file).toMatchObject({ name: 'notes.txt', channels: [channel], is_public: true });
    expect(file.shares.public[channel]).toMatchObject([{ ts: messages[0].ts, channel_name: 'general' }]);
    const bytes = await w.fetch(file.url_private, { headers: { authorization: `Bearer ${w.bot}` } });
    expect(await bytes.text()).toBe('hello');
  });

  it('cannot be sent to an address that was not given out', async () => {
    const w = await openWorkspace();
    expect((await w.fetch('/slack/upload/v1/made-up', { method: 'POST', body: 'x' })).status).toBe(404);
  });

  it('is found to be what it is a moment after its upload', async () => {
    const w = await filed();
    const text = await upload(w, 'notes.txt', 'one\ntwo');
    const code = await upload(w, 'snippet', 'print(1)', { snippet_type: 'python' });
    const image = await upload(w, 'wide.png', PNG, { alt_txt: 'A wall' });
    for (const id of [text, code, image]) await complete(w, id, { channel_id: w.channel('general') });
    expect(await info(w, text)).toMatchObject({ mimetype: '', mode: 'hosted', editable: false });
    await later(w);
    const known = await w.api('files.info', { file: text });
    expect(known).toMatchObject({ content: 'one\ntwo', is_truncated: false, comments: [] });
    expect(known.file).toMatchObject({ mimetype: 'text/plain', filetype: 'text', mode: 'snippet', lines: 2 });
    expect(await info(w, code)).toMatchObject({ filetype: 'python', pretty_type: 'Python', editable: true });
    const shown = await info(w, image);
    expect(shown).toMatchObject({
      filetype: 'png',
      alt_txt: 'A wall',
      original_w: 1200,
      thumb_360_w: 360,
      thumb_360_h: 180,
    });
    const thumb = await w.fetch(shown.thumb_360, { headers: { authorization: `Bearer ${w.bot}` } });
    expect(thumb.headers.get('content-type')).toBe('image/png');
    const { messages } = await w.api('conversations.history', { channel: w.channel('general'), limit: 1 });
    expect(messages[0].files[0].mimetype).toBe('image/png');
  });

  it('is refused where its name, length, description or syntax will not do', async () => {
    const w = await filed();
    const ask = async (given: Record<string, unknown>) =>
      (await w.api('files.getUploadURLExternal', given)).error;
    expect(await ask({ filename: 'x', length: 0 })).toBe('invalid_arguments');
    expect(await ask({ filename: 'x', length: 9e9 })).toBe('file_upload_size_restricted');
    expect(await ask({ filename: 'x', length: 1, alt_txt: 'x'.repeat(1_001) })).toBe('alt_txt_too_large');
    expect(await ask({ filename: 'x', length: 1, snippet_type: 'klingon' })).toBe('unknown_snippet_type');
    expect(await ask({ filename: 'x', length: 2 ** 21, snippet_type: 'go' })).toBe('snippet_too_large');
    expect(await w.api('files.upload', { content: 'x' })).toMatchObject({ error: 'method_deprecated' });
    const id = await upload(w, 'x', 'x');
    const wrong = { channel_id: 'C0NOWHERE', initial_comment: 'x' };
    expect((await complete(w, id, wrong)).error).toBe('channel_not_found');
    expect((await complete(w, id, { channel_id: w.channel('secret') })).error).toBe('channel_not_found');
    expect((await complete(w, id)).ok).toBe(true);
  });

  it('goes into a thread, into several channels and to a person, with blocks or a comment', async () => {
    const w = await filed();
    const general = w.channel('general');
    const random = w.channel('random');
    const root = await w.api('chat.postMessage', { channel: general, text: 'root' });
    const [a, b] = [await upload(w, 'a.txt', 'a'), await upload(w, 'b.txt', 'b')];
    const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: 'two files' } }];
    const files = [{ id: a }, { id: b, title: 'B' }];
    await w.api('files.completeUploadExternal', { files, channel_id: general, thread_ts: root.ts, blocks });
    const { messages } = await w.api('conversations.replies', { channel: general, ts: root.ts });
    expect(messages[1]).toMatchObject({
      blocks: [{ type: 'section' }],
      files: [{ id: a }, { id: b, title: 'B' }],
    });
    const c = await upload(w, 'c.txt', 'c');
    await complete(w, c, { channels: `${general},${random},${w.person(CAT)}` });
    const file = await info(w, c);
    expect([file.channels, file.ims.length]).toEqual([[general, random], 1]);
  });

  it('comes with others in one message by the SDK’s filesUploadV2, unmodified', async () => {
    const w = await filed();
    const client = new WebClient(w.bot, {
      slackApiUrl: `${w.base('slack')}/api/`,
      fetch: ((url: string, init: RequestInit) => w.fetch(String(url), init)) as Answer,
    });
    const channel_id = w.channel('general');
    const done = (await client.filesUploadV2({
      channel_id,
      initial_comment: 'two',
      file_uploads: [
        { filename: 'one.txt', content: 'one' },
        { filename: 'two.py', content: 'print(2)', snippet_type: 'python' },
      ],
    })) as Answer;
    expect(done.files[0].files.map((one: Answer) => one.name)).toEqual(['one.txt', 'two.py']);
    const { messages } = await w.api('conversations.history', { channel: channel_id, limit: 1 });
    expect([messages[0].text, messages[0].files.length]).toEqual(['two', 2]);
  });

  it('leads a browser without a token to the sign-in, and is open by its public address while it is public', async () => {
    const w = await filed();
    const id = await upload(w, 'a.txt', 'abc');
    await complete(w, id, { channel_id: w.channel('general') });
    const file = await info(w, id);
    const away = await w.fetch(file.url_private, { redirect: 'manual' });
    expect([away.status, away.headers.get('location')]).toEqual([
      302,
      expect.stringContaining('redir=%2Ffiles-pri'),
    ]);
    const look = async () => (await w.fetch(file.permalink_public)).status;
    expect(await look()).toBe(404);
    const shared = await w.api('files.sharedPublicURL', { file: id }, w.user);
    expect(shared.file).toMatchObject({ public_url_shared: true });
    const page = await (await w.fetch(file.permalink_public)).text();
    const bytes = await w.fetch(/href="([^"]+)"/.exec(page)?.[1] as string);
    expect(await bytes.text()).toBe('abc');
    expect((await w.api('files.revokePublicURL', { file: id })).file.public_url_shared).toBe(false);
    expect(await look()).toBe(404);
    expect((await w.api('files.sharedPublicURL', { file: id })).error).toBe('not_allowed_token_type');
  });

  it('is listed by maker, place, time and kind, as far as one may see it', async () => {
    const w = await filed();
    const general = w.channel('general');
    const a = await upload(w, 'a.txt', 'a');
    await complete(w, a, { channel_id: general });
    await later(w);
    const b = await upload(w, 'b.png', PNG);
    await complete(w, b);
    const { file: secret } = w.gesture('shareFile', CAT, {
      channel: 'secret',
      name: 'c.pdf',
      content: '%PDF',
    });
    await later(w);
    const list = async (given: Record<string, unknown>, token = w.bot) =>
      (await w.api('files.list', given, token)).files.map((one: Answer) => one.id);
    expect(await list({})).toEqual([b, a]);
    expect(await list({}, w.user)).toEqual([secret, a]);
    expect(await list({ channel: general })).toEqual([a]);
    expect(await list({ types: 'images,pdfs' })).toEqual([b]);
    expect(await list({ types: 'snippets' })).toEqual([a]);
    const { created } = await info(w, a);
    expect(await list({ ts_to: created })).toEqual([a]);
    expect(await list({ ts_from: created + 1 })).toEqual([b]);
    expect(await list({ user: w.person(CAT) })).toEqual([]);
    expect((await w.api('files.list', { count: 1, page: 2 })).paging).toEqual({
      count: 1,
      total: 2,
      page: 2,
      pages: 2,
    });
    expect((await w.api('files.list', { types: 'spoons' })).error).toBe('unknown_type');
    expect((await w.api('files.info', { file: secret })).error).toBe('file_not_found');
  });

  it('leaves a tombstone in its messages when it is deleted, by its maker or an administrator', async () => {
    const w = await filed();
    const channel = w.channel('general');
    const { file, ts } = w.gesture('shareFile', BOB, { channel: 'general', name: 'x.txt', content: 'x' });
    expect((await w.api('files.delete', { file })).error).toBe('cant_delete_file');
    expect(await w.api('files.delete', { file }, w.user)).toEqual({ ok: true });
    const { messages } = await w.api('conversations.history', {
      channel,
      latest: ts,
      inclusive: true,
      limit: 1,
    });
    expect(messages[0].files).toEqual([{ id: file, mode: 'tombstone' }]);
    expect((await w.api('files.info', { file })).error).toBe('file_deleted');
    expect((await w.api('files.list', {})).files).toEqual([]);
    expect((await w.api('files.comments.delete', { file, id: 'Fc1' })).error).toBe('file_deleted');
  });

  it('is told of: made, shared, made public, known, unshared, deleted', async () => {
    const w = await filed();
    const channel = w.channel('general');
    const id = await upload(w, 'a.txt', 'a');
    await complete(w, id, { channel_id: channel });
    await later(w);
    const types = async () => (await w.heard()).map((one) => one.event.subtype ?? one.event.type);
    const first = await w.heard();
    expect(first.map((one) => one.event.type).sort()).toEqual(
      ['file_created', 'file_shared', 'file_public', 'file_change', 'message'].sort(),
    );
    expect(first.find((one) => one.event.type === 'file_shared').event).toMatchObject({
      file_id: id,
      file: { id },
      channel_id: channel,
      user_id: (await info(w, id)).user,
    });
    expect(first.find((one) => one.event.type === 'message').event.subtype).toBe('file_share');
    const { messages } = await w.api('conversations.history', { channel, limit: 1 });
    await w.api('chat.delete', { channel, ts: messages[0].ts });
    expect(await types()).toEqual(['file_unshared', 'message_deleted']);
    expect((await info(w, id)).channels).toEqual([]);
    await w.api('files.delete', { file: id });
    expect(await types()).toEqual(['file_deleted']);
  });
});

describe('a remote file', () => {
  it('is made known, shared, described anew and removed by the app that keeps it', async () => {
    const w = await filed();
    const channels = w.channel('general');
    const external_id = 'doc-1';
    const given = { external_id, external_url: 'https://docs.example/1', title: 'Plan', filetype: 'pdf' };
    const { file } = await w.api('files.remote.add', given);
    expect(file).toMatchObject({
      mode: 'external',
      is_external: true,
      external_id,
      filetype: 'pdf',
      url_private: 'https://docs.example/1',
    });
    const shared = await w.api('files.remote.share', { external_id, channels });
    expect(shared.file.channels).toEqual([channels]);
    const blocks = [{ type: 'file', external_id, source: 'remote' }];
    const posted = await w.api('chat.postMessage', { channel: w.channel('random'), blocks });
    expect(posted.message.files).toMatchObject([{ id: file.id, title: 'Plan' }]);
    const unknown = [{ type: 'file', external_id: 'nope', source: 'remote' }];
    expect((await w.api('chat.postMessage', { channel: channels, blocks: unknown })).error).toBe(
      'invalid_blocks',
    );
    await w.api('files.remote.update', { file: file.id, title: 'Plan B' });
    expect((await w.api('files.remote.info', { external_id })).file.title).toBe('Plan B');
    const listed = await w.api('files.remote.list', { limit: 1 });
    expect([listed.files.length, listed.response_metadata.next_cursor]).toEqual([1, '']);
    expect((await w.api('files.remote.info', {})).error).toBe('invalid_args');
    expect((await w.api('files.remote.info', { external_id, file: file.id })).error).toBe('too_many_ids');
    expect((await w.api('files.remote.update', { external_id, external_url: 'nope' })).error).toBe(
      'invalid_url',
    );
    expect((await w.api('files.remote.add', given, w.user)).error).toBe('not_allowed_token_type');
    expect(await w.api('files.remote.remove', { external_id })).toEqual({ ok: true });
    expect((await w.api('files.remote.info', { external_id })).error).toBe('file_not_found');
  });
});

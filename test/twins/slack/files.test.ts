import { describe, expect, it } from 'vitest';
import { openWorkspace } from './workspace.ts';

describe('a file', () => {
  it('is asked for, sent, completed, shared and read again', async () => {
    const w = await openWorkspace();
    const channel = w.channel('general');
    const asked = await w.api('files.getUploadURLExternal', { filename: 'notes.txt', length: 5 });
    expect(asked.upload_url.startsWith(`${w.base('slack')}/upload/v1/`)).toBe(true);
    const sent = await w.fetch(asked.upload_url, { method: 'POST', body: 'hello' });
    expect([sent.status, await sent.text()]).toEqual([200, 'OK - 5']);
    const files = [{ id: asked.file_id, title: 'Notes' }];
    const done = await w.api('files.completeUploadExternal', {
      files,
      channel_id: channel,
      initial_comment: 'here',
    });
    expect(done.files[0]).toMatchObject({ title: 'Notes', size: 5, mimetype: '', channels: [channel] });
    expect((await w.api('files.completeUploadExternal', { files })).error).toBe('file_not_found');
    const { messages } = await w.api('conversations.history', { channel, limit: 1 });
    expect(messages[0]).toMatchObject({ text: 'here', files: [{ id: asked.file_id }] });
    const bytes = await w.fetch(done.files[0].url_private, { headers: { authorization: `Bearer ${w.bot}` } });
    expect(await bytes.text()).toBe('hello');
    expect((await w.api('files.info', { file: asked.file_id })).file.name).toBe('notes.txt');
    expect((await w.api('files.list', { channel })).paging).toMatchObject({ total: 1, page: 1, pages: 1 });
    expect(await w.api('files.delete', { file: asked.file_id })).toEqual({ ok: true });
    expect((await w.api('files.info', { file: asked.file_id })).error).toBe('file_not_found');
  });

  it('cannot be sent to an address that was not given out', async () => {
    const w = await openWorkspace();
    expect((await w.fetch('/slack/upload/v1/made-up', { method: 'POST', body: 'x' })).status).toBe(404);
  });
});

import { describe, expect, it } from 'vitest';
import { type Answer, hearing, openWorkspace } from './workspace.ts';

const SCOPES = ['bookmarks:read', 'bookmarks:write'];

describe('bookmarks of a channel', () => {
  it('are added at the end, changed and taken away', async () => {
    const w = await openWorkspace(hearing([], SCOPES));
    const channel_id = w.channel('general');
    const add = (title: string, more: object = {}) =>
      w.api('bookmarks.add', { channel_id, title, type: 'link', link: 'https://x.example/a', ...more });
    const { bookmark } = await add('First', { emoji: ':clap:' });
    expect(bookmark).toEqual({
      id: expect.stringMatching(/^Bk/),
      channel_id,
      title: 'First',
      link: 'https://x.example/a',
      emoji: ':clap:',
      icon_url: 'https://x.example/favicon.ico',
      entity_id: null,
      type: 'link',
      date_created: Math.floor(w.universe.now() / 1_000),
      date_updated: 0,
      rank: 'g',
      last_updated_by_user_id: expect.stringMatching(/^U/),
      last_updated_by_team_id: expect.stringMatching(/^T/),
      shortcut_id: null,
      app_id: null,
      app_action_id: null,
    });
    await add('Second');
    const changed = await w.api('bookmarks.edit', { channel_id, bookmark_id: bookmark.id, title: 'Last' });
    expect(changed.bookmark).toMatchObject({ title: 'Last', date_updated: bookmark.date_created });
    const titles = async () =>
      (await w.api('bookmarks.list', { channel_id })).bookmarks.map((one: Answer) => one.title);
    expect(await titles()).toEqual(['Last', 'Second']);
    expect(await w.api('bookmarks.remove', { channel_id, bookmark_id: bookmark.id })).toEqual({ ok: true });
    expect(await titles()).toEqual(['Second']);
    expect((await w.api('bookmarks.edit', { channel_id, bookmark_id: bookmark.id })).error).toBe('not_found');
  });

  it('in a folder go with it', async () => {
    const w = await openWorkspace(hearing([], SCOPES));
    const channel_id = w.channel('general');
    const add = (args: object) => w.api('bookmarks.add', { channel_id, title: 'x', ...args });
    const { bookmark } = await add({ type: 'folder' });
    const link = 'https://x.example';
    expect((await add({ type: 'link', link, parent_id: bookmark.id })).ok).toBe(true);
    expect((await add({ type: 'folder', parent_id: bookmark.id })).error).toBe('invalid_child_type');
    await w.api('bookmarks.remove', { channel_id, bookmark_id: bookmark.id });
    expect((await w.api('bookmarks.list', { channel_id })).bookmarks).toEqual([]);
  });

  it('need a link, an emoji and a channel of one’s own', async () => {
    const w = await openWorkspace(hearing([], SCOPES));
    const channel_id = w.channel('random');
    const error = async (args: object) =>
      (
        await w.api('bookmarks.add', {
          channel_id,
          title: 'x',
          type: 'link',
          link: 'https://x.example',
          ...args,
        })
      ).error;
    expect(await error({ link: 'ftp://x' })).toBe('invalid_link');
    expect(await error({ emoji: 'no such' })).toBe('invalid_emoji');
    expect(await error({ type: 'poem' })).toBe('invalid_bookmark_type');
    expect(await error({ type: 'folder' })).toBe('parent_with_link');
    expect(await error({ title: 'x'.repeat(257) })).toBe('invalid_arguments');
    expect(await error({ channel_id: w.channel('secret') })).toBe('channel_not_found');
    await w.api('conversations.leave', { channel: channel_id });
    expect(await error({})).toBe('not_in_channel');
  });
});

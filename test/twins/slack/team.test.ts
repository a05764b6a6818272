import { describe, expect, it } from 'vitest';
import { ANN, BOB, hearing, openWorkspace } from './workspace.ts';

describe('what a person keeps for later', () => {
  it('is a message, a file or a conversation, listed from the newest', async () => {
    const w = await openWorkspace();
    const channel = w.channel('general');
    const star = (args: Record<string, unknown>) => w.api('stars.add', args, w.user);
    const { ts } = await w.api('chat.postMessage', { channel, text: 'keep me' });
    expect((await star({ channel, timestamp: ts })).ok).toBe(true);
    expect((await star({ channel, timestamp: ts })).error).toBe('already_starred');
    await star({ channel });
    const { items, paging } = await w.api('stars.list', {}, w.user);
    expect(items).toMatchObject([
      { type: 'channel', channel },
      {
        type: 'message',
        channel,
        message: { text: 'keep me', is_starred: true, permalink: expect.any(String) },
      },
    ]);
    expect(paging).toEqual({ count: 100, total: 2, page: 1, pages: 1 });
    expect((await w.api('stars.list', {}, w.mint({ kind: 'user', as: BOB }))).items).toEqual([]);
    await w.api('chat.delete', { channel, ts });
    expect((await w.api('stars.list', {}, w.user)).items).toHaveLength(1);
    expect((await w.api('stars.remove', { channel }, w.user)).ok).toBe(true);
    expect((await w.api('stars.remove', { channel }, w.user)).error).toBe('not_starred');
  });

  it('comes in counted pages, or by cursors where the caller says a limit', async () => {
    const w = await openWorkspace();
    for (const name of ['general', 'random', 'secret'])
      await w.api('stars.add', { channel: w.channel(name) }, w.user);
    const list = (args: Record<string, unknown>) => w.api('stars.list', args, w.user);
    const second = await list({ count: 2, page: 2 });
    expect(second.items).toMatchObject([{ channel: w.channel('general') }]);
    expect(second.paging).toEqual({ count: 2, total: 3, page: 2, pages: 2 });
    const first = await list({ limit: 2 });
    expect(first).not.toHaveProperty('paging');
    const cursor = first.response_metadata.next_cursor;
    expect((await list({ limit: 2, cursor })).items).toMatchObject([{ channel: w.channel('general') }]);
  });

  it('is refused where it is not there, and told to the apps where it is', async () => {
    const w = await openWorkspace(hearing(['star_added', 'star_removed']));
    const channel = w.channel('general');
    const error = async (args: Record<string, unknown>) => (await w.api('stars.add', args, w.user)).error;
    expect(await error({})).toBe('no_item_specified');
    expect(await error({ channel, timestamp: 'soon' })).toBe('bad_timestamp');
    expect(await error({ channel, timestamp: '1.000001' })).toBe('message_not_found');
    expect(await error({ channel: 'C404' })).toBe('channel_not_found');
    expect(await error({ file: 'F404' })).toBe('file_not_found');
    expect(await error({ file_comment: 'Fc404' })).toBe('file_comment_not_found');
    await w.api('stars.add', { channel }, w.user);
    await w.api('stars.remove', { channel }, w.user);
    expect((await w.heard()).map((one) => one.event)).toMatchObject([
      { type: 'star_added', user: w.person(ANN), item: { type: 'channel', channel } },
      { type: 'star_removed' },
    ]);
  });
});

describe('the workspace', () => {
  it('is the only one that its tokens know', async () => {
    const w = await openWorkspace();
    const info = async (args: Record<string, unknown>) => w.api('team.info', args);
    const { team } = await info({});
    expect((await info({ team: team.id })).team.name).toBe('acme');
    expect((await info({ team: 'T404' })).error).toBe('team_not_found');
    expect((await info({ domain: 'acme' })).error).toBe('team_not_on_enterprise');
  });

  it('tells its administrators who is paid for, who signed in and which apps came', async () => {
    const w = await openWorkspace();
    const { billable_info: all } = await w.api('team.billableInfo', {}, w.user);
    expect(all[w.person(BOB)]).toEqual({ billing_active: true });
    expect(all.USLACKBOT).toEqual({ billing_active: false });
    const one = await w.api('team.billableInfo', { user: w.person(BOB) }, w.user);
    expect(Object.keys(one.billable_info)).toEqual([w.person(BOB)]);
    const { logins, paging } = await w.api('team.accessLogs', { count: 2 }, w.user);
    expect(logins).toMatchObject([
      { user_id: w.person(ANN), username: 'ann', count: 1 },
      { username: 'bob' },
    ]);
    expect(paging).toEqual({ count: 2, total: 3, page: 1, pages: 2 });
    expect((await w.api('team.accessLogs', { count: 1_001 }, w.user)).error).toBe('over_pagination_limit');
    const logs = async (args: Record<string, unknown>) =>
      (await w.api('team.integrationLogs', args, w.user)).logs;
    expect(await logs({})).toMatchObject([
      { app_type: 'Desk', change_type: 'added', user_id: w.person(ANN) },
    ]);
    expect(await logs({ change_type: 'removed' })).toEqual([]);
    expect((await w.api('team.accessLogs')).error).toBe('not_allowed_token_type');
  });

  it('has a plan and preferences', async () => {
    const w = await openWorkspace(hearing([], ['team.billing:read', 'team.preferences:read']));
    expect(await w.api('team.billing.info')).toEqual({ ok: true, plan: 'std' });
    expect(await w.api('team.preferences.list')).toMatchObject({
      ok: true,
      who_can_post_general: 'everyone',
    });
  });
});

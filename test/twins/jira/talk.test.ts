import { beforeEach, describe, expect, it } from 'vitest';
import { BEN, openSite, type TestSite } from './site.ts';

const doc = (text: string) => ({
  type: 'doc',
  version: 1,
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
});

describe('what people say and do on an issue', () => {
  let site: TestSite;
  let ben: string;
  beforeEach(async () => {
    site = await openSite();
    ben = site.basicFor(BEN);
  });
  const account = async (email: string) =>
    String((await site.call('GET', `/rest/api/3/user/search?query=${email}`)).get('0.accountId'));

  it('answers a comment with its address by the issue’s id, whatever the issue was called', async () => {
    const added = await site.call('POST', '/rest/api/3/issue/ENG-2/comment', { body: doc('Looking') });
    expect(added.status).toBe(201);
    expect(added.headers.get('location')).toBe(`${site.base('jira')}/rest/api/3/issue/10001/comment/10000`);
    expect(added.get('body')).toEqual(doc('Looking'));
    expect(added.get('jsdPublic')).toBe(true);
    expect((await site.call('GET', '/rest/api/2/issue/ENG-2/comment/10000')).get('body')).toBe('Looking');
  });

  it('pages through comments and shows the newest first on demand', async () => {
    for (const text of ['a', 'b', 'c'])
      await site.call('POST', '/rest/api/2/issue/ENG-2/comment', { body: text });
    const page = await site.call('GET', '/rest/api/2/issue/ENG-2/comment?startAt=1&maxResults=1');
    expect(page.body).toMatchObject({ startAt: 1, maxResults: 1, total: 3 });
    expect(page.get('comments.*.body')).toEqual(['b']);
    const newest = await site.call('GET', '/rest/api/2/issue/ENG-2/comment?orderBy=-created');
    expect(newest.get('comments.*.body')).toEqual(['c', 'b', 'a']);
  });

  it('lets people change and delete their own comments only', async () => {
    await site.call('POST', '/rest/api/3/issue/OPS-0/comment', { body: doc('x') });
    const key = await site.issue({ project: { key: 'OPS' } });
    const mine = await site.call('POST', `/rest/api/3/issue/${key}/comment`, { body: doc('mine') });
    const path = `/rest/api/3/issue/${key}/comment/${String(mine.get('id'))}`;
    expect((await site.callAs(ben, 'PUT', path, { body: doc('his') })).status).toBe(403);
    const changed = await site.call('PUT', path, { body: doc('changed') });
    expect([changed.status, changed.get('body')]).toEqual([200, doc('changed')]);
    expect((await site.call('DELETE', path)).status).toBe(204);
    const gone = await site.call('GET', path);
    expect([gone.status, gone.get('errorMessages.0')]).toEqual([
      404,
      `Can not find a comment for the id: ${String(mine.get('id'))}.`,
    ]);
  });

  it('refuses an empty comment and one that is no document', async () => {
    for (const body of [
      undefined,
      '',
      'text',
      { type: 'doc', version: 1, content: [] },
      { type: 'doc', version: 1, content: [{ type: 'what' }] },
    ])
      expect((await site.call('POST', '/rest/api/3/issue/ENG-2/comment', { body })).status).toBe(400);
    expect((await site.call('GET', '/rest/api/3/issue/ENG-2/comment')).get('total')).toBe(0);
  });

  it('adds logged work to the issue and takes it from what remains', async () => {
    const key = await site.issue({ timetracking: { originalEstimate: '1d' } });
    const logged = await site.call('POST', `/rest/api/3/issue/${key}/worklog`, {
      timeSpent: '1h 30m',
      started: '2026-01-15T09:00:00.000+0000',
      comment: doc('Dug'),
    });
    expect(logged.status).toBe(201);
    expect(logged.body).toMatchObject({
      timeSpent: '1h 30m',
      timeSpentSeconds: 5400,
      started: '2026-01-15T01:00:00.000-0800',
    });
    const read = await site.call('GET', `/rest/api/3/issue/${key}`);
    expect(read.get('fields.timetracking')).toMatchObject({
      originalEstimate: '1d',
      remainingEstimate: '6h 30m',
      timeSpent: '1h 30m',
    });
    expect(read.get('fields.progress')).toEqual({ progress: 5400, total: 28800, percent: 18 });
    expect(
      (await site.call('DELETE', `/rest/api/3/issue/${key}/worklog/${String(logged.get('id'))}`)).status,
    ).toBe(204);
    expect((await site.call('GET', `/rest/api/3/issue/${key}`)).get('fields.timespent')).toBeNull();
    expect((await site.call('POST', `/rest/api/3/issue/${key}/worklog`, { timeSpent: 'soon' })).status).toBe(
      400,
    );
  });

  it('watches for oneself and for others', async () => {
    const accountId = await account(BEN);
    expect((await site.call('POST', '/rest/api/3/issue/ENG-1/watchers', accountId)).status).toBe(204);
    const watchers = await site.call('GET', '/rest/api/3/issue/ENG-1/watchers');
    expect(watchers.body).toMatchObject({ isWatching: true, watchCount: 2 });
    expect(
      (await site.call('DELETE', `/rest/api/3/issue/ENG-1/watchers?accountId=${accountId}`)).status,
    ).toBe(204);
    expect((await site.call('GET', '/rest/api/3/issue/ENG-1/watchers')).get('watchCount')).toBe(1);
  });

  it('counts votes, but not those of the reporter', async () => {
    expect((await site.call('POST', '/rest/api/3/issue/ENG-1/votes')).status).toBe(404);
    expect((await site.callAs(ben, 'POST', '/rest/api/3/issue/ENG-1/votes')).status).toBe(204);
    expect((await site.callAs(ben, 'GET', '/rest/api/3/issue/ENG-1/votes')).body).toMatchObject({
      votes: 1,
      hasVoted: true,
    });
    expect((await site.callAs(ben, 'DELETE', '/rest/api/3/issue/ENG-1/votes')).status).toBe(204);
  });

  it('links two issues, each seen from its own end, and in both changelogs', async () => {
    const link = await site.call('POST', '/rest/api/3/issueLink', {
      type: { name: 'Blocks' },
      inwardIssue: { key: 'ENG-2' },
      outwardIssue: { key: 'ENG-3' },
    });
    expect([link.status, link.body]).toEqual([201, '']);
    const blocker = await site.call('GET', '/rest/api/3/issue/ENG-2');
    expect(blocker.get('fields.issuelinks.0.outwardIssue.key')).toBe('ENG-3');
    const blocked = await site.call('GET', '/rest/api/3/issue/ENG-3');
    expect(blocked.get('fields.issuelinks.0.inwardIssue.key')).toBe('ENG-2');
    const log = await site.call('GET', '/rest/api/3/issue/ENG-3/changelog');
    expect(log.get('values.0.items.0.toString')).toBe('This work item is blocked by ENG-2');
    const id = String(blocked.get('fields.issuelinks.0.id'));
    expect((await site.call('DELETE', `/rest/api/3/issueLink/${id}`)).status).toBe(204);
    expect((await site.call('GET', '/rest/api/3/issue/ENG-2')).get('fields.issuelinks')).toEqual([]);
    const unknown = await site.call('POST', '/rest/api/3/issueLink', {
      type: { name: 'Loves' },
      inwardIssue: { key: 'ENG-2' },
      outwardIssue: { key: 'ENG-3' },
    });
    expect([unknown.status, unknown.get('errorMessages')]).toEqual([
      404,
      ["No issue link type with name 'Loves' found."],
    ]);
  });

  it('replaces a remote link with the same global id', async () => {
    const input = (title: string) => ({ globalId: 'g1', object: { url: 'https://x.example', title } });
    expect((await site.call('POST', '/rest/api/3/issue/ENG-2/remotelink', input('one'))).status).toBe(201);
    expect((await site.call('POST', '/rest/api/3/issue/ENG-2/remotelink', input('two'))).status).toBe(200);
    expect((await site.call('GET', '/rest/api/3/issue/ENG-2/remotelink')).get('*.object.title')).toEqual([
      'two',
    ]);
  });

  it('keeps a program’s own JSON on an issue', async () => {
    const path = '/rest/api/3/issue/ENG-2/properties/sync';
    expect((await site.call('PUT', path, { rev: 1 })).status).toBe(201);
    expect((await site.call('PUT', path, { rev: 2 })).status).toBe(200);
    expect((await site.call('GET', path)).body).toEqual({ key: 'sync', value: { rev: 2 } });
    expect((await site.call('GET', '/rest/api/3/issue/ENG-2/properties')).get('keys.*.key')).toEqual([
      'sync',
    ]);
    expect((await site.call('DELETE', path)).status).toBe(204);
    expect((await site.call('GET', path)).status).toBe(404);
  });

  it('keeps uploaded files, to be read again byte for byte', async () => {
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array([1, 2, 3])], { type: 'application/x-thing' }), 'thing.bin');
    expect((await site.call('POST', '/rest/api/3/issue/ENG-2/attachments', form)).status).toBe(403);
    const up = await site.call('POST', '/rest/api/3/issue/ENG-2/attachments', form, {
      'x-atlassian-token': 'no-check',
    });
    expect([up.status, up.get('0.filename'), up.get('0.size')]).toEqual([200, 'thing.bin', 3]);
    const id = String(up.get('0.id'));
    const down = await site.fetch(`/jira/rest/api/3/attachment/content/${id}?redirect=false`, {
      headers: { authorization: site.basic },
    });
    expect([...new Uint8Array(await down.arrayBuffer())]).toEqual([1, 2, 3]);
    expect((await site.call('DELETE', `/rest/api/3/attachment/${id}`)).status).toBe(204);
    expect((await site.call('GET', '/rest/api/3/issue/ENG-2')).get('fields.attachment')).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { ANN, BOB, CEM, type Domain, openDomain } from '../domain.ts';

/** The document "Plan", on which Bob comments and Cem reads. */
async function openTalk() {
  const domain = await openDomain();
  const { call, fileId, tokenFor } = domain;
  const id = await fileId('Plan');
  for (const [emailAddress, role] of [
    [BOB, 'commenter'],
    [CEM, 'reader'],
  ])
    await call(`POST /drive/v3/files/${id}/permissions`, { type: 'user', role, emailAddress });
  return { ...domain, id, bob: tokenFor(BOB), cem: tokenFor(CEM), path: `/drive/v3/files/${id}/comments` };
}

const mails = ({ universe }: Domain, as: string) =>
  universe.gesture({ twin: 'google', gesture: 'readMessages', as, with: {}, by: 'operator' }) as {
    subject: string;
    text: string;
  }[];

describe('a comment', () => {
  it('shows addresses as links, names people, and keeps its anchor and quotation', async () => {
    const { call, path, bob } = await openTalk();
    const anchor = JSON.stringify({ region: { kind: 'drive#commentRegion', line: 2, rev: 'head' } });
    const made = await call(
      `POST ${path}?fields=*`,
      {
        content: `See https://plan.example/a?b=1&c=2. +${ANN}: <ok>\nthen?`,
        anchor,
        quotedFileContent: { mimeType: 'text/plain', value: 'hill' },
      },
      bob,
    );
    expect(made.body).toMatchObject({
      kind: 'drive#comment',
      anchor,
      quotedFileContent: { mimeType: 'text/plain', value: 'hill' },
      mentionedEmailAddresses: [ANN],
      author: { displayName: 'Bob Builder', me: true },
      htmlContent:
        'See <a href="https://plan.example/a?b=1&amp;c=2" data-rawHref="https://plan.example/a?b=1&amp;c=2" ' +
        `target="_blank">https://plan.example/a?b=1&amp;c=2</a>. <a href="mailto:${ANN}" data-rawHref="mailto:${ANN}" ` +
        `target="_blank">+${ANN}</a>: &lt;ok&gt;<br>then?`,
    });
    expect(made.body.author).not.toHaveProperty('emailAddress');
  });

  it('is resolved and opened again by replies, and listed newest change first', async () => {
    const { call, path } = await openTalk();
    const first = await call(`POST ${path}?fields=id`, { content: 'first' });
    await call(`POST ${path}?fields=id`, { content: 'second' });
    const replies = `${path}/${first.body.id}/replies`;
    await call(`POST ${replies}?fields=id`, { action: 'resolve' });
    const read = async () =>
      (await call(`GET ${path}/${first.body.id}?fields=resolved,replies(action)`)).body;
    expect(await read()).toEqual({ resolved: true, replies: [{ action: 'resolve' }] });
    await call(`POST ${replies}?fields=id`, { action: 'reopen', content: 'not yet' });
    expect(await read()).toMatchObject({ resolved: false });
    expect((await call(`POST ${replies}?fields=id`, { action: 'close' })).status).toBe(400);
    expect((await call(`POST ${replies}?fields=id`, {})).status).toBe(400);
    const page = await call(`GET ${replies}?fields=*&pageSize=1`);
    expect(page.body).toMatchObject({ replies: [{ action: 'resolve' }], nextPageToken: expect.any(String) });
  });

  it('leaves a mark where it is deleted, for who asks for such', async () => {
    const { call, path, bob, universe } = await openTalk();
    const { body } = await call(`POST ${path}?fields=id`, { content: 'oops' }, bob);
    const one = `${path}/${body.id}`;
    await call(`POST ${one}/replies?fields=id`, { content: 'why?' });
    expect((await call(`DELETE ${one}`)).status, 'only its author may').toBe(403);
    await universe.advance(universe.now() + 1_000);
    expect((await call(`DELETE ${one}`, undefined, bob)).status).toBe(204);
    expect((await call(`GET ${one}?fields=*`)).status).toBe(404);
    const left = await call(`GET ${one}?fields=*&includeDeleted=true`);
    expect(left.body).toMatchObject({ deleted: true, replies: [] });
    expect(left.text).not.toContain('oops');
    expect((await call(`GET ${path}?fields=comments(id)`)).body.comments).toEqual([]);
    const all = await call(`GET ${path}?fields=comments(deleted)&includeDeleted=true`);
    expect(all.body.comments).toEqual([{ deleted: true }]);
    const since = new Date(universe.now() + 1).toISOString();
    const none = await call(`GET ${path}?fields=comments&includeDeleted=true&startModifiedTime=${since}`);
    expect(none.body.comments).toEqual([]);
    expect((await call(`GET ${path}?fields=comments&startModifiedTime=today`)).status).toBe(400);
  });

  it('is changed by its author only, and read by readers who may not speak', async () => {
    const { call, path, bob, cem } = await openTalk();
    const { body } = await call(`POST ${path}?fields=id`, { content: 'one' }, bob);
    const one = `${path}/${body.id}`;
    expect((await call(`PATCH ${one}?fields=id`, { content: 'two' })).status).toBe(403);
    expect((await call(`PATCH ${one}?fields=content`, { content: 'two' }, bob)).body).toEqual({
      content: 'two',
    });
    const reply = await call(`POST ${one}/replies?fields=id`, { content: 'r' });
    expect(
      (await call(`PATCH ${one}/replies/${reply.body.id}?fields=id`, { content: 's' }, bob)).status,
    ).toBe(403);
    expect((await call(`DELETE ${one}/replies/${reply.body.id}`)).status).toBe(204);
    const gone = await call(`GET ${one}/replies/${reply.body.id}?fields=deleted,content&includeDeleted=true`);
    expect(gone.body).toEqual({ deleted: true });
    expect((await call(`GET ${one}?fields=content`, undefined, cem)).body).toEqual({ content: 'two' });
    for (const request of [`POST ${path}`, `POST ${one}/replies`])
      expect((await call(`${request}?fields=id`, { content: 'x' }, cem)).status).toBe(403);
  });

  it('by a person’s hand is mailed to who owns the file and who is named, and can be given to somebody to do', async () => {
    const talk = await openTalk();
    const by = (gesture: string, as: string, given: object) =>
      talk.universe.gesture({
        twin: 'google',
        gesture,
        as,
        with: { file: 'Plan', ...given },
        by: 'operator',
      });
    by('comment', BOB, { text: 'please check', mention: CEM, assign: true });
    const { body } = await talk.call(
      `GET ${talk.path}?fields=comments(assigneeEmailAddress,mentionedEmailAddresses)`,
    );
    expect(body.comments).toEqual([{ assigneeEmailAddress: CEM, mentionedEmailAddresses: [CEM] }]);
    expect(mails(talk, ANN)[0]).toMatchObject({ subject: 'Plan - Bob Builder commented' });
    expect(mails(talk, CEM)[0]).toMatchObject({ subject: 'Plan - Bob Builder mentioned you in a comment' });
    by('reply', ANN, { comment: `@${CEM} please check`, text: 'done' });
    by('resolve', ANN, { comment: `@${CEM} please check` });
    const after = await talk.call(`GET ${talk.path}?fields=comments(resolved,replies(content,action))`);
    expect(after.body.comments).toEqual([
      { resolved: true, replies: [{ content: 'done' }, { action: 'resolve' }] },
    ]);
  });
});

describe('comments of a file', () => {
  it('come along with its copy where that is asked for, and nobody adds to them while it is locked', async () => {
    const { call, path, id } = await openTalk();
    await call(`POST ${path}?fields=id`, { content: 'kept' });
    const copies = [
      await call(`POST /drive/v3/files/${id}/copy`, {}),
      await call(`POST /drive/v3/files/${id}/copy?copyComments=true`, {}),
    ];
    const said = copies.map(async ({ body }) => {
      const read = await call(`GET /drive/v3/files/${body.id}/comments?fields=comments(content)`);
      return read.body.comments;
    });
    expect(await Promise.all(said)).toEqual([[], [{ content: 'kept' }]]);
    await call(`PATCH /drive/v3/files/${id}`, { contentRestrictions: [{ readOnly: true }] });
    expect((await call(`POST ${path}?fields=id`, { content: 'late' })).status).toBe(403);
    const seen = await call(
      `GET /drive/v3/files/${id}?fields=capabilities(canComment,canRemoveContentRestriction)`,
    );
    expect(seen.body).toEqual({ capabilities: { canComment: false, canRemoveContentRestriction: true } });
  });
});

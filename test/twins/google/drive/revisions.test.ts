import { describe, expect, it } from 'vitest';
import { BOB, type Domain, openDomain } from '../domain.ts';

const DAY = 24 * 3_600_000;
const MINUTE = 60_000;

const reasonOf = (answer: { body: Record<string, unknown> }) =>
  (answer.body.error as { errors: { reason: string }[] } | undefined)?.errors[0]?.reason;

/** A file with so many revisions, a minute apart; their ids, oldest first. */
async function uploaded(domain: Domain, count: number) {
  const { call, universe } = domain;
  const { body } = await call('POST /drive/v3/files', { name: 'note.txt', mimeType: 'text/plain' });
  for (let nth = 2; nth <= count; nth++) {
    await universe.advance(universe.now() + MINUTE);
    await call(`PATCH /upload/drive/v3/files/${body.id}?uploadType=media`, `"v${nth}"`);
  }
  const path = `/drive/v3/files/${body.id}/revisions`;
  return { path, ids: async () => idsOf(await call(`GET ${path}`)) };
}

const idsOf = ({ body }: { body: Record<string, unknown> }) =>
  (body.revisions as { id: string }[]).map(({ id }) => id);

describe('revisions of an uploaded file', () => {
  it('are pages, oldest first; the newest, and those that are kept, can be downloaded', async () => {
    const domain = await openDomain();
    const { call } = domain;
    const { path, ids } = await uploaded(domain, 3);
    const [, second, head] = await ids();
    const page = await call(`GET ${path}?pageSize=2`);
    expect(page.body).toMatchObject({ kind: 'drive#revisionList', nextPageToken: expect.any(String) });
    expect(idsOf(await call(`GET ${path}?pageToken=${page.body.nextPageToken}`))).toEqual([head]);
    expect((await call(`GET ${path}/${head}?alt=media`)).text).toBe('"v3"');
    expect(reasonOf(await call(`GET ${path}/${second}?alt=media`))).toBe('download_restricted_for_revision');
    const kept = await call(`PATCH ${path}/${second}?fields=keepForever`, { keepForever: true });
    expect(kept.body).toEqual({ keepForever: true });
    expect((await call(`GET ${path}/${second}?alt=media`)).text).toBe('"v2"');
    expect(reasonOf(await call(`PATCH ${path}/${second}`, { published: true }))).toBe('fieldNotWritable');
  });

  it('go thirty days after they were replaced, unless they are kept', async () => {
    const domain = await openDomain();
    const { call, universe } = domain;
    const { path, ids } = await uploaded(domain, 3);
    const [first, second, head] = await ids();
    await call(`PATCH ${path}/${first}`, { keepForever: true });
    await universe.advance(universe.now() + 30 * DAY);
    expect(idsOf(await call(`GET ${path}`, undefined, domain.tokenFor('ann@acme.example')))).toEqual([
      first,
      head,
    ]);
    expect(second).toBeDefined();
  });

  it('are deleted one by one, never the newest or the only one', async () => {
    const domain = await openDomain();
    const { call } = domain;
    const { path, ids } = await uploaded(domain, 2);
    const [first, head] = await ids();
    expect((await call(`DELETE ${path}/${head}`)).status).toBe(403);
    expect((await call(`DELETE ${path}/${first}`)).status).toBe(204);
    expect((await call(`GET ${path}/${first}`)).status).toBe(404);
    expect(reasonOf(await call(`DELETE ${path}/${head}`))).toBe('cannotDeleteOnlyRevision');
  });

  it('are not for readers, and folders have none', async () => {
    const domain = await openDomain();
    const { call, fileId, tokenFor } = domain;
    const budget = `/drive/v3/files/${await fileId('Budget')}/revisions`;
    expect((await call(`GET ${budget}`, undefined, tokenFor(BOB))).status).toBe(403);
    expect(reasonOf(await call(`GET /drive/v3/files/${await fileId('Team')}/revisions`))).toBe(
      'revisionsNotSupported',
    );
  });
});

describe('revisions of a document', () => {
  const type = ({ call }: Domain, id: string, token?: string) =>
    call(
      `POST /v1/documents/${id}:batchUpdate`,
      { requests: [{ insertText: { text: 'x', location: { index: 1 } } }] },
      token,
    );

  it('are one for each sitting of one person', async () => {
    const domain = await openDomain();
    const { call, fileId, tokenFor, universe } = domain;
    const id = await fileId('Plan');
    await call(`POST /drive/v3/files/${id}/permissions`, { type: 'user', role: 'writer', emailAddress: BOB });
    const path = `/drive/v3/files/${id}/revisions`;
    expect(idsOf(await call(`GET ${path}`))).toEqual(['1']);
    await type(domain, id);
    await type(domain, id);
    expect(idsOf(await call(`GET ${path}`))).toEqual(['1']);
    await type(domain, id, tokenFor(BOB));
    await universe.advance(universe.now() + 20 * MINUTE);
    await type(domain, id, tokenFor(BOB));
    const { body } = await call(
      `GET ${path}?fields=revisions(id,lastModifyingUser(emailAddress),exportLinks)`,
    );
    const revisions = body.revisions as unknown as { id: string; exportLinks?: object }[];
    expect(revisions.map(({ id: one }) => one)).toEqual(['1', '4', '5']);
    expect(revisions[2]).toMatchObject({
      lastModifyingUser: { emailAddress: BOB },
      exportLinks: expect.objectContaining({ 'text/plain': expect.any(String) }),
    });
    expect(reasonOf(await call(`DELETE ${path}/1`))).toBe('revisionDeletionNotSupported');
    expect(reasonOf(await call(`PATCH ${path}/5`, { keepForever: true }))).toBe('fieldNotWritable');
    expect(reasonOf(await call(`GET ${path}/5?alt=media`))).toBe('fileNotDownloadable');
  });

  it('are published to the web for the domain or for everybody, and taken back', async () => {
    const domain = await openDomain();
    const { call, fileId, fetch } = domain;
    const id = await fileId('Plan');
    const path = `/drive/v3/files/${id}/revisions/1`;
    const publish = async (body: object) => (await call(`PATCH ${path}?fields=*`, body)).body;
    const published = await publish({ published: true, publishAuto: true });
    expect(published).toMatchObject({ published: true, publishAuto: true, publishedOutsideDomain: false });
    const page = String(published.publishedLink).replace(/^.*?\/document/, '/google/document');
    expect((await fetch(page)).status).toBe(403);
    await publish({ publishedOutsideDomain: true });
    expect(await (await fetch(page)).text()).toContain('We go up the hill.');
    await type(domain, id);
    expect(await (await fetch(page)).text(), 'republished by itself').toContain('xThe plan');
    await publish({ published: false, publishAuto: false, publishedOutsideDomain: false });
    expect((await fetch(page)).status).toBe(404);
  });
});

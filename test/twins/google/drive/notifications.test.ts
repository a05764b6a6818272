import { describe, expect, it } from 'vitest';
import { openReceiver } from '../../../receiver.ts';
import { BOB, CEM, type Domain, openDomain } from '../domain.ts';

const HOUR = 3_600_000;
const HOOK = 'https://app.example/drive';

const channel = (more: object = {}) => ({
  id: 'c-1',
  type: 'web_hook',
  address: HOOK,
  token: 'kind=plan',
  ...more,
});

const pass = ({ universe }: Domain, ms: number = 0) => universe.advance(universe.now() + ms);

/** State, what changed, and number of each message that has arrived. */
const messages = ({ received }: Domain) =>
  received.map(({ headers }) => [headers['x-goog-resource-state'], headers['x-goog-changed']]);

describe('a channel on a file', () => {
  it('is told first that it is open, then what happens to the file, in headers alone', async () => {
    const domain = await openDomain();
    const { call, fileId, received, universe } = domain;
    const id = await fileId('Plan');
    const opened = await call(`POST /drive/v3/files/${id}/watch`, channel());
    expect(opened.body).toEqual({
      kind: 'api#channel',
      id: 'c-1',
      resourceId: expect.stringMatching(/^[\w-]{27}$/),
      resourceUri: expect.stringContaining(`/drive/v3/files/${id}?`),
      token: 'kind=plan',
      expiration: String(universe.now() + HOUR),
    });
    await pass(domain);
    await call(`PATCH /drive/v3/files/${id}`, { description: 'seen' });
    await call(`POST /drive/v3/files/${id}/permissions`, { type: 'user', role: 'reader', emailAddress: BOB });
    await call(`POST /v1/documents/${id}:batchUpdate`, {
      requests: [{ insertText: { text: 'x', location: { index: 1 } } }],
    });
    await call(`PATCH /drive/v3/files/${id}`, { trashed: true });
    await call(`PATCH /drive/v3/files/${id}`, { trashed: false });
    await call(`DELETE /drive/v3/files/${id}`);
    await pass(domain);
    expect(messages(domain)).toEqual([
      ['sync', undefined],
      ['update', 'properties'],
      ['update', 'permissions'],
      ['update', 'content'],
      ['trash', undefined],
      ['untrash', undefined],
      ['remove', undefined],
    ]);
    expect(received.map(({ headers }) => headers['x-goog-message-number'])).toEqual([
      '1',
      '2',
      '3',
      '4',
      '5',
      '6',
      '7',
    ]);
    expect(received[1]).toMatchObject({
      url: HOOK,
      method: 'POST',
      body: '',
      headers: {
        'x-goog-channel-id': 'c-1',
        'x-goog-channel-token': 'kind=plan',
        'x-goog-channel-expiration': new Date(universe.now() + HOUR).toUTCString(),
        'x-goog-resource-id': opened.body.resourceId,
        'x-goog-resource-uri': opened.body.resourceUri,
      },
    });
  });

  it('on a folder tells that its children change', async () => {
    const domain = await openDomain();
    const team = await domain.fileId('Team');
    await domain.call(`POST /drive/v3/files/${team}/watch`, channel());
    await domain.call('POST /drive/v3/files', { name: 'New', parents: [team] });
    await pass(domain);
    expect(messages(domain)).toEqual([
      ['sync', undefined],
      ['update', 'children'],
    ]);
  });

  it('tells its opener of a file that they may see no more that it went, and then nothing', async () => {
    const domain = await openDomain();
    const { call, fileId, tokenFor } = domain;
    const id = await fileId('Budget');
    await call(`POST /drive/v3/files/${id}/watch`, channel(), tokenFor(BOB));
    const list = await call(`GET /drive/v3/files/${id}?fields=permissionIds`);
    const bob = (list.body.permissionIds as unknown as string[])[1];
    await call(`DELETE /drive/v3/files/${id}/permissions/${bob}`);
    await call(`PATCH /drive/v3/files/${id}`, { name: 'Secret budget' });
    await pass(domain);
    expect(messages(domain)).toEqual([
      ['sync', undefined],
      ['remove', undefined],
    ]);
  });

  it('of a file that was shared for a time tells when that time is over', async () => {
    const domain = await openDomain();
    const { call, fileId, tokenFor, universe } = domain;
    const id = await fileId('Plan');
    const expirationTime = new Date(universe.now() + HOUR / 2).toISOString();
    const given = { type: 'user', role: 'reader', emailAddress: CEM, expirationTime };
    await call(`POST /drive/v3/files/${id}/permissions`, given);
    await call(`POST /drive/v3/files/${id}/watch`, channel(), tokenFor(CEM));
    await pass(domain, HOUR / 2);
    expect(messages(domain).map(([state]) => state)).toEqual(['sync', 'remove']);
  });

  it('is quiet once it is stopped, by its opener only, and when its time is over', async () => {
    const domain = await openDomain();
    const { call, fileId, tokenFor } = domain;
    const id = await fileId('Plan');
    const { body } = await call(`POST /drive/v3/files/${id}/watch`, channel());
    const stop = { id: 'c-1', resourceId: body.resourceId };
    const foreign = await call('POST /drive/v3/channels/stop', stop, tokenFor(CEM));
    expect(foreign.status).toBe(404);
    expect(foreign.body.error).toMatchObject({
      message: expect.stringMatching(/^Channel 'c-1' not found for project '.+'$/),
    });
    expect((await call('POST /drive/v3/channels/stop', { ...stop, resourceId: 'x' })).status).toBe(404);
    expect((await call('POST /drive/v3/channels/stop', stop)).status).toBe(204);
    expect((await call('POST /drive/v3/channels/stop', stop)).status).toBe(404);
    await call(`POST /drive/v3/files/${id}/watch`, channel({ id: 'c-2' }));
    await pass(domain, HOUR);
    await call(`PATCH /drive/v3/files/${id}`, { name: 'later' });
    await pass(domain);
    expect(messages(domain).map(([state]) => state)).toEqual(['sync', 'sync']);
  });

  it('lives a day at most, and is opened with all that it needs', async () => {
    const domain = await openDomain();
    const { call, fileId, universe } = domain;
    const path = `POST /drive/v3/files/${await fileId('Plan')}/watch`;
    const long = await call(path, channel({ expiration: String(universe.now() + 48 * HOUR) }));
    expect(long.body.expiration).toBe(String(universe.now() + 24 * HOUR));
    const refused: [object, string][] = [
      [channel(), 'channelIdNotUnique'],
      [channel({ id: 'c-2', address: 'http://app.example/' }), 'push.webhookUrlNotHttps'],
      [channel({ id: 'c-2', type: 'mail' }), 'push.channelTypeNotSupported'],
      [channel({ id: undefined }), 'required'],
      [channel({ id: 'c-2', address: undefined }), 'required'],
      [channel({ id: 'c-2', expiration: universe.now() - 1 }), 'invalid'],
    ];
    for (const [body, reason] of refused) {
      const answer = await call(path, body);
      expect([answer.status, answer.body.error]).toMatchObject([400, { errors: [{ reason }] }]);
    }
  });
});

describe('a channel on changes', () => {
  it('is told once of all that one request changes, and of nothing that others do among themselves', async () => {
    const domain = await openDomain();
    const { call, fileId, tokenFor } = domain;
    const cem = tokenFor(CEM);
    const start = (await call('GET /drive/v3/changes/startPageToken')).body.startPageToken;
    const opened = await call(`POST /drive/v3/changes/watch?pageToken=${start}`, channel());
    expect(opened.body.resourceUri).toContain(`/drive/v3/changes?`);
    await pass(domain);
    await call('POST /drive/v3/files', { name: 'Mine' }, cem);
    const team = await fileId('Team');
    await call(`POST /drive/v3/files/${team}/permissions`, {
      type: 'user',
      role: 'reader',
      emailAddress: CEM,
    });
    await pass(domain);
    expect(messages(domain)).toEqual([
      ['sync', undefined],
      ['change', undefined],
    ]);
  });

  it('really reaches a program, again and again where that is in trouble, never where it refuses', async () => {
    const program = await openReceiver();
    const domain = await openDomain(undefined, { outbound: program.outbound } as object);
    const { call, universe } = domain;
    let status = 503;
    program.says(() => ({ status }));
    await call('POST /drive/v3/changes/watch?pageToken=1', channel({ address: `${program.url}/hook` }));
    await universe.advance(universe.now() + 5_000);
    expect(program.calls.map(({ headers }) => headers['x-goog-message-number'])).toEqual(['1', '1', '1']);
    status = 404;
    await universe.advance(universe.now() + 60_000);
    expect(program.calls).toHaveLength(4);
    expect(program.calls[3]?.headers).toMatchObject({ 'x-goog-resource-state': 'sync' });
    await program.close();
  });
});

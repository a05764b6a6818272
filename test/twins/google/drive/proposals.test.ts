import { describe, expect, it } from 'vitest';
import { ANN, BOB, CEM, openDomain } from '../domain.ts';

async function asked(given: object = {}) {
  const domain = await openDomain();
  const id = await domain.fileId('Plan');
  const act = (gesture: string, as: string, input: object) =>
    domain.universe.gesture({ twin: 'google', gesture, as, with: input, by: 'operator' });
  const link = `https://docs.google.com/document/d/${id}/edit`;
  act('requestAccess', CEM, { link, role: 'commenter', message: 'May I?', ...given });
  return { ...domain, id, act, path: `/drive/v3/files/${id}/accessproposals`, cem: domain.tokenFor(CEM) };
}

describe('somebody who asks for access', () => {
  it('waits in a list for who may share the file, and is told of by mail', async () => {
    const { call, path, id, act, cem, tokenFor } = await asked();
    const { body } = await call(`GET ${path}`);
    expect(body.accessProposals).toEqual([
      {
        fileId: id,
        proposalId: expect.any(String),
        requesterEmailAddress: CEM,
        recipientEmailAddress: CEM,
        rolesAndViews: [{ role: 'commenter' }],
        requestMessage: 'May I?',
        createTime: expect.any(String),
      },
    ]);
    const [one] = body.accessProposals as unknown as { proposalId: string }[];
    expect((await call(`GET ${path}/${one?.proposalId}`)).body).toEqual(one);
    expect((await call(`GET ${path}`, undefined, cem)).status).toBe(404);
    await call(`POST /drive/v3/files/${id}/permissions`, { type: 'user', role: 'reader', emailAddress: BOB });
    expect((await call(`GET ${path}`, undefined, tokenFor(BOB))).status).toBe(403);
    expect(act('readMessages', ANN, {})).toMatchObject([
      { from: CEM, subject: 'Share request for "Plan"', text: expect.stringContaining('May I?') },
    ]);
  });

  it('is let in with the role that the approver chooses, and is told', async () => {
    const { call, path, id, act, cem } = await asked();
    const { body } = await call(`GET ${path}`);
    const [one] = body.accessProposals as unknown as { proposalId: string }[];
    const resolve = `POST ${path}/${one?.proposalId}:resolve`;
    for (const wrong of [
      {},
      { action: 'ACCEPT' },
      { action: 'ACCEPT', role: ['owner'] },
      { action: 'ACCEPT', role: ['reader'], view: 'published' },
    ])
      expect((await call(resolve, wrong)).status, JSON.stringify(wrong)).toBe(400);
    expect((await call(resolve, { action: 'ACCEPT', role: ['reader'], sendNotification: true })).status).toBe(
      200,
    );
    const seen = await call(`GET /drive/v3/files/${id}?fields=capabilities(canComment)`, undefined, cem);
    expect(seen.body).toEqual({ capabilities: { canComment: false } });
    expect((await call(`GET ${path}`)).body.accessProposals).toEqual([]);
    expect((await call(resolve, { action: 'DENY' })).status).toBe(404);
    expect(act('readMessages', CEM, {})).toHaveLength(1);
  });

  it('is let in or kept out by a person, too', async () => {
    const { call, act, id, cem } = await asked();
    act('answerRequest', ANN, { file: 'Plan', from: CEM, allow: false });
    expect((await call(`GET /drive/v3/files/${id}`, undefined, cem)).status).toBe(404);
    expect(act('readMessages', CEM, {})).toMatchObject([{ subject: expect.stringContaining('declined') }]);
    act('requestAccess', CEM, { link: id });
    act('answerRequest', ANN, { file: 'Plan', from: CEM, allow: true });
    expect((await call(`GET /drive/v3/files/${id}`, undefined, cem)).status).toBe(200);
  });
});

describe('people in Drive’s own screens', () => {
  it('star and move files, offer them and take them over', async () => {
    const { call, act, id, fileId, tokenFor } = await asked();
    act('star', ANN, { file: 'Plan' });
    act('move', ANN, { file: 'Plan', to: 'root' });
    const root = (await call('GET /drive/v3/files/root?fields=id')).body.id;
    expect((await call(`GET /drive/v3/files/${id}?fields=starred,parents`)).body).toEqual({
      starred: true,
      parents: [root],
    });
    act('move', ANN, { file: 'Plan', to: 'Team' });
    expect((await call(`GET /drive/v3/files/${id}?fields=parents`)).body).toEqual({
      parents: [await fileId('Team')],
    });
    act('offerOwnership', ANN, { file: 'Plan', to: BOB });
    act('acceptOwnership', BOB, { file: 'Plan' });
    const { body } = await call(`GET /drive/v3/files/${id}?fields=ownedByMe`, undefined, tokenFor(BOB));
    expect(body).toEqual({ ownedByMe: true });
  });
});

import { describe, expect, it } from 'vitest';
import { ANN, BOB, CEM, type Domain, openDomain, WORLD } from '../domain.ts';

const FOLDER = 'application/vnd.google-apps.folder';
const TEAM_MAIL = 'team@acme.example';
const DAY = 24 * 3_600_000;

const GROUPS = {
  ...WORLD,
  google: {
    ...WORLD.google,
    groups: [
      { email: TEAM_MAIL, name: 'The team', members: ['inner@acme.example', BOB] },
      { email: 'inner@acme.example', members: [CEM] },
    ],
  },
};

const user = (emailAddress: string, role: string, more: object = {}) => ({
  type: 'user',
  role,
  emailAddress,
  ...more,
});

const sharing = async ({ call }: Domain, id: string, body: object, query: string = '', token?: string) =>
  call(`POST /drive/v3/files/${id}/permissions?${query}`, body, token);

const reasonOf = (answer: { body: Record<string, unknown> }) =>
  (answer.body.error as { errors: { reason: string }[] } | undefined)?.errors[0]?.reason;

async function made({ call }: Domain, body: object, token?: string): Promise<string> {
  return String((await call('POST /drive/v3/files?supportsAllDrives=true', body, token)).body.id);
}

describe('a permission', () => {
  it('for a group lets all its members in, also those of a group within it, and lists find the file', async () => {
    const domain = await openDomain(GROUPS);
    const { call, fileId, tokenFor } = domain;
    const id = await fileId('Plan');
    const given = await sharing(domain, id, { type: 'user', role: 'commenter', emailAddress: TEAM_MAIL });
    expect(given.body).toMatchObject({ type: 'group', role: 'commenter' });
    for (const email of [BOB, CEM]) {
      const found = await call(
        "GET /drive/v3/files?q=name='Plan'&fields=files(id)",
        undefined,
        tokenFor(email),
      );
      expect(found.body.files).toEqual([{ id }]);
      const file = await call(`GET /drive/v3/files/${id}?fields=capabilities`, undefined, tokenFor(email));
      expect(file.body.capabilities).toMatchObject({ canComment: true, canEdit: false, canShare: false });
    }
    await call(`DELETE /drive/v3/files/${id}/permissions/${given.body.id}`);
    expect((await call(`GET /drive/v3/files/${id}`, undefined, tokenFor(CEM))).status).toBe(404);
  });

  it('for the domain opens a file to its people only', async () => {
    const domain = await openDomain();
    const id = await domain.fileId('Plan');
    const given = await sharing(domain, id, { type: 'domain', role: 'reader', domain: 'acme.example' });
    expect(given.body).toMatchObject({ type: 'domain', allowFileDiscovery: false });
    expect((await domain.call(`GET /drive/v3/files/${id}`, undefined, domain.tokenFor(CEM))).status).toBe(
      200,
    );
  });

  it('says in full who it is for, and where it comes from', async () => {
    const domain = await openDomain();
    const { call, fileId } = domain;
    const [team, plan] = [await fileId('Team'), await fileId('Plan')];
    await sharing(domain, team, user(BOB, 'reader'));
    await sharing(domain, plan, user(BOB, 'writer'));
    const { body } = await call(`GET /drive/v3/files/${plan}/permissions?fields=*`);
    const bob = (body.permissions as unknown as Record<string, unknown>[]).find(
      (one) => one.emailAddress === BOB,
    );
    expect(bob).toMatchObject({
      displayName: 'Bob Builder',
      role: 'writer',
      deleted: false,
      pendingOwner: false,
      permissionDetails: expect.arrayContaining([
        { permissionType: 'file', role: 'writer', inherited: false },
        { permissionType: 'file', role: 'reader', inherited: true },
      ]),
    });
  });

  it('that comes from a folder can be made more below, but neither less nor taken away', async () => {
    const domain = await openDomain();
    const { call, fileId, tokenFor } = domain;
    const [team, plan] = [await fileId('Team'), await fileId('Plan')];
    const { body } = await sharing(domain, team, user(BOB, 'commenter'));
    const one = `/drive/v3/files/${plan}/permissions/${body.id}`;
    expect(reasonOf(await call(`DELETE ${one}`))).toBe('cannotModifyInheritedPermission');
    expect(reasonOf(await call(`PATCH ${one}`, { role: 'reader' }))).toBe('cannotModifyInheritedPermission');
    expect((await call(`PATCH ${one}`, { role: 'writer' })).body.role).toBe('writer');
    expect((await call(`PATCH /drive/v3/files/${plan}`, { name: 'By Bob' }, tokenFor(BOB))).status).toBe(200);
    expect((await call(`DELETE ${one}`)).status).toBe(204);
    expect((await call(`GET ${one}`)).body.role).toBe('commenter');
  });

  it('for a time ends by itself, and who had it hears of that', async () => {
    const domain = await openDomain();
    const { call, fileId, tokenFor, universe } = domain;
    const id = await fileId('Plan');
    const cem = tokenFor(CEM);
    const expirationTime = new Date(universe.now() + DAY).toISOString();
    expect((await sharing(domain, id, user(CEM, 'writer', { expirationTime }))).status).toBe(200);
    const start = (await call('GET /drive/v3/changes/startPageToken', undefined, cem)).body.startPageToken;
    expect((await call(`GET /drive/v3/files/${id}`, undefined, cem)).status).toBe(200);
    expect(
      (await sharing(domain, id, user(BOB, 'reader'), '', cem)).status,
      'temporary writers do not share',
    ).toBe(403);
    await universe.advance(universe.now() + DAY);
    const later = domain.tokenFor(CEM);
    expect((await call(`GET /drive/v3/files/${id}`, undefined, later)).status).toBe(404);
    const { body } = await call(`GET /drive/v3/changes?pageToken=${start}`, undefined, later);
    expect(body.changes).toMatchObject([{ fileId: id, removed: true }]);
  });

  it('keeps no end that cannot be', async () => {
    const domain = await openDomain();
    const { call, fileId, universe } = domain;
    const [plan, team] = [await fileId('Plan'), await fileId('Team')];
    const end = (ms: number) => ({ expirationTime: new Date(universe.now() + ms).toISOString() });
    const refused: [string, object, string][] = [
      [plan, user(CEM, 'reader', end(-1)), 'expirationDatesMustBeInTheFuture'],
      [plan, user(CEM, 'reader', end(400 * DAY)), 'invalid'],
      [plan, user(CEM, 'reader', { expirationTime: 'soon' }), 'invalid'],
      [plan, { type: 'anyone', role: 'reader', ...end(DAY) }, 'cannotSetExpirationOnAnyoneOrDomain'],
      [team, user(CEM, 'writer', end(DAY)), 'cannotSetExpiration'],
    ];
    for (const [id, body, reason] of refused) expect(reasonOf(await sharing(domain, id, body))).toBe(reason);
    const drive = await call('POST /drive/v3/drives?requestId=r', { name: 'Ops' });
    const member = user(CEM, 'reader', end(DAY));
    expect(reasonOf(await sharing(domain, String(drive.body.id), member, 'supportsAllDrives=true'))).toBe(
      'expirationDateNotAllowedForSharedDriveMembers',
    );
    const { body } = await sharing(domain, plan, user(CEM, 'reader', end(DAY)));
    const one = `/drive/v3/files/${plan}/permissions/${body.id}`;
    const freed = await call(`PATCH ${one}?removeExpiration=true&fields=expirationTime`, { role: 'reader' });
    expect(freed.body).toEqual({});
  });

  it('is refused in the vendor’s words', async () => {
    const domain = await openDomain();
    const { call, fileId, tokenFor } = domain;
    const id = await fileId('Plan');
    const refused: [object, string, number, string][] = [
      [{ role: 'reader' }, '', 400, 'required'],
      [{ type: 'user' }, '', 400, 'required'],
      [{ type: 'robot', role: 'reader' }, '', 400, 'invalid'],
      [{ type: 'anyone', role: 'owner' }, '', 400, 'invalid'],
      [{ type: 'user', role: 'reader' }, '', 400, 'invalid'],
      [user(BOB, 'organizer'), '', 403, 'organizerOnNonTeamDriveNotSupported'],
      [user(BOB, 'fileOrganizer'), '', 403, 'fileOrganizerOnNonTeamDriveNotSupported'],
      [user(BOB, 'owner'), '', 403, 'forbidden'],
      [user(BOB, 'owner'), 'transferOwnership=true&sendNotificationEmail=false', 403, 'forbidden'],
      [
        user('x@else.example', 'owner'),
        'transferOwnership=true',
        400,
        'ownershipChangeAcrossDomainNotPermitted',
      ],
      [user('nobody@acme.example', 'reader'), 'sendNotificationEmail=false', 400, 'invalidSharingRequest'],
    ];
    for (const [body, query, status, reason] of refused) {
      const answer = await sharing(domain, id, body, query);
      expect([answer.status, reasonOf(answer)], JSON.stringify(body)).toEqual([status, reason]);
    }
    expect((await sharing(domain, id, user(CEM, 'reader'), '', tokenFor(CEM))).status).toBe(404);
    const { body } = await sharing(domain, id, user(BOB, 'reader'));
    expect(reasonOf(await sharing(domain, id, user(CEM, 'reader'), '', tokenFor(BOB)))).toBe(
      'insufficientFilePermissions',
    );
    const bobs = `/drive/v3/files/${id}/permissions/${body.id}`;
    expect(reasonOf(await call(`PATCH ${bobs}`, { role: 'writer', emailAddress: CEM }))).toBe(
      'fieldNotWritable',
    );
    const owner = await call(`GET /drive/v3/files/${id}?fields=permissionIds`);
    const [ann] = owner.body.permissionIds as unknown as string[];
    expect(reasonOf(await call(`DELETE /drive/v3/files/${id}/permissions/${ann}`))).toBe('cannotRemoveOwner');
    expect(reasonOf(await call(`DELETE /drive/v3/files/${id}/permissions/unknown`))).toBe('notFound');
    expect((await call(`DELETE ${bobs}`, undefined, tokenFor(BOB))).status, 'one’s own may be given up').toBe(
      204,
    );
  });

  it('is for owners alone to give where writers may not share', async () => {
    const domain = await openDomain();
    const id = await domain.fileId('Plan');
    await sharing(domain, id, user(BOB, 'writer'));
    const bob = domain.tokenFor(BOB);
    await domain.call(`PATCH /drive/v3/files/${id}`, { writersCanShare: false });
    expect((await sharing(domain, id, user(CEM, 'reader'), '', bob)).status).toBe(403);
    const { body } = await domain.call(
      `GET /drive/v3/files/${id}?fields=permissions,capabilities`,
      undefined,
      bob,
    );
    expect(body.permissions).toBeUndefined();
    expect(body.capabilities).toMatchObject({ canEdit: true, canShare: false });
  });

  it('sends a mail with what the sharer says, unless that is not wanted', async () => {
    const domain = await openDomain(GROUPS);
    const id = await domain.fileId('Plan');
    await sharing(domain, id, user(BOB, 'reader'), 'emailMessage=Have a look');
    await sharing(domain, id, user(CEM, 'reader'), 'sendNotificationEmail=false');
    const mails = (as: string) =>
      domain.universe.gesture({ twin: 'google', gesture: 'readMessages', as, with: {}, by: 'operator' });
    expect(mails(BOB)).toMatchObject([
      { from: ANN, subject: 'Item shared with you: "Plan"', text: expect.stringContaining('Have a look') },
    ]);
    expect(mails(CEM)).toEqual([]);
  });
});

describe('ownership', () => {
  const CONSUMERS = {
    world: 'consumers',
    people: [
      { email: 'ada@gmail.com', name: 'Ada' },
      { email: 'bo@gmail.com', name: 'Bo' },
    ],
    google: { domain: 'acme.example' },
  };

  it('passes between consumers only when the one who is asked accepts', async () => {
    const domain = await openDomain(CONSUMERS);
    const { call, tokenFor } = domain;
    const id = await made(domain, { name: 'Mine' });
    const bo = tokenFor('bo@gmail.com');
    const handOver = user('bo@gmail.com', 'owner');
    expect(reasonOf(await sharing(domain, id, handOver, 'transferOwnership=true'))).toBe(
      'consentRequiredForOwnershipTransfer',
    );
    const offered = await sharing(
      domain,
      id,
      user('bo@gmail.com', 'writer', { pendingOwner: true }),
      'fields=*',
    );
    expect(offered.body).toMatchObject({ role: 'writer', pendingOwner: true });
    const seen = await call(
      `GET /drive/v3/files/${id}?fields=capabilities(canAcceptOwnership)`,
      undefined,
      bo,
    );
    expect(seen.body).toEqual({ capabilities: { canAcceptOwnership: true } });
    const one = `/drive/v3/files/${id}/permissions/${offered.body.id}`;
    const taken = await call(`PATCH ${one}?transferOwnership=true`, { role: 'owner' }, bo);
    expect(taken.body.role).toBe('owner');
    const now = await call(
      `GET /drive/v3/files/${id}?fields=ownedByMe,permissions(role,pendingOwner)`,
      undefined,
      bo,
    );
    expect(now.body).toEqual({
      ownedByMe: true,
      permissions: [
        { role: 'owner', pendingOwner: false },
        { role: 'writer', pendingOwner: false },
      ],
    });
  });

  it('takes the file along to the new owner’s drive where that is asked for', async () => {
    const domain = await openDomain();
    const { call, fileId, tokenFor } = domain;
    const [id, team] = [await fileId('Plan'), await fileId('Team')];
    await sharing(domain, team, user(BOB, 'reader'));
    await sharing(domain, id, user(BOB, 'owner'), 'transferOwnership=true&moveToNewOwnersRoot=true');
    const root = await call('GET /drive/v3/files/root?fields=id', undefined, tokenFor(BOB));
    const { body } = await call(`GET /drive/v3/files/${id}?fields=parents`, undefined, tokenFor(BOB));
    expect(body.parents).toEqual([root.body.id]);
  });
});

describe('a folder with limited access', () => {
  it('shows its name to those above it, and its content only to whom it is shared with', async () => {
    const domain = await openDomain();
    const { call, fileId, tokenFor } = domain;
    const team = await fileId('Team');
    const secret = await made(domain, { name: 'Secret', mimeType: FOLDER, parents: [team] });
    const inside = await made(domain, { name: 'inside', parents: [secret] });
    await sharing(domain, team, user(BOB, 'writer'));
    const bob = tokenFor(BOB);
    expect((await call(`GET /drive/v3/files/${inside}`, undefined, bob)).status).toBe(200);
    const limit = { inheritedPermissionsDisabled: true };
    expect((await call(`PATCH /drive/v3/files/${secret}`, limit, bob)).status).toBe(403);
    expect((await call(`PATCH /drive/v3/files/${secret}`, limit)).status).toBe(200);
    expect((await call(`GET /drive/v3/files/${inside}`, undefined, bob)).status).toBe(404);
    const seen = await call(
      `GET /drive/v3/files/${secret}?fields=name,inheritedPermissionsDisabled,capabilities(canListChildren)`,
      undefined,
      bob,
    );
    expect(seen.body).toEqual({
      name: 'Secret',
      inheritedPermissionsDisabled: true,
      capabilities: { canListChildren: false },
    });
    expect((await call(`PATCH /drive/v3/files/${secret}`, { name: 'x' }, bob)).status).toBe(403);
    await sharing(domain, secret, user(BOB, 'reader'));
    expect((await call(`GET /drive/v3/files/${inside}`, undefined, bob)).status).toBe(200);
    await call(`PATCH /drive/v3/files/${secret}`, { inheritedPermissionsDisabled: false });
    expect((await call(`PATCH /drive/v3/files/${inside}`, { name: 'in' }, bob)).status).toBe(200);
  });
});

describe('what readers may take out', () => {
  it('is nothing where copying takes a writer', async () => {
    const domain = await openDomain();
    const { call, fileId, tokenFor } = domain;
    const id = await fileId('Plan');
    await sharing(domain, id, user(BOB, 'commenter'));
    const bob = tokenFor(BOB);
    const exported = `GET /drive/v3/files/${id}/export?mimeType=text/plain`;
    expect((await call(exported, undefined, bob)).status).toBe(200);
    await call(`PATCH /drive/v3/files/${id}`, { copyRequiresWriterPermission: true });
    expect((await call(exported, undefined, bob)).status).toBe(403);
    expect(reasonOf(await call(`POST /drive/v3/files/${id}/copy`, {}, bob))).toBe('cannotCopyFile');
    const { body } = await call(
      `GET /drive/v3/files/${id}?fields=capabilities(canCopy,canDownload)`,
      undefined,
      bob,
    );
    expect(body).toEqual({ capabilities: { canCopy: false, canDownload: false } });
  });
});

describe('a domain that keeps to itself', () => {
  it('lets nobody share outside of it, or with anyone', async () => {
    const domain = await openDomain({ ...WORLD, google: { ...WORLD.google, sharing: { outside: false } } });
    const id = await domain.fileId('Plan');
    expect(reasonOf(await sharing(domain, id, user('x@else.example', 'reader')))).toBe(
      'shareOutNotPermitted',
    );
    expect(reasonOf(await sharing(domain, id, { type: 'anyone', role: 'reader' }))).toBe(
      'publishOutNotPermitted',
    );
    expect((await sharing(domain, id, user(BOB, 'reader'))).status).toBe(200);
  });
});

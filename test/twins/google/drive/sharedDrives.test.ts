import { describe, expect, it } from 'vitest';
import { ANN, BOB, CEM, type Domain, openDomain } from '../domain.ts';

const FOLDER = 'application/vnd.google-apps.folder';
const ALL = 'supportsAllDrives=true';

const reasonOf = (answer: { body: Record<string, unknown> }) =>
  (answer.body.error as { errors: { reason: string }[] } | undefined)?.errors[0]?.reason;

/** A shared drive of Bob's, in which Cem has a role. */
async function openDrive(domain: Domain, role?: string) {
  const { call, tokenFor } = domain;
  const bob = tokenFor(BOB);
  const cem = tokenFor(CEM);
  const id = String((await call('POST /drive/v3/drives?requestId=r1', { name: 'Ops' }, bob)).body.id);
  const share = (body: object, token: string = bob, on: string = id) =>
    call(`POST /drive/v3/files/${on}/permissions?${ALL}`, body, token);
  const make = async (body: object, token: string = bob) =>
    String((await call(`POST /drive/v3/files?${ALL}`, { parents: [id], ...body }, token)).body.id);
  const restrict = (restrictions: object, token: string = bob) =>
    call(`PATCH /drive/v3/drives/${id}?fields=restrictions`, { restrictions }, token);
  const member = role && (await share({ type: 'user', role, emailAddress: CEM }));
  return { id, bob, cem, share, make, restrict, memberId: member ? String(member.body.id) : '' };
}

describe('a shared drive', () => {
  it('is made once for each request of a person, with a theme; two people may use the same request id', async () => {
    const { call, tokenFor } = await openDomain();
    const made = await call('POST /drive/v3/drives?requestId=r&fields=*', { name: 'Ops', themeId: 'waves' });
    expect(made.body).toMatchObject({
      name: 'Ops',
      colorRgb: '#ff5722',
      backgroundImageLink: expect.stringContaining('waves'),
      hidden: false,
      capabilities: { canManageMembers: true, canRenameDrive: true },
      restrictions: { domainUsersOnly: false, driveMembersOnly: false },
    });
    expect(reasonOf(await call('POST /drive/v3/drives?requestId=r', { name: 'Ops' }))).toBe('conflict');
    expect((await call('POST /drive/v3/drives?requestId=r', { name: 'Bobs' }, tokenFor(BOB))).status).toBe(
      200,
    );
    expect((await call('POST /drive/v3/drives', { name: 'Ops' })).status).toBe(400);
    expect((await call('POST /drive/v3/drives?requestId=x', {})).status).toBe(400);
    expect((await call('POST /drive/v3/drives?requestId=y', { name: 'a', themeId: 'none' })).status).toBe(
      400,
    );
  });

  it('is found by name, by whether it is hidden, and by an administrator by its members', async () => {
    const domain = await openDomain();
    const { call } = domain;
    const { id, bob } = await openDrive(domain, 'reader');
    await call('POST /drive/v3/drives?requestId=r2', { name: 'Marketing' }, bob);
    await call(`POST /drive/v3/drives/${id}/hide`, undefined, bob);
    const found = async (q: string, token?: string, more: string = '') => {
      const { body } = await call(`GET /drive/v3/drives?q=${encodeURIComponent(q)}${more}`, undefined, token);
      return (
        (body.drives as unknown as { name: string }[] | undefined)?.map(({ name }) => name) ??
        reasonOf({ body })
      );
    };
    expect(await found("name contains 'op'", bob)).toEqual(['Ops']);
    expect(await found('hidden = true', bob)).toEqual(['Ops']);
    expect(await found("not name = 'Ops' and createdTime > '2020-01-01T00:00:00'", bob)).toEqual([
      'Marketing',
    ]);
    expect(await found("fullText contains 'x'", bob)).toBe('invalid');
    expect(await found('memberCount > 1', bob)).toBe('queryRequiresAdminCredentials');
    expect(await found('memberCount > 1', undefined, '&useDomainAdminAccess=true')).toEqual(['Ops']);
    expect(await found('organizerCount = 1', undefined, '&useDomainAdminAccess=true')).toEqual([
      'Marketing',
      'Ops',
    ]);
    expect(await found("name = 'Ops'", bob, '&useDomainAdminAccess=true')).toBe(
      'noListTeamDrivesAdministratorPrivilege',
    );
    expect((await call('GET /drive/v3/drives')).body.drives, 'administrators are no members').toEqual([]);
    const seen = await call(`GET /drive/v3/drives/${id}?useDomainAdminAccess=true`);
    expect(seen.body).toMatchObject({ name: 'Ops' });
  });

  it.each([
    ['reader', { read: 200, write: 403, add: 403, trash: 403, remove: 403, shareFile: 403, members: 403 }],
    ['commenter', { read: 200, write: 403, add: 403, trash: 403, remove: 403, shareFile: 403, members: 403 }],
    ['writer', { read: 200, write: 200, add: 200, trash: 403, remove: 403, shareFile: 200, members: 403 }],
    [
      'fileOrganizer',
      { read: 200, write: 200, add: 200, trash: 200, remove: 403, shareFile: 200, members: 403 },
    ],
    ['organizer', { read: 200, write: 200, add: 200, trash: 200, remove: 204, shareFile: 200, members: 200 }],
  ])('lets a %s do what the role says, as the file’s capabilities told', async (role, expected) => {
    const domain = await openDomain();
    const { call } = domain;
    const { cem, make, share } = await openDrive(domain, role);
    const file = await make({ name: 'f' });
    const path = `/drive/v3/files/${file}?${ALL}`;
    const { body } = await call(`GET ${path}&fields=capabilities`, undefined, cem);
    const told = body.capabilities as unknown as Record<string, boolean>;
    const statuses = {
      read: (await call(`GET ${path}`, undefined, cem)).status,
      write: (await call(`PATCH ${path}`, { name: 'g' }, cem)).status,
      add: (await call(`POST /drive/v3/files?${ALL}`, { parents: [await parentOf(domain, file)] }, cem))
        .status,
      trash: (await call(`PATCH ${path}`, { trashed: true }, cem)).status,
      shareFile: (await share({ type: 'user', role: 'reader', emailAddress: ANN }, cem, file)).status,
      members: (await share({ type: 'user', role: 'reader', emailAddress: ANN }, cem)).status,
      remove: (await call(`DELETE ${path}`, undefined, cem)).status,
    };
    expect(statuses).toEqual(expected);
    expect([told.canEdit, told.canTrash, told.canDelete, told.canShare]).toEqual(
      [statuses.write, statuses.trash, statuses.remove, statuses.shareFile].map((status) => status < 300),
    );
  });

  it('keeps its last organizer, and inherited roles of its members', async () => {
    const domain = await openDomain();
    const { call } = domain;
    const { id, bob, make, memberId } = await openDrive(domain, 'writer');
    const file = await make({ name: 'f' });
    const list = await call(
      `GET /drive/v3/files/${id}/permissions?${ALL}&fields=permissions(id,role,permissionDetails)`,
      undefined,
      bob,
    );
    const [organizer] = list.body.permissions as unknown as { id: string }[];
    expect(organizer).toMatchObject({
      role: 'organizer',
      permissionDetails: [{ permissionType: 'member', role: 'organizer', inherited: false }],
    });
    const top = `/drive/v3/files/${id}/permissions/${organizer?.id}?${ALL}`;
    expect(reasonOf(await call(`DELETE ${top}`, undefined, bob))).toBe('cannotDeletePermission');
    expect(reasonOf(await call(`PATCH ${top}`, { role: 'writer' }, bob))).toBe('cannotDeletePermission');
    const below = `/drive/v3/files/${file}/permissions/${memberId}?${ALL}`;
    expect((await call(`GET ${below}&fields=permissionDetails`, undefined, bob)).body).toEqual({
      permissionDetails: [{ permissionType: 'member', role: 'writer', inherited: true, inheritedFrom: id }],
    });
    expect(reasonOf(await call(`DELETE ${below}`, undefined, bob))).toBe(
      'cannotModifyInheritedTeamDrivePermission',
    );
    expect(
      (await call(`DELETE /drive/v3/files/${id}/permissions/${memberId}?${ALL}`, undefined, bob)).status,
    ).toBe(204);
    expect((await call(`GET /drive/v3/files/${file}?${ALL}`, undefined, domain.tokenFor(CEM))).status).toBe(
      404,
    );
  });

  it('lets nobody give more of an item than they have', async () => {
    const domain = await openDomain();
    const { cem, make, share } = await openDrive(domain, 'writer');
    const file = await make({ name: 'f' });
    const more = { type: 'user', role: 'fileOrganizer', emailAddress: ANN };
    expect(reasonOf(await share(more, cem, file))).toBe('insufficientFilePermissions');
    const given = await share({ ...more, role: 'writer' }, cem, file);
    const one = `/drive/v3/files/${file}/permissions/${given.body.id}?${ALL}`;
    expect(reasonOf(await domain.call(`PATCH ${one}`, { role: 'fileOrganizer' }, cem))).toBe(
      'insufficientFilePermissions',
    );
  });

  it('has members by name only, and items without owners or organizers of their own', async () => {
    const domain = await openDomain();
    const { make, share } = await openDrive(domain);
    const file = await make({ name: 'f' });
    const refused: [object, string | undefined, string][] = [
      [{ type: 'anyone', role: 'reader' }, undefined, 'cannotShareTeamDriveTopFolderWithAnyoneOrDomains'],
      [{ type: 'user', role: 'owner', emailAddress: CEM }, undefined, 'ownerOnTeamDriveItemNotSupported'],
      [
        { type: 'user', role: 'reader', emailAddress: 'no@acme.example' },
        undefined,
        'cannotShareTeamDriveWithNonGoogleAccounts',
      ],
      [
        { type: 'user', role: 'organizer', emailAddress: CEM },
        file,
        'organizerOnNonTeamDriveItemNotSupported',
      ],
      [{ type: 'user', role: 'owner', emailAddress: CEM }, file, 'ownerOnTeamDriveItemNotSupported'],
    ];
    for (const [body, on, reason] of refused) expect(reasonOf(await share(body, undefined, on))).toBe(reason);
    expect((await share({ type: 'anyone', role: 'reader' }, undefined, file)).status).toBe(200);
  });

  it('is administered from outside by who administers the domain', async () => {
    const domain = await openDomain();
    const { call } = domain;
    const { id, bob } = await openDrive(domain);
    const path = `/drive/v3/files/${id}/permissions?${ALL}`;
    expect((await call(`GET ${path}`)).status).toBe(404);
    expect((await call(`GET ${path}&useDomainAdminAccess=true`)).body.permissions).toHaveLength(1);
    const rescue = { type: 'user', role: 'organizer', emailAddress: ANN };
    expect((await call(`POST ${path}&useDomainAdminAccess=true`, rescue)).status).toBe(200);
    expect(reasonOf(await call(`GET ${path}&useDomainAdminAccess=true`, undefined, bob))).toBe(
      'noManageTeamDriveAdministratorPrivilege',
    );
  });
});

describe('restrictions of a shared drive', () => {
  it('to members shut out whom a file was shared with, for as long as they hold', async () => {
    const domain = await openDomain();
    const { call } = domain;
    const { bob, cem, make, share, restrict } = await openDrive(domain);
    const file = await make({ name: 'f' });
    await share({ type: 'user', role: 'reader', emailAddress: CEM }, bob, file);
    const read = async () => (await call(`GET /drive/v3/files/${file}?${ALL}`, undefined, cem)).status;
    expect(await read()).toBe(200);
    await restrict({ driveMembersOnly: true });
    expect(await read()).toBe(404);
    expect(reasonOf(await share({ type: 'user', role: 'reader', emailAddress: ANN }, bob, file))).toBe(
      'teamDriveTeamMembersOnlyRestriction',
    );
    await restrict({ driveMembersOnly: false });
    expect(await read()).toBe(200);
  });

  it('to the domain let nobody else be given access', async () => {
    const domain = await openDomain();
    const { make, share, restrict, bob } = await openDrive(domain);
    const file = await make({ name: 'f' });
    await restrict({ domainUsersOnly: true });
    for (const body of [
      { type: 'anyone', role: 'reader' },
      { type: 'user', role: 'reader', emailAddress: 'x@else.example' },
    ])
      expect(reasonOf(await share(body, bob, file))).toBe('teamDriveDomainUsersOnlyRestriction');
    expect((await share({ type: 'domain', role: 'reader', domain: 'acme.example' }, bob, file)).status).toBe(
      200,
    );
  });

  it('keep readers from copying, and content managers from sharing folders', async () => {
    const domain = await openDomain();
    const { call } = domain;
    const { cem, make, share, restrict, bob } = await openDrive(domain, 'fileOrganizer');
    const folder = await make({ name: 'd', mimeType: FOLDER });
    const file = await make({ name: 'f' });
    await share({ type: 'user', role: 'reader', emailAddress: ANN }, bob, file);
    const media = `GET /drive/v3/files/${file}?alt=media&${ALL}`;
    expect((await call(media)).status).toBe(200);
    await restrict({ copyRequiresWriterPermission: true, sharingFoldersRequiresOrganizerPermission: true });
    expect(reasonOf(await call(media))).toBe('cannotDownloadFile');
    expect((await call(media, undefined, cem)).status).toBe(200);
    const seen = await call(
      `GET /drive/v3/files/${file}?${ALL}&fields=copyRequiresWriterPermission,capabilities(canChangeCopyRequiresWriterPermission)`,
      undefined,
      cem,
    );
    expect(seen.body).toEqual({
      copyRequiresWriterPermission: true,
      capabilities: { canChangeCopyRequiresWriterPermission: false },
    });
    const guest = { type: 'user', role: 'reader', emailAddress: ANN };
    expect((await share(guest, cem, folder)).status).toBe(403);
    await restrict({ sharingFoldersRequiresOrganizerPermission: false });
    expect((await share(guest, cem, folder)).status).toBe(200);
    await restrict({ downloadRestriction: { restrictedForWriters: true } });
    expect(reasonOf(await call(media, undefined, cem))).toBe('cannotDownloadFile');
    expect((await call(media, undefined, bob)).status).toBe(200);
  });

  it('are changed by organizers, unless administrators keep them to themselves', async () => {
    const domain = await openDomain();
    const { call } = domain;
    const { id, cem, restrict } = await openDrive(domain, 'writer');
    expect((await restrict({ domainUsersOnly: true }, cem)).status).toBe(403);
    expect((await restrict({ domainUsersOnly: true })).body).toMatchObject({
      restrictions: { domainUsersOnly: true },
    });
    expect((await restrict({ adminManagedRestrictions: true })).status).toBe(403);
    const admin = `PATCH /drive/v3/drives/${id}?useDomainAdminAccess=true`;
    expect((await call(admin, { restrictions: { adminManagedRestrictions: true } })).status).toBe(200);
    expect(reasonOf(await restrict({ domainUsersOnly: false }))).toBe(
      'teamDrivesSharingRestrictionNotAllowed',
    );
    expect((await call(`POST /drive/v3/drives?requestId=z`, { name: 'z', restrictions: {} })).status).toBe(
      403,
    );
  });
});

describe('the end of a shared drive', () => {
  it('comes when nothing but trash is in it, or by an administrator with all that is', async () => {
    const domain = await openDomain();
    const { call } = domain;
    const { id, bob, make } = await openDrive(domain);
    const file = await make({ name: 'f' });
    expect((await call(`DELETE /drive/v3/drives/${id}`, undefined, bob)).status).toBe(403);
    expect((await call(`DELETE /drive/v3/drives/${id}?allowItemDeletion=true`, undefined, bob)).status).toBe(
      400,
    );
    const other = String((await call('POST /drive/v3/drives?requestId=r2', { name: 'Old' }, bob)).body.id);
    const old = String(
      (await call(`POST /drive/v3/files?${ALL}`, { name: 'g', parents: [other] }, bob)).body.id,
    );
    const all = `DELETE /drive/v3/drives/${other}?useDomainAdminAccess=true&allowItemDeletion=true`;
    expect((await call(all)).status).toBe(204);
    expect((await call(`GET /drive/v3/files/${old}?${ALL}`, undefined, bob)).status).toBe(404);
    await call(`PATCH /drive/v3/files/${file}?${ALL}`, { trashed: true }, bob);
    expect((await call(`DELETE /drive/v3/drives/${id}`, undefined, bob)).status).toBe(204);
    expect((await call(`GET /drive/v3/drives/${id}`, undefined, bob)).status).toBe(404);
  });
});

async function parentOf({ call, tokenFor }: Domain, file: string): Promise<string> {
  const { body } = await call(`GET /drive/v3/files/${file}?${ALL}&fields=parents`, undefined, tokenFor(BOB));
  return String((body.parents as unknown as string[])[0]);
}

import { describe, expect, it } from 'vitest';
import { openOrg } from './org.ts';

const bookmark = {
  name: 'bookmark',
  label: 'Docs',
  signOnMode: 'BOOKMARK',
  settings: { app: { requestIntegration: false, url: 'https://example.com' } },
};

describe('apps', () => {
  it('are created with what the service fills in', async () => {
    const { call } = await openOrg();
    const { body } = await call('POST', '/api/v1/apps', bookmark);
    expect(body).toMatchObject({
      status: 'ACTIVE',
      credentials: { userNameTemplate: { template: `\${source.login}`, type: 'BUILT_IN' } },
      visibility: { autoSubmitToolbar: false, hide: { iOS: false, web: false } },
    });
    expect(body.orn).toContain(`:apps:bookmark:${body.id}`);
    expect((await call('GET', `/api/v1/apps/${body.id}`)).body).toEqual(body);
  });

  it('cannot be deleted while they are active', async () => {
    const { call } = await openOrg();
    const { body } = await call('POST', '/api/v1/apps', bookmark);
    const refused = await call('DELETE', `/api/v1/apps/${body.id}`);
    expect(refused.status).toBe(403);
    expect(refused.body).toMatchObject({
      errorCode: 'E0000056',
      errorCauses: [{ errorSummary: 'The application must be deactivated before deletion.' }],
    });
    expect((await call('POST', `/api/v1/apps/${body.id}/lifecycle/deactivate`)).body).toEqual({});
    expect((await call('DELETE', `/api/v1/apps/${body.id}`)).status).toBe(204);
    expect((await call('GET', `/api/v1/apps/${body.id}`)).body.errorSummary).toContain('(AppInstance)');
  });

  it('keep id, name and status when they are replaced', async () => {
    const { call } = await openOrg();
    const { body } = await call('POST', '/api/v1/apps', bookmark);
    await call('PUT', `/api/v1/apps/${body.id}`, { ...bookmark, label: 'Manuals', status: 'INACTIVE' });
    const read = (await call('GET', `/api/v1/apps/${body.id}`)).body;
    expect([read.label, read.name, read.status]).toEqual(['Manuals', 'bookmark', 'ACTIVE']);
  });

  it('give OpenID Connect clients an id and a secret', async () => {
    const { call } = await openOrg();
    const { body } = await call('POST', '/api/v1/apps', {
      name: 'oidc_client',
      label: 'Portal',
      signOnMode: 'OPENID_CONNECT',
      settings: { oauthClient: { application_type: 'web', redirect_uris: ['https://x.example/cb'] } },
    });
    expect(body.credentials.oauthClient).toMatchObject({
      client_id: body.id,
      token_endpoint_auth_method: 'client_secret_basic',
    });
    expect(body.credentials.oauthClient.client_secret).toHaveLength(64);
  });

  it('list by q and filter', async () => {
    const { call } = await openOrg();
    const { body } = await call('POST', '/api/v1/apps?activate=false', bookmark);
    const find = async (query: string) =>
      (await call('GET', `/api/v1/apps?${query}`)).body.map((app: { label: string }) => app.label);
    expect(await find('q=doc')).toEqual(['Docs']);
    expect(await find('filter=status eq "INACTIVE"')).toEqual(['Docs']);
    const bob = (await call('GET', '/api/v1/users/bob')).body;
    expect(await find(`filter=user.id eq "${bob.id}"`)).toEqual(['Wiki']);
    expect((await call('GET', '/api/v1/apps?filter=label sw "D"')).body.errorCode).toBe('E0000031');
    expect((await call('GET', `/api/v1/apps/${body.id}?expand=wrong`)).body.errorCauses).toEqual([
      { errorSummary: 'Expand query is malformed.' },
    ]);
  });
});

describe('assignments', () => {
  it('by name win over those by group, which come back when they go', async () => {
    const { call } = await openOrg();
    const [wiki] = (await call('GET', '/api/v1/apps?q=Wiki')).body;
    const bob = (await call('GET', '/api/v1/users/bob')).body;
    const path = `/api/v1/apps/${wiki.id}/users/${bob.id}`;
    expect((await call('GET', path)).body).toMatchObject({
      scope: 'GROUP',
      status: 'ACTIVE',
      syncState: 'DISABLED',
      externalId: null,
      credentials: { userName: 'bob@acme.example' },
    });
    await call('POST', `/api/v1/apps/${wiki.id}/users`, { id: bob.id, scope: 'USER' });
    expect((await call('GET', path)).body.scope).toBe('USER');
    expect((await call('DELETE', path)).status).toBe(204);
    expect((await call('GET', path)).body.scope).toBe('GROUP');
  });

  it('of a group follow its members', async () => {
    const { call } = await openOrg();
    const [wiki] = (await call('GET', '/api/v1/apps?q=Wiki')).body;
    const [group] = (await call('GET', '/api/v1/groups?q=Engineering')).body;
    const eve = (await call('GET', '/api/v1/users/eve')).body;
    const assigned = async () =>
      (await call('GET', `/api/v1/apps/${wiki.id}/users`)).body.map((row: { id: string }) => row.id);
    await call('PUT', `/api/v1/groups/${group.id}/users/${eve.id}`);
    expect(await assigned()).toContain(eve.id);
    expect((await call('GET', '/api/v1/users/eve/appLinks')).body[0].label).toBe('Wiki');
    await call('DELETE', `/api/v1/groups/${group.id}/users/${eve.id}`);
    expect(await assigned()).not.toContain(eve.id);
    await call('DELETE', `/api/v1/apps/${wiki.id}/groups/${group.id}`);
    expect(await assigned()).toEqual([]);
  });
});

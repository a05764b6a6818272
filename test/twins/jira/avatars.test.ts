import { beforeEach, describe, expect, it } from 'vitest';
import { CY, openSite, type TestSite } from './site.ts';

/** The head of a GIF of 40 × 20 pixels: all that is read of it. */
const GIF = new Uint8Array([...Buffer.from('GIF89a'), 40, 0, 20, 0, 0, 0, 0, 0x3b]);

describe('pictures that people load', () => {
  let site: TestSite;
  beforeEach(async () => {
    site = await openSite();
  });

  const load = (path: string, bytes: Uint8Array, headers: Record<string, string> = {}) =>
    site.fetch(`/jira/rest/api/3${path}`, {
      method: 'POST',
      headers: {
        authorization: site.basic,
        'x-atlassian-token': 'no-check',
        'content-type': 'image/gif',
        ...headers,
      },
      body: bytes,
    });
  const get = (path: string) =>
    site.fetch(`/jira/rest/api/3${path}`, { headers: { authorization: site.basic } });

  it('are shown by the project that chooses them, until they are deleted', async () => {
    const loaded = await load('/project/ENG/avatar2', GIF);
    expect(loaded.status).toBe(201);
    const { id, isSystemAvatar } = (await loaded.json()) as { id: string; isSystemAvatar: boolean };
    expect(isSystemAvatar).toBe(false);
    await site.call('PUT', '/rest/api/3/project/ENG/avatar', { id });
    const project = await site.call('GET', '/rest/api/3/project/ENG');
    expect(String(project.get('avatarUrls.48x48'))).toContain(`/avatar/${id}`);
    const shown = await get(`/universal_avatar/view/type/project/owner/${project.get('id')}`);
    expect([shown.headers.get('content-type'), new Uint8Array(await shown.arrayBuffer())]).toEqual([
      'image/gif',
      GIF,
    ]);
    expect((await site.call('DELETE', `/rest/api/3/project/ENG/avatar/${id}`)).status).toBe(204);
    expect((await get(`/universal_avatar/view/type/project/avatar/${id}`)).status).toBe(404);
    expect(String((await site.call('GET', '/rest/api/3/project/ENG')).get('avatarUrls.48x48'))).not.toContain(
      id,
    );
  });

  it('are cut to a square that must lie within them', async () => {
    const { id } = (await (await load('/project/ENG/avatar2?x=5&y=0&size=20', GIF)).json()) as { id: string };
    const svg = await (await get(`/universal_avatar/view/type/project/avatar/${id}?format=svg`)).text();
    expect(svg).toContain('viewBox="5 0 20 20"');
    expect((await load('/project/ENG/avatar2?x=30&size=20', GIF)).status).toBe(400);
  });

  it('are refused where they are no pictures, and without the header against forged forms', async () => {
    expect((await load('/project/ENG/avatar2', new Uint8Array([1, 2, 3]))).status).toBe(400);
    expect((await load('/project/ENG/avatar2', GIF, { 'x-atlassian-token': '' })).status).toBe(403);
  });

  it('belong to types of issue and priorities too', async () => {
    const types = (await site.call('GET', '/rest/api/3/issuetype')).body as { id: string; name: string }[];
    const bug = types.find(({ name }) => name === 'Bug')?.id;
    const type = (await (await load(`/issuetype/${bug}/avatar2?size=0`, GIF)).json()) as { id: string };
    await site.call('PUT', `/rest/api/3/issuetype/${bug}`, { avatarId: Number(type.id) });
    expect((await site.call('GET', `/rest/api/3/issuetype/${bug}`)).get('avatarId')).toBe(Number(type.id));
    const loaded = await load('/universal_avatar/type/priority/owner/2', GIF);
    const { id } = (await loaded.json()) as { id: string };
    expect((await site.call('PUT', '/rest/api/3/priority/2', { avatarId: Number(id) })).status).toBe(204);
    await site.call('DELETE', `/rest/api/3/universal_avatar/type/priority/owner/2/avatar/${id}`);
    expect((await site.call('GET', '/rest/api/3/priority/2')).get('avatarId')).toBe(10_600);
  });

  it('are hidden where their project is', async () => {
    const { id } = (await (await load('/project/ENG/avatar2', GIF)).json()) as { id: string };
    await site.call('DELETE', '/rest/api/3/project/ENG');
    expect((await get(`/universal_avatar/view/type/project/avatar/${id}`)).status).toBe(404);
  });

  it('stand beside Jira’s own, which are served in every size', async () => {
    const own = await get('/universal_avatar/view/type/issuetype?size=xsmall&format=png');
    expect(own.headers.get('content-type')).toBe('image/png');
    const bytes = Buffer.from(await own.arrayBuffer());
    expect([bytes.subarray(1, 4).toString(), bytes.readUInt32BE(16)]).toEqual(['PNG', 16]);
    const other = await site.callAs(site.basicFor(CY), 'DELETE', '/rest/api/3/project/ENG/avatar/10400');
    expect(other.status).toBe(403);
  });
});

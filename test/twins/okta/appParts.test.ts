import { describe, expect, it } from 'vitest';
import { openOAuthOrg } from './oauth.ts';
import { openOrg, pathOf } from './org.ts';

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

describe('the picture of an app', () => {
  const upload = async (org: Awaited<ReturnType<typeof openOrg>>, id: string, bytes: Uint8Array) => {
    const form = new FormData();
    form.set('file', new Blob([new Uint8Array(bytes)], { type: 'image/png' }), 'logo.png');
    return org.fetch(`/okta/api/v1/apps/${id}/logo`, {
      method: 'POST',
      headers: { authorization: `SSWS ${org.token}` },
      body: form,
    });
  };

  it('is served where the app says it is, until there is another', async () => {
    const org = await openOrg();
    const [app] = (await org.call('GET', '/api/v1/apps?q=Wiki')).body;
    const logoOf = async () => (await org.call('GET', `/api/v1/apps/${app.id}`)).body._links.logo[0].href;
    const before = await logoOf();
    expect((await upload(org, app.id, PNG)).status).toBe(201);
    const href = await logoOf();
    expect(href).not.toBe(before);
    const served = await org.fetch(`/okta${pathOf(href)}`);
    expect([served.headers.get('content-type'), Buffer.from(await served.arrayBuffer())]).toEqual([
      'image/png',
      PNG,
    ]);
    const svg = Buffer.from(
      '<?xml version="1.0" encoding="UTF-8"?><svg xmlns="http://www.w3.org/2000/svg"/>',
    );
    expect((await upload(org, app.id, svg)).status).toBe(201);
    expect((await org.fetch(`/okta${pathOf(await logoOf())}`)).headers.get('content-type')).toBe(
      'image/svg+xml',
    );
    expect((await org.fetch(`/okta${pathOf(href)}`)).status).toBe(404);
    const links = (await org.call('GET', '/api/v1/users/bob/appLinks')).body;
    expect(links[0].logoUrl).toBe(await logoOf());
  });

  it('must be one, and no larger than a megabyte', async () => {
    const org = await openOrg();
    const [app] = (await org.call('GET', '/api/v1/apps?q=Wiki')).body;
    for (const bytes of [Buffer.from('no picture'), Buffer.concat([PNG, Buffer.alloc(1_000_000)])]) {
      const answer = await upload(org, app.id, bytes);
      expect([answer.status, JSON.parse(await answer.text()).errorCode]).toEqual([400, 'E0000001']);
    }
  });
});

describe('federated claims of an app', () => {
  it('are in its ID tokens, as long as they are there', async () => {
    const org = await openOAuthOrg();
    const claims = `/api/v1/apps/${org.app.id}/federated-claims`;
    const made = await org.call('POST', claims, {
      name: 'who',
      expression: 'String.toUpperCase(user.profile.lastName)',
    });
    expect(made.status).toBe(201);
    const whoIs = async () => {
      const { id_token } = (await org.redeem((await org.signIn()).get('code'))).body;
      return JSON.parse(Buffer.from(id_token.split('.')[1], 'base64url').toString()).who;
    };
    expect(await whoIs()).toBe('BUILDER');
    await org.call('DELETE', `${claims}/${made.body.id}`);
    expect(await whoIs()).toBeUndefined();
  });
});

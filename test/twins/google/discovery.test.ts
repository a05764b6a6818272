import { describe, expect, it } from 'vitest';
import { type Domain, openDomain } from './domain.ts';

/** Asks at one of Google's own hosts, as a program under a proxy does. */
async function atHost(domain: Domain, url: string): Promise<Record<string, never>> {
  const response = await domain.fetch(url);
  return (await response.json()) as Record<string, never>;
}

describe('discovery documents', () => {
  it('describe an API whose addresses lead to the universe, where the client came by its path', async () => {
    const domain = await openDomain();
    const { body } = await domain.call('GET /discovery/v1/apis/drive/v3/rest', undefined, null);
    const base = domain.base('google');
    expect(body).toMatchObject({
      kind: 'discovery#restDescription',
      rootUrl: `${base}/`,
      baseUrl: `${base}/drive/v3/`,
    });
    expect(body).toHaveProperty('resources.files.methods.list.parameters.pageSize');
    expect(body).not.toHaveProperty('mtlsRootUrl');
  });

  it('name Google’s own hosts, where the client came by one of them', async () => {
    const domain = await openDomain();
    const sheets = await atHost(domain, 'https://www.googleapis.com/discovery/v1/apis/sheets/v4/rest');
    expect(sheets).toMatchObject({ id: 'sheets:v4', rootUrl: 'https://sheets.googleapis.com/' });
    const again = await atHost(domain, 'https://sheets.googleapis.com/$discovery/rest?version=v4');
    expect(again).toEqual(sheets);
  });

  it('are listed, and there is none of an API that Google does not have', async () => {
    const { call } = await openDomain();
    const { body } = await call('GET /discovery/v1/apis?name=docs', undefined, null);
    expect(body.items).toMatchObject([{ id: 'docs:v1' }]);
    const missing = await call('GET /discovery/v1/apis/nothing/v1/rest', undefined, null);
    expect(missing).toMatchObject({ status: 404, body: { error: { code: 404 } } });
  });
});

describe('an API’s own address', () => {
  it('says which version of it there is not', async () => {
    const answer = await atHost(await openDomain(), 'https://docs.googleapis.com/$discovery/rest?version=v9');
    expect(answer.error).toMatchObject({
      code: 404,
      message: 'Discovery document not found for API service: docs.googleapis.com format: rest version: v9',
    });
  });
});

describe('the OpenID configuration', () => {
  it('names the issuer of the ID tokens and where everything is', async () => {
    const domain = await openDomain();
    const base = domain.base('google');
    const { body } = await domain.call('GET /.well-known/openid-configuration', undefined, null);
    expect(body).toMatchObject({ issuer: base, token_endpoint: `${base}/token` });
    const own = await atHost(domain, 'https://accounts.google.com/.well-known/openid-configuration');
    expect(own).toMatchObject({
      issuer: 'https://accounts.google.com',
      token_endpoint: 'https://oauth2.googleapis.com/token',
      jwks_uri: 'https://www.googleapis.com/oauth2/v3/certs',
    });
  });
});

import { describe, expect, it } from 'vitest';
import { google } from '../../../twins/google/twin.ts';
import { type Domain, openDomain } from './domain.ts';

const keyOf = (domain: Domain) =>
  String(google.credentials.document(domain.universe.view('google'), '').credentials.apiKey);

async function opened() {
  const domain = await openDomain();
  const key = keyOf(domain);
  const folder = await domain.fileId('Team');
  const [open, shut] = [await domain.fileId('Budget'), await domain.fileId('Plan')];
  await domain.call(`POST /drive/v3/files/${open}/permissions`, { type: 'anyone', role: 'reader' });
  const get = (path: string) =>
    domain.call(`GET ${path}${path.includes('?') ? '&' : '?'}key=${key}`, undefined, null);
  return { ...domain, key, folder, open, shut, get };
}

describe('an API key alone', () => {
  it('reads what anyone with the link may see, and no more', async () => {
    const { get, open, shut } = await opened();
    expect((await get(`/v4/spreadsheets/${open}/values/A2`)).body.values).toEqual([['Figma']]);
    expect((await get(`/drive/v3/files/${open}?fields=name,ownedByMe`)).body).toEqual({
      name: 'Budget',
      ownedByMe: false,
    });
    expect((await get(`/v1/documents/${shut}`)).body.error).toMatchObject({ status: 'PERMISSION_DENIED' });
    expect((await get(`/drive/v3/files/${shut}`)).status).toBe(404);
  });

  it('lists what is open in a folder', async () => {
    const { get, folder, call } = await opened();
    await call(`POST /drive/v3/files/${folder}/permissions`, { type: 'anyone', role: 'reader' });
    const q = encodeURIComponent(`'${folder}' in parents`);
    const { body } = await get(`/drive/v3/files?q=${q}&fields=files(name)&orderBy=name`);
    expect(body.files).toEqual([{ name: 'Budget' }, { name: 'Plan' }]);
  });

  it('writes nothing, and is told whom it takes', async () => {
    const { call, key } = await opened();
    const sheets = await call(`POST /v4/spreadsheets?key=${key}`, {}, null);
    expect(sheets.body.error).toMatchObject({
      code: 401,
      message: expect.stringMatching(
        /^API keys are not supported by this API\. Expected OAuth2 access token/,
      ),
      details: [{ reason: 'CREDENTIALS_MISSING' }],
    });
    const drive = await call(`POST /drive/v3/files?key=${key}`, {}, null);
    expect(drive.body.error).toMatchObject({
      errors: [{ message: 'Login Required.', reason: 'required', location: 'Authorization' }],
    });
  });

  it('may stand in a header', async () => {
    const { fetch, key, open } = await opened();
    const answer = await fetch(`/google/v4/spreadsheets/${open}`, { headers: { 'x-goog-api-key': key } });
    expect(answer.status).toBe(200);
  });
});

describe('an API key that is not the project’s', () => {
  it('is refused whatever else comes with it', async () => {
    const { call, open } = await opened();
    const answer = await call(`GET /v4/spreadsheets/${open}?key=AIzaNothing`);
    expect(answer.status).toBe(400);
    expect(answer.body.error).toEqual({
      code: 400,
      message: 'API key not valid. Please pass a valid API key.',
      status: 'INVALID_ARGUMENT',
      details: [
        {
          '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
          reason: 'API_KEY_INVALID',
          domain: 'googleapis.com',
          metadata: { service: 'sheets.googleapis.com' },
        },
        {
          '@type': 'type.googleapis.com/google.rpc.LocalizedMessage',
          locale: 'en-US',
          message: 'API key not valid. Please pass a valid API key.',
        },
      ],
    });
    const drive = await call('GET /drive/v3/files?key=AIzaNothing');
    expect(drive.body.error).toMatchObject({
      status: 'INVALID_ARGUMENT',
      errors: [{ reason: 'badRequest' }],
    });
  });

  it('is one that was revoked, too', async () => {
    const { get, universe, open } = await opened();
    universe.work('google', (world) => google.credentials.revoke(world, 'apiKey'));
    expect((await get(`/v4/spreadsheets/${open}`)).status).toBe(400);
  });
});

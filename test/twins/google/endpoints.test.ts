import { describe, expect, it } from 'vitest';
import { google } from '../../../twins/google/twin.ts';
import { itRoutesEachEndpoint } from '../routes.ts';
import { openDomain } from './domain.ts';

describe('the endpoints of Google', () => {
  itRoutesEachEndpoint(google, /^https:\/\/developers\.google\.com\//, 'Sheet1!A1');

  it('names the vendor’s own operations; the token service, discovery, uploads and pages are beside the described paths', () => {
    const known = new Set(google.operations.map(({ id }) => id));
    const own = new Set(google.endpoints.map(({ id }) => id).filter((id) => !known.has(id)));
    expect([...own].sort()).toEqual([
      'batch',
      'discovery.apis.getRest',
      'discovery.apis.list',
      'downloadLink',
      'editorPage',
      'exportLink',
      'filePage',
      'folderPage',
      ...['generateAccessToken', 'generateIdToken', 'signBlob', 'signJwt'].map(
        (verb) => `iamcredentials.projects.serviceAccounts.${verb}`,
      ),
      'oauth2.auth',
      'oauth2.certs',
      'oauth2.device',
      'oauth2.device.code',
      'oauth2.revoke',
      'oauth2.token',
      'openid.configuration',
      'openidconnect.userinfo',
      'publishedPage',
      'serviceAccounts.certs',
      'signInPage',
      'sts.token',
      'thumbnailLink',
    ]);
  });

  it('says of an operation that it lacks that it lacks it, in the API’s own envelope', async () => {
    const { call } = await openDomain();
    const calendar = await call('GET /calendar/v3/colors');
    expect(calendar.status).toBe(501);
    expect(calendar.headers.get('x-orrery-gap')).toBe('calendar.colors.get');
    expect(calendar.body.error).toMatchObject({ code: 501, errors: [{ reason: 'notImplemented' }] });
    const chart = await call(
      `POST /v4/spreadsheets/${await (await openDomain()).fileId('Budget')}:batchUpdate`,
      {
        requests: [{ addDataSource: {} }],
      },
    );
    expect(chart.headers.get('x-orrery-gap')).toBe('sheets.spreadsheets.batchUpdate:addDataSource');
    expect(chart.body.error).toMatchObject({ status: 'UNIMPLEMENTED' });
  });

  it('answers a path that Google does not have with Google’s not found', async () => {
    const { call } = await openDomain();
    const answer = await call('GET /drive/v3/nothing');
    expect(answer.status).toBe(404);
    expect(answer.body.error).toMatchObject({ code: 404, errors: [{ reason: 'notFound' }] });
  });
});

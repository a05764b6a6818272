import { describe, expect, it } from 'vitest';
import { ANN, openDomain } from './domain.ts';

describe('a request without a good token', () => {
  it('is refused by Drive with authError and a challenge', async () => {
    const { call } = await openDomain();
    const answer = await call('GET /drive/v3/files', undefined, 'ya29.wrong');
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toContain('error="invalid_token"');
    expect(answer.body.error).toMatchObject({
      code: 401,
      status: 'UNAUTHENTICATED',
      errors: [{ reason: 'authError', location: 'Authorization', message: 'Invalid Credentials' }],
    });
  });

  it('is refused by Sheets without an errors list, and told apart from a missing one', async () => {
    const { call } = await openDomain();
    const wrong = await call('GET /v4/spreadsheets/x', undefined, 'ya29.wrong');
    expect(wrong.body.error).toMatchObject({ code: 401, status: 'UNAUTHENTICATED' });
    expect(wrong.body.error).not.toHaveProperty('errors');
    const missing = await call('POST /v4/spreadsheets', {}, null);
    expect(missing.status).toBe(401);
    expect(missing.headers.get('www-authenticate')).toBe('Bearer realm="https://accounts.google.com/"');
    expect(missing.body.error).toMatchObject({ details: [{ reason: 'CREDENTIALS_MISSING' }] });
    const open = await call('GET /v4/spreadsheets/x', undefined, null);
    expect(open.body.error).toMatchObject({
      code: 403,
      status: 'PERMISSION_DENIED',
      message: expect.stringMatching(/^Method doesn't allow unregistered callers/),
    });
  });

  it('is refused when the token has expired by the universe’s clock', async () => {
    const { call, tokenFor, universe } = await openDomain();
    const token = tokenFor(ANN);
    expect((await call('GET /drive/v3/files', undefined, token)).status).toBe(200);
    await universe.advance(universe.clock.now() + 3_600_000);
    expect((await call('GET /drive/v3/files', undefined, token)).status).toBe(401);
  });
});

describe('scopes', () => {
  it('that do not cover a method are refused by Drive with insufficientPermissions', async () => {
    const { call, tokenFor } = await openDomain();
    const token = tokenFor(ANN, ['spreadsheets']);
    const answer = await call('POST /drive/v3/files', { name: 'x' }, token);
    expect(answer.status).toBe(403);
    expect(answer.body.error).toMatchObject({
      status: 'PERMISSION_DENIED',
      errors: [{ reason: 'insufficientPermissions', message: 'Insufficient Permission' }],
      details: [{ reason: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT' }],
    });
  });

  it('that only read let Sheets be read, not written', async () => {
    const { call, tokenFor, fileId } = await openDomain();
    const id = await fileId('Budget');
    const token = tokenFor(ANN, ['spreadsheets.readonly']);
    expect((await call(`GET /v4/spreadsheets/${id}/values/A1`, undefined, token)).status).toBe(200);
    const write = await call(
      `PUT /v4/spreadsheets/${id}/values/A1?valueInputOption=RAW`,
      { values: [['x']] },
      token,
    );
    expect(write.status).toBe(403);
    expect(write.body.error).toMatchObject({ details: [{ reason: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT' }] });
  });
});

describe('answers', () => {
  it('carry the headers that each API sends', async () => {
    const { call, fileId } = await openDomain();
    const drive = await call('GET /drive/v3/files');
    expect(drive.headers.get('content-type')).toBe('application/json; charset=UTF-8');
    expect(drive.headers.get('vary')).toBe('Origin, X-Origin');
    expect(drive.headers.get('cache-control')).toBe('no-cache, no-store, max-age=0, must-revalidate');
    const sheets = await call(`GET /v4/spreadsheets/${await fileId('Budget')}`);
    expect(sheets.headers.get('vary')).toBe('Origin, X-Origin, Referer');
    expect(sheets.headers.get('cache-control')).toBe('private');
  });

  it('are indented unless prettyPrint=false', async () => {
    const { call } = await openDomain();
    expect((await call('GET /drive/v3/files?fields=kind')).text).toBe('{\n  "kind": "drive#fileList"\n}\n');
    const compact = await call('GET /drive/v3/files?fields=kind&prettyPrint=false');
    expect(compact.text).toBe('{"kind":"drive#fileList"}');
  });

  it('are scripts for pages that name a function, refusals too', async () => {
    const { call } = await openDomain();
    const answer = await call('GET /drive/v3/files?fields=kind&callback=heard.it');
    expect(answer.headers.get('content-type')).toBe('text/javascript; charset=UTF-8');
    expect(answer.text).toBe('// API callback\nheard.it({\n  "kind": "drive#fileList"\n});');
    const refused = await call('GET /v4/spreadsheets/x?callback=heard&prettyPrint=false');
    expect([refused.status, refused.text]).toEqual([
      200,
      '// API callback\nheard({"error":{"code":404,"message":"Requested entity was not found.","status":"NOT_FOUND"}});',
    ]);
  });

  it('are JSON, and refused in a form that there is not', async () => {
    const { call } = await openDomain();
    expect((await call('GET /drive/v3/files?alt=json')).status).toBe(200);
    expect((await call('GET /drive/v3/files?alt=xml')).body.error).toMatchObject({
      errors: [{ reason: 'invalidParameter', location: 'alt' }],
    });
    const proto = await call('GET /drive/v3/files?alt=proto');
    expect(proto.headers.get('x-orrery-gap')).toBe('alt=proto');
  });

  it('refuse in the older or the newer form of errors, where one is asked for', async () => {
    const { call } = await openDomain();
    const older = await call('GET /v4/spreadsheets/x?$.xgafv=1');
    expect(older.body.error).toMatchObject({
      status: 'NOT_FOUND',
      errors: [{ reason: 'notFound', domain: 'global' }],
    });
    const newer = await call('GET /drive/v3/files/x?$.xgafv=2');
    expect(newer.body.error).toEqual({ code: 404, message: 'File not found: x.', status: 'NOT_FOUND' });
  });

  it('have what fields names by any spelling, and refuse what is not there', async () => {
    const { call, fileId } = await openDomain();
    const id = await fileId('Budget');
    const at = async (fields: string) => (await call(`GET /v4/spreadsheets/${id}?fields=${fields}`)).body;
    const titles = { sheets: [{ properties: { title: 'Costs' } }] };
    for (const fields of ['sheets(properties(title))', 'sheets/properties/title', 'sheets.properties.title'])
      expect(await at(encodeURIComponent(fields))).toEqual(titles);
    expect(await at('sheets(properties/gridProperties(*),properties/title),spreadsheetId')).toMatchObject({
      spreadsheetId: id,
      sheets: [{ properties: { title: 'Costs', gridProperties: { rowCount: 1_000 } } }],
    });
    expect((await at('sheets/properties/nothing')).error).toMatchObject({
      message: 'Request contains an invalid argument.',
      details: [
        {
          fieldViolations: [
            {
              field: 'sheets.properties.nothing',
              description:
                "Error expanding 'fields' parameter. Cannot find matching fields for path 'sheets.properties.nothing'.",
            },
          ],
        },
      ],
    });
    const drive = await call('GET /drive/v3/files?fields=files(name,capabilities/canFly)');
    expect(drive.body.error).toMatchObject({
      errors: [{ message: 'Invalid field selection canFly', reason: 'invalidParameter', location: 'fields' }],
    });
  });

  it('come under a Google host in the path too', async () => {
    const { call, fileId } = await openDomain();
    const id = await fileId('Plan');
    const answer = await call(`GET /docs.googleapis.com/v1/documents/${id}`);
    expect(answer.body.title).toBe('Plan');
  });

  it('are byte-equal for the same requests in an equal universe', async () => {
    const run = async () => {
      const { call } = await openDomain();
      const made = await call('POST /drive/v3/files', { name: 'a' });
      const sheet = await call('POST /v4/spreadsheets', { properties: { title: 's' } });
      return [made.text, sheet.text, (await call('GET /drive/v3/files?fields=*')).text];
    };
    expect(await run()).toEqual(await run());
  });
});

describe('faults', () => {
  it('named userRateLimitExceeded come in Drive’s envelope', async () => {
    const { call, universe } = await openDomain();
    universe.addFault({
      kind: 'error',
      match: { twin: 'google' },
      params: { name: 'userRateLimitExceeded' },
    });
    const answer = await call('GET /drive/v3/files');
    expect(answer.status).toBe(403);
    expect(answer.body.error).toMatchObject({
      errors: [{ domain: 'usageLimits', reason: 'userRateLimitExceeded' }],
    });
  });

  it('named RESOURCE_EXHAUSTED come as 429 from Sheets', async () => {
    const { call, universe } = await openDomain();
    universe.addFault({ kind: 'error', match: { twin: 'google' }, params: { name: 'RESOURCE_EXHAUSTED' } });
    const answer = await call('GET /v4/spreadsheets/x');
    expect(answer.status).toBe(429);
    expect(answer.body.error).toMatchObject({ code: 429, status: 'RESOURCE_EXHAUSTED' });
  });

  it('of every preset can be put in', async () => {
    const { universe } = await openDomain();
    const { google } = await import('../../../twins/google/twin.ts');
    const { faultsFrom } = await import('../../../src/preset.ts');
    for (const preset of Object.keys(google.presets))
      for (const fault of faultsFrom({ preset }, [google])) universe.addFault(fault);
    expect(universe.faults.active.length).toBeGreaterThanOrEqual(Object.keys(google.presets).length);
  });

  it('of the vendor’s own limits come when a tier is used up', async () => {
    const { call, fileId } = await openDomain(undefined, { rateLimits: { 'sheets.read': 2 } });
    const id = await fileId('Budget');
    for (let i = 0; i < 2; i++) expect((await call(`GET /v4/spreadsheets/${id}`)).status).toBe(200);
    const third = await call(`GET /v4/spreadsheets/${id}`);
    expect(third.status).toBe(429);
    expect(third.body.error).toMatchObject({
      message: expect.stringMatching(
        /^Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute per user' of service 'sheets\.googleapis\.com' for consumer 'project_number:\d+'\.$/,
      ),
      details: [{ reason: 'RATE_LIMIT_EXCEEDED', metadata: { quota_limit_value: '2' } }, {}],
    });
    // Whom a server asks for has a window of their own.
    expect((await call(`GET /v4/spreadsheets/${id}?quotaUser=zoe`)).status).toBe(200);
  });

  it('of the vendor’s own limits hold for the project too, whoever asks', async () => {
    const { call, fileId } = await openDomain(undefined, { rateLimits: 'vendor' });
    const id = await fileId('Budget');
    const answers = [];
    for (let i = 0; i <= 300; i++)
      answers.push(await call(`GET /v4/spreadsheets/${id}?quotaUser=${i % 10}&fields=spreadsheetId`));
    expect(answers.slice(0, 300).every(({ status }) => status === 200)).toBe(true);
    expect(answers[300]?.body.error).toMatchObject({
      message: expect.stringContaining("limit 'Read requests per minute' of service"),
      details: [
        { metadata: { quota_limit: 'ReadRequestsPerMinutePerProject', quota_limit_value: '300' } },
        {},
      ],
    });
  });
});

describe('a browser', () => {
  const origin = 'https://page.example';

  it('may send a batch from a page of another origin, and read what comes', async () => {
    const { fetch, token } = await openDomain();
    const asked = await fetch('/google/batch/drive/v3', {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization',
      },
    });
    expect(asked.headers.get('access-control-allow-headers')).toBe('authorization');
    const answer = await fetch('/google/batch/drive/v3', {
      method: 'POST',
      headers: { origin, authorization: `Bearer ${token}`, 'content-type': 'multipart/mixed; boundary=b' },
      body: '--b\r\nContent-Type: application/http\r\n\r\nGET /drive/v3/about?fields=kind\r\n--b--',
    });
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
    expect(await answer.text()).toContain('HTTP/1.1 200 OK');
  });

  it('that asks for the head of an answer has it without the body', async () => {
    const { fetch, token } = await openDomain();
    const headers = { authorization: `Bearer ${token}` };
    const answer = await fetch('/google/drive/v3/about?fields=kind', { method: 'HEAD', headers });
    expect([answer.status, await answer.text()]).toEqual([200, '']);
  });
});

/** Every address that Google hands out answers by the way by which the program came. */
import { describe, expect, it } from 'vitest';
import { google } from '../../../twins/google/twin.ts';
import { byWay, expectWalk, WAYS, type Way } from '../ways.ts';

/** Pictures; and scopes, which only look like addresses. */
const PICTURES =
  /^https:\/\/(drive-thirdparty\.googleusercontent|lh3\.googleusercontent|ssl\.gstatic)\.com\/|\/auth\//;
/** An issuer is a name; tokens are asked for by POST with a form, and consent is given on no page yet. */
const OAUTH =
  /^https?:\/\/[^/]+(\/u\/\w+\/google)?(\/token|\/revoke|\/device\/code|\/o\/oauth2\/v2\/auth)?$|upload_id=/;
const ELSEWHERE = new RegExp(`${PICTURES.source}|${OAUTH.source}`);

function signedIn({ universe }: Way): { authorization: string } {
  const { credentials } = google.credentials.document(universe.view('google'), '');
  return { authorization: `Bearer ${credentials.accessToken}` };
}

interface Said {
  id: string;
  spreadsheetId: string;
  spreadsheetUrl: string;
  webViewLink: string;
  webContentLink: string;
  exportLinks: Record<string, string>;
}

/** A file of each kind made, uploaded in parts, listed; the discovery documents read. */
async function session(way: Way, at: (host: string) => string) {
  const headers = signedIn(way);
  const json = { ...headers, 'content-type': 'application/json' };
  const call = async (url: string, body?: unknown) => {
    const ask =
      body === undefined ? { headers } : { method: 'POST', headers: json, body: JSON.stringify(body) };
    const answer = await way.send(url, ask);
    expect(answer.status, `${url} ${answer.text}`).toBe(200);
    return JSON.parse(answer.text || '{}') as Said;
  };
  const apis = at('www.googleapis.com');
  const drive = `${apis}/drive/v3/files`;
  const made = [];
  for (const kind of ['document', 'spreadsheet', 'folder', 'presentation'])
    made.push(
      await call(`${drive}?fields=*`, { name: kind, mimeType: `application/vnd.google-apps.${kind}` }),
    );
  const sheet = await call(`${at('sheets.googleapis.com')}/v4/spreadsheets`, { properties: { title: 's' } });
  const opened = await way.send(`${apis}/upload/drive/v3/files?uploadType=resumable&fields=*`, {
    method: 'POST',
    headers: { ...json, 'x-upload-content-type': 'text/plain' },
    body: '{"name":"a.txt","mimeType":"text/plain"}',
  });
  const session = String(opened.headers.location);
  const uploaded = await way.send(session, { method: 'PUT', headers, body: 'abc' });
  const file = JSON.parse(uploaded.text) as Said;
  await call(`${drive}?fields=*`);
  await call(`${drive}/root?fields=*`);
  await call(`${apis}/drive/v3/about?fields=*`);
  await call(`${at('accounts.google.com')}/.well-known/openid-configuration`);
  await call(`${apis}/discovery/v1/apis`);
  return { headers, made, sheet, session, file };
}

const byName = (host: string) => `http://${host}`;

describe.each(WAYS)('a program that came by %s', (name) => {
  it('reaches every address that it is given', () =>
    byWay(name, 'google', 'www.googleapis.com', async (way) => {
      const at = name === 'host' ? byName : () => '';
      const { headers, file } = await session(way, at);
      const got = await way.send(file.webContentLink, { headers });
      expect([got.status, got.text]).toEqual([200, 'abc']);
      await expectWalk(way, name, { elsewhere: ELSEWHERE, least: 20, ask: { headers } });
    }));
});

describe('a program that came by Google’s own names', () => {
  it('is given Google’s own addresses', () =>
    byWay('host', 'google', 'www.googleapis.com', async (way) => {
      const { made, sheet, session: upload, file } = await session(way, byName);
      expect(made.map((one) => one.webViewLink.replace(one.id, 'ID'))).toEqual([
        'http://docs.google.com/document/d/ID/edit?usp=drivesdk',
        'http://docs.google.com/spreadsheets/d/ID/edit?usp=drivesdk',
        'http://drive.google.com/drive/folders/ID',
        'http://docs.google.com/presentation/d/ID/edit?usp=drivesdk',
      ]);
      expect(made[1]?.exportLinks['text/csv']).toBe(
        `http://docs.google.com/spreadsheets/export?id=${made[1]?.id}&exportFormat=csv`,
      );
      expect(sheet.spreadsheetUrl).toBe(`http://docs.google.com/spreadsheets/d/${sheet.spreadsheetId}/edit`);
      expect(upload).toMatch(/^http:\/\/www\.googleapis\.com\/upload\/drive\/v3\/files\?.*upload_id=/);
      expect(file.webContentLink).toBe(`http://drive.google.com/uc?id=${file.id}&export=download`);
    }));
});

describe('a link to a file', () => {
  it('leads who is not signed in to the sign-in, and says nothing of the file', () =>
    byWay('path', 'google', '', async (way) => {
      const { file, made } = await session(way, () => '');
      for (const link of [
        file.webContentLink,
        file.webViewLink,
        made[1]?.exportLinks['text/csv'] as string,
      ]) {
        const answer = await way.send(link);
        expect([answer.status, answer.text]).toEqual([302, '']);
        expect((await way.send(String(answer.headers.location))).text).toContain('Sign in');
      }
    }));

  it('shows the file to anyone where it is shared so', () =>
    byWay('path', 'google', '', async (way) => {
      const { file, headers } = await session(way, () => '');
      await way.send(`/drive/v3/files/${file.id}/permissions`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: '{"type":"anyone","role":"reader"}',
      });
      expect((await way.send(file.webContentLink)).text).toBe('abc');
      expect((await way.send(file.webViewLink)).text).toContain('<title>a.txt</title>');
    }));

  it('gives a spreadsheet as text to who sends a token', () =>
    byWay('origin', 'google', '', async (way) => {
      const { sheet, headers } = await session(way, () => '');
      const { text } = await way.send(`/drive/v3/files/${sheet.spreadsheetId}?fields=exportLinks`, {
        headers,
      });
      const link = (JSON.parse(text) as Said).exportLinks['text/csv'] as string;
      const answer = await way.send(link, { headers });
      expect([answer.status, answer.headers['content-type']]).toEqual([200, 'text/csv']);
    }));
});

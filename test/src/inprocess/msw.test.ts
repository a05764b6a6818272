/** `orrery/msw`: unchanged code that calls the vendors' own addresses, under MSW's `setupServer`. */
import https from 'node:https';
import { drive, type drive_v3 } from '@googleapis/drive';
import { Client as OktaClient } from '@okta/okta-sdk-nodejs';
import { WebClient } from '@slack/web-api';
import { JWT } from 'google-auth-library';
import { Version3Client } from 'jira.js';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { handlers } from '../../../src/inprocess/msw.ts';
import { type InProcessUniverse, openUniverse } from '../../../src/main.ts';

let opened: Awaited<ReturnType<typeof openUniverse>>;
let universe: InProcessUniverse;
const unhandled: string[] = [];
const server = setupServer(
  ...handlers(() => universe),
  http.get('https://elsewhere.example/*', () => HttpResponse.json({ from: 'another handler' })),
);
/** What is thrown for an unhandled request becomes an answer with status 500: MSW lets nothing out. */
beforeAll(async () => {
  opened = await openUniverse({ id: 'msw', seed: 1 });
  universe = opened.universe;
  server.listen({
    onUnhandledRequest: ({ url }) => {
      unhandled.push(url);
      throw new Error(`nobody handles ${url}`);
    },
  });
});
afterEach(() => {
  universe.clearFaults();
  unhandled.length = 0;
});
afterAll(() => {
  server.close();
  opened.close();
});

const SCOPES = ['chat:write', 'channels:history', 'files:write', 'files:read'];
const slackToken = () => String(universe.credentials.slack?.botToken);
const operations = () => universe.journal({ kind: 'exchange' }).map((one) => one.operation);

describe('official SDKs, unchanged', () => {
  it('@slack/web-api posts a message and uploads a file', async () => {
    const { token } = universe.mint({ twin: 'slack', kind: 'bot', scopes: SCOPES }).secret;
    const web = new WebClient(String(token));
    const { channel } = (await web.chat.postMessage({ channel: '#general', text: 'hello' })) as {
      channel: string;
    };
    const history = await web.conversations.history({ channel, limit: 1 });
    expect(history.messages?.[0]?.text).toBe('hello');
    const uploaded = await web.files.uploadV2({ channel_id: channel, filename: 'a.txt', content: 'abc' });
    expect(uploaded.ok).toBe(true);
  });

  it('@okta/okta-sdk-nodejs pages through users', async () => {
    const client = new OktaClient({
      orgUrl: 'https://acme.okta.com',
      token: universe.env.OKTA_CLIENT_TOKEN as string,
    });
    const logins: string[] = [];
    await (await client.userApi.listUsers({ limit: 2 })).each((user) => {
      logins.push(String(user?.profile?.login));
      return logins.length < 5;
    });
    expect(logins).toHaveLength(5);
  });

  it('jira.js files a ticket and reads it again', async () => {
    const { email, apiToken } = universe.credentials.jira as { email: string; apiToken: string };
    const jira = new Version3Client({
      host: 'https://acme.atlassian.net',
      authentication: { basic: { email, apiToken } },
    });
    const [project] = (await jira.projects.searchProjects()).values;
    const made = await jira.issues.createIssue({
      fields: { project: { key: project?.key }, issuetype: { name: 'Task' }, summary: 'Access' } as never,
    });
    const read = await jira.issues.getIssue({ issueIdOrKey: made.key });
    expect(read.self).toMatch(/^https:\/\/acme\.atlassian\.net\/rest\/api\/3\/issue\//);
    expect(read.fields.summary).toBe('Access');
  });

  it('google-auth-library and @googleapis/drive sign in with a service account and list files', async () => {
    const key = universe.credentials.google?.serviceAccount as { client_email: string; private_key: string };
    const auth = new JWT({
      email: key.client_email,
      key: key.private_key,
      scopes: ['https://www.googleapis.com/auth/drive'],
    });
    const { files } = drive({ version: 'v3', auth: auth as unknown as drive_v3.Options['auth'] });
    const made = await files.create({
      requestBody: { name: 'hello.txt' },
      media: { mimeType: 'text/plain', body: 'hello, world' },
      fields: 'id,size',
    });
    expect(made.data.size).toBe('12');
    const read = await files.get({ fileId: made.data.id as string, alt: 'media' }, { responseType: 'text' });
    expect(read.data).toBe('hello, world');
  });
});

describe('other addresses', () => {
  it('go to other handlers, or are unhandled', async () => {
    const other = await fetch('https://elsewhere.example/x');
    expect(await other.json()).toEqual({ from: 'another handler' });
    expect((await fetch('https://foreign.example/y')).status).toBe(500);
    expect((await fetch('https://foreign.example/u/msw/slack/api/api.test')).status).toBe(500);
    expect(unhandled).toEqual([
      'https://foreign.example/y',
      'https://foreign.example/u/msw/slack/api/api.test',
    ]);
  });

  it('of the environment, which name no vendor, are the universe’s', async () => {
    const answer = await fetch(`${universe.env.SLACK_API_URL}api.test`);
    expect(await answer.json()).toMatchObject({ ok: true });
  });

  it('of the vendors are unhandled while there is no universe', async () => {
    const was = universe;
    universe = undefined as unknown as InProcessUniverse;
    const answer = await fetch('https://slack.com/api/api.test');
    universe = was;
    expect(answer.status).toBe(500);
    expect(unhandled).toEqual(['https://slack.com/api/api.test']);
  });
});

describe('answers', () => {
  it('to HEAD, with 204 and to nowhere (308) end as they do over a socket', async () => {
    const authorization = `Bearer ${universe.env.GOOGLE_ACCESS_TOKEN}`;
    const head = await fetch('https://slack.com/api/api.test', { method: 'HEAD' });
    expect(await head.text()).toBe('');
    const begun = await fetch('https://www.googleapis.com/upload/drive/v3/files?uploadType=resumable', {
      method: 'POST',
      headers: { authorization, 'x-upload-content-length': '524288' },
    });
    const session = begun.headers.get('location') as string;
    expect(session).toMatch(/^https:\/\/www\.googleapis\.com\/upload\//);
    const part = await fetch(session, {
      method: 'PUT',
      headers: { authorization, 'content-range': 'bytes 0-262143/524288' },
      body: new Uint8Array(262_144),
    });
    expect([part.status, part.headers.get('range')]).toEqual([308, 'bytes=0-262143']);
    const rest = await fetch(session, {
      method: 'PUT',
      headers: { authorization, 'content-range': 'bytes 262144-524287/524288' },
      body: new Uint8Array(262_144),
    });
    const { id } = (await rest.json()) as { id: string };
    const gone = await fetch(`https://www.googleapis.com/drive/v3/files/${id}`, {
      method: 'DELETE',
      headers: { authorization },
    });
    expect([gone.status, await gone.text()]).toEqual([204, '']);
  });

  it('come to node:https as from a server', async () => {
    const { status, text } = await new Promise<{ status: number | undefined; text: string }>(
      (resolve, reject) => {
        https
          .get('https://slack.com/api/api.test?foo=bar', async (response) => {
            const chunks: Buffer[] = [];
            for await (const chunk of response) chunks.push(chunk as Buffer);
            resolve({ status: response.statusCode, text: Buffer.concat(chunks).toString() });
          })
          .on('error', reject);
      },
    );
    expect([status, JSON.parse(text)]).toEqual([200, { ok: true, args: { foo: 'bar' } }]);
  });
});

describe('faults', () => {
  it('cut node:http’s connections with ECONNRESET, and fetch’s with a cause that says so', async () => {
    universe.fault({ kind: 'reset', match: { twin: 'slack' } });
    const error = await new Promise<NodeJS.ErrnoException>((resolve) => {
      https.request('https://slack.com/api/api.test', { method: 'POST' }).on('error', resolve).end('a=1');
    });
    expect(error.code).toBe('ECONNRESET');
    const rejected = fetch('https://slack.com/api/api.test');
    await expect(rejected).rejects.toThrow(TypeError);
    await expect(rejected).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
  });

  it('hold a request until its own patience ends', async () => {
    universe.fault({ kind: 'timeout', match: { twin: 'slack' } });
    const impatient = fetch('https://slack.com/api/api.test', { signal: AbortSignal.timeout(20) });
    await expect(impatient).rejects.toMatchObject({ name: 'TimeoutError' });
    const web = new WebClient(slackToken(), { timeout: 30, retryConfig: { retries: 0 } });
    await expect(web.api.test()).rejects.toThrow(/timeout/i);
  });

  it('are ridden out by an SDK that retries', async () => {
    universe.fault({ kind: 'reset', match: { twin: 'slack' }, count: 1 });
    const before = operations().length;
    const web = new WebClient(slackToken(), { retryConfig: { retries: 2, minTimeout: 1 } });
    expect((await web.auth.test()).ok).toBe(true);
    expect(operations().slice(before)).toEqual(['auth.test', 'auth.test']);
  });
});

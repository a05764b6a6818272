import { describe, expect, it } from 'vitest';
import { BOB, type Domain, openDomain } from './domain.ts';

/** Sends a batch as Google's clients write them; gives the answers of its parts. */
async function send(domain: Domain, parts: readonly string[], path = '/batch/drive/v3') {
  const lines = parts.map((part, i) => {
    const head = `Content-Type: application/http\r\nContent-ID: <item${i}>`;
    return `--mark\r\n${head}\r\n\r\n${part.replaceAll('\n', '\r\n')}\r\n`;
  });
  const response = await domain.fetch(`/google${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${domain.token}`, 'content-type': 'multipart/mixed; boundary="mark"' },
    body: `${lines.join('')}--mark--`,
  });
  const type = response.headers.get('content-type') ?? '';
  const text = await response.text();
  const boundary = /^multipart\/mixed; boundary=(batch_\S+)$/.exec(type)?.[1];
  const answers = boundary ? text.split(`--${boundary}`).slice(1, -1) : [];
  return {
    status: response.status,
    text,
    answers: answers.map((answer) => {
      const [outer = '', head = '', body = ''] = answer.trim().split('\r\n\r\n');
      return {
        id: /Content-ID: (.*)/.exec(outer)?.[1]?.trim(),
        status: Number(/^HTTP\/1.1 (\d+)/.exec(head)?.[1]),
        head,
        body: body.trim().startsWith('{') ? (JSON.parse(body) as Record<string, unknown>) : body,
      };
    }),
  };
}

describe('a batch', () => {
  it('is answered part by part, each with a status of its own and named after its request', async () => {
    const domain = await openDomain();
    const { answers, status } = await send(domain, [
      'GET /drive/v3/about?fields=user(emailAddress)',
      'POST /drive/v3/files?fields=name HTTP/1.1\nContent-Type: application/json\n\n{"name":"In a batch"}',
      `GET /drive/v3/files/missing HTTP/1.1`,
      `GET https://www.googleapis.com/drive/v3/about?fields=user(emailAddress)\nAuthorization: Bearer ${domain.tokenFor(BOB)}`,
    ]);
    expect(status).toBe(200);
    expect(answers.map(({ id, status: code }) => [id, code])).toEqual([
      ['<response-item0>', 200],
      ['<response-item1>', 200],
      ['<response-item2>', 404],
      ['<response-item3>', 200],
    ]);
    expect(answers[0]?.body).toMatchObject({ user: { emailAddress: 'ann@acme.example' } });
    expect(answers[1]?.body).toEqual({ name: 'In a batch' });
    expect(answers[1]?.head).toMatch(/Content-Type: application\/json; charset=UTF-8\r\n/);
    expect(answers[2]?.body).toMatchObject({ error: { code: 404, errors: [{ reason: 'notFound' }] } });
    expect(answers[3]?.body).toMatchObject({ user: { emailAddress: BOB } });
  });

  it('does its parts in order, and each stands in the journal by itself', async () => {
    const domain = await openDomain();
    const { answers } = await send(domain, [
      'POST /drive/v3/files?fields=name\nContent-Type: application/json\n\n{"name":"first"}',
      "GET /drive/v3/files?q=name%3D'first'&fields=files(name)",
    ]);
    expect(answers[1]?.body).toEqual({ files: [{ name: 'first' }] });
    const { entries } = domain.universe.journal.page({ kind: 'exchange', limit: 100 });
    const calls = entries.map((entry) => (entry as { operation?: string }).operation);
    expect(calls).toEqual(['drive.files.create', 'drive.files.list', 'batch']);
  });

  it('serves the hundred calls that it may have, and refuses the rest of them', async () => {
    const domain = await openDomain();
    const { answers } = await send(domain, Array(102).fill('GET /drive/v3/about?fields=kind'));
    expect(answers.map(({ status }) => status)).toEqual([...Array(100).fill(200), 403, 403]);
    expect(answers[101]?.body).toMatchObject({
      error: { message: 'Exceeds allowed inner batch requests soft limit. Please retry.' },
    });
  });

  it('that holds no request, another batch or an upload is refused', async () => {
    const domain = await openDomain();
    const empty = await send(domain, []);
    expect(empty.status).toBe(400);
    expect(JSON.parse(empty.text)).toMatchObject([{ error: { errors: [{ reason: 'badRequest' }] } }]);
    const { answers } = await send(domain, [
      'POST /batch/drive/v3',
      'POST /upload/drive/v3/files?uploadType=media',
    ]);
    expect(answers.map(({ status }) => status)).toEqual([404, 404]);
  });

  it('of a newer API is at its own path, and refuses in that API’s words', async () => {
    const domain = await openDomain();
    const { answers } = await send(domain, ['GET /v4/spreadsheets/missing'], '/batch');
    expect(answers[0]?.body).toMatchObject({ error: { code: 404, status: 'NOT_FOUND' } });
  });
});

describe('a method said in a header', () => {
  it('is the one that is meant: a DELETE, and a GET whose query is in the body', async () => {
    const domain = await openDomain();
    const id = await domain.fileId('Plan');
    const meaning = (method: string, path: string, body?: URLSearchParams) =>
      domain.fetch(`/google${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${domain.token}`, 'x-http-method-override': method },
        ...(body ? { body } : {}),
      });
    const query = new URLSearchParams({ q: "name = 'Plan'", fields: 'files(name)' });
    const listed = await meaning('GET', '/drive/v3/files', query);
    expect(await listed.json()).toEqual({ files: [{ name: 'Plan' }] });
    expect((await meaning('DELETE', `/drive/v3/files/${id}`)).status).toBe(204);
    expect((await domain.call(`GET /drive/v3/files/${id}`)).status).toBe(404);
  });
});

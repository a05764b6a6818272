import { gunzipSync } from 'node:zlib';
import { request } from 'undici';
import { afterEach, expect, it } from 'vitest';
import { type RunningServer, serve } from '../../../src/server.ts';
import { openDomain } from './domain.ts';

let server: RunningServer | undefined;
afterEach(() => server?.close(100));

it('an answer over a socket is compressed for who takes gzip and says so in the name of the program', async () => {
  const domain = await openDomain();
  const app = { fetch: () => new Response(null, { status: 404 }) };
  server = await serve({ registry: domain.registry, app, host: '127.0.0.1', port: 0 });
  const at = `${server.url}/u/${domain.universe.id}/google/drive/v3/about?fields=kind`;
  const asked = async (headers: Record<string, string>) => {
    const answer = await request(at, { headers: { authorization: `Bearer ${domain.token}`, ...headers } });
    const bytes = Buffer.from(await answer.body.arrayBuffer());
    return { encoding: answer.headers['content-encoding'], length: answer.headers['content-length'], bytes };
  };
  const zipped = await asked({ 'accept-encoding': 'gzip, deflate', 'user-agent': 'my program (gzip)' });
  expect(zipped.encoding).toBe('gzip');
  expect(zipped.length).toBe(String(zipped.bytes.length));
  expect(JSON.parse(String(gunzipSync(zipped.bytes)))).toEqual({ kind: 'drive#about' });
  for (const headers of [{ 'accept-encoding': 'gzip', 'user-agent': 'curl' }, { 'user-agent': 'x (gzip)' }]) {
    const plain = await asked(headers as Record<string, string>);
    expect(plain.encoding).toBeUndefined();
    expect(JSON.parse(String(plain.bytes))).toEqual({ kind: 'drive#about' });
  }
});

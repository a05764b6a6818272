/** A server behind an ingress or in a container: the address that it is known by, and forwarded headers. */
import { request } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { type Orrery, type OrreryOptions, startOrrery } from '../../src/main.ts';

let orrery: Orrery;
afterEach(() => orrery.close(0));

async function start(options: OrreryOptions = {}): Promise<void> {
  orrery = await startOrrery({ port: 0, ...options });
  await orrery.registry.create({ id: 'one', seed: 1 });
}

/** Under a Host of the test's choice, which `fetch` does not allow. */
const get = (path: string, headers: Record<string, string>): Promise<{ status: number; body: string }> =>
  new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: orrery.port, path, headers }, async (reply) => {
      let body = '';
      for await (const chunk of reply) body += chunk;
      resolve({ status: reply.statusCode ?? 0, body });
    })
      .once('error', reject)
      .end();
  });
const issuer = async (headers: Record<string, string>): Promise<string> =>
  JSON.parse((await get('/u/one/google/.well-known/openid-configuration', headers)).body).issuer;

const FORWARDED = { 'x-forwarded-host': 'twins.example', 'x-forwarded-proto': 'https' };

describe('--public-url', () => {
  it('is what documents and the environment name, and what the control API answers to', async () => {
    await start({ publicUrl: 'https://twins.example' });
    const { body, status } = await get('/v1/universes/one', { host: 'twins.example' });
    expect([status, JSON.parse(body).twins.slack.url]).toEqual([200, 'https://twins.example/u/one/slack']);
    expect(JSON.parse(body).env.OKTA_CLIENT_ORGURL).toBe('https://twins.example/u/one/okta');
    expect((await get('/v1', { host: 'other.example' })).status).toBe(421);
  });

  it('leaves links to the address by which a request came', async () => {
    await start({ publicUrl: 'https://twins.example' });
    expect(await issuer({ host: 'inner.example:8080' })).toBe('http://inner.example:8080/u/one/google');
  });
});

describe('--trust-proxy', () => {
  it('has links follow the forwarded headers', async () => {
    await start({ trustProxy: true });
    expect(await issuer({ host: 'inner:8080', ...FORWARDED })).toBe('https://twins.example/u/one/google');
  });

  it('left out, forwarded headers say nothing', async () => {
    await start();
    expect(await issuer({ host: 'inner:8080', ...FORWARDED })).toBe('http://inner:8080/u/one/google');
  });
});

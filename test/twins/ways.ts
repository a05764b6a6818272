/**
 * The ways by which a client reaches a twin over a socket, and a walk along every address that the twin hands out: each
 * must answer by the way by which it was handed out.
 */
import { request } from 'node:http';
import { expect } from 'vitest';
import { hostMatches } from '../../src/door.ts';
import { type Orrery, startOrrery } from '../../src/main.ts';
import { Origins } from '../../src/origins.ts';
import type { Universe } from '../../src/universe.ts';

export const WAYS = ['path', 'origin', 'host'] as const;
export type WayName = (typeof WAYS)[number];

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}
export interface Ask {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
}

/** One client's way to one twin. */
export interface Way {
  universe: Universe;
  /** Sends to `path` of the twin, or to a whole address; `host` is the vendor's, where the way goes by names. */
  send(pathOrUrl: string, ask?: Ask): Promise<Answer>;
  /** Every address in the answers so far that is not in `elsewhere`. */
  seen(): string[];
}

/** Runs `use` on a server of its own with one universe among others, by `name`. */
export async function byWay(
  name: WayName,
  twin: string,
  host: string,
  use: (way: Way) => Promise<void>,
): Promise<void> {
  const orrery = await startOrrery({ port: 0 });
  try {
    const universe = await orrery.registry.create({ seed: 1 });
    if (name === 'origin') await new Origins(orrery.registry).open(universe);
    await use(wayTo(orrery, universe, name, twin, host));
  } finally {
    await orrery.close(0);
  }
}

function wayTo(orrery: Orrery, universe: Universe, name: WayName, twin: string, host: string): Way {
  const hosts = orrery.registry.twins.get(twin)?.twin.hosts ?? [];
  const base = {
    path: universe.publicBase(twin),
    origin: universe.origins?.get(twin),
    host: `http://${host}`,
  };
  const urls = new Set<string>();
  return {
    universe,
    async send(pathOrUrl, ask = {}) {
      const url = new URL(pathOrUrl.startsWith('/') ? base[name] + pathOrUrl : pathOrUrl);
      const vendor = hostMatches(hosts, url.host);
      if (name === 'host' ? !vendor : !`${url.href}/`.startsWith(`${base[name]}/`))
        throw new Error(`${url.href} cannot be reached by ${name}`);
      const answer = await sent(name === 'host' ? new URL(orrery.url) : url, url, ask);
      for (const one of urlsIn(answer)) urls.add(one);
      return answer;
    },
    seen: () => [...urls],
  };
}

/** Fetches each address: it must answer, and this universe's journal must have it by the same way. Returns `url status` of those that do not. */
export async function walk(way: Way, name: WayName, urls: readonly string[], ask: Ask): Promise<string[]> {
  const bad: string[] = [];
  for (const url of urls) {
    const after = way.universe.journal.end;
    const answer = await way.send(url, ask).catch((error: Error) => error);
    const [entry] = way.universe.journal.page({ after, limit: 1, kind: 'exchange' }).entries;
    const status = answer instanceof Error ? answer.message : answer.status;
    // What takes another method says so, and so does what the twin lacks: both are answers.
    const gap = !(answer instanceof Error) && answer.headers['x-orrery-gap'] !== undefined;
    const good = typeof status === 'number' && (status < 400 || status === 405 || gap);
    if (!good || entry?.via !== name) bad.push(`${url} ${status} ${entry?.via ?? 'not journaled'}`);
  }
  return bad;
}

/** Expects a walk without a miss over at least `least` addresses that are not `elsewhere` (pictures, documentation). */
export async function expectWalk(
  way: Way,
  name: WayName,
  options: { elsewhere?: RegExp; least: number; ask?: Ask },
): Promise<void> {
  const urls = way.seen().filter((url) => !options.elsewhere?.test(url));
  expect(urls.length, urls.join('\n')).toBeGreaterThanOrEqual(options.least);
  expect(await walk(way, name, urls, options.ask ?? {})).toEqual([]);
}

/** Everything in an answer that is a whole address: values in JSON, `Link` and `Location`. */
function urlsIn({ headers, text }: Answer): string[] {
  const found: string[] = [];
  for (const name of ['link', 'location'])
    for (const [, url] of String(headers[name] ?? '').matchAll(/<?(https?:\/\/[^>\s]+)>?/g))
      found.push(url as string);
  const visit = (value: unknown): void => {
    if (typeof value === 'string') {
      if (/^https?:\/\/[^\s{}]+$/.test(value)) found.push(value);
    } else if (value && typeof value === 'object' && !isForOtherMethods(value))
      for (const one of Object.values(value)) visit(one);
  };
  if (/json/.test(String(headers['content-type']))) visit(JSON.parse(text || 'null'));
  return found;
}

/** A link that says which methods it takes, GET not among them. */
function isForOtherMethods(value: object): boolean {
  const { hints } = value as { hints?: { allow?: string[] } };
  return hints?.allow?.includes('GET') === false;
}

function sent(to: URL, url: URL, { method = 'GET', headers = {}, body }: Ask): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const req = request(
      {
        hostname: to.hostname,
        port: to.port,
        method,
        path: url.pathname + url.search,
        headers: { host: url.host, ...headers },
      },
      (res) => {
        const chunks: Buffer[] = [];
        res.on('data', (chunk: Buffer) => chunks.push(chunk));
        res.on('end', () =>
          resolve({
            status: res.statusCode ?? 0,
            headers: res.headers,
            text: Buffer.concat(chunks).toString('utf8'),
          }),
        );
      },
    );
    req.on('error', reject);
    req.end(body);
  });
}

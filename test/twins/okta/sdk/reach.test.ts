import { describe, expect, it } from 'vitest';
import { compileTwin } from '../../../../src/pipeline.ts';
import { okta } from '../../../../twins/okta/twin.ts';
import { all, openSdk, type Sdk } from './client.ts';

const { router } = compileTwin(okta);

/** Products of their own beside the management API, and what the vendor took out of its description. */
const ELSEWHERE = [
  /^\/(workload-principals|privileged-access|device-access|integrations)\//,
  /^\/api\/v1\/(risk\/|operations\/|meta\/layouts\/|org\/logo|users\/me\/lifecycle\/delete_sessions)/,
  /^\/api\/v1\/apps\/[^/]+\/(express-configure|unconfirmed-users)/,
];

/** Has every parameter. */
const ANYTHING = new Proxy({}, { get: (_, key) => (key === 'then' ? undefined : 'x1y2') });

type Method = (request?: unknown) => Promise<unknown>;
interface Group {
  api: { configuration: { httpApi: { send: (request: Sent) => Promise<unknown> } } };
}
interface Sent {
  getHttpMethod(): string;
  getUrl(): string;
}

/** What the SDK asked for with one of its methods, and what it made of the answer. */
interface Asked {
  name: string;
  method: string;
  path: string;
  error?: { status?: number; errorCode?: string } | undefined;
}

/** Calls every method once, about things that are not there. */
async function askAll(sdk: Sdk): Promise<Asked[]> {
  const asked: Asked[] = [];
  for (const [group, api] of Object.entries(sdk).filter(([name]) => name.endsWith('Api'))) {
    const { httpApi } = (api as unknown as Group).api.configuration;
    const { send } = httpApi;
    for (const name of methodsOf(api)) {
      // Nobody could ask anything after it.
      if (name === 'revokeCurrentApiToken') continue;
      let sent: Sent | undefined;
      httpApi.send = (request) => {
        sent = request;
        return send.call(httpApi, request);
      };
      const error = await outcome((api as unknown as Record<string, Method>)[name]?.(ANYTHING));
      if (!sent) continue;
      const path = new URL(sent.getUrl()).pathname.replace(/^\/u\/[^/]+\/okta/, '');
      asked.push({ name: `${group}.${name}`, method: sent.getHttpMethod(), path, error });
    }
    httpApi.send = send;
  }
  return asked;
}

const methodsOf = (api: object): string[] =>
  Object.getOwnPropertyNames(Object.getPrototypeOf(api)).filter((name) => name !== 'constructor');

/** What a call is rejected with; of a list, the first page. */
async function outcome(call: Promise<unknown> | undefined): Promise<Asked['error']> {
  try {
    const value = await call;
    if (value && typeof (value as { each?: unknown }).each === 'function') await all(value);
    return undefined;
  } catch (error) {
    return error as Asked['error'];
  }
}

describe('the methods of the official SDK', () => {
  it('ask for operations that the twin has, or lacks by name, and read every answer', async () => {
    const { sdk } = await openSdk();
    const asked = await askAll(sdk);
    expect(asked.length).toBeGreaterThan(500);
    const known = ({ method, path }: Asked) => 'target' in router.match(method, path);
    const strange = asked.filter((one) => !known(one) && !ELSEWHERE.some((path) => path.test(one.path)));
    expect(strange).toEqual([]);
    const odd = asked.filter(
      ({ error }) => error?.status === 500 || (error?.status !== undefined && !error.errorCode),
    );
    expect(odd).toEqual([]);
  }, 120_000);
});

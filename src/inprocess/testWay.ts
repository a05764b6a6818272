/** How the code under test comes to the universe of the moment, for a whole file of tests. */
import { hostMatches } from '../door.ts';
import { isLoopback } from '../loopback.ts';
import type { UniverseSource } from './source.ts';

/** Through MSW, through undici's global dispatcher, or not by itself. */
export type Way = 'msw' | 'undici' | 'none';

/** Where else the code under test may go. */
export interface WayOptions {
  /** Hosts that are let through, `*.` for any subdomain. This machine's own always are; all others are refused. */
  allow?: readonly string[];
}

/** Opens the way; resolves to what closes it again. Rejects where the library that it needs is not installed. */
export async function openWay(
  way: Way,
  universe: Exclude<UniverseSource, { kernel: unknown }>,
  { allow = [] }: WayOptions,
): Promise<() => Promise<void>> {
  if (way === 'msw') return openMsw(universe, allow);
  if (way === 'undici') return openUndici(universe, allow);
  return async () => {};
}

type Source = Exclude<UniverseSource, { kernel: unknown }>;

async function openMsw(universe: Source, allow: readonly string[]): Promise<() => Promise<void>> {
  const { setupServer } = await import('msw/node');
  const { handlers } = await import('./msw.ts');
  const server = setupServer(...handlers(universe));
  server.listen({
    onUnhandledRequest: ({ url }) => {
      const { hostname, origin } = new URL(url);
      if (isLoopback(hostname.replace(/^\[|\]$/g, '')) || hostMatches(allow, hostname)) return;
      // MSW hands an error in the form of Node's to the caller; any other would become an answer with status 500.
      throw Object.assign(
        new Error(`${origin} is no address of the universe: allow: ['${hostname}'] lets such requests out`),
        { code: 'ERR_ORRERY_REFUSED', errno: -1 },
      );
    },
  });
  return async () => server.close();
}

async function openUndici(universe: Source, allow: readonly string[]): Promise<() => Promise<void>> {
  const { getGlobalDispatcher, setGlobalDispatcher } = await import('undici');
  const { dispatcher } = await import('./undici.ts');
  const before = getGlobalDispatcher();
  const way = dispatcher(universe, { allow: ['localhost', '127.0.0.1', '[::1]', ...allow] });
  setGlobalDispatcher(way);
  return async () => {
    setGlobalDispatcher(before);
    await way.destroy();
  };
}

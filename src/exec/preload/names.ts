/** Look-ups of names that are not on this machine are answered by addresses of ours: no name server is asked. */
import dns, { type LookupAddress } from 'node:dns';
import { isIP } from 'node:net';
import type { Places } from './places.ts';

interface LookupOptions {
  all?: boolean;
  family?: number | string;
}

type Callback = (error: Error | null, address?: string | LookupAddress[], family?: number) => void;
type AnyFunction = (...args: unknown[]) => unknown;

/** Puts itself in the way of `dns.lookup`, with a callback or a promise. */
export function answerNames(places: Places): void {
  const plain = dns.lookup as unknown as AnyFunction;
  const promised = dns.promises.lookup as unknown as AnyFunction;
  const lookup = (...args: unknown[]): unknown => {
    const callback = args.at(-1);
    const found = ours(places, args[0], args.length > 2 ? args[1] : undefined);
    if (!found || typeof callback !== 'function') return plain(...args);
    process.nextTick(() => answer(callback as Callback, found));
    return {};
  };
  // `util.promisify` asks the function itself how to name what it answers.
  for (const key of Object.getOwnPropertySymbols(plain))
    Object.defineProperty(lookup, key, Object.getOwnPropertyDescriptor(plain, key) as PropertyDescriptor);
  Object.assign(dns, { lookup });
  Object.assign(dns.promises, {
    lookup: async (...args: unknown[]) => {
      const found = ours(places, args[0], args[1]);
      if (!found) return promised(...args);
      return found.all ? found.addresses : found.addresses[0];
    },
  });
}

interface Found {
  all: boolean;
  addresses: LookupAddress[];
}

function ours(places: Places, host: unknown, options: unknown): Found | undefined {
  if (typeof host !== 'string' || isIP(host) !== 0 || places.placeOf(host) === 'here') return undefined;
  const { all = false, family } = (
    typeof options === 'object' && options !== null ? options : { family: options }
  ) as LookupOptions;
  const six = family === 6 || family === 'IPv6';
  const address = places.addressFor(host, six ? 6 : 4);
  return { all, addresses: [{ address, family: six ? 6 : 4 }] };
}

function answer(callback: Callback, { all, addresses }: Found): void {
  const [first] = addresses;
  if (all) callback(null, addresses);
  else callback(null, first?.address, first?.family);
}

/** Host and port as clients write them, and where in the twins they lead. */
import { isIP } from 'node:net';
import { hostMatches, type Target } from '../door.ts';
import { isLoopback } from '../loopback.ts';
import type { Twin } from '../twin.ts';

export interface Address {
  /** Lower case, without brackets and without the root's dot. */
  name: string;
  /** Undefined where the client wrote none and the protocol does not say either. */
  port: number | undefined;
}

/** What a host name may be made of: it becomes part of links. Longer ones are refused by their size. */
const NAME = /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$/;
const NAME_CHARS_MAX = 253;
const PORT_MAX = 65_535;
const AUTHORITY = /^(?:\[([0-9a-f:.]+)\]|([^:[\]/@\s]+))(?::(\d{1,5}))?$/;

/** Reads `slack.com`, `slack.com:443`, `[::1]:80`; undefined where it is none of that. */
export function addressOf(text: string | undefined, port?: number): Address | undefined {
  const [, six, plain, digits] = AUTHORITY.exec(text?.toLowerCase() ?? '') ?? [];
  const name = six ?? plain?.replace(/\.$/, '');
  const number = digits === undefined ? port : Number(digits);
  if (name === undefined || name.length > NAME_CHARS_MAX) return undefined;
  if (six === undefined ? !NAME.test(name) : isIP(six) !== 6) return undefined;
  return number !== undefined && number > PORT_MAX ? undefined : { name, port: number };
}

/** As in an URL: `slack.com:443`, `[::1]:80`. */
export const addressText = ({ name, port }: Address): string =>
  `${name.includes(':') ? `[${name}]` : name}${port === undefined ? '' : `:${port}`}`;

/** The twin that answers for a host. */
export const twinOf = (twins: readonly Twin[], name: string): Twin | undefined =>
  twins.find((one) => hostMatches(one.hosts, name));

/** `https://slack.com`: a port is named only where it is not the scheme's own. */
export function originOf(scheme: 'http' | 'https', address: Address): string {
  const own = address.port === undefined || address.port === (scheme === 'https' ? 443 : 80);
  return `${scheme}://${addressText(own ? { ...address, port: undefined } : address)}`;
}

/** A request to a vendor's host. */
export function vendorTarget(
  twin: Twin,
  address: Address,
  request: { scheme: 'http' | 'https'; via: 'proxy' | 'host'; path: string },
): Target {
  const { scheme, via, path } = request;
  return {
    universe: undefined,
    twin: twin.name,
    path,
    host: address.name,
    base: originOf(scheme, address),
    via,
  };
}

/** Whether `address` is Orrery's own (`http://127.0.0.1:4700`), under this or another of this machine's names. */
export function isOwn(own: string | undefined, address: Address): boolean {
  if (!own || !URL.canParse(own)) return false;
  const { hostname, port, protocol } = new URL(own);
  const number = port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
  const name = hostname.replace(/^\[|\]$/g, '');
  if ((address.port ?? 80) !== number) return false;
  return address.name === name || (isLoopback(name) && isLoopback(address.name));
}

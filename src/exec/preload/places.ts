/** Which host names lie where, and the addresses that stand for those that are not on this machine. */
import { isIP } from 'node:net';
import { hostname } from 'node:os';
import { hostMatches } from '../../door.ts';
import { isLoopback } from '../../loopback.ts';
import type { PreloadSetting } from '../transport.ts';

/** `here`: as it is. `twin`: a twin answers. `elsewhere`: refused. */
export type Place = 'here' | 'twin' | 'elsewhere';

/** The map of one process. */
export interface Places {
  /** The name that an address of ours stands for, else the host itself. */
  nameOf(host: string): string;
  /** Without a port: whether some port of it may be reached. */
  placeOf(host: string, port?: number): Place;
  /**
   * An address for a name that no name server is to be asked for: out of the range for benchmarks (RFC 2544), which
   * no network has, or a private one of IPv6. Connections to it are known by it.
   */
  addressFor(host: string, family: 4 | 6): string;
}

const IPV4_PREFIX = '198.18.';
const IPV6_PREFIX = 'fd6f:7272:6572:79::';
/** Names that get an address of their own; a program that asks for more gets the first ones' again. */
const NAMES_MAX = 65_000;

/** The map by a setting. */
export function places(setting: PreloadSetting): Places {
  const names: string[] = [];
  const numbers = new Map<string, number>();
  const allowed = setting.allow.map(parted);
  const ownName = hostname().toLowerCase();
  const numberOf = (host: string): number => {
    let number = numbers.get(host);
    if (number === undefined) {
      number = numbers.size % NAMES_MAX;
      numbers.set(host, number);
      names[number] = host;
    }
    return number;
  };
  const allows = (host: string, port: number | undefined): boolean =>
    allowed.some(
      (one) =>
        (one.host === host || (isIP(host) === 0 && hostMatches([one.host], host))) &&
        (one.port === undefined || port === undefined || one.port === port),
    );
  return {
    nameOf(host) {
      const number = host.startsWith(IPV4_PREFIX)
        ? numberOfIpv4(host)
        : host.startsWith(IPV6_PREFIX)
          ? Number.parseInt(host.slice(IPV6_PREFIX.length), 16)
          : undefined;
      return (number === undefined ? undefined : names[number]) ?? host;
    },
    placeOf(host, port) {
      const name = host.toLowerCase().replace(/\.$/, '');
      if (isHere(name) || name === ownName) return 'here';
      if (isIP(name) === 0 && hostMatches(setting.hosts, name)) return 'twin';
      return allows(name, port) ? 'here' : 'elsewhere';
    },
    addressFor(host, family) {
      const number = numberOf(host.toLowerCase());
      if (family === 6) return `${IPV6_PREFIX}${number.toString(16)}`;
      return `${IPV4_PREFIX}${number >> 8}.${number & 0xff}`;
    },
  };
}

/** `host`, `host:port`, `*.host`, `[address]:port`. */
function parted(text: string): { host: string; port: number | undefined } {
  const [, host = text, port] = /^(.*?)(?::(\d+))?$/.exec(isIP(text) === 6 ? `[${text}]` : text) ?? [];
  return {
    host: host.toLowerCase().replace(/^\[|\]$/g, ''),
    port: port === undefined ? undefined : Number(port),
  };
}

/** Loopback, and the addresses that mean it to the system. */
const isHere = (name: string): boolean =>
  isLoopback(name.replace(/^::ffff:/, '')) ||
  name.endsWith('.localhost') ||
  name === '' ||
  name === '0.0.0.0' ||
  name === '::';

function numberOfIpv4(address: string): number | undefined {
  const [, , high, low] = address.split('.').map(Number);
  return high === undefined || low === undefined ? undefined : high * 256 + low;
}

/**
 * Who may talk to the console and the control API. A web page elsewhere must not: neither by another host name that
 * resolves to this machine (DNS rebinding) nor by a cross-origin request. In keyed mode a key is needed as well.
 */

import type { Registry } from '../registry.ts';
import type { Caller } from '../tenant.ts';
import { wallNow } from '../wall.ts';
import { Problem } from './problem.ts';
import type { ControlOptions } from './route.ts';

const LOOPBACK = /^(127(\.\d{1,3}){3}|localhost|\[::1\]|[a-z0-9-]+\.localhost)$/;

/** Throws a Problem where the Host is not ours (421) or the Origin is foreign (403). */
export function checkOrigin(request: Request, options: ControlOptions): void {
  const forwarded = options.trustProxy ? request.headers.get('x-forwarded-host') : null;
  const host =
    forwarded?.split(',', 1)[0]?.trim() ?? request.headers.get('host') ?? new URL(request.url).host;
  const publicHost = new URL(options.publicUrl() || request.url).host;
  if (!ours(nameOf(host), nameOf(publicHost), options))
    throw new Problem({
      status: 421,
      kind: 'foreign-host',
      detail: `this server does not answer to the host ${host}: use its loopback address, or start it with --public-url`,
    });
  const origin = request.headers.get('origin');
  if (origin === null) return;
  const from = URL.canParse(origin) ? new URL(origin).host : undefined;
  if (from === undefined || (from !== host.toLowerCase() && from !== publicHost))
    throw new Problem({
      status: 403,
      kind: 'foreign-origin',
      detail: `pages of ${origin} may not use the control API`,
    });
}

/** Who is asking; throws a Problem: 401 without a good key, 429 where the quota of requests is used up. */
export function identify(request: Request, registry: Registry): Caller {
  const { tenants } = registry;
  const [scheme, key] = (request.headers.get('authorization') ?? '').split(' ', 2);
  const caller = tenants.caller(scheme?.toLowerCase() === 'bearer' ? key : undefined);
  if (!caller)
    throw new Problem({
      status: 401,
      kind: 'no-key',
      detail: 'send `authorization: Bearer <tenant or operator key>`',
      headers: { 'www-authenticate': 'Bearer realm="orrery"' },
    });
  if (tenants.keyed && !caller.operator && !tenants.spend(caller.tenant.id, wallNow()))
    throw new Problem({
      status: 429,
      kind: 'quota',
      detail: 'the quota of requests per second is used up',
      headers: { 'retry-after': '1' },
    });
  return caller;
}

function ours(host: string, publicHost: string, options: ControlOptions): boolean {
  return LOOPBACK.test(host) || host === publicHost || (options.allowedHosts ?? []).includes(host);
}

/** A host without its port, lower case. */
const nameOf = (host: string): string => host.toLowerCase().replace(/:\d+$/, '');

/**
 * Which universe a request is for that came by a vendor's host name: the one that a header or a proxy's credential
 * names, the only one that its tenant has, or the one whose state holds what the request presents.
 */
import { createHash } from 'node:crypto';
import { type DecodedBody, decodeBody } from './body.ts';
import { type Message, type Target, wireRequest } from './door.ts';
import type { Choice } from './listener.ts';
import { universeBy } from './proxy/credential.ts';
import type { Registry } from './registry.ts';
import type { Universe } from './universe.ts';
import type { HeaderMap, WireRequest } from './wire.ts';
import { header } from './wire.ts';

/** Credentials whose universe is remembered; the oldest go first. */
const REMEMBERED_MAX = 10_000;
/** Universes that a refusal names. */
const NAMED_MAX = 5;

interface Remembered {
  id: string;
  serial: number;
  /** The newest universe that was looked at: only younger ones are left to look at. */
  checked: number;
}

/** Finds universes of one registry. */
export class Finder {
  readonly #registry: Registry;
  readonly #remembered = new Map<string, Remembered>();

  constructor(registry: Registry) {
    this.#registry = registry;
  }

  /**
   * What the address, the headers and the number of universes say, before a body is read; undefined where only the
   * credential can tell. A name is as good as an address by path, so it needs no key; a proxy's credential does.
   */
  named(target: Target, headers: HeaderMap): Choice | undefined {
    const registry = this.#registry;
    const id = target.universe ?? header(headers, 'x-orrery-universe')?.trim();
    if (id !== undefined) return known(registry, id);
    if (header(headers, 'proxy-authorization') !== undefined) return universeBy(registry, headers);
    const tenant = tenantOf(registry, headers);
    if (tenant === undefined)
      return refused(401, 'no-key', 'X-Orrery-Key is no key of this server: send the key of a tenant');
    const held = registry.held(tenant);
    if (held === 0) return refused(421, 'no-universe', nothing(registry, target));
    if (held > 1) return undefined;
    for (const universe of registry.all()) if (universe.tenant === tenant) return { universe };
    return undefined;
  }

  /** By all that there is; call it where `named` does not tell. A promise only where a form's parts must be read first. */
  find(target: Target, message: Message): Choice | Promise<Choice> {
    const named = this.named(target, message.headers);
    if (named) return named;
    const request = wireRequest(target, message);
    const body = decodeBody(request);
    if (body instanceof Promise) return body.then((one) => this.#fitting(target, request, one));
    return this.#fitting(target, request, body);
  }

  #fitting(target: Target, request: WireRequest, body: DecodedBody): Choice {
    const tenant = tenantOf(this.#registry, request.headers) ?? '';
    const key = keyOf(tenant, target.twin, request);
    const fits = (universe: Universe) => this.#fits(universe, target.twin, request, body);
    const seen = key === undefined ? undefined : this.#remembered.get(key);
    const before = seen && this.#registry.get(seen.id);
    const still = seen && before?.serial === seen.serial && fits(before) ? before : undefined;
    if (still && seen?.checked === this.#registry.made) return { universe: still };
    const good = still ? [still] : [];
    const after = still && seen ? seen.checked : 0;
    for (const universe of this.#registry.all()) {
      if (universe.serial <= after || universe.tenant !== tenant || !fits(universe)) continue;
      good.push(universe);
      if (good.length > NAMED_MAX) break;
    }
    const [only] = good;
    if (only && good.length === 1) {
      if (key !== undefined) this.#remember(key, only);
      return { universe: only };
    }
    if (key !== undefined) this.#remembered.delete(key);
    if (only) return refused(409, 'ambiguous-universe', ambiguous(target, good));
    return refused(421, 'no-universe', unknown(target, this.#registry.held(tenant)));
  }

  #fits(universe: Universe, twin: string, request: WireRequest, body: DecodedBody): boolean {
    const wire = this.#registry.twins.get(twin)?.twin.wire;
    if (!wire) return false;
    const world = universe.view(twin, request.base);
    return (
      wire.identify(world, request, body) !== undefined || (wire.recognizes?.(world, request, body) ?? false)
    );
  }

  #remember(key: string, { id, serial }: Universe): void {
    this.#remembered.delete(key);
    this.#remembered.set(key, { id, serial, checked: this.#registry.made });
    if (this.#remembered.size > REMEMBERED_MAX)
      this.#remembered.delete(this.#remembered.keys().next().value as string);
  }
}

/** The tenant inside which a credential is looked up: a key's, else the operator's own. Undefined for a wrong key. */
function tenantOf({ tenants }: Registry, headers: HeaderMap): string | undefined {
  const key = header(headers, 'x-orrery-key');
  if (key === undefined || !tenants.keyed) return tenants.local.id;
  return tenants.caller(key)?.tenant.id;
}

function known(registry: Registry, id: string): Choice {
  const universe = registry.get(id);
  return universe ? { universe } : refused(404, 'no-universe', `there is no universe ${id}`);
}

const refused = (status: number, kind: string, detail: string): Choice => ({
  refusal: { status, kind, detail },
});

/** What is remembered by: never the credential itself. */
function keyOf(tenant: string, twin: string, request: WireRequest): string | undefined {
  const authorization = header(request.headers, 'authorization');
  if (authorization === undefined) return undefined;
  return createHash('sha256').update(`${tenant}\n${twin}\n${authorization}`).digest('base64');
}

const say = (twin: string, id: string): string =>
  `say which by the header X-Orrery-Universe: ${id}, by the user name of a proxy's address ` +
  `(http://${id}@…), or by the base URL /u/${id}/${twin}/…`;

function nothing({ tenants }: Registry, { host }: Target): string {
  const none = `${host} is a vendor's host, but there is no universe to answer for it`;
  return tenants.keyed
    ? `${none}: send the key of your tenant as X-Orrery-Key, or ${say('slack', '{universe}')}`
    : `${none}: make one with POST /v1/universes`;
}

function ambiguous({ twin }: Target, good: readonly Universe[]): string {
  const named = good.slice(0, NAMED_MAX).map(({ id }) => id);
  const list = good.length > NAMED_MAX ? `${named.join(', ')} and more` : named.join(', ');
  return (
    `this credential is good in several universes (${list}), as forks share theirs: ${say(twin, named[0] ?? '')}; ` +
    'or fork with {"credentials": "fresh"}'
  );
}

function unknown({ twin, host }: Target, held: number): string {
  return `none of ${held} universes holds what this request to ${host} presents: ${say(twin, '{universe}')}`;
}

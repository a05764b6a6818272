/** Who owns universes: tenants, their keys and quotas. In local mode there is one, `local`, and no key. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { ApiError } from './error.ts';

export interface Quota {
  universes: number;
  requestsPerSecond: number;
  stateBytes: number;
}

export interface Tenant {
  id: string;
  name: string;
  quota: Quota;
  /** SHA-256 of the key; the key itself is shown once. */
  keyHash?: string;
  createdAt: string;
}

export const LOCAL_QUOTA: Quota = {
  universes: 20_000,
  requestsPerSecond: 1_000_000,
  stateBytes: 8 * 1024 ** 3,
};
export const DEFAULT_QUOTA: Quota = { universes: 200, requestsPerSecond: 500, stateBytes: 512 * 1024 ** 2 };
const TENANTS_MAX = 10_000;

/** Where tenants are kept between runs. */
export interface TenantStore {
  load(): readonly Tenant[];
  save(tenants: readonly Tenant[]): void;
}

/** Who is asking on the control routes. */
export type Caller = { operator: boolean; tenant: Tenant };

export class Tenants {
  readonly #byId = new Map<string, Tenant>();
  readonly #operatorHash: string | undefined;
  readonly local: Tenant = {
    id: 'local',
    name: 'local',
    quota: LOCAL_QUOTA,
    createdAt: new Date(0).toISOString(),
  };
  #spent = new Map<string, { second: number; used: number }>();

  readonly #store: TenantStore | undefined;

  constructor(operatorKey: string | undefined, store?: TenantStore) {
    this.#operatorHash = operatorKey === undefined ? undefined : hash(operatorKey);
    this.#store = store;
    this.#byId.set('local', this.local);
    for (const tenant of store?.load() ?? []) this.#byId.set(tenant.id, tenant);
  }

  /** Whether keys are asked for. */
  get keyed(): boolean {
    return this.#operatorHash !== undefined;
  }

  /** Who presents this key; undefined where nobody does. */
  caller(key: string | undefined): Caller | undefined {
    if (!this.keyed) return { operator: true, tenant: this.local };
    if (key === undefined) return undefined;
    const given = hash(key);
    if (same(given, this.#operatorHash as string)) return { operator: true, tenant: this.local };
    for (const tenant of this.#byId.values())
      if (tenant.keyHash && same(given, tenant.keyHash)) return { operator: false, tenant };
    return undefined;
  }

  /** Makes a tenant and its key; throws where there are too many. */
  create(name: string, quota: Partial<Quota>, createdAt: string): Tenant & { key: string } {
    if (this.#byId.size >= TENANTS_MAX)
      throw new ApiError({
        name: 'too-many-tenants',
        status: 409,
        message: `a server holds at most ${TENANTS_MAX} tenants`,
      });
    const key = `ork_${randomBytes(24).toString('base64url')}`;
    const id = `t${randomBytes(6).toString('hex')}`;
    const tenant: Tenant = { id, name, quota: { ...DEFAULT_QUOTA, ...quota }, keyHash: hash(key), createdAt };
    this.#byId.set(id, tenant);
    this.#save();
    return { ...tenant, key };
  }

  get(id: string): Tenant | undefined {
    return this.#byId.get(id);
  }

  list(): Tenant[] {
    return [...this.#byId.values()];
  }

  remove(id: string): boolean {
    const gone = id !== 'local' && this.#byId.delete(id);
    if (gone) this.#save();
    return gone;
  }

  #save(): void {
    this.#store?.save(this.list().filter((tenant) => tenant !== this.local));
  }

  /** Counts one request of a tenant's; false where its requests per second are used up. */
  spend(id: string, wallMs: number): boolean {
    const quota = this.#byId.get(id)?.quota.requestsPerSecond ?? 0;
    const second = Math.floor(wallMs / 1_000);
    const spent = this.#spent.get(id);
    if (!spent || spent.second !== second) {
      this.#spent.set(id, { second, used: 1 });
      return quota >= 1;
    }
    return ++spent.used <= quota;
  }
}

const hash = (key: string): string => createHash('sha256').update(key).digest('hex');
const same = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

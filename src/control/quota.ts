/** Quotas that the control API holds a tenant to. */
import type { Registry } from '../registry.ts';
import type { Tenant } from '../tenant.ts';
import { Problem } from './problem.ts';

/** Throws 429 where the tenant's universes hold as much state as they may. */
export function checkStateQuota(registry: Registry, tenant: Tenant, moreBytes = 0): void {
  const used = registry.stateBytes(tenant.id);
  const { stateBytes } = tenant.quota;
  if (used + moreBytes < stateBytes) return;
  throw new Problem({
    status: 429,
    kind: 'quota',
    detail: `the quota of ${stateBytes} bytes of state is used up (${used}): drop some universes`,
  });
}

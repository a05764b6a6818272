/** Tenants: made, listed and removed by the operator. */
import type { Quota, Tenant } from '../../tenant.ts';
import { wallNow } from '../../wall.ts';
import { conflict, missing } from '../problem.ts';
import { type Asked, object, type Route, route } from '../route.ts';
import * as schema from '../schema.ts';

const group = 'tenants';
const most = { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER };
const quota = { universes: most, requestsPerSecond: most, stateBytes: most };
const fields = {
  id: schema.label,
  name: schema.label,
  quota: object(quota, Object.keys(quota)),
  createdAt: schema.instant,
};
const required = Object.keys(fields);

/** The calls of this group. */
export const tenantRoutes: readonly Route[] = [
  route<{ name: string; quota?: Partial<Quota> }>(
    {
      id: 'createTenant',
      method: 'POST',
      path: '/v1/tenants',
      summary: 'Make a tenant; its key is shown here only',
      group,
      operator: true,
      body: object({ name: schema.label, quota: object(quota) }, ['name']),
      responses: {
        201: {
          description: 'the tenant and its key',
          schema: object({ ...fields, key: { type: 'string' } }, [...required, 'key']),
        },
      },
    },
    (asked) => {
      mustBeKeyed(asked);
      const { registry, body } = asked;
      const createdAt = new Date(wallNow()).toISOString();
      const { key, ...tenant } = registry.tenants.create(body.name, body.quota ?? {}, createdAt);
      return { ...shown(tenant), key };
    },
  ),
  route(
    {
      id: 'listTenants',
      method: 'GET',
      path: '/v1/tenants',
      summary: 'Tenants, without their keys',
      group,
      operator: true,
      responses: {
        200: { description: 'tenants', schema: schema.listOf('tenants', object(fields, required)) },
      },
    },
    ({ registry }) => ({ tenants: registry.tenants.list().map(shown) }),
  ),
  route(
    {
      id: 'deleteTenant',
      method: 'DELETE',
      path: '/v1/tenants/{tenant}',
      summary: 'Remove a tenant, its key and its universes',
      group,
      operator: true,
      responses: { 204: { description: 'it is gone' } },
    },
    ({ registry, params }) => {
      const id = params.tenant as string;
      if (id === 'local')
        throw conflict('local-tenant', 'the tenant `local` is the operator’s own: it stays');
      if (!registry.tenants.get(id)) throw missing(`there is no tenant ${id}`);
      for (const universe of registry.list(id)) registry.drop(universe.id);
      registry.tenants.remove(id);
    },
  ),
];

/** Keys mean nothing where none are asked for. */
function mustBeKeyed({ registry }: Asked): void {
  if (!registry.tenants.keyed)
    throw conflict('local-mode', 'in local mode there is one tenant and no key: start with --operator-key');
}

function shown({ id, name, quota, createdAt }: Tenant) {
  return { id, name, quota, createdAt };
}

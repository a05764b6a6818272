/** `/api/v1/iam/governance`: bundles of administrator roles, and whether the Admin Console takes part. */
import { list } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { link } from '../links.ts';
import {
  type BundleInput,
  checkOptedIn,
  createBundle,
  deleteBundle,
  findBundle,
  findEntitlement,
  type GovernanceBundle,
  opt,
  optInStatus,
  replaceBundle,
  roleName,
  valueNamed,
} from '../model/roles/governanceBundle.ts';
import { governanceBundles } from '../world/admin.ts';
import { org } from '../world.ts';

const { read, manage } = family('GovernanceBundle', 'roles', 'other');
const ROOT = '/api/v1/iam/governance';
const ALL = `${ROOT}/bundles` as const;
const ONE = `${ALL}/{bundleId}` as const;

export const governanceBundleEndpoints = [
  endpoint({ id: 'getOptInStatus', route: `GET ${ROOT}/optIn`, ...read }, ({ world }) =>
    statusView(world, optInStatus(world)),
  ),
  endpoint({ id: 'optIn', route: `POST ${ROOT}/optIn`, ...manage }, ({ world }) =>
    statusView(world, opt(world, 'IN')),
  ),
  endpoint({ id: 'optOut', route: `POST ${ROOT}/optOut`, ...manage }, ({ world }) =>
    statusView(world, opt(world, 'OUT')),
  ),
  endpoint(
    {
      id: 'listGovernanceBundles',
      route: `GET ${ALL}`,
      ...read,
      page: { style: 'body', key: 'bundles', default: 20, max: 200 },
    },
    ({ world }) => {
      checkOptedIn(world);
      const links = { self: link(world, ALL) };
      return list(world.list(governanceBundles), (row) => bundleView(world, row), { links });
    },
  ),
  endpoint({ id: 'createGovernanceBundle', route: `POST ${ALL}`, ...manage }, ({ world, actor, input }) =>
    bundleView(world, createBundle(world, actor.who, input as BundleInput | undefined)),
  ),
  endpoint({ id: 'getGovernanceBundle', route: `GET ${ONE}`, ...read }, ({ world, params }) =>
    bundleView(world, findBundle(world, params.bundleId)),
  ),
  endpoint(
    { id: 'replaceGovernanceBundle', route: `PUT ${ONE}`, ...manage },
    ({ world, actor, params, input }) =>
      bundleView(world, replaceBundle(world, actor.who, params.bundleId, input as BundleInput | undefined)),
  ),
  endpoint(
    { id: 'deleteGovernanceBundle', route: `DELETE ${ONE}`, ...manage, status: 204 },
    ({ world, actor, params }) => deleteBundle(world, actor.who, params.bundleId),
  ),
  endpoint(
    { id: 'listBundleEntitlements', route: `GET ${ONE}/entitlements`, ...read },
    ({ world, params }) => {
      const { id, entitlements } = findBundle(world, params.bundleId);
      const at = `${ALL}/${id}/entitlements`;
      return {
        entitlements: entitlements.map((one) => ({
          id: one.id,
          role: one.role,
          ...roleName(world, one.role),
          _links: { values: link(world, `${at}/${one.id}/values`) },
        })),
        _links: { self: link(world, at), bundle: link(world, `${ALL}/${id}`) },
      };
    },
  ),
  endpoint(
    {
      id: 'listBundleEntitlementValues',
      route: `GET ${ONE}/entitlements/{entitlementId}/values`,
      ...read,
    },
    ({ world, params: { bundleId, entitlementId } }) => {
      const { id, values } = findEntitlement(world, bundleId, entitlementId);
      const bundle = `${ALL}/${bundleId}`;
      return {
        entitlementValues: values.map((one) => ({ id: one.id, ...valueNamed(world, one.of) })),
        _links: {
          self: link(world, `${bundle}/entitlements/${id}/values`),
          bundle: link(world, bundle),
          entitlements: link(world, `${bundle}/entitlements`),
        },
      };
    },
  ),
];

function bundleView(world: World, row: GovernanceBundle): Record<string, unknown> {
  const { entitlements: _, ...shown } = row;
  const self = `${ALL}/${row.id}`;
  return {
    ...shown,
    orn: `orn:okta:governance:${org(world).id}:bundles:${row.id}`,
    _links: { self: link(world, self), entitlements: link(world, `${self}/entitlements`) },
  };
}

const statusView = (world: World, status: string) => ({
  optInStatus: status,
  _links: { optInStatus: link(world, `${ROOT}/optIn`) },
});

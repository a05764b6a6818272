/** Rows of an org that are about its administrators. */
import { table } from '../../../src/table.ts';
import type { Subscription } from '../model/mail/subscription.ts';
import type { Feature } from '../model/org/feature.ts';
import type { ConsoleGovernance, GovernanceBundle } from '../model/roles/governanceBundle.ts';
import type { ResourceSet, SetResource } from '../model/roles/resourceSet.ts';
import type { BindingMember } from '../model/roles/roleBinding.ts';

export const features = table<Feature>({ name: 'okta.features', key: (row) => row.id });

export const resourceSets = table<ResourceSet>({
  name: 'okta.resourceSets',
  key: (row) => row.id,
  indexes: { label: (row) => row.label },
});

export const setResources = table<SetResource>({
  name: 'okta.setResources',
  key: (row) => `${row.setId}/${row.id}`,
  indexes: { resource: (row) => row.resource.id },
});

export const bindingMembers = table<BindingMember>({
  name: 'okta.bindingMembers',
  key: (row) => `${row.setId}/${row.roleId}/${row.id}`,
  indexes: {
    member: (row) => row.memberId,
    type: (row) => row.memberType,
    role: (row) => row.roleId,
    id: (row) => row.id,
  },
});

export const subscriptions = table<Subscription>({
  name: 'okta.subscriptions',
  key: (row) => `${row.of}/${row.notificationType}`,
});

export const governanceBundles = table<GovernanceBundle>({
  name: 'okta.governanceBundles',
  key: (row) => row.id,
  indexes: { name: (row) => row.name },
});

export const consoleGovernance = table<ConsoleGovernance>({
  name: 'okta.consoleGovernance',
  key: () => 'console',
});

/** Every table here. */
export const ADMIN_TABLES = [
  features,
  resourceSets,
  setResources,
  bindingMembers,
  governanceBundles,
  consoleGovernance,
  subscriptions,
];

/** Rows of an org that are about its administrators. */
import { table } from '../../../src/table.ts';
import type { Feature } from '../model/feature.ts';
import type { BindingMember, ResourceSet, SetResource } from '../model/resourceSet.ts';
import type { Subscription } from '../model/subscription.ts';

export const features = table<Feature>({ name: 'okta.features', key: (row) => row.id });

export const resourceSets = table<ResourceSet>({
  name: 'okta.resourceSets',
  key: (row) => row.id,
  indexes: { label: (row) => row.label },
});

export const setResources = table<SetResource>({
  name: 'okta.setResources',
  key: (row) => `${row.setId}/${row.id}`,
});

export const bindingMembers = table<BindingMember>({
  name: 'okta.bindingMembers',
  key: (row) => `${row.setId}/${row.roleId}/${row.id}`,
});

export const subscriptions = table<Subscription>({
  name: 'okta.subscriptions',
  key: (row) => `${row.of}/${row.notificationType}`,
});

/** Every table here. */
export const ADMIN_TABLES = [features, resourceSets, setResources, bindingMembers, subscriptions];

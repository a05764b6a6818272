/**
 * The permissions that custom roles are made of, and what each one includes.
 * https://developer.okta.com/docs/api/openapi/okta-management/guides/permissions/
 */

/** Permission, and behind it those that it includes. A star stands for all that begin so. */
const LINES = `
okta.agents.manage okta.agents.read okta.agents.view
okta.agents.read
okta.agents.register
okta.agents.view okta.agents.read
okta.apps.assignment.manage okta.apps.read
okta.apps.clientCredentials.read
okta.apps.manage okta.apps.read okta.apps.assignment.manage okta.apps.clientCredentials.read
okta.apps.manage okta.schemas.* okta.linkedObjects.*
okta.apps.manageFirstPartyApps
okta.apps.read
okta.apps.universalLogout.manage
okta.apps.universalLogout.read
okta.authzServers.manage okta.authzServers.read
okta.authzServers.read
okta.customizations.manage okta.customizations.read
okta.customizations.read
okta.devices.lifecycle.activate
okta.devices.lifecycle.deactivate
okta.devices.lifecycle.delete
okta.devices.lifecycle.manage okta.devices.lifecycle.*
okta.devices.lifecycle.suspend
okta.devices.lifecycle.unsuspend
okta.devices.manage okta.devices.*
okta.devices.read
okta.directories.groups.manage okta.directories.groups.read
okta.directories.groups.read
okta.directories.manage okta.directories.read
okta.directories.read
okta.eventhooks.manage okta.eventhooks.read
okta.eventhooks.read
okta.governance.accessCertifications.manage
okta.governance.accessRequests.manage
okta.groups.appAssignment.manage okta.groups.read
okta.groups.create
okta.groups.manage okta.groups.*
okta.groups.members.manage okta.groups.read
okta.groups.read
okta.iam.read
okta.identityProviders.manage okta.identityProviders.read
okta.identityProviders.read
okta.inlinehooks.manage okta.inlinehooks.read
okta.inlinehooks.read
okta.networkZones.manage okta.networkZones.read
okta.networkZones.read
okta.policies.manage okta.policies.read
okta.policies.read
okta.profilesources.import.run
okta.realms.manage okta.realms.read
okta.realms.read
okta.serviceAccounts.manage okta.serviceAccounts.read
okta.serviceAccounts.read
okta.support.cases.manage
okta.users.apitokens.clear
okta.users.apitokens.manage okta.users.apitokens.read okta.users.apitokens.clear
okta.users.apitokens.read
okta.users.appAssignment.manage okta.users.read
okta.users.create
okta.users.credentials.expirePassword
okta.users.credentials.manage okta.users.credentials.*
okta.users.credentials.manageTemporaryAccessCode
okta.users.credentials.resetFactors
okta.users.credentials.resetPassword
okta.users.groupMembership.manage okta.users.read
okta.users.lifecycle.activate
okta.users.lifecycle.clearSessions
okta.users.lifecycle.deactivate
okta.users.lifecycle.delete
okta.users.lifecycle.manage okta.users.lifecycle.*
okta.users.lifecycle.suspend
okta.users.lifecycle.unlock
okta.users.lifecycle.unsuspend
okta.users.manage okta.users.create okta.users.read okta.users.userprofile.* okta.users.lifecycle.*
okta.users.manage okta.users.credentials.* okta.users.groupMembership.manage okta.users.appAssignment.manage
okta.users.read
okta.users.risk.manage okta.users.risk.read
okta.users.risk.read
okta.users.userprofile.manage okta.users.read
okta.workflows.flows.manage
okta.workflows.invoke
okta.workflows.read
`;

const INCLUDED = new Map<string, string[]>();
for (const line of LINES.trim().split('\n')) {
  const [label = '', ...included] = line.split(' ');
  INCLUDED.set(label, [...(INCLUDED.get(label) ?? [label]), ...included]);
}

/** Whether Okta has a permission of this name that a custom role can hold. */
export const isPermission = (label: string): boolean => INCLUDED.has(label);

/** Whether holding one permission (or a pattern with a star) is holding the other. */
export const includes = (held: string, wanted: string): boolean =>
  (INCLUDED.get(held) ?? [held]).some((one) => matches(one, wanted));

/** `*` fits everything; a star at the end what begins so, at the beginning what ends so. */
export const matches = (pattern: string, label: string): boolean => {
  if (pattern.endsWith('*')) return label.startsWith(pattern.slice(0, -1));
  return pattern.startsWith('*') ? label.endsWith(pattern.slice(1)) : pattern === label;
};

/**
 * Permissions that can be limited to some attributes of a profile.
 * https://help.okta.com/okta_help.htm?type=oie&id=ext-permission-conditions
 */
export const CONDITIONAL: ReadonlySet<string> = new Set([
  'okta.users.create',
  'okta.users.manage',
  'okta.users.read',
  'okta.users.userprofile.manage',
]);

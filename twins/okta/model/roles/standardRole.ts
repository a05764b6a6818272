/**
 * What each standard role may do, in permissions as custom roles have them; what custom roles cannot have goes by the
 * name of its scope (`okta.logs.read`).
 * https://help.okta.com/oie/en-us/content/topics/security/administrators-admin-comparison.htm
 */
import { matches } from './permission.ts';
import type { RoleType } from './role.ts';

/** Permissions, `*` for whatever follows or goes before; less those in `not`. */
interface Powers {
  may: readonly string[];
  not?: readonly string[];
}

const POWERS: Readonly<Record<RoleType, Powers>> = {
  SUPER_ADMIN: { may: ['*'] },
  // https://help.okta.com/en-us/Content/Topics/Security/administrators-org-admin.htm says what is left out.
  ORG_ADMIN: {
    may: ['*'],
    not: [
      'okta.iam.*',
      'okta.apiTokens.*',
      'okta.support.*',
      'okta.apps.manage',
      'okta.apps.assignment.manage',
      'okta.authzServers.manage',
      'okta.profileMappings.manage',
      'okta.eventhooks.manage',
      'okta.inlinehooks.manage',
      'okta.authenticators.manage',
      'okta.features.manage',
      'okta.logStreams.*',
    ],
  },
  // https://help.okta.com/oie/en-us/content/topics/security/administrators-app-admin.htm
  APP_ADMIN: {
    may: [
      'okta.apps.*',
      'okta.users.read',
      'okta.users.appAssignment.manage',
      'okta.groups.read',
      'okta.groups.appAssignment.manage',
      'okta.logs.read',
      'okta.schemas.*',
      'okta.linkedObjects.*',
      'okta.profileMappings.*',
      'okta.profilesources.import.run',
      'okta.policies.*',
      'okta.userTypes.read',
      'okta.agents.register',
      'okta.realms.read',
      'okta.features.read',
    ],
  },
  USER_ADMIN: {
    may: ['okta.users.*', 'okta.groups.*', 'okta.userTypes.read', 'okta.realms.read'],
    not: ['okta.users.apitokens.*'],
  },
  HELP_DESK_ADMIN: {
    may: [
      'okta.users.read',
      'okta.users.credentials.*',
      'okta.users.lifecycle.unlock',
      'okta.users.lifecycle.clearSessions',
      'okta.users.risk.*',
      'okta.groups.read',
      'okta.realms.read',
    ],
    not: ['okta.users.credentials.manage'],
  },
  GROUP_MEMBERSHIP_ADMIN: {
    may: [
      'okta.users.read',
      'okta.users.groupMembership.manage',
      'okta.groups.read',
      'okta.groups.members.manage',
      'okta.groups.rules.manage',
      'okta.realms.read',
    ],
  },
  READ_ONLY_ADMIN: {
    may: ['*.read'],
    not: [
      'okta.iam.*',
      'okta.apiTokens.*',
      'okta.support.*',
      'okta.schemas.*',
      'okta.linkedObjects.*',
      'okta.logStreams.*',
    ],
  },
  MOBILE_ADMIN: {
    may: [
      'okta.devices.*',
      'okta.deviceAssurance.*',
      'okta.pushProviders.*',
      'okta.policies.*',
      'okta.users.read',
      'okta.groups.read',
      'okta.apps.read',
      'okta.logs.read',
      'okta.realms.read',
      'okta.agents.register',
    ],
  },
  API_ACCESS_MANAGEMENT_ADMIN: {
    may: [
      'okta.authzServers.*',
      'okta.apps.*',
      'okta.users.read',
      'okta.users.appAssignment.manage',
      'okta.groups.read',
      'okta.groups.appAssignment.manage',
      'okta.schemas.*',
      'okta.linkedObjects.*',
      'okta.profileMappings.*',
      'okta.userTypes.read',
      'okta.realms.read',
    ],
  },
  REPORT_ADMIN: { may: ['okta.logs.read', 'okta.reports.*'] },
  ACCESS_CERTIFICATIONS_ADMIN: {
    may: ['okta.governance.accessCertifications.*', 'okta.users.read', 'okta.groups.read', 'okta.apps.read'],
  },
  ACCESS_REQUESTS_ADMIN: {
    may: ['okta.governance.accessRequests.*', 'okta.users.read', 'okta.groups.read', 'okta.apps.read'],
  },
  WORKFLOWS_ADMIN: { may: ['okta.workflows.*'] },
};

/** Whether a standard role has a permission, whatever it reaches. */
export const roleHas = (type: RoleType, permission: string): boolean => {
  const { may, not = [] } = POWERS[type];
  return may.some((one) => matches(one, permission)) && !not.some((one) => matches(one, permission));
};

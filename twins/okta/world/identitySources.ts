/** Rows of an org that identity sources own: their people and groups, and the sessions by which they are imported. */
import { table } from '../../../src/table.ts';
import type { IdentityGroup, IdentityMember } from '../model/people/identityGroup.ts';
import type { IdentityUser } from '../model/people/identityUser.ts';
import type { ImportSession, ImportUpload } from '../model/people/importSession.ts';

const ofApp = (row: { appId: string; id: string }): string => `${row.appId}/${row.id}`;
const external = (row: { appId: string; externalId: string }): string => `${row.appId}/${row.externalId}`;

export const identityUsers = table<IdentityUser>({
  name: 'okta.identityUsers',
  key: ofApp,
  indexes: { external, user: (row) => row.userId },
});

export const identityGroups = table<IdentityGroup>({
  name: 'okta.identityGroups',
  key: ofApp,
  indexes: { external, group: (row) => row.id },
});

export const identityMembers = table<IdentityMember>({
  name: 'okta.identityMembers',
  key: ofApp,
  indexes: { user: (row) => row.identityUserId },
});

export const importSessions = table<ImportSession>({ name: 'okta.importSessions', key: ofApp });

export const importUploads = table<ImportUpload>({ name: 'okta.importUploads', key: ofApp });

/** Every table here; the rows go with the app that is the source. */
export const IDENTITY_SOURCE_TABLES = [
  identityUsers,
  identityGroups,
  identityMembers,
  importSessions,
  importUploads,
];

/** What Drive keeps: files, their bytes, comments, shared drives, the log of changes. */
import { BASE64URL } from '../../../src/ids.ts';
import { type Keys, sortable, table } from '../../../src/table.ts';
import type { World } from '../../../src/world/world.ts';
import type { Viewer } from './model/access.ts';
import { approvals } from './world/approval.ts';
import { changes } from './world/changes.ts';
import { channels } from './world/channels.ts';
import { comments } from './world/comments.ts';
import { editRevisions } from './world/editRevisions.ts';
import { fileLabels, labelDefinitions } from './world/label.ts';
import { letters } from './world/letters.ts';
import { downloads } from './world/operation.ts';
import { accessProposals } from './world/proposals.ts';
import { seers } from './world/seen.ts';
import { storageLimits } from './world/storage.ts';
import { facets, fileTexts, nameWords } from './world/text.ts';

export { appDataSeer, sharedWith } from './world/seen.ts';

export type Role = 'owner' | 'organizer' | 'fileOrganizer' | 'writer' | 'commenter' | 'reader';

/** Who may do what with a file. Vendor shape; the last three are the twin's own. */
export interface Permission {
  id: string;
  type: 'user' | 'group' | 'domain' | 'anyone';
  role: Role;
  emailAddress?: string;
  domain?: string;
  allowFileDiscovery?: boolean;
  expirationTime?: string;
  /** Was asked to become the owner. */
  pendingOwner?: boolean;
  /** `published`: reads what is published of it. `metadata`: sees the name of a folder with limited access. */
  view?: 'published' | 'metadata';
  /** The folder or shared drive that the permission comes from. */
  inheritedFrom?: string;
  /** When it was given, and by whom (e-mail). */
  sharedTime: string;
  sharedBy: string;
}

/** A file of any kind, a folder too. Vendor shape less what a view computes; people are e-mails. */
export interface FileRow {
  id: string;
  name: string;
  mimeType: string;
  description?: string;
  /** The folder it is in; none in nobody's sight. */
  parents: string[];
  driveId?: string;
  /** E-mail; none for items of shared drives. */
  owner?: string;
  permissions: Permission[];
  trashed: boolean;
  explicitlyTrashed: boolean;
  trashedTime?: string;
  trashingUser?: string;
  starredBy: string[];
  createdTime: string;
  modifiedTime: string;
  lastModifyingUser: string;
  /** When people changed and last saw it, by e-mail. */
  modifiedBy?: Record<string, string>;
  viewedBy?: Record<string, string>;
  version: number;
  /** The hidden folder of the app that made it; absent: the drive that people see. */
  space?: 'appDataFolder';
  properties?: Record<string, string>;
  /** By app. */
  appProperties?: Record<string, Record<string, string>>;
  folderColorRgb?: string;
  shortcutDetails?: { targetId: string; targetMimeType: string };
  writersCanShare: boolean;
  copyRequiresWriterPermission: boolean;
  /** Who may not copy, print and download, as the owner or an organizer said. */
  downloadRestriction?: DownloadRestriction;
  /** Its content may not be changed while it has one. */
  contentRestrictions?: ContentRestriction[];
  /** A folder with limited access: only those whom it is shared with directly, owners and organizers get in. */
  inheritedPermissionsDisabled?: boolean;
  /** The app that made it: all that `drive.file` reaches. */
  appId: string;
  /** Files with binary content only. */
  size?: string;
  md5Checksum?: string;
  sha1Checksum?: string;
  sha256Checksum?: string;
  originalFilename?: string;
  headRevisionId?: string;
  fullFileExtension?: string;
  /** What the bytes of an image say of it: pixels. */
  imageMediaMetadata?: { width: number; height: number };
  /** A picture that an app gave for it: base64. */
  thumbnail?: { image: string; mimeType: string };
}

export interface DownloadRestriction {
  restrictedForReaders?: boolean;
  restrictedForWriters?: boolean;
}

/** A lock on a file's content; `restrictingUser` is an e-mail. */
export interface ContentRestriction {
  readOnly: boolean;
  reason?: string;
  ownerRestricted?: boolean;
  restrictingUser?: string;
  restrictionTime?: string;
  /** By an approval that waits; people cannot take it away. */
  systemRestricted?: boolean;
}

/** The bytes of one revision of a file with binary content. */
export interface Revision {
  fileId: string;
  id: string;
  mimeType: string;
  modifiedTime: string;
  lastModifyingUser: string;
  originalFilename: string;
  size: string;
  md5Checksum: string;
  keepForever: boolean;
  /** Base64. */
  bytes: string;
  nth: number;
}

export interface DriveRestrictions {
  adminManagedRestrictions?: boolean;
  copyRequiresWriterPermission?: boolean;
  domainUsersOnly?: boolean;
  driveMembersOnly?: boolean;
  sharingFoldersRequiresOrganizerPermission?: boolean;
  downloadRestriction?: DownloadRestriction;
}

export interface SharedDrive {
  id: string;
  name: string;
  createdTime: string;
  /** Members. */
  permissions: Permission[];
  hiddenBy: string[];
  restrictions?: DriveRestrictions;
  colorRgb?: string;
  themeId?: string;
  /** The file whose picture is its background. */
  backgroundImageId?: string;
  /** Who made it with which request: `requestKey`. */
  requestId: string;
}

/** A resumable upload that waits for its bytes. */
export interface Upload {
  id: string;
  /** In whose name it goes on, whoever sends the bytes: its address is the credential. */
  viewer: Viewer;
  /** Absent: a new file is made. */
  fileId?: string;
  metadata: Record<string, unknown>;
  /** What else the request that opened it asked for. */
  options?: {
    keepRevisionForever?: boolean;
    indexable?: boolean;
    addParents?: string;
    removeParents?: string;
  };
  contentType: string;
  /** Bytes in all, where it was said. */
  total?: number;
  /** The file that it became: asked again, it is told again. */
  finished?: string;
  /** Base64 of what has come. */
  bytes: string;
  expiresAt: number;
}

/** Parts the viewer from the time in an index key. */
const PART = '\u0002';

/** What each of these holds, by when it was changed. */
function byTime(whose: (row: FileRow) => readonly string[]): { keys: Keys<FileRow>; holdsRows: boolean } {
  return {
    keys: (row) => whose(row).map((who) => recentPrefix(who) + row.modifiedTime),
    holdsRows: true,
  };
}

export const files = table<FileRow>({
  name: 'google.files',
  key: (row) => row.id,
  indexes: {
    parent: (row) => row.parents,
    name: (row) => row.name.toLowerCase(),
    /** By whom it is shared with, then by when it was changed. */
    recent: byTime(seers),
    drive: byTime((row) => (row.driveId ? [row.driveId] : [])),
    folder: byTime((row) => row.parents),
    trashedOf: (row) => (row.explicitlyTrashed ? (row.driveId ?? row.owner?.toLowerCase()) : undefined),
  },
  texts: { names: nameWords, facets },
});
export const revisions = table<Revision>({
  name: 'google.revisions',
  key: (row) => `${row.fileId}/${sortable(row.nth)}`,
});
export const sharedDrives = table<SharedDrive>({
  name: 'google.drives',
  key: (row) => row.id,
  indexes: {
    requestId: (row) => row.requestId,
    name: (row) => row.name.toLowerCase(),
    member: (row) =>
      row.permissions.flatMap((one) => (one.emailAddress ? [one.emailAddress.toLowerCase()] : [])),
  },
});
export const uploads = table<Upload>({ name: 'google.uploads', key: (row) => row.id });

export const driveTables = [
  files,
  revisions,
  changes,
  comments,
  sharedDrives,
  uploads,
  channels,
  letters,
  accessProposals,
  editRevisions,
  fileTexts,
  storageLimits,
  labelDefinitions,
  fileLabels,
  approvals,
  downloads,
];

/** Prefix under which `recent` and `drive` hold all that one viewer (or one shared drive) has. */
export const recentPrefix = (who: string): string => who + PART;

export const MIME = {
  folder: 'application/vnd.google-apps.folder',
  document: 'application/vnd.google-apps.document',
  spreadsheet: 'application/vnd.google-apps.spreadsheet',
  shortcut: 'application/vnd.google-apps.shortcut',
} as const;

/** Whether the kind is one of Google's own editors', which have no bytes to download. */
export const isNative = (mimeType: string): boolean => mimeType.startsWith('application/vnd.google-apps.');

/** 44 characters for the editors' files, 33 for all else; both begin with 1. */
export function newFileId(world: World, mimeType: string): string {
  const editor = isNative(mimeType) && mimeType !== MIME.folder && mimeType !== MIME.shortcut;
  return `1${world.draw('google.file').chars(BASE64URL, editor ? 43 : 32)}`;
}

/** RFC 3339 in UTC with three decimals. */
export const timestamp = (ms: number): string => new Date(ms).toISOString();

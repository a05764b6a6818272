/**
 * Imports from an identity source: a session takes what the source uploads and, once it is told to, makes it true.
 * https://developer.okta.com/docs/guides/anything-as-a-source/
 */
import { ApiError } from '../../../../src/error.ts';
import { sortable } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { blank, invalid, notFound } from '../../errors.ts';
import { newId } from '../../ids.ts';
import {
  EXTERNAL_GROUP_ID_CHARS_MAX,
  IMPORT_ENTRIES_MAX,
  IMPORT_LASTS_MS,
  IMPORT_SESSION_EVERY_MS,
  IMPORT_SESSION_IDLE_MS,
  IMPORT_UPLOAD_CHARS_MAX,
  IMPORT_UPLOADS_MAX,
} from '../../limits.ts';
import { stamp } from '../../time.ts';
import { importSessions, importUploads } from '../../world/identitySources.ts';
import { recordChange, SYSTEM, type Who } from '../log/log.ts';
import {
  groupOf,
  type IdentityGroupInput,
  joinIdentityGroup,
  quitIdentityGroup,
  removeIdentityGroup,
  upsertIdentityGroup,
} from './identityGroup.ts';
import {
  byExternalId,
  checkedId,
  findSource,
  type IdentityProfile,
  removeIdentityUser,
  upsertIdentityUser,
} from './identityUser.ts';

/** A session in the vendor's shape, but for the source and the moment (universe milliseconds) of the last request. */
export interface ImportSession {
  appId: string;
  id: string;
  status: 'CREATED' | 'IN_PROGRESS' | 'TRIGGERED' | 'COMPLETED' | 'CLOSED' | 'EXPIRED';
  importType: 'INCREMENTAL';
  created: string;
  lastUpdated: string;
  touchedAt: number;
}

/** What was uploaded at once. */
export interface ImportUpload {
  appId: string;
  /** `{session}/{n}`. */
  id: string;
  kind: UploadKind;
  entries: readonly UploadEntry[];
}

export type UploadKind =
  | 'bulk_upsert'
  | 'bulk_delete'
  | 'bulk_group_upsert'
  | 'bulk_group_delete'
  | 'bulk_group_membership_upsert'
  | 'bulk_group_membership_delete';

/** One person, group or group's members. */
export interface UploadEntry {
  externalId?: string;
  profile?: Record<string, unknown>;
  groupExternalId?: string;
  memberExternalIds?: readonly string[];
}

/** The body of an upload; which fields count depends on its kind. */
export interface UploadInput {
  entityType?: string;
  profiles?: readonly UploadEntry[];
  externalIds?: readonly string[];
  memberships?: readonly UploadEntry[];
}

/** A session of a source, or E0000007. */
export function findImportSession(world: World, appId: string, id: string): ImportSession {
  findSource(world, appId);
  return world.require(importSessions, `${appId}/${id}`, () => notFound(id, 'IdentitySourceSession'));
}

/** Begins a session. Throws E0000001 while another takes data, and for a while after another was set going. */
export function createImportSession(world: World, who: Who, appId: string): ImportSession {
  findSource(world, appId);
  for (const other of world.list(importSessions, { prefix: `${appId}/` }).toArray())
    if (isLoading(other) || (other.status === 'TRIGGERED' && isRecent(world, other)))
      throw invalid('importSession', `An active session ${other.id} exists for the identity source.`);
  const now = stamp(world.now());
  const session = world.insert(importSessions, {
    appId,
    id: newId(world, 'aps'),
    status: 'CREATED',
    importType: 'INCREMENTAL',
    created: now,
    lastUpdated: now,
    touchedAt: world.now(),
  });
  world.schedule(world.now() + IMPORT_SESSION_IDLE_MS, 'expireImport', { appId, id: session.id });
  log(world, who, 'system.import.session.created', session);
  return session;
}

/** Ends a session that has not been set going, with all that was uploaded. Throws E0000001 for any other. */
export function cancelImportSession(world: World, who: Who, appId: string, id: string): void {
  const session = findImportSession(world, appId, id);
  if (!isLoading(session))
    throw invalid(
      'importSessionId',
      'Only a session that is in CREATED or IN_PROGRESS status can be canceled.',
    );
  takeUploads(world, session);
  log(world, who, 'system.import.session.cancelled', turn(world, session, 'CLOSED'));
}

/**
 * Keeps what a source uploads until the session is set going. Throws E0000001 for a session that takes nothing more,
 * for too many entries, requests or characters, and for entries that are none.
 */
export function upload(
  world: World,
  who: Who,
  appId: string,
  id: string,
  kind: UploadKind,
  input: UploadInput | undefined,
): void {
  const session = findImportSession(world, appId, id);
  if (!isLoading(session))
    throw invalid(
      'importSessionId',
      `Session=${id} should be in CREATED or IN_PROGRESS status to upload data.`,
    );
  const entries = entriesOf(kind, input ?? {});
  const count = world.list(importUploads, { prefix: `${appId}/${id}/` }).count();
  if (count >= IMPORT_UPLOADS_MAX)
    throw invalid('importSessionId', `Session=${id} cannot take more than ${IMPORT_UPLOADS_MAX} requests.`);
  world.insert(importUploads, { appId, id: `${id}/${sortable(count)}`, kind, entries });
  // A deletion of nobody whom the org knows leaves the session as it was: there is nothing to be done.
  const idle =
    kind === 'bulk_delete' && !entries.some((one) => byExternalId(world, appId, String(one.externalId)));
  const status = idle ? session.status : 'IN_PROGRESS';
  log(world, who, `system.identity_sources.${kind}`, turn(world, session, status));
}

/** Sets a session going. Throws E0000001 for one that has nothing to do. */
export function startImport(world: World, who: Who, appId: string, id: string): ImportSession {
  const session = findImportSession(world, appId, id);
  if (session.status !== 'IN_PROGRESS')
    throw invalid(
      'importSessionId',
      `Session=${id} should be in IN_PROGRESS status in order to be processed`,
    );
  const triggered = turn(world, session, 'TRIGGERED');
  world.schedule(world.now() + IMPORT_LASTS_MS, 'runImport', { appId, id });
  log(world, who, 'system.import.session.triggered', triggered);
  return triggered;
}

/** Does what was uploaded. Entries that cannot be done are left out, as the service leaves them out. */
export function runImport(world: World, { appId, id }: { appId: string; id: string }): void {
  const session = world.get(importSessions, `${appId}/${id}`);
  if (session?.status !== 'TRIGGERED') return;
  log(world, SYSTEM, 'system.import.start', session);
  for (const { kind, entries } of takeUploads(world, session))
    for (const entry of entries) attempt(() => APPLY[kind](world, appId, entry));
  log(world, SYSTEM, 'system.import.complete', turn(world, session, 'COMPLETED'));
}

/** Ends a session that was left alone for too long. */
export function expireImport(world: World, { appId, id }: { appId: string; id: string }): void {
  const session = world.get(importSessions, `${appId}/${id}`);
  if (!session || !isLoading(session)) return;
  const due = session.touchedAt + IMPORT_SESSION_IDLE_MS;
  if (world.now() < due) {
    world.schedule(due, 'expireImport', { appId, id });
    return;
  }
  takeUploads(world, session);
  log(world, SYSTEM, 'system.import.session.expired', turn(world, session, 'EXPIRED'));
}

const isLoading = ({ status }: ImportSession): boolean => status === 'CREATED' || status === 'IN_PROGRESS';
const isRecent = (world: World, { touchedAt }: ImportSession): boolean =>
  world.now() < touchedAt + IMPORT_SESSION_EVERY_MS;

const turn = (world: World, { appId, id }: ImportSession, status: ImportSession['status']): ImportSession =>
  world.update(importSessions, `${appId}/${id}`, {
    status,
    lastUpdated: stamp(world.now()),
    touchedAt: world.now(),
  });

function takeUploads(world: World, { appId, id }: ImportSession): ImportUpload[] {
  const taken = world.list(importUploads, { prefix: `${appId}/${id}/` }).toArray();
  for (const one of taken) world.remove(importUploads, `${appId}/${one.id}`);
  return taken;
}

function attempt(apply: () => void): void {
  try {
    apply();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
  }
}

const APPLY: Readonly<Record<UploadKind, (world: World, appId: string, entry: UploadEntry) => void>> = {
  bulk_upsert: (world, appId, { externalId = '', profile }) =>
    void upsertIdentityUser(world, SYSTEM, appId, externalId, profile as IdentityProfile),
  bulk_delete: (world, appId, { externalId = '' }) => removeIdentityUser(world, SYSTEM, appId, externalId),
  bulk_group_upsert: (world, appId, { externalId = '', profile }) =>
    void upsertIdentityGroup(world, SYSTEM, appId, externalId, { profile } as IdentityGroupInput),
  bulk_group_delete: (world, appId, { externalId = '' }) => {
    if (groupOf(world, appId, externalId)) removeIdentityGroup(world, SYSTEM, appId, externalId);
  },
  bulk_group_membership_upsert: (world, appId, { groupExternalId = '', memberExternalIds = [] }) => {
    for (const member of memberExternalIds)
      attempt(() => joinIdentityGroup(world, SYSTEM, appId, groupExternalId, member));
  },
  bulk_group_membership_delete: (world, appId, { groupExternalId = '', memberExternalIds = [] }) => {
    for (const member of memberExternalIds)
      attempt(() => quitIdentityGroup(world, SYSTEM, appId, groupExternalId, member));
  },
};

/** What is uploaded, by kind, as a list of one form. */
function entriesOf(kind: UploadKind, input: UploadInput): readonly UploadEntry[] {
  const isOfPeople = kind === 'bulk_upsert' || kind === 'bulk_delete';
  if (isOfPeople && input.entityType !== 'USERS') throw invalid('entityType', 'entityType: Must be USERS');
  const [field, entries] = listOf(kind, input);
  if (!entries?.length) throw blank(field);
  if (entries.length > IMPORT_ENTRIES_MAX)
    throw invalid(field, `${field}: At most ${IMPORT_ENTRIES_MAX} entries are allowed in a request`);
  if (JSON.stringify(entries).length > IMPORT_UPLOAD_CHARS_MAX)
    throw invalid(field, `${field}: A request may hold at most 200 KB of data`);
  for (const entry of entries) {
    if (field === 'memberships') checkMembership(entry);
    else if (isOfPeople) checkedId(entry.externalId);
    else checkedId(entry.externalId, EXTERNAL_GROUP_ID_CHARS_MAX);
    if (kind.endsWith('upsert') && field === 'profiles' && !entry.profile) throw blank('profile');
  }
  return entries;
}

function listOf(kind: UploadKind, input: UploadInput): [string, readonly UploadEntry[] | undefined] {
  if (kind.startsWith('bulk_group_membership')) return ['memberships', input.memberships];
  if (kind === 'bulk_group_delete')
    return ['externalIds', input.externalIds?.map((externalId) => ({ externalId }))];
  return ['profiles', input.profiles];
}

function checkMembership({ groupExternalId, memberExternalIds }: UploadEntry): void {
  if (!groupExternalId) throw blank('groupExternalId');
  if (!memberExternalIds?.length) throw blank('memberExternalIds');
  if (memberExternalIds.length > IMPORT_ENTRIES_MAX)
    throw invalid(
      'memberExternalIds',
      `memberExternalIds: At most ${IMPORT_ENTRIES_MAX} entries are allowed in a request`,
    );
}

function log(world: World, who: Who, eventType: string, session: ImportSession): void {
  const thing = { id: session.id, type: 'ImportSession', name: session.status };
  recordChange(world, who, eventType, 'Identity source import', thing);
}

/** Approvals: started, answered, ended. https://developers.google.com/workspace/drive/api/guides/approvals */
import { BASE64URL } from '../../../../src/ids.ts';
import type { Range } from '../../../../src/range.ts';
import type { World } from '../../../../src/world/world.ts';
import { badRequest, googleError } from '../../errors.ts';
import { APPROVAL_REVIEWERS_MAX } from '../../limits.ts';
import { type Approval, approvals, type ReviewerAnswer } from '../world/approval.ts';
import { type FileRow, files, MIME, timestamp } from '../world.ts';
import { fileFor, noPermission, sameAddress, type Viewer, visibleFile } from './access.ts';
import { logChange } from './change.ts';
import { checkedTime } from './fields.ts';
import { sendLetter } from './sharing/letters.ts';

export interface ApprovalInput {
  reviewerEmails?: string[];
  dueTime?: string;
  lockFile?: boolean;
  message?: string;
  fileContentChangeBehavior?: string;
}

export interface Reassignment {
  addReviewers?: { addedReviewerEmail?: string }[];
  replaceReviewers?: { addedReviewerEmail?: string; removedReviewerEmail?: string }[];
  message?: string;
}

/** Asks reviewers. Throws `insufficientFilePermissions`, `required`, `invalid`, `badRequest` where one is under way. */
export function startApproval(world: World, viewer: Viewer, fileId: string, input: ApprovalInput): Approval {
  const file = fileFor(world, viewer, fileId, 'writer');
  if (file.mimeType === MIME.folder || file.mimeType === MIME.shortcut || file.trashed)
    throw googleError('badRequest', { message: 'An approval cannot be started on this item.' });
  if (openApproval(world, fileId))
    throw googleError('badRequest', { message: 'The file already has an approval in progress.' });
  const now = timestamp(world.now());
  const dueTime = checkedTime(input.dueTime);
  if (dueTime && dueTime <= now) throw badRequest('The due time must be in the future.', 'dueTime');
  const reviewers = distinct(input.reviewerEmails ?? []);
  if (reviewers.length === 0) throw badRequest('Required', 'reviewerEmails');
  const row = world.insert(approvals, {
    fileId,
    approvalId: world.draw('google.approval').chars(BASE64URL, 22),
    nth: world.next('google.approval'),
    status: 'IN_PROGRESS',
    initiator: viewer.email,
    reviewers: reviewers.map((email) => ({ email, response: 'NO_RESPONSE' as const })),
    createTime: now,
    modifyTime: now,
    ...(dueTime ? { dueTime } : {}),
    fileContentChangeBehavior:
      input.fileContentChangeBehavior === 'NO_APPROVAL_ACTION' ? 'NO_APPROVAL_ACTION' : 'RESET_APPROVAL',
    locks: input.lockFile ?? false,
    log: [said(viewer, now, 'started', input.message)],
  });
  if (row.locks) lock(world, viewer, file);
  for (const email of reviewers) ask(world, viewer, file, email, input.message);
  return row;
}

/** Newest first. Throws `notFound`. */
export const approvalsOf = (world: World, viewer: Viewer, fileId: string): Range<Approval> =>
  world.list(approvals, {
    index: 'file',
    prefix: `${visibleFile(world, viewer, fileId).id}/`,
    reverse: true,
  });

/** Throws `notFound`. */
export function approvalIn(world: World, viewer: Viewer, fileId: string, id: string): Approval {
  visibleFile(world, viewer, fileId);
  return world.require(approvals, `${fileId}/${id}`, () =>
    googleError('notFound', { message: `Approval not found: ${id}.`, location: 'approvalId' }),
  );
}

/**
 * A reviewer's answer: one no ends it, as does the last yes. Throws `insufficientFilePermissions` for others,
 * `badRequest` where it has ended.
 */
export function respond(
  world: World,
  viewer: Viewer,
  fileId: string,
  id: string,
  response: Exclude<ReviewerAnswer, 'NO_RESPONSE'>,
  message: string | undefined,
): Approval {
  const row = running(world, viewer, fileId, id);
  if (!isReviewer(row, viewer.email)) throw noPermission(fileId);
  const reviewers = row.reviewers.map((one) =>
    sameAddress(one.email, viewer.email) ? { ...one, response } : one,
  );
  const ends = response === 'DECLINED' || reviewers.every((one) => one.response === 'APPROVED');
  const next = step(world, viewer, { ...row, reviewers }, response.toLowerCase(), message);
  return ends ? ended(world, next, response) : next;
}

/** Only who started it may take it back. */
export function cancelApproval(
  world: World,
  viewer: Viewer,
  fileId: string,
  id: string,
  message: string | undefined,
): Approval {
  const row = running(world, viewer, fileId, id);
  if (!sameAddress(row.initiator, viewer.email)) throw noPermission(fileId);
  return ended(world, step(world, viewer, row, 'cancelled', message), 'CANCELLED');
}

/** Says something about it: who started it and its reviewers may. */
export function commentOn(
  world: World,
  viewer: Viewer,
  fileId: string,
  id: string,
  message: string | undefined,
): Approval {
  const row = running(world, viewer, fileId, id);
  if (!message) throw badRequest('Required', 'message');
  if (!sameAddress(row.initiator, viewer.email) && !isReviewer(row, viewer.email)) throw noPermission(fileId);
  return step(world, viewer, row, 'commented', message);
}

/** Adds reviewers, or puts others in their place; only who started it may, and a reviewer for themselves. */
export function reassign(
  world: World,
  viewer: Viewer,
  fileId: string,
  id: string,
  input: Reassignment,
): Approval {
  const row = running(world, viewer, fileId, id);
  const { addReviewers = [], replaceReviewers = [] } = input;
  if (addReviewers.length + replaceReviewers.length === 0)
    throw badRequest('At least one reviewer must be added or replaced.', 'addReviewers');
  const mine = sameAddress(row.initiator, viewer.email);
  const own =
    addReviewers.length === 0 &&
    replaceReviewers.every((one) => sameAddress(one.removedReviewerEmail, viewer.email));
  if (!mine && !own) throw noPermission(fileId);
  let reviewers = row.reviewers;
  for (const { addedReviewerEmail, removedReviewerEmail = '' } of replaceReviewers) {
    const added = newReviewer(reviewers, addedReviewerEmail);
    if (!reviewers.some((one) => sameAddress(one.email, removedReviewerEmail)))
      throw badRequest(
        'The reviewer to replace is not a reviewer.',
        'replaceReviewers[].removedReviewerEmail',
      );
    reviewers = reviewers.map((one) => (sameAddress(one.email, removedReviewerEmail) ? added : one));
  }
  for (const { addedReviewerEmail } of addReviewers)
    reviewers = [...reviewers, newReviewer(reviewers, addedReviewerEmail)];
  if (reviewers.length > APPROVAL_REVIEWERS_MAX) throw badRequest('Too many reviewers.', 'addReviewers');
  const file = visibleFile(world, viewer, fileId);
  for (const { email } of reviewers)
    if (!isReviewer(row, email)) ask(world, viewer, file, email, input.message);
  return step(world, viewer, { ...row, reviewers }, 'reassigned', input.message);
}

/** The content of a file has changed: what was said of the old one does not hold, unless it was to. */
export function contentChanged(world: World, file: FileRow): void {
  const row = openApproval(world, file.id);
  if (row?.fileContentChangeBehavior !== 'RESET_APPROVAL') return;
  const reviewers = row.reviewers.map((one) => ({ ...one, response: 'NO_RESPONSE' as const }));
  world.update(approvals, approvals.key(row), { reviewers, modifyTime: timestamp(world.now()) });
}

/** With the file. */
export function dropApprovals(world: World, fileId: string): void {
  for (const one of world.list(approvals, { prefix: `${fileId}/` }).toArray())
    world.remove(approvals, approvals.key(one));
}

const openApproval = (world: World, fileId: string): Approval | undefined =>
  world.list(approvals, { index: 'open', equals: fileId }).first();

const isReviewer = (row: Approval, email: string): boolean =>
  row.reviewers.some((one) => sameAddress(one.email, email));

function running(world: World, viewer: Viewer, fileId: string, id: string): Approval {
  const row = approvalIn(world, viewer, fileId, id);
  if (row.status !== 'IN_PROGRESS')
    throw googleError('badRequest', { message: 'The approval is not in progress.' });
  return row;
}

const said = (
  viewer: Viewer,
  at: string,
  did: string,
  message: string | undefined,
): Approval['log'][number] => ({
  by: viewer.email,
  at,
  did,
  ...(message ? { message } : {}),
});

function step(
  world: World,
  viewer: Viewer,
  row: Approval,
  did: string,
  message: string | undefined,
): Approval {
  const now = timestamp(world.now());
  return world.put(approvals, {
    ...row,
    modifyTime: now,
    log: [...row.log, said(viewer, now, did, message)],
  });
}

function ended(world: World, row: Approval, status: Approval['status']): Approval {
  const file = world.get(files, row.fileId);
  if (row.locks && file && status !== 'APPROVED') {
    const { contentRestrictions: _lock, ...open } = file;
    logChange(
      world,
      world.update(files, file.id, () => ({ ...open, version: file.version + 1 })),
      false,
      file,
    );
  }
  return world.put(approvals, { ...row, status, completeTime: row.modifyTime });
}

function lock(world: World, viewer: Viewer, file: FileRow): void {
  const restriction = {
    readOnly: true,
    ownerRestricted: false,
    restrictingUser: viewer.email,
    restrictionTime: timestamp(world.now()),
  };
  const next = world.update(files, file.id, {
    contentRestrictions: [restriction],
    version: file.version + 1,
  });
  logChange(world, next, false, file);
}

function ask(world: World, viewer: Viewer, file: FileRow, email: string, message: string | undefined): void {
  sendLetter(world, email, {
    from: viewer.email,
    subject: `Approval requested: ${file.name}`,
    text: message ?? `${viewer.email} asks you to approve ${file.name}.`,
    fileId: file.id,
  });
}

function newReviewer(
  reviewers: Approval['reviewers'],
  email: string | undefined,
): Approval['reviewers'][number] {
  const [added] = distinct(email ? [email] : []);
  if (!added) throw badRequest('Required', 'addedReviewerEmail');
  if (reviewers.some((one) => sameAddress(one.email, added)))
    throw badRequest('The reviewer is already a reviewer.', 'addedReviewerEmail');
  return { email: added, response: 'NO_RESPONSE' };
}

/** Throws `invalid` for what is no address, and for too many. */
function distinct(emails: readonly string[]): string[] {
  if (emails.length > APPROVAL_REVIEWERS_MAX) throw badRequest('Too many reviewers.', 'reviewerEmails');
  for (const email of emails)
    if (!/^[^@\s]+@[^@\s]+$/.test(email)) throw badRequest('Invalid Value', 'reviewerEmails');
  return [...new Map(emails.map((email) => [email.toLowerCase(), email])).values()];
}

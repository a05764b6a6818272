/** Access that people ask for, and how that is answered. https://developers.google.com/workspace/drive/api/guides/pending-access */
import { BASE64URL } from '../../../../../src/ids.ts';
import type { Range } from '../../../../../src/range.ts';
import type { World } from '../../../../../src/world/world.ts';
import { badRequest, googleError } from '../../../errors.ts';
import { accounts } from '../../../identity/world.ts';
import { type AccessProposal, accessProposals } from '../../world/proposals.ts';
import { type FileRow, files, timestamp } from '../../world.ts';
import { atLeast, noPermission, roleOf, sameAddress, type Viewer, visibleFile } from '../access.ts';
import { mayShare } from '../capabilities.ts';
import { addPermission } from './give.ts';
import { sendLetter } from './letters.ts';

type ProposedRole = AccessProposal['rolesAndViews'][number]['role'];

const ROLES: readonly ProposedRole[] = ['writer', 'commenter', 'reader'];

export interface Resolution {
  action?: string;
  role?: string[];
  view?: string;
  sendNotification?: boolean;
}

/**
 * What a person does who has the link but not the access: asks for it. A wish that waits already is changed. Throws
 * `notFound`, `invalid` for who has that access.
 */
export function requestAccess(
  world: World,
  email: string,
  fileId: string,
  { role, message }: { role: ProposedRole; message?: string | undefined },
): AccessProposal {
  const file = world.require(files, fileId, () =>
    googleError('notFound', { message: `File not found: ${fileId}.` }),
  );
  if (atLeast(roleOf(world, file, email), role))
    throw badRequest(`${email} has access to ${file.name} already`, 'role');
  const waiting = proposalBy(world, fileId, email);
  const who = world.get(accounts, email.toLowerCase())?.name.fullName ?? email;
  for (const to of approversOf(file))
    sendLetter(world, to, {
      from: email,
      subject: `Share request for "${file.name}"`,
      text: [`${who} (${email}) is requesting access to "${file.name}".`, message]
        .filter(Boolean)
        .join('\n\n'),
      fileId,
    });
  return world.put(accessProposals, {
    fileId,
    proposalId: waiting?.proposalId ?? `AAAB${world.draw('google.proposal').chars(BASE64URL, 28)}`,
    requesterEmailAddress: email,
    recipientEmailAddress: email,
    rolesAndViews: [{ role }],
    ...(message === undefined ? {} : { requestMessage: message }),
    createTime: timestamp(world.now()),
  });
}

/** Those that wait, for who may answer them. Throws `notFound`, `insufficientFilePermissions`. */
export function proposalsOf(world: World, viewer: Viewer, fileId: string): Range<AccessProposal> {
  approver(world, viewer, fileId);
  return world.list(accessProposals, { prefix: `${fileId}/` });
}

/** Throws `notFound`, `insufficientFilePermissions`. */
export function proposalIn(world: World, viewer: Viewer, fileId: string, proposalId: string): AccessProposal {
  approver(world, viewer, fileId);
  return world.require(accessProposals, `${fileId}/${proposalId}`, () =>
    googleError('notFound', { message: `Access proposal not found: ${proposalId}.` }),
  );
}

/** Gives the access that was asked for, or another, or none. Throws `invalid`, and all that sharing is refused with. */
export function resolveProposal(
  world: World,
  viewer: Viewer,
  fileId: string,
  proposalId: string,
  { action, role = [], view, sendNotification }: Resolution,
): void {
  const proposal = proposalIn(world, viewer, fileId, proposalId);
  if (action !== 'ACCEPT' && action !== 'DENY') throw badRequest('The action is required.', 'action');
  if (view !== undefined && view !== 'published') throw badRequest('The view is not supported.', 'view');
  if (view !== undefined && !proposal.rolesAndViews.some((one) => one.view === view))
    throw badRequest('The access proposal does not belong to this view.', 'view');
  const roles = ROLES.filter((one) => role.includes(one));
  if (roles.length < new Set(role).size) throw badRequest('The role is not supported.', 'role');
  if (action === 'ACCEPT') {
    const [strongest] = roles;
    if (!strongest) throw badRequest('The role is required for the ACCEPT action.', 'role');
    const given = { type: 'user', role: strongest, emailAddress: proposal.recipientEmailAddress };
    addPermission(
      world,
      viewer,
      fileId,
      { ...given, ...(view ? { view } : {}) },
      { notify: sendNotification ?? false },
    );
  } else if (sendNotification) {
    const { name } = visibleFile(world, viewer, fileId);
    sendLetter(world, proposal.requesterEmailAddress, {
      from: viewer.email,
      subject: `Your request to access "${name}" was declined`,
      text: `You still cannot open "${name}".`,
      fileId,
    });
  }
  world.remove(accessProposals, accessProposals.key(proposal));
}

/** Goes with its file. */
export function dropProposals(world: World, fileId: string): void {
  for (const row of world.list(accessProposals, { prefix: `${fileId}/` }).toArray())
    world.remove(accessProposals, accessProposals.key(row));
}

/** Who is asked: the owner, or those who organize the shared drive. */
const approversOf = (file: FileRow): string[] =>
  file.owner
    ? [file.owner]
    : file.permissions.flatMap((one) =>
        one.role === 'organizer' && one.emailAddress ? [one.emailAddress] : [],
      );

function approver(world: World, viewer: Viewer, fileId: string): FileRow {
  const file = visibleFile(world, viewer, fileId);
  if (!mayShare(world, viewer, file)) throw noPermission(fileId);
  return file;
}

/** The wish of `email` about a file, if one waits. */
export const proposalBy = (world: World, fileId: string, email: string): AccessProposal | undefined =>
  world
    .list(accessProposals, {
      prefix: `${fileId}/`,
      where: (row) => sameAddress(row.requesterEmailAddress, email),
    })
    .first();

/** What a person does about files in Drive's own screens: shares, asks for access, answers, comments, stars, moves. */
import { ApiError } from '../../../src/error.ts';
import type { Gesture } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { gesture, shape } from '../gesture.ts';
import { accountWith } from '../identity/model/person.ts';
import { fileNamed, viewerFor } from './fileNamed.ts';
import { sameAddress } from './model/access.ts';
import { addComment, addReply, commentsOf } from './model/comment.ts';
import { updateFile } from './model/file.ts';
import { addPermission } from './model/sharing/give.ts';
import { lettersOf } from './model/sharing/letters.ts';
import { proposalBy, requestAccess, resolveProposal } from './model/sharing/proposal.ts';
import type { Comment } from './world/comments.ts';
import { type FileRow, MIME, type Role, sharedDrives } from './world.ts';

const text = { type: 'string', minLength: 1, maxLength: 1_000 } as const;
const long = { type: 'string', minLength: 1, maxLength: 30_000 } as const;
const email = { type: 'string', format: 'email' } as const;
const asked = { enum: ['reader', 'commenter', 'writer'] } as const;
type Asked = 'reader' | 'commenter' | 'writer';

export const driveGestures: Readonly<Record<string, Gesture>> = {
  share: gesture<{ file: string; with: string; role: Role; message?: string }>(
    'Gives somebody access to a file (its name or id), or within an organization the file itself.',
    shape({ file: text, with: email, role: { enum: [...asked.enum, 'owner'] }, message: long }, [
      'file',
      'with',
      'role',
    ]),
    (world, as, input) => {
      const viewer = viewerFor(world, as);
      const { id } = fileNamed(world, viewer, input.file);
      const given = { type: 'user', role: input.role, emailAddress: input.with };
      addPermission(world, viewer, id, given, { transferOwnership: true, emailMessage: input.message });
    },
  ),
  offerOwnership: gesture<{ file: string; to: string }>(
    'Asks somebody to become the owner of a file.',
    shape({ file: text, to: email }, ['file', 'to']),
    (world, as, { file, to }) => {
      const viewer = viewerFor(world, as);
      const offer = { type: 'user', role: 'writer', emailAddress: to, pendingOwner: true };
      addPermission(world, viewer, fileNamed(world, viewer, file).id, offer);
    },
  ),
  acceptOwnership: gesture<{ file: string }>(
    'Accepts the ownership of a file that was offered.',
    shape({ file: text }, ['file']),
    (world, as, { file }) => {
      const viewer = viewerFor(world, as);
      const mine = { type: 'user', role: 'owner', emailAddress: as };
      addPermission(world, viewer, fileNamed(world, viewer, file).id, mine, { transferOwnership: true });
    },
  ),
  requestAccess: gesture<{ link: string; role?: Asked; message?: string }>(
    'Follows a link to a file (or says its id) that does not open, and asks for access.',
    shape({ link: { type: 'string', minLength: 1, maxLength: 2_000 }, role: asked, message: long }, ['link']),
    (world, as, { link, role = 'reader', message }) => {
      const id = /\/(?:d|folders)\/([\w-]+)/.exec(link)?.[1] ?? /[?&]id=([\w-]+)/.exec(link)?.[1] ?? link;
      return requestAccess(world, accountWith(world, as)?.primaryEmail ?? as, id, { role, message });
    },
  ),
  answerRequest: gesture<{ file: string; from: string; allow: boolean; role?: Asked }>(
    'Answers somebody who asks for access to a file.',
    shape({ file: text, from: email, allow: { type: 'boolean' }, role: asked }, ['file', 'from', 'allow']),
    (world, as, { file, from, allow, role }) => {
      const viewer = viewerFor(world, as);
      const { id } = fileNamed(world, viewer, file);
      const proposal = proposalBy(world, id, from);
      if (!proposal) throw nothing(`nobody with the e-mail ${from} asks for access to ${file}`);
      const given = role ?? proposal.rolesAndViews[0]?.role ?? 'reader';
      const answer = allow ? { action: 'ACCEPT', role: [given] } : { action: 'DENY' };
      resolveProposal(world, viewer, id, proposal.proposalId, { ...answer, sendNotification: true });
    },
  ),
  comment: gesture<{ file: string; text: string; mention?: string; assign?: boolean; quoted?: string }>(
    'Comments on a file; somebody may be named, and given it to do.',
    shape({ file: text, text: long, mention: email, assign: { type: 'boolean' }, quoted: long }, [
      'file',
      'text',
    ]),
    (world, as, { file, text: said, mention, assign, quoted }) => {
      const viewer = viewerFor(world, as);
      const { id } = addComment(world, viewer, fileNamed(world, viewer, file).id, {
        content: mention && !said.includes(mention) ? `@${mention} ${said}` : said,
        ...(assign && mention ? { assignee: mention } : {}),
        ...(quoted ? { quotedFileContent: { mimeType: 'text/plain', value: quoted } } : {}),
      });
      return { id };
    },
  ),
  reply: gesture<{ file: string; comment: string; text: string }>(
    'Answers a comment (its text or id).',
    shape({ file: text, comment: long, text: long }, ['file', 'comment', 'text']),
    (world, as, input) => said(world, as, input, { content: input.text }),
  ),
  resolve: gesture<{ file: string; comment: string; reopen?: boolean }>(
    'Marks a comment (its text or id) as resolved, or opens it again.',
    shape({ file: text, comment: long, reopen: { type: 'boolean' } }, ['file', 'comment']),
    (world, as, input) => said(world, as, input, { action: input.reopen ? 'reopen' : 'resolve' }),
  ),
  star: gesture<{ file: string; starred?: boolean }>(
    'Puts a star on a file for themselves, or takes it off.',
    shape({ file: text, starred: { type: 'boolean' } }, ['file']),
    (world, as, { file, starred = true }) => {
      const viewer = viewerFor(world, as);
      updateFile(world, viewer, fileNamed(world, viewer, file).id, { starred });
    },
  ),
  move: gesture<{ file: string; to: string }>(
    'Moves a file to another folder or shared drive (its name or id; `root` is My Drive).',
    shape({ file: text, to: text }, ['file', 'to']),
    (world, as, { file, to }) => {
      const viewer = viewerFor(world, as);
      const moved: FileRow = fileNamed(world, viewer, file);
      const isPlace = to === 'root' || world.get(sharedDrives, to) !== undefined;
      const addParents = isPlace ? to : fileNamed(world, viewer, to, MIME.folder).id;
      updateFile(world, viewer, moved.id, {}, { addParents, removeParents: moved.parents.join(',') });
    },
  ),
  readMessages: gesture<{ limit?: number }>(
    'Reads the mails about files that they were sent, the newest first.',
    shape({ limit: { type: 'integer', minimum: 1, maximum: 200 } }, []),
    (world, as, { limit = 20 }) =>
      lettersOf(world, as)
        .slice(0, limit)
        .map(({ id: _, ...letter }) => letter),
  ),
};

/** Says something under a comment. */
function said(
  world: World,
  as: string,
  { file, comment }: { file: string; comment: string },
  input: { content?: string; action?: string },
): void {
  const viewer = viewerFor(world, as);
  const { id } = fileNamed(world, viewer, file);
  const all = commentsOf(world, viewer, id, { includeDeleted: false }).toArray();
  const found = all.filter((one: Comment) => one.id === comment || sameAddress(one.content, comment));
  const [one] = found;
  if (!one || found.length > 1) throw nothing(`${found.length} comments on ${file} say ${comment}`);
  addReply(world, viewer, id, one.id, input);
}

const nothing = (message: string) => new ApiError({ name: 'no-such-thing', status: 422, message });

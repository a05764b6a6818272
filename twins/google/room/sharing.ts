/** Who has access to a file, who asks for it, what people say about it, and the mails that told them. */
import { type Act, type Block, type Cell, plainLines, type Said } from '../../../src/room.ts';
import type { World } from '../../../src/world/world.ts';
import { effectivePermissions } from '../drive/model/sharing/effective.ts';
import { lettersOf } from '../drive/model/sharing/letters.ts';
import { type Comment, comments } from '../drive/world/comments.ts';
import { accessProposals } from '../drive/world/proposals.ts';
import { type FileRow, files, type Permission } from '../drive/world.ts';
import { groups } from '../identity/world/groups.ts';
import { accounts } from '../identity/world.ts';

const COMMENTS_SHOWN_MAX = 50;
const LETTERS_SHOWN_MAX = 50;

/** The table of who has access. */
export function sharing(world: World, permissions: readonly Permission[]): Block {
  const rows = effectivePermissions(permissions).map((one): Cell[] => [
    whom(world, one),
    one.pendingOwner ? `${one.role}, asked to be the owner` : one.role,
    [one.inheritedFrom ? 'inherited' : '', one.expirationTime ? `until ${one.expirationTime}` : '']
      .filter(Boolean)
      .join(', '),
  ]);
  return { kind: 'table', title: 'Who has access', columns: ['Who', 'As', ''], rows, empty: 'Nobody' };
}

/** Those who ask for access, with how to answer them; nothing where nobody does. */
export function requests(world: World, file: FileRow): Block[] {
  const waiting = world.list(accessProposals, { prefix: `${file.id}/` }).toArray();
  return waiting.map(({ requesterEmailAddress: from, rolesAndViews, requestMessage }) => ({
    kind: 'panel',
    title: `${from} asks for access as ${rolesAndViews.map(({ role }) => role).join(', ')}`,
    ...(requestMessage === undefined ? {} : { note: requestMessage }),
    blocks: [
      { kind: 'acts', acts: [answer('Let in', file, from, true), answer('Decline', file, from, false)] },
    ],
  }));
}

const answer = (label: string, file: FileRow, from: string, allow: boolean): Act => ({
  label,
  gesture: 'answerRequest',
  with: { file: file.id, from, allow },
  style: allow ? 'primary' : 'danger',
});

/** The comments on a file, the newest first, with what one can say to them. */
export function talk(world: World, file: FileRow): Block[] {
  const found = world
    .list(comments, {
      prefix: `${file.id}/`,
      where: (row) => !row.deleted,
      orderBy: [{ by: (row) => row.modifiedTime, descending: true }],
    })
    .toArray(COMMENTS_SHOWN_MAX);
  const messages = found.flatMap((row) => [
    spoken(world, row, [reply(file, row), resolve(file, row)], row.resolved ? ['resolved'] : []),
    ...row.replies
      .filter((one) => !one.deleted)
      .map((one) =>
        spoken(
          world,
          one,
          [],
          ['reply', ...(one.action ? [`${one.action}d`.replace('reopend', 'reopened')] : [])],
        ),
      ),
  ]);
  return [
    { kind: 'talk', title: 'Comments', messages, empty: 'No comments' },
    { kind: 'acts', acts: [commenting(file)] },
  ];
}

function spoken(
  world: World,
  row: Pick<Comment, 'id' | 'author' | 'content' | 'createdTime'>,
  acts: readonly Act[],
  marks: readonly string[],
): Said {
  const known = world.get(accounts, row.author.toLowerCase());
  return {
    id: row.id,
    author: known?.name.fullName ?? row.author,
    ...(known ? { authorTo: `person/${known.primaryEmail}` } : {}),
    at: Date.parse(row.createdTime),
    marks,
    lines: plainLines(row.content),
    acts,
  };
}

const commenting = ({ id }: FileRow): Act => ({
  label: 'Comment',
  gesture: 'comment',
  with: { file: id },
  fields: [
    { path: ['text'], label: 'Comment', type: 'long' },
    { path: ['mention'], label: 'Name somebody', type: 'person', optional: true },
  ],
});

const reply = ({ id }: FileRow, row: Comment): Act => ({
  label: 'Reply',
  gesture: 'reply',
  with: { file: id, comment: row.id },
  fields: [{ path: ['text'], label: 'Reply', type: 'long' }],
});

const resolve = ({ id }: FileRow, row: Comment): Act => ({
  label: row.resolved ? 'Reopen' : 'Resolve',
  gesture: 'resolve',
  with: { file: id, comment: row.id, reopen: row.resolved === true },
});

/** The mails about files that somebody got; nothing where there are none. */
export function mails(world: World, email: string): Block[] {
  const got = lettersOf(world, email).slice(0, LETTERS_SHOWN_MAX);
  if (got.length === 0) return [];
  const messages = got.map((one) => ({
    id: String(one.id),
    author: one.from,
    at: one.at,
    lines: [{ runs: [{ text: one.subject, bold: true }] }, ...plainLines(one.text)],
    ...(world.get(files, one.fileId) ? { more: { to: `file/${one.fileId}`, title: 'The file' } } : {}),
  }));
  return [{ kind: 'talk', title: 'Mails about files', messages }];
}

function whom(world: World, { type, emailAddress, domain }: Permission): Cell {
  if (type === 'anyone') return 'Anyone with the link';
  if (type === 'domain') return `Everybody at ${domain ?? 'the domain'}`;
  const email = emailAddress ?? '?';
  const known = world.get(accounts, email.toLowerCase());
  if (known) return { text: `${known.name.fullName} (${email})`, to: `person/${known.primaryEmail}` };
  const group = world.get(groups, email.toLowerCase());
  return group ? `${group.name} (${email}), ${group.members.length} members` : email;
}

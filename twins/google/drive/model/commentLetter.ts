/** Who is named in a comment, and who hears of it by mail. */
import type { World } from '../../../../src/world/world.ts';
import { accounts } from '../../identity/world.ts';
import type { Comment, Reply } from '../world/comments.ts';
import type { FileRow } from '../world.ts';
import { roleOf, sameAddress, type Viewer } from './access.ts';
import { sendLetter } from './sharing/letters.ts';

const MENTION = /(?<![\w.+-])[@+]([\w.%+-]+@[\w-]+(?:\.[\w-]+)+)/g;

/** Addresses that a text names by `@` or `+`, lower case, each once. */
export const mentionsIn = (text: string): string[] => [
  ...new Set([...text.matchAll(MENTION)].map(([, email = '']) => email.toLowerCase())),
];

/** Mails to the owner, to who has spoken under the comment, and to who is named; never to who speaks. */
export function tellOfComment(
  world: World,
  viewer: Viewer,
  file: FileRow,
  comment: Comment,
  said: Comment | Reply,
): void {
  const named = [...(said.mentions ?? []), ...(said.assignee ? [said.assignee] : [])];
  const all = [
    ...(file.owner ? [file.owner] : []),
    comment.author,
    ...comment.replies.map((one) => one.author),
    ...named,
  ];
  const to = [...new Set(all.map((one) => one.toLowerCase()))];
  const who = world.get(accounts, viewer.email.toLowerCase())?.name.fullName ?? viewer.email;
  for (const email of to) {
    if (sameAddress(viewer.email, email) || roleOf(world, file, email) === undefined) continue;
    const mentioned = named.some((one) => sameAddress(one, email));
    sendLetter(world, email, {
      from: viewer.email,
      subject: `${file.name} - ${who} ${mentioned ? 'mentioned you in a comment' : 'commented'}`,
      text:
        said.content ||
        `${who} ${'action' in said && said.action === 'reopen' ? 'reopened' : 'resolved'} it.`,
      fileId: file.id,
    });
  }
}

/** Mails about files that are shared, asked for and commented on. */
import { sortable } from '../../../../../src/table.ts';
import type { World } from '../../../../../src/world/world.ts';
import { peopleAt } from '../../../identity/model/group.ts';
import { accounts } from '../../../identity/world.ts';
import { LETTERS_MAX } from '../../../limits.ts';
import { type Letter, letters } from '../../world/letters.ts';
import type { Permission } from '../../world.ts';
import type { Viewer } from '../access.ts';
import type { Holder } from '../permission.ts';

const ROLE_WORDS: Partial<Record<Permission['role'], string>> = {
  owner: 'own',
  organizer: 'manage',
  fileOrganizer: 'manage the content of',
  writer: 'edit',
  commenter: 'comment on',
};

/** The mails that a person got, the newest first. */
export const lettersOf = (world: World, email: string): Letter[] =>
  world.list(letters, { index: 'to', equals: email.toLowerCase(), reverse: true }).toArray();

/** Sends a mail; the members of a group each get it. The oldest that is remembered goes where there are too many. */
export function sendLetter(
  world: World,
  to: string,
  { from, subject, text, fileId }: Pick<Letter, 'from' | 'subject' | 'text' | 'fileId'>,
): void {
  for (const one of peopleAt(world, to)) {
    const id = world.next('google.letter');
    if (id > LETTERS_MAX) world.remove(letters, sortable(id - LETTERS_MAX));
    world.insert(letters, { id, to: one, from, subject, text, fileId, at: world.now() });
  }
}

/** Tells whom something was shared with, unless they are not to be told. */
export function tellOfSharing(
  world: World,
  viewer: Viewer,
  { file, drive }: Holder,
  { type, emailAddress, role }: Permission,
  { notify, emailMessage }: { notify?: boolean | undefined; emailMessage?: string | undefined },
): void {
  if (notify === false || emailAddress === undefined || (type !== 'user' && type !== 'group')) return;
  const { id, name } = file ?? drive;
  const who = world.get(accounts, viewer.email.toLowerCase())?.name.fullName ?? viewer.email;
  sendLetter(world, emailAddress, {
    from: viewer.email,
    subject: `${drive ? 'Shared drive' : 'Item'} shared with you: "${name}"`,
    text: [
      `${who} (${viewer.email}) has invited you to ${ROLE_WORDS[role] ?? 'view'} "${name}".`,
      emailMessage,
    ]
      .filter(Boolean)
      .join('\n\n'),
    fileId: id,
  });
}

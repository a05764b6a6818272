/** Mails to people: remembered by the site, as nothing leaves the universe. */
import { sortable } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { MAILS_MAX } from '../../limits.ts';
import { type Mail, mails, type User } from '../../world.ts';

export interface Letter {
  subject: string;
  textBody: string;
  htmlBody: string;
  issueId?: string;
  from?: string;
  event?: string;
}

/** The mails that a person got, the newest first. */
export const mailsOf = (world: World, accountId: string): Mail[] =>
  world.list(mails, { index: 'to', equals: accountId, reverse: true }).toArray();

/** Sends a letter to a person; the oldest that is remembered goes where there are too many. */
export function sendMail(world: World, to: User, letter: Letter): Mail {
  const id = world.next('jira.mail');
  if (id > MAILS_MAX) world.remove(mails, sortable(id - MAILS_MAX));
  const { accountId, emailAddress } = to;
  return world.insert(mails, { id, to: { accountId }, emailAddress, ...letter, at: world.now() });
}

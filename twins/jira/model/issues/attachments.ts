/** Files that people hang on issues. */
import type { World } from '../../../../src/world/world.ts';
import { forbidden, missing, refused } from '../../errors.ts';
import {
  ATTACHMENT_BYTES_MAX,
  ATTACHMENTS_PER_ISSUE_MAX,
  FILE_NAME_CHARS_MAX,
  FILES_PER_UPLOAD_MAX,
} from '../../limits.ts';
import { type Attachment, attachments, type Issue, issues, type User } from '../../world.ts';
import { nextId } from '../ids.ts';
import { may, mayBrowse } from '../permissions/may.ts';
import { projectOf } from '../projects/projects.ts';
import { stamp } from '../time.ts';
import { happened } from '../webhooks/happened.ts';
import { tellChange } from '../webhooks/issueNews.ts';
import { touch } from './comments.ts';
import { item, record } from './history.ts';
import { mediaTypeOf } from './mediaTypes.ts';

/** A file as it was uploaded. */
export interface FileInput {
  filename: string;
  type: string;
  bytes: Uint8Array;
}

/** What programs send that do not know what a file is. */
const UNTOLD = 'application/octet-stream';

/** An issue's files, oldest first. */
export const attachmentsOf = (world: World, issueId: string): Attachment[] =>
  world
    .list(attachments, { index: 'issue', equals: issueId })
    .toArray()
    .sort((a, b) => Number(a.id) - Number(b.id));

/** 404 `The attachment with id '1' does not exist`. */
export function requireAttachment(world: World, user: User | undefined, id: string): Attachment {
  const gone = () => missing(`The attachment with id '${id}' does not exist`);
  const found = world.require(attachments, id, gone);
  const issue = world.require(issues, found.issueId, gone);
  if (!mayBrowse(world, user, issue)) throw gone();
  return found;
}

/** Hangs files on an issue; 413 for one that is too large. */
export function attach(world: World, issue: Issue, user: User, files: readonly FileInput[]): Attachment[] {
  if (!may(world, user, 'CREATE_ATTACHMENTS', projectOf(world, issue.fields.project), issue))
    throw forbidden('You do not have permission to create attachments for this issue.');
  if (files.length === 0) throw refused('badRequest', 'No file was uploaded.');
  if (files.length > FILES_PER_UPLOAD_MAX)
    throw refused('tooLarge', `At most ${FILES_PER_UPLOAD_MAX} files can be uploaded at once.`);
  if (attachmentsOf(world, issue.id).length + files.length > ATTACHMENTS_PER_ISSUE_MAX)
    throw refused('tooLarge', `An issue takes at most ${ATTACHMENTS_PER_ISSUE_MAX} attachments.`);
  const added = files.map((file) => {
    if (file.bytes.length > ATTACHMENT_BYTES_MAX)
      throw refused(
        'tooLarge',
        `The attachment ${file.filename} is larger than ${ATTACHMENT_BYTES_MAX} bytes.`,
      );
    return world.insert(attachments, {
      id: nextId(world, 'attachment'),
      issueId: issue.id,
      filename: nameOf(file),
      author: { accountId: user.accountId },
      created: stamp(world.now()),
      size: file.bytes.length,
      mimeType: file.type && file.type !== UNTOLD ? file.type : mediaTypeOf(file.filename),
      content: Buffer.from(file.bytes).toString('base64'),
    });
  });
  const lines = added.map((row) => item('Attachment', 'attachment', [null, null], [row.id, row.filename]));
  touch(world, issue);
  for (const attachment of added) happened(world, { event: 'attachment_created', user, attachment, issue });
  tellChange(world, user, record(world, issue.id, user, lines));
  return added;
}

/** The last part of the path that a browser may send; 400 for a file without a name. */
function nameOf({ filename }: FileInput): string {
  const name = filename.split(/[/\\]/).at(-1)?.trim() ?? '';
  if (name === '' || name.length > FILE_NAME_CHARS_MAX)
    throw refused('badRequest', 'The attachment must have a name of at most 255 characters.');
  return name;
}

export function removeAttachment(world: World, user: User, id: string): void {
  const row = requireAttachment(world, user, id);
  const issue = world.require(issues, row.issueId, () =>
    missing(`The attachment with id '${id}' does not exist`),
  );
  const key = row.author.accountId === user.accountId ? 'DELETE_OWN_ATTACHMENTS' : 'DELETE_ALL_ATTACHMENTS';
  if (!may(world, user, key, projectOf(world, issue.fields.project), issue))
    throw forbidden(`You do not have permission to delete attachment with id: ${id}`);
  happened(world, { event: 'attachment_deleted', user, attachment: row, issue });
  world.remove(attachments, id);
  const line = item('Attachment', 'attachment', [id, row.filename], [null, null]);
  touch(world, issue);
  tellChange(world, user, record(world, issue.id, user, [line]));
}

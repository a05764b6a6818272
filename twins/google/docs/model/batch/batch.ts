/** `documents.batchUpdate`: all requests or none. https://developers.google.com/workspace/docs/api/reference/rest/v1/documents/request */
import { LOWER36 } from '../../../../../src/ids.ts';
import type { World } from '../../../../../src/world/world.ts';
import type { Viewer } from '../../../drive/model/access.ts';
import { touchFile } from '../../../drive/model/file.ts';
import { badArgument, badField, missingPart } from '../../../errors.ts';
import { BATCH_REQUESTS_MAX } from '../../../limits.ts';
import { type DocumentRow, documents } from '../../world.ts';
import { openDocument } from '../document.ts';
import type { Job } from './job.ts';
import { KINDS, MISSING } from './kinds.ts';

export interface WriteControl {
  requiredRevisionId?: string;
  targetRevisionId?: string;
}

export type Request = Readonly<Record<string, unknown>>;

/** Does the requests in order and gives their replies. Throws 400 that names the request at fault. */
export function batchUpdate(
  world: World,
  viewer: Viewer,
  documentId: string,
  requests: readonly Request[],
  control: WriteControl,
): object[] {
  const { file, row } = openDocument(world, viewer, documentId, 'writer');
  const required = control.requiredRevisionId;
  if (required && required !== revisionId(world, row))
    throw badArgument(`The required revision ID '${required}' does not match the latest revision.`);
  if (requests.length > BATCH_REQUESTS_MAX) throw badArgument('Too many requests.');
  const job: Job = { world, viewer, file, row, asked: '', edits: [] };
  const replies = requests.map((request, nth) => perform(job, request, nth));
  if (requests.length > 0) {
    world.update(documents, documentId, { ...job.row, revision: row.revision + 1 });
    touchFile(world, viewer, file);
  }
  return replies;
}

function perform(job: Job, request: Request, nth: number): object {
  const [name, ...more] = Object.keys(request ?? {});
  if (name === undefined) throw badArgument(`Invalid requests[${nth}]: No request set.`);
  const kind = Object.hasOwn(KINDS, name) ? KINDS[name] : undefined;
  if (more.length > 0)
    throw badField(
      `Invalid value at 'requests[${nth}]' (oneof), oneof field 'request' is already set. Cannot set '${more[0]}'`,
      `requests[${nth}]`,
    );
  if (!kind && MISSING.has(name)) throw missingPart(`docs.documents.batchUpdate:${name}`);
  if (!kind)
    throw badField(
      `Invalid JSON payload received. Unknown name "${name}" at 'requests[${nth}]': Cannot find field.`,
      `requests[${nth}]`,
    );
  job.asked = `requests[${nth}].${name}`;
  const reply = kind(job, (request[name] ?? {}) as never);
  return reply ? { [name]: reply } : {};
}

/** An opaque name of the present state; it is different after every change. */
export const revisionId = (world: World, row: DocumentRow): string =>
  `AFwiY1${world.drawFor('google.documentRevision', row.documentId, row.revision).chars(`${LOWER36}ABCDEFGHIJ-_`, 100)}`;

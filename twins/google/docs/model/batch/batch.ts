/** `documents.batchUpdate`: all requests or none. https://developers.google.com/workspace/docs/api/reference/rest/v1/documents/request */
import { LOWER36 } from '../../../../../src/ids.ts';
import type { World } from '../../../../../src/world/world.ts';
import type { Viewer } from '../../../drive/model/access.ts';
import { touchFile } from '../../../drive/model/file.ts';
import { badArgument, badField, missingPart } from '../../../errors.ts';
import { BATCH_REQUESTS_MAX } from '../../../limits.ts';
import { type DocumentRow, documents } from '../../world.ts';
import { openDocument } from '../document.ts';
import { type Affected, type Job, nothingAffected } from './job.ts';
import { KINDS } from './kinds.ts';
import { asSuggestion, isTalk } from './suggest.ts';

export interface WriteControl {
  requiredRevisionId?: string;
  targetRevisionId?: string;
  writeMode?: string;
}

export type Request = Readonly<Record<string, unknown>>;

/** What a batch did: a reply for each request, and what each did to suggestions. */
export interface Outcome {
  readonly replies: readonly object[];
  readonly affected: readonly Affected[];
}

/**
 * Does the requests in order. Throws 400 that names the request at fault, `forbidden` for those who may not: to suggest
 * takes a commenter, to edit a writer.
 */
export function batchUpdate(
  world: World,
  viewer: Viewer,
  documentId: string,
  requests: readonly Request[],
  control: WriteControl,
): Outcome {
  const suggests = control.writeMode === 'SUGGEST';
  const onlyTalk =
    requests.length > 0 && requests.every((request) => isTalk(Object.keys(request ?? {})[0] ?? ''));
  const { file, row } = openDocument(
    world,
    viewer,
    documentId,
    suggests || onlyTalk ? 'commenter' : 'writer',
  );
  const required = control.requiredRevisionId;
  if (required && required !== revisionId(world, row))
    throw badArgument(`The required revision ID '${required}' does not match the latest revision.`);
  if (requests.length > BATCH_REQUESTS_MAX) throw badArgument('Too many requests.');
  const job: Job = { world, viewer, file, row, asked: '', edits: [], suggests, affected: nothingAffected() };
  const affected: Affected[] = [];
  const replies = requests.map((request, nth) => {
    job.affected = nothingAffected();
    affected.push(job.affected);
    return perform(job, request, nth);
  });
  if (job.row !== row) {
    world.update(documents, documentId, { ...job.row, revision: row.revision + 1 });
    touchFile(world, viewer, file);
  }
  return { replies, affected };
}

function perform(job: Job, request: Request, nth: number): object {
  const [name, ...more] = Object.keys(request ?? {});
  if (name === undefined) throw badArgument(`Invalid requests[${nth}]: No request set.`);
  if (more.length > 0)
    throw badField(
      `Invalid value at 'requests[${nth}]' (oneof), oneof field 'request' is already set. Cannot set '${more[0]}'`,
      `requests[${nth}]`,
    );
  const kind = Object.hasOwn(KINDS, name) ? KINDS[name] : undefined;
  if (!kind) throw missingPart(`docs.documents.batchUpdate:${name}`);
  job.asked = `requests[${nth}].${name}`;
  const done = job.suggests ? asSuggestion(job, name, kind) : kind;
  const reply = done(job, (request[name] ?? {}) as never);
  return reply ? { [name]: reply } : {};
}

/** An opaque name of the present state; it is different after every change. */
export const revisionId = (world: World, row: DocumentRow): string =>
  `AFwiY1${world.drawFor('google.documentRevision', row.documentId, row.revision).chars(`${LOWER36}ABCDEFGHIJ-_`, 100)}`;

/** `documents.batchUpdate`: all requests or none. https://developers.google.com/workspace/docs/api/reference/rest/v1/documents/request */
import { BASE64URL } from '../../../../../src/ids.ts';
import type { World } from '../../../../../src/world/world.ts';
import type { Viewer } from '../../../drive/model/access.ts';
import { touchFile } from '../../../drive/model/file.ts';
import { badArgument, missingPart } from '../../../errors.ts';
import { BATCH_REQUESTS_MAX } from '../../../limits.ts';
import type { Edit } from '../../world/edits.ts';
import { type DocumentRow, documents } from '../../world.ts';
import { openDocument } from '../document.ts';
import { type Affected, type Job, nothingAffected, type Where } from './job.ts';
import { KINDS } from './kinds.ts';
import { checkOneofs } from './oneofs.ts';
import { carriedOver, deletionPieces, editsSince, keepEdits, ownEdits, rebased } from './rebase.ts';
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
  const nameOf = (revision: number) => revisionId(world, { ...row, revision });
  const since = control.targetRevisionId ? editsSince(world, row, control.targetRevisionId, nameOf) : [];
  const outcome = performAll(job, requests, since);
  if (job.row !== row) {
    const revision = row.revision + 1;
    world.update(documents, documentId, { ...job.row, revision });
    keepEdits(world, documentId, revision, job.edits);
    touchFile(world, viewer, file);
  }
  return outcome;
}

/** Every request finds the document as those before left it, and as others did `since` it was written. */
function performAll(job: Job, requests: readonly Request[], since: readonly Edit[]): Outcome {
  const affected: Affected[] = [];
  let others = since;
  const replies = requests.map((request, nth) => {
    job.affected = nothingAffected();
    affected.push(job.affected);
    if (others.length === 0) return perform(job, request, nth);
    const known = job.edits.length;
    const tabId = job.row.tabs[0]?.tabId ?? '';
    let reply = {};
    for (const one of meantBy(request, others, tabId)) reply = perform(job, one, nth);
    others = carriedOver(others, ownEdits(request, job.edits.slice(known), others, tabId));
    return reply;
  });
  return { replies, affected };
}

/** A request as it is meant behind the edits of others: one, none where all is gone, or a deletion in pieces. */
function meantBy(request: Request, others: readonly Edit[], tabId: string): Request[] {
  const { range } = (request.deleteContentRange ?? {}) as { range?: Where };
  const some = (range?.startIndex ?? 0) < (range?.endIndex ?? 0);
  if (range && some && Object.keys(request).length === 1)
    return deletionPieces(range, others, tabId).map((piece) => ({ deleteContentRange: { range: piece } }));
  const meant = rebased(request, others, tabId) as Request | undefined;
  return meant ? [meant] : [];
}

function perform(job: Job, request: Request, nth: number): object {
  const [name] = Object.keys(request ?? {});
  if (name === undefined) throw badArgument(`Invalid requests[${nth}]: No request set.`);
  const kind = Object.hasOwn(KINDS, name) ? KINDS[name] : undefined;
  if (!kind) throw missingPart(`docs.documents.batchUpdate:${name}`);
  job.asked = `requests[${nth}].${name}`;
  checkOneofs(job, (request[name] ?? {}) as object);
  const done = job.suggests ? asSuggestion(job, name, kind) : kind;
  const reply = done(job, (request[name] ?? {}) as never);
  return reply ? { [name]: reply } : {};
}

/** An opaque name of the present state; it is different after every change. */
export function revisionId(world: World, { documentId, epoch, revision }: DocumentRow): string {
  const drawn = world.drawFor('google.documentRevision', documentId, epoch, revision);
  return `AFwiY1${drawn.chars(BASE64URL, 100)}`;
}

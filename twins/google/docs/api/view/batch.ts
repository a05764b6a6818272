/** What `documents.batchUpdate` answers. https://developers.google.com/workspace/docs/api/reference/rest/v1/documents/batchUpdate */
import type { World } from '../../../../../src/world/world.ts';
import { type Outcome, revisionId, type WriteControl } from '../../model/batch/batch.ts';
import type { Affected } from '../../model/batch/job.ts';
import type { DocumentRow } from '../../world.ts';

/** Suggestions and comments are told of in batches that have to do with them. */
export function outcomeView(
  world: World,
  row: DocumentRow,
  { replies, affected }: Outcome,
  control: WriteControl,
): Record<string, unknown> {
  const answer = {
    replies,
    writeControl: { requiredRevisionId: revisionId(world, row) },
    documentId: row.documentId,
  };
  const suggested = affected.map(affectedView);
  const talked =
    affected.some(({ comments }) => comments) || suggested.some((one) => Object.keys(one).length > 0);
  if (!talked && control.writeMode === undefined) return answer;
  return {
    ...answer,
    suggestionResponses: suggested,
    commentUpdateState: talked ? 'ALL_SAVED' : 'NO_UPDATES_REQUESTED',
  };
}

function affectedView({ created, updated, accepted, rejected, deleted }: Affected): Record<string, unknown> {
  const lists = {
    createdSuggestionIds: created,
    updatedSummarySuggestionIds: updated,
    acceptedSuggestionIds: accepted,
    rejectedSuggestionIds: rejected,
    deletedSuggestionIds: deleted,
  };
  return Object.fromEntries(
    Object.entries(lists).flatMap(([name, ids]) => (ids.size > 0 ? [[name, [...ids]]] : [])),
  );
}

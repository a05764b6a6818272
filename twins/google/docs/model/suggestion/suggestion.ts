/** The life of a suggestion: made by an edit, taken up, dropped, talked about. */
import { BASE64URL } from '../../../../../src/ids.ts';
import type { World } from '../../../../../src/world/world.ts';
import { atLeast, roleOf } from '../../../drive/model/access.ts';
import { timestamp } from '../../../drive/world.ts';
import { googleError } from '../../../errors.ts';
import { OBJECT } from '../../world/content.ts';
import { type Suggestion, type SuggestionPost, suggestions } from '../../world/suggestions.ts';
import { type Job, newId, putContent, segmentOf, segmentsOf, tabOf } from '../batch/job.ts';
import { pruneTab } from '../batch/prune.ts';
import { markedText } from './mark.ts';
import { resolved } from './resolve.ts';

/** The open suggestion of that id. Throws 404. */
export function suggestionIn(job: Job, suggestionId: string | undefined): Suggestion {
  const row = job.world.get(suggestions, `${job.row.documentId}/${suggestionId}`);
  if (!row) throw missingSuggestion(suggestionId);
  return row;
}

/** A new suggestion of the caller's. */
export function newSuggestion(job: Job, tabId: string): Suggestion {
  const now = timestamp(job.world.now());
  return job.world.insert(suggestions, {
    documentId: job.row.documentId,
    suggestionId: newId(job, 'suggest'),
    tabId,
    author: job.viewer.email,
    status: 'OPEN',
    postId: newPostId(job),
    createTime: now,
    updateTime: now,
    summary: '',
    replies: [],
  });
}

/** Says anew what a suggestion would change. */
export function summarize(job: Job, suggestionId: string): void {
  const row = suggestionIn(job, suggestionId);
  const contents = segmentsOf(tabOf(job, row.tabId)).map(({ content }) => content);
  const { added, deleted, restyled } = markedText(contents, suggestionId);
  const quoted = (text: string) => `“${text.replaceAll(OBJECT, '').replace(/\n/g, ' ').trim()}”`;
  const summary =
    added && deleted
      ? `Replace: ${quoted(deleted)} with ${quoted(added)}`
      : added
        ? `Add: ${quoted(added)}`
        : deleted
          ? `Delete: ${quoted(deleted)}`
          : restyled
            ? 'Format'
            : row.summary;
  job.world.update(suggestions, suggestions.key(row), { summary, updateTime: timestamp(job.world.now()) });
}

/** Takes a suggestion up or drops it. Throws 404, 403 for those who may not. */
export function resolveSuggestion(job: Job, suggestionId: string | undefined, accept: boolean): Suggestion {
  const row = suggestionIn(job, suggestionId);
  const editor = atLeast(roleOf(job.world, job.file, job.viewer.email), 'writer');
  const own = row.author === job.viewer.email;
  if (!editor && (accept || !own)) throw googleError('forbidden');
  if (row.status !== 'OPEN') throw missingSuggestion(suggestionId);
  resolveMarks(job, row, accept);
  const post: SuggestionPost = { ...newPost(job, ''), suggestionAction: accept ? 'ACCEPT' : 'REJECT' };
  return job.world.update(suggestions, suggestions.key(row), {
    status: accept ? 'ACCEPTED' : 'REJECTED',
    replies: [...row.replies, post],
  });
}

/** Takes a suggestion away with all that was said about it; only its author may. Throws 404, 403. */
export function deleteSuggestion(job: Job, suggestionId: string | undefined): Suggestion {
  const row = suggestionIn(job, suggestionId);
  if (row.author !== job.viewer.email) throw googleError('forbidden');
  if (row.status === 'OPEN') resolveMarks(job, row, false);
  job.world.remove(suggestions, suggestions.key(row));
  return row;
}

/** Ids of the suggestions of a document that wait for somebody. */
export const openSuggestions = (world: World, documentId: string): string[] =>
  world
    .list(suggestions, { prefix: `${documentId}/`, where: ({ status }) => status === 'OPEN' })
    .toArray()
    .map(({ suggestionId }) => suggestionId);

/** A document's suggestions go with it. */
export function dropSuggestions(world: World, documentId: string): void {
  for (const row of world.list(suggestions, { prefix: `${documentId}/` }).toArray())
    world.remove(suggestions, suggestions.key(row));
}

/** A post by the caller. */
export function newPost(job: Job, content: string): SuggestionPost {
  const now = timestamp(job.world.now());
  return { postId: newPostId(job), author: job.viewer.email, content, createTime: now, updateTime: now };
}

const newPostId = (job: Job): string => `AAAB${job.world.draw('google.comment').chars(BASE64URL, 7)}`;

const missingSuggestion = (id: string | undefined): Error =>
  googleError('notFound', { message: `Suggestion with ID ${id} does not exist.` });

function resolveMarks(job: Job, { suggestionId: id, tabId }: Suggestion, accept: boolean): void {
  if (!job.row.tabs.some((tab) => tab.tabId === tabId)) return;
  for (const { segmentId } of segmentsOf(tabOf(job, tabId))) {
    const segment = segmentOf(job, { tabId, segmentId });
    const { content, edits } = resolved(segment.content, { id, accept });
    putContent(job, segment, content, edits);
  }
  pruneTab(job, tabId);
}

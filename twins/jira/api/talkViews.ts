/** Comments, worklogs, changelogs and files as answers show them. */

import { prettyWork, timeTrackingOf } from '../model/issues/timeTracking.ts';
import { personOf } from '../model/people/people.ts';
import { propertiesOf } from '../model/properties.ts';
import { htmlFromDocument } from '../model/text/html.ts';
import { showRichText } from '../model/text/richText.ts';
import type { Attachment, Comment, History, Worklog } from '../world.ts';
import type { Address } from './address.ts';
import { avatarsOf, personView } from './peopleView.ts';

type Json = Record<string, unknown>;

/** A comment; `expand` may ask for `renderedBody` and `properties`. */
export const commentView = (at: Address, comment: Comment, expand: readonly string[] = []): Json => ({
  self: `${at.rest}/issue/${comment.issueId}/comment/${comment.id}`,
  id: comment.id,
  author: personView(at, comment.author),
  body: showRichText(comment.body, comment.wiki, at.form),
  ...(expand.includes('renderedBody') ? { renderedBody: htmlFromDocument(comment.body, at.site) } : {}),
  updateAuthor: personView(at, comment.updateAuthor),
  created: at.date(comment.created),
  updated: at.date(comment.updated),
  ...(comment.visibility ? { visibility: comment.visibility } : {}),
  jsdPublic: comment.jsdPublic,
  ...(expand.includes('properties') ? { properties: propertyPairs(at, 'comment', comment.id) } : {}),
});

/** A piece of logged work; `expand` may ask for `properties`. */
export const worklogView = (at: Address, worklog: Worklog, expand: readonly string[] = []): Json => ({
  self: `${at.rest}/issue/${worklog.issueId}/worklog/${worklog.id}`,
  author: personView(at, worklog.author),
  updateAuthor: personView(at, worklog.updateAuthor),
  ...(worklog.comment ? { comment: showRichText(worklog.comment, worklog.wiki, at.form) } : {}),
  created: at.date(worklog.created),
  updated: at.date(worklog.updated),
  started: at.date(worklog.started),
  timeSpent: prettyWork(worklog.timeSpentSeconds, timeTrackingOf(at.world)),
  timeSpentSeconds: worklog.timeSpentSeconds,
  ...(worklog.visibility ? { visibility: worklog.visibility } : {}),
  id: worklog.id,
  issueId: worklog.issueId,
  ...(worklog.visibility ? { visibility: worklog.visibility } : {}),
  ...(expand.includes('properties') ? { properties: propertyPairs(at, 'worklog', worklog.id) } : {}),
});

const propertyPairs = (at: Address, entity: 'comment' | 'worklog', id: string): Json[] =>
  propertiesOf(at.world, entity, id).map(({ key, value }) => ({ key, value }));

/** One change of an issue. */
export function historyView(at: Address, history: History): Json {
  const author = personOf(at.world, history.author);
  return {
    id: history.id,
    ...(author ? { author: { ...personView(at, author), avatarUrls: avatarsOf(author) } } : {}),
    created: at.date(history.created),
    items: history.items.map((line) => ({ ...line })),
    ...(history.historyMetadata ? { historyMetadata: history.historyMetadata } : {}),
  };
}

/** A file on an issue. */
export const attachmentView = (at: Address, file: Attachment): Json => ({
  self: `${at.rest}/attachment/${file.id}`,
  id: file.id,
  filename: file.filename,
  author: personView(at, file.author),
  created: at.date(file.created),
  size: file.size,
  mimeType: file.mimeType,
  content: `${at.rest}/attachment/content/${file.id}`,
  ...(file.mimeType.startsWith('image/') ? { thumbnail: `${at.rest}/attachment/thumbnail/${file.id}` } : {}),
});

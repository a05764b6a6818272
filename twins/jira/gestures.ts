/** What people do in Jira's own screens: file an issue, drag a card, comment, log work, assign, edit. */

import type { Gesture } from '../../src/twin.ts';
import { appGestures } from './gestures/apps.ts';
import { gesture, person, shape } from './gestures/gesture.ts';
import { withMentions } from './gestures/mentions.ts';
import { softwareGestures } from './gestures/software.ts';
import { addComment } from './model/issues/comments.ts';
import { BY_ITSELF } from './model/issues/estimates.ts';
import { requireIssue } from './model/issues/issueNamed.ts';
import { assignIssue, createIssue, editIssue } from './model/issues/issues.ts';
import { addWorklog } from './model/issues/worklogs.ts';
import { mailsOf } from './model/site/mail.ts';
import { transitionIssue, transitionTo } from './model/workflows/workflow.ts';

const text = { type: 'string', minLength: 1, maxLength: 32_767 } as const;
const name = { type: 'string', minLength: 1, maxLength: 255 } as const;

export const gestures: Readonly<Record<string, Gesture>> = {
  create: gesture<{ project: string; type: string; summary: string; description?: string }>(
    'Files an issue through the Create button.',
    shape({ project: name, type: name, summary: name, description: text }, ['project', 'type', 'summary']),
    (world, user, { project, type, summary, description }) => {
      const fields = { project: { key: project }, issuetype: { name: type }, summary };
      const issue = createIssue(
        world,
        user,
        { fields: { ...fields, ...(description ? { description } : {}) } },
        'wiki',
      );
      return { id: issue.id, key: issue.key };
    },
  ),
  move: gesture<{ issue: string; to: string }>(
    'Drags a card to the column of a status.',
    shape({ issue: name, to: name }, ['issue', 'to']),
    (world, user, { issue: key, to }) => {
      const issue = requireIssue(world, key);
      const transition = { id: transitionTo(world, issue, user, to).id };
      return { key: transitionIssue(world, issue, user, { transition }, 'wiki').key };
    },
  ),
  comment: gesture<{ issue: string; text: string }>(
    'Writes a comment on an issue; an e-mail behind an @ mentions a person.',
    shape({ issue: name, text }, ['issue', 'text']),
    (world, user, { issue, text: body }) => ({
      id: addComment(world, requireIssue(world, issue), user, { body: withMentions(world, body) }, 'wiki').id,
    }),
  ),
  assign: gesture<{ issue: string; to: string | null }>(
    'Gives an issue to a person (an e-mail), or to nobody.',
    shape({ issue: name, to: { anyOf: [name, { type: 'null' }] } }, ['issue', 'to']),
    (world, user, { issue, to }) => {
      const value = to === null ? null : { accountId: person(world, to).accountId };
      return { key: assignIssue(world, requireIssue(world, issue), user, value).key };
    },
  ),
  edit: gesture<{ issue: string; fields: Record<string, unknown> }>(
    'Changes fields of an issue.',
    shape({ issue: name, fields: { type: 'object', minProperties: 1, maxProperties: 100 } }, [
      'issue',
      'fields',
    ]),
    (world, user, { issue, fields }) => ({
      key: editIssue(world, requireIssue(world, issue), user, { fields }, 'wiki').key,
    }),
  ),
  logWork: gesture<{ issue: string; time: string; comment?: string }>(
    'Writes down work on an issue, as `2h 30m`.',
    shape({ issue: name, time: name, comment: text }, ['issue', 'time']),
    (world, user, { issue, time: timeSpent, comment }) => {
      const input = { timeSpent, ...(comment === undefined ? {} : { comment }) };
      const work = addWorklog(world, requireIssue(world, issue), user, input, 'wiki', BY_ITSELF);
      return { id: work.id };
    },
  ),
  readMessages: gesture<{ limit?: number }>(
    'Reads the mails that they were sent, the newest first.',
    shape({ limit: { type: 'integer', minimum: 1, maximum: 200 } }, []),
    (world, user, { limit = 20 }) =>
      mailsOf(world, user.accountId)
        .slice(0, limit)
        .map(({ id: _, to: __, emailAddress, ...mail }) => ({ to: emailAddress, ...mail })),
  ),
  ...softwareGestures,
  ...appGestures,
};

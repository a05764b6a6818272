/** Epics of the agile API. */
import { type Call, type Endpoint, endpoint } from '../../../src/twin.ts';
import { issuesByRank } from '../model/software/boardIssues.ts';
import { hasNoEpic, issuesOfEpic, moveToEpic, requireEpic, updateEpic } from '../model/software/epics.ts';
import { rankIssues } from '../model/software/ranking.ts';
import type { Issue } from '../world.ts';
import { addressOf, agileDoc, bodyObject, caller } from './address.ts';
import { issueListEndpoints } from './agilePages.ts';
import { epicView } from './agileViews.ts';

const moves = { status: 204, traits: { emptyType: 'text/html;charset=UTF-8' } };

/** The epic that a path names, where the caller sees it. */
const epicAt = (call: Call): Issue =>
  requireEpic(call.world, addressOf(call).me, call.params.epicIdOrKey as string);

export const epicEndpoints: Endpoint[] = [
  ...issueListEndpoints({
    id: 'getIssuesWithoutEpic',
    path: 'epic/none/issue',
    group: 'epic',
    rows: (call) => issuesByRank(call.world, addressOf(call).me, (issue) => hasNoEpic(call.world, issue)),
  }),
  endpoint(
    {
      id: 'removeIssuesFromEpic',
      route: 'POST /rest/agile/1.0/epic/none/issue',
      ...moves,
      doc: agileDoc('epic', 'epic-none-issue-post'),
    },
    (call) => moveToEpic(call.world, caller(call), bodyObject(call).issues, undefined),
  ),
  endpoint(
    {
      id: 'getEpic',
      route: 'GET /rest/agile/1.0/epic/{epicIdOrKey}',
      doc: agileDoc('epic', 'epic-epicidorkey-get'),
    },
    (call) => epicView(addressOf(call), epicAt(call)),
  ),
  endpoint(
    {
      id: 'partiallyUpdateEpic',
      route: 'POST /rest/agile/1.0/epic/{epicIdOrKey}',
      doc: agileDoc('epic', 'epic-epicidorkey-post'),
    },
    (call) => epicView(addressOf(call), updateEpic(call.world, caller(call), epicAt(call), bodyObject(call))),
  ),
  ...issueListEndpoints({
    id: 'getIssuesForEpic',
    path: 'epic/{epicIdOrKey}/issue',
    group: 'epic',
    rows: (call) => issuesOfEpic(call.world, addressOf(call).me, epicAt(call)),
  }),
  endpoint(
    {
      id: 'moveIssuesToEpic',
      route: 'POST /rest/agile/1.0/epic/{epicIdOrKey}/issue',
      ...moves,
      doc: agileDoc('epic', 'epic-epicidorkey-issue-post'),
    },
    (call) => moveToEpic(call.world, caller(call), bodyObject(call).issues, epicAt(call)),
  ),
  endpoint(
    {
      id: 'rankEpics',
      route: 'PUT /rest/agile/1.0/epic/{epicIdOrKey}/rank',
      ...moves,
      doc: agileDoc('epic', 'epic-epicidorkey-rank-put'),
    },
    (call) => {
      const { rankBeforeEpic, rankAfterEpic, rankCustomFieldId } = bodyObject(call);
      for (const anchor of [rankBeforeEpic, rankAfterEpic])
        if (typeof anchor === 'string') requireEpic(call.world, caller(call), anchor);
      const input = { rankBeforeIssue: rankBeforeEpic, rankAfterIssue: rankAfterEpic, rankCustomFieldId };
      rankIssues(call.world, caller(call), [epicAt(call).id], input);
    },
  ),
];

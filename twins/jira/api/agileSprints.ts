/** Sprints of the agile API. */
import { type Call, type Endpoint, endpoint } from '../../../src/twin.ts';
import { refused } from '../errors.ts';
import { rankIssues } from '../model/software/ranking.ts';
import { deleteSprint, issuesOfSprint, moveToSprint } from '../model/software/sprintMoves.ts';
import { createSprint, requireSprint, swapSprints, updateSprint } from '../model/software/sprints.ts';
import type { Sprint } from '../world.ts';
import { addressOf, agileDoc, bodyObject, caller } from './address.ts';
import { issueListEndpoints } from './agilePages.ts';
import { sprintView } from './agileViews.ts';

const moves = { status: 204, traits: { emptyType: 'text/html;charset=UTF-8' } };

/** The sprint that a path names, where the caller sees it. */
const sprintAt = (call: Call): Sprint =>
  requireSprint(call.world, addressOf(call).me, call.params.sprintId as string);

export const sprintEndpoints: Endpoint[] = [
  endpoint(
    {
      id: 'createSprint',
      route: 'POST /rest/agile/1.0/sprint',
      status: 201,
      doc: agileDoc('sprint', 'sprint-post'),
    },
    (call) => sprintView(addressOf(call), createSprint(call.world, caller(call), bodyObject(call))),
  ),
  endpoint(
    {
      id: 'getSprint',
      route: 'GET /rest/agile/1.0/sprint/{sprintId}',
      doc: agileDoc('sprint', 'sprint-sprintid-get'),
    },
    (call) => sprintView(addressOf(call), sprintAt(call)),
  ),
  endpoint(
    {
      id: 'partiallyUpdateSprint',
      route: 'POST /rest/agile/1.0/sprint/{sprintId}',
      doc: agileDoc('sprint', 'sprint-sprintid-post'),
    },
    (call) => changed(call, true),
  ),
  endpoint(
    {
      id: 'updateSprint',
      route: 'PUT /rest/agile/1.0/sprint/{sprintId}',
      doc: agileDoc('sprint', 'sprint-sprintid-put'),
    },
    (call) => changed(call, false),
  ),
  endpoint(
    {
      id: 'deleteSprint',
      route: 'DELETE /rest/agile/1.0/sprint/{sprintId}',
      status: 204,
      doc: agileDoc('sprint', 'sprint-sprintid-delete'),
    },
    (call) => deleteSprint(call.world, caller(call), sprintAt(call)),
  ),
  ...issueListEndpoints({
    id: 'getIssuesForSprint',
    path: 'sprint/{sprintId}/issue',
    group: 'sprint',
    rows: (call) => issuesOfSprint(call.world, addressOf(call).me, sprintAt(call)),
  }),
  endpoint(
    {
      id: 'moveIssuesToSprintAndRank',
      route: 'POST /rest/agile/1.0/sprint/{sprintId}/issue',
      ...moves,
      doc: agileDoc('sprint', 'sprint-sprintid-issue-post'),
    },
    (call) => {
      const input = bodyObject(call);
      moveToSprint(call.world, caller(call), input.issues, sprintAt(call));
      if (input.rankBeforeIssue ?? input.rankAfterIssue)
        rankIssues(call.world, caller(call), input.issues, input);
    },
  ),
  endpoint(
    {
      id: 'swapSprint',
      route: 'POST /rest/agile/1.0/sprint/{sprintId}/swap',
      ...moves,
      doc: agileDoc('sprint', 'sprint-sprintid-swap-post'),
    },
    (call) => {
      const { sprintToSwapWith } = bodyObject(call);
      if (!Number.isInteger(sprintToSwapWith)) throw refused('badRequest');
      const other = requireSprint(call.world, caller(call), String(sprintToSwapWith));
      swapSprints(call.world, caller(call), sprintAt(call), other);
    },
  ),
];

function changed(call: Call, partial: boolean): unknown {
  const sprint = updateSprint(call.world, caller(call), sprintAt(call), bodyObject(call), partial);
  return sprintView(addressOf(call), sprint);
}

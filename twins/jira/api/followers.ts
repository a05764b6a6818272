/** Watchers and votes. */
import { type Call, endpoint } from '../../../src/twin.ts';
import { refused } from '../errors.ts';
import { followersOf, follows, unvote, unwatch, vote, watch, watchedOf } from '../model/issues/followers.ts';
import { requireIssue } from '../model/issues/issueNamed.ts';
import { may } from '../model/permissions/may.ts';
import { projectOf } from '../model/projects/projects.ts';
import { votes, watchers } from '../world.ts';
import { addressOf, bodyObject, caller, doc } from './address.ts';
import { personView } from './peopleView.ts';

const issueOf = (call: Call) => requireIssue(call.world, call.params.issueIdOrKey as string);

/** The people who follow an issue in one way: how many, and who, for those who may know. */
function followersView(call: Call, kind: typeof watchers, path: string) {
  const at = addressOf(call);
  const issue = issueOf(call);
  const followers = followersOf(call.world, kind, issue.id);
  const me = at.me?.accountId ?? '';
  const project = projectOf(call.world, issue.fields.project);
  const all = may(call.world, at.me, 'VIEW_VOTERS_AND_WATCHERS', project, issue);
  const people = followers
    .filter(({ accountId }) => all || (kind === watchers && accountId === me))
    .map((person) => personView(at, person));
  const self = `${at.rest}/issue/${call.params.issueIdOrKey}/${path}`;
  return { self, mine: follows(call.world, kind, issue.id, me), count: followers.length, people };
}

export const followerEndpoints = [
  endpoint(
    {
      id: 'getIssueWatchers',
      route: 'GET /rest/api/3/issue/{issueIdOrKey}/watchers',
      doc: doc('issue-watchers', 'issue-issueidorkey-watchers-get'),
    },
    (call) => {
      const { self, mine, count, people } = followersView(call, watchers, 'watchers');
      return { self, isWatching: mine, watchCount: count, watchers: people };
    },
  ),
  endpoint(
    {
      id: 'addWatcher',
      route: 'POST /rest/api/3/issue/{issueIdOrKey}/watchers',
      status: 204,
      doc: doc('issue-watchers', 'issue-issueidorkey-watchers-post'),
    },
    (call) =>
      watch(call.world, issueOf(call), caller(call), call.input ?? call.query.get('accountId') ?? undefined),
  ),
  endpoint(
    {
      id: 'removeWatcher',
      route: 'DELETE /rest/api/3/issue/{issueIdOrKey}/watchers',
      status: 204,
      doc: doc('issue-watchers', 'issue-issueidorkey-watchers-delete'),
    },
    (call) => unwatch(call.world, issueOf(call), caller(call), call.query.get('accountId')),
  ),
  endpoint(
    {
      id: 'getIsWatchingIssueBulk',
      route: 'POST /rest/api/3/issue/watching',
      doc: doc('issue-watchers', 'issue-watching-post'),
    },
    (call) => {
      const { issueIds } = bodyObject(call);
      if (!Array.isArray(issueIds)) throw refused('badRequest');
      return { issuesIsWatching: watchedOf(call.world, caller(call), issueIds.map(String)) };
    },
  ),
  endpoint(
    {
      id: 'getVotes',
      route: 'GET /rest/api/3/issue/{issueIdOrKey}/votes',
      doc: doc('issue-votes', 'issue-issueidorkey-votes-get'),
    },
    (call) => {
      const { self, mine, count, people } = followersView(call, votes, 'votes');
      return { self, votes: count, hasVoted: mine, voters: people };
    },
  ),
  endpoint(
    {
      id: 'addVote',
      route: 'POST /rest/api/3/issue/{issueIdOrKey}/votes',
      status: 204,
      doc: doc('issue-votes', 'issue-issueidorkey-votes-post'),
    },
    (call) => vote(call.world, issueOf(call), caller(call)),
  ),
  endpoint(
    {
      id: 'removeVote',
      route: 'DELETE /rest/api/3/issue/{issueIdOrKey}/votes',
      status: 204,
      doc: doc('issue-votes', 'issue-issueidorkey-votes-delete'),
    },
    (call) => unvote(call.world, issueOf(call), caller(call)),
  ),
];

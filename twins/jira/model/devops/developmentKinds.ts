/** The forms of development information: repositories, commits, branches, pull requests. */
import type { Kind } from './kinds.ts';
import { associations, count, link, many, OF_ISSUES, one, type Shape, shape, text, whole } from './shape.ts';

const issueKeys = many({ type: 'string' }, 500);
const moment = text(64);

const author = shape({
  name: text(),
  email: text(),
  username: text(),
  url: text(2000),
  avatar: text(2000),
});

const commit: Record<string, Shape> = {
  'id!': text(1024),
  issueKeys,
  associations: associations(OF_ISSUES),
  'updateSequenceId!': whole,
  hash: text(),
  flags: many(one('MERGE_COMMIT'), 1, 0),
  'message!': text(1024),
  'author!': author,
  'fileCount!': count,
  'url!': link(),
  files: many(
    shape({
      'path!': text(1024),
      'url!': link(),
      'changeType!': one('ADDED', 'COPIED', 'DELETED', 'MODIFIED', 'MOVED', 'UNKNOWN'),
      'linesAdded!': count,
      'linesRemoved!': count,
    }),
    10,
    0,
  ),
  'authorTimestamp!': moment,
  'displayId!': text(),
};

const byId = ({ id }: Readonly<Record<string, unknown>>): unknown[] => [id];
const entity = { max: 400, idOf: byId, sequence: 'updateSequenceId', needs: 'association' } as const;

export const COMMIT: Kind = { ...entity, kind: 'commit', list: 'commits', form: shape(commit) };

export const BRANCH: Kind = {
  ...entity,
  kind: 'branch',
  list: 'branches',
  form: shape({
    'id!': text(1024),
    issueKeys,
    associations: associations(OF_ISSUES),
    'updateSequenceId!': whole,
    'name!': text(512),
    'lastCommit!': shape(commit),
    createPullRequestUrl: text(2000),
    'url!': text(2000),
  }),
};

export const PULL_REQUEST: Kind = {
  ...entity,
  kind: 'pullRequest',
  list: 'pullRequests',
  form: shape({
    'id!': text(1024),
    issueKeys,
    associations: associations(OF_ISSUES),
    'updateSequenceId!': whole,
    'status!': one('OPEN', 'MERGED', 'DECLINED', 'UNKNOWN'),
    'title!': text(1024),
    'author!': author,
    'commentCount!': whole,
    'sourceBranch!': text(),
    sourceBranchUrl: link(),
    'lastUpdate!': moment,
    destinationBranch: text(),
    destinationBranchUrl: link(),
    reviewers: many(
      shape({
        name: text(),
        approvalStatus: one('APPROVED', 'UNAPPROVED'),
        url: link(),
        avatar: link(),
        email: text(254),
        accountId: text(128),
      }),
      1000,
      0,
    ),
    'url!': link(),
    'displayId!': text(),
  }),
};

export const REPOSITORY: Kind = {
  kind: 'repository',
  list: 'repositories',
  max: 100,
  idOf: byId,
  sequence: 'updateSequenceId',
  form: shape({
    'id!': text(1024),
    'name!': text(),
    description: text(1024),
    forkOf: text(1024),
    'url!': link(),
    avatar: link(),
    avatarDescription: text(1024),
    'updateSequenceId!': whole,
  }),
};

/** Properties of issues, comments and projects: a program's own JSON. */
import { type Call, type Endpoint, endpoint, reply } from '../../../src/twin.ts';
import { missing } from '../errors.ts';
import { commentsById, permitComment } from '../model/issues/comments.ts';
import { requireIssue } from '../model/issues/issueNamed.ts';
import { permitWorklog, requireWorklog } from '../model/issues/worklogs.ts';
import { requireAdmin, requireMay } from '../model/permissions/may.ts';
import { deleteProperty, propertiesOf, requireProperty, setProperty } from '../model/properties.ts';
import { requireIssueType } from '../model/schemes.ts';
import type { Property } from '../world.ts';
import { addressOf, caller, doc } from './address.ts';
import { administers, projectIn } from './projectAt.ts';
import { selfOrAny } from './userColumns.ts';

/** A kind of thing that programs keep JSON on. */
export interface PropertyKind {
  entity: Property['entity'];
  /** `/rest/api/3/issue/{issueIdOrKey}` */
  path: string;
  /** The page that describes its operations. */
  doc: string;
  /** Operation ids: keys, get, set, delete. */
  ids: readonly [keys: string, get: string, set: string, remove: string];
  /** The id of the thing that a path names, for a caller who may read (or `write`) it; refused in its own words. */
  idOf(call: Call, write: boolean): string;
  /** Under what its properties link to themselves; `/{entity}/{id}` under the API unless said. */
  selfOf?(call: Call, id: string): string;
}

const KINDS: readonly PropertyKind[] = [
  {
    entity: 'issue',
    path: '/rest/api/3/issue/{issueIdOrKey}',
    doc: doc('issue-properties', 'issue-issueidorkey-properties-get'),
    ids: ['getIssuePropertyKeys', 'getIssueProperty', 'setIssueProperty', 'deleteIssueProperty'],
    idOf(call, write) {
      const issue = requireIssue(call.world, call.params.issueIdOrKey as string);
      if (write) requireMay(call.world, caller(call), 'EDIT_ISSUES', issue);
      return issue.id;
    },
  },
  {
    entity: 'comment',
    path: '/rest/api/3/comment/{commentId}',
    doc: doc('issue-comment-properties', 'comment-commentid-properties-get'),
    ids: ['getCommentPropertyKeys', 'getCommentProperty', 'setCommentProperty', 'deleteCommentProperty'],
    idOf(call, write) {
      const [found] = commentsById(call.world, addressOf(call).me, [call.params.commentId]);
      if (!found) throw missing(`Can not find a comment for the id: ${call.params.commentId}.`);
      const issue = requireIssue(call.world, found.issueId);
      if (write) permitComment(call.world, issue, caller(call), found, 'EDIT');
      return found.id;
    },
  },
  {
    entity: 'worklog',
    path: '/rest/api/3/issue/{issueIdOrKey}/worklog/{worklogId}',
    doc: doc('issue-worklog-properties', 'issue-issueidorkey-worklog-worklogid-properties-get'),
    ids: ['getWorklogPropertyKeys', 'getWorklogProperty', 'setWorklogProperty', 'deleteWorklogProperty'],
    idOf(call, write) {
      const issue = requireIssue(call.world, call.params.issueIdOrKey as string);
      const worklog = requireWorklog(call.world, addressOf(call).me, issue, call.params.worklogId as string);
      if (write) permitWorklog(call.world, issue, caller(call), worklog, 'EDIT');
      return worklog.id;
    },
    selfOf: (call, id) => `${addressOf(call).rest}/issue/${call.params.issueIdOrKey}/worklog/${id}`,
  },
  {
    entity: 'user',
    path: '/rest/api/3/user',
    doc: doc('user-properties', 'user-properties-get'),
    ids: ['getUserPropertyKeys', 'getUserProperty', 'setUserProperty', 'deleteUserProperty'],
    idOf: (call) => selfOrAny(call).accountId,
    selfOf: (call, id) => `${addressOf(call).rest}/user/${encodeURIComponent(id)}`,
  },
  {
    entity: 'project',
    path: '/rest/api/3/project/{projectIdOrKey}',
    doc: doc('project-properties', 'project-projectidorkey-properties-get'),
    ids: ['getProjectPropertyKeys', 'getProjectProperty', 'setProjectProperty', 'deleteProjectProperty'],
    idOf(call, write) {
      const project = projectIn(call);
      if (write) administers(call, project);
      return project.id;
    },
  },
  {
    entity: 'issuetype',
    path: '/rest/api/3/issuetype/{issueTypeId}',
    doc: doc('issue-type-properties', 'issuetype-issuetypeid-properties-get'),
    ids: [
      'getIssueTypePropertyKeys',
      'getIssueTypeProperty',
      'setIssueTypeProperty',
      'deleteIssueTypeProperty',
    ],
    idOf(call, write) {
      if (write) requireAdmin(call.world, caller(call));
      return requireIssueType(call.world, call.params.issueTypeId as string).id;
    },
  },
];

/** The four operations of each kind. */
export const propertyEndpointsOf = (kinds: readonly PropertyKind[]): Endpoint[] =>
  kinds.flatMap(({ entity, path, doc: page, ids, idOf, selfOf }) => {
    const all = `${path}/properties`;
    const one = `${all}/{propertyKey}`;
    const keyOf = (call: Call) => call.params.propertyKey as string;
    const self = (call: Call, id: string) =>
      `${selfOf?.(call, id) ?? `${addressOf(call).rest}/${entity}/${id}`}/properties/`;
    return [
      endpoint({ id: ids[0], route: `GET ${all}`, doc: page }, (call: Call) => {
        const id = idOf(call, false);
        return {
          keys: propertiesOf(call.world, entity, id).map(({ key }) => ({ self: self(call, id) + key, key })),
        };
      }),
      endpoint({ id: ids[1], route: `GET ${one}`, doc: page }, (call: Call) => {
        const { key, value } = requireProperty(call.world, entity, idOf(call, false), keyOf(call));
        return { key, value };
      }),
      endpoint({ id: ids[2], route: `PUT ${one}`, doc: page }, (call: Call) => {
        const isNew = setProperty(call.world, entity, idOf(call, true), keyOf(call), call.input);
        return reply({ status: isNew ? 201 : 200 });
      }),
      endpoint({ id: ids[3], route: `DELETE ${one}`, status: 204, doc: page }, (call: Call) =>
        deleteProperty(call.world, entity, idOf(call, true), keyOf(call)),
      ),
    ];
  });

export const propertyEndpoints = propertyEndpointsOf(KINDS);

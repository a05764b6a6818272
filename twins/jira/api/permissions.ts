/** Which permissions there are, and who has them where. */
import { type Call, endpoint } from '../../../src/twin.ts';
import { badQuery, forbidden, refused } from '../errors.ts';
import { commentsById } from '../model/issues/comments.ts';
import { requireUser } from '../model/people/people.ts';
import { checkPermissions, permittedProjects } from '../model/permissions/check.ts';
import { may } from '../model/permissions/may.ts';
import { PERMISSIONS, permissionByKey } from '../model/permissions/permissions.ts';
import { requireVisibleIssue, requireVisibleProject } from '../model/permissions/visible.ts';
import { projectOf } from '../model/projects/projects.ts';
import { type Issue, issues, type Project, type User } from '../world.ts';
import { addressOf, bodyObject, doc, listParameter, texts } from './address.ts';
import { permissionView } from './permissionViews.ts';

/** Where one's permissions are asked for; 404 where that is not there for the caller. */
function placeAsked(call: Call, me: User | undefined): { project?: Project; issue?: Issue } {
  const { world, query } = call;
  const issueName = query.get('issueId') ?? query.get('issueKey');
  if (issueName) {
    const issue = requireVisibleIssue(world, me, issueName);
    return { issue, project: projectOf(world, issue.fields.project) };
  }
  const name = query.get('projectId') ?? query.get('projectKey') ?? query.get('projectUuid');
  return name ? { project: requireVisibleProject(world, me, name) } : {};
}

/** The issue of a comment, for `commentId`: 400 for any permission but browsing, 404 for a comment that is hidden. */
function issueOfComment(
  call: Call,
  me: User | undefined,
  id: string,
  keys: readonly string[],
): Issue | undefined {
  if (keys.some((key) => key !== 'BROWSE_PROJECTS'))
    throw badQuery('Only the BROWSE_PROJECTS permission is supported with commentId.');
  const [comment] = commentsById(call.world, me, [id]);
  return comment && call.world.get(issues, comment.issueId);
}

function myPermissions(call: Call) {
  const keys = listParameter(call.query, 'permissions');
  if (keys.length === 0) throw badQuery('The permissions query parameter is required.');
  const unknown = keys.filter((key) => permissionByKey(key) === undefined);
  if (unknown.length > 0) throw badQuery(`Unrecognized permission keys: ${unknown.join(', ')}`);
  const { me } = addressOf(call);
  const { project, issue } = placeAsked(call, me);
  const commentId = call.query.get('commentId');
  const readable = commentId === null || issueOfComment(call, me, commentId, keys) !== undefined;
  return Object.fromEntries(
    PERMISSIONS.filter((one) => keys.includes(one.key)).map(({ id, key, name, type, description }) => [
      key,
      {
        id,
        key,
        name,
        type,
        description,
        havePermission: readable && may(call.world, me, key, project, issue),
      },
    ]),
  );
}

/** Whose permissions are checked: one's own, or for administrators somebody else's. */
function checked(call: Call, accountId: unknown): User | undefined {
  const { me } = addressOf(call);
  if (accountId === undefined || accountId === null || accountId === me?.accountId) return me;
  if (typeof accountId !== 'string') throw refused('badRequest');
  if (!may(call.world, me, 'ADMINISTER'))
    throw forbidden('Only Jira administrators can check the permissions of other users.');
  return requireUser(call.world, accountId);
}

export const permissionEndpoints = [
  endpoint(
    {
      id: 'getAllPermissions',
      route: 'GET /rest/api/3/permissions',
      doc: doc('permissions', 'permissions-get'),
    },
    () => ({ permissions: Object.fromEntries(PERMISSIONS.map((one) => [one.key, permissionView(one)])) }),
  ),
  endpoint(
    {
      id: 'getMyPermissions',
      route: 'GET /rest/api/3/mypermissions',
      doc: doc('permissions', 'mypermissions-get'),
    },
    (call) => ({ permissions: myPermissions(call) }),
  ),
  endpoint(
    {
      id: 'getBulkPermissions',
      route: 'POST /rest/api/3/permissions/check',
      doc: doc('permissions', 'permissions-check-post'),
    },
    (call) => {
      const { accountId, ...asked } = bodyObject(call);
      return checkPermissions(call.world, checked(call, accountId), asked);
    },
  ),
  endpoint(
    {
      id: 'getPermittedProjects',
      route: 'POST /rest/api/3/permissions/project',
      doc: doc('permissions', 'permissions-project-post'),
    },
    (call) => {
      const keys = texts(bodyObject(call).permissions);
      const found = permittedProjects(call.world, addressOf(call).me, keys);
      return { projects: found.map(({ id, key }) => ({ id: Number(id), key })) };
    },
  ),
];

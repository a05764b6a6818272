/** Properties of issues, comments and projects: a program's own JSON. */
import { type Call, type Endpoint, endpoint, reply } from '../../../src/twin.ts';
import { missing } from '../errors.ts';
import { commentsById } from '../model/issues/comments.ts';
import { requireIssue } from '../model/issues/issueNamed.ts';
import { requireProject } from '../model/projects/projects.ts';
import { deleteProperty, propertiesOf, requireProperty, setProperty } from '../model/properties.ts';
import type { Property } from '../world.ts';
import { addressOf, doc } from './address.ts';

interface Kind {
  entity: Property['entity'];
  /** `issue/{issueIdOrKey}` */
  path: string;
  group: string;
  /** Operation ids: keys, get, set, delete. */
  ids: readonly [string, string, string, string];
  /** The id of the thing that a path names; 404 where there is none. */
  idOf(call: Call): string;
}

const KINDS: readonly Kind[] = [
  {
    entity: 'issue',
    path: 'issue/{issueIdOrKey}',
    group: 'issue-properties',
    ids: ['getIssuePropertyKeys', 'getIssueProperty', 'setIssueProperty', 'deleteIssueProperty'],
    idOf: (call) => requireIssue(call.world, call.params.issueIdOrKey as string).id,
  },
  {
    entity: 'comment',
    path: 'comment/{commentId}',
    group: 'issue-comment-properties',
    ids: ['getCommentPropertyKeys', 'getCommentProperty', 'setCommentProperty', 'deleteCommentProperty'],
    idOf(call) {
      const [found] = commentsById(call.world, addressOf(call).me, [call.params.commentId]);
      if (!found) throw missing(`Can not find a comment for the id: ${call.params.commentId}.`);
      return found.id;
    },
  },
  {
    entity: 'project',
    path: 'project/{projectIdOrKey}',
    group: 'project-properties',
    ids: ['getProjectPropertyKeys', 'getProjectProperty', 'setProjectProperty', 'deleteProjectProperty'],
    idOf: (call) => requireProject(call.world, call.params.projectIdOrKey as string).id,
  },
];

export const propertyEndpoints: Endpoint[] = KINDS.flatMap(({ entity, path, group, ids, idOf }) => {
  const all = `/rest/api/3/${path}/properties`;
  const one = `${all}/{propertyKey}`;
  const page = doc(group, `${path.replace(/[{}/]+/g, '-')}properties-get`.toLowerCase());
  const keyOf = (call: Call) => call.params.propertyKey as string;
  const self = (call: Call, id: string) => `${addressOf(call).rest}/${entity}/${id}/properties/`;
  return [
    endpoint({ id: ids[0], route: `GET ${all}`, doc: page }, (call: Call) => {
      const id = idOf(call);
      return {
        keys: propertiesOf(call.world, entity, id).map(({ key }) => ({ self: self(call, id) + key, key })),
      };
    }),
    endpoint({ id: ids[1], route: `GET ${one}`, doc: page }, (call: Call) => {
      const { key, value } = requireProperty(call.world, entity, idOf(call), keyOf(call));
      return { key, value };
    }),
    endpoint({ id: ids[2], route: `PUT ${one}`, doc: page }, (call: Call) => {
      const isNew = setProperty(call.world, entity, idOf(call), keyOf(call), call.input);
      return reply({ status: isNew ? 201 : 200 });
    }),
    endpoint({ id: ids[3], route: `DELETE ${one}`, status: 204, doc: page }, (call: Call) =>
      deleteProperty(call.world, entity, idOf(call), keyOf(call)),
    ),
  ];
});

/** Types of issue. */
import { endpoint } from '../../../src/twin.ts';
import { badQuery } from '../errors.ts';
import {
  alternativesOf,
  createIssueType,
  deleteIssueType,
  type IssueTypeInput,
  isSeenIn,
  updateIssueType,
} from '../model/issueTypes/issueTypes.ts';
import { maySee } from '../model/permissions/may.ts';
import { issueTypesOf } from '../model/projects/projects.ts';
import { issueTypes, requireIssueType } from '../model/schemes.ts';
import { addressOf, doc } from './address.ts';
import { administrator } from './askers.ts';
import { projectAt } from './projectAt.ts';
import { listedIssueType } from './schemeViews.ts';
import { body, rowId, text, whole } from './shapes.ts';

export const issueTypeEndpoints = [
  endpoint(
    { id: 'getIssueAllTypes', route: 'GET /rest/api/3/issuetype', doc: doc('issue-types', 'issuetype-get') },
    (call) => {
      const at = addressOf(call);
      return issueTypes(call.world)
        .filter((one) => isSeenIn(call.world, one, (project) => maySee(call.world, at.me, project)))
        .map((one) => listedIssueType(at, one));
    },
  ),
  endpoint(
    {
      id: 'createIssueType',
      route: 'POST /rest/api/3/issuetype',
      status: 201,
      input: body({
        name: text,
        description: text,
        type: { enum: ['subtask', 'standard', null] },
        hierarchyLevel: whole,
      }),
      doc: doc('issue-types', 'issuetype-post'),
    },
    (call) => {
      const made = createIssueType(call.world, administrator(call), call.input as IssueTypeInput);
      return listedIssueType(addressOf(call), made);
    },
  ),
  endpoint(
    {
      id: 'getIssueTypesForProject',
      route: 'GET /rest/api/3/issuetype/project',
      doc: doc('issue-types', 'issuetype-project-get'),
    },
    (call) => {
      const projectId = call.query.get('projectId');
      if (projectId === null) throw badQuery("The parameter 'projectId' must be given.");
      const level = call.query.get('level');
      return issueTypesOf(call.world, projectAt(call, projectId))
        .filter((one) => level === null || String(one.hierarchyLevel) === level)
        .map((one) => listedIssueType(addressOf(call), one));
    },
  ),
  endpoint(
    {
      id: 'getIssueType',
      route: 'GET /rest/api/3/issuetype/{id}',
      doc: doc('issue-types', 'issuetype-id-get'),
    },
    (call) => listedIssueType(addressOf(call), requireIssueType(call.world, call.params.id)),
  ),
  endpoint(
    {
      id: 'updateIssueType',
      route: 'PUT /rest/api/3/issuetype/{id}',
      input: body({ name: text, description: text, avatarId: rowId }),
      doc: doc('issue-types', 'issuetype-id-put'),
    },
    (call) => {
      const { id } = call.params;
      const saved = updateIssueType(call.world, administrator(call), id, call.input as IssueTypeInput);
      return listedIssueType(addressOf(call), saved);
    },
  ),
  endpoint(
    {
      id: 'deleteIssueType',
      route: 'DELETE /rest/api/3/issuetype/{id}',
      status: 204,
      doc: doc('issue-types', 'issuetype-id-delete'),
    },
    (call) => {
      const alternative = call.query.get('alternativeIssueTypeId');
      deleteIssueType(call.world, administrator(call), call.params.id, alternative);
    },
  ),
  endpoint(
    {
      id: 'getAlternativeIssueTypes',
      route: 'GET /rest/api/3/issuetype/{id}/alternatives',
      doc: doc('issue-types', 'issuetype-id-alternatives-get'),
    },
    (call) => alternativesOf(call.world, call.params.id).map((one) => listedIssueType(addressOf(call), one)),
  ),
];

/** The site-wide lists: kinds of issue, priorities, resolutions, labels. */
import { endpoint, list } from '../../../src/twin.ts';
import { labelsInUse } from '../model/issues/labels.ts';
import { issueTypesOf, requireProject } from '../model/projects/projects.ts';
import {
  issueTypes,
  priorities,
  requireIssueType,
  requirePriority,
  requireResolution,
  resolutions,
} from '../model/schemes.ts';
import { addressOf, doc, listParameter } from './address.ts';
import { rangeOf } from './meta.ts';
import { listedIssueType, listedPriority, resolutionView } from './schemeViews.ts';

export const schemeEndpoints = [
  endpoint(
    { id: 'getIssueAllTypes', route: 'GET /rest/api/3/issuetype', doc: doc('issue-types', 'issuetype-get') },
    (call) => issueTypes(call.world).map((one) => listedIssueType(addressOf(call), one)),
  ),
  endpoint(
    {
      id: 'getIssueTypesForProject',
      route: 'GET /rest/api/3/issuetype/project',
      doc: doc('issue-types', 'issuetype-project-get'),
    },
    (call) => {
      const at = addressOf(call);
      const project = requireProject(call.world, call.query.get('projectId') ?? '');
      return issueTypesOf(call.world, project).map((one) => listedIssueType(at, one));
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
    { id: 'getPriorities', route: 'GET /rest/api/3/priority', doc: doc('issue-priorities', 'priority-get') },
    (call) => priorities(call.world).map((one) => listedPriority(addressOf(call), one)),
  ),
  endpoint(
    {
      id: 'searchPriorities',
      route: 'GET /rest/api/3/priority/search',
      page: { style: 'bare', default: 50, max: 50 },
      doc: doc('issue-priorities', 'priority-search-get'),
    },
    (call) => {
      const name = call.query.get('priorityName')?.toLowerCase() ?? '';
      const ids = listParameter(call.query, 'id');
      const found = priorities(call.world).filter(
        (one) => one.name.toLowerCase().includes(name) && (ids.length === 0 || ids.includes(one.id)),
      );
      return list(rangeOf(found), (one) => listedPriority(addressOf(call), one));
    },
  ),
  endpoint(
    {
      id: 'getPriority',
      route: 'GET /rest/api/3/priority/{id}',
      doc: doc('issue-priorities', 'priority-id-get'),
    },
    (call) => listedPriority(addressOf(call), requirePriority(call.world, call.params.id)),
  ),
  endpoint(
    {
      id: 'getResolutions',
      route: 'GET /rest/api/3/resolution',
      doc: doc('issue-resolutions', 'resolution-get'),
    },
    (call) => resolutions(call.world).map((one) => resolutionView(addressOf(call), one)),
  ),
  endpoint(
    {
      id: 'searchResolutions',
      route: 'GET /rest/api/3/resolution/search',
      page: { style: 'bare', default: 50, max: 50 },
      doc: doc('issue-resolutions', 'resolution-search-get'),
    },
    (call) =>
      list(rangeOf(resolutions(call.world)), ({ id, name, description, isDefault }) => ({
        id,
        name,
        description,
        isDefault,
      })),
  ),
  endpoint(
    {
      id: 'getResolution',
      route: 'GET /rest/api/3/resolution/{id}',
      doc: doc('issue-resolutions', 'resolution-id-get'),
    },
    (call) => resolutionView(addressOf(call), requireResolution(call.world, call.params.id)),
  ),
  endpoint(
    {
      id: 'getAllLabels',
      route: 'GET /rest/api/3/label',
      page: { style: 'values', default: 1_000, max: 1_000 },
      doc: doc('labels', 'label-get'),
    },
    (call) => list(rangeOf(labelsInUse(call.world).map((label) => ({ label }))), ({ label }) => label),
  ),
];

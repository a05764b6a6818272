/** The site-wide lists: kinds of issue, statuses, priorities, resolutions, labels. */
import { endpoint, list } from '../../../src/twin.ts';
import { missing } from '../errors.ts';
import { STATUS_CATEGORIES } from '../model/defaults.ts';
import { labelsInUse } from '../model/issues/labels.ts';
import { issueTypesOf, requireProject } from '../model/projects/projects.ts';
import {
  issueTypes,
  priorities,
  requireIssueType,
  requirePriority,
  requireResolution,
  requireStatus,
  resolutions,
  statuses,
} from '../model/schemes.ts';
import { activeStatuses } from '../model/workflows/usages.ts';
import type { Status } from '../world.ts';
import { addressOf, doc, listParameter } from './address.ts';
import { rangeOf } from './meta.ts';
import {
  categoryView,
  listedIssueType,
  listedPriority,
  listedStatus,
  resolutionView,
} from './schemeViews.ts';

type Json = Record<string, unknown>;

const CATEGORY_NAMES: Readonly<Record<number, string>> = {
  1: 'UNDEFINED',
  2: 'TODO',
  3: 'DONE',
  4: 'IN_PROGRESS',
};

/** A status as `/statuses/search` shows it. */
const searchedStatus = (status: Status): Json => ({
  id: status.id,
  name: status.name,
  statusCategory: CATEGORY_NAMES[status.statusCategory.id],
  scope: status.scope ?? { type: 'GLOBAL' },
  description: status.description,
});

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
    { id: 'getStatuses', route: 'GET /rest/api/3/status', doc: doc('workflow-statuses', 'status-get') },
    (call) =>
      activeStatuses(call.world, statuses(call.world)).map((one) => listedStatus(addressOf(call), one)),
  ),
  endpoint(
    {
      id: 'getStatus',
      route: 'GET /rest/api/3/status/{idOrName}',
      doc: doc('workflow-statuses', 'status-idorname-get'),
    },
    (call) => listedStatus(addressOf(call), requireStatus(call.world, call.params.idOrName)),
  ),
  endpoint(
    {
      id: 'search',
      route: 'GET /rest/api/3/statuses/search',
      page: { style: 'statuses', default: 200, max: 200 },
      doc: doc('status', 'statuses-search-get'),
    },
    (call) => {
      const wanted = call.query.get('searchString')?.toLowerCase() ?? '';
      const project = call.query.get('projectId');
      const category = call.query.get('statusCategory');
      const found = statuses(call.world).filter(
        (one) =>
          one.name.toLowerCase().includes(wanted) &&
          (project === null || one.scope?.project.id === project) &&
          (category === null || CATEGORY_NAMES[one.statusCategory.id] === category),
      );
      return list(rangeOf(found), searchedStatus);
    },
  ),
  endpoint(
    {
      id: 'getStatusCategories',
      route: 'GET /rest/api/3/statuscategory',
      doc: doc('workflow-status-categories', 'statuscategory-get'),
    },
    (call) => STATUS_CATEGORIES.map(({ id }) => categoryView(addressOf(call), id)),
  ),
  endpoint(
    {
      id: 'getStatusCategory',
      route: 'GET /rest/api/3/statuscategory/{idOrKey}',
      doc: doc('workflow-status-categories', 'statuscategory-idorkey-get'),
    },
    (call) => {
      const { idOrKey } = call.params;
      const found = STATUS_CATEGORIES.find((one) => String(one.id) === idOrKey || one.key === idOrKey);
      if (!found) throw missing(`The status category with id or key '${idOrKey}' does not exist.`);
      return categoryView(addressOf(call), found.id);
    },
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

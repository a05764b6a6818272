/** Statuses: as issues show them, and as those who administer them do. */
import { type Call, type Endpoint, endpoint, list } from '../../../src/twin.ts';
import { badQuery, missing } from '../errors.ts';
import { STATUSES_PER_CALL_MAX } from '../limits.ts';
import { STATUS_CATEGORIES } from '../model/defaults.ts';
import { statuses as allStatuses, requireStatus } from '../model/schemes.ts';
import { requireSomeAdministrator } from '../model/workflows/administration.ts';
import {
  categoryOf,
  createStatuses,
  deleteStatuses,
  requireStatuses,
  type ScopeInput,
  type StatusInput,
  statusNamed,
  updateStatuses,
} from '../model/workflows/statuses.ts';
import { activeStatuses } from '../model/workflows/usages.ts';
import { type Project, projects, type Scope, type Status } from '../world.ts';
import { addressOf, caller, doc } from './address.ts';
import { rangeOf } from './meta.ts';
import { categoryView, listedStatus } from './schemeViews.ts';
import { CREATE_STATUSES, UPDATE_STATUSES } from './workflowInputs.ts';
import { statusShown } from './workflowViews.ts';

/** 401 for who administers neither the site nor a project of it. */
function administers(call: Call): void {
  const all: readonly Project[] = call.world.list(projects).toArray();
  requireSomeAdministrator(call.world, caller(call), all);
}

/** What a parameter lists that has to be there; 400 for none or too many. */
function listed(call: Call, name: string): string[] {
  const found = call.query.getAll(name);
  if (found.length === 0) throw badQuery(`At least one ${name} must be provided.`);
  if (found.length > STATUSES_PER_CALL_MAX)
    throw badQuery(`No more than ${STATUSES_PER_CALL_MAX} ${name}s may be provided.`);
  return found;
}

export const statusEndpoints: readonly Endpoint[] = [
  endpoint(
    { id: 'getStatuses', route: 'GET /rest/api/3/status', doc: doc('workflow-statuses', 'status-get') },
    (call) =>
      activeStatuses(call.world, allStatuses(call.world)).map((one) => listedStatus(addressOf(call), one)),
  ),
  endpoint(
    {
      id: 'getStatus',
      route: 'GET /rest/api/3/status/{idOrName}',
      doc: doc('workflow-statuses', 'status-idorname-get'),
    },
    (call) => {
      const { idOrName } = call.params;
      const found = requireStatus(call.world, idOrName);
      const [status] = activeStatuses(call.world, [found]);
      if (!status) throw missing(`The status with id '${idOrName}' does not exist`);
      return listedStatus(addressOf(call), status);
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
    { id: 'getStatusesById', route: 'GET /rest/api/3/statuses', doc: doc('status', 'statuses-get') },
    (call) => {
      administers(call);
      return requireStatuses(call.world, listed(call, 'id')).map(statusShown);
    },
  ),
  endpoint(
    {
      id: 'createStatuses',
      route: 'POST /rest/api/3/statuses',
      input: CREATE_STATUSES,
      doc: doc('status', 'statuses-post'),
    },
    (call) => {
      const { scope, statuses } = call.input as { scope: ScopeInput; statuses: StatusInput[] };
      return createStatuses(call.world, caller(call), scope, statuses).map(statusShown);
    },
  ),
  endpoint(
    {
      id: 'updateStatuses',
      route: 'PUT /rest/api/3/statuses',
      status: 204,
      input: UPDATE_STATUSES,
      doc: doc('status', 'statuses-put'),
    },
    (call) => {
      const { statuses } = call.input as { statuses: (StatusInput & { id: string })[] };
      updateStatuses(call.world, caller(call), statuses);
    },
  ),
  endpoint(
    {
      id: 'deleteStatusesById',
      route: 'DELETE /rest/api/3/statuses',
      status: 204,
      doc: doc('status', 'statuses-delete'),
    },
    (call) => deleteStatuses(call.world, caller(call), listed(call, 'id')),
  ),
  endpoint(
    {
      id: 'getStatusesByName',
      route: 'GET /rest/api/3/statuses/byNames',
      doc: doc('status', 'statuses-bynames-get'),
    },
    (call) => {
      administers(call);
      const id = call.query.get('projectId');
      const scope: Scope | undefined = id === null ? undefined : { type: 'PROJECT', project: { id } };
      return listed(call, 'name')
        .flatMap((name) => statusNamed(call.world, name, scope) ?? [])
        .map(statusShown);
    },
  ),
  endpoint(
    {
      id: 'search',
      route: 'GET /rest/api/3/statuses/search',
      page: { style: 'statuses', default: 200, max: 200 },
      doc: doc('status', 'statuses-search-get'),
    },
    (call) => list(rangeOf(searched(call)), statusShown),
  ),
];

function searched(call: Call): Status[] {
  administers(call);
  const wanted = call.query.get('searchString')?.toLowerCase() ?? '';
  const project = call.query.get('projectId');
  const category = call.query.get('statusCategory');
  if (category !== null && !['TODO', 'IN_PROGRESS', 'DONE'].includes(category))
    throw badQuery(`'${category}' is not a supported status category.`);
  return allStatuses(call.world).filter(
    (one) =>
      one.name.toLowerCase().includes(wanted) &&
      (project === null || one.scope?.project.id === project) &&
      (category === null || categoryOf(one) === category),
  );
}

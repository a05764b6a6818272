/** Where statuses, workflows and workflow schemes are used: pages of ids, by token. */
import { type Call, type Endpoint, endpoint } from '../../../src/twin.ts';
import { badQuery, missing } from '../errors.ts';
import { USAGES_PAGE_MAX } from '../limits.ts';
import { issueTypesOf, projectNamed } from '../model/projects/projects.ts';
import { schemeWithId } from '../model/workflows/schemes.ts';
import { projectsHaving, schemesWith, typesWith, workflowsWith } from '../model/workflows/usages.ts';
import { projectsWith, schemeOf, statusesOf } from '../model/workflows/workflowOf.ts';
import { type Project, type Ref, type Status, statuses, type Workflow, workflows } from '../world.ts';
import { caller, doc } from './address.ts';

type Json = Record<string, unknown>;

/** `{nextPageToken?, values: [{id}]}`; 400 for a size or a token that makes no sense. */
function page(call: Call, all: readonly Ref[]): Json {
  caller(call);
  const size = call.query.get('maxResults') ?? '50';
  if (!/^\d{1,9}$/.test(size) || Number(size) < 1 || Number(size) > USAGES_PAGE_MAX)
    throw badQuery(`maxResults must be an integer between 1 and ${USAGES_PAGE_MAX}`);
  const start = offsetOf(call.query.get('nextPageToken'));
  const end = start + Number(size);
  return {
    ...(end < all.length
      ? { nextPageToken: Buffer.from(JSON.stringify({ o: end })).toString('base64') }
      : {}),
    values: all.slice(start, end).map(({ id }) => ({ id })),
  };
}

function offsetOf(token: string | null): number {
  if (token === null || token === '') return 0;
  const [, offset] = /^\{"o":(\d{1,9})\}$/.exec(Buffer.from(token, 'base64').toString('utf8')) ?? [];
  if (offset === undefined) throw badQuery('Invalid format of nextPageToken');
  return Number(offset);
}

const statusAt = (call: Call): Status =>
  call.world.require(statuses, call.params.statusId ?? '', () =>
    missing(`The status with the ID ${call.params.statusId} does not exist.`),
  );

const workflowAt = (call: Call): Workflow =>
  call.world.require(workflows, call.params.workflowId ?? '', () =>
    missing(`The workflow with the ID ${call.params.workflowId} does not exist.`),
  );

function projectAt(call: Call): Project {
  const found = projectNamed(call.world, call.params.projectId ?? '');
  if (!found) throw missing(`The project with the ID ${call.params.projectId} does not exist.`);
  return found;
}

const projectsOf = (call: Call, workflow: Ref): Project[] =>
  projectsHaving(call.world, workflow).map(({ project }) => project);

/** The projects some kind of whose issues can be in a status. */
function projectsOfStatus(call: Call, status: Status): Project[] {
  const found = workflowsWith(call.world, status).flatMap((workflow) => projectsOf(call, workflow));
  return [...new Map(found.map((project) => [project.id, project])).values()];
}

export const workflowUsageEndpoints: readonly Endpoint[] = [
  endpoint(
    {
      id: 'getProjectIssueTypeUsagesForStatus',
      route: 'GET /rest/api/3/statuses/{statusId}/project/{projectId}/issueTypeUsages',
      doc: doc('status', 'statuses-statusid-project-projectid-issuetypeusages-get'),
    },
    (call) => {
      const [status, project] = [statusAt(call), projectAt(call)];
      const used = issueTypesOf(call.world, project).filter((type) =>
        statusesOf(call.world, project, type).some(({ id }) => id === status.id),
      );
      return { statusId: status.id, projectId: project.id, issueTypes: page(call, used) };
    },
  ),
  endpoint(
    {
      id: 'getProjectUsagesForStatus',
      route: 'GET /rest/api/3/statuses/{statusId}/projectUsages',
      doc: doc('status', 'statuses-statusid-projectusages-get'),
    },
    (call) => {
      const status = statusAt(call);
      return { statusId: status.id, projects: page(call, projectsOfStatus(call, status)) };
    },
  ),
  endpoint(
    {
      id: 'getWorkflowUsagesForStatus',
      route: 'GET /rest/api/3/statuses/{statusId}/workflowUsages',
      doc: doc('status', 'statuses-statusid-workflowusages-get'),
    },
    (call) => {
      const status = statusAt(call);
      return { statusId: status.id, workflows: page(call, workflowsWith(call.world, status)) };
    },
  ),
  endpoint(
    {
      id: 'getWorkflowProjectIssueTypeUsages',
      route: 'GET /rest/api/3/workflow/{workflowId}/project/{projectId}/issueTypeUsages',
      doc: doc('workflows', 'workflow-workflowid-project-projectid-issuetypeusages-get'),
    },
    (call) => {
      const [workflow, project] = [workflowAt(call), projectAt(call)];
      const used = typesWith(call.world, project, schemeOf(call.world, project), workflow);
      return { workflowId: workflow.id, projectId: project.id, issueTypes: page(call, used) };
    },
  ),
  endpoint(
    {
      id: 'getProjectUsagesForWorkflow',
      route: 'GET /rest/api/3/workflow/{workflowId}/projectUsages',
      doc: doc('workflows', 'workflow-workflowid-projectusages-get'),
    },
    (call) => {
      const workflow = workflowAt(call);
      return { workflowId: workflow.id, projects: page(call, projectsOf(call, workflow)) };
    },
  ),
  endpoint(
    {
      id: 'getWorkflowSchemeUsagesForWorkflow',
      route: 'GET /rest/api/3/workflow/{workflowId}/workflowSchemes',
      doc: doc('workflows', 'workflow-workflowid-workflowschemes-get'),
    },
    (call) => {
      const workflow = workflowAt(call);
      return { workflowId: workflow.id, workflowSchemes: page(call, schemesWith(call.world, workflow)) };
    },
  ),
  endpoint(
    {
      id: 'getProjectUsagesForWorkflowScheme',
      route: 'GET /rest/api/3/workflowscheme/{workflowSchemeId}/projectUsages',
      doc: doc('workflow-schemes', 'workflowscheme-workflowschemeid-projectusages-get'),
    },
    (call) => {
      const scheme = schemeWithId(call.world, call.params.workflowSchemeId);
      return { workflowSchemeId: scheme.id, projects: page(call, projectsWith(call.world, scheme)) };
    },
  ),
];

/** Workflows: read, made, changed and asked about by lists; what may be in them, and what they were. */
import { type Call, type Endpoint, endpoint, list } from '../../../src/twin.ts';
import { requireProject } from '../model/projects/projects.ts';
import { capabilitiesOf } from '../model/workflows/capabilities.ts';
import { runningMigration } from '../model/workflows/migration.ts';
import { type ReadInput, readWorkflows, searchWorkflows } from '../model/workflows/readWorkflows.ts';
import { type UpdateInput, updateProblems, updateWorkflows } from '../model/workflows/updateWorkflows.ts';
import { historyOfWorkflow, versionOfWorkflow } from '../model/workflows/workflowHistory.ts';
import { type PreviewInput, previewedWorkflows } from '../model/workflows/workflowPreviews.ts';
import type { WorkflowProblem } from '../model/workflows/workflowProblems.ts';
import {
  type CreateInput,
  createProblems,
  createWorkflows,
  statusesOfAll,
  type Written,
} from '../model/workflows/writeWorkflows.ts';
import type { Workflow, WorkflowVersion } from '../world.ts';
import { caller, doc, listParameter } from './address.ts';
import { rangeOf } from './meta.ts';
import {
  asked,
  CREATE_WORKFLOWS,
  PREVIEW_WORKFLOWS,
  READ_WORKFLOWS,
  UPDATE_WORKFLOWS,
  WORKFLOW_HISTORY,
  WORKFLOW_VERSION,
  whole,
} from './workflowInputs.ts';
import { documentView, previewView, referredStatus, scopeView, workflowView } from './workflowViews.ts';

type Json = Record<string, unknown>;

const viewed = (call: Call, workflow: Workflow, transitions = true): Json =>
  workflowView(workflow, transitions, runningMigration(call.world, workflow.id)?.id);

const written = (call: Call, { workflows, statuses }: Written): Json => ({
  statuses: statuses.map(referredStatus),
  workflows: workflows.map((one) => viewed(call, one)),
});

/** What is wrong, of the levels that were asked for. */
function problems(call: Call, find: (payload: never) => WorkflowProblem[]): Json {
  const { payload, validationOptions } = call.input as {
    payload: never;
    validationOptions?: { levels?: string[] | null } | null;
  };
  const levels = validationOptions?.levels ?? ['ERROR', 'WARNING'];
  return { errors: find(payload).filter(({ level }) => levels.includes(level)) };
}

const flag = (call: Call, name: string): boolean | undefined => {
  const text = call.query.get(name);
  return text === null ? undefined : text === 'true';
};

/** An entry of a workflow's history. */
const historyEntry = ({ document, workflowId, writtenAt }: WorkflowVersion): Json => ({
  isIntermediate: false,
  workflowId,
  workflowVersion: document.version.versionNumber,
  writtenAt,
});

const historicView = ({ document, author }: WorkflowVersion): Json => ({
  id: document.id,
  name: document.name,
  description: document.description,
  scope: scopeView(document.scope),
  ...documentView(document, true),
  created: document.created,
  updated: document.updated,
  ...(author ? { lastUpdateAuthorAAID: author.accountId } : {}),
});

export const workflowEndpoints: readonly Endpoint[] = [
  endpoint(
    {
      id: 'readWorkflows',
      route: 'POST /rest/api/3/workflows',
      input: READ_WORKFLOWS,
      doc: doc('workflows', 'workflows-post'),
    },
    (call) => {
      const found = readWorkflows(call.world, caller(call), call.input as ReadInput);
      return written(call, { workflows: found, statuses: statusesOfAll(call.world, found) });
    },
  ),
  endpoint(
    {
      id: 'workflowCapabilities',
      route: 'GET /rest/api/3/workflows/capabilities',
      doc: doc('workflows', 'workflows-capabilities-get'),
    },
    (call) => capabilitiesOf(call.world, caller(call), Object.fromEntries(call.query)),
  ),
  endpoint(
    {
      id: 'createWorkflows',
      route: 'POST /rest/api/3/workflows/create',
      input: whole(CREATE_WORKFLOWS),
      doc: doc('workflows', 'workflows-create-post'),
    },
    (call) => written(call, createWorkflows(call.world, caller(call), call.input as CreateInput)),
  ),
  endpoint(
    {
      id: 'validateCreateWorkflows',
      route: 'POST /rest/api/3/workflows/create/validation',
      input: asked(CREATE_WORKFLOWS),
      doc: doc('workflows', 'workflows-create-validation-post'),
    },
    (call) => problems(call, (payload: CreateInput) => createProblems(call.world, payload)),
  ),
  endpoint(
    {
      id: 'getDefaultEditor',
      route: 'GET /rest/api/3/workflows/defaultEditor',
      doc: doc('workflows', 'workflows-defaulteditor-get'),
    },
    (call) => caller(call) && { value: 'NEW' },
  ),
  endpoint(
    {
      id: 'readWorkflowPreviews',
      route: 'POST /rest/api/3/workflows/preview',
      input: PREVIEW_WORKFLOWS,
      doc: doc('workflows', 'workflows-preview-post'),
    },
    (call) => {
      const input = call.input as PreviewInput;
      const found = previewedWorkflows(call.world, caller(call), input);
      const project = requireProject(call.world, input.projectId);
      return {
        statuses: statusesOfAll(call.world, found).map((one) => ({
          ...referredStatus(one),
          rawName: one.name,
        })),
        workflows: found.map((one) => previewView(call.world, project, one)),
      };
    },
  ),
  endpoint(
    {
      id: 'searchWorkflows',
      route: 'GET /rest/api/3/workflows/search',
      page: { style: 'workflows', default: 50, max: 200 },
      doc: doc('workflows', 'workflows-search-get'),
    },
    (call) => {
      const found = searchWorkflows(call.world, caller(call), {
        queryString: call.query.get('queryString') ?? undefined,
        scope: call.query.get('scope') ?? undefined,
        isActive: flag(call, 'isActive'),
        orderBy: call.query.get('orderBy') ?? undefined,
      });
      const transitions = listParameter(call.query, 'expand').includes('values.transitions');
      return list(rangeOf(found), (one) => viewed(call, one, transitions), {
        statuses: (rows: readonly Workflow[]) => statusesOfAll(call.world, rows).map(referredStatus),
      });
    },
  ),
  endpoint(
    {
      id: 'updateWorkflows',
      route: 'POST /rest/api/3/workflows/update',
      input: whole(UPDATE_WORKFLOWS),
      doc: doc('workflows', 'workflows-update-post'),
    },
    (call) => {
      const { taskId, ...done } = updateWorkflows(call.world, caller(call), call.input as UpdateInput);
      return { ...written(call, done), ...(taskId === undefined ? {} : { taskId }) };
    },
  ),
  endpoint(
    {
      id: 'validateUpdateWorkflows',
      route: 'POST /rest/api/3/workflows/update/validation',
      input: asked(UPDATE_WORKFLOWS),
      doc: doc('workflows', 'workflows-update-validation-post'),
    },
    (call) => problems(call, (payload: UpdateInput) => updateProblems(call.world, payload)),
  ),
  endpoint(
    {
      id: 'listWorkflowHistory',
      route: 'POST /rest/api/3/workflow/history/list',
      input: WORKFLOW_HISTORY,
      doc: doc('workflows', 'workflow-history-list-post'),
    },
    (call) => {
      const { workflowId } = call.input as { workflowId: string };
      return { entries: historyOfWorkflow(call.world, caller(call), workflowId).map(historyEntry) };
    },
  ),
  endpoint(
    {
      id: 'readWorkflowFromHistory',
      route: 'POST /rest/api/3/workflow/history',
      input: WORKFLOW_VERSION,
      doc: doc('workflows', 'workflow-history-post'),
    },
    (call) => {
      const { workflowId, version } = call.input as { workflowId: string; version: number };
      const found = versionOfWorkflow(call.world, caller(call), workflowId, version);
      return {
        statuses: statusesOfAll(call.world, [found.document]).map(referredStatus),
        workflows: [historicView(found)],
      };
    },
  ),
];

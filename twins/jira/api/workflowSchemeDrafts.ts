/** Drafts of workflow schemes in use: made, changed part by part, published, thrown away. */
import { type Call, type Endpoint, endpoint, reply } from '../../../src/twin.ts';
import { type PublishInput, publishDraft } from '../model/workflows/schemeChanges.ts';
import {
  createDraft,
  defaultTo,
  deleteDraft,
  editDraft,
  type MappingChange,
  requireDraft,
  typeTo,
  updateDraft,
  without,
  workflowTo,
} from '../model/workflows/schemeEdits.ts';
import { requireType, type SchemeInput } from '../model/workflows/schemes.ts';
import { addressOf, caller, doc } from './address.ts';
import { taskStarted } from './tasks.ts';
import {
  DEFAULT_WORKFLOW,
  PUBLISH_DRAFT,
  TYPE_WORKFLOW,
  WORKFLOW_SCHEME,
  WORKFLOW_TYPES,
} from './workflowSchemeInputs.ts';
import { nameAsked, shownWorkflow, type TypesInput, typeMapping } from './workflowSchemeParts.ts';
import { draftView } from './workflowSchemeViews.ts';

const page = (anchor: string): string => doc('workflow-scheme-drafts', anchor);

const draftAt = (call: Call) => requireDraft(call.world, caller(call), call.params.id ?? '');

const edited = (call: Call, change: MappingChange): unknown =>
  draftView(addressOf(call), editDraft(call.world, caller(call), call.params.id ?? '', change));

export const workflowSchemeDraftEndpoints: readonly Endpoint[] = [
  endpoint(
    {
      id: 'createWorkflowSchemeDraftFromParent',
      route: 'POST /rest/api/3/workflowscheme/{id}/createdraft',
      status: 201,
      doc: page('workflowscheme-id-createdraft-post'),
    },
    (call) => draftView(addressOf(call), createDraft(call.world, caller(call), call.params.id)),
  ),
  endpoint(
    {
      id: 'getWorkflowSchemeDraft',
      route: 'GET /rest/api/3/workflowscheme/{id}/draft',
      doc: page('workflowscheme-id-draft-get'),
    },
    (call) => draftView(addressOf(call), draftAt(call)),
  ),
  endpoint(
    {
      id: 'updateWorkflowSchemeDraft',
      route: 'PUT /rest/api/3/workflowscheme/{id}/draft',
      input: WORKFLOW_SCHEME,
      doc: page('workflowscheme-id-draft-put'),
    },
    (call) => {
      const input = call.input as SchemeInput;
      return draftView(addressOf(call), updateDraft(call.world, caller(call), call.params.id, input));
    },
  ),
  endpoint(
    {
      id: 'deleteWorkflowSchemeDraft',
      route: 'DELETE /rest/api/3/workflowscheme/{id}/draft',
      status: 204,
      doc: page('workflowscheme-id-draft-delete'),
    },
    (call) => deleteDraft(call.world, caller(call), call.params.id),
  ),
  endpoint(
    {
      id: 'getDraftDefaultWorkflow',
      route: 'GET /rest/api/3/workflowscheme/{id}/draft/default',
      doc: page('workflowscheme-id-draft-default-get'),
    },
    (call) => ({ workflow: shownWorkflow(call, draftAt(call).defaultWorkflow) }),
  ),
  endpoint(
    {
      id: 'updateDraftDefaultWorkflow',
      route: 'PUT /rest/api/3/workflowscheme/{id}/draft/default',
      input: DEFAULT_WORKFLOW,
      doc: page('workflowscheme-id-draft-default-put'),
    },
    (call) => edited(call, defaultTo((call.input as TypesInput).workflow)),
  ),
  endpoint(
    {
      id: 'deleteDraftDefaultWorkflow',
      route: 'DELETE /rest/api/3/workflowscheme/{id}/draft/default',
      doc: page('workflowscheme-id-draft-default-delete'),
    },
    (call) => edited(call, defaultTo()),
  ),
  endpoint(
    {
      id: 'getWorkflowSchemeDraftIssueType',
      route: 'GET /rest/api/3/workflowscheme/{id}/draft/issuetype/{issueType}',
      doc: page('workflowscheme-id-draft-issuetype-issuetype-get'),
    },
    (call) => typeMapping(call, draftAt(call), requireType(call.world, call.params.issueType)),
  ),
  endpoint(
    {
      id: 'setWorkflowSchemeDraftIssueType',
      route: 'PUT /rest/api/3/workflowscheme/{id}/draft/issuetype/{issueType}',
      input: TYPE_WORKFLOW,
      doc: page('workflowscheme-id-draft-issuetype-issuetype-put'),
    },
    (call) => edited(call, typeTo(call.params.issueType, (call.input as TypesInput).workflow ?? null)),
  ),
  endpoint(
    {
      id: 'deleteWorkflowSchemeDraftIssueType',
      route: 'DELETE /rest/api/3/workflowscheme/{id}/draft/issuetype/{issueType}',
      doc: page('workflowscheme-id-draft-issuetype-issuetype-delete'),
    },
    (call) => edited(call, typeTo(call.params.issueType)),
  ),
  endpoint(
    {
      id: 'getDraftWorkflow',
      route: 'GET /rest/api/3/workflowscheme/{id}/draft/workflow',
      doc: page('workflowscheme-id-draft-workflow-get'),
    },
    (call) => nameAsked(call, draftAt(call)),
  ),
  endpoint(
    {
      id: 'updateDraftWorkflowMapping',
      route: 'PUT /rest/api/3/workflowscheme/{id}/draft/workflow',
      input: WORKFLOW_TYPES,
      doc: page('workflowscheme-id-draft-workflow-put'),
    },
    (call) => {
      const { issueTypes, defaultMapping } = call.input as TypesInput;
      return edited(call, workflowTo(call.query.get('workflowName') ?? '', issueTypes, defaultMapping));
    },
  ),
  endpoint(
    {
      id: 'deleteDraftWorkflowMapping',
      route: 'DELETE /rest/api/3/workflowscheme/{id}/draft/workflow',
      doc: page('workflowscheme-id-draft-workflow-delete'),
    },
    (call) => edited(call, without(call.query.get('workflowName') ?? '')),
  ),
  endpoint(
    {
      id: 'publishDraftWorkflowScheme',
      route: 'POST /rest/api/3/workflowscheme/{id}/draft/publish',
      input: PUBLISH_DRAFT,
      doc: page('workflowscheme-id-draft-publish-post'),
    },
    (call) => {
      const only = call.query.get('validateOnly') === 'true';
      const input = call.input as PublishInput;
      const task = publishDraft(call.world, caller(call), call.params.id, input, only);
      return task ? taskStarted(addressOf(call), task) : reply({ status: 204 });
    },
  ),
];

/** Workflow schemes by the names of their workflows: made, changed part by part, deleted. */
import { type Call, type Endpoint, endpoint, list } from '../../../src/twin.ts';
import {
  defaultTo,
  draftOrScheme,
  editScheme,
  toInput,
  typeTo,
  without,
  workflowTo,
} from '../model/workflows/schemeEdits.ts';
import {
  createScheme,
  deleteScheme,
  listedSchemes,
  type Mapping,
  requireScheme,
  requireType,
  type SchemeInput,
} from '../model/workflows/schemes.ts';
import { workflowSchemeDrafts } from '../world.ts';
import { addressOf, caller, doc } from './address.ts';
import { rangeOf } from './meta.ts';
import { DEFAULT_WORKFLOW, TYPE_WORKFLOW, WORKFLOW_SCHEME, WORKFLOW_TYPES } from './workflowSchemeInputs.ts';
import { nameAsked, shownWorkflow, type TypesInput, typeMapping } from './workflowSchemeParts.ts';
import { anyView, draftView, schemeView } from './workflowSchemeViews.ts';

const flagged = (call: Call, name: string): boolean => call.query.get(name) === 'true';

/** What the scheme of the path maps, or its draft where that is asked for. */
function mappingAt(call: Call): Mapping {
  const scheme = requireScheme(call.world, caller(call), call.params.id ?? '');
  return flagged(call, 'returnDraftIfExists') ? draftOrScheme(call.world, scheme) : scheme;
}

/** Changes the scheme of the path, or its draft, and shows it. */
const edited = (call: Call, change: Parameters<typeof editScheme>[3], input: SchemeInput): unknown =>
  anyView(addressOf(call), editScheme(call.world, caller(call), call.params.id ?? '', change, input));

const byQuery = (call: Call): SchemeInput => ({ updateDraftIfNeeded: flagged(call, 'updateDraftIfNeeded') });

export const workflowSchemeEndpoints: readonly Endpoint[] = [
  endpoint(
    {
      id: 'getAllWorkflowSchemes',
      route: 'GET /rest/api/3/workflowscheme',
      page: { style: 'values', default: 50, max: 50 },
      doc: doc('workflow-schemes', 'workflowscheme-get'),
    },
    (call) =>
      list(rangeOf(listedSchemes(call.world, caller(call))), (one) => schemeView(addressOf(call), one)),
  ),
  endpoint(
    {
      id: 'createWorkflowScheme',
      route: 'POST /rest/api/3/workflowscheme',
      status: 201,
      input: WORKFLOW_SCHEME,
      doc: doc('workflow-schemes', 'workflowscheme-post'),
    },
    (call) => schemeView(addressOf(call), createScheme(call.world, caller(call), call.input as SchemeInput)),
  ),
  endpoint(
    {
      id: 'getWorkflowScheme',
      route: 'GET /rest/api/3/workflowscheme/{id}',
      doc: doc('workflow-schemes', 'workflowscheme-id-get'),
    },
    (call) => {
      const scheme = requireScheme(call.world, caller(call), call.params.id);
      const draft = flagged(call, 'returnDraftIfExists') && call.world.get(workflowSchemeDrafts, scheme.id);
      return draft ? draftView(addressOf(call), draft) : schemeView(addressOf(call), scheme);
    },
  ),
  endpoint(
    {
      id: 'updateWorkflowScheme',
      route: 'PUT /rest/api/3/workflowscheme/{id}',
      input: WORKFLOW_SCHEME,
      doc: doc('workflow-schemes', 'workflowscheme-id-put'),
    },
    (call) => edited(call, toInput(call.input as SchemeInput), call.input as SchemeInput),
  ),
  endpoint(
    {
      id: 'deleteWorkflowScheme',
      route: 'DELETE /rest/api/3/workflowscheme/{id}',
      status: 204,
      doc: doc('workflow-schemes', 'workflowscheme-id-delete'),
    },
    (call) => deleteScheme(call.world, caller(call), call.params.id),
  ),
  endpoint(
    {
      id: 'getDefaultWorkflow',
      route: 'GET /rest/api/3/workflowscheme/{id}/default',
      doc: doc('workflow-schemes', 'workflowscheme-id-default-get'),
    },
    (call) => ({ workflow: shownWorkflow(call, mappingAt(call).defaultWorkflow) }),
  ),
  endpoint(
    {
      id: 'updateDefaultWorkflow',
      route: 'PUT /rest/api/3/workflowscheme/{id}/default',
      input: DEFAULT_WORKFLOW,
      doc: doc('workflow-schemes', 'workflowscheme-id-default-put'),
    },
    (call) => {
      const { workflow, updateDraftIfNeeded } = call.input as TypesInput;
      return edited(call, defaultTo(workflow), { updateDraftIfNeeded: updateDraftIfNeeded ?? false });
    },
  ),
  endpoint(
    {
      id: 'deleteDefaultWorkflow',
      route: 'DELETE /rest/api/3/workflowscheme/{id}/default',
      doc: doc('workflow-schemes', 'workflowscheme-id-default-delete'),
    },
    (call) => edited(call, defaultTo(), byQuery(call)),
  ),
  endpoint(
    {
      id: 'getWorkflowSchemeIssueType',
      route: 'GET /rest/api/3/workflowscheme/{id}/issuetype/{issueType}',
      doc: doc('workflow-schemes', 'workflowscheme-id-issuetype-issuetype-get'),
    },
    (call) => typeMapping(call, mappingAt(call), requireType(call.world, call.params.issueType)),
  ),
  endpoint(
    {
      id: 'setWorkflowSchemeIssueType',
      route: 'PUT /rest/api/3/workflowscheme/{id}/issuetype/{issueType}',
      input: TYPE_WORKFLOW,
      doc: doc('workflow-schemes', 'workflowscheme-id-issuetype-issuetype-put'),
    },
    (call) => {
      const { workflow = null, updateDraftIfNeeded } = call.input as TypesInput;
      const input = { updateDraftIfNeeded: updateDraftIfNeeded ?? false };
      return edited(call, typeTo(call.params.issueType, workflow), input);
    },
  ),
  endpoint(
    {
      id: 'deleteWorkflowSchemeIssueType',
      route: 'DELETE /rest/api/3/workflowscheme/{id}/issuetype/{issueType}',
      doc: doc('workflow-schemes', 'workflowscheme-id-issuetype-issuetype-delete'),
    },
    (call) => edited(call, typeTo(call.params.issueType), byQuery(call)),
  ),
  endpoint(
    {
      id: 'getWorkflow',
      route: 'GET /rest/api/3/workflowscheme/{id}/workflow',
      doc: doc('workflow-schemes', 'workflowscheme-id-workflow-get'),
    },
    (call) => nameAsked(call, mappingAt(call)),
  ),
  endpoint(
    {
      id: 'updateWorkflowMapping',
      route: 'PUT /rest/api/3/workflowscheme/{id}/workflow',
      input: WORKFLOW_TYPES,
      doc: doc('workflow-schemes', 'workflowscheme-id-workflow-put'),
    },
    (call) => {
      const { issueTypes, defaultMapping, updateDraftIfNeeded } = call.input as TypesInput;
      const change = workflowTo(call.query.get('workflowName') ?? '', issueTypes, defaultMapping);
      return edited(call, change, { updateDraftIfNeeded: updateDraftIfNeeded ?? false });
    },
  ),
  endpoint(
    {
      id: 'deleteWorkflowMapping',
      route: 'DELETE /rest/api/3/workflowscheme/{id}/workflow',
      doc: doc('workflow-schemes', 'workflowscheme-id-workflow-delete'),
    },
    (call) => edited(call, without(call.query.get('workflowName') ?? ''), byQuery(call)),
  ),
];

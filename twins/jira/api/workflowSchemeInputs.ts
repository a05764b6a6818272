/** What the calls about workflow schemes take, as JSON Schema. */
import {
  listOf,
  listOrNull,
  map,
  object,
  oneOfNull,
  orNull,
  text,
  textOrNull,
  version,
} from './workflowInputs.ts';

export const WORKFLOW_SCHEME = object(
  {
    name: textOrNull,
    description: textOrNull,
    defaultWorkflow: textOrNull,
    issueTypeMappings: orNull(map),
    updateDraftIfNeeded: oneOfNull('boolean'),
  },
  [],
  true,
);

export const DEFAULT_WORKFLOW = object({ workflow: text, updateDraftIfNeeded: oneOfNull('boolean') }, [
  'workflow',
]);

export const TYPE_WORKFLOW = object({
  issueType: textOrNull,
  workflow: text,
  updateDraftIfNeeded: oneOfNull('boolean'),
});

export const WORKFLOW_TYPES = object({
  workflow: textOrNull,
  issueTypes: listOrNull(text),
  defaultMapping: oneOfNull('boolean'),
  updateDraftIfNeeded: oneOfNull('boolean'),
});

export const PUBLISH_DRAFT = object({
  statusMappings: listOrNull(
    object({ issueTypeId: text, newStatusId: text, statusId: text }, [
      'issueTypeId',
      'newStatusId',
      'statusId',
    ]),
  ),
});

export const ASSIGN_SCHEME = object({ projectId: text, workflowSchemeId: textOrNull }, ['projectId']);

const pairs = listOf(object({ newStatusId: textOrNull, oldStatusId: textOrNull }));
const overrides = listOrNull(object({ issueTypeId: textOrNull, statusMappings: orNull(pairs) }));

export const SWITCH_SCHEME = object(
  { mappingsByIssueTypeOverride: overrides, projectId: text, targetSchemeId: text },
  ['projectId', 'targetSchemeId'],
  true,
);

export const READ_SCHEMES = object({
  projectIds: listOrNull(textOrNull),
  workflowSchemeIds: listOrNull(textOrNull),
});

const associations = listOf(
  object({ issueTypeIds: listOf(text, { uniqueItems: true }), workflowId: text }, [
    'issueTypeIds',
    'workflowId',
  ]),
);

export const REQUIRED_MAPPINGS = object(
  { defaultWorkflowId: textOrNull, id: text, workflowsForIssueTypes: associations },
  ['id', 'workflowsForIssueTypes'],
);

export const UPDATE_SCHEME = object(
  {
    id: text,
    name: text,
    description: text,
    version,
    defaultWorkflowId: textOrNull,
    workflowsForIssueTypes: orNull(associations),
    statusMappingsByIssueTypeOverride: overrides,
    statusMappingsByWorkflows: listOrNull(
      object({ newWorkflowId: text, oldWorkflowId: text, statusMappings: pairs }, [
        'newWorkflowId',
        'oldWorkflowId',
        'statusMappings',
      ]),
    ),
  },
  ['description', 'id', 'name', 'version'],
  true,
);

/** What the calls about workflows, statuses and schemes take, as JSON Schema; nothing may be there that is not said. */
import {
  PREVIEWS_PER_CALL_MAX,
  STATUSES_PER_CALL_MAX,
  WORKFLOW_STATUSES_PER_CALL_MAX,
  WORKFLOWS_PER_CALL_MAX,
} from '../limits.ts';

type Schema = Record<string, unknown>;

/** The pieces of which these and the inputs of schemes are made. */
export const text = { type: 'string' } as const;
/** What may be `null` instead. */
export const orNull = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] });
/** A value of a simple type, or `null`. */
export const oneOfNull = (type: string): Schema => ({ type: [type, 'null'] });
export const textOrNull = oneOfNull('string');
export const listOf = (items: Schema, more: Schema = {}): Schema => ({ type: 'array', items, ...more });
export const listOrNull = (items: Schema, more: Schema = {}): Schema => orNull(listOf(items, more));

/** An object; with `open` there may be more in it than is said. */
export const object = (
  properties: Record<string, Schema>,
  required: readonly string[] = [],
  open = false,
): Schema => ({
  type: 'object',
  properties,
  ...(required.length > 0 ? { required } : {}),
  ...(open ? {} : { additionalProperties: false }),
});

/** Texts by key. */
export const map = { type: 'object', additionalProperties: text } as const;
const oneOf = (...values: string[]): Schema => ({ type: 'string', enum: values });

const scope = object({ type: oneOf('PROJECT', 'GLOBAL'), project: orNull(object({ id: text }, ['id'])) }, [
  'type',
]);

const layout = orNull(object({ x: { type: 'number' }, y: { type: 'number' } }, ['x', 'y']));
const CATEGORY = oneOf('TODO', 'IN_PROGRESS', 'DONE');

const rule = object({ id: textOrNull, ruleKey: text, parameters: orNull(map) }, ['ruleKey']);

const conditions: Schema = {
  ...object({
    operation: { enum: ['ANY', 'ALL', null] },
    conditions: listOrNull(rule),
    conditionGroups: listOrNull({ $ref: '#/$defs/conditions' }),
  }),
};

const transition = object(
  {
    id: textOrNull,
    type: { enum: ['INITIAL', 'GLOBAL', 'DIRECTED', null] },
    name: textOrNull,
    description: textOrNull,
    toStatusReference: textOrNull,
    links: listOrNull(
      object({
        fromStatusReference: textOrNull,
        fromPort: { type: ['integer', 'null'] },
        toPort: { type: ['integer', 'null'] },
      }),
    ),
    conditions: orNull({ $ref: '#/$defs/conditions' }),
    validators: listOrNull(rule),
    actions: listOrNull(rule),
    triggers: listOrNull(rule),
    transitionScreen: orNull(rule),
    properties: orNull(map),
    customIssueEventId: textOrNull,
  },
  [],
  true,
);

const approval = object(
  {
    active: oneOf('true', 'false'),
    conditionType: oneOf('number', 'percent', 'numberPerPrincipal'),
    conditionValue: text,
    exclude: listOrNull({ enum: ['assignee', 'reporter', null] }),
    fieldId: text,
    prePopulatedFieldId: textOrNull,
    transitionApproved: text,
    transitionRejected: text,
  },
  ['active', 'conditionType', 'conditionValue', 'fieldId', 'transitionApproved', 'transitionRejected'],
);

const statusLayout = object(
  { statusReference: text, layout, properties: map, approvalConfiguration: orNull(approval) },
  ['properties', 'statusReference'],
  true,
);

const workflowStatus = object(
  { id: textOrNull, name: text, description: textOrNull, statusCategory: CATEGORY, statusReference: text },
  ['name', 'statusCategory', 'statusReference'],
  true,
);

const workflow = {
  description: textOrNull,
  startPointLayout: layout,
  loopedTransitionContainerLayout: layout,
  statuses: listOf(statusLayout),
  transitions: listOf(transition),
};

const statuses = listOrNull(workflowStatus, { maxItems: WORKFLOW_STATUSES_PER_CALL_MAX });

export const CREATE_WORKFLOWS: Schema = {
  ...object({
    scope: orNull(scope),
    statuses,
    workflows: listOrNull(object({ name: text, ...workflow }, ['name', 'statuses', 'transitions']), {
      maxItems: WORKFLOWS_PER_CALL_MAX,
    }),
  }),
};

const migrations = listOf(
  object({ newStatusReference: text, oldStatusReference: text }, [
    'newStatusReference',
    'oldStatusReference',
  ]),
);

/** The version that a request was made from. */
export const version = object({ id: text, versionNumber: { type: 'integer' } });

export const UPDATE_WORKFLOWS: Schema = object({
  statuses,
  workflows: listOrNull(
    object(
      {
        id: text,
        version,
        ...workflow,
        defaultStatusMappings: orNull(migrations),
        statusMappings: listOrNull(
          object({ issueTypeId: text, projectId: text, statusMigrations: migrations }, [
            'issueTypeId',
            'projectId',
            'statusMigrations',
          ]),
        ),
      },
      ['id', 'statuses', 'transitions', 'version'],
      true,
    ),
    { maxItems: WORKFLOWS_PER_CALL_MAX },
  ),
});

const levels = orNull(
  object({ levels: listOrNull(oneOf('WARNING', 'ERROR'), { maxItems: 2, uniqueItems: true }) }),
);

/** A request with what conditions are made of; `payload`: asked about instead of done. */
export const whole = (schema: Schema): Schema => ({ ...schema, $defs: { conditions } });
export const asked = (schema: Schema): Schema =>
  whole(object({ payload: schema, validationOptions: levels }, ['payload']));

export const READ_WORKFLOWS: Schema = object({
  projectAndIssueTypes: listOrNull(
    object({ issueTypeId: text, projectId: text }, ['issueTypeId', 'projectId']),
  ),
  workflowIds: listOrNull(text),
  workflowNames: listOrNull(text),
});

const previewed = listOrNull(text, { maxItems: PREVIEWS_PER_CALL_MAX });

export const PREVIEW_WORKFLOWS: Schema = object(
  { projectId: text, issueTypeIds: previewed, workflowIds: previewed, workflowNames: previewed },
  ['projectId'],
);

export const WORKFLOW_HISTORY: Schema = object({ workflowId: text }, ['workflowId']);
export const WORKFLOW_VERSION: Schema = object({ workflowId: text, version: { type: 'integer' } }, [
  'workflowId',
  'version',
]);

export const CREATE_STATUSES: Schema = object(
  {
    scope,
    statuses: listOf(
      object({ name: text, statusCategory: CATEGORY, description: textOrNull }, ['name', 'statusCategory']),
      { minItems: 1, maxItems: STATUSES_PER_CALL_MAX },
    ),
  },
  ['scope', 'statuses'],
);

export const UPDATE_STATUSES: Schema = object(
  {
    statuses: listOf(
      object(
        { id: text, name: text, statusCategory: CATEGORY, description: textOrNull },
        ['id', 'name', 'statusCategory'],
        true,
      ),
      { minItems: 1, maxItems: STATUSES_PER_CALL_MAX },
    ),
  },
  ['statuses'],
);

const workflowId = object({ name: text, draft: oneOfNull('boolean') }, ['name']);

const appRules = listOrNull(
  object(
    {
      id: text,
      key: textOrNull,
      configuration: object({ value: text, disabled: oneOfNull('boolean'), tag: textOrNull }, ['value']),
    },
    ['id', 'configuration'],
    true,
  ),
);

export const UPDATE_RULES: Schema = object(
  {
    workflows: listOf(
      object({ workflowId, postFunctions: appRules, conditions: appRules, validators: appRules }, [
        'workflowId',
      ]),
    ),
  },
  ['workflows'],
);

export const DELETE_RULES: Schema = object(
  {
    workflows: listOf(
      object({ workflowId, workflowRuleIds: listOf(text) }, ['workflowId', 'workflowRuleIds']),
    ),
  },
  ['workflows'],
);

export const RULE_SEARCH: Schema = object(
  { ruleIds: listOf(text, { minItems: 1 }), workflowEntityId: text, expand: textOrNull },
  ['ruleIds', 'workflowEntityId'],
  true,
);

/** Workflows of company-managed projects in the older form: names, from and to, rules by their old types. */

import { sortable } from '../../../src/table.ts';
import { type Call, type Endpoint, endpoint, list } from '../../../src/twin.ts';
import { forbidden } from '../errors.ts';
import { may } from '../model/permissions/may.ts';
import { statusOf } from '../model/projects/projects.ts';
import { deleteWorkflow } from '../model/workflows/deleteWorkflow.ts';
import { searchWorkflows } from '../model/workflows/readWorkflows.ts';
import { SYSTEM_WORKFLOW } from '../model/workflows/systemWorkflow.ts';
import { isActive, isDrafted, projectsHaving, schemesWith } from '../model/workflows/usages.ts';
import { type ConditionGroup, screens, type Transition, type Workflow, type WorkflowRule } from '../world.ts';
import { type Address, addressOf, caller, doc, listParameter } from './address.ts';
import { rangeOf } from './meta.ts';
import { projectView } from './schemeViews.ts';

type Json = Record<string, unknown>;

/** What rules were called before they had keys; app rules and those that came later keep their keys. */
const OLD_TYPES: Readonly<Record<string, string>> = {
  'system:check-permission-validator': 'PermissionValidator',
  'system:parent-or-child-blocking-validator': 'ParentStatusValidator',
  'system:previous-status-validator': 'PreviousStatusValidator',
  'system:restrict-issue-transition': 'RestrictIssueTransitionCondition',
  'system:check-field-value': 'ValueFieldCondition',
  'system:previous-status-condition': 'PreviousStatusCondition',
  'system:parent-or-child-blocking-condition': 'SubTaskBlockingCondition',
  'system:separation-of-duties': 'SeparationOfDutiesCondition',
  'system:restrict-from-all-users': 'RemoteOnlyCondition',
  'system:change-assignee': 'AssignToFunction',
  'system:copy-value-from-other-field': 'CopyValueFromOtherFieldPostFunction',
  'system:update-field': 'UpdateIssueFieldFunction',
  'system:trigger-webhook': 'TriggerWebhookFunction',
};

const VALIDATED: Readonly<Record<string, string>> = {
  fieldRequired: 'FieldRequiredValidator',
  fieldChanged: 'FieldChangedValidator',
  fieldHasSingleValue: 'FieldHasSingleValueValidator',
  fieldMatchesRegularExpression: 'RegexpFieldValidator',
  dateFieldComparison: 'DateFieldValidator',
  windowDateComparison: 'WindowsDateValidator',
};

/** What every transition does besides its own post functions. */
const ALWAYS = ['UpdateIssueStatusFunction', 'GenerateChangeHistoryFunction', 'FireIssueEventFunction'];

const ruleView = ({ ruleKey, parameters }: WorkflowRule): Json => ({
  type: VALIDATED[parameters.ruleType ?? ''] ?? OLD_TYPES[ruleKey] ?? ruleKey,
  configuration: parameters,
});

const conditionView = ({ operation, conditions, conditionGroups }: ConditionGroup): Json => ({
  nodeType: 'compound',
  operator: operation === 'ANY' ? 'OR' : 'AND',
  conditions: [
    ...conditions.map((rule) => ({ nodeType: 'simple', ...ruleView(rule) })),
    ...conditionGroups.map(conditionView),
  ],
});

function transitionView(at: Address, one: Transition, rules: boolean, properties: boolean): Json {
  const screenId = one.transitionScreen?.parameters.screenId;
  const screen = screenId ? at.world.get(screens, sortable(Number(screenId))) : undefined;
  return {
    id: one.id,
    name: one.name,
    description: one.description,
    from: one.links.map((link) => link.fromStatusReference),
    to: one.toStatusReference ?? '',
    type: one.type.toLowerCase(),
    ...(screen ? { screen: { id: String(screen.id), name: screen.name } } : {}),
    ...(rules
      ? {
          rules: {
            ...(one.conditions ? { conditionsTree: conditionView(one.conditions) } : {}),
            validators: one.validators.map(ruleView),
            postFunctions: [...one.actions.map(ruleView), ...ALWAYS.map((type) => ({ type }))],
          },
        }
      : {}),
    ...(properties ? { properties: one.properties } : {}),
  };
}

function classicView(at: Address, workflow: Workflow, expand: readonly string[]): Json {
  const [rules, properties] = ['transitions.rules', 'transitions.properties'].map((one) =>
    expand.includes(one),
  );
  const system = workflow.name === SYSTEM_WORKFLOW;
  const active = isActive(at.world, workflow);
  const schemes = schemesWith(at.world, workflow);
  return {
    id: { name: workflow.name, entityId: workflow.id },
    description: workflow.description,
    created: workflow.created,
    updated: workflow.updated,
    ...(rules || properties || expand.includes('transitions')
      ? {
          transitions: workflow.transitions.map((one) =>
            transitionView(at, one, rules ?? false, properties ?? false),
          ),
        }
      : {}),
    ...(expand.includes('statuses')
      ? {
          statuses: workflow.statuses.map(({ statusReference: id, properties: own }) => ({
            id,
            name: statusOf(at.world, { id }).name,
            properties: own,
          })),
        }
      : {}),
    ...(expand.includes('default') ? { isDefault: system } : {}),
    ...(expand.includes('schemes') ? { schemes: schemes.map(({ id, name }) => ({ id, name })) } : {}),
    ...(expand.includes('projects')
      ? { projects: projectsHaving(at.world, workflow).map(({ project }) => projectView(at, project)) }
      : {}),
    ...(expand.includes('hasDraftWorkflow') ? { hasDraftWorkflow: false } : {}),
    ...(expand.includes('operations')
      ? {
          operations: {
            canEdit: !system,
            canDelete: !system && !active && schemes.length === 0 && !isDrafted(at.world, workflow),
          },
        }
      : {}),
  };
}

function searched(call: Call): Workflow[] {
  const me = caller(call);
  if (!may(call.world, me, 'ADMINISTER')) throw forbidden('Only Jira administrators can access workflows.');
  const active = call.query.get('isActive');
  return searchWorkflows(call.world, me, {
    queryString: call.query.get('queryString') ?? undefined,
    names: call.query.getAll('workflowName'),
    scope: 'GLOBAL',
    isActive: active === null ? undefined : active === 'true',
    orderBy: call.query.get('orderBy') ?? undefined,
  });
}

export const classicWorkflowEndpoints: readonly Endpoint[] = [
  endpoint(
    {
      id: 'getWorkflowsPaginated',
      route: 'GET /rest/api/3/workflow/search',
      page: { style: 'values', default: 50, max: 50 },
      doc: doc('workflows', 'workflow-search-get'),
    },
    (call) => {
      const expand = listParameter(call.query, 'expand');
      return list(rangeOf(searched(call)), (one) => classicView(addressOf(call), one, expand));
    },
  ),
  endpoint(
    {
      id: 'deleteInactiveWorkflow',
      route: 'DELETE /rest/api/3/workflow/{entityId}',
      status: 204,
      doc: doc('workflows', 'workflow-entityid-delete'),
    },
    (call) => deleteWorkflow(call.world, caller(call), call.params.entityId),
  ),
];

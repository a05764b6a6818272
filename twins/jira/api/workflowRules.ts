/** What apps do with their rules in workflows, and what administrators do with properties of transitions. */
import { type Call, type Endpoint, endpoint, list, reply } from '../../../src/twin.ts';
import { header } from '../../../src/wire.ts';
import { badQuery, missing } from '../errors.ts';
import { RULE_IDS_PER_SEARCH_MAX } from '../limits.ts';
import {
  type AppRule,
  type AppRuleKind,
  appRulesOf,
  changeRules,
  type RuleChange,
  requireApp,
  workflowsWithRules,
} from '../model/workflows/appRules.ts';
import {
  deleteTransitionProperty,
  propertiesOfTransition,
  setTransitionProperty,
  type TransitionPlace,
  type TransitionProperty,
} from '../model/workflows/transitionProperties.ts';
import { type Workflow, workflows } from '../world.ts';
import { bodyObject, caller, doc, listParameter } from './address.ts';
import { rangeOf } from './meta.ts';
import { DELETE_RULES, RULE_SEARCH, UPDATE_RULES } from './workflowInputs.ts';

type Json = Record<string, unknown>;

const KINDS: readonly AppRuleKind[] = ['postFunctions', 'conditions', 'validators'];
const KIND_NAMES: Readonly<Record<string, AppRuleKind>> = {
  postfunction: 'postFunctions',
  condition: 'conditions',
  validator: 'validators',
};

const appAt = (call: Call): string => requireApp(call.actor?.app);

/** A workflow's rules of an app, list by list. */
function rulesView({ name }: Workflow, rules: readonly AppRule[], transition: boolean): Json {
  const view = ({ rule, transition: where }: AppRule): Json => ({
    id: rule.id,
    key: rule.parameters.key ?? rule.ruleKey,
    configuration: {
      value: rule.parameters.config ?? '',
      disabled: rule.parameters.disabled === 'true',
      ...(rule.parameters.tag ? { tag: rule.parameters.tag } : {}),
    },
    ...(transition ? { transition: { id: Number(where.id), name: where.name } } : {}),
  });
  const lists = KINDS.map((kind) => [kind, rules.filter((one) => one.kind === kind).map(view)]);
  return { workflowId: { name, draft: false }, ...Object.fromEntries(lists) };
}

const placeOf = (call: Call): TransitionPlace => ({
  transitionId: call.params.transitionId ?? '',
  workflowName: call.query.get('workflowName'),
  workflowMode: call.query.get('workflowMode'),
});

const shown = ({ key, value }: TransitionProperty): Json => ({ key, value, id: key });

/** Sets the property of the query; 304 where it was so already. */
function propertySet(call: Call, fresh: boolean): unknown {
  const key = call.query.get('key') ?? '';
  const { value } = bodyObject(call);
  const done = setTransitionProperty(call.world, caller(call), placeOf(call), { key, value }, fresh);
  return done ? shown({ key, value: String(value) }) : reply({ status: 304 });
}

interface RulesInput {
  workflows: ({ workflowId: { name: string; draft?: boolean | null }; workflowRuleIds?: string[] } & {
    [K in AppRuleKind]?: RuleChange[] | null;
  })[];
}

const propertyRoute = '/rest/api/3/workflow/transitions/{transitionId}/properties';
const propertyDoc = (method: string): string =>
  doc('workflow-transition-properties', `workflow-transitions-transitionid-properties-${method}`);

export const workflowRuleEndpoints: readonly Endpoint[] = [
  endpoint(
    {
      id: 'getWorkflowTransitionRuleConfigurations',
      route: 'GET /rest/api/3/workflow/rule/config',
      page: { style: 'values', default: 10, max: 50 },
      doc: doc('workflow-transition-rules', 'workflow-rule-config-get'),
    },
    (call) => {
      const app = appAt(call);
      const types = listParameter(call.query, 'types');
      if (types.length === 0) throw badQuery('The types parameter must be provided.');
      const kinds = types.flatMap((type) => KIND_NAMES[type] ?? []);
      if (kinds.length < types.length) throw missing('The transition rule type is not supported.');
      const found = workflowsWithRules(call.world, app, {
        kinds,
        keys: listParameter(call.query, 'keys'),
        names: call.query.getAll('workflowNames'),
        tags: listParameter(call.query, 'withTags'),
      });
      const expanded = listParameter(call.query, 'expand').includes('transition');
      const pages = call.query.get('draft') === 'true' ? [] : found;
      return list(rangeOf(pages), ({ workflow, rules }) => rulesView(workflow, rules, expanded));
    },
  ),
  endpoint(
    {
      id: 'updateWorkflowTransitionRuleConfigurations',
      route: 'PUT /rest/api/3/workflow/rule/config',
      input: UPDATE_RULES,
      doc: doc('workflow-transition-rules', 'workflow-rule-config-put'),
    },
    (call) => {
      const app = appAt(call);
      const updateResults = (call.input as RulesInput).workflows.map(({ workflowId, ...lists }) => {
        const changes = KINDS.flatMap((kind) => lists[kind] ?? []);
        return changeRules(call.world, caller(call), app, workflowId, changes);
      });
      return { updateResults };
    },
  ),
  endpoint(
    {
      id: 'deleteWorkflowTransitionRuleConfigurations',
      route: 'PUT /rest/api/3/workflow/rule/config/delete',
      input: DELETE_RULES,
      doc: doc('workflow-transition-rules', 'workflow-rule-config-delete-put'),
    },
    (call) => {
      const app = appAt(call);
      const updateResults = (call.input as RulesInput).workflows.map(({ workflowId, workflowRuleIds }) =>
        changeRules(
          call.world,
          caller(call),
          app,
          workflowId,
          (workflowRuleIds ?? []).map((id) => ({ id })),
        ),
      );
      return { updateResults };
    },
  ),
  endpoint(
    {
      id: 'MigrationResource.workflowRuleSearch_post',
      route: 'POST /rest/atlassian-connect/1/migration/workflow/rule/search',
      input: RULE_SEARCH,
      doc: doc('app-migration', 'migration-workflow-rule-search-post'),
    },
    (call) => {
      const app = appAt(call);
      if (!header(call.request.headers, 'atlassian-transfer-id'))
        throw badQuery('The Atlassian-Transfer-Id header is required.');
      const { workflowEntityId, ruleIds, expand } = call.input as {
        workflowEntityId: string;
        ruleIds: string[];
        expand?: string | null;
      };
      if (ruleIds.length > RULE_IDS_PER_SEARCH_MAX) throw badQuery('Too many rule IDs.');
      const workflow = call.world.get(workflows, workflowEntityId);
      const own = workflow ? appRulesOf(workflow, app).filter(({ rule }) => ruleIds.includes(rule.id)) : [];
      const known = new Set(own.map(({ rule }) => rule.id));
      return {
        workflowEntityId,
        invalidRules: ruleIds.filter((id) => !known.has(id)),
        validRules: workflow && own.length > 0 ? [rulesView(workflow, own, expand === 'transition')] : [],
      };
    },
  ),
  endpoint(
    {
      id: 'getWorkflowTransitionProperties',
      route: `GET ${propertyRoute}`,
      doc: propertyDoc('get'),
    },
    (call) => {
      const key = call.query.get('key');
      const reserved = call.query.get('includeReservedKeys') === 'true';
      const found = propertiesOfTransition(call.world, caller(call), placeOf(call), key, reserved).map(shown);
      return key === null ? found : found[0];
    },
  ),
  endpoint(
    {
      id: 'createWorkflowTransitionProperty',
      route: `POST ${propertyRoute}`,
      doc: propertyDoc('post'),
    },
    (call) => propertySet(call, true),
  ),
  endpoint(
    {
      id: 'updateWorkflowTransitionProperty',
      route: `PUT ${propertyRoute}`,
      doc: propertyDoc('put'),
    },
    (call) => propertySet(call, false),
  ),
  endpoint(
    {
      id: 'deleteWorkflowTransitionProperty',
      route: `DELETE ${propertyRoute}`,
      doc: propertyDoc('delete'),
    },
    (call) => {
      const key = call.query.get('key') ?? '';
      const done = deleteTransitionProperty(call.world, caller(call), placeOf(call), key);
      return reply({ status: done ? 200 : 304 });
    },
  ),
];

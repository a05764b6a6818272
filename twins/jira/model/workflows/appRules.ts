/**
 * Rules of apps in workflows: an app finds its own, configures, switches off and deletes them.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-workflow-transition-rules/
 */
import type { World } from '../../../../src/world/world.ts';
import { forbidden } from '../../errors.ts';
import type { ConditionGroup, Transition, User, Workflow, WorkflowRule } from '../../world.ts';
import { rewriteWorkflow } from './documents.ts';
import { searchable, workflowCalled } from './readWorkflows.ts';

/** The three lists of an answer. */
export type AppRuleKind = 'postFunctions' | 'conditions' | 'validators';

export interface AppRule {
  kind: AppRuleKind;
  rule: WorkflowRule;
  transition: Transition;
}

/** The app that asks; 403 for anybody else. */
export function requireApp(app: string | undefined): string {
  if (app === undefined) throw forbidden('Only Connect or Forge apps can use this operation.');
  return app;
}

/** Whether a rule belongs to an app. */
const isOwn = ({ ruleKey, parameters }: WorkflowRule, app: string): boolean =>
  ruleKey.startsWith('connect:') ? parameters.appKey === app : (parameters.key ?? '').includes(`/${app}/`);

/** The rules of an app in a workflow. */
export const appRulesOf = (workflow: Workflow, app: string): AppRule[] =>
  workflow.transitions.flatMap((transition) => {
    const own = (kind: AppRuleKind, rules: readonly WorkflowRule[]) =>
      rules.filter((rule) => isOwn(rule, app)).map((rule) => ({ kind, rule, transition }));
    return [
      ...own('postFunctions', transition.actions),
      ...own('conditions', conditionsOf(transition.conditions)),
      ...own('validators', transition.validators),
    ];
  });

const conditionsOf = (group: ConditionGroup | undefined): WorkflowRule[] =>
  group ? [...group.conditions, ...group.conditionGroups.flatMap(conditionsOf)] : [];

export interface AppRuleFilter {
  kinds: readonly AppRuleKind[];
  keys: readonly string[];
  names: readonly string[];
  tags: readonly string[];
}

/** The workflows with rules of an app that pass a filter, and those rules. */
export function workflowsWithRules(
  world: World,
  app: string,
  { kinds, keys, names, tags }: AppRuleFilter,
): { workflow: Workflow; rules: AppRule[] }[] {
  return searchable(world)
    .filter(({ name }) => names.length === 0 || names.includes(name))
    .map((workflow) => ({
      workflow,
      rules: appRulesOf(workflow, app).filter(
        ({ kind, rule: { parameters } }) =>
          kinds.includes(kind) &&
          (keys.length === 0 || keys.includes(parameters.key ?? '')) &&
          (tags.length === 0 || tags.includes(parameters.tag ?? '')),
      ),
    }))
    .filter(({ rules }) => rules.length > 0);
}

/** The rule that a request sends, by its id. */
export interface RuleChange {
  id: string;
  configuration?: { value: string; disabled?: boolean | null; tag?: string | null } | null;
}

export interface RuleResult {
  workflowId: { name: string; draft?: boolean };
  updateErrors: string[];
  ruleUpdateErrors: Record<string, string[]>;
}

/** Configures rules of a workflow; `undefined` in place of a configuration deletes the rule. */
export function changeRules(
  world: World,
  user: User,
  app: string,
  workflowId: { name: string; draft?: boolean | null },
  changes: readonly RuleChange[],
): RuleResult {
  const named = { name: workflowId.name, draft: workflowId.draft ?? false };
  const workflow = named.draft ? undefined : workflowCalled(world, named.name);
  if (!workflow) {
    const found = `WorkflowIdBean{name=${named.name}, draft=${named.draft}}`;
    return { workflowId: named, updateErrors: [`Workflow not found: ${found}`], ruleUpdateErrors: {} };
  }
  const own = new Set(appRulesOf(workflow, app).map(({ rule }) => rule.id));
  const unknown = changes.filter(({ id }) => !own.has(id));
  const known = new Map(changes.filter(({ id }) => own.has(id)).map((one) => [one.id, one]));
  if (known.size > 0) rewriteWorkflow(world, workflow, withRules(workflow, known), user);
  return {
    workflowId: named,
    updateErrors: [],
    ruleUpdateErrors: Object.fromEntries(
      unknown.map(({ id }) => [id, [`The rule with this id does not exist: ${id}`]]),
    ),
  };
}

function withRules(workflow: Workflow, changes: ReadonlyMap<string, RuleChange>): Workflow {
  const rules = (all: readonly WorkflowRule[]) =>
    all.flatMap((one) => changed(one, changes.get(one.id)) ?? []);
  const group = (one: ConditionGroup): ConditionGroup => ({
    operation: one.operation,
    conditions: rules(one.conditions),
    conditionGroups: one.conditionGroups.map(group),
  });
  return {
    ...workflow,
    transitions: workflow.transitions.map((one) => ({
      ...one,
      actions: rules(one.actions),
      validators: rules(one.validators),
      ...(one.conditions ? { conditions: group(one.conditions) } : {}),
    })),
  };
}

function changed(rule: WorkflowRule, change: RuleChange | undefined): WorkflowRule | undefined {
  if (!change) return rule;
  if (!change.configuration) return undefined;
  const { value, disabled, tag } = change.configuration;
  const { tag: _, ...kept } = rule.parameters;
  return {
    ...rule,
    parameters: { ...kept, config: value, disabled: String(disabled ?? false), ...(tag ? { tag } : {}) },
  };
}

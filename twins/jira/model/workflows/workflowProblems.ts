/**
 * What is wrong with workflows that somebody wants to write: everything at once, each with its code and the part of
 * the document that it is about, as `/workflows/…/validation` lists it.
 */
import type { World } from '../../../../src/world/world.ts';
import { CONDITION_DEPTH_MAX, WORKFLOW_NAME_CHARS_MAX } from '../../limits.ts';
import {
  type ConditionGroup,
  type Scope,
  type Transition,
  type Workflow,
  type WorkflowRule,
  workflows,
} from '../../world.ts';
import type { WorkflowDraft } from './documents.ts';
import { RULES, type RuleType } from './rules/catalogue.ts';
import { parameterProblem } from './rules/parameters.ts';
import { TRIGGER_RULE } from './triggers.ts';

export interface WorkflowProblem {
  code: string;
  level: 'ERROR' | 'WARNING';
  message: string;
  type:
    | 'RULE'
    | 'STATUS'
    | 'STATUS_LAYOUT'
    | 'STATUS_PROPERTY'
    | 'WORKFLOW'
    | 'TRANSITION'
    | 'TRANSITION_PROPERTY'
    | 'SCOPE'
    | 'STATUS_MAPPING'
    | 'TRIGGER';
  elementReference?: {
    statusReference?: string;
    transitionId?: string;
    ruleId?: string;
    propertyKey?: string;
    statusMappingReference?: { issueTypeId: string; projectId: string };
  };
}

/** One problem; an error unless it is said to be a warning. */
export const problem = (
  type: WorkflowProblem['type'],
  code: string,
  message: string,
  elementReference?: WorkflowProblem['elementReference'],
): WorkflowProblem => ({
  code,
  level: 'ERROR',
  message,
  type,
  ...(elementReference ? { elementReference } : {}),
});

/** What is wrong with a workflow, its statuses being known. `before`: the workflow that it is to replace. */
export function workflowProblems(
  world: World,
  draft: WorkflowDraft,
  scope: Scope | undefined,
  before?: Workflow,
): WorkflowProblem[] {
  return [
    ...nameProblems(world, draft, before),
    ...statusProblems(draft),
    ...transitionProblems(draft),
    ...draft.transitions.flatMap((one) => ruleProblems(world, one, scope)),
  ];
}

function nameProblems(world: World, { name }: WorkflowDraft, before?: Workflow): WorkflowProblem[] {
  if (name.trim() === '')
    return [problem('WORKFLOW', 'WORKFLOW_NAME_REQUIRED', 'A workflow name is required.')];
  if (name.length > WORKFLOW_NAME_CHARS_MAX)
    return [
      problem(
        'WORKFLOW',
        'WORKFLOW_NAME_TOO_LONG',
        `The workflow name is too long, the limit is ${WORKFLOW_NAME_CHARS_MAX} characters.`,
      ),
    ];
  const taken = world.list(workflows, { index: 'name', equals: name.toLowerCase() }).first();
  return taken && taken.id !== before?.id
    ? [problem('WORKFLOW', 'NON_UNIQUE_WORKFLOW_NAME', 'You must use a unique workflow name.')]
    : [];
}

function statusProblems({ statuses, transitions }: WorkflowDraft): WorkflowProblem[] {
  const found: WorkflowProblem[] = [];
  const seen = new Set<string>();
  if (statuses.length === 0)
    found.push(problem('WORKFLOW', 'WORKFLOW_HAS_NO_STATUSES', 'A workflow must have at least one status.'));
  for (const { statusReference } of statuses) {
    const at = { statusReference };
    if (seen.has(statusReference))
      found.push(
        problem(
          'STATUS_LAYOUT',
          'NON_UNIQUE_STATUS_REFERENCE',
          'A status can be in a workflow only once.',
          at,
        ),
      );
    seen.add(statusReference);
    if (!transitions.some((one) => one.type === 'GLOBAL' || one.toStatusReference === statusReference))
      found.push({
        ...problem('STATUS', 'UNREACHABLE_STATUS', 'No transition leads to this status.', at),
        level: 'WARNING',
      });
  }
  return found;
}

function transitionProblems({ transitions, statuses }: WorkflowDraft): WorkflowProblem[] {
  const found: WorkflowProblem[] = [];
  const known = new Set(statuses.map((one) => one.statusReference));
  const first = transitions.filter(({ type }) => type === 'INITIAL');
  if (first.length !== 1)
    found.push(
      problem(
        'WORKFLOW',
        'INITIAL_TRANSITION_REQUIRED',
        'A workflow must have exactly one initial transition.',
      ),
    );
  const ids = new Set<string>();
  for (const one of transitions) {
    const at = { transitionId: one.id };
    const say = (code: string, message: string) => found.push(problem('TRANSITION', code, message, at));
    if (ids.has(one.id)) say('NON_UNIQUE_TRANSITION_ID', 'You must use a unique transition ID.');
    ids.add(one.id);
    if (!/^\d{1,9}$/.test(one.id)) say('INVALID_TRANSITION_ID', 'The transition ID must be a number.');
    if (one.name.trim() === '') say('TRANSITION_NAME_REQUIRED', 'A transition name is required.');
    if (one.name.length > WORKFLOW_NAME_CHARS_MAX)
      say('TRANSITION_NAME_TOO_LONG', 'The transition name is too long.');
    if (one.toStatusReference === undefined ? one.type !== 'GLOBAL' : !known.has(one.toStatusReference))
      say('TRANSITION_TARGET_NOT_FOUND', 'The transition must go to a status of the workflow.');
    if (one.type === 'DIRECTED' && one.links.length === 0)
      say('DIRECTED_TRANSITION_REQUIRES_LINKS', 'A directed transition must start from a status.');
    if (one.type !== 'DIRECTED' && one.links.length > 0)
      say('LINKS_NOT_ALLOWED', 'Only a directed transition can start from a status.');
    if (one.links.some((link) => !known.has(link.fromStatusReference)))
      say('TRANSITION_SOURCE_NOT_FOUND', 'The transition must start from a status of the workflow.');
  }
  return found;
}

function ruleProblems(world: World, one: Transition, scope: Scope | undefined): WorkflowProblem[] {
  const initial = one.type === 'INITIAL';
  const check = (type: RuleType) => (rule: WorkflowRule) => {
    const message = ruleProblem(world, rule, type, initial, scope);
    const at = { transitionId: one.id, ruleId: rule.id };
    return message ? [problem('RULE', 'INVALID_RULE', message, at)] : [];
  };
  const tree = conditionsIn(one.conditions);
  return [
    ...tree.rules.flatMap(check('Condition')),
    ...(tree.tooDeep
      ? [
          problem('RULE', 'CONDITIONS_TOO_DEEP', 'Conditions are nested too deeply.', {
            transitionId: one.id,
          }),
        ]
      : []),
    ...one.validators.flatMap(check('Validator')),
    ...one.actions.flatMap(check('Function')),
    ...(one.transitionScreen ? check('Screen')(one.transitionScreen) : []),
    ...one.triggers
      .filter(({ ruleKey }) => ruleKey !== TRIGGER_RULE)
      .map(({ ruleKey }) =>
        problem('TRIGGER', 'INVALID_TRIGGER', `The trigger '${ruleKey}' is not supported.`, {
          transitionId: one.id,
        }),
      ),
  ];
}

function ruleProblem(
  world: World,
  { ruleKey, parameters }: WorkflowRule,
  type: RuleType,
  initial: boolean,
  scope: Scope | undefined,
): string | undefined {
  const spec = Object.hasOwn(RULES, ruleKey) ? RULES[ruleKey] : undefined;
  if (!spec) return `The rule key '${ruleKey}' is not supported.`;
  if (spec.ruleType !== type) return `The rule '${ruleKey}' cannot be used as a ${type.toLowerCase()}.`;
  if (initial && !spec.initial) return `The rule '${ruleKey}' cannot be added to an initial transition.`;
  return parameterProblem(world, spec, parameters, scope);
}

/** Every rule of a tree of conditions. */
export function conditionsIn(
  group: ConditionGroup | undefined,
  depth = 1,
): { rules: WorkflowRule[]; tooDeep: boolean } {
  if (!group) return { rules: [], tooDeep: false };
  if (depth > CONDITION_DEPTH_MAX) return { rules: [], tooDeep: true };
  const inner = group.conditionGroups.map((one) => conditionsIn(one, depth + 1));
  return {
    rules: [...group.conditions, ...inner.flatMap(({ rules }) => rules)],
    tooDeep: inner.some(({ tooDeep }) => tooDeep),
  };
}

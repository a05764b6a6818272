/** Workflows as requests send them, made into documents: references into ids, what is left out into nothing. */
import type { World } from '../../../../src/world/world.ts';
import type {
  ConditionGroup,
  Layout,
  Scope,
  Transition,
  Workflow,
  WorkflowRule,
  WorkflowStatus,
} from '../../world.ts';
import { rule, type WorkflowDraft } from './documents.ts';
import type { StatusInput } from './statuses.ts';

export interface RuleInput {
  id?: string | null;
  ruleKey: string;
  parameters?: Record<string, string> | null;
}

export interface ConditionGroupInput {
  operation?: 'ANY' | 'ALL' | null;
  conditions?: RuleInput[] | null;
  conditionGroups?: ConditionGroupInput[] | null;
}

export interface TransitionInput {
  id?: string | null;
  type?: 'INITIAL' | 'GLOBAL' | 'DIRECTED' | null;
  name?: string | null;
  description?: string | null;
  toStatusReference?: string | null;
  links?: { fromStatusReference?: string | null; fromPort?: number | null; toPort?: number | null }[] | null;
  conditions?: ConditionGroupInput | null;
  validators?: RuleInput[] | null;
  actions?: RuleInput[] | null;
  triggers?: RuleInput[] | null;
  transitionScreen?: RuleInput | null;
  properties?: Record<string, string> | null;
  customIssueEventId?: string | null;
}

export interface StatusLayoutInput {
  statusReference: string;
  layout?: Layout | null;
  properties: Record<string, string>;
  approvalConfiguration?: Record<string, unknown> | null;
}

export interface WorkflowInput {
  name?: string;
  description?: string | null;
  startPointLayout?: Layout | null;
  loopedTransitionContainerLayout?: Layout | null;
  statuses: StatusLayoutInput[];
  transitions: TransitionInput[];
}

/** A status that goes with workflows: one that is there, or is to be made. */
export interface WorkflowStatusInput extends StatusInput {
  id?: string | null;
  statusReference: string;
}

/** The document that a request asks for; `idOf` gives the id of the status that a reference means. */
export function draftOfWorkflow(
  world: World,
  input: WorkflowInput,
  scope: Scope | undefined,
  idOf: (reference: string) => string,
  before?: Workflow,
): WorkflowDraft {
  const { startPointLayout, loopedTransitionContainerLayout } = input;
  let lastId = Math.max(1, ...input.transitions.map(({ id }) => Number(id) || 0));
  const nextId = () => {
    lastId += 10;
    return String(lastId);
  };
  return {
    name: (input.name ?? before?.name ?? '').trim(),
    description: input.description ?? before?.description ?? '',
    ...(scope ? { scope } : {}),
    ...(startPointLayout ? { startPointLayout } : {}),
    ...(loopedTransitionContainerLayout ? { loopedTransitionContainerLayout } : {}),
    statuses: input.statuses.map((one) => statusOfInput(one, idOf)),
    transitions: input.transitions.map((one) => transitionOfInput(world, one, idOf, nextId)),
  };
}

const statusOfInput = (
  { statusReference, layout, properties, approvalConfiguration }: StatusLayoutInput,
  idOf: (reference: string) => string,
): WorkflowStatus => ({
  statusReference: idOf(statusReference),
  ...(layout ? { layout } : {}),
  properties,
  deprecated: false,
  ...(approvalConfiguration ? { approvalConfiguration } : {}),
});

function transitionOfInput(
  world: World,
  input: TransitionInput,
  idOf: (reference: string) => string,
  nextId: () => string,
): Transition {
  const rules = (inputs: readonly RuleInput[] | null | undefined) =>
    (inputs ?? []).map((one) => ruleOfInput(world, one));
  const { toStatusReference: to, links, conditions, transitionScreen, customIssueEventId } = input;
  return {
    id: input.id ?? nextId(),
    type: input.type ?? (links && links.length > 0 ? 'DIRECTED' : 'GLOBAL'),
    name: input.name ?? '',
    description: input.description ?? '',
    ...(to === undefined || to === null ? {} : { toStatusReference: idOf(to) }),
    links: (links ?? []).map(({ fromStatusReference, fromPort, toPort }) => ({
      fromStatusReference: idOf(fromStatusReference ?? ''),
      ...(typeof fromPort === 'number' ? { fromPort } : {}),
      ...(typeof toPort === 'number' ? { toPort } : {}),
    })),
    ...(conditions ? { conditions: groupOfInput(world, conditions) } : {}),
    validators: rules(input.validators),
    actions: rules(input.actions),
    triggers: rules(input.triggers),
    ...(transitionScreen ? { transitionScreen: ruleOfInput(world, transitionScreen) } : {}),
    properties: input.properties ?? {},
    ...(customIssueEventId ? { customIssueEventId } : {}),
  };
}

const groupOfInput = (world: World, input: ConditionGroupInput): ConditionGroup => ({
  operation: input.operation ?? 'ALL',
  conditions: (input.conditions ?? []).map((one) => ruleOfInput(world, one)),
  conditionGroups: (input.conditionGroups ?? []).map((one) => groupOfInput(world, one)),
});

function ruleOfInput(world: World, { id, ruleKey, parameters }: RuleInput): WorkflowRule {
  const made = rule(world, ruleKey, parameters ?? {});
  return id ? { ...made, id } : made;
}

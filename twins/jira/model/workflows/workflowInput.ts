/** Workflows as requests send them, made into documents: references into ids, what is left out into nothing. */
import type {
  ConditionGroup,
  Layout,
  Scope,
  Transition,
  Workflow,
  WorkflowRule,
  WorkflowStatus,
} from '../../world.ts';
import type { WorkflowDraft } from './documents.ts';
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

/** What a document takes from elsewhere: the status that a reference means, an id for a rule that has none. */
export interface Ids {
  idOf(reference: string): string;
  ruleId(): string;
}

/** Ids for a document that is only looked at. */
export const AS_SENT: Ids = { idOf: (reference) => reference, ruleId: () => '' };

/** The document that a request asks for. */
export function draftOfWorkflow(
  input: WorkflowInput,
  scope: Scope | undefined,
  ids: Ids,
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
    statuses: input.statuses.map((one) => statusOfInput(one, ids)),
    transitions: input.transitions.map((one) => transitionOfInput(one, ids, nextId)),
  };
}

const statusOfInput = (
  { statusReference, layout, properties, approvalConfiguration }: StatusLayoutInput,
  { idOf }: Ids,
): WorkflowStatus => ({
  statusReference: idOf(statusReference),
  ...(layout ? { layout } : {}),
  properties,
  deprecated: false,
  ...(approvalConfiguration ? { approvalConfiguration } : {}),
});

function transitionOfInput(input: TransitionInput, ids: Ids, nextId: () => string): Transition {
  const { idOf } = ids;
  const rules = (inputs: readonly RuleInput[] | null | undefined) =>
    (inputs ?? []).map((one) => ruleOfInput(ids, one));
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
    ...(conditions ? { conditions: groupOfInput(ids, conditions) } : {}),
    validators: rules(input.validators),
    actions: rules(input.actions),
    triggers: rules(input.triggers),
    ...(transitionScreen ? { transitionScreen: ruleOfInput(ids, transitionScreen) } : {}),
    properties: input.properties ?? {},
    ...(customIssueEventId ? { customIssueEventId } : {}),
  };
}

const groupOfInput = (ids: Ids, input: ConditionGroupInput): ConditionGroup => ({
  operation: input.operation ?? 'ALL',
  conditions: (input.conditions ?? []).map((one) => ruleOfInput(ids, one)),
  conditionGroups: (input.conditionGroups ?? []).map((one) => groupOfInput(ids, one)),
});

const ruleOfInput = (ids: Ids, { id, ruleKey, parameters }: RuleInput): WorkflowRule => ({
  id: id || ids.ruleId(),
  ruleKey,
  parameters: parameters ?? {},
});

/**
 * Workflows written by lists, with the statuses that they need: all of a request or nothing. What is wrong with it can
 * be asked first.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-workflows/#api-rest-api-3-workflows-create-post
 */
import type { World } from '../../../../src/world/world.ts';
import { badQuery } from '../../errors.ts';
import { type Scope, type Status, statuses, type User, type Workflow } from '../../world.ts';
import { audit } from '../site/audit.ts';
import { requireAdminister } from './administration.ts';
import { addWorkflow, ruleId, type WorkflowDraft } from './documents.ts';
import { addStatus, changeStatus, readScope, type ScopeInput, statusNamed } from './statuses.ts';
import { AS_SENT, draftOfWorkflow, type WorkflowInput, type WorkflowStatusInput } from './workflowInput.ts';
import { problem, type WorkflowProblem, workflowProblems } from './workflowProblems.ts';

export interface CreateInput {
  scope?: ScopeInput | null;
  statuses?: WorkflowStatusInput[] | null;
  workflows?: WorkflowInput[] | null;
}

export interface Written {
  workflows: Workflow[];
  statuses: Status[];
}

/** Makes workflows and statuses; 400 with every error that `createProblems` finds. */
export function createWorkflows(world: World, user: User, input: CreateInput): Written {
  const scope = readScope(world, input.scope ?? { type: 'GLOBAL' });
  requireAdminister(world, user, scope);
  refuse(createProblems(world, input));
  const ids = { idOf: writeStatuses(world, user, scope, input.statuses ?? []), ruleId: () => ruleId(world) };
  const workflows = (input.workflows ?? []).map((one) => {
    const workflow = addWorkflow(world, draftOfWorkflow(one, scope, ids), user);
    noteWorkflow(world, user, 'Workflow created', workflow);
    return workflow;
  });
  return { workflows, statuses: statusesOfAll(world, workflows) };
}

/** What is wrong with a request to make workflows. */
export function createProblems(world: World, input: CreateInput): WorkflowProblem[] {
  const scope = readScope(world, input.scope ?? { type: 'GLOBAL' });
  const inputs = input.workflows ?? [];
  const given = input.statuses ?? [];
  const names = new Set<string>();
  return [
    ...statusInputProblems(world, given, scope),
    ...inputs.flatMap((one) => {
      const draft = draftOfWorkflow(one, scope, AS_SENT);
      const lower = draft.name.toLowerCase();
      const twice = names.has(lower);
      names.add(lower);
      return [
        ...(twice
          ? [problem('WORKFLOW', 'NON_UNIQUE_WORKFLOW_NAME', 'You must use a unique workflow name.')]
          : []),
        ...referenceProblems(draft, new Set(given.map((each) => each.statusReference))),
        ...workflowProblems(world, draft, scope),
      ];
    }),
  ];
}

/** Statuses of workflows that the request does not tell of. */
export const referenceProblems = (draft: WorkflowDraft, known: ReadonlySet<string>): WorkflowProblem[] =>
  draft.statuses
    .filter(({ statusReference }) => !known.has(statusReference))
    .map(({ statusReference }) =>
      problem('STATUS', 'STATUS_NOT_FOUND', 'The status reference does not exist in the request.', {
        statusReference,
      }),
    );

/** What is wrong with the statuses of a request: references and names twice, names that are taken, ids of nothing. */
export function statusInputProblems(
  world: World,
  inputs: readonly WorkflowStatusInput[],
  scope: Scope | undefined,
): WorkflowProblem[] {
  const references = new Set<string>();
  const names = new Set<string>();
  return inputs.flatMap(({ id, name, statusReference }) => {
    const found: WorkflowProblem[] = [];
    const say = (code: string, message: string) =>
      found.push(problem('STATUS', code, message, { statusReference }));
    const lower = name.trim().toLowerCase();
    const own = id ? world.get(statuses, id) : undefined;
    if (references.has(statusReference))
      say('NON_UNIQUE_STATUS_REFERENCE', 'You must use a unique status reference.');
    if (lower === '') say('STATUS_NAME_REQUIRED', 'The name of the status is required.');
    if (id && own?.scope?.project.id !== scope?.project.id)
      say('STATUS_NOT_FOUND', 'The status does not exist.');
    else if (id && !own) say('STATUS_NOT_FOUND', 'The status does not exist.');
    const taken = statusNamed(world, name.trim(), scope);
    if (names.has(lower) || (taken && taken.id !== own?.id))
      say('NON_UNIQUE_STATUS_NAME', 'You must use a unique status name.');
    references.add(statusReference);
    names.add(lower);
    return found;
  });
}

/** Makes the statuses that are new and changes those that are not; gives the id that each reference stands for. */
export function writeStatuses(
  world: World,
  user: User,
  scope: Scope | undefined,
  inputs: readonly WorkflowStatusInput[],
): (reference: string) => string {
  const ids = new Map(
    inputs.map((input) => [
      input.statusReference,
      input.id ? changeStatus(world, user, input.id, input).id : addStatus(world, user, scope, input).id,
    ]),
  );
  return (reference) => ids.get(reference) ?? reference;
}

/** 400 with the errors among the problems; warnings refuse nothing. */
export function refuse(problems: readonly WorkflowProblem[]): void {
  const errors = problems.filter(({ level }) => level === 'ERROR');
  if (errors.length > 0) throw badQuery(...new Set(errors.map(({ message }) => message)));
}

/** The statuses of some workflows, each once. */
export function statusesOfAll(world: World, workflows: readonly Workflow[]): Status[] {
  const ids = new Set(workflows.flatMap((one) => one.statuses.map((each) => each.statusReference)));
  return [...ids].flatMap((id) => world.get(statuses, id) ?? []);
}

/** Writes into the audit log what became of a workflow. */
export const noteWorkflow = (world: World, user: User, summary: string, { id, name }: Workflow): void =>
  audit(world, { summary, category: 'workflows', author: user, object: { id, name, typeName: 'WORKFLOW' } });

/**
 * Properties of transitions, which change how they behave: one by one, in workflows that no project uses.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-workflow-transition-properties/
 */
import type { World } from '../../../../src/world/world.ts';
import { badFields, badQuery, missing } from '../../errors.ts';
import type { Transition, User, Workflow } from '../../world.ts';
import { requireAdmin } from '../permissions/may.ts';
import { rewriteWorkflow } from './documents.ts';
import { workflowCalled } from './readWorkflows.ts';
import { SYSTEM_WORKFLOW } from './systemWorkflow.ts';
import { isActive } from './usages.ts';

/** A transition as these calls name it. */
export interface TransitionPlace {
  transitionId: string;
  workflowName: string | null;
  workflowMode: string | null;
}

/** A property; its id is its key. */
export interface TransitionProperty {
  key: string;
  value: string;
}

/** Keys of the service's own, which nobody sets; what permissions and words are set by is not among them. */
const isReserved = (key: string): boolean =>
  key.startsWith('jira.') && !/^jira\.(permission|i18n|issue\.editable)/.test(key);

/** The properties of a transition; reserved ones where they are asked for. 404 for a key that is not there. */
export function propertiesOfTransition(
  world: World,
  user: User,
  place: TransitionPlace,
  key: string | null,
  reserved: boolean,
): TransitionProperty[] {
  const { transition } = at(world, user, place);
  const all = Object.entries(transition.properties)
    .map(([name, value]) => ({ key: name, value }))
    .filter((one) => reserved || !isReserved(one.key));
  if (key === null) return all;
  const found = all.filter((one) => one.key === key);
  if (found.length === 0) throw missing(`The property '${key}' was not found.`);
  return found;
}

/** Sets a property; says whether anything changed. `fresh`: 400 where it is there already. */
export function setTransitionProperty(
  world: World,
  user: User,
  place: TransitionPlace,
  { key, value }: { key: string; value: unknown },
  fresh: boolean,
): boolean {
  const { workflow, transition } = editable(world, user, place);
  if (key === '') throw badFields({ key: 'The property key must be specified.' });
  if (isReserved(key)) throw badFields({ key: `The property key '${key}' is reserved.` });
  if (typeof value !== 'string') throw badFields({ value: 'The property value must be specified.' });
  const before = transition.properties[key];
  if (fresh && before !== undefined)
    throw badQuery(`A property with key '${key}' already exists on the transition.`);
  if (before === value) return false;
  write(world, user, workflow, transition, { ...transition.properties, [key]: value });
  return true;
}

/** Takes a property away; says whether it was there. */
export function deleteTransitionProperty(
  world: World,
  user: User,
  place: TransitionPlace,
  key: string,
): boolean {
  const { workflow, transition } = editable(world, user, place);
  const { [key]: before, ...kept } = transition.properties;
  if (before === undefined) return false;
  if (isReserved(key)) throw badFields({ key: `The property key '${key}' is reserved.` });
  write(world, user, workflow, transition, kept);
  return true;
}

function at(
  world: World,
  user: User,
  { transitionId, workflowName, workflowMode }: TransitionPlace,
): { workflow: Workflow; transition: Transition } {
  requireAdmin(world, user, 'Only Jira administrators can access workflow transition properties.');
  if (!workflowName) throw badQuery('The workflow name must be specified.');
  if (workflowMode !== null && workflowMode !== 'live' && workflowMode !== 'draft')
    throw badQuery(`The workflow mode '${workflowMode}' is not supported.`);
  // Workflows have no drafts here: who changes one in use writes it anew, under its next version.
  const workflow = workflowMode === 'draft' ? undefined : workflowCalled(world, workflowName);
  const transition = workflow?.transitions.find(({ id }) => id === transitionId);
  if (!workflow || !transition) throw missing('The workflow transition was not found.');
  return { workflow, transition };
}

function editable(world: World, user: User, place: TransitionPlace) {
  const found = at(world, user, place);
  if (found.workflow.name === SYSTEM_WORKFLOW || isActive(world, found.workflow))
    throw badQuery('The workflow is active and cannot be edited.');
  return found;
}

const write = (
  world: World,
  user: User,
  workflow: Workflow,
  transition: Transition,
  properties: Readonly<Record<string, string>>,
): Workflow =>
  rewriteWorkflow(
    world,
    workflow,
    {
      ...workflow,
      transitions: workflow.transitions.map((one) => (one === transition ? { ...one, properties } : one)),
    },
    user,
  );

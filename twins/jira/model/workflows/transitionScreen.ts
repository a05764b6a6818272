/** The screen that a transition shows: which fields may be set along with it. */
import { sortable } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { type Issue, screens, type Transition, workflows } from '../../world.ts';
import { fieldsOnScreen } from '../fields/screens.ts';
import { issueTypeOf, projectOf } from '../projects/projects.ts';

/** The screen of a transition, by its id; none where it has none, or one that is gone. */
function screenIdOf(world: World, { transitionScreen }: Transition): string | undefined {
  if (transitionScreen?.ruleKey !== 'system:transition-screen') return undefined;
  const { screenId = '' } = transitionScreen.parameters;
  return isScreen(world, screenId) ? screenId : undefined;
}

/** Field ids of a transition's screen that an issue has; none where it has no screen. */
export function screenFieldsOf(
  world: World,
  { fields }: Pick<Issue, 'fields'>,
  transition: Transition,
): string[] {
  const id = screenIdOf(world, transition);
  if (id === undefined) return [];
  const project = projectOf(world, fields.project);
  return fieldsOnScreen(world, project, issueTypeOf(world, fields.issuetype), Number(id));
}

/** Whether people are asked for something on the way. */
export const hasScreen = (world: World, transition: Transition): boolean =>
  screenIdOf(world, transition) !== undefined;

/** Whether a screen is there. */
export const isScreen = (world: World, id: string): boolean =>
  /^\d{1,15}$/.test(id) && world.get(screens, sortable(Number(id))) !== undefined;

/** Whether some workflow's transition shows a screen. */
export const isShown = (world: World, screenId: number): boolean =>
  world.list(workflows, { index: 'screen', equals: String(screenId) }).first() !== undefined;

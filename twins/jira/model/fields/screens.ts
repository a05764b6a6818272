/**
 * Screens, and which fields a person may fill in when an issue is made, edited or moved: those that are on the screen
 * of the operation, have a context for the project and the kind of issue, and are not hidden.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-screens/
 */
import { sortable } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { missing, refused } from '../../errors.ts';
import {
  fieldContexts,
  type IssueType,
  issueTypeScreenSchemes,
  type Project,
  projectSchemes,
  type Screen,
  type ScreenOperation,
  screenSchemes,
  screens,
  screenTabs,
} from '../../world.ts';
import { isShown } from '../workflows/transitionScreen.ts';
import { contextFor } from './contexts.ts';
import { EPIC_LINK, EPIC_NAME, FLAGGED, fieldById, SPRINT } from './fields.ts';
import { treatmentsOf } from './fieldTreatment.ts';
import { projectScreenScheme } from './projectSchemes.ts';
import { type SchemeText, schemeText } from './schemeText.ts';
import { addTab, fieldIdsOf, tabsOf } from './screenTabs.ts';
import { DEFAULT_SCREEN } from './siteScreens.ts';

/** Field ids of the screen on which issues of a kind are created, edited or viewed in a project, in its order. */
export function screenOf(
  world: World,
  project: Project,
  type: IssueType,
  operation: ScreenOperation,
): string[] {
  const always = ['issuetype', 'parent', ...(operation === 'create' ? ['project'] : [])];
  const ids =
    project.style === 'classic'
      ? fieldIdsOf(world, screenIdOf(world, project, type, operation)).filter((id) => !always.includes(id))
      : [...TEAM_MANAGED, ...(world.get(projectSchemes, project.id)?.ownFields ?? [])];
  return applicable(world, project, type, [...ids.slice(0, 1), ...always, ...ids.slice(1)]);
}

/** Field ids of a screen, e.g. of a transition, that issues of a kind have in a project. */
export const fieldsOnScreen = (world: World, project: Project, type: IssueType, screenId: number): string[] =>
  applicable(world, project, type, fieldIdsOf(world, screenId));

/** Which of these fields issues of a kind have in a project. */
export function applicable(
  world: World,
  project: Project,
  type: IssueType,
  ids: readonly string[],
): string[] {
  const treatments = treatmentsOf(world, project, type);
  return ids.filter((id) => {
    const rule = RULES[id];
    if (rule && !rule(project, type)) return false;
    if (treatments.of(id).isHidden) return false;
    if (!id.startsWith('customfield_')) return true;
    return fieldById(world, id) !== undefined && contextFor(world, id, project.id, type.id) !== undefined;
  });
}

/**
 * Names of the fields that issues of a kind may not be without in a project, by id; of those in `among` only. What an
 * issue always has is not told.
 */
export function requiredFields(
  world: World,
  project: Project,
  type: IssueType,
  among?: ReadonlySet<string>,
): Record<string, string> {
  const treatments = treatmentsOf(world, project, type);
  const ids = treatments.ids.filter(
    (id) => !ALWAYS_THERE.has(id) && (among?.has(id) ?? true) && treatments.of(id).isRequired,
  );
  return Object.fromEntries(
    applicable(world, project, type, ids).map((id) => [id, fieldById(world, id)?.name ?? id]),
  );
}

/** They have sentences of their own, or make other things than values. */
const ALWAYS_THERE = new Set([
  'summary',
  'issuetype',
  'project',
  'parent',
  'attachment',
  'comment',
  'worklog',
]);

/**
 * Says of a field whether issues of a kind do not show it in a project: it is hidden there, or its contexts are for
 * others only.
 */
export function absentFields(world: World, project: Project, type: IssueType): (fieldId: string) => boolean {
  const narrow = world.list(fieldContexts, { index: 'narrow', equals: 'yes' }).toArray();
  const elsewhere = new Set(
    narrow.flatMap(({ fieldId }) => (contextFor(world, fieldId, project.id, type.id) ? [] : [fieldId])),
  );
  const treatments = treatmentsOf(world, project, type);
  return (fieldId) => elsewhere.has(fieldId) || treatments.of(fieldId).isHidden === true;
}

type Rule = (project: Project, type: IssueType) => boolean;

const classic: Rule = (project) => project.style === 'classic';

/** Where fields of the service's own are there, whatever a screen says. */
const RULES: Readonly<Record<string, Rule>> = {
  parent: (_, type) => type.hierarchyLevel !== 1,
  issuerestriction: (project) => project.style !== 'classic',
  [EPIC_NAME]: (project, type) => project.style === 'classic' && type.hierarchyLevel === 1,
  [EPIC_LINK]: classic,
  [SPRINT]: (_, type) => !type.subtask,
  security: (project) => project.securityScheme !== undefined,
};

/** What every kind of issue of a team-managed project has; such projects have no screens that can be changed. */
const TEAM_MANAGED = [
  'summary',
  'issuerestriction',
  'components',
  'description',
  'reporter',
  'fixVersions',
  'versions',
  'priority',
  'labels',
  'environment',
  'timetracking',
  'attachment',
  'duedate',
  'customfield_10015',
  'customfield_10016',
  'customfield_10017',
  SPRINT,
  FLAGGED,
  'customfield_10026',
  'issuelinks',
  'assignee',
];

/** The screen that a company-managed project's schemes name for an operation. */
function screenIdOf(world: World, project: Project, type: IssueType, operation: ScreenOperation): number {
  const { mappings } = projectScreenScheme(world, project.id);
  const id = mappings[type.id] ?? mappings.default;
  const scheme = world.get(screenSchemes, sortable(Number(id)));
  return scheme?.screens[operation] ?? scheme?.screens.default ?? DEFAULT_SCREEN;
}

/** 404 `The screen was not found.` */
export function requireScreen(world: World, id: string | number): Screen {
  const screen = /^\d{1,15}$/.test(String(id)) ? world.get(screens, sortable(Number(id))) : undefined;
  if (!screen) throw missing('The screen was not found.');
  return screen;
}

const WORDS = { taken: 'The name is used by another screen.' };

/** Makes a screen with one empty tab. */
export function createScreen(world: World, input: SchemeText): Screen {
  const text = schemeText(world, screens, input, WORDS);
  const screen = world.insert(screens, { id: 9_999 + world.next('jira.screen'), ...text });
  addTab(world, screen, 'Field Tab');
  return screen;
}

/** Renames a screen. */
export const updateScreen = (world: World, screen: Screen, input: SchemeText): Screen =>
  world.update(screens, sortable(screen.id), schemeText(world, screens, input, WORDS, screen));

/** Deletes a screen that no scheme uses. */
export function deleteScreen(world: World, screen: Screen): void {
  const key = sortable(screen.id);
  if (world.list(screenSchemes, { index: 'screen', equals: key }).first())
    throw refused('badRequest', 'The screen is used in a screen scheme.');
  if (isShown(world, screen.id)) throw refused('badRequest', 'The screen is used in a workflow.');
  for (const tab of tabsOf(world, screen.id)) world.remove(screenTabs, sortable(tab.id));
  world.remove(screens, key);
}

/** Whether a project's schemes lead to a screen: its administrators may look at it then. */
export function isScreenOf(world: World, project: Project, screen: Screen): boolean {
  const scheme = world.get(issueTypeScreenSchemes, projectScreenScheme(world, project.id).id);
  return Object.values(scheme?.mappings ?? {}).some((id) =>
    Object.values(world.get(screenSchemes, sortable(Number(id)))?.screens ?? {}).includes(screen.id),
  );
}

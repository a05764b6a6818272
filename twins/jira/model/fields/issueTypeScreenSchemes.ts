/**
 * Issue type screen schemes: which screen scheme a kind of issue has in the projects that use the scheme.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-type-screen-schemes/
 */
import type { World } from '../../../../src/world/world.ts';
import { missing, refused } from '../../errors.ts';
import {
  type IssueTypeScreenScheme,
  issueTypeScreenSchemes,
  issueTypes,
  type Project,
  projectSchemes,
} from '../../world.ts';
import { nextId } from '../ids.ts';
import { classicProjects, projectScreenScheme, requireClassic, setProjectSchemes } from './projectSchemes.ts';
import { type SchemeText, schemeText } from './schemeText.ts';
import { requireScreenScheme } from './screenSchemes.ts';
import { DEFAULT_ISSUE_TYPE_SCREEN_SCHEME } from './siteScreens.ts';
import { mappingsWithout } from './typeMappings.ts';

const WORDS = { taken: 'The issue type screen scheme name is in use.' };

/** One line of a scheme as it is sent. */
export interface ScreenMapping {
  issueTypeId?: string;
  screenSchemeId?: string;
}

export interface IssueTypeScreenSchemeInput extends SchemeText {
  issueTypeMappings?: readonly ScreenMapping[];
}

/** Makes a scheme; its mappings must say what is the default. */
export function createIssueTypeScreenScheme(
  world: World,
  input: IssueTypeScreenSchemeInput,
): IssueTypeScreenScheme {
  const text = schemeText(world, issueTypeScreenSchemes, input, WORDS);
  const mappings = mappingsOf(world, input.issueTypeMappings ?? []);
  if (!mappings.default) throw refused('badRequest', 'A default mapping has to be provided.');
  return world.insert(issueTypeScreenSchemes, {
    id: nextId(world, 'issueTypeScreenScheme'),
    ...text,
    mappings,
  });
}

function mappingsOf(world: World, lines: readonly ScreenMapping[]): Record<string, string> {
  const ids = lines.map(({ issueTypeId = '' }) => issueTypeId);
  if (new Set(ids).size < ids.length)
    throw refused(
      'badRequest',
      'One or more issue type IDs are repeated, an issue type ID can only be specified once.',
    );
  if (ids.some((id) => id !== 'default' && !world.get(issueTypes, id)))
    throw missing('One or more issue type IDs were not found.');
  return Object.fromEntries(
    lines.map(({ issueTypeId = '', screenSchemeId = '' }) => [
      issueTypeId,
      String(requireScreenScheme(world, screenSchemeId).id),
    ]),
  );
}

/** Renames a scheme. */
export function updateIssueTypeScreenScheme(
  world: World,
  scheme: IssueTypeScreenScheme,
  input: SchemeText,
): void {
  world.update(
    issueTypeScreenSchemes,
    scheme.id,
    schemeText(world, issueTypeScreenSchemes, input, WORDS, scheme),
  );
}

/** Adds kinds of issue, or gives them another screen scheme. */
export function appendMappings(
  world: World,
  { id, mappings }: IssueTypeScreenScheme,
  lines: readonly ScreenMapping[],
): void {
  if (lines.some((line) => line.issueTypeId === 'default'))
    throw refused('badRequest', 'A default mapping cannot be added.');
  if (lines.length === 0) throw refused('badRequest', 'The issueTypeMappings must not be empty.');
  world.update(issueTypeScreenSchemes, id, { mappings: { ...mappings, ...mappingsOf(world, lines) } });
}

/** Says which screen scheme all kinds have that are not named. */
export function setDefaultMapping(
  world: World,
  { id, mappings }: IssueTypeScreenScheme,
  screenSchemeId: string | undefined,
): void {
  if (!screenSchemeId) throw refused('badRequest', 'The screenSchemeId has to be provided.');
  const scheme = requireScreenScheme(world, screenSchemeId);
  world.update(issueTypeScreenSchemes, id, { mappings: { ...mappings, default: String(scheme.id) } });
}

/** Takes kinds of issue away: they have the default then. */
export function removeMappings(
  world: World,
  { id, mappings }: IssueTypeScreenScheme,
  ids: readonly string[],
): void {
  const kept = mappingsWithout(mappings, ids, 'One or more issue type mappings were not found.');
  world.update(issueTypeScreenSchemes, id, { mappings: kept });
}

/** Gives a company-managed project a scheme. */
export function assignIssueTypeScreenScheme(world: World, projectId: string, schemeId: string): void {
  const scheme = requireIssueTypeScreenScheme(world, schemeId);
  const project = requireClassic(
    world,
    projectId,
    'Only classic projects can have issue type screen schemes assigned.',
  );
  setProjectSchemes(world, project.id, { issueTypeScreenSchemeId: scheme.id });
}

/** Deletes a scheme that no project uses. */
export function deleteIssueTypeScreenScheme(world: World, { id }: IssueTypeScreenScheme): void {
  if (id === DEFAULT_ISSUE_TYPE_SCREEN_SCHEME)
    throw refused('badRequest', 'The default issue type screen scheme cannot be deleted.');
  if (world.list(projectSchemes, { index: 'screens', equals: id }).first())
    throw refused(
      'badRequest',
      'The issue type screen scheme cannot be deleted because it is assigned to one or more projects.',
    );
  world.remove(issueTypeScreenSchemes, id);
}

/** The company-managed projects that use a scheme. */
export const projectsOfScreenScheme = (world: World, id: string): Project[] =>
  classicProjects(world).filter((project) => projectScreenScheme(world, project.id).id === id);

/** 404 `The issue type screen scheme was not found.` */
export const requireIssueTypeScreenScheme = (world: World, id: string): IssueTypeScreenScheme =>
  world.require(issueTypeScreenSchemes, id, () => missing('The issue type screen scheme was not found.'));

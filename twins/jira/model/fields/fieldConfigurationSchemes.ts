/** Field configuration schemes: which field configuration a kind of issue has in the projects that use the scheme. */
import type { World } from '../../../../src/world/world.ts';
import { missing, refused } from '../../errors.ts';
import { FIELD_SCHEME_DESCRIPTION_CHARS_MAX } from '../../limits.ts';
import {
  type FieldConfigurationScheme,
  fieldConfigurationSchemes,
  issueTypes,
  projectSchemes,
} from '../../world.ts';
import { nextId } from '../ids.ts';
import { requireFieldConfiguration } from './fieldConfigurations.ts';
import { classicProjects, requireClassic, setProjectSchemes } from './projectSchemes.ts';
import { type SchemeText, schemeText } from './schemeText.ts';
import { DEFAULT_FIELD_CONFIGURATION } from './siteScreens.ts';
import { mappingsWithout } from './typeMappings.ts';

const WORDS = {
  taken: 'A field configuration scheme is using this name.',
  descriptionCharsMax: FIELD_SCHEME_DESCRIPTION_CHARS_MAX,
};

/** Makes a scheme in which every kind of issue has the default configuration. */
export const createFieldConfigurationScheme = (world: World, input: SchemeText): FieldConfigurationScheme =>
  world.insert(fieldConfigurationSchemes, {
    ...schemeText(world, fieldConfigurationSchemes, input, WORDS),
    id: nextId(world, 'fieldConfigurationScheme'),
    mappings: { default: String(DEFAULT_FIELD_CONFIGURATION) },
  });

/** Renames a scheme. */
export const updateFieldConfigurationScheme = (
  world: World,
  row: FieldConfigurationScheme,
  input: SchemeText,
): FieldConfigurationScheme =>
  world.update(
    fieldConfigurationSchemes,
    row.id,
    schemeText(world, fieldConfigurationSchemes, input, WORDS, row),
  );

/** One line of a scheme as it is sent. */
export interface ConfigurationMapping {
  issueTypeId?: string;
  fieldConfigurationId?: string;
}

/** Gives kinds of issue their configurations; `default` is for those that are not named. */
export function setMappings(
  world: World,
  { id, mappings }: FieldConfigurationScheme,
  lines: readonly ConfigurationMapping[],
): void {
  if (lines.length === 0) throw refused('badRequest', 'The mappings must not be empty.');
  const ids = lines.map(({ issueTypeId = '' }) => issueTypeId);
  if (new Set(ids).size < ids.length)
    throw refused('badRequest', 'The issue type IDs must not contain duplicates.');
  if (ids.some((one) => one !== 'default' && !world.get(issueTypes, one)))
    throw missing('One or more issue types were not found.');
  const changed = lines.map(({ issueTypeId = '', fieldConfigurationId = '' }) => [
    issueTypeId,
    String(requireFieldConfiguration(world, fieldConfigurationId).id),
  ]);
  world.update(fieldConfigurationSchemes, id, { mappings: { ...mappings, ...Object.fromEntries(changed) } });
}

/** Takes kinds of issue away: they have the default then. */
export function removeIssueTypes(
  world: World,
  { id, mappings }: FieldConfigurationScheme,
  ids: readonly string[],
): void {
  const kept = mappingsWithout(mappings, ids, 'The issue types were not found.');
  world.update(fieldConfigurationSchemes, id, { mappings: kept });
}

/** Gives a company-managed project a scheme, or the default one back. */
export function assignFieldConfigurationScheme(
  world: World,
  projectId: string,
  schemeId: string | undefined,
): void {
  const project = requireClassic(
    world,
    projectId,
    'Only classic projects can have field configuration schemes assigned.',
  );
  const id = schemeId === undefined ? undefined : requireFieldConfigurationScheme(world, schemeId).id;
  setProjectSchemes(world, project.id, { fieldConfigurationSchemeId: id });
}

/** Deletes a scheme that no project uses. */
export function deleteFieldConfigurationScheme(world: World, { id }: FieldConfigurationScheme): void {
  if (world.list(projectSchemes, { index: 'configurations', equals: id }).first())
    throw refused(
      'badRequest',
      'The field configuration scheme cannot be deleted because it is assigned to one or more projects.',
    );
  world.remove(fieldConfigurationSchemes, id);
}

/** The schemes of these projects, each with those that use it: first the default one, which has no row. */
export function schemesOfProjects(
  world: World,
  projectIds: readonly string[],
): { scheme?: FieldConfigurationScheme; projectIds: string[] }[] {
  const bySchemeId = new Map<string, string[]>();
  for (const { id } of classicProjects(world)) {
    if (projectIds.length > 0 && !projectIds.includes(id)) continue;
    const schemeId = world.get(projectSchemes, id)?.fieldConfigurationSchemeId ?? '';
    bySchemeId.set(schemeId, [...(bySchemeId.get(schemeId) ?? []), id]);
  }
  return [...bySchemeId]
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([schemeId, ids]) => {
      const scheme = world.get(fieldConfigurationSchemes, schemeId);
      return { ...(scheme ? { scheme } : {}), projectIds: ids };
    });
}

/** 404 `The field configuration scheme was not found.` */
export const requireFieldConfigurationScheme = (world: World, id: string): FieldConfigurationScheme =>
  world.require(fieldConfigurationSchemes, id, () =>
    missing('The field configuration scheme was not found.'),
  );

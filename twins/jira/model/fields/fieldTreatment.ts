/** How fields are treated in a project for a kind of issue: hidden, required, described. */
import { sortable } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import {
  type FieldTreatment,
  fieldConfigurationSchemes,
  fieldConfigurations,
  type IssueType,
  type Project,
  projectSchemes,
} from '../../world.ts';
import { DEFAULT_FIELD_CONFIGURATION } from './siteScreens.ts';

/** By field id; a field that is not there is shown and may be left out. */
export function treatmentsOf(
  world: World,
  project: Project,
  type: IssueType,
): Readonly<Record<string, FieldTreatment>> {
  if (project.style !== 'classic') return {};
  const schemeId = world.get(projectSchemes, project.id)?.fieldConfigurationSchemeId;
  const mappings = schemeId === undefined ? {} : world.get(fieldConfigurationSchemes, schemeId)?.mappings;
  const id = Number(mappings?.[type.id] ?? mappings?.default ?? DEFAULT_FIELD_CONFIGURATION);
  return world.get(fieldConfigurations, sortable(id))?.items ?? {};
}

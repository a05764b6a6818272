/** How fields are treated in a project for a kind of issue: what its field configuration and its field scheme say. */
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
import { fieldSchemeOf, parametersFor } from './fieldSchemes.ts';
import { DEFAULT_FIELD_CONFIGURATION } from './siteScreens.ts';

/** What is said of fields at one place. */
export interface Treatments {
  of(fieldId: string): FieldTreatment;
  /** Fields of which something is said; of all others nothing but, it may be, that they are not there. */
  ids: readonly string[];
}

const NOTHING: FieldTreatment = {};
const HIDDEN: FieldTreatment = { isHidden: true };

/** A field is hidden where either hides it; what the scheme says of it comes before what the configuration says. */
export function treatmentsOf(world: World, project: Project, type: IssueType): Treatments {
  if (project.style !== 'classic') return { of: () => NOTHING, ids: [] };
  const items = fieldConfigurationOf(world, project, type)?.items ?? {};
  const scheme = fieldSchemeOf(world, project.id);
  return {
    of(fieldId) {
      const said = parametersFor(scheme, fieldId, type.id);
      return said === undefined ? HIDDEN : { ...items[fieldId], ...said };
    },
    ids: [...new Set([...Object.keys(items), ...Object.keys(scheme.fields)])],
  };
}

/** The field configuration that a kind of issue has in a company-managed project. */
export function fieldConfigurationOf(world: World, project: Project, type: IssueType) {
  const schemeId = world.get(projectSchemes, project.id)?.fieldConfigurationSchemeId;
  const mappings = schemeId === undefined ? {} : world.get(fieldConfigurationSchemes, schemeId)?.mappings;
  const id = Number(mappings?.[type.id] ?? mappings?.default ?? DEFAULT_FIELD_CONFIGURATION);
  return world.get(fieldConfigurations, sortable(id));
}

/** Rows that decide which fields an issue shows and takes: screens, field configurations, and the schemes of both. */
import { sortable, type Table, table } from '../../../src/table.ts';

export interface Screen {
  id: number;
  name: string;
  description: string;
}

export interface ScreenTab {
  id: number;
  screenId: number;
  name: string;
  position: number;
  /** Field ids, in their order. */
  fields: readonly string[];
}

/** What an issue is created, edited and viewed on; `default` where nothing else is said. */
export type ScreenOperation = 'create' | 'edit' | 'view';

export interface ScreenScheme {
  id: number;
  name: string;
  description: string;
  /** Screen ids. */
  screens: Readonly<{ default: number } & Partial<Record<ScreenOperation, number>>>;
}

/** A kind of issue, or `default`, and the scheme (or configuration) that it has. */
export type ByIssueType = Readonly<Record<string, string>>;

export interface IssueTypeScreenScheme {
  id: string;
  name: string;
  description: string;
  /** Screen scheme ids; `default` is always there. */
  mappings: ByIssueType;
}

/** How a field is treated; what is not said is the field's own. */
export interface FieldTreatment {
  description?: string;
  isHidden?: boolean;
  isRequired?: boolean;
  renderer?: string;
}

export interface FieldConfiguration {
  id: number;
  name: string;
  description: string;
  isDefault: boolean;
  items: Readonly<Record<string, FieldTreatment>>;
}

export interface FieldConfigurationScheme {
  id: string;
  name: string;
  description: string;
  /** Field configuration ids; kinds that are not named have that of `default`. */
  mappings: ByIssueType;
}

/** Which schemes a project has; one that is not named is the site's default. */
export interface ProjectSchemes {
  projectId: string;
  issueTypeScreenSchemeId?: string;
  fieldConfigurationSchemeId?: string;
  fieldSchemeId?: string;
  /** Custom fields of a team-managed project. */
  ownFields?: readonly string[];
}

const byName = (row: { name: string }): string => row.name.toLowerCase();

export const screens = table<Screen>({
  name: 'jira.screens',
  key: (row) => sortable(row.id),
  indexes: { name: byName },
});
export const screenTabs = table<ScreenTab>({
  name: 'jira.screenTabs',
  key: (row) => sortable(row.id),
  indexes: { screen: (row) => sortable(row.screenId), field: (row) => row.fields },
});
export const screenSchemes = table<ScreenScheme>({
  name: 'jira.screenSchemes',
  key: (row) => sortable(row.id),
  indexes: { name: byName, screen: (row) => [...new Set(Object.values(row.screens).map(sortable))] },
});
export const issueTypeScreenSchemes = table<IssueTypeScreenScheme>({
  name: 'jira.issueTypeScreenSchemes',
  key: (row) => row.id,
  indexes: { name: byName, screenScheme: (row) => [...new Set(Object.values(row.mappings))] },
});
export const fieldConfigurations = table<FieldConfiguration>({
  name: 'jira.fieldConfigurations',
  key: (row) => sortable(row.id),
  indexes: { name: byName },
});
export const fieldConfigurationSchemes = table<FieldConfigurationScheme>({
  name: 'jira.fieldConfigurationSchemes',
  key: (row) => row.id,
  indexes: { name: byName, configuration: (row) => [...new Set(Object.values(row.mappings))] },
});
export const projectSchemes = table<ProjectSchemes>({
  name: 'jira.projectSchemes',
  key: (row) => row.projectId,
  indexes: {
    screens: (row) => row.issueTypeScreenSchemeId,
    configurations: (row) => row.fieldConfigurationSchemeId,
    fields: (row) => row.fieldSchemeId,
  },
});

export const SCREEN_TABLES = [
  screens,
  screenTabs,
  screenSchemes,
  issueTypeScreenSchemes,
  fieldConfigurations,
  fieldConfigurationSchemes,
  projectSchemes,
] as readonly unknown[] as readonly Table<never>[];

/** Custom fields of a site: the fields themselves, the contexts in which they apply, and what choices they offer. */
import { sortable, type Table, table } from '../../../src/table.ts';
import { FIELD_SCHEME_TABLES } from './fieldSchemes.ts';
import { SCREEN_TABLES } from './screens.ts';

/** A custom field; what can be told from its kind is worked out where it is shown. */
export interface CustomField {
  /** `customfield_10016`. */
  id: string;
  name: string;
  description: string;
  /** `com.atlassian.jira.plugin.system.customfieldtypes:select`. */
  type: string;
  /** By what it is searched; none: it is found by no query. */
  searcherKey?: string;
  /** The service's own: it cannot be changed. */
  isLocked?: boolean;
  /** The app that brought it along, the field's key and its type as the app's descriptor has them. */
  app?: { key: string; fieldKey: string; type: string };
  /** In the trash since (milliseconds), and by whom. */
  trashed?: { at: number; by: string };
}

/** Where a custom field applies, and what it holds there until it is set. */
export interface FieldContext {
  id: string;
  fieldId: string;
  name: string;
  description: string;
  /** None: every project. */
  projectIds: readonly string[];
  /** None: every kind of issue. */
  issueTypeIds: readonly string[];
  /** As `PUT …/context/defaultValue` takes it, less `contextId`. */
  defaultValue?: Readonly<Record<string, unknown>>;
  /** What the app that brought the field along keeps here. */
  configuration?: { configuration?: unknown; schema?: unknown };
}

/** One choice of a context. */
export interface FieldOption {
  id: string;
  contextId: string;
  fieldId: string;
  value: string;
  disabled: boolean;
  /** The choice above it, in cascading fields. */
  optionId?: string;
  /** Among those of the same context and the same choice above. */
  position: number;
}

export const customFields = table<CustomField>({
  name: 'jira.customFields',
  key: (row) => row.id,
  indexes: { app: (row) => row.app?.key, fieldKey: (row) => row.app?.fieldKey },
});
export const fieldContexts = table<FieldContext>({
  name: 'jira.fieldContexts',
  key: (row) => row.id,
  indexes: {
    field: (row) => row.fieldId,
    project: (row) => row.projectIds,
    issueType: (row) => row.issueTypeIds,
    narrow: (row) => (row.projectIds.length + row.issueTypeIds.length > 0 ? 'yes' : undefined),
    defaulted: (row) => (row.defaultValue ? 'yes' : undefined),
  },
});
export const fieldOptions = table<FieldOption>({
  name: 'jira.fieldOptions',
  key: (row) => row.id,
  indexes: { context: (row) => row.contextId, field: (row) => row.fieldId },
});

type AppOptionAttribute = 'notSelectable' | 'defaultValue';

/** Where a choice of an app's field is there, and whether it may be chosen; said of nothing: everywhere. */
export interface AppOptionConfig {
  attributes?: readonly AppOptionAttribute[];
  scope?: {
    projects?: readonly number[];
    projects2?: readonly { id: number; attributes?: readonly AppOptionAttribute[] }[];
    global?: { attributes?: readonly AppOptionAttribute[] };
  };
}

/** A choice of a field that an app brought along. */
export interface AppOption {
  fieldId: string;
  id: number;
  value: string;
  properties?: Readonly<Record<string, unknown>>;
  config?: AppOptionConfig;
}

export const appOptions = table<AppOption>({
  name: 'jira.appOptions',
  key: (row) => `${row.fieldId}/${sortable(row.id)}`,
});

/** With what decides where fields are shown. */
export const FIELD_TABLES = [
  customFields,
  fieldContexts,
  fieldOptions,
  appOptions,
  ...SCREEN_TABLES,
  ...FIELD_SCHEME_TABLES,
] as readonly unknown[] as readonly Table<never>[];

/**
 * Kinds of custom field: what their values are (`schema`), what the interface calls them, by what they may be searched.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-fields/#api-rest-api-3-field-post
 */
export interface FieldType {
  /** `option`, `array:user`. */
  schema: string;
  /** A further name in queries, `Severity[Dropdown]`. */
  label?: string;
  /** By what `POST /field` may have it searched; the first where a world says none. */
  searchers: readonly string[];
  /** A person may make fields of it. */
  offered: boolean;
}

export const STANDARD = 'com.atlassian.jira.plugin.system.customfieldtypes:';
export const SOFTWARE = 'com.pyxis.greenhopper.jira:';

const offered = (schema: string, label: string, ...searchers: string[]): FieldType => ({
  schema,
  label,
  searchers: searchers.map((each) => STANDARD + each),
  offered: true,
});

const own = (schema: string, label?: string): FieldType => ({
  schema,
  ...(label ? { label } : {}),
  searchers: [],
  offered: false,
});

const OFFERED: Readonly<Record<string, FieldType>> = {
  cascadingselect: offered('option-with-child', 'Select List (cascading)', 'cascadingselectsearcher'),
  datepicker: offered('date', 'Date', 'daterange'),
  datetime: offered('datetime', 'Time stamp', 'datetimerange'),
  float: offered('number', 'Number', 'exactnumber', 'numberrange'),
  grouppicker: offered('group', 'Group Picker (single group)', 'grouppickersearcher'),
  importid: offered('number', 'Import Id', 'exactnumber', 'numberrange'),
  labels: offered('array:string', 'Labels', 'labelsearcher'),
  multicheckboxes: offered('array:option', 'Checkboxes', 'multiselectsearcher'),
  multigrouppicker: offered(
    'array:group',
    'Group Picker (multiple groups)',
    'multiselectsearcher',
    'grouppickersearcher',
  ),
  multiselect: offered('array:option', 'Select List (multiple choices)', 'multiselectsearcher'),
  multiuserpicker: offered('array:user', 'User Picker (multiple users)', 'userpickergroupsearcher'),
  multiversion: offered('array:version', 'Version Picker (multiple versions)', 'versionsearcher'),
  people: offered('array:user', 'People', 'userpickergroupsearcher'),
  project: offered('project', 'Project Picker (single project)', 'projectsearcher'),
  radiobuttons: offered('option', 'Radio Buttons', 'multiselectsearcher'),
  readonlyfield: offered('string', 'Text Field (read only)', 'textsearcher'),
  select: offered('option', 'Dropdown', 'multiselectsearcher'),
  textarea: offered('string', 'Paragraph', 'textsearcher'),
  textfield: offered('string', 'Short text', 'textsearcher'),
  url: offered('string', 'URL Field', 'exacttextsearcher'),
  userpicker: offered('user', 'User Picker (single user)', 'userpickergroupsearcher'),
  version: offered('version', 'Version Picker (single version)', 'versionsearcher'),
};

/** Kinds that the service's own parts bring along. */
const OWN: Readonly<Record<string, FieldType>> = {
  [`${STANDARD}atlassian-team`]: own('team', 'Team'),
  [`${SOFTWARE}gh-epic-label`]: own('string'),
  [`${SOFTWARE}gh-epic-status`]: own('option'),
  [`${SOFTWARE}gh-epic-color`]: own('string'),
  [`${SOFTWARE}gh-epic-link`]: own('any'),
  [`${SOFTWARE}gh-lexo-rank`]: own('any'),
  [`${SOFTWARE}gh-sprint`]: own('array:json'),
  [`${SOFTWARE}jsw-story-points`]: own('number'),
  [`${SOFTWARE}jsw-issue-color`]: own('string'),
  'com.atlassian.servicedesk:sd-customer-organizations': own('array:sd-customerorganization'),
  'com.atlassian.servicedesk:vp-origin': own('sd-customerrequesttype'),
  'com.atlassian.jpo:jpo-custom-field-parent': own('any'),
  'com.atlassian.jpo:jpo-custom-field-baseline-start': own('date'),
  'com.atlassian.jpo:jpo-custom-field-baseline-end': own('date'),
  'com.atlassian.jira.ext.charting:firstresponsedate': own('datetime', 'Date of first response'),
  'com.atlassian.jira.ext.charting:timeinstatus': own('any', 'Time in Status'),
};

const TYPES = new Map<string, FieldType>([
  ...Object.entries(OFFERED).map(([key, type]) => [STANDARD + key, type] as const),
  ...Object.entries(OWN),
]);

const UNKNOWN = own('any');

/** The kind with this key; one that holds anything for a key that is not known. */
export const fieldType = (key: string): FieldType => TYPES.get(key) ?? UNKNOWN;

/** What stands before the key of a field that an app brought along. */
export const APP_FIELD_PREFIX = 'com.atlassian.plugins.atlassian-connect-plugin:';

const APP_TYPES: Readonly<Record<string, string>> = {
  string: 'string',
  text: 'string',
  rich_text: 'string',
  read_only: 'string',
  number: 'number',
  single_select: 'option2',
  multi_select: 'array:option2',
};

/** The values of a field that an app describes with this type; undefined for a type that there is not. */
export const appFieldSchema = (type: string): string | undefined =>
  Object.hasOwn(APP_TYPES, type) ? APP_TYPES[type] : undefined;

/** Whether fields of this kind hold documents (v3) or wiki text (v2). */
export const isParagraph = (type: string | undefined): boolean => type === `${STANDARD}textarea`;

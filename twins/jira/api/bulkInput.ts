/** What the bulk operations take, as JSON Schema. */
type Schema = Record<string, unknown>;

const text: Schema = { type: 'string' };
const whole: Schema = { type: 'integer' };
const flag: Schema = { type: ['boolean', 'null'] };
const listOf = (items: Schema): Schema => ({ type: 'array', items });
const mapOf = (values: Schema): Schema => ({ type: 'object', additionalProperties: values });
const object = (properties: Record<string, Schema>, required: readonly string[] = []): Schema => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
});
const orNull = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] });

const selectedIssueIdsOrKeys = listOf(text);

/** Deleting, watching, unwatching. */
export const SELECTION = object({ selectedIssueIdsOrKeys, sendBulkNotification: flag }, [
  'selectedIssueIdsOrKeys',
]);

/** `{fieldId, <key>}`, one per field. */
const perField = (key: string, schema: Schema, more: Record<string, Schema> = {}): Schema =>
  listOf(object({ fieldId: text, [key]: schema, ...more }, ['fieldId']));
const option = object({ optionId: orNull(whole) });
const user = object({ accountId: text }, ['accountId']);
const group = object({ groupName: text }, ['groupName']);
const verb: Schema = { enum: ['ADD', 'REMOVE', 'REPLACE', 'REMOVE_ALL'] };
const several = (key: string, each: Schema): Schema =>
  object({ fieldId: text, bulkEditMultiSelectFieldOption: verb, [key]: listOf(each) }, [
    'fieldId',
    'bulkEditMultiSelectFieldOption',
    key,
  ]);
const versionId: Schema = { type: ['string', 'integer'] };
const labels = several('labels', object({ name: text }, ['name']));
const one = (key: string): Schema => object({ [key]: text }, [key]);

const editedFieldsInput = object({
  cascadingSelectFields: perField('parentOptionValue', option, { childOptionValue: option }),
  clearableNumberFields: perField('value', { type: ['number', 'null'] }),
  colorFields: listOf(object({ fieldId: text, color: one('name') }, ['fieldId', 'color'])),
  datePickerFields: perField('date', one('formattedDate')),
  dateTimePickerFields: listOf(
    object({ fieldId: text, dateTime: one('formattedDateTime') }, ['fieldId', 'dateTime']),
  ),
  issueType: one('issueTypeId'),
  labelsFields: listOf({
    ...labels,
    properties: { ...(labels.properties as Schema), labelProperties: listOf(mapOf({})) },
  }),
  multipleGroupPickerFields: perField('groups', listOf(group)),
  multipleSelectClearableUserPickerFields: perField('users', orNull(listOf(user))),
  multipleSelectFields: perField('options', listOf(option)),
  multipleVersionPickerFields: listOf(several('versions', object({ versionId }))),
  multiselectComponents: several('components', object({ componentId: whole }, ['componentId'])),
  originalEstimateField: one('originalEstimateField'),
  priority: one('priorityId'),
  richTextFields: listOf(
    object({ fieldId: text, richText: object({ adfValue: mapOf({}) }) }, ['fieldId', 'richText']),
  ),
  singleGroupPickerFields: perField('group', group),
  singleLineTextFields: listOf(object({ fieldId: text, text }, ['fieldId', 'text'])),
  singleSelectClearableUserPickerFields: perField('user', orNull(user)),
  singleSelectFields: perField('option', option),
  singleVersionPickerFields: perField('version', object({ versionId })),
  timeTrackingField: one('timeRemaining'),
  urlFields: listOf(object({ fieldId: text, url: text }, ['fieldId', 'url'])),
});

export const EDIT = object(
  {
    selectedActions: listOf(text),
    selectedIssueIdsOrKeys,
    editedFieldsInput,
    sendBulkNotification: flag,
  },
  ['selectedActions', 'selectedIssueIdsOrKeys', 'editedFieldsInput'],
);

export const TRANSITION = object(
  {
    bulkTransitionInputs: listOf(
      object({ selectedIssueIdsOrKeys, transitionId: text }, ['selectedIssueIdsOrKeys', 'transitionId']),
    ),
    sendBulkNotification: flag,
  },
  ['bulkTransitionInputs'],
);

const mandatory = object(
  { retain: flag, type: { enum: ['adf', 'raw', null] }, value: { anyOf: [listOf(text), mapOf({})] } },
  ['value'],
);
const target = object({
  inferClassificationDefaults: { type: 'boolean' },
  inferFieldDefaults: { type: 'boolean' },
  inferStatusDefaults: { type: 'boolean' },
  inferSubtaskTypeDefault: { type: 'boolean' },
  issueIdsOrKeys: listOf(text),
  targetClassification: orNull(listOf(mapOf({}))),
  targetMandatoryFields: orNull(listOf(object({ fields: mapOf(mandatory) }, ['fields']))),
  targetStatus: orNull(listOf(object({ statuses: mapOf(listOf(text)) }, ['statuses']))),
});

export const MOVE = object({ targetToSourcesMapping: mapOf(target), sendBulkNotification: flag }, [
  'targetToSourcesMapping',
]);

/**
 * The rules that transitions may have: their keys, what they are called, and what their parameters may say.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-workflows/#api-rest-api-3-workflows-capabilities-get
 */
export type RuleType = 'Condition' | 'Validator' | 'Function' | 'Screen';

/** What a parameter holds: a text, one of some words, or ids of a kind, separated by commas. */
export type ParameterKind =
  | 'text'
  | 'boolean'
  | 'pattern'
  | 'status'
  | 'statuses'
  | 'field'
  | 'fields'
  | 'permission'
  | 'permissions'
  | 'groups'
  | 'roles'
  | 'accounts'
  | 'account'
  | 'screen'
  | readonly string[];

export interface Parameter {
  holds: ParameterKind;
  required?: boolean;
}

export interface RuleSpec {
  ruleType: RuleType;
  name: string;
  description: string;
  /** Whether a transition by which issues are created may have it. */
  initial: boolean;
  parameters: Readonly<Record<string, Parameter>>;
  /** An app's own: it decides what its rule does, and the site keeps its configuration. */
  app?: true;
}

const must = (holds: ParameterKind): Parameter => ({ holds, required: true });
const can = (holds: ParameterKind): Parameter => ({ holds });

const APP_PARAMETERS = {
  appKey: can('text'),
  key: can('text'),
  config: can('text'),
  id: can('text'),
  disabled: can('boolean'),
  tag: can('text'),
};

const app = (ruleType: RuleType, name: string): RuleSpec => ({
  ruleType,
  name,
  description: name,
  initial: ruleType !== 'Condition',
  parameters: APP_PARAMETERS,
  app: true,
});

const spec = (
  ruleType: RuleType,
  name: string,
  description: string,
  parameters: Readonly<Record<string, Parameter>>,
): RuleSpec => ({ ruleType, name, description, initial: ruleType !== 'Condition', parameters });

export const RULES: Readonly<Record<string, RuleSpec>> = {
  'system:check-permission-validator': spec(
    'Validator',
    'Permission validator',
    'Validates that the user has a permission.',
    { permissionKey: must('permission') },
  ),
  'system:parent-or-child-blocking-validator': spec(
    'Validator',
    'Parent or child blocking validator',
    "Blocks the child issue's transition depending on the parent issue's status.",
    { blocker: must(['PARENT']), statusIds: must('statuses') },
  ),
  'system:previous-status-validator': spec(
    'Validator',
    'Previous status validator',
    'Validates that the issue has been in a specific status before it is transitioned.',
    { previousStatusIds: must('statuses'), mostRecentStatusOnly: can('boolean') },
  ),
  'system:validate-field-value': spec(
    'Validator',
    'Validate a field value',
    "Validates that a field's value meets the criteria before the issue is transitioned.",
    {
      ruleType: must([
        'fieldRequired',
        'fieldChanged',
        'fieldHasSingleValue',
        'fieldMatchesRegularExpression',
        'dateFieldComparison',
        'windowDateComparison',
      ]),
      fieldsRequired: can('fields'),
      ignoreContext: can('boolean'),
      errorMessage: can('text'),
      groupsExemptFromValidation: can('groups'),
      fieldKey: can('field'),
      excludeSubtasks: can('boolean'),
      regexp: can('pattern'),
      date1FieldKey: can('field'),
      date2FieldKey: can('field'),
      includeTime: can('boolean'),
      conditionSelected: can(['>', '>=', '=', '<=', '<', '!=']),
      numberOfDays: can('text'),
      comparisonType: can(['STRING', 'NUMBER', 'DATE', 'DATE_WITHOUT_TIME', 'OPTIONID']),
    },
  ),
  'system:restrict-issue-transition': spec(
    'Condition',
    'Restrict who can move an issue',
    'Only certain people may move an issue using a particular transition.',
    {
      accountIds: can('accounts'),
      roleIds: can('roles'),
      groupIds: can('groups'),
      permissionKeys: can('permissions'),
      groupCustomFields: can('fields'),
      allowUserCustomFields: can('fields'),
      denyUserCustomFields: can('fields'),
    },
  ),
  'system:check-field-value': spec(
    'Condition',
    'Restrict to when a field is a specific value',
    'Only allow an issue to be moved when a field has a specific value.',
    {
      fieldId: must('field'),
      fieldValue: must('text'),
      comparator: must(['>', '>=', '=', '<=', '<', '!=']),
      comparisonType: must(['STRING', 'NUMBER', 'DATE', 'DATE_WITHOUT_TIME', 'OPTIONID']),
    },
  ),
  'system:previous-status-condition': spec(
    'Condition',
    'Restrict to when an issue has been through a specific status',
    'Only allow an issue to be moved when it has, or has not, been through a specific status.',
    {
      previousStatusIds: must('statuses'),
      not: can('boolean'),
      mostRecentStatusOnly: can('boolean'),
      includeCurrentStatus: can('boolean'),
      ignoreLoopTransitions: can('boolean'),
    },
  ),
  'system:parent-or-child-blocking-condition': spec(
    'Condition',
    'Restrict based on the status of subtasks',
    'Only allow an issue to be moved when its subtasks are in certain statuses.',
    { blocker: must(['CHILD']), statusIds: must('statuses') },
  ),
  'system:separation-of-duties': spec(
    'Condition',
    'Restrict who can move an issue by who moved it before',
    'Only people who have not made another transition of the issue may move it.',
    { fromStatusId: can('status'), toStatusId: can('status') },
  ),
  'system:restrict-from-all-users': spec(
    'Condition',
    'Hide transition from user',
    'Hides a transition from all users; it can be triggered by apps only.',
    { restrictMode: must(['users', 'usersAndAPI']) },
  ),
  'system:block-in-progress-approval': spec(
    'Condition',
    'Block transition until approval',
    'Blocks a transition while an approval is pending.',
    {},
  ),
  'system:jsd-approvals-block-until-approved': spec(
    'Condition',
    'Block until approved',
    'Blocks a transition until the request is approved.',
    { approvalConfigurationJson: must('text') },
  ),
  'system:jsd-approvals-block-until-rejected': spec(
    'Condition',
    'Block until rejected',
    'Blocks a transition until the request is rejected.',
    { approvalConfigurationJson: must('text') },
  ),
  'system:change-assignee': spec(
    'Function',
    'Assign an issue',
    'Automatically assign an issue to someone after moving the issue using a particular transition.',
    {
      type: must([
        'to-selected-user',
        'to-unassigned',
        'to-current-user',
        'to-default-user',
        'to-lead',
        'to-reporter',
      ]),
      accountId: can('account'),
    },
  ),
  'system:copy-value-from-other-field': spec(
    'Function',
    'Copy the value of one field to another',
    'Copies the value of a field to another after an issue is moved.',
    {
      sourceFieldKey: must('field'),
      targetFieldKey: must('field'),
      issueSource: can(['SAME', 'PARENT']),
    },
  ),
  'system:update-field': spec(
    'Function',
    'Update an issue field',
    'Updates a field after an issue is moved using a particular transition.',
    { field: must('field'), value: can('text'), mode: can(['append', 'replace']) },
  ),
  'system:trigger-webhook': spec(
    'Function',
    'Trigger a webhook',
    'Triggers a webhook after an issue is moved using a particular transition.',
    { webhookId: must('text') },
  ),
  'system:trigger-agent': spec(
    'Function',
    'Trigger an agent',
    'Triggers an agent after an issue is moved using a particular transition.',
    { agentId: must('account'), promptValue: can('text') },
  ),
  'system:remind-people-to-update-fields': spec(
    'Screen',
    'Remind people to update fields',
    'Asks people to update fields when they move an issue using a particular transition.',
    {
      remindingFieldIds: must('fields'),
      remindingMessage: can('text'),
      remindingAlwaysAsk: can('boolean'),
    },
  ),
  'system:transition-screen': spec(
    'Screen',
    'Show a screen',
    'Shows a screen when people move an issue using a particular transition.',
    { screenId: must('screen') },
  ),
  'connect:expression-validator': app('Validator', 'Connect validator'),
  'connect:expression-condition': app('Condition', 'Connect condition'),
  'connect:remote-workflow-function': app('Function', 'Connect post function'),
  'forge:expression-validator': app('Validator', 'Forge validator'),
  'forge:expression-condition': app('Condition', 'Forge condition'),
  'forge:workflow-post-function': app('Function', 'Forge post function'),
};

/** The ids in a parameter that holds several. */
export const idsIn = (text: string | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');

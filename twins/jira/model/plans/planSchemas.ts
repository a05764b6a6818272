/** What plans and their teams may say, by the description of the plans API. */
const whole = { type: 'integer', minimum: 0 };
const wholes = { type: 'array', items: whole, uniqueItems: true, maxItems: 1_000 };
const oneOf = (...values: string[]) => ({ enum: values });
const closed = (properties: Record<string, unknown>, required: string[] = []) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const many = (items: Record<string, unknown>, minItems = 0) => ({
  type: 'array',
  items,
  minItems,
  maxItems: 1_000,
});
const name = { type: 'string', minLength: 1, maxLength: 255 };
const date = closed(
  { type: oneOf('DueDate', 'TargetStartDate', 'TargetEndDate', 'DateCustomField'), dateCustomFieldId: whole },
  ['type'],
);

/** A plan as it is made, and as a patch leaves it. */
export const PLAN_SCHEMA = closed(
  {
    name,
    leadAccountId: { type: 'string', maxLength: 128 },
    issueSources: many(
      closed({ type: oneOf('Board', 'Project', 'Filter'), value: whole }, ['type', 'value']),
      1,
    ),
    scheduling: closed(
      {
        estimation: oneOf('StoryPoints', 'Days', 'Hours'),
        startDate: date,
        endDate: date,
        inferredDates: oneOf('None', 'SprintDates', 'ReleaseDates'),
        dependencies: oneOf('Sequential', 'Concurrent'),
      },
      ['estimation'],
    ),
    exclusionRules: closed({
      numberOfDaysToShowCompletedIssues: { ...whole, maximum: 100_000 },
      issueIds: wholes,
      workStatusIds: wholes,
      workStatusCategoryIds: wholes,
      issueTypeIds: wholes,
      releaseIds: wholes,
    }),
    crossProjectReleases: many(closed({ name, releaseIds: wholes }, ['name'])),
    customFields: many(closed({ customFieldId: whole, filter: { type: 'boolean' } }, ['customFieldId'])),
    permissions: many(
      closed(
        {
          type: oneOf('View', 'Edit'),
          holder: closed({ type: oneOf('Group', 'AccountId'), value: { type: 'string' } }, ['type', 'value']),
        },
        ['type', 'holder'],
      ),
    ),
  },
  ['name', 'issueSources', 'scheduling'],
);

/** A team of a plan as it is made, and as a patch leaves it. */
export const PLAN_TEAM_SCHEMA = closed(
  {
    name,
    planningStyle: oneOf('Scrum', 'Kanban'),
    issueSourceId: whole,
    sprintLength: { type: 'integer', minimum: 1, maximum: 52 },
    capacity: { type: 'number', minimum: 0 },
    memberAccountIds: many({ type: 'string' }),
  },
  ['name', 'planningStyle'],
);

/** JSON Patch, RFC 6902. */
export const PATCH_SCHEMA = {
  type: 'array',
  maxItems: 1_000,
  items: {
    type: 'object',
    properties: {
      op: oneOf('add', 'remove', 'replace', 'move', 'copy', 'test'),
      path: { type: 'string' },
      from: { type: 'string' },
    },
    required: ['op', 'path'],
  },
};

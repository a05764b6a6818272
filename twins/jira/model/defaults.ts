/** What a new site has before anybody changes it: kinds of issue, priorities, resolutions, link types, roles. */
import type {
  IssueLinkType,
  IssueType,
  IssueTypeScheme,
  Priority,
  PriorityScheme,
  Resolution,
} from '../world.ts';

export const STATUS_CATEGORIES = [
  { id: 1, key: 'undefined', colorName: 'medium-gray', name: 'No Category' },
  { id: 2, key: 'new', colorName: 'blue-gray', name: 'To Do' },
  { id: 4, key: 'indeterminate', colorName: 'yellow', name: 'In Progress' },
  { id: 3, key: 'done', colorName: 'green', name: 'Done' },
] as const;

export type CategoryKey = (typeof STATUS_CATEGORIES)[number]['key'];

/** The id of a status category by its key. */
export const categoryId = (key: CategoryKey): number =>
  STATUS_CATEGORIES.find((one) => one.key === key)?.id ?? 1;

type TypeDefault = Omit<IssueType, 'id' | 'entityId' | 'scope'>;

const type = (name: string, description: string, avatarId: number, hierarchyLevel = 0): TypeDefault => ({
  name,
  description,
  subtask: hierarchyLevel === -1,
  hierarchyLevel,
  avatarId,
});

export const ISSUE_TYPES: readonly TypeDefault[] = [
  type('Epic', 'A big user story that needs to be broken down.', 10307, 1),
  type('Story', 'Functionality or a feature expressed as a user goal.', 10315),
  type('Task', 'A small, distinct piece of work.', 10318),
  type('Bug', 'A problem or error.', 10303),
  type('Sub-task', 'A small piece of work that belongs to a larger one.', 10316, -1),
];

/** The default of a kind by name; for a name that a world makes up, a kind of the middle level. */
export const issueTypeNamed = (name: string): TypeDefault =>
  ISSUE_TYPES.find((one) => one.name.toLowerCase() === name.toLowerCase()) ??
  type(name, '', 10300, /^sub-?task$/i.test(name) ? -1 : 0);

export const PRIORITIES: readonly Priority[] = (
  [
    ['1', 'Highest', 'This problem will block progress.', '#d04437', 'highest'],
    ['2', 'High', 'Serious problem that could block progress.', '#f15C75', 'high'],
    ['3', 'Medium', 'Has the potential to affect progress.', '#f79232', 'medium'],
    ['4', 'Low', 'Minor problem or easily worked around.', '#707070', 'low'],
    ['5', 'Lowest', 'Trivial problem with little or no impact on progress.', '#999999', 'lowest'],
  ] as const
).map(([id, name, description, statusColor, icon], sequence) => ({
  id,
  name,
  description,
  statusColor,
  icon,
  isDefault: id === '3',
  sequence,
}));

export const DEFAULT_PRIORITY = '3';

/** The scheme of priorities that projects have which are given no other. */
export const PRIORITY_SCHEME: PriorityScheme = {
  id: '1',
  name: 'Default priority scheme',
  description: 'This is default scheme used by all new and unassigned projects',
  isDefault: true,
  defaultPriorityId: DEFAULT_PRIORITY,
  priorityIds: PRIORITIES.map((one) => one.id),
};

/** How levels of types are called. */
export const HIERARCHY_NAMES: Readonly<Record<number, string>> = { 1: 'Epic', 0: 'Base', [-1]: 'Subtask' };

/** The scheme that every new type of issue joins. */
export const ISSUE_TYPE_SCHEME: IssueTypeScheme = {
  id: '10000',
  name: 'Default Issue Type Scheme',
  description:
    'Default issue type scheme is the list of global issue types. All newly created issue types will automatically be added to this scheme.',
  isDefault: true,
  issueTypeIds: [],
};

export const RESOLUTIONS: readonly Resolution[] = (
  [
    { id: '10000', name: 'Done', description: 'Work has been completed on this issue.', isDefault: false },
    { id: '10001', name: "Won't Do", description: "This issue won't be actioned.", isDefault: false },
    {
      id: '10002',
      name: 'Duplicate',
      description: 'The problem is a duplicate of an existing issue.',
      isDefault: false,
    },
    {
      id: '10003',
      name: 'Cannot Reproduce',
      description: 'The problem could not be reproduced.',
      isDefault: false,
    },
  ] as const
).map((row, sequence) => ({ ...row, sequence }));

/** What reaching a status of the category `done` sets. */
export const DONE_RESOLUTION = '10000';

export const LINK_TYPES: readonly IssueLinkType[] = [
  { id: '10000', name: 'Blocks', inward: 'is blocked by', outward: 'blocks' },
  { id: '10001', name: 'Cloners', inward: 'is cloned by', outward: 'clones' },
  { id: '10002', name: 'Duplicate', inward: 'is duplicated by', outward: 'duplicates' },
  { id: '10003', name: 'Relates', inward: 'relates to', outward: 'relates to' },
];

/** Where people are until a world says otherwise. */
export const TIME_ZONE = 'America/Los_Angeles';
export const LOCALE = 'en_US';

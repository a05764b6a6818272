/** The screens, the field configuration and the schemes that a new site has. */
import type { World } from '../../../../src/world/world.ts';
import {
  fieldConfigurations,
  fieldSchemes,
  issueTypeScreenSchemes,
  screenSchemes,
  screens,
  screenTabs,
} from '../../world.ts';
import { EPIC_LINK, EPIC_NAME, FLAGGED, SPRINT } from './fields.ts';

/** What every site begins with: these are the schemes of projects that were given no other. */
export const DEFAULT_SCREEN = 1;
export const DEFAULT_SCREEN_SCHEME = 1;
export const DEFAULT_ISSUE_TYPE_SCREEN_SCHEME = '1';
export const DEFAULT_FIELD_CONFIGURATION = 10_000;
export const DEFAULT_FIELD_SCHEME = 10_000;

const SCREENS = [
  {
    name: 'Default Screen',
    description: 'Allows to update all system fields.',
    fields: [
      'summary',
      'components',
      'description',
      'reporter',
      EPIC_NAME,
      'fixVersions',
      'versions',
      'priority',
      EPIC_LINK,
      'labels',
      'environment',
      'timetracking',
      'attachment',
      'duedate',
      'security',
      'customfield_10015',
      'customfield_10016',
      'customfield_10017',
      SPRINT,
      FLAGGED,
      'customfield_10026',
      'issuelinks',
      'assignee',
    ],
  },
  {
    name: 'Workflow Screen',
    description: 'This screen is used in the workflow and enables you to assign issues',
    fields: ['assignee'],
  },
  {
    name: 'Resolve Issue Screen',
    description: 'Allows to set resolution, change fix versions and assign an issue.',
    fields: ['resolution', 'fixVersions', 'assignee', 'worklog'],
  },
] as const;

/** Gives a new site its screens and default schemes. */
export function plantScreens(world: World): void {
  SCREENS.forEach(({ name, description, fields }, i) => {
    const id = i + 1;
    world.insert(screens, { id, name, description });
    world.insert(screenTabs, { id, screenId: id, name: 'Field Tab', position: 0, fields });
  });
  world.insert(screenSchemes, {
    id: DEFAULT_SCREEN_SCHEME,
    name: 'Default Screen Scheme',
    description: 'Default Screen Scheme',
    screens: { default: DEFAULT_SCREEN },
  });
  world.insert(issueTypeScreenSchemes, {
    id: DEFAULT_ISSUE_TYPE_SCREEN_SCHEME,
    name: 'Default Issue Type Screen Scheme',
    description: 'The default issue type screen scheme',
    mappings: { default: String(DEFAULT_SCREEN_SCHEME) },
  });
  world.insert(fieldConfigurations, {
    id: DEFAULT_FIELD_CONFIGURATION,
    name: 'Default Field Configuration',
    description: 'The default field configuration',
    isDefault: true,
    items: {},
  });
  world.insert(fieldSchemes, {
    id: DEFAULT_FIELD_SCHEME,
    name: 'Default Field Scheme',
    description: 'The default field scheme',
    isDefault: true,
    fields: {},
  });
}

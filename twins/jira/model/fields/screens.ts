/** Which fields a person may fill in when an issue is made or edited. */
import type { World } from '../../../../src/world/world.ts';
import type { IssueType, Project } from '../../world.ts';
import { EPIC_LINK, EPIC_NAME, FLAGGED, SPRINT } from './fields.ts';

export type Screen = 'create' | 'edit';

/** Field ids of a screen, in its order. */
export function screenOf(_world: World, project: Project, type: IssueType, screen: Screen): string[] {
  const epic = type.hierarchyLevel === 1;
  const classic = project.style === 'classic';
  return [
    'summary',
    'issuetype',
    ...(classic ? [] : ['issuerestriction']),
    ...(epic ? [] : ['parent']),
    'components',
    'description',
    ...(screen === 'create' ? ['project'] : []),
    'reporter',
    ...(classic && epic ? [EPIC_NAME] : []),
    'fixVersions',
    'versions',
    'priority',
    ...(classic ? [EPIC_LINK] : []),
    'labels',
    'environment',
    'timetracking',
    'attachment',
    'duedate',
    'customfield_10015',
    'customfield_10016',
    'customfield_10017',
    ...(type.subtask ? [] : [SPRINT]),
    FLAGGED,
    'customfield_10026',
    'issuelinks',
    'assignee',
  ];
}

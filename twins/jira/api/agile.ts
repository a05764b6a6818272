/** The agile API: boards, sprints, epics, ranks and estimates. */
import type { Endpoint } from '../../../src/twin.ts';
import { boardPartEndpoints } from './agileBoardParts.ts';
import { boardEndpoints } from './agileBoards.ts';
import { epicEndpoints } from './agileEpics.ts';
import { agileIssueEndpoints } from './agileIssues.ts';
import { agilePropertyEndpoints } from './agileProperties.ts';
import { sprintEndpoints } from './agileSprints.ts';

export const agileEndpoints: Endpoint[] = [
  ...boardEndpoints,
  ...boardPartEndpoints,
  ...sprintEndpoints,
  ...epicEndpoints,
  ...agileIssueEndpoints,
  ...agilePropertyEndpoints,
];

/** Every story of a site. */
import { appFieldStories } from './appFields.ts';
import { appStories } from './apps.ts';
import { dashboardStories } from './dashboards.ts';
import { devopsStories } from './devops.ts';
import { expressionStories } from './expressions.ts';
import { fieldConfigurationStories } from './fieldConfigurations.ts';
import { fieldSchemeStories } from './fieldSchemes.ts';
import { fieldStories } from './fields.ts';
import { filterStories } from './filters.ts';
import { issueStories } from './issues.ts';
import { jqlStories } from './jql.ts';
import { peopleStories } from './people.ts';
import { permissionStories } from './permissions.ts';
import { planStories } from './plans.ts';
import { projectStories } from './projects.ts';
import { schemeStories } from './schemes.ts';
import { screenStories } from './screens.ts';
import { siteStories } from './site.ts';
import { softwareStories } from './software.ts';
import { talkStories } from './talk.ts';
import type { Story } from './teller.ts';
import { workflowStories } from './workflows.ts';

export const STORIES: readonly Story[] = [
  ...siteStories,
  ...appStories,
  ...filterStories,
  ...fieldStories,
  ...appFieldStories,
  ...fieldSchemeStories,
  ...fieldConfigurationStories,
  ...screenStories,
  ...issueStories,
  ...jqlStories,
  ...expressionStories,
  ...dashboardStories,
  ...peopleStories,
  ...permissionStories,
  ...planStories,
  ...softwareStories,
  ...devopsStories,
  ...talkStories,
  ...projectStories,
  ...workflowStories,
  ...schemeStories,
];

/** Jira Cloud: the platform API in versions 2 and 3, and the agile API. */

import { readOperations } from '../../src/operations.ts';
import type { Endpoint, Twin, Wire } from '../../src/twin.ts';
import { adminWebhookEndpoints } from './api/adminWebhooks.ts';
import { agileEndpoints } from './api/agile.ts';
import { appFieldConfigurationEndpoints } from './api/appFieldConfigurations.ts';
import { appFieldOptionEndpoints } from './api/appFieldOptions.ts';
import { appFieldValueEndpoints } from './api/appFieldValues.ts';
import { appResourceEndpoints } from './api/appResources.ts';
import { archiveEndpoints } from './api/archive.ts';
import { attachmentEndpoints } from './api/attachments.ts';
import { auditEndpoints } from './api/audit.ts';
import { avatarEndpoints } from './api/avatars.ts';
import { bulkEndpoints } from './api/bulk.ts';
import { bulkPropertyEndpoints } from './api/bulkProperties.ts';
import { changelogEndpoints } from './api/changelogs.ts';
import { classicWorkflowEndpoints } from './api/classicWorkflows.ts';
import { commentEndpoints } from './api/comments.ts';
import { componentEndpoints } from './api/components.ts';
import { dashboardEndpoints } from './api/dashboards.ts';
import { devopsEndpoints } from './api/devopsFamilies.ts';
import { expressionEndpoints } from './api/expressions.ts';
import { fieldConfigurationSchemeEndpoints } from './api/fieldConfigurationSchemes.ts';
import { fieldConfigurationEndpoints } from './api/fieldConfigurations.ts';
import { fieldContextEndpoints } from './api/fieldContexts.ts';
import { fieldOptionEndpoints } from './api/fieldOptions.ts';
import { fieldSchemeItemEndpoints } from './api/fieldSchemeItems.ts';
import { fieldSchemeEndpoints } from './api/fieldSchemes.ts';
import { fieldEndpoints } from './api/fields.ts';
import { filterSharingEndpoints } from './api/filterSharing.ts';
import { filterEndpoints } from './api/filters.ts';
import { followerEndpoints } from './api/followers.ts';
import { gadgetEndpoints } from './api/gadgets.ts';
import { greenhopperEndpoints } from './api/greenhopper.ts';
import { groupEndpoints } from './api/groups.ts';
import { issuePickerEndpoints } from './api/issuePicker.ts';
import { issueReportEndpoints } from './api/issueReports.ts';
import { securitySchemeEndpoints } from './api/issueSecurity.ts';
import { issueEndpoints } from './api/issues.ts';
import { issueTypeSchemeEndpoints } from './api/issueTypeSchemes.ts';
import { issueTypeScreenSchemeEndpoints } from './api/issueTypeScreenSchemes.ts';
import { issueTypeEndpoints } from './api/issueTypes.ts';
import { jqlEndpoints } from './api/jql.ts';
import { jqlReferenceEndpoints } from './api/jqlReference.ts';
import { labelEndpoints } from './api/labels.ts';
import { licenceEndpoints } from './api/licences.ts';
import { linkEndpoints } from './api/links.ts';
import { linkTypeEndpoints } from './api/linkTypes.ts';
import { metaEndpoints } from './api/meta.ts';
import { myselfEndpoints } from './api/myself.ts';
import { notificationSchemeEndpoints } from './api/notificationSchemes.ts';
import { oauthEndpoints } from './api/oauth.ts';
import { permissionSchemeEndpoints } from './api/permissionSchemes.ts';
import { permissionEndpoints } from './api/permissions.ts';
import { pictureEndpoints } from './api/pictures.ts';
import { planEndpoints } from './api/plans.ts';
import { priorityEndpoints } from './api/priorities.ts';
import { prioritySchemeEndpoints } from './api/prioritySchemes.ts';
import { projectMetaEndpoints } from './api/projectMeta.ts';
import { projectSettingEndpoints } from './api/projectSettings.ts';
import { projectEndpoints } from './api/projects.ts';
import { projectTemplateEndpoints } from './api/projectTemplates.ts';
import { propertyEndpoints } from './api/properties.ts';
import { redactionEndpoints } from './api/redaction.ts';
import { resolutionEndpoints } from './api/resolutions.ts';
import { roleEndpoints } from './api/roles.ts';
import { screenSchemeEndpoints } from './api/screenSchemes.ts';
import { screenEndpoints } from './api/screens.ts';
import { screenTabEndpoints } from './api/screenTabs.ts';
import { searchEndpoints } from './api/search.ts';
import { securityLevelEndpoints } from './api/securityLevels.ts';
import { sessionEndpoints } from './api/session.ts';
import { settingEndpoints } from './api/settings.ts';
import { siteEndpoints } from './api/site.ts';
import { statusEndpoints } from './api/statuses.ts';
import { taskEndpoints } from './api/tasks.ts';
import { timeTrackingEndpoints } from './api/timeTracking.ts';
import { transitionEndpoints } from './api/transitions.ts';
import { userColumnEndpoints } from './api/userColumns.ts';
import { userSearchEndpoints } from './api/userSearch.ts';
import { userEndpoints } from './api/users.ts';
import { versionEndpoints } from './api/versions.ts';
import { webhookBody } from './api/webhookBodies.ts';
import { webhookEndpoints } from './api/webhooks.ts';
import { workflowRuleEndpoints } from './api/workflowRules.ts';
import { workflowSchemeChangeEndpoints } from './api/workflowSchemeChanges.ts';
import { workflowSchemeDraftEndpoints } from './api/workflowSchemeDrafts.ts';
import { workflowSchemeEndpoints } from './api/workflowSchemes.ts';
import { workflowEndpoints } from './api/workflows.ts';
import { workflowUsageEndpoints } from './api/workflowUsages.ts';
import { worklogEndpoints } from './api/worklogs.ts';
import { credentials } from './credentials.ts';
import { gestures } from './gestures.ts';
import { HOSTS } from './hosts.ts';
import { devOpsTimers } from './model/devops/works.ts';
import { purgeTrashed } from './model/fields/customFields.ts';
import { hear } from './model/people/people.ts';
import { purgeBinned } from './model/projects/projectLife.ts';
import { endTask } from './model/site/tasks.ts';
import { TASK_WORKS } from './model/site/taskWorks.ts';
import { showHappeningsBy } from './model/webhooks/happened.ts';
import { plant } from './plant.ts';
import { presets } from './presets.ts';
import { room } from './room.ts';
import { wire } from './wire.ts';
import { TABLES } from './world.ts';

const operations = readOperations('jira');
const scopesByRoute = new Map(operations.map((one) => [`${one.method} ${one.path}`, one.scopes]));

/** What every endpoint has alike: the scopes that the vendor publishes, and the tier of its kind. */
function equipped(endpoint: Endpoint): Endpoint {
  const scopes = endpoint.scopes ?? scopesByRoute.get(endpoint.route);
  const tier = endpoint.tier ?? (endpoint.route.startsWith('GET ') ? 'read' : 'write');
  return { ...endpoint, tier, ...(scopes ? { scopes } : {}) };
}

showHappeningsBy(webhookBody);

export const jira: Twin = {
  name: 'jira',
  title: 'Jira Cloud',
  hosts: HOSTS,
  wire: wire as unknown as Wire,
  endpoints: [
    ...issueEndpoints,
    ...archiveEndpoints,
    ...bulkEndpoints,
    ...bulkPropertyEndpoints,
    ...issueReportEndpoints,
    ...redactionEndpoints,
    ...changelogEndpoints,
    ...transitionEndpoints,
    ...statusEndpoints,
    ...workflowEndpoints,
    ...workflowUsageEndpoints,
    ...workflowRuleEndpoints,
    ...classicWorkflowEndpoints,
    ...workflowSchemeEndpoints,
    ...workflowSchemeChangeEndpoints,
    ...workflowSchemeDraftEndpoints,
    ...metaEndpoints,
    ...commentEndpoints,
    ...worklogEndpoints,
    ...timeTrackingEndpoints,
    ...followerEndpoints,
    ...linkEndpoints,
    ...propertyEndpoints,
    ...attachmentEndpoints,
    ...searchEndpoints,
    ...issuePickerEndpoints,
    ...jqlEndpoints,
    ...expressionEndpoints,
    ...jqlReferenceEndpoints,
    ...projectEndpoints,
    ...projectSettingEndpoints,
    ...projectMetaEndpoints,
    ...projectTemplateEndpoints,
    ...componentEndpoints,
    ...versionEndpoints,
    ...labelEndpoints,
    ...issueTypeEndpoints,
    ...issueTypeSchemeEndpoints,
    ...notificationSchemeEndpoints,
    ...priorityEndpoints,
    ...prioritySchemeEndpoints,
    ...resolutionEndpoints,
    ...linkTypeEndpoints,
    ...roleEndpoints,
    ...securitySchemeEndpoints,
    ...securityLevelEndpoints,
    ...permissionEndpoints,
    ...permissionSchemeEndpoints,
    ...fieldEndpoints,
    ...fieldContextEndpoints,
    ...fieldOptionEndpoints,
    ...appFieldOptionEndpoints,
    ...appFieldValueEndpoints,
    ...appFieldConfigurationEndpoints,
    ...fieldConfigurationEndpoints,
    ...fieldConfigurationSchemeEndpoints,
    ...fieldSchemeEndpoints,
    ...fieldSchemeItemEndpoints,
    ...screenEndpoints,
    ...screenTabEndpoints,
    ...screenSchemeEndpoints,
    ...issueTypeScreenSchemeEndpoints,
    ...userEndpoints,
    ...userColumnEndpoints,
    ...userSearchEndpoints,
    ...groupEndpoints,
    ...myselfEndpoints,
    ...siteEndpoints,
    ...avatarEndpoints,
    ...pictureEndpoints,
    ...agileEndpoints,
    ...devopsEndpoints,
    ...settingEndpoints,
    ...licenceEndpoints,
    ...planEndpoints,
    ...dashboardEndpoints,
    ...gadgetEndpoints,
    ...greenhopperEndpoints,
    ...oauthEndpoints,
    ...sessionEndpoints,
    ...adminWebhookEndpoints,
    ...webhookEndpoints,
    ...appResourceEndpoints,
    ...filterEndpoints,
    ...filterSharingEndpoints,
    ...taskEndpoints,
    ...auditEndpoints,
  ].map(equipped),
  operations,
  tables: TABLES,
  plant,
  gestures,
  timers: {
    purgeField: purgeTrashed,
    purgeProject: purgeBinned,
    ...devOpsTimers,
    endTask: (world, { id }: { id: string }) => endTask(world, id, TASK_WORKS),
  },
  hears: hear,
  credentials,
  presets,
  room,
};

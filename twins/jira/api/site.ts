/** The site itself: what it is, and which sites a credential reaches. */
import { endpoint } from '../../../src/twin.ts';
import { LOCALE } from '../model/defaults.ts';
import { timeTrackingOf, trackingOptions } from '../model/issues/timeTracking.ts';
import { settingOf } from '../model/site/settings.ts';
import { stamp } from '../model/time.ts';
import { addressOf, doc } from './address.ts';

/** The build that this twin stands for. */
const BUILD = {
  number: 100_290,
  date: Date.UTC(2026, 0, 16, 1, 15, 38),
  scm: 'cd645fa75fdcd33afc8b2e176098a731fd922a37',
};

export const siteEndpoints = [
  endpoint(
    {
      id: 'getServerInfo',
      route: 'GET /rest/api/3/serverInfo',
      traits: { anonymous: true },
      doc: doc('server-info', 'serverinfo-get'),
    },
    (call) => {
      const at = addressOf(call);
      return {
        baseUrl: at.site,
        displayUrl: at.site,
        displayUrlServicedeskHelpCenter: at.site,
        displayUrlCSMHelpSeeker: at.site,
        displayUrlConfluence: at.site,
        version: '1001.0.0-SNAPSHOT',
        versionNumbers: [1001, 0, 0],
        deploymentType: 'Cloud',
        buildNumber: BUILD.number,
        buildDate: at.date(stamp(BUILD.date)),
        serverTime: at.date(stamp(call.world.now())),
        scmInfo: BUILD.scm,
        serverTitle: settingOf(call.world, 'jira.title'),
        defaultLocale: { locale: LOCALE },
        serverTimeZone: 'Etc/UTC',
      };
    },
  ),
  endpoint(
    {
      id: 'getConfiguration',
      route: 'GET /rest/api/3/configuration',
      doc: doc('jira-settings', 'configuration-get'),
    },
    (call) => ({
      votingEnabled: true,
      watchingEnabled: true,
      unassignedIssuesAllowed: true,
      subTasksEnabled: true,
      issueLinkingEnabled: true,
      timeTrackingEnabled: true,
      attachmentsEnabled: true,
      timeTrackingConfiguration: trackingOptions(timeTrackingOf(call.world)),
    }),
  ),
];

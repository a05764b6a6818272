/** What the site is licensed for, and by about how many people. */
import { type Call, type Endpoint, endpoint } from '../../../src/twin.ts';
import { badQuery } from '../errors.ts';
import { requireAdmin } from '../model/permissions/may.ts';
import { users } from '../world.ts';
import { caller, doc } from './address.ts';

/** Plans of a site of Jira; what it does not have is not listed. */
const APPLICATIONS = [{ id: 'jira-software', plan: 'PAID' }];
const KNOWN = ['jira-core', 'jira-product-discovery', 'jira-software', 'jira-servicedesk'];

const people = (call: Call): string =>
  String(call.world.list(users, { where: (row) => row.active && row.accountType === 'atlassian' }).count());

export const licenceEndpoints: readonly Endpoint[] = [
  endpoint(
    {
      id: 'getLicense',
      route: 'GET /rest/api/3/instance/license',
      doc: doc('license-metrics', 'instance-license-get'),
    },
    () => ({ applications: APPLICATIONS }),
  ),
  endpoint(
    {
      id: 'getApproximateLicenseCount',
      route: 'GET /rest/api/3/license/approximateLicenseCount',
      doc: doc('license-metrics', 'license-approximatelicensecount-get'),
    },
    (call: Call) => {
      requireAdmin(call.world, caller(call));
      return { key: 'license.totalApproximateUserCount', value: people(call) };
    },
  ),
  endpoint(
    {
      id: 'getApproximateApplicationLicenseCount',
      route: 'GET /rest/api/3/license/approximateLicenseCount/product/{applicationKey}',
      doc: doc('license-metrics', 'license-approximatelicensecount-product-applicationkey-get'),
    },
    (call: Call) => {
      requireAdmin(call.world, caller(call));
      const key = call.params.applicationKey as string;
      if (!KNOWN.includes(key)) throw badQuery(`The application '${key}' is not known.`);
      const licensed = APPLICATIONS.some(({ id }) => id === key);
      return { key: `license.${key}.approximateUserCount`, value: licensed ? people(call) : '0' };
    },
  ),
];

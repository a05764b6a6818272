/** Settings about administrators and Okta Personal, consent for Aerial, support cases, child orgs. */
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { link } from '../links.ts';
import { type ChildOrgInput, createChildOrg } from '../model/org/childOrg.ts';
import {
  type AdminSettings,
  type AerialConsent,
  aerialConsent,
  grantAerial,
  type PersonalSettings,
  revokeAerial,
  setAdminSetting,
  setBlockedDomains,
  setPersonal,
} from '../model/org/orgAdmin.ts';
import { findSupportCase, type SupportCaseInput, updateSupportCase } from '../model/org/supportCase.ts';
import { supportCases } from '../world/look.ts';
import { org } from '../world.ts';

const settings = family('OrgSettingAdmin', 'orgs', 'other');
const support = family('OrgSettingSupport', 'orgs', 'other');
const personal = family('OktaPersonalSettings', 'personal.adminSettings', 'other');
const creator = family('OrgCreator', 'orgs', 'other');

/** Reading and changing one setting that is on or off. */
const setting = (get: string, set: string, method: string, path: string, name: keyof AdminSettings) => [
  endpoint({ id: get, route: `GET ${path}`, ...settings.read }, ({ world }) => ({
    [name]: org(world).admin.settings[name],
  })),
  endpoint({ id: set, route: `${method} ${path}`, ...settings.manage }, ({ world, input }) =>
    setAdminSetting(world, name, input as Partial<AdminSettings>),
  ),
];

const AERIAL = '/api/v1/org/privacy/aerial';

const aerialEndpoints = [
  endpoint({ id: 'getAerialConsent', route: `GET ${AERIAL}`, ...support.manage }, ({ world }) =>
    aerialView(world, aerialConsent(world)),
  ),
  endpoint(
    { id: 'grantAerialConsent', route: `POST ${AERIAL}/grant`, ...support.manage },
    ({ world, actor, input }) =>
      aerialView(world, grantAerial(world, actor.who, (input as { accountId?: string }).accountId)),
  ),
  endpoint(
    { id: 'revokeAerialConsent', route: `POST ${AERIAL}/revoke`, ...support.manage },
    ({ world, input }) => {
      revokeAerial(world, (input as { accountId?: string }).accountId);
      return { _links: { grant: link(world, `${AERIAL}/grant`, 'POST') } };
    },
  ),
];

const aerialView = (world: World, consent: AerialConsent) => ({
  ...consent,
  _links: { self: link(world, AERIAL, 'GET'), revoke: link(world, `${AERIAL}/revoke`, 'POST') },
});

const CASES = '/api/v1/org/privacy/oktaSupport/cases';

const caseEndpoints = [
  endpoint({ id: 'listOktaSupportCases', route: `GET ${CASES}`, ...support.read }, ({ world }) => ({
    supportCases: world
      .list(supportCases)
      .toArray()
      .map(({ caseNumber }) => findSupportCase(world, caseNumber)),
  })),
  endpoint(
    { id: 'updateOktaSupportCase', route: `PATCH ${CASES}/{caseNumber}`, ...support.manage },
    ({ world, actor, params, input }) =>
      updateSupportCase(world, actor.who, params.caseNumber, input as SupportCaseInput),
  ),
];

const PERSONAL = '/okta-personal-settings/api/v1';

const personalEndpoints = [
  endpoint(
    {
      id: 'replaceOktaPersonalAdminSettings',
      route: `PUT ${PERSONAL}/edit-feature`,
      ...personal.manage,
      status: 204,
    },
    ({ world, input }) => setPersonal(world, input as Partial<PersonalSettings>),
  ),
  endpoint(
    { id: 'listPersonalAppsExportBlockList', route: `GET ${PERSONAL}/export-blocklists`, ...personal.read },
    ({ world }) => ({ domains: org(world).admin.personal.blockedDomains }),
  ),
  endpoint(
    {
      id: 'replaceBlockedEmailDomains',
      route: `PUT ${PERSONAL}/export-blocklists`,
      ...personal.manage,
      status: 204,
    },
    ({ world, input }) => setBlockedDomains(world, input as { domains?: string[] }),
  ),
];

const otherEndpoints = [
  endpoint(
    { id: 'createChildOrg', route: 'POST /api/v1/orgs', ...creator.manage, status: 201, support: 'stored' },
    ({ world, actor, input }) => createChildOrg(world, actor.who, input as ChildOrgInput),
  ),
];

const ADMIN_APP = 'autoAssignAdminAppSetting';
const PRIVILEGES = 'clientPrivilegesSetting';
const SETTINGS = '/api/v1/org/settings';

export const orgAdminEndpoints = [
  ...setting(
    'getThirdPartyAdminSetting',
    'updateThirdPartyAdminSetting',
    'POST',
    '/api/v1/org/orgSettings/thirdPartyAdminSetting',
    'thirdPartyAdmin',
  ),
  ...setting(
    'getAutoAssignAdminAppSetting',
    'updateAutoAssignAdminAppSetting',
    'POST',
    `${SETTINGS}/${ADMIN_APP}`,
    ADMIN_APP,
  ),
  ...setting(
    'getClientPrivilegesSetting',
    'assignClientPrivilegesSetting',
    'PUT',
    `${SETTINGS}/${PRIVILEGES}`,
    PRIVILEGES,
  ),
  ...aerialEndpoints,
  ...caseEndpoints,
  ...personalEndpoints,
  ...otherEndpoints,
];

/** `/api/v1/org` and `/.well-known/okta-organization`: the org's own settings. */
import type { World } from '../../../src/world/world.ts';
import { family, managementDoc } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { ASSETS, link } from '../links.ts';
import {
  CONTACT_TYPES,
  changeOrg,
  contactOf,
  type Org,
  type OrgSettings,
  setContact,
  setOrg,
  setSupport,
  supportIsOn,
} from '../model/org/org.ts';
import { domains } from '../world/delivery.ts';
import { org } from '../world.ts';

const general = family('OrgSettingGeneral', 'orgs', 'other');
const customization = family('OrgSettingCustomization', 'orgs', 'other');
const communication = family('OrgSettingCommunication', 'orgs', 'other');
const support = family('OrgSettingSupport', 'orgs', 'other');
const contact = family('OrgSettingContact', 'orgs', 'other');

export const orgEndpoints = [
  endpoint(
    {
      id: 'getWellknownOrgMetadata',
      route: 'GET /.well-known/okta-organization',
      auth: 'none',
      tier: 'other',
      doc: managementDoc('OrgSettingMetadata'),
    },
    ({ world }) => metadataView(world),
  ),
  endpoint({ id: 'getOrgSettings', route: 'GET /api/v1/org', ...general.read }, ({ world }) =>
    orgView(world, org(world)),
  ),
  endpoint({ id: 'updateOrgSettings', route: 'POST /api/v1/org', ...general.manage }, ({ world, input }) =>
    orgView(world, changeOrg(world, (input ?? {}) as Partial<OrgSettings>, 'merge')),
  ),
  endpoint({ id: 'replaceOrgSettings', route: 'PUT /api/v1/org', ...general.manage }, ({ world, input }) =>
    orgView(world, changeOrg(world, (input ?? {}) as Partial<OrgSettings>, 'replace')),
  ),
  ...preferenceEndpoints(),
  ...supportEndpoints(),
  ...contactEndpoints(),
];

/** What anybody may know of the org. */
function metadataView(world: World): Record<string, unknown> {
  const domain = world.list(domains, { where: (one) => one.validationStatus === 'COMPLETED' }).first();
  return {
    id: org(world).id,
    cell: 'ok14',
    _links: {
      organization: { href: world.base() },
      ...(domain ? { alternate: { href: `https://${domain.domain}` } } : {}),
    },
    pipeline: 'idx',
    settings: {
      analyticsCollectionEnabled: false,
      bugReportingEnabled: true,
      omEnabled: false,
      pssoEnabled: false,
      desktopMFAEnabled: false,
      itpEnabled: false,
      op4wEnabled: false,
    },
  };
}

function orgView(world: World, row: Org): Record<string, unknown> {
  return {
    id: row.id,
    subdomain: row.subdomain,
    companyName: row.companyName,
    status: row.status,
    expiresAt: row.expiresAt,
    created: row.created,
    lastUpdated: row.lastUpdated,
    website: row.website,
    phoneNumber: row.phoneNumber,
    endUserSupportHelpURL: row.endUserSupportHelpURL,
    supportPhoneNumber: row.supportPhoneNumber,
    address1: row.address1,
    address2: row.address2,
    city: row.city,
    state: row.state,
    country: row.country,
    postalCode: row.postalCode,
    _links: {
      preferences: link(world, '/api/v1/org/preferences'),
      uploadLogo: link(world, '/api/v1/org/logo', 'POST'),
      oktaCommunication: link(world, '/api/v1/org/privacy/oktaCommunication'),
      logo: { href: `${ASSETS}/fs/bco/1/logo` },
      oktaSupport: link(world, '/api/v1/org/privacy/oktaSupport'),
      contacts: link(world, '/api/v1/org/contacts'),
    },
  };
}

function preferenceEndpoints() {
  const path = '/api/v1/org/preferences';
  const footer = (world: World, row: Org) => {
    const turn = row.showEndUserFooter ? 'hideEndUserFooter' : 'showEndUserFooter';
    return {
      showEndUserFooter: row.showEndUserFooter,
      _links: { [turn]: link(world, `${path}/${turn}`, 'POST') },
    };
  };
  const mail = (world: World, row: Org) => {
    const turn = row.optOutEmailUsers ? 'optIn' : 'optOut';
    return {
      optOutEmailUsers: row.optOutEmailUsers,
      _links: { [turn]: link(world, `/api/v1/org/privacy/oktaCommunication/${turn}`, 'POST') },
    };
  };
  return [
    endpoint({ id: 'getOrgPreferences', route: `GET ${path}`, ...customization.read }, ({ world }) =>
      footer(world, org(world)),
    ),
    endpoint(
      { id: 'setOrgHideOktaUIFooter', route: `POST ${path}/hideEndUserFooter`, ...customization.manage },
      ({ world }) => footer(world, setOrg(world, { showEndUserFooter: false })),
    ),
    endpoint(
      { id: 'setOrgShowOktaUIFooter', route: `POST ${path}/showEndUserFooter`, ...customization.manage },
      ({ world }) => footer(world, setOrg(world, { showEndUserFooter: true })),
    ),
    endpoint(
      {
        id: 'getOktaCommunicationSettings',
        route: 'GET /api/v1/org/privacy/oktaCommunication',
        ...communication.read,
      },
      ({ world }) => mail(world, org(world)),
    ),
    endpoint(
      {
        id: 'optInUsersToOktaCommunicationEmails',
        route: 'POST /api/v1/org/privacy/oktaCommunication/optIn',
        ...communication.manage,
      },
      ({ world }) => mail(world, setOrg(world, { optOutEmailUsers: false })),
    ),
    endpoint(
      {
        id: 'optOutUsersFromOktaCommunicationEmails',
        route: 'POST /api/v1/org/privacy/oktaCommunication/optOut',
        ...communication.manage,
      },
      ({ world }) => mail(world, setOrg(world, { optOutEmailUsers: true })),
    ),
  ];
}

function supportEndpoints() {
  const path = '/api/v1/org/privacy/oktaSupport';
  const view = (world: World, row: Org) => {
    const on = supportIsOn(world);
    const turns = on ? ['extend', 'revoke'] : ['grant'];
    return {
      support: on ? 'ENABLED' : 'DISABLED',
      expiration: on ? row.supportUntil : null,
      _links: Object.fromEntries(turns.map((turn) => [turn, link(world, `${path}/${turn}`, 'POST')])),
    };
  };
  return [
    endpoint({ id: 'getOrgOktaSupportSettings', route: `GET ${path}`, ...support.read }, ({ world }) =>
      view(world, org(world)),
    ),
    endpoint({ id: 'grantOktaSupport', route: `POST ${path}/grant`, ...support.manage }, ({ world, actor }) =>
      view(world, setSupport(world, actor.who, 'grant')),
    ),
    endpoint(
      { id: 'extendOktaSupport', route: `POST ${path}/extend`, ...support.manage },
      ({ world, actor }) => view(world, setSupport(world, actor.who, 'extend')),
    ),
    endpoint(
      { id: 'revokeOktaSupport', route: `POST ${path}/revoke`, ...support.manage },
      ({ world, actor }) => view(world, setSupport(world, actor.who, 'revoke')),
    ),
  ];
}

function contactEndpoints() {
  const path = '/api/v1/org/contacts';
  const view = (world: World, type: string) => {
    const userId = contactOf(world, type).id;
    return { userId, _links: { user: link(world, `/api/v1/users/${userId}`) } };
  };
  return [
    endpoint({ id: 'listOrgContactTypes', route: `GET ${path}`, ...contact.read }, ({ world }) =>
      CONTACT_TYPES.map((contactType) => ({
        contactType,
        _links: { [contactType.toLowerCase()]: link(world, `${path}/${contactType}`) },
      })),
    ),
    endpoint(
      { id: 'getOrgContactUser', route: `GET ${path}/{contactType}`, ...contact.read },
      ({ world, params }) => view(world, params.contactType),
    ),
    endpoint(
      { id: 'replaceOrgContactUser', route: `PUT ${path}/{contactType}`, ...contact.manage },
      ({ world, params, input }) => {
        setContact(world, params.contactType, (input as { userId?: string }).userId);
        return view(world, params.contactType);
      },
    ),
  ];
}

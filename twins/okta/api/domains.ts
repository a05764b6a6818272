/** `/api/v1/domains` and `/api/v1/email-domains`: host names and senders of the org's own. */
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { link } from '../links.ts';
import { findBrand } from '../model/look/brand.ts';
import {
  type CertificateInput,
  createDomain,
  type Domain,
  type DomainInput,
  deleteDomain,
  domainsOf,
  findDomain,
  replaceDomain,
  setCertificate,
  verifyDomain,
} from '../model/look/domain.ts';
import {
  createEmailDomain,
  deleteEmailDomain,
  type EmailDomainInput,
  findEmailDomain,
  replaceEmailDomain,
  verifyEmailDomain,
} from '../model/mail/emailDomain.ts';
import { domains, emailDomains } from '../world/delivery.ts';

const { read, manage } = family('CustomDomain', 'domains', 'other');
const mail = family('EmailDomain', 'emailDomains', 'other');
const brand = family('CustomPages', 'brands', 'other');
const ALL = '/api/v1/domains';
const ONE = `${ALL}/{domainId}` as const;
const MAIL = '/api/v1/email-domains/{emailDomainId}';

const customDomainEndpoints = [
  endpoint({ id: 'listCustomDomains', route: `GET ${ALL}`, ...read }, ({ world }) => ({
    domains: world
      .list(domains)
      .toArray()
      .map((row) => domainView(world, row)),
  })),
  endpoint(
    { id: 'createCustomDomain', route: `POST ${ALL}`, ...manage, status: 201 },
    ({ world, actor, input }) => domainView(world, createDomain(world, actor.who, input as DomainInput)),
  ),
  endpoint({ id: 'getCustomDomain', route: `GET ${ONE}`, ...read }, ({ world, params }) =>
    domainView(world, findDomain(world, params.domainId)),
  ),
  endpoint({ id: 'replaceCustomDomain', route: `PUT ${ONE}`, ...manage }, ({ world, actor, params, input }) =>
    domainView(world, replaceDomain(world, actor.who, params.domainId, input as DomainInput)),
  ),
  endpoint(
    { id: 'deleteCustomDomain', route: `DELETE ${ONE}`, ...manage, status: 204 },
    ({ world, actor, params }) => deleteDomain(world, actor.who, params.domainId),
  ),
  endpoint(
    { id: 'upsertCertificate', route: `PUT ${ONE}/certificate`, ...manage, status: 204 },
    ({ world, actor, params, input }) =>
      setCertificate(world, actor.who, params.domainId, input as CertificateInput),
  ),
  endpoint({ id: 'verifyDomain', route: `POST ${ONE}/verify`, ...manage }, ({ world, actor, params }) =>
    domainView(world, verifyDomain(world, actor.who, params.domainId)),
  ),
  endpoint(
    { id: 'listBrandDomains', route: 'GET /api/v1/brands/{brandId}/domains', ...brand.read },
    ({ world, params }) => ({
      domains: domainsOf(world, findBrand(world, params.brandId).id).map((row) => domainView(world, row)),
    }),
  ),
];

const emailDomainEndpoints = [
  endpoint({ id: 'listEmailDomains', route: 'GET /api/v1/email-domains', ...mail.read }, ({ world }) =>
    world.list(emailDomains).toArray(),
  ),
  endpoint(
    { id: 'createEmailDomain', route: 'POST /api/v1/email-domains', ...mail.manage, status: 201 },
    ({ world, actor, input }) => createEmailDomain(world, actor.who, input as EmailDomainInput),
  ),
  endpoint({ id: 'getEmailDomain', route: `GET ${MAIL}`, ...mail.read }, ({ world, params }) =>
    findEmailDomain(world, params.emailDomainId),
  ),
  endpoint(
    { id: 'replaceEmailDomain', route: `PUT ${MAIL}`, ...mail.manage },
    ({ world, actor, params, input }) =>
      replaceEmailDomain(world, actor.who, params.emailDomainId, input as EmailDomainInput),
  ),
  endpoint(
    { id: 'deleteEmailDomain', route: `DELETE ${MAIL}`, ...mail.manage, status: 204 },
    ({ world, actor, params }) => deleteEmailDomain(world, actor.who, params.emailDomainId),
  ),
  endpoint(
    { id: 'verifyEmailDomain', route: `POST ${MAIL}/verify`, ...mail.manage },
    ({ world, actor, params }) => verifyEmailDomain(world, actor.who, params.emailDomainId),
  ),
];

export const domainEndpoints = [...customDomainEndpoints, ...emailDomainEndpoints];

/** A domain with its links. */
export function domainView(world: World, row: Domain): Record<string, unknown> {
  const self = `${ALL}/${row.id}`;
  return {
    ...row,
    _links: {
      self: link(world, self, 'GET', 'DELETE', 'PUT'),
      ...(row.validationStatus === 'COMPLETED' ? {} : { verify: link(world, `${self}/verify`, 'POST') }),
      brand: link(world, `/api/v1/brands/${row.brandId}`, 'GET', 'PUT', 'DELETE'),
    },
  };
}

/** Custom domains: the host names under which people meet the org's pages. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { HEX } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import { blank, invalid, notWellFormed, refuse } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { stamp } from '../../time.ts';
import { dnsRecords, domains } from '../../world/delivery.ts';
import { brands, org } from '../../world.ts';
import { recordChange, type Who } from '../log/log.ts';
import { addBrand, findBrand } from './brand.ts';

/** A domain in the vendor's shape, less links. */
export interface Domain {
  id: string;
  domain: string;
  certificateSourceType: 'MANUAL' | 'OKTA_MANAGED';
  validationStatus: 'NOT_STARTED' | 'IN_PROGRESS' | 'VERIFIED' | 'COMPLETED' | 'FAILED_TO_VERIFY';
  brandId: string;
  dnsRecords: { recordType: 'TXT' | 'CNAME'; fqdn: string; values: string[] }[];
  publicCertificate?: { subject: string; fingerprint: string; expiration: string };
}

export interface DomainInput {
  domain?: string;
  certificateSourceType?: string;
  brandId?: string;
}

export interface CertificateInput {
  type?: string;
  certificate?: string;
  certificateChain?: string;
  privateKey?: string;
}

/** A name that the org's people have written into their DNS, with the value it has there. */
export interface DnsRecord {
  fqdn: string;
  value: string;
}

const HOST = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/i;
const VERIFICATION_CHARS = 32;

/** The domain with this id. Throws E0000163. */
export const findDomain = (world: World, id: string): Domain =>
  world.require(domains, id, () => refuse('E0000163'));

/** The domains that show a brand. */
export const domainsOf = (world: World, brandId: string): Domain[] =>
  world.list(domains, { index: 'brand', equals: brandId }).toArray();

/** Adds a domain with a brand of its own. Throws E0000001 for no host name, E0000120 for a taken one. */
export function createDomain(world: World, who: Who, input: DomainInput | undefined): Domain {
  if (!input || typeof input !== 'object' || Array.isArray(input)) throw notWellFormed();
  const { certificateSourceType } = input;
  if (!input.domain) throw blank('domain');
  if (!certificateSourceType) throw blank('certificateSourceType');
  if (certificateSourceType !== 'MANUAL' && certificateSourceType !== 'OKTA_MANAGED')
    throw invalid('certificateSourceType', 'certificateSourceType: Invalid certificate source type');
  const domain = input.domain.toLowerCase();
  if (!HOST.test(domain)) throw invalid('domain', 'domain: The domain is not valid');
  if (world.list(domains, { index: 'domain', equals: domain }).first()) throw refuse('E0000120');
  const id = newId(world, 'OcD');
  const brandId = (input.brandId ? findBrand(world, input.brandId) : brandFor(world, domain)).id;
  const row = world.insert(domains, {
    id,
    domain,
    certificateSourceType,
    validationStatus: 'NOT_STARTED',
    brandId,
    dnsRecords: [
      {
        recordType: 'TXT',
        fqdn: `_oktaverification.${domain}`,
        values: [world.drawFor('okta.domain', id).chars(HEX, VERIFICATION_CHARS)],
      },
      { recordType: 'CNAME', fqdn: domain, values: [`${org(world).subdomain}.customdomains.okta.com`] },
    ],
  });
  log(world, who, 'initiate', row);
  return row;
}

/** Gives a domain another brand. */
export function replaceDomain(
  world: World,
  who: Who,
  id: string,
  input: { brandId?: string } | undefined,
): Domain {
  findDomain(world, id);
  if (!input?.brandId) throw blank('brandId');
  const row = world.update(domains, id, { brandId: findBrand(world, input.brandId).id });
  log(world, who, 'update', row);
  return row;
}

/** Asks the DNS whether the domain is the org's; what people wrote there is in `dnsRecords`. */
export function verifyDomain(world: World, who: Who, id: string): Domain {
  const old = findDomain(world, id);
  const found = old.dnsRecords.every(({ fqdn, values }) =>
    values.includes(world.get(dnsRecords, fqdn)?.value ?? ''),
  );
  const good = old.certificateSourceType === 'OKTA_MANAGED' ? 'COMPLETED' : 'VERIFIED';
  const row = world.update(domains, id, { validationStatus: found ? good : 'FAILED_TO_VERIFY' });
  log(world, who, 'verify', row);
  return row;
}

/** Takes a certificate. Throws E0000165 for a domain that is not verified, E0000001 for parts that are missing. */
export function setCertificate(
  world: World,
  who: Who,
  id: string,
  input: CertificateInput | undefined,
): void {
  const old = findDomain(world, id);
  for (const part of ['certificate', 'privateKey'] as const) if (!input?.[part]) throw blank(part);
  if (input?.type !== 'PEM') throw invalid('type', 'type: The certificate type is not valid');
  if (old.validationStatus !== 'VERIFIED' && old.validationStatus !== 'COMPLETED') throw refuse('E0000165');
  const row = world.update(domains, id, {
    validationStatus: 'COMPLETED',
    publicCertificate: readCertificate(world, old, input.certificate as string, input.privateKey as string),
  });
  log(world, who, 'cert_upload', row);
}

/** What is public of a certificate. Throws E0000001 for one of another host, that ran out, or with another key. */
function readCertificate(
  world: World,
  { id, domain }: Domain,
  certificate: string,
  privateKey: string,
): NonNullable<Domain['publicCertificate']> {
  const found = parsed(() => new X509Certificate(certificate));
  // Texts that are no certificate at all pass: the twin serves no TLS of its own at that host.
  if (!found)
    return {
      subject: `CN=${domain}`,
      fingerprint: world.drawFor('okta.domainCertificate', id).chars(HEX, FINGERPRINT_CHARS),
      expiration: stamp(world.now() + CERTIFICATE_LASTS_MS),
    };
  if (!found.checkHost(domain))
    throw invalid('certificate', 'certificate: The certificate does not match the domain');
  if (Date.parse(found.validTo) <= world.now())
    throw invalid('certificate', 'certificate: The certificate is expired');
  const key = parsed(() => createPrivateKey(privateKey));
  if (!key || !found.checkPrivateKey(key))
    throw invalid('privateKey', 'privateKey: The private key does not match the certificate');
  return {
    subject: found.subject.split('\n').join(', '),
    fingerprint: found.fingerprint256.replaceAll(':', '').toLowerCase(),
    expiration: stamp(Date.parse(found.validTo)),
  };
}

function parsed<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

const FINGERPRINT_CHARS = 64;
const CERTIFICATE_LASTS_MS = 90 * 86_400_000;

/** Removes a domain; its brand stays. */
export function deleteDomain(world: World, who: Who, id: string): void {
  const row = findDomain(world, id);
  world.remove(domains, id);
  log(world, who, 'delete', row);
}

/** A brand named after the domain, unless there is one. */
const brandFor = (world: World, domain: string) =>
  world.list(brands, { where: (one) => one.name === domain }).first() ?? addBrand(world, domain, false);

function log(world: World, who: Who, verb: string, row: Domain): void {
  const thing = { id: row.id, type: 'CustomDomain', name: row.domain };
  recordChange(world, who, `system.custom_url_domain.${verb}`, `Custom URL domain ${verb}`, thing);
}

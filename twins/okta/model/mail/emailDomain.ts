/** E-mail domains: addresses of the org's own from which its mails come. */

import { HEX } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import { blank, invalid, notFound, notWellFormed, refuse } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { dnsRecords, emailDomains } from '../../world/delivery.ts';
import { brands } from '../../world.ts';
import { recordChange, type Who } from '../log/log.ts';
import { findBrand } from '../look/brand.ts';

/** An e-mail domain in the vendor's shape. */
export interface EmailDomain {
  id: string;
  validationStatus: 'NOT_STARTED' | 'POLLING' | 'VERIFIED' | 'ERROR' | 'DELETED';
  displayName: string;
  userName: string;
  domain: string;
  validationSubdomain: string;
  dnsValidationRecords: { recordType: string; fqdn: string; verificationValue: string }[];
}

export interface EmailDomainInput {
  brandId?: string;
  displayName?: string;
  userName?: string;
  domain?: string;
  validationSubdomain?: string;
}

/** The e-mail domain with this id, or E0000007. */
export const findEmailDomain = (world: World, id: string): EmailDomain =>
  world.require(emailDomains, id, () => notFound(id, 'EmailDomain'));

/**
 * Adds an e-mail domain and gives it to a brand. Throws E0000001 for parts that are missing or no address, E0000197 for
 * a domain that is there already.
 */
export function createEmailDomain(world: World, who: Who, input: EmailDomainInput | undefined): EmailDomain {
  if (!input || typeof input !== 'object' || Array.isArray(input)) throw notWellFormed();
  const { domain, displayName, userName, validationSubdomain = 'mail' } = input;
  for (const part of ['brandId', 'domain', 'displayName', 'userName'] as const)
    if (!input[part]) throw blank(part);
  const brand = findBrand(world, input.brandId as string);
  const name = domain as string;
  if (world.list(emailDomains, { index: 'domain', equals: name.toLowerCase() }).first())
    throw refuse('E0000197');
  if (!HOST.test(name)) throw invalid('domain', 'domain: The domain is not valid');
  checkSender(displayName as string, userName as string);
  const row = world.insert(emailDomains, {
    id: newId(world, 'OeD'),
    validationStatus: 'NOT_STARTED',
    displayName: displayName as string,
    userName: userName as string,
    domain: name,
    validationSubdomain,
    dnsValidationRecords: recordsFor(world, name, validationSubdomain),
  });
  world.update(brands, brand.id, { emailDomainId: row.id });
  log(world, who, 'create', row);
  return row;
}

const HOST = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/i;
const SENDER_CHARS_MAX = 64;

/** The two parts of a sender: `displayName <userName@…>`. */
function checkSender(displayName: string, userName: string): void {
  if (!/^[\w.!#$%&'*+/=?^`{|}~-]{1,64}$/.test(userName))
    throw invalid('userName', 'userName: The user name is not valid');
  if (displayName.length > SENDER_CHARS_MAX)
    throw invalid('displayName', `displayName: The field cannot exceed ${SENDER_CHARS_MAX} characters`);
}

/** Renames the sender. */
export function replaceEmailDomain(
  world: World,
  who: Who,
  id: string,
  input: EmailDomainInput | undefined,
): EmailDomain {
  findEmailDomain(world, id);
  const { displayName, userName } = input ?? {};
  if (!displayName) throw blank('displayName');
  if (!userName) throw blank('userName');
  checkSender(displayName, userName);
  const row = world.update(emailDomains, id, { displayName, userName });
  log(world, who, 'update', row);
  return row;
}

/** Asks the DNS whether the domain is the org's. Throws E0000218 where the records are not there, E0000217 once it is. */
export function verifyEmailDomain(world: World, who: Who, id: string): EmailDomain {
  const old = findEmailDomain(world, id);
  if (old.validationStatus === 'VERIFIED') throw refuse('E0000217');
  const found = old.dnsValidationRecords.every(
    ({ fqdn, verificationValue }) => world.get(dnsRecords, fqdn)?.value === verificationValue,
  );
  if (!found) throw refuse('E0000218');
  const row = world.update(emailDomains, id, { validationStatus: 'VERIFIED' });
  log(world, who, 'verify', row);
  return row;
}

/** Removes an e-mail domain; its brands send from the vendor's address again. */
export function deleteEmailDomain(world: World, who: Who, id: string): void {
  const row = findEmailDomain(world, id);
  for (const brand of world.list(brands).toArray())
    if (brand.emailDomainId === id) world.update(brands, brand.id, { emailDomainId: null });
  world.remove(emailDomains, id);
  log(world, who, 'delete', row);
}

/** What is to be written into the DNS: who owns the domain, and that the vendor's mailer may send for it. */
function recordsFor(world: World, domain: string, subdomain: string): EmailDomain['dnsValidationRecords'] {
  const host = domain.toLowerCase();
  const draw = world.drawFor('okta.emailDomain', host);
  const mailer = `u${MAILER_NUMBER}.wl002.sendgrid.net`;
  const key = (selector: string) => ({
    recordType: 'cname',
    fqdn: `${selector}._domainkey.${host}`,
    verificationValue: `${selector}.domainkey.${mailer}`,
  });
  return [
    { recordType: 'TXT', fqdn: `_oktaverification.${domain}`, verificationValue: draw.chars(HEX, 32) },
    { recordType: 'cname', fqdn: `${subdomain}.${host}`, verificationValue: mailer },
    key('p03'),
    key('p032'),
  ];
}

const MAILER_NUMBER = 17_770_251;

function log(world: World, who: Who, verb: string, row: EmailDomain): void {
  const thing = { id: row.id, type: 'EmailDomain', name: row.domain };
  recordChange(world, who, `system.email_domain.${verb}`, `Email domain ${verb}`, thing);
}

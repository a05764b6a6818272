/** Orgs that this one made. A universe holds one org: what is kept of a child is that it is there. */
import type { World } from '../../../../src/world/world.ts';
import { blank, invalid, notWellFormed, refuse } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { stamp } from '../../time.ts';
import { childOrgs } from '../../world/look.ts';
import { org } from '../../world.ts';
import { recordChange, type Who } from '../log/log.ts';

/** A child org in the vendor's shape, less token and links. */
export interface ChildOrg {
  id: string;
  subdomain: string;
  name: string;
  website: string;
  status: 'ACTIVE';
  edition: 'SKU';
  expiresAt: null;
  created: string;
  lastUpdated: string;
}

export interface ChildOrgInput {
  subdomain?: string;
  name?: string;
  website?: string;
  edition?: string;
  admin?: { profile?: Record<string, unknown> };
}

const SUBDOMAIN_CHARS_MAX = 57;
const NAME_CHARS_MAX = 100;
const RESERVED: ReadonlySet<string> = new Set([
  'admin',
  'api',
  'login',
  'okta',
  'www',
  'support',
  'developer',
]);
const REQUIRED_OF_ADMIN = ['firstName', 'lastName', 'email', 'login'];

/**
 * Makes a child org. Throws E0000088 for a subdomain that is taken, E0000170 for a reserved one, E0000172 for one that
 * is too long, E0000089 for a name that is none or taken, E0000001 for other parts that are missing.
 */
export function createChildOrg(world: World, who: Who, input: ChildOrgInput | undefined): ChildOrg {
  if (!input || typeof input !== 'object') throw notWellFormed();
  const { subdomain, name, website = '', edition, admin } = input;
  for (const part of ['subdomain', 'name', 'admin'] as const) if (!input[part]) throw blank(part);
  if (edition !== undefined && edition !== 'SKU')
    throw invalid('edition', 'edition: The edition must be SKU');
  const missing = REQUIRED_OF_ADMIN.filter((part) => !admin?.profile?.[part]);
  if (missing.length > 0)
    throw invalid('admin', ...missing.map((part) => `${part}: The field cannot be left blank`));
  checkSubdomain(world, subdomain as string);
  const taken = world.list(childOrgs, { index: 'name', equals: (name as string).toLowerCase() }).first();
  if (taken || (name as string).length > NAME_CHARS_MAX) throw refuse('E0000089');
  const now = stamp(world.now());
  const row = world.insert(childOrgs, {
    id: newId(world, '00o'),
    subdomain: subdomain as string,
    name: name as string,
    website,
    ...{ status: 'ACTIVE', edition: 'SKU', expiresAt: null },
    created: now,
    lastUpdated: now,
  });
  const thing = { id: row.id, type: 'Org', name: row.name };
  recordChange(world, who, 'system.org.lifecycle.create', 'Create child org', thing);
  return row;
}

function checkSubdomain(world: World, subdomain: string): void {
  if (subdomain.length > SUBDOMAIN_CHARS_MAX) throw refuse('E0000172');
  if (!/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/i.test(subdomain))
    throw invalid('subdomain', 'subdomain: The subdomain may hold letters, digits and hyphens only');
  if (RESERVED.has(subdomain.toLowerCase())) throw refuse('E0000170');
  const taken = world.list(childOrgs, { index: 'subdomain', equals: subdomain }).first();
  if (taken || subdomain === org(world).subdomain) throw refuse('E0000088');
}

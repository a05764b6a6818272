/**
 * Okta Resource Names, and the addresses of the API that say the same: what a resource set may hold.
 * https://developer.okta.com/docs/api/openapi/okta-management/guides/roles/#okta-resource-name-orn
 */
import type { World } from '../../../../src/world/world.ts';
import { apps, authServers, groups, idps, org, policies, realms, users, zones } from '../../world.ts';

/** A kind of thing, and which one: all of them where nothing more is said. */
export interface Resource {
  /** As the name spells it: `users`, `groups`, `apps`, `authorization_servers` … */
  kind: string;
  id?: string;
  /** Apps only: all of this name. */
  appName?: string;
  /** Not the group or realm, but the users in it. */
  contained?: true;
}

const CONTAINED = 'contained_resources';

/** The service that a kind belongs to, and its collection in the API, where it has one. */
const KINDS: Readonly<Record<string, readonly [service: string, path?: string]>> = {
  users: ['directory', '/api/v1/users'],
  groups: ['directory', '/api/v1/groups'],
  realms: ['directory', '/api/v1/realms'],
  devices: ['directory', '/api/v1/devices'],
  agents: ['directory', '/api/v1/agentPools'],
  apps: ['idp', '/api/v1/apps'],
  authorization_servers: ['idp', '/api/v1/authorizationServers'],
  identity_providers: ['idp', '/api/v1/idps'],
  customizations: ['idp', '/api/v1/brands'],
  policies: ['idp', '/api/v1/policies'],
  network_zones: ['idp', '/api/v1/zones'],
  event_hooks: ['idp', '/api/v1/eventHooks'],
  inline_hooks: ['idp', '/api/v1/inlineHooks'],
  iam: ['iam', '/api/v1/iam/roles'],
  flows: ['workflow'],
  cases: ['support'],
};

/** The rows behind the kinds whose members can be named one by one. */
const ROWS = {
  users,
  groups,
  realms,
  apps,
  authorization_servers: authServers,
  identity_providers: idps,
  policies,
  network_zones: zones,
} as const;

/** What an ORN or an address of this API names; undefined for what is neither, or names nothing that is there. */
export function resourceNamed(world: World, text: string): Resource | undefined {
  const found = text.startsWith('orn:') ? fromOrn(text) : fromUrl(text);
  if (!found || !Object.hasOwn(KINDS, found.kind)) return undefined;
  if (found.id === undefined) return found;
  const rows = ROWS[found.kind as keyof typeof ROWS];
  if (!rows) return undefined;
  const row = world.get(rows as typeof apps, found.id);
  if (!row) return undefined;
  return found.kind === 'apps' ? { ...found, appName: row.name } : found;
}

/** The name of a resource of this org. */
export function ornOf(world: World, { kind, id, appName, contained }: Resource): string {
  const [service = 'idp'] = KINDS[kind] ?? [];
  const parts = kind === 'iam' ? [CONTAINED] : [kind, ...(appName ? [appName] : []), ...(id ? [id] : [])];
  return ['orn:okta', service, org(world).id, ...parts, ...(contained ? [CONTAINED] : [])].join(':');
}

/** The path of a resource in the API. */
export function pathOfResource({ kind, id, appName, contained }: Resource): string {
  const collection = KINDS[kind]?.[1] ?? `/api/v1/${kind}`;
  if (id === undefined)
    return appName === undefined ? collection : `${collection}?filter=name+eq+%22${appName}%22`;
  return `${collection}/${id}${contained ? '/users' : ''}`;
}

/** What an ORN says; undefined for one that is no ORN. */
export function fromOrn(text: string): Resource | undefined {
  const [orn, partition = '', service = '', orgId = '', kind = '', ...rest] = text.split(':');
  if (orn !== 'orn' || !/^okta\w*$/.test(partition) || !orgId) return undefined;
  if (service === 'iam') return kind === CONTAINED ? { kind: 'iam' } : undefined;
  if (KINDS[kind]?.[0] !== service) return undefined;
  const contained = rest.at(-1) === CONTAINED ? { contained: true as const } : {};
  const [first, second] = contained.contained ? rest.slice(0, -1) : rest;
  if (first === undefined) return { kind };
  if (kind !== 'apps') return { kind, id: second ?? first, ...contained };
  if (second !== undefined) return { kind, appName: first, id: second };
  return first.startsWith('0oa') ? { kind, id: first } : { kind, appName: first };
}

function fromUrl(text: string): Resource | undefined {
  const match = /^https?:\/\/[^/]+(?:\/[^?]*?)??(\/api\/v1\/[^?]*)(?:\?(.*))?$/.exec(text);
  if (!match) return undefined;
  const [, path = '', query = ''] = match;
  for (const [kind, [, collection]] of Object.entries(KINDS)) {
    if (!collection || (path !== collection && !path.startsWith(`${collection}/`))) continue;
    const [id, part, ...more] = path.slice(collection.length + 1).split('/');
    if (more.length > 0 || (part !== undefined && part !== 'users')) return undefined;
    const named = /^name eq "(.+)"$/.exec(new URLSearchParams(query).get('filter') ?? '')?.[1];
    if (!id) return kind === 'apps' && named ? { kind, appName: named } : { kind };
    return { kind, id, ...(part ? { contained: true } : {}) };
  }
  return undefined;
}

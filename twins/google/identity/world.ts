/** Who there is in a Google domain, and the credentials by which programs act for them. */
import { createHash } from 'node:crypto';
import { BASE64URL, DIGITS, HEX } from '../../../src/ids.ts';
import { sortable, table } from '../../../src/table.ts';
import type { Person } from '../../../src/world/cast.ts';
import type { WorldFile } from '../../../src/world/file.ts';
import type { World } from '../../../src/world/world.ts';
import { longScope, STANDING_SCOPES } from './scopes.ts';
import {
  apiKeys,
  clientIdOf,
  deviceRequests,
  type OAuthClient,
  oauthClients,
  projectNumberOf,
} from './world/client.ts';
import { groups } from './world/groups.ts';

/** A person of the domain, or a service account. Directory shape, with what Drive knows them by. */
export interface Account {
  /** Subject, 21 digits. */
  id: string;
  primaryEmail: string;
  name: { givenName: string; familyName: string; fullName: string };
  isAdmin: boolean;
  creationTime: string;
  /** May not sign in; nothing acts in their name. */
  suspended?: true;
  /** Other addresses of theirs. */
  aliases?: readonly string[];
  serviceAccount?: true;
  /** Drive's name for the account in permissions: 20 digits. */
  permissionId: string;
  /** The folder "My Drive"; it has no row of its own. */
  rootFolderId: string;
}

/** The cloud project that the universe's programs belong to; one row. */
export interface Project {
  id: 'project';
  projectId: string;
  projectNumber: string;
  /** The domain whose people these are. */
  domain: string;
  /** Of the universe's own OAuth client. */
  clientId: string;
  serviceAccount: string;
  /** Scopes that the service account may use in people's names (domain-wide delegation). */
  delegated: string[];
  /** The credentials of the universe document. */
  standing: { accessToken: string; refreshToken: string; keyId: string; apiKey: string };
  /** What people may share with whom is not in their domain; allowed unless said. */
  sharing?: { outside?: boolean; public?: boolean };
  /** How often all credentials were renewed. */
  generation: number;
}

export interface AccessToken {
  /** Of its text, which rows do not hold: they are shown in journals. */
  digest: string;
  /** Public name, for lists and revocation. */
  id: string;
  email: string;
  clientId: string;
  scopes: string[];
  issuedAt: number;
  /** Universe milliseconds; absent on the document's own, so that a `.env` file stays valid. */
  expiresAt?: number;
  /** Digest of the refresh token it came from. */
  refreshToken?: string;
}

export interface RefreshToken {
  digest: string;
  id: string;
  email: string;
  clientId: string;
  scopes: string[];
  issuedAt: number;
}

/** What the consent page gave a program: redeemed once for tokens. */
export interface AuthorizationCode {
  digest: string;
  email: string;
  clientId: string;
  redirectUri: string;
  scopes: string[];
  /** Whether a refresh token comes of it: `offline`, and the person was asked. */
  refresh: boolean;
  offline: boolean;
  nonce?: string;
  challenge?: { text: string; method: 'plain' | 'S256' };
  /** Universe milliseconds. */
  expiresAt: number;
  used?: true;
}

/** What a person agreed that a program may do. */
export interface Grant {
  /** `grantKey`. */
  key: string;
  email: string;
  clientId: string;
  scopes: string[];
  /** When it was last widened, in universe milliseconds. */
  at: number;
}

export interface ServiceAccountKey {
  /** `private_key_id`, 40 hex digits. */
  keyId: string;
  email: string;
  /** Which of the server's keys it was lent; the first signs ID tokens. */
  lent: number;
}

export const accounts = table<Account>({
  name: 'google.users',
  key: (row) => row.primaryEmail.toLowerCase(),
  indexes: {
    id: (row) => row.id,
    permissionId: (row) => row.permissionId,
    rootFolderId: (row) => row.rootFolderId,
    alias: (row) => row.aliases?.map((one) => one.toLowerCase()),
  },
});
export const projects = table<Project>({ name: 'google.projects', secret: true, key: (row) => row.id });
export const accessTokens = table<AccessToken>({
  name: 'google.accessTokens',
  key: (row) => row.digest,
  indexes: {
    id: (row) => row.id,
    expiresAt: (row) => (row.expiresAt === undefined ? undefined : sortable(row.expiresAt)),
    refreshToken: (row) => row.refreshToken,
    grant: (row) => grantKey(row.clientId, row.email),
  },
});
export const refreshTokens = table<RefreshToken>({
  name: 'google.refreshTokens',
  key: (row) => row.digest,
  indexes: { id: (row) => row.id, grant: (row) => grantKey(row.clientId, row.email) },
});
export const serviceAccountKeys = table<ServiceAccountKey>({
  name: 'google.serviceAccountKeys',
  key: (row) => row.keyId,
  indexes: { email: (row) => row.email },
});

export const authorizationCodes = table<AuthorizationCode>({
  name: 'google.authorizationCodes',
  key: (row) => row.digest,
  indexes: { expiresAt: (row) => sortable(row.expiresAt) },
});
export const grants = table<Grant>({
  name: 'google.grants',
  key: (row) => row.key,
  indexes: { email: (row) => row.email.toLowerCase() },
});

/** The key of a person's grant to a client. */
export const grantKey = (clientId: string, email: string): string => `${email.toLowerCase()} ${clientId}`;

/** What a token's row is found by. */
export const digestOf = (token: string): string => createHash('sha256').update(token).digest('base64url');

export const identityTables = [
  accounts,
  projects,
  accessTokens,
  refreshTokens,
  serviceAccountKeys,
  authorizationCodes,
  grants,
  groups,
  oauthClients,
  apiKeys,
  deviceRequests,
];

const DEFAULT_DOMAIN = 'acme.example';

/** People become users of the domain, the first its administrator; a project with a service account beside. */
export function plantIdentity(world: World, file: WorldFile): Project {
  const first = world.cast[0];
  const domain = file.google?.domain ?? first?.email.split('@')[1] ?? DEFAULT_DOMAIN;
  const people = world.cast.length > 0 ? world.cast : [administrator(domain)];
  for (const [i, person] of people.entries()) world.insert(accounts, accountOf(world, person, i === 0));
  for (const { email, name, members } of file.google?.groups ?? [])
    world.insert(groups, {
      email,
      name: name ?? email.split('@')[0] ?? email,
      members,
      permissionId: `0${world.drawFor('google.account', email.toLowerCase()).chars(DIGITS, 19)}`,
    });
  const label = domain.split('.')[0]?.replace(/[^a-z0-9-]/g, '') || 'acme';
  const projectId = `${label}-${world.secret(['google', 'project'], 6, DIGITS)}`;
  const projectNumber = projectNumberOf(world.drawFor('google.projectNumber'));
  const email = `orrery@${projectId}.iam.gserviceaccount.com`;
  const clientId = clientIdOf(projectNumber, world.drawFor('google.clientId'));
  world.insert(accounts, serviceAccountOf(world, email));
  const project = world.insert(projects, {
    id: 'project',
    projectId,
    projectNumber,
    domain,
    clientId,
    serviceAccount: email,
    delegated: file.google?.delegation?.map(longScope) ?? [...STANDING_SCOPES],
    standing: { accessToken: '', refreshToken: '', keyId: '', apiKey: '' },
    generation: 0,
    ...(file.google?.sharing ? { sharing: file.google.sharing } : {}),
  });
  world.insert(oauthClients, { clientId, name: projectId, kind: 'web', secret: '' });
  for (const [nth, { name, type, redirectUris }] of (file.google?.clients ?? []).entries())
    world.insert(oauthClients, {
      clientId: clientIdOf(projectNumber, world.drawFor('google.clientId', name, nth)),
      name,
      kind: type,
      secret: '',
      ...(redirectUris ? { redirectUris } : {}),
    });
  return standingCredentials(world, project, 0);
}

/** Makes the document's credentials anew, for the first person; those of the generation before are gone. */
export function standingCredentials(world: World, project: Project, generation: number): Project {
  const secret = (what: string, count: number, alphabet?: string) =>
    world.secret(['google', what, generation], count, alphabet);
  const before = project.standing;
  world.remove(accessTokens, digestOf(before.accessToken));
  world.remove(refreshTokens, digestOf(before.refreshToken));
  world.remove(serviceAccountKeys, before.keyId);
  world.remove(apiKeys, digestOf(before.apiKey));
  const standing = {
    accessToken: `ya29.${secret('accessToken', 160, BASE64URL)}`,
    refreshToken: `1//0${secret('refreshToken', 98, BASE64URL)}`,
    keyId: secret('serviceAccountKey', 40, HEX),
    apiKey: `AIza${secret('apiKey', 35, BASE64URL)}`,
  };
  const holder = {
    email: administratorOf(world).primaryEmail,
    clientId: project.clientId,
    scopes: [...STANDING_SCOPES],
    issuedAt: world.now(),
  };
  world.insert(accessTokens, { digest: digestOf(standing.accessToken), id: 'accessToken', ...holder });
  world.insert(refreshTokens, { digest: digestOf(standing.refreshToken), id: 'refreshToken', ...holder });
  world.insert(serviceAccountKeys, {
    keyId: standing.keyId,
    email: project.serviceAccount,
    lent: generation + 1,
  });
  world.insert(apiKeys, { digest: digestOf(standing.apiKey), id: 'apiKey' });
  for (const { clientId } of clientsOf(world)) {
    const own = clientId === project.clientId ? [] : [clientId];
    const text = world.secret(['google', 'clientSecret', generation, ...own], 28, BASE64URL);
    world.update(oauthClients, clientId, { secret: `GOCSPX-${text}` });
  }
  return world.update(projects, 'project', { standing, generation });
}

/** The project's OAuth clients, its own among them; as many as the world file names. */
export const clientsOf = (world: World): OAuthClient[] => world.list(oauthClients).toArray();

/** The domain's administrator: the first person of the world. */
export function administratorOf(world: World): Account {
  const email = world.cast[0]?.email ?? `admin@${domainOf(world)}`;
  return world.require(accounts, email.toLowerCase(), () => new Error('a domain without an administrator'));
}

/** The one row about the project. */
export const projectOf = (world: World): Project =>
  world.require(projects, 'project', () => new Error('the google twin was not planted'));

const domainOf = (world: World): string => world.get(projects, 'project')?.domain ?? DEFAULT_DOMAIN;

const administrator = (domain: string): Person => ({
  email: `admin@${domain}`,
  name: 'Ada Admin',
  firstName: 'Ada',
  lastName: 'Admin',
});

/** A new account of the domain. */
export function accountOf(world: World, person: Person, isAdmin: boolean): Account {
  return {
    ...driveIdentity(world, person.email),
    primaryEmail: person.email,
    name: { givenName: person.firstName, familyName: person.lastName, fullName: person.name },
    isAdmin,
    creationTime: new Date(world.now()).toISOString(),
  };
}

function serviceAccountOf(world: World, email: string): Account {
  return {
    ...driveIdentity(world, email),
    primaryEmail: email,
    name: { givenName: 'orrery', familyName: '', fullName: email },
    isAdmin: false,
    creationTime: new Date(world.now()).toISOString(),
    serviceAccount: true,
  };
}

/** Ids that belong to an address whatever else is in the world. */
function driveIdentity(world: World, email: string): Pick<Account, 'id' | 'permissionId' | 'rootFolderId'> {
  const draw = world.drawFor('google.account', email.toLowerCase());
  return {
    id: `1${draw.chars(DIGITS, 20)}`,
    permissionId: `0${draw.chars(DIGITS, 19)}`,
    rootFolderId: `0A${draw.chars(BASE64URL, 11)}Uk9PVA`,
  };
}

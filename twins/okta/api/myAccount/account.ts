/** `/idp/myaccount`: profile, password and sessions of whoever asks, the org, and Okta's own apps. */
import type { World } from '../../../../src/world/world.ts';
import { endpoint } from '../../endpoint.ts';
import { link } from '../../links.ts';
import {
  changeOwnPassword,
  createOwnPassword,
  removeOwnPassword,
  replaceOwnPassword,
} from '../../model/myAccount/password.ts';
import { accessTo, ownAttributes, ownProfile, replaceOwnProfile } from '../../model/myAccount/profile.ts';
import { revokeTokensOf } from '../../model/oauth/token.ts';
import { passwordSettingsOf, requirementsOf } from '../../model/people/passwordPolicy.ts';
import { findUser, type User } from '../../model/people/user.ts';
import { isAdministrator } from '../../model/roles/role.ts';
import { endSessionsOf } from '../../model/signIn/session.ts';
import { org, users } from '../../world.ts';
import { me, myAccount } from './family.ts';

const ROOT = '/idp/myaccount';
const PROFILE = `${ROOT}/profile` as const;
const PASSWORD = `${ROOT}/password` as const;
const profile = myAccount('Profile', 'profile');
const password = myAccount('Password', 'password');
const organization = myAccount('Organization', 'organization').read;
const applications = myAccount('OktaApplications', 'oktaApplications').read;
const sessions = myAccount('Sessions', 'sessions').manage;

/** The body that a password comes in. */
type PasswordInput = { profile?: { password?: string } } | undefined;

export const accountEndpoints = [
  endpoint({ id: 'getProfile', route: `GET ${PROFILE}`, ...profile.read }, ({ world, actor }) =>
    profileView(world, me(world, actor)),
  ),
  endpoint({ id: 'replaceProfile', route: `PUT ${PROFILE}`, ...profile.manage }, ({ world, actor, input }) =>
    profileView(world, replaceOwnProfile(world, actor.who, me(world, actor), input)),
  ),
  endpoint({ id: 'getProfileSchema', route: `GET ${PROFILE}/schema`, ...profile.read }, ({ world, actor }) =>
    schemaView(world, me(world, actor)),
  ),
  endpoint({ id: 'getOrganization', route: `GET ${ROOT}/organization`, ...organization }, ({ world }) => ({
    name: org(world).companyName,
    url: world.base(),
    helpLink: org(world).endUserSupportHelpURL || `${world.base()}/help/login`,
    supportEmail: world.get(users, org(world).contacts.TECHNICAL ?? '')?.profile.email ?? '',
    _links: { self: link(world, `${ROOT}/organization`, 'GET') },
  })),
  endpoint(
    { id: 'listOktaApplications', route: `GET ${ROOT}/okta-applications`, ...applications },
    ({ world, actor }) => applicationsOf(world, actor.who.id),
  ),
  endpoint(
    { id: 'deleteSessions', route: `DELETE ${ROOT}/sessions`, ...sessions, status: 204 },
    ({ world, actor }) => {
      endSessionsOf(world, actor.who, actor.who.id);
      revokeTokensOf(world, actor.who.id);
    },
  ),
  endpoint({ id: 'getPassword', route: `GET ${PASSWORD}`, ...password.read }, ({ world, actor }) =>
    passwordView(world, me(world, actor)),
  ),
  endpoint(
    { id: 'createPassword', route: `POST ${PASSWORD}`, ...password.manage, status: 201 },
    ({ world, actor, input }) =>
      passwordView(world, createOwnPassword(world, actor.who, me(world, actor), input as PasswordInput)),
  ),
  endpoint(
    { id: 'replacePassword', route: `PUT ${PASSWORD}`, ...password.manage, status: 201 },
    ({ world, actor, input }) =>
      passwordView(world, replaceOwnPassword(world, actor.who, me(world, actor), input as PasswordInput)),
  ),
  endpoint(
    { id: 'deletePassword', route: `DELETE ${PASSWORD}`, ...password.manage, status: 204 },
    ({ world, actor }) => removeOwnPassword(world, actor.who, me(world, actor)),
  ),
  endpoint(
    {
      id: 'updatePassword',
      route: `POST ${PASSWORD}/change-password`,
      ...password.manage,
      traits: { myAccount: true },
      status: 204,
    },
    ({ world, actor, input }) =>
      changeOwnPassword(world, actor.who, me(world, actor), input as { oldPassword?: string } | undefined),
  ),
  endpoint(
    {
      id: 'getPasswordRequirements',
      route: `GET ${PASSWORD}/complexity-requirements`,
      ...password.read,
    },
    ({ world, actor }) => requirementsView(world, findUser(world, actor.who.id)),
  ),
];

const profileView = (world: World, user: User) => ({
  createdAt: user.created,
  modifiedAt: user.lastUpdated,
  profile: ownProfile(world, user),
  _links: { self: link(world, PROFILE), describedBy: link(world, `${PROFILE}/schema`) },
});

/** The schema as people see it: who may change what, without the words of administrators. */
const schemaView = (world: World, user: User) => ({
  properties: Object.fromEntries(
    Object.entries(ownAttributes(world, user)).map(([name, attribute]) => {
      const { permissions: _, master: __, mutability: ___, scope: ____, ...shown } = attribute;
      return [name, { ...shown, permissions: { SELF: accessTo(attribute) } }];
    }),
  ),
  _links: { self: link(world, `${PROFILE}/schema`), user: link(world, PROFILE) },
});

/** Okta's own apps for people; that of administrators is theirs alone. */
const APPLICATIONS = [
  { id: 'okta.2b1959c8-bcc0-56eb-a589-cfcfb7422f26', name: 'okta_enduser', displayName: 'Okta Dashboard' },
  {
    id: 'okta.b8003760-1ca5-51b8-9404-85bb7ef9bc8c',
    name: 'okta_account_settings',
    displayName: 'Okta End user Settings',
  },
  {
    id: 'okta.ee074f99-1b5b-513e-8ea6-f8beeab8dbb9',
    name: 'okta_browser_plugin',
    displayName: 'Okta Browser Plugin',
  },
  { id: 'okta.b58d5b75-07d4-5f25-bf59-368a1261a405', name: 'saasure', displayName: 'Okta Admin Console' },
];

const applicationsOf = (world: World, userId: string) =>
  APPLICATIONS.filter(({ name }) => name !== 'saasure' || isAdministrator(world, userId));

function passwordView(world: World, user: User): Record<string, unknown> {
  const self = (...allow: string[]) => ({ _links: { self: link(world, PASSWORD, ...allow) } });
  const id = `00T${user.id.slice(3)}`;
  if (!user.credentials.password) return { id, status: 'NOT_ENROLLED', ...self('GET', 'POST') };
  return {
    id,
    status: user.status === 'PASSWORD_EXPIRED' ? 'EXPIRED' : 'ACTIVE',
    created: user.passwordChanged ?? user.created,
    lastUpdated: user.passwordChanged ?? user.created,
    ...self('GET', 'DELETE', 'PUT'),
  };
}

function requirementsView(world: World, user: User): Record<string, unknown> {
  const { complexity, age } = passwordSettingsOf(world, user).password;
  const { dictionary: _, ...shown } = complexity;
  const last = age.historyCount
    ? ` Your password cannot be any of your last ${age.historyCount} password(s).`
    : '';
  return {
    description: `Password requirements: ${requirementsOf(complexity)}.${last}`,
    complexity: shown,
    _links: { self: link(world, `${PASSWORD}/complexity-requirements`, 'GET') },
  };
}

/**
 * What an app that is provisioned by SCIM knows of its users: the attributes of a custom SCIM integration, where each
 * is in a SCIM resource (`externalName` in `externalNamespace`), and what the default mappings fill them with.
 * https://developer.okta.com/docs/guides/scim-provisioning-integration-attributes/
 */
import type { World } from '../../../../src/world/world.ts';
import { schemas } from '../../world.ts';
import type { Attribute } from '../people/attribute.ts';
import { defaultUserType } from '../people/userType.ts';
import { addMapped, mappingBetween, type Properties } from './mapping.ts';

export const CORE_USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const ENTERPRISE_USER = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** Gives an app that is connected the attributes and mappings that it lacks; what somebody set already stays. */
export function addScimSchema(world: World, appId: string): void {
  const schema = world.get(schemas, appId);
  const type = defaultUserType(world).id;
  if (!schema || schema.base.givenName) return;
  world.update(schemas, appId, { base: { ...schema.base, ...BASE } });
  const toApp = mappingBetween(world, type, appId);
  if (toApp) addMapped(world, toApp, pushed(TO_APP));
  const toUser = mappingBetween(world, appId, type);
  if (toUser) addMapped(world, toUser, once(TO_USER));
}

const attribute = (title: string, externalName: string, externalNamespace = CORE_USER): Attribute => ({
  title,
  type: 'string',
  externalName,
  externalNamespace,
  scope: 'NONE',
});
const enterprise = (title: string, name: string): Attribute => attribute(title, name, ENTERPRISE_USER);

const BASE: Record<string, Attribute> = {
  givenName: attribute('Given name', 'name.givenName'),
  familyName: attribute('Family name', 'name.familyName'),
  middleName: attribute('Middle name', 'name.middleName'),
  honorificPrefix: attribute('Honorific prefix', 'name.honorificPrefix'),
  honorificSuffix: attribute('Honorific suffix', 'name.honorificSuffix'),
  email: attribute('Email', 'emails.^[primary==true].value'),
  emailType: attribute('Email type', 'emails.^[primary==true].type'),
  title: attribute('Title', 'title'),
  displayName: attribute('Display name', 'displayName'),
  nickName: attribute('Nickname', 'nickName'),
  profileUrl: attribute('Profile URL', 'profileUrl'),
  primaryPhone: attribute('Primary phone', 'phoneNumbers.^[primary==true].value'),
  primaryPhoneType: attribute('Primary phone type', 'phoneNumbers.^[primary==true].type'),
  streetAddress: attribute('Street address', 'addresses.^[primary==true].streetAddress'),
  locality: attribute('Locality', 'addresses.^[primary==true].locality'),
  region: attribute('Region', 'addresses.^[primary==true].region'),
  postalCode: attribute('Postal Code', 'addresses.^[primary==true].postalCode'),
  country: attribute('Country', 'addresses.^[primary==true].country'),
  addressType: attribute('Address type', 'addresses.^[primary==true].type'),
  preferredLanguage: attribute('Preferred language', 'preferredLanguage'),
  locale: attribute('Locale Name', 'locale'),
  timezone: attribute('Time zone', 'timezone'),
  userType: attribute('User type', 'userType'),
  employeeNumber: enterprise('Employee number', 'employeeNumber'),
  costCenter: enterprise('Cost center', 'costCenter'),
  organization: enterprise('Organization', 'organization'),
  division: enterprise('Division', 'division'),
  department: enterprise('Department', 'department'),
  managerValue: enterprise('Manager value', 'manager.value'),
  managerDisplayName: enterprise('Manager display name', 'manager.displayName'),
};

/** An app's attribute by the user's that fills it. */
const TO_APP: Readonly<Record<string, string>> = {
  givenName: 'user.firstName',
  familyName: 'user.lastName',
  middleName: 'user.middleName',
  honorificPrefix: 'user.honorificPrefix',
  honorificSuffix: 'user.honorificSuffix',
  email: 'user.email',
  emailType: "(user.email != null && user.email != '') ? 'work' : ''",
  title: 'user.title',
  displayName: 'user.displayName',
  nickName: 'user.nickName',
  profileUrl: 'user.profileUrl',
  primaryPhone: 'user.primaryPhone',
  primaryPhoneType: "(user.primaryPhone != null && user.primaryPhone != '') ? 'work' : ''",
  streetAddress: 'user.streetAddress',
  locality: 'user.city',
  region: 'user.state',
  postalCode: 'user.zipCode',
  country: 'user.countryCode',
  preferredLanguage: 'user.preferredLanguage',
  locale: 'user.locale',
  timezone: 'user.timezone',
  userType: 'user.userType',
  employeeNumber: 'user.employeeNumber',
  costCenter: 'user.costCenter',
  organization: 'user.organization',
  division: 'user.division',
  department: 'user.department',
  managerValue: 'user.managerId',
  managerDisplayName: 'user.manager',
};

/** A user's attribute by the app's that fills it. */
const TO_USER: Readonly<Record<string, string>> = {
  login: 'appuser.userName',
  firstName: 'appuser.givenName',
  lastName: 'appuser.familyName',
  middleName: 'appuser.middleName',
  email: 'appuser.email',
  title: 'appuser.title',
  displayName: 'appuser.displayName',
  nickName: 'appuser.nickName',
  primaryPhone: 'appuser.primaryPhone',
  userType: 'appuser.userType',
  employeeNumber: 'appuser.employeeNumber',
  costCenter: 'appuser.costCenter',
  organization: 'appuser.organization',
  division: 'appuser.division',
  department: 'appuser.department',
};

const withStatus = (expressions: Readonly<Record<string, string>>, pushStatus: string): Properties =>
  Object.fromEntries(
    Object.entries(expressions).map(([name, expression]) => [name, { expression, pushStatus }]),
  );
const pushed = (expressions: Readonly<Record<string, string>>): Properties => withStatus(expressions, 'PUSH');
const once = (expressions: Readonly<Record<string, string>>): Properties =>
  withStatus(expressions, 'DONT_PUSH');

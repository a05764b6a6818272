/** Answers held against Okta's official description, where it lies beside the checkout; who lacks it skips. */
import { existsSync } from 'node:fs';
import { openApi, specFolder } from '../../openApi.ts';

/** The types of events that the System Log has. */
export const EVENT_TYPES = new URL('event-types.tsv', specFolder('okta'));

/** Where recordings of the service, or its own examples, show that the description is wrong. */
const OTHERWISE: readonly RegExp[] = [
  // Given when it is made and not told; told in small letters; told though it is no state of the list.
  /^createChildOrg {2}must have required property 'admin'/,
  /AppServiceAccounts? .*must have required property 'password'/,
  /EmailDomain.*recordType must be equal/,
  /^verifyDomain \/validationStatus/,
  /^(create|get|list|update)EmailServers?.*'authType'/,
  // A list is a list; several ways to send again are one too.
  /^listAuthenticatorEnrollments {2}must be object/,
  /\/_links\/resend must be object/,
  // The pattern of a duration that it has can match nothing; versions of the widget go by `*` and `^7` too.
  /\/tokenWindow must match pattern/,
  /^listAllSignInWidgetVersions/,
  /\/hints\/allow\/# must be equal/,
  /^listSubscriptions\w+ .*notificationType/,
  // Values of free attributes are called objects whatever they are.
  /\/(profile\/\w+|representation|resourceType|okta:ResourceAttribute[^ ]*) must be object/,
  /^(get|replace)RolePermission \/conditions.* must be null/,
  /^verifyFactor \/factorResult/,
];

const described = openApi([new URL('management.json', specFolder('okta'))], OTHERWISE);

/** Is the description there? */
export const hasSpec = described.there && existsSync(EVENT_TYPES);

/** What answers had that the description does not say, one line for each kind of it. */
export const { undescribed } = described;

/** Holds a successful answer of the operation at a route against the description. */
export const holdAgainstSpec = described.hold;

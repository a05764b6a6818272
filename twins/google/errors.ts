/**
 * The errors that Google names: status, reason and text. Models throw them by name; the wire puts each into the
 * envelope of the API that was asked.
 * https://developers.google.com/workspace/drive/api/guides/handle-errors, https://cloud.google.com/apis/design/errors
 */
import { ApiError } from '../../src/error.ts';

interface Entry {
  status: number;
  /** `error.errors[].reason` of the older APIs, where it is not the name. */
  reason?: string;
  domain?: 'global' | 'usageLimits';
  message: string;
}

const CATALOGUE = {
  badRequest: { status: 400, message: 'Bad Request' },
  invalid: { status: 400, message: 'Invalid Value' },
  invalidParameter: { status: 400, message: 'Invalid field selection' },
  invalidArgument: {
    status: 400,
    reason: 'badRequest',
    message: 'Request contains an invalid argument.',
  },
  illegalKeepForeverModification: {
    status: 400,
    message: 'Bad Request. Cannot update a revision to false that is marked as keepForever.',
  },
  labelMutationUnknownField: { status: 400, message: 'Unknown field.' },
  labelMutationIllegalSelection: { status: 400, message: 'The selection is not a choice of the field.' },
  labelMultipleValuesForSingularField: {
    status: 400,
    message: 'Multiple values were set for a field that holds one.',
  },
  required: { status: 400, message: "The 'fields' parameter is required for this method." },
  parseError: { status: 400, message: 'Parse Error' },
  authError: {
    status: 401,
    message:
      'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other ' +
      'valid authentication credential. See ' +
      'https://developers.google.com/identity/sign-in/web/devconsole-project.',
  },
  insufficientPermissions: { status: 403, message: 'Request had insufficient authentication scopes.' },
  insufficientFilePermissions: {
    status: 403,
    message: 'The user does not have sufficient permissions for this file.',
  },
  forbidden: { status: 403, message: 'The caller does not have permission' },
  insufficientParentPermissions: {
    status: 403,
    message: 'Insufficient permissions for the specified parent.',
  },
  insufficientScopes: {
    status: 403,
    message: 'The granted scopes do not give access to all of the requested spaces.',
  },
  fieldNotWritable: {
    status: 403,
    message: 'The resource body includes fields which are not directly writable.',
  },
  applyLabelForbidden: { status: 403, message: 'Labels cannot be applied to this item.' },
  cannotAddParent: { status: 403, message: 'Increasing the number of parents is not allowed' },
  cannotCopyFile: { status: 403, message: 'This file cannot be copied by the user.' },
  cannotDownloadFile: { status: 403, message: 'This file cannot be downloaded by the user.' },
  cannotExportFile: { status: 403, message: 'This file cannot be exported by the user.' },
  cannotDeleteOnlyRevision: {
    status: 403,
    message: 'The only remaining revision of a file cannot be deleted.',
  },
  myDriveHierarchyDepthLimitExceeded: {
    status: 403,
    message:
      "Your My Drive can't contain more than 100 levels of folders. For details, see " +
      'https://developers.google.com/workspace/drive/api/guides/handle-errors#nested-folder-levels.',
  },
  teamDriveHierarchyTooDeep: {
    status: 403,
    message: 'The shared drive hierarchy depth will exceed the limit.',
  },
  teamDrivesParentLimit: { status: 403, message: 'A shared drive item must have exactly one parent.' },
  teamDrivesFolderMoveInNotSupported: {
    status: 403,
    message: 'Moving folders into shared drives is not supported.',
  },
  fileOwnerNotMemberOfTeamDrive: {
    status: 403,
    message:
      'Cannot move a file into a shared drive as a writer when the owner of the file is not a member of that ' +
      'shared drive.',
  },
  cannotMoveTrashedItemIntoTeamDrive: {
    status: 403,
    message: 'Cannot move a trashed item into a shared drive.',
  },
  cannotMoveTrashedItemOutOfTeamDrive: {
    status: 403,
    message: 'Cannot move a trashed item out of a shared drive.',
  },
  shortcutTargetInvalid: {
    status: 403,
    message: 'The specified file is not an allowed shortcut target type.',
  },
  notSupportedForAppDataFolderFiles: {
    status: 403,
    message: 'Method not supported for files within the Application Data folder.',
  },
  fileNotDownloadable: {
    status: 403,
    message: 'Only files with binary content can be downloaded. Use Export with Docs Editors files.',
  },
  fileNotExportable: { status: 403, message: 'Export only supports Docs Editors files.' },
  appNotAuthorizedToFile: {
    status: 403,
    message: 'The user has not granted the app permission to access the file.',
  },
  noManageTeamDriveAdministratorPrivilege: {
    status: 403,
    message: 'The user does not have the administrator privilege to manage shared drives.',
  },
  cannotShareTeamDriveTopFolderWithAnyoneOrDomains: {
    status: 403,
    message: 'Cannot share a shared drive with anyone or a domain.',
  },
  noListTeamDrivesAdministratorPrivilege: {
    status: 403,
    message: 'The user does not have the administrator privilege to list shared drives.',
  },
  queryRequiresAdminCredentials: {
    status: 403,
    message: 'The query requires administrator credentials.',
  },
  teamDrivesSharingRestrictionNotAllowed: {
    status: 403,
    message: 'The user cannot change the restrictions of this shared drive.',
  },
  revisionsNotSupported: { status: 403, message: 'The file does not support revisions.' },
  revisionDeletionNotSupported: {
    status: 403,
    message: 'Revisions of this file cannot be deleted.',
  },
  download_restricted_for_revision: {
    status: 403,
    message: 'This revision cannot be downloaded by the authenticated user.',
  },
  ownerOnTeamDriveItemNotSupported: {
    status: 403,
    message: 'The owner role is not supported for shared drives and their items.',
  },
  organizerOnNonTeamDriveNotSupported: {
    status: 403,
    message: 'The organizer role is only supported for shared drives.',
  },
  organizerOnNonTeamDriveItemNotSupported: {
    status: 403,
    message: 'The organizer role is only supported for the top of a shared drive.',
  },
  fileOrganizerOnNonTeamDriveNotSupported: {
    status: 403,
    message: 'The fileOrganizer role is only supported for shared drives.',
  },
  cannotShareTeamDriveWithNonGoogleAccounts: {
    status: 403,
    message: 'Cannot share Team Drives with non Google accounts.',
  },
  teamDriveDomainUsersOnlyRestriction: {
    status: 403,
    message: 'Only users of the domain can be given access to items of this shared drive.',
  },
  teamDriveTeamMembersOnlyRestriction: {
    status: 403,
    message: 'Only members can be given access to items of this shared drive.',
  },
  cannotModifyInheritedTeamDrivePermission: {
    status: 403,
    message: 'Cannot update or delete an inherited permission on a shared drive item.',
  },
  cannotModifyInheritedPermission: {
    status: 403,
    message: 'Cannot update or delete an inherited permission on an item.',
  },
  cannotRemoveOwner: { status: 403, message: 'The owner of a file cannot be removed.' },
  cannotDeletePermission: { status: 403, message: 'The permission cannot be deleted.' },
  cannotSetExpiration: { status: 403, message: 'An expiration date cannot be set on this permission.' },
  cannotSetExpirationOnAnyoneOrDomain: {
    status: 403,
    message: 'Expiration dates are only allowed for users and groups.',
  },
  expirationDateNotAllowedForSharedDriveMembers: {
    status: 403,
    message: 'Expiration dates are not allowed for shared drive members.',
  },
  expirationDatesMustBeInTheFuture: { status: 403, message: 'Expiration dates must be in the future.' },
  invalidSharingRequest: { status: 400, message: 'Bad Request' },
  ownershipChangeAcrossDomainNotPermitted: {
    status: 400,
    message:
      'Ownership can only be transferred to another user in the same organization as the current owner.',
  },
  consentRequiredForOwnershipTransfer: {
    status: 403,
    message: 'Consent is required to transfer ownership of a file to another user.',
  },
  shareOutNotPermitted: {
    status: 403,
    message: 'The domain administrators do not permit sharing outside of the domain.',
  },
  publishOutNotPermitted: {
    status: 403,
    message: 'The domain administrators do not permit publishing to anyone.',
  },
  teamDriveMembershipRequired: {
    status: 403,
    message: 'The attempted action requires shared drive membership.',
  },
  userRateLimitExceeded: {
    status: 403,
    domain: 'usageLimits',
    message:
      'User Rate Limit Exceeded. Rate of requests for user exceed configured project quota, you may consider ' +
      're-evaluating expected per-user traffic to the API and adjust project quota limits accordingly.',
  },
  rateLimitExceeded: { status: 403, domain: 'usageLimits', message: 'Rate Limit Exceeded' },
  dailyLimitExceeded: { status: 403, domain: 'usageLimits', message: 'Daily Limit Exceeded' },
  sharingRateLimitExceeded: {
    status: 403,
    message:
      'Rate limit exceeded. User message: "These item(s) could not be shared because a rate limit was exceeded"',
  },
  storageQuotaExceeded: {
    status: 403,
    message: "The user's Drive storage quota has been exceeded.",
  },
  domainPolicy: { status: 403, message: 'The domain administrators have disabled Drive apps.' },
  accessNotConfigured: {
    status: 403,
    domain: 'usageLimits',
    message: 'Access Not Configured. Enable the API by visiting the API Console, then retry.',
  },
  notFound: { status: 404, message: 'Requested entity was not found.' },
  fileIdInUse: { status: 409, message: 'A file already exists with the provided ID.' },
  conflict: { status: 409, message: 'Conflict' },
  ABORTED: { status: 409, reason: 'aborted', message: 'The operation was aborted.' },
  uploadTooLarge: { status: 413, message: 'Request Entity Too Large' },
  RESOURCE_EXHAUSTED: {
    status: 429,
    reason: 'rateLimitExceeded',
    domain: 'usageLimits',
    message: 'Resource has been exhausted (e.g. check quota).',
  },
  internalError: { status: 500, message: 'Internal Error' },
  INTERNAL: { status: 500, reason: 'backendError', message: 'Internal error encountered.' },
  notImplemented: { status: 501, message: 'Operation is not implemented, or supported, or enabled.' },
  backendError: { status: 503, message: 'Backend Error' },
  UNAVAILABLE: {
    status: 503,
    reason: 'backendError',
    message: 'The service is currently unavailable.',
  },
  DEADLINE_EXCEEDED: {
    status: 504,
    reason: 'backendError',
    message: 'Deadline expired before operation could complete.',
  },
} as const satisfies Record<string, Entry>;

export type ErrorName = keyof typeof CATALOGUE;

/** More of an error than its name. */
export interface ErrorDetail {
  message?: string;
  /** Which parameter or header is at fault, for the older APIs. */
  location?: string;
  locationType?: 'parameter' | 'header' | 'other';
  /** `error.details` of the newer APIs. */
  details?: readonly Record<string, unknown>[];
  /** `error.status` on the older APIs too, where they send it. */
  withStatus?: boolean;
  /** The text of `errors[0]` where the older APIs say it shorter there. */
  short?: string;
  /** In the place of the catalogue's reason. */
  reason?: string;
  headers?: readonly (readonly [string, string])[];
}

/** The catalogue's error `name`, with what this case adds. */
export function googleError(name: ErrorName, detail: ErrorDetail = {}): ApiError {
  const entry: Entry = CATALOGUE[name];
  const { message = entry.message, headers, ...data } = detail;
  return new ApiError({
    name,
    status: entry.status,
    message,
    data: { reason: entry.reason ?? name, domain: entry.domain ?? 'global', ...data },
    ...(headers ? { headers } : {}),
  });
}

/** By a name that a person wrote in a fault; undefined where Google has none. */
export function errorNamed(name: string, params: Readonly<Record<string, unknown>>): ApiError | undefined {
  if (!Object.hasOwn(CATALOGUE, name)) return undefined;
  return googleError(
    name as ErrorName,
    typeof params.message === 'string' ? { message: params.message } : {},
  );
}

/** 400 of the older APIs about one parameter or field. */
export const badRequest = (message: string, location: string): ApiError =>
  googleError('invalid', { message, location, locationType: 'parameter' });

/** 400 in the words of the newer APIs, with the offending fields. */
export const badField = (message: string, ...fields: readonly string[]): ApiError =>
  badFields(
    (fields.length > 0 ? fields : ['']).map((field) => ({
      ...(field ? { field } : {}),
      description: message,
    })),
    message,
  );

/** 400 of the newer APIs about several fields; each violation is a line of the message unless another is given. */
export const badFields = (
  fieldViolations: readonly { field?: string; description: string }[],
  message: string = fieldViolations.map(({ description }) => description).join('\n'),
): ApiError =>
  googleError('invalidArgument', {
    message,
    details: [{ '@type': 'type.googleapis.com/google.rpc.BadRequest', fieldViolations }],
  });

/** 400 without details: what Sheets and Docs say about a request that cannot be done. */
export const badArgument = (message: string): ApiError => googleError('invalidArgument', { message });

/** Something that the vendor can do and the twin cannot: told apart from the vendor's own refusals. */
export const missingPart = (what: string): ApiError =>
  googleError('notImplemented', {
    message: `${what} is not implemented by this twin.`,
    headers: [['x-orrery-gap', what]],
  });

/** `error.status` of the newer APIs for an HTTP status. */
export const RPC_STATUS: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  405: 'UNIMPLEMENTED',
  409: 'ABORTED',
  413: 'INVALID_ARGUMENT',
  429: 'RESOURCE_EXHAUSTED',
  500: 'INTERNAL',
  501: 'UNIMPLEMENTED',
  503: 'UNAVAILABLE',
  504: 'DEADLINE_EXCEEDED',
};

/** An OAuth refusal, `{error, error_description}` (RFC 6749 §5.2). */
export const oauthError = (error: string, description: string, status: number = 400): ApiError =>
  new ApiError({ name: error, status, message: description, data: { oauth: true } });

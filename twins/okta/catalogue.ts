/**
 * Every error that the vendor documents: code, HTTP status, summary ({0} is filled in by whoever throws it).
 * Source: https://developer.okta.com/docs/reference/error-codes/
 */
const LINES = `
E0000001 400 Api validation failed: {0}
E0000002 400 The request was not valid: {0}
E0000003 400 The request body was not well-formed.
E0000004 401 Authentication failed
E0000005 403 Invalid session
E0000006 403 You do not have permission to perform the requested action
E0000007 404 Not found: {0}
E0000008 404 The requested path was not found
E0000009 500 Internal Server Error
E0000010 503 Service is in read only mode
E0000011 401 Invalid token provided
E0000012 404 Unsupported media type
E0000013 403 Invalid client app id
E0000014 403 Update of credentials failed
E0000015 401 You do not have permission to access the feature you are requesting
E0000016 403 Activation failed because the user is already active
E0000017 403 Password reset failed
E0000018 400 Bad request.  Accept and/or Content-Type headers are likely not set.
E0000019 400 Bad request.  Accept and/or Content-Type headers likely do not match supported values.
E0000020 400 Bad request.
E0000021 400 Bad request.  Accept and/or Content-Type headers likely do not match supported values.
E0000022 405 The endpoint does not support the provided HTTP method
E0000023 403 Operation failed because user profile is mastered under another system
E0000024 400 Bad request.  This operation on app metadata is not yet supported.
E0000025 400 App version assignment failed.
E0000026 404 This endpoint has been deprecated.
E0000027 400 Group push bad request : {0}
E0000028 400 The request is missing a required parameter.
E0000029 400 Invalid paging request.
E0000030 400 Bad request. Invalid date. Dates must be of the form yyyy-MM-dd'T'HH:mm:ss.SSSZZ, e.g.
  2013-01-01T12:00:00.000-07:00.
E0000031 400 Invalid search criteria.
E0000032 403 Unlock is not allowed for this user.
E0000033 400 Bad request. Can't specify a search query and filter in the same request.
E0000034 403 Forgot password not allowed on specified user.
E0000035 403 Change password not allowed on specified user.
E0000036 403 Change recovery question not allowed on specified user.
E0000037 400 Type mismatch exception.  {0}
E0000038 403 This operation is not allowed in the user's current status.
E0000039 403 Operation on application settings failed.
E0000040 400 Application label must not be the same as an existing application label.
E0000041 400 Credentials should not be set on this resource based on the scheme.
E0000042 403 Setting the error page redirect URL failed.
E0000043 403 Self service application assignment is not enabled.
E0000044 403 Self service application assignment is not supported.
E0000045 400 Field mapping bad request.
E0000046 403 Deactivate application for user forbidden.
E0000047 429 API call exceeded rate limit due to too many requests.
E0000048 404 Entity not found exception.
E0000049 500 Invalid SCIM data from SCIM implementation.
E0000050 400 Invalid SCIM data from client.
E0000051 500 No response from SCIM implementation.
E0000052 501 Endpoint not implemented.
E0000053 400 Invalid SCIM filter.
E0000054 400 Invalid pagination properties.
E0000055 409 Duplicate group.
E0000056 403 Delete application forbidden.
E0000057 403 Access to this application is denied due to a policy.
E0000058 403 Access to this application requires MFA: {0}
E0000059 400 The connector configuration could not be tested. Make sure that the URL, Authentication
  Parameters are correct and that there is an implementation available at the URL provided.
E0000060 501 Unsupported operation.
E0000061 403 Tab error: {0}
E0000062 409 The specified user is already assigned to the application.
E0000063 400 Invalid combination of parameters specified.
E0000064 401 Password is expired and must be changed.
E0000065 500 Internal error processing app metadata.
E0000066 400 APNS is not configured, contact your admin
E0000067 504 Factors Service Error.
E0000068 403 Invalid Passcode/Answer
E0000069 403 User Locked
E0000070 202 Waiting for ACK
E0000071 400 Unsupported OS Version: {0}
E0000072 403 MIM policy settings have disallowed enrollment for this user
E0000073 403 User rejected authentication
E0000074 400 Factor Service Error
E0000075 403 Cannot modify the {0} attribute because it has a field mapping and profile push is enabled.
E0000076 405 Cannot modify the app user because it is mastered by an external app.
E0000077 403 Cannot modify the {0} attribute because it is read-only.
E0000078 403 Cannot modify the {0} attribute because it is immutable.
E0000079 403 This operation is not allowed in the current authentication state.
E0000080 403 The password does not meet the complexity requirements of the current password policy.
E0000081 403 Cannot modify the {0} attribute because it is a reserved attribute for this application.
E0000082 403 Each code can only be used once. Please wait for a new code and try again.
E0000083 403 PassCode is valid but exceeded time window.
E0000084 403 App evaluation error.
E0000085 403 You do not have permission to access your account at this time.
E0000086 403 This policy cannot be activated at this time.
E0000087 403 The recovery question answer did not match our records.
E0000088 400 Org Creator API subdomain validation exception: An object with this field already exists.
E0000089 400 Org Creator API name validation exception.
E0000090 409 The role specified is already assigned to the user.
E0000091 400 The provided role type was not the same as required role type.
E0000092 403 Access to this application requires re-authentication: {0}
E0000093 400 Target count limit exceeded
E0000094 400 The provided filter is unsupported.
E0000095 403 Recovery not allowed for unknown user.
E0000096 409 This certificate has already been uploaded with kid={0}.
E0000097 403 There is no verified phone number on file.
E0000098 400 This phone number is invalid.
E0000099 403 Only numbers located in US and Canada are allowed.  Contact your administrator if this is a
  problem.
E0000100 503 Unable to perform search query.
E0000101 400 There was an issue with the app binary file you uploaded. {0}
E0000102 403 YubiKey cannot be deleted while assigned to an user. Please deactivate YubiKey using reset
  MFA and try again
E0000103 403 Action on device already in queue or in progress
E0000104 403 Device is already locked and cannot be locked again
E0000105 403 You have accessed an account recovery link that has expired or been previously used.
E0000107 403 The entity is not in the expected state for the requested transition.
E0000108 409 OEM generic duplicate resource.
E0000109 429 An SMS message was recently sent. Please wait 30 seconds before trying again.
E0000110 403 You have accessed a link that has expired or has been previously used.
E0000111 403 Cannot modify the {0} object because it is read-only.
E0000112 409 Cannot update this user because they are still being activated. Please try again in a few
  minutes.
E0000113 409 {0}.
E0000115 503 There was an issue while uploading the app binary file. {0}
E0000116 400 {0}
E0000117 403 Cannot assign apps or update app profiles for an inactive user.
E0000118 429 An email was recently sent. Please wait 5 seconds before trying again.
E0000119 403 Your account is locked. Please contact your administrator.
E0000120 400 The custom domain requested is already in use by another organization.
E0000121 400 Invalid phone extension. Please enter a valid phone extension.
E0000122 406 Accept Header did not contain supported media type 'application/json'
E0000123 400 Array specified in enum field must match const values specified in oneOf field.
E0000124 400 Could not create user. To create a user and expire their password immediately, a password
  must be specified
E0000125 400 Could not create user. To create a user and expire their password immediately, "activate"
  must be true
E0000126 400 Self service is not supported with the current settings.
E0000127 409 Invalid linked objection definition. {0}
E0000131 400 {0}
E0000132 400 The registration is already active for the given user, client and device combination
E0000133 429 A phone call was recently made. Please wait 30 seconds before trying again.
E0000134 502 Okta could not communicate correctly with an inline hook.
E0000135 400 An inline hook responded with an error.
E0000136 409 Mobile phone conflict exception.
E0000137 504 Okta did not receive a response from an inline hook.
E0000138 500 There was an internal error with call provider(s).
E0000139 503 Telephony provider error.
E0000140 400 Telephony opt out error.
E0000141 400 Feature cannot be enabled or disabled due to dependencies/dependents conflicts.
E0000142 403 This User Type cannot be deleted.
E0000143 403 App instance operation not allowed.
E0000145 409 Some users returned by the search cannot be parsed because the user schema has been changed
  to be inconsistent with their stale profile data.
E0000146 429 Your organization has reached the limit of sms requests that can be sent within a 24 hour
  period.
E0000147 429 Your organization has reached the limit of call requests that can be sent within a 24 hour
  period.
E0000148 403 Cannot modify/disable this authenticator because it is enabled in one or more policies. {0}
E0000149 406 The HTTP request is not acceptable.
E0000150 403 You have reached the limit of sms requests, please try again later.
E0000151 403 You have reached the limit of call requests, please try again later.
E0000152 403 Illegal device status, cannot perform action.
E0000153 410 Invalid device id, it no longer exists.
E0000154 410 Invalid factor id, it is not currently active.
E0000155 423 User is not currently active.
E0000156 410 Invalid user id; the user either does not exist or has been deleted.
E0000157 409 Another authenticator with key: {0} is already active.
E0000158 400 Invalid Enrollment. User verification required.
E0000159 400 Invalid Enrollment. FIPS compliance required.
E0000161 403 Unique domain name required.
E0000162 403 Domain count limit reached.
E0000163 404 Domain ID not found.
E0000165 403 Domain not verified.
E0000166 403 CAPTCHA count limit reached. At most one CAPTCHA instance is allowed per Org. Please remove
  existing CAPTCHA to create a new one.
E0000167 403 {0}
E0000168 403 CAPTCHA cannot be removed. This CAPTCHA is associated with org-wide CAPTCHA settings, please
  unassociate it before removing it.
E0000170 400 Org Creator API subdomain validation exception: Using a reserved value. Try again with a
  different value.
E0000171 400 Org Creator API subdomain validation exception: The value is already in use by a different
  request.
E0000172 400 Org Creator API subdomain validation exception: The value exceeds the max length.
E0000174 403 You can’t disable Okta FastPass because it is being used by one or more application sign-on
  policies. First, go to each policy and remove any device conditions. Then, come back and try again.
E0000176 400 Failed to create LogStreaming event source. {0}
E0000177 400 Failed to delete LogStreaming event source. {0}
E0000178 400 This realm cannot be deleted. {0}
E0000179 400 There is a required attribute that is externally sourced.
E0000180 423 Factor id is currently not active.
E0000181 503 Service temporarily unavailable.
E0000182 409 A default email template customization already exists.
E0000183 409 An email template customization for that language already exists.
E0000184 409 A default email template customization can't be deleted.
E0000185 409 The isDefault parameter of the default email template customization can't be set to false.
E0000186 429 Your free tier organization has reached the limit of sms requests that can be sent within a
  30 day period.
E0000187 409 Cannot delete push provider because it is being used by a custom app authenticator.
E0000188 409 Domain update conflict exception.
E0000189 422 This template does not support the recipients value.
E0000190 403 Delete LDAP interface instance forbidden.
E0000191 404 Verification timed out. Please try again.
E0000192 400 Roles cannot be granted to groups with group membership rules. {0}
E0000193 400 Roles can only be granted to groups with 5000 or less users. {0}
E0000194 400 Roles can only be granted to Okta groups, AD groups and LDAP groups. {0}
E0000195 409 Api validation failed due to conflict: {0}
E0000197 409 Unique email domain name required.
E0000198 404 Email domain not found.
E0000200 409 A default brand cannot be deleted.
E0000201 409 A brand associated with a custom domain or email doamin cannot be deleted.
E0000202 409 Brand name already exists.
E0000203 409 Failed to associate this domain with the given brandId.
E0000204 429 You have reached the limit of sms requests, please try again later.
E0000205 429 You have reached the limit of call requests, please try again later.
E0000207 401 The username and/or the password you entered is incorrect. Please try again.
E0000208 400 Failed to get access token. The request was invalid, reason: {0}.
E0000209 400 {0} cannot be modified/deleted because it is currently being used in an Enroll Policy.
  Please make changes to the Enroll Policy before modifying/deleting the group.
E0000211 400 Roles cannot be granted to built-in groups: {0}
E0000212 403 Origin validation failed.
E0000213 403 Cannot update page content for the default brand.
E0000214 400 User has no custom authenticator enrollments that have CIBA as a transactionType
E0000215 410 This endpoint has been deprecated.
E0000217 400 Invalid status. Cannot validate email domain in current status.
E0000218 400 Email domain could not be verified by mail provider.
E0000219 403 This action can't be completed because it would result in 0 phishing resistant
  authenticators and your org has at least one authentication policy rule that requires phishing
  resistant authenticators. To continue, either enable FIDO 2 (WebAuthn) or remove the phishing
  resistance constraint from the affected policies. Policy rules: {0}
E0000220 403 Brand count limit reached.
E0000221 403 You have reached the maximum number of realms. An org cannot have more than {0} realms.
E0000222 400 You can enable only one SMTP server at a time. Another SMTP server is already enabled.
E0000223 400 Connection with the specified SMTP server failed.
E0000224 400 Authentication with the specified SMTP server failed.
E0000225 400 You reached the maximum number of enrolled SMTP servers. An org can't have more than {0}
  enrolled servers.
E0000226 400 You must have an active telephony inline hook to activate and use the Phone authenticator.
E0000227 400 Roles can only be granted to service application type
E0000228 403 SMS template customization isn't permitted.
E0000229 400 Invalid Enrollment. Biometrics with Pin fallback required.
E0000230 409 Another authenticator is already associated with idpId: {0}.
E0000231 412 ETag value doesn't match.
E0000232 400 Another authenticator enrollment already exists with the same nickname.
E0000233 403 Okta Verify SMS setup link is a feature only available on paid Okta accounts. To enable this
  feature please upgrade your free tier org.
E0000235 400 Resource Selector: {0}
E0000236 400 The language doesn't conform to the BCP 47 standard for locales.
E0000237 400 The language isn't permitted for email customization.
E0000239 423 Policy priorities are being reconciled. Please try again later.
E0000240 502 Request timed out waiting for agent.
E0000241 504 No connected agents.
E0000242 400 ETag syntax is invalid.
E0000243 400 Bad request.
E0000244 409 There are conflicting default customizations for this template. To create or update email
  customizations, discard your changes and then reset your templates.
E0000245 400 One or more authentication method chains include a knowledge method in the first step.
  Update these chains to require a possession factor in the first step: {0}
E0000246 403 This action can't be completed because the authentication method is in use by one or more
  authentication policies: {0}
E0000247 403 Your organization doesn't support SMS or Voice authentication at this time. Select another
  authentication method.
E0000248 403 The current Id Proofing Identity Provider is configured to be used in one or more Okta
  Account Management Policy rules. {0}
E0000249 409 Group rules are still being set up.  Please try again later.
E0000250 403 You can't {0} {1} because its Trust claims setting isn't enabled on any other identity
  provider. To {0} this identity provider, update the applicable rules in your {2} and {3} policies to
  remove the dependency on Trust claims.
E0000251 403 You can't {0} {1} because its Trust claims setting isn't enabled on any other identity
  provider. To {0} this identity provider, update the applicable rules in your {2} policies to remove the
  dependency on Trust claims.
E0000252 403 You can't {0} {1} because its Trust claims setting isn't enabled on any other identity
  provider. To {0} this identity provider, update the applicable rules in your {2} policies to remove the
  dependency on Trust claims.
E0000253 409 The User type is still being initialized. Please try again later.
E0000254 409 Another request has already been received for the settings for this email template. Please
  try again later.
E0000255 403 App instance with Published version status can't be deleted.
E0000256 414 This request produced a response with a header too large to be processed.
E0000257 405 Cannot update the content for the default brand.
E0000258 404 The specified path is not supported. Valid values: [{0}].
E0000259 403 Login not allowed at this time. Reset your password or contact your administrator for
  further assistance.
E0000260 403 This developer org has been deactivated. If you need access or have questions, please
  contact your org admin.
E0000261 500 The value entered for linked object {0} is invalid for this user.
E0000262 403 Device Assurance or Device Signal Collection policies contain condition(s) with Device
  Posture IdP signals. Please delete or update the corresponding policies to remove the Device Posture
  IdP conditions.
E0000263 409 Attempted to assign a duplicate standard role assignment to an admin
E0000264 400 You must have an active telephony inline hook or at least one active custom telephony
  provider credential to activate and use the Phone authenticator.
E0000265 409 Device registration is already in progress for this device.
E0000266 400 Failed to get access token for SMTP server configuration. Failure details: {0}.
E0000267 403 Access to the Home Page is restricted and is not available for this organization.
E0000268 409 Another request is making changes to the role assignments. Please try again.
E0000269 403 The script config for the instanceId {0} is not available.
`;

/** One documented error. */
export interface CatalogueEntry {
  status: number;
  summary: string;
}

/** Errors by code, as `E0000007`. */
export const CATALOGUE: ReadonlyMap<string, CatalogueEntry> = new Map(
  LINES.replace(/\n {2}/g, ' ')
    .trim()
    .split('\n')
    .map((line) => [line.slice(0, 8), { status: Number(line.slice(9, 12)), summary: line.slice(13) }]),
);

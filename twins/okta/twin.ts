/** The Okta twin: an org with its users, groups, apps, policies and System Log. */
import { readOperations } from '../../src/operations.ts';
import type { Endpoint, Twin, Wire } from '../../src/twin.ts';
import { accessPolicyEndpoints } from './api/accessPolicies.ts';
import { agentPoolEndpoints } from './api/agentPools.ts';
import { apiServiceEndpoints } from './api/apiServices.ts';
import { apiTokenEndpoints } from './api/apiTokens.ts';
import { appAssignmentEndpoints } from './api/appAssignments.ts';
import { appConnectionEndpoints } from './api/appConnections.ts';
import { appCredentialEndpoints } from './api/appCredentials.ts';
import { appCsrEndpoints } from './api/appCsrs.ts';
import { appFeatureEndpoints } from './api/appFeatures.ts';
import { appGrantEndpoints } from './api/appGrants.ts';
import { appKeyEndpoints } from './api/appKeys.ts';
import { appEndpoints } from './api/apps.ts';
import { appTrustEndpoints } from './api/appTrust.ts';
import { authenticatorEnrollmentEndpoints } from './api/authenticatorEnrollments.ts';
import { authenticatorEndpoints } from './api/authenticators.ts';
import { authnEndpoints } from './api/authn.ts';
import { authServerEndpoints } from './api/authServers.ts';
import { behaviorEndpoints } from './api/behaviors.ts';
import { brandEndpoints } from './api/brands.ts';
import { captchaEndpoints } from './api/captchas.ts';
import { customRoleEndpoints } from './api/customRoles.ts';
import { deviceAssuranceEndpoints } from './api/deviceAssurances.ts';
import { devicePostureEndpoints } from './api/devicePosture.ts';
import { deviceEndpoints } from './api/devices.ts';
import { directoryEndpoints } from './api/directories.ts';
import { domainEndpoints } from './api/domains.ts';
import { emailServerEndpoints } from './api/emailServers.ts';
import { emailSettingEndpoints } from './api/emailSettings.ts';
import { emailTemplateEndpoints } from './api/emailTemplates.ts';
import { errorPageEndpoints } from './api/errorPages.ts';
import { eventHookEndpoints } from './api/eventHooks.ts';
import { factorEndpoints } from './api/factors.ts';
import { featureEndpoints } from './api/features.ts';
import { governanceBundleEndpoints } from './api/governanceBundles.ts';
import { groupOwnerEndpoints } from './api/groupOwners.ts';
import { groupPushEndpoints } from './api/groupPush.ts';
import { groupRuleEndpoints } from './api/groupRules.ts';
import { groupEndpoints } from './api/groups.ts';
import { identitySourceEndpoints } from './api/identitySources.ts';
import { idpCsrEndpoints } from './api/idpCsrs.ts';
import { idpEndpoints } from './api/idps.ts';
import { idpUserEndpoints } from './api/idpUsers.ts';
import { idTokenSettingsEndpoints } from './api/idTokenSettings.ts';
import { idxEndpoints } from './api/idx.ts';
import { importSessionEndpoints } from './api/importSessions.ts';
import { inlineHookEndpoints } from './api/inlineHooks.ts';
import { linkedObjectEndpoints } from './api/linkedObjects.ts';
import { logStreamEndpoints } from './api/logStreams.ts';
import { logEndpoints } from './api/logs.ts';
import { mappingEndpoints } from './api/mappings.ts';
import { metaEndpoints } from './api/meta.ts';
import { accountEndpoints } from './api/myAccount/account.ts';
import { contactEndpoints } from './api/myAccount/contacts.ts';
import { webauthnEndpoints } from './api/myAccount/webauthn.ts';
import { authorizeEndpoints } from './api/oauth/authorize.ts';
import { callbackEndpoints } from './api/oauth/callback.ts';
import { clientEndpoints } from './api/oauth/clients.ts';
import { globalRevocationEndpoints } from './api/oauth/globalRevocation.ts';
import { oauthKeyEndpoints } from './api/oauth/keys.ts';
import { tokenEndpoints } from './api/oauth/tokens.ts';
import { orgEndpoints } from './api/org.ts';
import { orgAdminEndpoints } from './api/orgAdmin.ts';
import { pageEndpoints } from './api/pages.ts';
import { policyEndpoints } from './api/policies.ts';
import { protectionEndpoints } from './api/protections.ts';
import { pushProviderEndpoints } from './api/pushProviders.ts';
import { rateLimitEndpoints } from './api/rateLimits.ts';
import { realmAssignmentEndpoints } from './api/realmAssignments.ts';
import { realmEndpoints } from './api/realms.ts';
import { refreshTokenEndpoints } from './api/refreshTokens.ts';
import { resourceSetEndpoints } from './api/resourceSets.ts';
import { riskEndpoints } from './api/risks.ts';
import { roleEndpoints } from './api/roles.ts';
import { roleTargetEndpoints } from './api/roleTargets.ts';
import { securityEventsProviderEndpoints } from './api/securityEventsProviders.ts';
import { serviceAccountEndpoints } from './api/serviceAccounts.ts';
import { sessionEndpoints } from './api/sessions.ts';
import { signInPageEndpoints } from './api/signInPages.ts';
import { smsTemplateEndpoints } from './api/smsTemplates.ts';
import { ssfEndpoints } from './api/ssf.ts';
import { subscriptionEndpoints } from './api/subscriptions.ts';
import { telephonyProviderEndpoints } from './api/telephonyProviders.ts';
import { themeImageEndpoints } from './api/themeImages.ts';
import { trustedOriginEndpoints } from './api/trustedOrigins.ts';
import { uiSchemaEndpoints } from './api/uiSchemas.ts';
import { userClassificationEndpoints } from './api/userClassifications.ts';
import { userLifecycleEndpoints } from './api/userLifecycle.ts';
import { userEndpoints } from './api/users.ts';
import { userTokenEndpoints } from './api/userTokens.ts';
import { wellKnownUriEndpoints } from './api/wellKnownUris.ts';
import { zoneEndpoints } from './api/zones.ts';
import { credentials } from './credentials.ts';
import { gestures } from './gestures.ts';
import { guarded } from './guard.ts';
import { expireImport, runImport } from './model/people/importSession.ts';
import { UNLOCK_TIMER, unlockInTime } from './model/people/userLifecycle.ts';
import {
  UPDATE_BEGINS,
  UPDATE_ENDS,
  updateBegins,
  updateEnds,
} from './model/provisioning/agentPoolUpdate.ts';
import { IMPORT_TIMER, importOnTime } from './model/provisioning/userImport.ts';
import { plant } from './plant.ts';
import { presets } from './presets.ts';
import { room } from './room.ts';
import { withShapes } from './shapes.ts';
import { wire } from './wire.ts';
import { TABLES } from './world.ts';

const endpoints: readonly Endpoint[] = [
  ...userEndpoints,
  ...userLifecycleEndpoints,
  ...groupEndpoints,
  ...groupRuleEndpoints,
  ...appEndpoints,
  ...appAssignmentEndpoints,
  ...logEndpoints,
  ...metaEndpoints,
  ...orgEndpoints,
  ...orgAdminEndpoints,
  ...pageEndpoints,
  ...apiTokenEndpoints,
  ...roleEndpoints,
  ...policyEndpoints,
  ...appKeyEndpoints,
  ...idTokenSettingsEndpoints,
  ...groupOwnerEndpoints,
  ...mappingEndpoints,
  ...appFeatureEndpoints,
  ...appConnectionEndpoints,
  ...appCsrEndpoints,
  ...apiServiceEndpoints,
  ...appTrustEndpoints,
  ...serviceAccountEndpoints,
  ...zoneEndpoints,
  ...brandEndpoints,
  ...wellKnownUriEndpoints,
  ...emailTemplateEndpoints,
  ...signInPageEndpoints,
  ...idpEndpoints,
  ...idpUserEndpoints,
  ...idpCsrEndpoints,
  ...authServerEndpoints,
  ...accessPolicyEndpoints,
  ...eventHookEndpoints,
  ...inlineHookEndpoints,
  ...customRoleEndpoints,
  ...deviceAssuranceEndpoints,
  ...trustedOriginEndpoints,
  ...realmEndpoints,
  ...linkedObjectEndpoints,
  ...userClassificationEndpoints,
  ...directoryEndpoints,
  ...identitySourceEndpoints,
  ...importSessionEndpoints,
  ...uiSchemaEndpoints,
  ...logStreamEndpoints,
  ...rateLimitEndpoints,
  ...authenticatorEndpoints,
  ...roleTargetEndpoints,
  ...captchaEndpoints,
  ...themeImageEndpoints,
  ...refreshTokenEndpoints,
  ...userTokenEndpoints,
  ...errorPageEndpoints,
  ...emailSettingEndpoints,
  ...agentPoolEndpoints,
  ...appCredentialEndpoints,
  ...behaviorEndpoints,
  ...deviceEndpoints,
  ...devicePostureEndpoints,
  ...protectionEndpoints,
  ...authenticatorEnrollmentEndpoints,
  ...domainEndpoints,
  ...emailServerEndpoints,
  ...telephonyProviderEndpoints,
  ...factorEndpoints,
  ...featureEndpoints,
  ...groupPushEndpoints,
  ...pushProviderEndpoints,
  ...realmAssignmentEndpoints,
  ...resourceSetEndpoints,
  ...governanceBundleEndpoints,
  ...accountEndpoints,
  ...contactEndpoints,
  ...webauthnEndpoints,
  ...riskEndpoints,
  ...securityEventsProviderEndpoints,
  ...ssfEndpoints,
  ...authnEndpoints,
  ...idxEndpoints,
  ...sessionEndpoints,
  ...smsTemplateEndpoints,
  ...subscriptionEndpoints,
  ...tokenEndpoints,
  ...oauthKeyEndpoints,
  ...callbackEndpoints,
  ...globalRevocationEndpoints,
  ...authorizeEndpoints,
  ...clientEndpoints,
  ...appGrantEndpoints,
];

export const okta: Twin = {
  name: 'okta',
  title: 'Okta',
  hosts: ['*.okta.com', '*.oktapreview.com', '*.okta-emea.com'],
  wire: wire as unknown as Wire,
  endpoints: withShapes(guarded(endpoints)),
  operations: readOperations('okta'),
  tables: TABLES,
  plant,
  gestures,
  timers: {
    expireImport,
    [IMPORT_TIMER]: importOnTime,
    [UPDATE_BEGINS]: updateBegins,
    [UPDATE_ENDS]: updateEnds,
    runImport,
    [UNLOCK_TIMER]: unlockInTime,
  },
  credentials,
  presets,
  room,
};

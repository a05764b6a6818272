import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { idxEndpoints } from '../../../twins/okta/api/idx.ts';
import { accountEndpoints } from '../../../twins/okta/api/myAccount/account.ts';
import { contactEndpoints } from '../../../twins/okta/api/myAccount/contacts.ts';
import { webauthnEndpoints } from '../../../twins/okta/api/myAccount/webauthn.ts';
import { authorizeEndpoints } from '../../../twins/okta/api/oauth/authorize.ts';
import { callbackEndpoints } from '../../../twins/okta/api/oauth/callback.ts';
import { clientEndpoints } from '../../../twins/okta/api/oauth/clients.ts';
import { tokenEndpoints } from '../../../twins/okta/api/oauth/tokens.ts';
import { pageEndpoints } from '../../../twins/okta/api/pages.ts';
import { ssfEndpoints } from '../../../twins/okta/api/ssf.ts';
import { wellKnownUriEndpoints } from '../../../twins/okta/api/wellKnownUris.ts';
import { okta } from '../../../twins/okta/twin.ts';
import { appStories } from './stories/apps.ts';
import { clientStories } from './stories/clients.ts';
import { deliveryStories } from './stories/delivery.ts';
import { directoryStories } from './stories/directory.ts';
import { guardStories } from './stories/guard.ts';
import { EVENT_TYPES, hasSpec, undescribed } from './stories/holdAgainstSpec.ts';
import { hookStories } from './stories/hooks.ts';
import { integrationStories } from './stories/integrations.ts';
import { lookStories } from './stories/look.ts';
import { orgStories } from './stories/org.ts';
import { peopleStories } from './stories/people.ts';
import { policyStories } from './stories/policies.ts';
import { provisioningStories } from './stories/provisioning.ts';
import { roleStories } from './stories/roles.ts';
import { securityStories } from './stories/security.ts';
import { settingStories } from './stories/settings.ts';
import { signInStories } from './stories/signIn.ts';
import { logged, openTeller, told } from './stories/teller.ts';

describe('resources, each told from beginning to end', () => {
  for (const { says, tell } of [
    ...peopleStories,
    ...appStories,
    ...policyStories,
    ...guardStories,
    ...lookStories,
    ...orgStories,
    ...settingStories,
    ...securityStories,
    ...signInStories,
    ...deliveryStories,
    ...provisioningStories,
    ...integrationStories,
    ...hookStories,
    ...directoryStories,
    ...clientStories,
    ...roleStories,
  ])
    it(says, async () => tell(await openTeller()));

  it('are told whole: every endpoint answered some story with success', () => {
    const elsewhere = new Set([...TOLD_ELSEWHERE, ...NOTHING_TO_DO]);
    const untold = okta.endpoints.filter((one) => !told.has(one.id) && !elsewhere.has(one.id));
    expect(untold.map((one) => one.id)).toEqual([]);
  });

  it.skipIf(!hasSpec)('are answered with what the vendor’s description says', () => {
    expect([...undescribed]).toEqual([]);
  });

  it.skipIf(!hasSpec)('leave only events in the System Log that the vendor has', () => {
    const rows = readFileSync(EVENT_TYPES, 'utf8').split('\n');
    const known = new Set(rows.map((row) => row.split('\t', 1)[0]));
    expect(logged.size).toBeGreaterThan(100);
    expect([...logged].filter((type) => !known.has(type))).toEqual([]);
  });
});

/** What an org without governance and refresh tokens can only refuse, or answer without doing anything. */
const NOTHING_TO_DO = new Set([
  ...['updateGroupMembership', 'submitGroupAttributeQuery', 'getGroupAttributeQueryResult'],
  ...['getRoleAssignmentGovernanceGrant', 'getRoleAssignmentGovernanceGrantResources'],
  ...['revokeOAuth2TokensForApplication', 'getOAuth2TokenForApplication'],
  ...['revokeOAuth2TokenForApplication', 'revokeRefreshTokensForAuthorizationServerAndClient'],
]);

/** Bodies and answers that are no JSON, or need no credential: their stories fetch them by hand, and a walk along all links. */
const TOLD_ELSEWHERE = new Set([
  ...ssfEndpoints.map(({ id }) => id),
  ...[...tokenEndpoints, ...authorizeEndpoints, ...clientEndpoints, ...callbackEndpoints].map(({ id }) => id),
  ...[...accountEndpoints, ...contactEndpoints, ...webauthnEndpoints, ...idxEndpoints].map(({ id }) => id),
  ...['getCurrentSession', 'closeCurrentSession', 'refreshCurrentSession', 'sessionCookieRedirect'],
  'pollFactorActivation',
  ...['uploadApplicationLogo', 'previewSAMLmetadataForApplication', 'getWellknownOrgMetadata'],
  ...['uploadBrandThemeLogo', 'uploadBrandThemeFavicon', 'uploadBrandThemeBackgroundImage', 'sendTestEmail'],
  ...pageEndpoints.map(({ id }) => id),
  ...wellKnownUriEndpoints.filter(({ auth }) => auth === 'none').map(({ id }) => id),
  ...['replaceOktaPersonalAdminSettings', 'listPersonalAppsExportBlockList', 'replaceBlockedEmailDomains'],
]);

/** Feature flags that tools tell of. */
import { FEATURE_FLAG } from '../model/devops/kinds.ts';
import { byId, familyEndpoints, idsOf } from './devops.ts';

export const featureFlagEndpoints = familyEndpoints({
  root: 'featureflags/0.1',
  group: 'feature-flags',
  submits: 'submitFeatureFlags',
  deletesByProperty: 'deleteFeatureFlagsByProperty',
  kinds: [FEATURE_FLAG],
  parts: [
    {
      kind: 'featureFlag',
      path: 'flag/{featureFlagId}',
      gets: 'getFeatureFlagById',
      deletes: 'deleteFeatureFlagById',
    },
  ],
  answer: (submission) => ({
    acceptedFeatureFlags: idsOf(submission),
    failedFeatureFlags: byId(submission),
    unknownIssueKeys: submission.unknownIssueKeys,
    unknownAssociations: submission.unknownAssociations,
  }),
});

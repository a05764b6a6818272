/** All that tools of development and operations tell a site. */
import type { Endpoint } from '../../../src/twin.ts';
import { buildEndpoints } from './builds.ts';
import { deploymentEndpoints } from './deployments.ts';
import { developmentEndpoints } from './development.ts';
import { devopsComponentEndpoints } from './devopsComponents.ts';
import { devopsRemoteLinkEndpoints } from './devopsRemoteLinks.ts';
import { featureFlagEndpoints } from './featureFlags.ts';
import { operationEndpoints } from './operations.ts';
import { securityEndpoints } from './security.ts';

export const devopsEndpoints: Endpoint[] = [
  ...developmentEndpoints,
  ...buildEndpoints,
  ...deploymentEndpoints,
  ...featureFlagEndpoints,
  ...devopsRemoteLinkEndpoints,
  ...securityEndpoints,
  ...operationEndpoints,
  ...devopsComponentEndpoints,
];

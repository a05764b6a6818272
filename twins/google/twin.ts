/** The Google twin: one vendor, several products behind one wire. */

import type { FaultInput } from '../../src/fault.ts';
import { readOperations } from '../../src/operations.ts';
import type { Endpoint, Twin, Wire } from '../../src/twin.ts';
import { HOSTS } from './address.ts';
import { batchEndpoints } from './batch.ts';
import { credentials } from './credentials.ts';
import { discoveryEndpoints } from './discovery.ts';
import { documentEndpoints } from './docs/api/documents.ts';
import { aboutEndpoints } from './drive/api/about.ts';
import { accessProposalEndpoints } from './drive/api/accessProposals.ts';
import { approvalEndpoints } from './drive/api/approvals.ts';
import { appEndpoints } from './drive/api/apps.ts';
import { changeEndpoints } from './drive/api/changes.ts';
import { channelEndpoints } from './drive/api/channels.ts';
import { commentEndpoints } from './drive/api/comments.ts';
import { driveEndpoints } from './drive/api/drives.ts';
import { fileEndpoints } from './drive/api/files.ts';
import { operationEndpoints } from './drive/api/operations.ts';
import { pageEndpoints } from './drive/api/pages.ts';
import { permissionEndpoints } from './drive/api/permissions.ts';
import { publishedPageEndpoints } from './drive/api/publishedPages.ts';
import { revisionEndpoints } from './drive/api/revisions.ts';
import { teamDriveEndpoints } from './drive/api/teamdrives.ts';
import { driveV2 } from './drive/api/v2/all.ts';
import { endAccess } from './drive/model/sharing/expiry.ts';
import { TRASH_TIMER, trashLeft } from './drive/model/trash.ts';
import { gestures } from './gestures.ts';
import { consentEndpoints } from './identity/api/consent.ts';
import { deviceEndpoints } from './identity/api/device.ts';
import { oauthEndpoints } from './identity/api/oauth.ts';
import { serviceAccountEndpoints } from './identity/api/serviceAccounts.ts';
import { hear } from './identity/model/person.ts';
import { room } from './room.ts';
import { metadataEndpoints } from './sheets/api/metadata.ts';
import { spreadsheetEndpoints } from './sheets/api/spreadsheets.ts';
import { valueEndpoints } from './sheets/api/values.ts';
import { wire } from './wire.ts';
import { plant, tables } from './world.ts';

const endpoints: readonly Endpoint[] = [
  ...oauthEndpoints,
  ...consentEndpoints,
  ...deviceEndpoints,
  ...serviceAccountEndpoints,
  ...fileEndpoints,
  ...permissionEndpoints,
  ...accessProposalEndpoints,
  ...commentEndpoints,
  ...changeEndpoints,
  ...channelEndpoints,
  ...driveEndpoints,
  ...revisionEndpoints,
  ...aboutEndpoints,
  ...pageEndpoints,
  ...approvalEndpoints,
  ...operationEndpoints,
  ...appEndpoints('/drive/v3'),
  ...teamDriveEndpoints('v3'),
  ...driveV2,
  ...publishedPageEndpoints,
  ...metadataEndpoints,
  ...spreadsheetEndpoints,
  ...valueEndpoints,
  ...documentEndpoints,
  ...discoveryEndpoints,
  ...batchEndpoints,
];

/** Drive's quota speaks of users, the newer APIs of resources; a program meets whichever it asks. */
const presets: Readonly<Record<string, readonly FaultInput[]>> = {
  'google/quota': [
    {
      kind: 'error',
      match: { twin: 'google', operation: 'drive.*' },
      probability: 0.3,
      params: { name: 'userRateLimitExceeded' },
    },
    {
      kind: 'error',
      match: { twin: 'google', operation: 'sheets.*' },
      probability: 0.3,
      params: { name: 'RESOURCE_EXHAUSTED' },
    },
    {
      kind: 'error',
      match: { twin: 'google', operation: 'docs.*' },
      probability: 0.3,
      params: { name: 'RESOURCE_EXHAUSTED' },
    },
  ],
  'google/outage': [{ kind: 'outage', match: { twin: 'google' }, params: {} }],
  'google/degraded': [
    {
      kind: 'latency',
      match: { twin: 'google' },
      params: { lognormal: { median: '800ms', sigma: 0.6 } },
    },
    { kind: 'error', match: { twin: 'google' }, probability: 0.05, params: { name: 'backendError' } },
  ],
  'google/commit-then-fail': [
    {
      kind: 'commitThenFail',
      match: { twin: 'google', when: 'request.method != "GET"' },
      probability: 0.3,
      params: { name: 'backendError' },
    },
  ],
  'google/events-doubled': [{ kind: 'doubleEvents', match: { twin: 'google' }, params: {} }],
};

export const google: Twin = {
  name: 'google',
  title: 'Google Workspace',
  hosts: HOSTS,
  wire: wire as unknown as Wire,
  endpoints,
  operations: readOperations('google'),
  tables,
  plant,
  gestures,
  timers: { endAccess: endAccess as Twin['timers'][string], [TRASH_TIMER]: trashLeft },
  hears: hear,
  credentials,
  presets,
  room,
};

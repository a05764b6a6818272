/** Remote links that tools tell of: documents, alerts, test runs and the like. */
import { REMOTE_LINK } from '../model/devops/kinds.ts';
import { byId, familyEndpoints, idsOf } from './devops.ts';

export const devopsRemoteLinkEndpoints = familyEndpoints({
  root: 'remotelinks/1.0',
  group: 'remote-links',
  submits: 'submitRemoteLinks',
  deletesByProperty: 'deleteRemoteLinksByProperty',
  kinds: [REMOTE_LINK],
  parts: [
    {
      kind: 'remoteLink',
      path: 'remotelink/{remoteLinkId}',
      gets: 'getRemoteLinkById',
      deletes: 'deleteRemoteLinkById',
    },
  ],
  answer: (submission) => ({
    acceptedRemoteLinks: idsOf(submission),
    rejectedRemoteLinks: byId(submission),
    unknownAssociations: submission.unknownAssociations,
  }),
});

/** Access proposals. https://developers.google.com/workspace/drive/api/reference/rest/v3/accessproposals */
import { type Call, type Endpoint, endpoint, list } from '../../../../src/twin.ts';
import type { GoogleActor } from '../../actor.ts';
import { PROPOSALS_PAGE_DEFAULT, PROPOSALS_PAGE_MAX } from '../../limits.ts';
import { proposalIn, proposalsOf, type Resolution, resolveProposal } from '../model/sharing/proposal.ts';
import { RESOLUTION_BODY } from './schema.ts';
import { driveViewer } from './viewer.ts';

const DOC = 'https://developers.google.com/workspace/drive/api/reference/rest/v3/accessproposals';
const READ = ['drive', 'drive.file', 'drive.metadata', 'drive.metadata.readonly', 'drive.readonly'];
const ALL = '/drive/v3/files/{fileId}/accessproposals';
type ProposalCall = Call<GoogleActor> & {
  readonly params: Readonly<Record<'fileId' | 'proposalId', string>>;
};
type Path = 'GET /{fileId}/{proposalId}';

const on = (
  name: string,
  route: string,
  more: Partial<Omit<Endpoint, 'route' | 'handle'>>,
  handle: (call: ProposalCall) => unknown,
): Endpoint =>
  endpoint<GoogleActor, Path>(
    {
      id: `drive.accessproposals.${name}`,
      route: route as Path,
      scopes: READ,
      tier: 'drive',
      doc: `${DOC}/${name}`,
      ...more,
    },
    handle,
  );

export const accessProposalEndpoints: readonly Endpoint[] = [
  on(
    'list',
    `GET ${ALL}`,
    {
      page: {
        style: 'drive',
        key: 'accessProposals',
        default: PROPOSALS_PAGE_DEFAULT,
        max: PROPOSALS_PAGE_MAX,
      },
    },
    (call) => list(proposalsOf(call.world, driveViewer(call), call.params.fileId), (row) => row),
  ),
  on('get', `GET ${ALL}/{proposalId}`, {}, (call) =>
    proposalIn(call.world, driveViewer(call), call.params.fileId, call.params.proposalId),
  ),
  on(
    'resolve',
    `POST ${ALL}/{proposalId}:resolve`,
    { scopes: ['drive', 'drive.file'], input: RESOLUTION_BODY },
    (call) => {
      const { fileId, proposalId } = call.params;
      resolveProposal(call.world, driveViewer(call), fileId, proposalId, (call.input ?? {}) as Resolution);
      return {};
    },
  ),
];

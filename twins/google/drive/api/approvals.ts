/** Approvals. https://developers.google.com/workspace/drive/api/reference/rest/v3/approvals */
import { type Call, type Endpoint, endpoint, list } from '../../../../src/twin.ts';
import type { GoogleActor } from '../../actor.ts';
import { APPROVALS_PAGE_MAX } from '../../limits.ts';
import { list as array, flag, message, text } from '../../schema.ts';
import {
  type ApprovalInput,
  approvalIn,
  approvalsOf,
  cancelApproval,
  commentOn,
  type Reassignment,
  reassign,
  respond,
  startApproval,
} from '../model/approval.ts';
import type { Approval } from '../world/approval.ts';
import { userView } from './sharingView.ts';
import { driveViewer } from './viewer.ts';

type ApprovalCall = Call<GoogleActor> & {
  readonly params: Readonly<Record<'fileId' | 'approvalId', string>>;
};

const DOC = 'https://developers.google.com/workspace/drive/api/reference/rest/v3/approvals';
const WRITE = ['drive', 'drive.file', 'drive.metadata'];
const READ = [...WRITE, 'drive.appdata', 'drive.metadata.readonly', 'drive.readonly'];
const ALL = '/drive/v3/files/{fileId}/approvals';
const ONE = `${ALL}/{approvalId}`;

const BODIES: Readonly<Record<string, Record<string, unknown>>> = {
  start: message({
    reviewerEmails: array(text, 1_000),
    dueTime: text,
    lockFile: flag,
    message: text,
    fileContentChangeBehavior: {
      enum: ['FILE_CONTENT_CHANGE_BEHAVIOR_UNSPECIFIED', 'RESET_APPROVAL', 'NO_APPROVAL_ACTION'],
    },
  }),
  reassign: message({
    message: text,
    addReviewers: array(message({ addedReviewerEmail: text }), 1_000),
    replaceReviewers: array(message({ addedReviewerEmail: text, removedReviewerEmail: text }), 1_000),
  }),
};
const MESSAGE = message({ message: text });

const on = (
  name: string,
  route: string,
  more: Partial<Omit<Endpoint, 'route' | 'handle'>>,
  handle: (call: ApprovalCall) => unknown,
): Endpoint =>
  endpoint<GoogleActor, 'GET /{fileId}/{approvalId}'>(
    {
      id: `drive.approvals.${name}`,
      route: route as 'GET /{fileId}/{approvalId}',
      tier: 'drive',
      doc: `${DOC}/${name}`,
      ...more,
    },
    handle,
  );

/** `POST …/{approvalId}:name` with a body. */
const act = (name: string, done: (call: ApprovalCall) => Approval): Endpoint =>
  on(name, `POST ${ONE}:${name}`, { scopes: WRITE, input: BODIES[name] ?? MESSAGE }, (call) =>
    view(call, done(call)),
  );

export const approvalEndpoints: readonly Endpoint[] = [
  on(
    'list',
    `GET ${ALL}`,
    {
      scopes: READ,
      page: { style: 'drive', key: 'items', default: APPROVALS_PAGE_MAX, max: APPROVALS_PAGE_MAX },
    },
    (call) =>
      list(approvalsOf(call.world, driveViewer(call), call.params.fileId), (row) => view(call, row), {
        kind: 'drive#approvalList',
      }),
  ),
  on('get', `GET ${ONE}`, { scopes: READ }, (call) =>
    view(call, approvalIn(call.world, driveViewer(call), call.params.fileId, call.params.approvalId)),
  ),
  on('start', `POST ${ALL}:start`, { scopes: WRITE, input: BODIES.start }, (call) =>
    view(
      call,
      startApproval(call.world, driveViewer(call), call.params.fileId, (call.input ?? {}) as ApprovalInput),
    ),
  ),
  act('approve', (call) => respond(...at(call), 'APPROVED', said(call))),
  act('decline', (call) => respond(...at(call), 'DECLINED', said(call))),
  act('cancel', (call) => cancelApproval(...at(call), said(call))),
  act('comment', (call) => commentOn(...at(call), said(call))),
  act('reassign', (call) => reassign(...at(call), (call.input ?? {}) as Reassignment)),
];

const at = (call: ApprovalCall) =>
  [call.world, driveViewer(call), call.params.fileId, call.params.approvalId] as const;
const said = ({ input }: ApprovalCall): string | undefined =>
  (input as { message?: string } | undefined)?.message;

function view(call: ApprovalCall, row: Approval): Record<string, unknown> {
  const user = (email: string) => userView(call.world, driveViewer(call), email);
  return {
    kind: 'drive#approval',
    approvalId: row.approvalId,
    targetFileId: row.fileId,
    createTime: row.createTime,
    modifyTime: row.modifyTime,
    ...(row.completeTime ? { completeTime: row.completeTime } : {}),
    ...(row.dueTime ? { dueTime: row.dueTime } : {}),
    status: row.status,
    initiator: user(row.initiator),
    fileContentChangeBehavior: row.fileContentChangeBehavior,
    reviewerResponses: row.reviewers.map(({ email, response }) => ({
      kind: 'drive#reviewerResponse',
      reviewer: user(email),
      response,
    })),
  };
}

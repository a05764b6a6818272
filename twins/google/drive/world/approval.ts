/** Approvals of files: who is to say yes, and what they have said. */
import { sortable, table } from '../../../../src/table.ts';

export type ApprovalStatus = 'IN_PROGRESS' | 'APPROVED' | 'CANCELLED' | 'DECLINED';
export type ReviewerAnswer = 'NO_RESPONSE' | 'APPROVED' | 'DECLINED';

/** Vendor shape less what a view computes; people are e-mails. */
export interface Approval {
  fileId: string;
  approvalId: string;
  nth: number;
  status: ApprovalStatus;
  initiator: string;
  reviewers: { email: string; response: ReviewerAnswer }[];
  createTime: string;
  modifyTime: string;
  completeTime?: string;
  dueTime?: string;
  fileContentChangeBehavior: 'RESET_APPROVAL' | 'NO_APPROVAL_ACTION';
  /** It has locked the file, which an end without a yes opens again. */
  locks: boolean;
  /** What was said with each step. */
  log: { by: string; at: string; did: string; message?: string }[];
}

export const approvals = table<Approval>({
  name: 'google.approvals',
  key: (row) => `${row.fileId}/${row.approvalId}`,
  indexes: {
    file: (row) => `${row.fileId}/${sortable(row.nth)}`,
    open: (row) => (row.status === 'IN_PROGRESS' ? row.fileId : undefined),
  },
});

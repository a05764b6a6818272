/** Wishes of people to be let into a file. https://developers.google.com/workspace/drive/api/guides/pending-access */
import { table } from '../../../../src/table.ts';

/** Vendor shape. */
export interface AccessProposal {
  fileId: string;
  proposalId: string;
  requesterEmailAddress: string;
  recipientEmailAddress: string;
  rolesAndViews: { role: 'writer' | 'commenter' | 'reader'; view?: 'published' }[];
  requestMessage?: string;
  createTime: string;
}

export const accessProposals = table<AccessProposal>({
  name: 'google.accessProposals',
  key: (row) => `${row.fileId}/${row.proposalId}`,
});

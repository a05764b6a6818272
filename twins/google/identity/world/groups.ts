/** Groups of the domain: addresses that stand for several people when something is shared with them. */
import { table } from '../../../../src/table.ts';

/** Directory shape, with what Drive knows it by. */
export interface Group {
  email: string;
  name: string;
  /** E-mails of people and of other groups. */
  members: string[];
  /** Drive's name for it in permissions: 20 digits. */
  permissionId: string;
}

export const groups = table<Group>({
  name: 'google.groups',
  key: (row) => row.email.toLowerCase(),
  indexes: { member: (row) => row.members.map((one) => one.toLowerCase()) },
});

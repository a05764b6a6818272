/** Mails that Google sends to people about files: remembered, as nothing leaves the universe. */
import { sortable, table } from '../../../../src/table.ts';

export interface Letter {
  id: number;
  /** E-mail, lower case. */
  to: string;
  /** E-mail of who shared, commented or asked. */
  from: string;
  subject: string;
  text: string;
  fileId: string;
  at: number;
}

export const letters = table<Letter>({
  name: 'google.letters',
  key: (row) => sortable(row.id),
  indexes: { to: (row) => row.to },
});

/** Rows of an org that people change in their own account settings. */
import { table } from '../../../src/table.ts';
import type { AccountEmail } from '../model/myAccount/email.ts';

export const accountEmails = table<AccountEmail>({
  name: 'okta.accountEmails',
  secret: true,
  key: (row) => `${row.userId}/${row.id}`,
});

/** Every table here. */
export const ACCOUNT_TABLES = [accountEmails];

/** How much space each person of the domain has, where a world says it. */
import { table } from '../../../../src/table.ts';

export interface StorageLimit {
  id: 'limit';
  /** Of each account. */
  bytes: number;
}

export const storageLimits = table<StorageLimit>({ name: 'google.storageLimits', key: (row) => row.id });

/** Rows of an org that tell how users and groups stand to each other, and where they came from. */
import { table } from '../../../src/table.ts';
import type { LinkedValue } from '../model/linkedObject.ts';
import type { UniqueValue } from '../model/uniqueValue.ts';
import type { UserClassification } from '../model/userClassification.ts';

export const linkedValues = table<LinkedValue>({
  name: 'okta.linkedValues',
  key: (row) => `${row.name}/${row.associatedId}`,
  indexes: {
    primary: (row) => `${row.name}/${row.primaryId}`,
    user: (row) => [row.associatedId, row.primaryId],
  },
});

export const userClassifications = table<UserClassification>({
  name: 'okta.userClassifications',
  key: (row) => row.userId,
});

export const uniqueValues = table<UniqueValue>({
  name: 'okta.uniqueValues',
  key: (row) => row.id,
  indexes: { owner: (row) => row.ownerId },
});

/** Every table here. */
export const DIRECTORY_TABLES = [linkedValues, userClassifications, uniqueValues];

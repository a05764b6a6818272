/** Rows of an org that tell how users and groups stand to each other, and where they came from. */
import { table } from '../../../src/table.ts';
import type { LinkedObject, LinkedValue } from '../model/people/linkedObject.ts';
import type { UiSchema } from '../model/people/uiSchema.ts';
import type { UniqueValue } from '../model/people/uniqueValue.ts';
import type { UserClassification } from '../model/people/userClassification.ts';

export const linkedObjects = table<LinkedObject>({
  name: 'okta.linkedObjects',
  key: (row) => row.primary.name,
  indexes: { side: (row) => [row.primary.name, row.associated.name] },
});

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

export const uiSchemas = table<UiSchema>({ name: 'okta.uiSchemas', key: (row) => row.id });

/** Every table here. */
export const DIRECTORY_TABLES = [linkedObjects, linkedValues, userClassifications, uniqueValues, uiSchemas];

/** Channels by which programs hear of changes. https://developers.google.com/workspace/drive/api/guides/push */
import { sortable, table } from '../../../../src/table.ts';

export interface Channel {
  id: string;
  resourceId: string;
  resourceUri: string;
  /** Who watches, by which app. */
  email: string;
  app: string;
  appOnly: boolean;
  appData: boolean;
  appDataOnly: boolean;
  /** The file that is watched; absent: a list of changes. */
  fileId?: string;
  /** Names in the log of changes whose changes are told of. */
  who: string[];
  restrictToMyDrive: boolean;
  includeRemoved: boolean;
  address: string;
  token?: string;
  payload: boolean;
  /** Universe milliseconds. */
  expiresAt: number;
  /** Messages sent so far. */
  messages: number;
}

export const channels = table<Channel>({
  name: 'google.channels',
  key: (row) => row.id,
  indexes: {
    fileId: (row) => row.fileId,
    who: (row) => row.who,
    expiresAt: (row) => sortable(row.expiresAt),
  },
});

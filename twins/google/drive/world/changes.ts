/** The log of changes, in which each file and shared drive has one place: its newest change. */
import { sortable, table } from '../../../../src/table.ts';

/** `who` is an e-mail (lower case), `*` and an e-mail for items of shared drives, or the id of a shared drive. */
export interface Change {
  seq: number;
  /** The id of the file or shared drive. */
  fileId: string;
  kind: 'file' | 'drive';
  time: string;
  removed: boolean;
  driveId?: string;
  /** The app that made the file: others that reach only their own files hear nothing of it. */
  appId?: string;
  /** In whose lists it stands now. */
  seenBy: string[];
  /** Out of whose lists it went, and when: they hear no more of it. */
  left: { who: string; seq: number; time: string }[];
}

/** Parts who reads from the number of a change in an index key. */
const PART = '\u0002';

export const changes = table<Change>({
  name: 'google.changes',
  key: (row) => row.fileId,
  indexes: {
    seen: (row) => [
      ...row.seenBy.map((who) => changeKey(who, row.seq)),
      ...row.left.map(({ who, seq }) => changeKey(who, seq)),
    ],
  },
});

/** Where a change stands in the list of one who reads. */
export const changeKey = (who: string, seq: number): string => `${who}${PART}${sortable(seq)}`;

/** Under whom lists hold a file. */
import type { FileRow } from '../world.ts';

/** E-mails, lower case, that a file is shared with by name. */
export const sharedWith = (row: Pick<FileRow, 'permissions'>): string[] => [
  ...new Set(row.permissions.flatMap((one) => (one.emailAddress ? [one.emailAddress.toLowerCase()] : []))),
];

/** Whose lists hold a file: people, and for an app's hidden folder the person with the app. */
export const seers = (row: FileRow): string[] =>
  row.space ? [appDataSeer(row.owner ?? '', row.appId)] : sharedWith(row);

export const appDataSeer = (email: string, app: string): string => `${email.toLowerCase()}\u0003${app}`;

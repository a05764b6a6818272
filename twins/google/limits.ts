/** Google's limits that the twin keeps, with their units and where they are written down. */

/** https://developers.google.com/workspace/drive/api/reference/rest/v3/files/list */
export const FILES_PAGE_DEFAULT = 100;
export const FILES_PAGE_MAX = 1_000;
export const DRIVES_PAGE_DEFAULT = 10;
export const DRIVES_PAGE_MAX = 100;
/** Milliseconds between two edits by one person that still are one revision. */
export const EDIT_SESSION_MS = 10 * 60_000;
/** Revisions listed of an editors' file; older ones are left out. */
export const EDIT_REVISIONS_MAX = 200;
/** https://developers.google.com/workspace/drive/api/guides/manage-revisions: when those that nobody keeps go. */
export const REVISION_MS_KEPT = 30 * 24 * 3_600_000;
export const REVISIONS_UNKEPT_MAX = 100;
export const PROPOSALS_PAGE_DEFAULT = 20;
export const PROPOSALS_PAGE_MAX = 100;
/** Characters of a comment, and replies to one. */
export const COMMENT_CHARS_MAX = 30_000;
export const REPLIES_MAX = 1_000;
/** Characters of a shared drive's name. */
export const DRIVE_NAME_CHARS_MAX = 255;
export const PERMISSIONS_PAGE_DEFAULT = 100;
export const PERMISSIONS_PAGE_MAX = 100;
export const COMMENTS_PAGE_DEFAULT = 20;
export const COMMENTS_PAGE_MAX = 100;
export const REVISIONS_PAGE_DEFAULT = 200;
export const REVISIONS_PAGE_MAX = 1_000;
export const CHANGES_PAGE_DEFAULT = 100;
export const CHANGES_PAGE_MAX = 1_000;

/** Bytes of one request. Drive takes 5 TB in parts; a universe lives in memory. */
export const BODY_BYTES_MAX = 20 * 1024 * 1024;
/** Parts of one batch, and how many of them are served: https://developers.google.com/workspace/drive/api/guides/performance */
export const BATCH_PARTS_MAX = 1_000;
export const BATCH_CALLS_MAX = 100;
/** Folders below one another: https://support.google.com/a/answer/7338880 */
export const FOLDER_DEPTH_MAX = 100;
/** Characters of a search expression. */
export const QUERY_CHARS_MAX = 8_192;
/** Levels of parentheses and `not` in a search expression. */
export const QUERY_DEPTH_MAX = 50;
/** Revisions kept of a file with binary content. */
export const REVISIONS_MAX = 200;
/** Milliseconds that a resumable upload waits for its bytes: a week. */
export const UPLOAD_MS_MAX = 7 * 24 * 3_600_000;

/** Milliseconds that temporary access may last: a year. https://developers.google.com/workspace/drive/api/guides/manage-sharing */
export const EXPIRATION_MS_MAX = 366 * 24 * 3_600_000;
/** Mails that are remembered. */
export const LETTERS_MAX = 10_000;
/** Those whose lists a file left that its place in the log of changes remembers. */
export const CHANGE_LEAVERS_MAX = 1_000;
/** https://developers.google.com/workspace/drive/api/guides/push: ids, tokens, and how long channels live. */
export const CHANNEL_ID_CHARS_MAX = 64;
export const CHANNEL_TOKEN_CHARS_MAX = 256;
export const CHANNEL_MS_DEFAULT = 3_600_000;
export const FILE_CHANNEL_MS_MAX = 24 * 3_600_000;
export const CHANGES_CHANNEL_MS_MAX = 7 * 24 * 3_600_000;
/** Milliseconds that a receiver may take, and until the 2nd, 3rd … try. The guide says "exponential backoff". */
export const PUSH_TIMEOUT_MS = 10_000;
export const PUSH_RETRIES_MS = [1_000, 2_000, 4_000, 8_000, 16_000, 32_000] as const;

/** Seconds that an access token lives. */
export const ACCESS_TOKEN_SECONDS = 3_599;
/** Seconds that an authorization code waits to be redeemed (RFC 6749 §4.1.2 allows ten minutes at most). */
export const AUTHORIZATION_CODE_SECONDS = 600;
/** Live refresh tokens of one client for one account: https://developers.google.com/identity/protocols/oauth2#expiration */
export const REFRESH_TOKENS_MAX = 100;
/** Seconds that a device's code waits for a person, and between two of the device's questions. */
export const DEVICE_CODE_SECONDS = 1_800;
export const DEVICE_POLL_SECONDS = 5;
/** Seconds between `iat` and `exp` of a service account's assertion: an hour. */
export const ASSERTION_SECONDS_MAX = 3_600;
/** Seconds that clocks may differ. */
export const CLOCK_SKEW_SECONDS = 300;

/** https://support.google.com/drive/answer/37603 */
export const SPREADSHEET_CELLS_MAX = 10_000_000;
export const SHEET_COLUMNS_MAX = 18_278;
export const CELL_CHARS_MAX = 50_000;
export const SHEETS_MAX = 200;
/** Characters of developer metadata of a sheet, or of a spreadsheet: .../sheets/api/guides/metadata#limits */
export const METADATA_CHARS_MAX = 30_000;
/** Requests of one `batchUpdate`; the vendor bounds the body only. */
export const BATCH_REQUESTS_MAX = 10_000;
/** Steps (cells read, parts computed) that one formula may take before it shows an error. */
export const FORMULA_STEPS_MAX = 10_000_000;
/** Rounds of formulas that depend on themselves: https://support.google.com/docs/answer/58515 */
export const ITERATIONS_MAX = 10_000;
/** Cells of spreadsheets whose formulas are kept computed, in all universes of a process; some 200 bytes each. */
export const BOOK_CELLS_MAX = 2_000_000;
export const FORMULA_DEPTH_MAX = 100;
/** Cells of an array that a function makes of numbers alone (`SEQUENCE`); a grid shows no more. */
export const ARRAY_CELLS_MAX = 2_000_000;
/** Rounds of a function that counts one by one: periods of a loan, draws of an urn. */
export const FUNCTION_ROUNDS_MAX = 1_000_000;
/** Rows of a matrix that is inverted or whose determinant is asked for. */
export const MATRIX_ROWS_MAX = 400;
/** Words and signs of a query, and brackets within each other. */
export const SHEET_QUERY_TOKENS_MAX = 4_000;
export const SHEET_QUERY_DEPTH_MAX = 100;

/** Revisions of a document against which one may still write (`targetRevisionId`). */
export const DOCUMENT_REVISIONS_MAX = 100;
/** Characters of a document. */
export const DOCUMENT_CHARS_MAX = 1_020_000;

/** Bytes of one file inside of an archive that is converted. */
export const UNPACKED_BYTES_MAX = 50 * 1024 * 1024;
/** Milliseconds that something lies in the trash before it goes. https://support.google.com/drive/answer/2375102 */
export const TRASH_MS_MAX = 30 * 24 * 3_600_000;
/** Custom properties: bytes of key and value, how many for all, of one app, in all. */
export const PROPERTY_BYTES_MAX = 124;
export const PROPERTIES_PUBLIC_MAX = 30;
export const PROPERTIES_APP_MAX = 30;
export const PROPERTIES_MAX = 100;
/** Bytes of the text that an app gives to find a file by. */
export const INDEXABLE_TEXT_BYTES_MAX = 128 * 1024;
/** Bytes of a file's text that are searched. */
export const TEXT_BYTES_SEARCHED_MAX = 1024 * 1024;
/** Bytes of a thumbnail that an app gives. */
export const THUMBNAIL_BYTES_MAX = 2 * 1024 * 1024;
/** Parts of a resumable upload but the last are multiples of this many bytes. */
export const UPLOAD_CHUNK_BYTES = 256 * 1024;
/** Values of a label's field that holds several. https://developers.google.com/workspace/drive/labels/reference/rest/v2/labels */
export const LABEL_VALUES_MAX = 10;
export const LABELS_PAGE_MAX = 100;
/** Characters (UTF-16) of a post on a cell, and of an assignee's address. */
export const COMMENT_POST_UNITS_MAX = 2_048;
/** Reviewers of one approval. */
export const APPROVAL_REVIEWERS_MAX = 100;
export const APPROVALS_PAGE_MAX = 100;
/** Milliseconds that a download that was asked for is there: a day; and how many of them. */
export const DOWNLOAD_MS_MAX = 24 * 3_600_000;
export const DOWNLOADS_MAX = 1_000;

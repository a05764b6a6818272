/**
 * Slack's documented limits, with units. https://docs.slack.dev/apis/web-api/ and the pages of each method.
 */

/** Longer texts are cut (chat.postMessage, "Truncating content"). */
export const MESSAGE_TEXT_CHARS_MAX = 40_000;
export const MESSAGE_BLOCKS_MAX = 50;
export const VIEW_BLOCKS_MAX = 100;
export const VIEW_BYTES_MAX = 250_000;
export const ATTACHMENTS_MAX = 100;
export const CHANNEL_NAME_CHARS_MAX = 80;
export const TOPIC_CHARS_MAX = 250;
export const INVITES_MAX = 1_000;
/** People in a group direct message besides the one who opens it. */
export const GROUP_DM_OTHERS_MAX = 8;
export const REACTIONS_PER_MESSAGE_MAX = 50;
export const PINS_PER_CHANNEL_MAX = 100;
/** A trigger may be exchanged for a view during this time. */
export const TRIGGER_MS = 3_000;
export const RESPONSE_URL_MS = 30 * 60_000;
export const RESPONSE_URL_USES_MAX = 5;
/** Views that may lie on one another. */
export const VIEW_STACK_MAX = 3;
/** Slack waits so long for an app to answer an event or an interaction. */
export const DELIVERY_TIMEOUT_MS = 3_000;
/** After the first attempt: nearly at once, after a minute, after five. */
export const EVENT_RETRIES_MS: readonly number[] = [0, 60_000, 300_000];
export const SCHEDULE_AHEAD_SECONDS_MAX = 120 * 24 * 3_600;
/** Users shown under `reply_users` of a thread's root. */
export const REPLY_USERS_SHOWN_MAX = 5;
/** Unread messages are counted no further. */
export const UNREAD_COUNT_MAX = 1_000;
export const BODY_BYTES_MAX = 16 * 1024 * 1024;
export const FILE_BYTES_MAX = 8 * 1024 * 1024;
export const FILES_PER_COMPLETION_MAX = 100;
export const LIST_LIMIT_MAX = 1_000;
export const HISTORY_LIMIT_MAX = 999;

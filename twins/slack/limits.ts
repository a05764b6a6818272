/**
 * Slack's documented limits, with units. https://docs.slack.dev/apis/web-api/ and the pages of each method.
 */

/** Longer texts are cut (chat.postMessage, "Truncating content"). */
export const MESSAGE_TEXT_CHARS_MAX = 40_000;
/** `chat.update` refuses longer texts. */
export const UPDATED_TEXT_CHARS_MAX = 4_000;
/** Standard Markdown of one message: `markdown_text` and all `markdown` blocks. */
export const MARKDOWN_CHARS_MAX = 12_000;
export const MESSAGE_BLOCKS_MAX = 50;
/** All texts of a message's blocks together. Slack gives no number; between 13,000 and 15,000 it refuses. */
export const MESSAGE_BLOCKS_CHARS_MAX = 13_200;
/** A streamed message to which nothing is added for so long is written no further. */
export const MESSAGE_STREAM_IDLE_MS = 5 * 60_000;
/** Slack gives no number for `metadata_too_large`. */
export const METADATA_BYTES_MAX = 16_384;
export const VIEW_BLOCKS_MAX = 100;
export const VIEW_BYTES_MAX = 250_000;
export const ATTACHMENTS_MAX = 100;
export const CHANNEL_NAME_CHARS_MAX = 80;
export const TOPIC_CHARS_MAX = 250;
/** People whom one call may invite. https://docs.slack.dev/reference/methods/conversations.invite */
export const INVITES_MAX = 100;
/** People in a group direct message besides the one who opens it. */
export const GROUP_DM_OTHERS_MAX = 8;
export const STATUS_TEXT_CHARS_MAX = 100;
export const DISPLAY_NAME_CHARS_MAX = 80;
/** Fields of its own that a workspace may have, and that one call may set. */
export const PROFILE_FIELDS_MAX = 50;
export const PHOTO_BYTES_MAX = 8 * 1024 * 1024;
/** Pixels. */
export const PHOTO_SIDE_MAX = 8_192;
/** People whose row `users.list` gives at once where no `limit` is said; larger workspaces have to say one. */
export const USERS_WHOLE_MAX = 10_000;
/** Ids that one `migration.exchange` may ask about. */
export const EXCHANGED_USERS_MAX = 400;
export const GROUP_NAME_CHARS_MAX = 80;
export const GROUP_HANDLE_CHARS_MAX = 21;
export const GROUP_DESCRIPTION_CHARS_MAX = 140;
/** Minutes: no snooze is longer than a month. */
export const SNOOZE_MINUTES_MAX = 43_200;
export const DND_USERS_MAX = 50;
/** Emoji of its own that a workspace may have. */
export const EMOJI_MAX = 10_000;
/** Seconds: reminders lie at most five years ahead. */
export const REMINDER_AHEAD_SECONDS_MAX = 5 * 366 * 24 * 3_600;
/** What is gone by longer than so many seconds was not meant as a time. */
export const REMINDER_AGE_SECONDS_MAX = 10 * 366 * 24 * 3_600;
/** Companies that one channel may be shared with. https://docs.slack.dev/apis/slack-connect */
export const CONNECTIONS_PER_CHANNEL_MAX = 250;
/** An invitation to share a channel is good so long. */
export const CONNECT_INVITE_SECONDS = 14 * 24 * 3_600;
export const CONNECT_MESSAGE_CHARS_MAX = 560;
/** Pages of the older style that may be turned to. */
export const COUNTED_PAGES_MAX = 100;
/** Different emoji under one message, and those of one person among them. */
export const REACTIONS_PER_MESSAGE_MAX = 50;
export const REACTIONS_PER_PERSON_MAX = 23;
export const PINS_PER_CHANNEL_MAX = 100;
export const BOOKMARKS_PER_CHANNEL_MAX = 100;
export const BOOKMARK_TITLE_CHARS_MAX = 256;
export const BOOKMARK_LINK_CHARS_MAX = 2_048;
/** An assistant's status goes when nothing was said for so long. https://docs.slack.dev/reference/methods/assistant.threads.setStatus */
export const ASSISTANT_STATUS_MS = 2 * 60_000;
export const LOADING_MESSAGES_MAX = 10;
export const LOADING_MESSAGE_CHARS_MAX = 50;
export const SUGGESTED_PROMPTS_MAX = 4;
export const SESSION_TITLE_CHARS_MAX = 200;
/** https://docs.slack.dev/legacy/legacy-dialogs */
export const DIALOG_ELEMENTS_MAX = 10;
export const DIALOG_OPTIONS_MAX = 100;
/** A trigger may be exchanged for a view during this time. */
export const TRIGGER_MS = 3_000;
/** Options shown of those that an app suggests. https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element */
export const SUGGESTED_OPTIONS_MAX = 100;
/** Characters from which on an external menu asks its app, unless it says otherwise. */
export const SUGGESTION_CHARS_MIN = 3;
export const RESPONSE_URL_MS = 30 * 60_000;
export const RESPONSE_URL_USES_MAX = 5;
/** Views that may lie on one another. */
export const VIEW_STACK_MAX = 3;
/** Slack waits so long for an app to answer an event or an interaction. */
export const DELIVERY_TIMEOUT_MS = 3_000;
/** After the first attempt: nearly at once, after a minute, after five. */
export const EVENT_RETRIES_MS: readonly number[] = [0, 60_000, 300_000];
/** Events that one app is sent of one workspace in sixty minutes. https://docs.slack.dev/apis/events-api/#rate-limiting */
export const EVENTS_PER_HOUR_MAX = 30_000;
/** Where more than this share of an hour's attempts failed, Slack sends an app no more events. */
export const EVENT_FAILURES_SHARE_MAX = 0.95;
/** Fewer events an hour than this, and an app may fail all of them. */
export const EVENTS_PER_HOUR_FORGIVEN = 1_000;
/** Users whose presence one connection may want to hear of. https://docs.slack.dev/apis/web-api/user-presence-and-status */
export const STREAM_SUBSCRIPTIONS_MAX = 500;
/** A Socket Mode address is good so long for one connection. */
export const LINK_TICKET_MS = 30_000;
/** Addresses of one app that wait to be used; past it, the oldest is good no more. */
export const LINK_TICKETS_MAX = 100;
export const LINKS_PER_APP_MAX = 10;
/** Slack says `approximate_connection_time` in seconds, and gives a short one to who asks for `debug_reconnects`. */
export const LINK_SECONDS = 18_060;
export const LINK_SECONDS_DEBUG = 360;
/** So long before the end comes the warning. */
export const LINK_WARNING_MS = 10_000;
export const SCHEDULE_AHEAD_SECONDS_MAX = 120 * 24 * 3_600;
/** Messages that may be scheduled in a channel within five minutes. https://docs.slack.dev/reference/methods/chat.scheduleMessage#restrictions */
export const SCHEDULED_PER_WINDOW_MAX = 30;
export const SCHEDULED_WINDOW_SECONDS = 300;
/** What is to be sent within a minute cannot be taken back. */
export const SCHEDULED_FIRM_SECONDS = 60;
/** Users shown under `reply_users` of a thread's root. */
export const REPLY_USERS_SHOWN_MAX = 5;
/** Unread messages are counted no further. */
export const UNREAD_COUNT_MAX = 1_000;
export const BODY_BYTES_MAX = 16 * 1024 * 1024;
export const FILE_BYTES_MAX = 8 * 1024 * 1024;
/** Slack finds out what an uploaded file is after so long. */
export const FILE_PROCESSING_MS = 1_000;
export const FILES_PER_COMPLETION_MAX = 100;
export const FILES_LIST_COUNT_MAX = 1_000;
/** Conversations that one completed upload is shared in. https://docs.slack.dev/reference/methods/files.completeUploadExternal */
export const FILE_SHARES_MAX = 100;
export const ALT_TEXT_CHARS_MAX = 1_000;
export const SNIPPET_BYTES_MAX = 1024 * 1024;
/** How much of a snippet `files.info` shows. */
export const SNIPPET_SHOWN_BYTES_MAX = 65_536;
export const SNIPPET_PREVIEW_LINES_MAX = 5;
export const SNIPPET_PREVIEW_CHARS_MAX = 1_000;
/** https://docs.slack.dev/reference/methods/canvases.create */
export const CANVAS_CHARS_MAX = 1_048_576;
/** Lists: https://docs.slack.dev/surfaces/lists and `list_limits` of slackLists.items.info */
export const LIST_ROWS_MAX = 1_000;
export const LIST_COLUMNS_MAX = 30;
export const LIST_VIEWS_MAX = 50;
export const LIST_CHOICES_MAX = 100;
export const LIST_CELL_VALUES_MAX = 50;
/** Cells that one call changes. */
export const LIST_CELLS_MAX = 100;
export const LIST_TITLE_CHARS_MAX = 255;
/** An export is ready after so long. */
export const LIST_EXPORT_MS = 1_000;
export const CALL_PARTICIPANTS_MAX = 1_000;
/** Featured workflows of a channel. https://docs.slack.dev/reference/methods/workflows.featured.set */
export const FEATURED_MAX = 15;
export const NAMED_ENTITIES_MAX = 100;
export const REMOTE_TITLE_CHARS_MAX = 255;
export const EXTERNAL_ID_CHARS_MAX = 255;
export const LIST_LIMIT_MAX = 1_000;
export const HISTORY_LIMIT_MAX = 999;
/** So long a profile says that somebody is in a huddle, unless they leave it. */
export const HUDDLE_SHOWN_SECONDS = 8 * 3_600;
/** https://docs.slack.dev/changelog/2025/05/29/rate-limit-changes-for-non-marketplace-apps */
export const NON_MARKETPLACE_LIMIT_MAX = 15;
/** Matches on a page of a search. https://docs.slack.dev/reference/methods/search.messages */
export const SEARCH_COUNT_DEFAULT = 20;
export const SEARCH_COUNT_MAX = 100;
export const SEARCH_PAGE_MAX = 100;
/** Terms of a query that are heeded. */
export const SEARCH_TERMS_MAX = 50;
/** https://docs.slack.dev/reference/methods/assistant.search.context */
export const SEARCH_CONTEXT_MAX = 20;
export const QUERY_CHARS_MAX = 1_000;
/** Messages shown before and behind a match. */
export const CONTEXT_MESSAGES = 2;
/** Words of a question that are searched one by one. */
export const QUESTION_WORDS_MAX = 10;
/** Messages that one search counts one by one, and of how many it looks at where there are more: then the total is an estimate. */
export const SEARCH_COUNTED_MAX = 1_000;
export const SEARCH_SAMPLED = 150;
/** An OAuth code may be exchanged so long. https://docs.slack.dev/authentication/installing-with-oauth */
export const OAUTH_CODE_MS = 10 * 60_000;
/** Codes that wait to be exchanged; past it, the oldest is good no more. */
export const OAUTH_CODES_MAX = 1_000;
/** https://docs.slack.dev/authentication/using-token-rotation */
export const ROTATING_TOKEN_MS = 12 * 3_600_000;
/** Expiring tokens of one installation that are good at a time. */
export const ROTATING_TOKENS_MAX = 2;
/** https://docs.slack.dev/authentication/using-pkce */
export const PKCE_REFRESH_TOKEN_MS = 30 * 24 * 3_600_000;
/** How long an ID token may be believed. */
export const ID_TOKEN_SECONDS = 300;
/** People and channels that a consent page offers by name. */
export const CONSENT_CHOICES_MAX = 200;
/** Pixels. https://docs.slack.dev/reference/methods/apps.icon.set */
export const ICON_SIDE_MIN = 512;
export const ICON_SIDE_MAX = 2_000;
/** Apps of a workspace, deleted ones with them; a bound of this twin's own. */
export const OWN_APPS_MAX = 2_000;
export const WEBHOOKS_PER_APP_MAX = 1_000;
/** Items of one bulk call. https://docs.slack.dev/reference/methods/apps.datastore.bulkPut */
export const DATASTORE_BULK_MAX = 25;
/** As DynamoDB has it, on which datastores stand. */
export const DATASTORE_ITEM_BYTES_MAX = 400 * 1024;
export const EXPRESSION_CHARS_MAX = 4_096;
/** Lines of an app's log that are kept. */
export const ACTIVITIES_PER_APP_MAX = 1_000;

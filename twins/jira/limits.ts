/** Jira's limits, with units; from its documentation where not said otherwise. */

export const BODY_BYTES_MAX = 10 * 1024 * 1024;
export const SUMMARY_CHARS_MAX = 255;
export const TEXT_CHARS_MAX = 32_767;
export const LABEL_CHARS_MAX = 255;
export const GROUP_NAME_CHARS_MAX = 255;
export const ROLE_NAME_CHARS_MAX = 255;
export const SECURITY_NAME_CHARS_MAX = 60;
export const SECURITY_DESCRIPTION_CHARS_MAX = 255;
export const LEVEL_NAME_CHARS_MAX = 255;
export const LEVEL_DESCRIPTION_CHARS_MAX = 4_000;
/** Levels, or members of a level, that one request may add. */
export const LEVELS_PER_REQUEST_MAX = 100;
export const PREFERENCE_CHARS_MAX = 255;
/** Characters of a structured query for people, and brackets within brackets; guards of ours. */
export const USER_QUERY_CHARS_MAX = 10_000;
export const USER_QUERY_DEPTH_MAX = 50;
/** Projects, and issues, that one check of permissions may name. */
export const PERMISSION_PLACES_MAX = 1_000;
/** Grants of one permission scheme; a guard of ours, far above what schemes have. */
export const GRANTS_MAX = 2_000;
/** Labels, components, versions on one issue; a guard of ours, far above what projects use. */
export const FIELD_VALUES_MAX = 1_000;
export const COMMENTS_PER_ISSUE_MAX = 5_000;
export const WORKLOGS_PER_ISSUE_MAX = 10_000;
export const ATTACHMENTS_PER_ISSUE_MAX = 2_000;
export const ATTACHMENT_BYTES_MAX = 10 * 1024 * 1024;
export const LINKS_PER_ISSUE_MAX = 2_000;
export const PROPERTY_CHARS_MAX = 32_768;
export const PROPERTY_KEY_CHARS_MAX = 255;
/** A guard of ours; sites have a few hundred. */
export const CUSTOM_FIELDS_MAX = 2_000;
export const SHORT_TEXT_CHARS_MAX = 255;
export const FIELD_NAME_CHARS_MAX = 255;
export const CUSTOM_FIELD_DESCRIPTION_CHARS_MAX = 40_000;
/** How long a field stays in the trash. */
export const TRASHED_FIELD_DAYS = 60;
export const CONTEXT_NAME_CHARS_MAX = 255;
/** A guard of ours. */
export const CONTEXTS_PER_FIELD_MAX = 1_000;
export const SCHEME_NAME_CHARS_MAX = 255;
export const ASSOCIATED_FIELDS_MAX = 50;
export const ASSOCIATED_PROJECTS_MAX = 100;
export const FIELD_SCHEME_DESCRIPTION_CHARS_MAX = 1_024;
/** Fields that one change of a field configuration may name; a guard of ours. */
export const FIELD_CONFIGURATION_ITEMS_MAX = 2_000;
/** Guards of ours. */
export const TABS_PER_SCREEN_MAX = 100;
export const OPTION_CHARS_MAX = 255;
export const OPTIONS_PER_REQUEST_MAX = 1_000;
export const APP_OPTION_SCOPES_MAX = 10_000;
/** What an app keeps about its field in one context; a guard of ours. */
export const APP_CONFIGURATION_CHARS_MAX = 32_768;
/** Values that an app writes at once; a guard of ours. */
export const APP_VALUES_MAX = 1_000;
export const OPTIONS_PER_FIELD_MAX = 10_000;
export const ISSUES_PER_BULK_MAX = 50;
export const ISSUES_PER_BULK_FETCH_MAX = 100;
export const SEARCH_PAGE_DEFAULT = 50;
export const SEARCH_PAGE_MAX = 5_000;
/** Characters of a query; a guard of ours against queries that take seconds to parse. */
export const JQL_CHARS_MAX = 50_000;
/** Brackets within brackets; a guard of ours for the recursive parser. */
export const JQL_DEPTH_MAX = 100;
/** Parsed queries that are kept for the next caller. */
export const JQL_CACHE_MAX = 200;
/** Rich text within rich text; a guard of ours for everything that walks a document. */
export const ADF_DEPTH_MAX = 50;
export const SECONDS_PER_HOUR = 3_600;
/** Jira's working day and week, by which durations are written and read. */
export const HOURS_PER_DAY = 8;
export const DAYS_PER_WEEK = 5;
/** Audit records that a site keeps; a guard of ours. */
export const AUDIT_RECORDS_MAX = 10_000;
/** How long a task takes where its work says nothing else. */
export const TASK_MS = 500;
/** How long a task that has ended is told of. */
export const TASK_KEPT_MS = 14 * 86_400_000;
/** A delivery's time to be answered. */
export const WEBHOOK_TIMEOUT_MS = 20_000;
/** Waits before the second to the sixth try; the vendor draws them, up to half an hour in all. */
export const WEBHOOK_RETRIES_MS: readonly number[] = [60_000, 120_000, 240_000, 480_000, 900_000];
export const FAILED_WEBHOOKS_KEPT_MS = 72 * 3_600_000;
/** A guard of ours: the vendor names only the time. */
export const FAILED_WEBHOOKS_KEPT_MAX = 500;
/** Webhooks of administrators on one site. */
export const ADMIN_WEBHOOKS_MAX = 100;
export const WEBHOOKS_PER_CONNECT_APP_MAX = 100;
/** For an OAuth app: so many per person. */
export const WEBHOOKS_PER_OAUTH_USER_MAX = 5;
export const WEBHOOK_LIFE_MS = 30 * 24 * 3_600_000;
/** Share permissions of one filter or dashboard; a guard of ours. */
export const SHARES_MAX = 100;
export const FILTER_NAME_CHARS_MAX = 255;
export const FILTER_COLUMNS_MAX = 200;
/** Ids that one search for filters or dashboards may name. */
export const FILTER_IDS_MAX = 200;
/** Issues of one bulk operation, and fields that one bulk edit may change. */
export const BULK_ISSUES_MAX = 1_000;
export const BULK_FIELDS_MAX = 200;
/** Bulk operations that a site has under way at once. */
export const BULK_RUNNING_MAX = 5;
export const BULK_PAGE = 50;
/** Changes that one answer about many issues tells of. */
export const CHANGELOG_PAGE_DEFAULT = 1_000;
export const CHANGELOG_PAGE_MAX = 10_000;
/** Names of versions, components, schemes, categories. */
export const NAME_CHARS_MAX = 255;
export const VERSION_DESCRIPTION_CHARS_MAX = 16_384;
/** Links of a version; a guard of ours. */
export const RELATED_WORKS_MAX = 100;
export const DASHBOARD_NAME_CHARS_MAX = 255;
export const DASHBOARDS_PER_BULK_MAX = 100;
export const DASHBOARD_COLUMNS_MAX = 3;
export const GADGETS_PER_DASHBOARD_MAX = 20;
export const GADGET_TITLE_CHARS_MAX = 255;
/** Characters of an application property; a guard of ours. */
export const SETTING_CHARS_MAX = 1_000;
export const WORKLOGS_PER_BULK_MAX = 5_000;
/** Issues that one call of the agile API may move. */
export const ISSUES_MOVED_MAX = 50;
/** Characters at which ranks are spread anew over all issues. */
export const RANK_CHARS_MAX = 128;
/** A board's name must be shorter. */
export const BOARD_NAME_CHARS = 255;
/** A sprint's name must be shorter. */
export const SPRINT_NAME_CHARS = 30;
/** Characters of a status's name; as much as Jira's database holds. */
export const STATUS_CHARS_MAX = 255;
/** Statuses in one call of the status API. */
export const STATUSES_PER_CALL_MAX = 50;
/** Workflows, and statuses of theirs, that one call makes or changes. */
export const WORKFLOWS_PER_CALL_MAX = 20;
export const WORKFLOW_STATUSES_PER_CALL_MAX = 1_000;
/** Workflows of a preview, by each way of naming them. */
export const PREVIEWS_PER_CALL_MAX = 25;
export const USAGES_PAGE_MAX = 200;
export const WORKFLOW_NAME_CHARS_MAX = 255;
/** Conditions within conditions; a guard of ours for what walks them. */
export const CONDITION_DEPTH_MAX = 10;
/** How long Jira keeps what a workflow was. */
export const WORKFLOW_HISTORY_DAYS = 60;
/** Issues that one request archives by id or key, and by a query. */
export const ARCHIVE_ISSUES_MAX = 1_000;
export const ARCHIVE_QUERY_MAX = 100_000;
/** How full a list of an issue is when it is said to come near its limit. */
export const NEAR_LIMIT = 0.9;
/** Issues and keys of one request that sets properties. */
export const PROPERTY_ISSUES_MAX = 10_000;
export const PROPERTY_KEYS_MAX = 10;
/** An authorization code's life. */
export const OAUTH_CODE_MS = 10 * 60_000;
/** A guard of ours. */
export const OAUTH_CODES_MAX = 1_000;
export const ACCESS_TOKEN_MS = 3_600_000;
/** A token that an app asks for by its own credentials. */
export const OWN_TOKEN_MS = 15 * 60_000;
/** A refresh token that nobody uses ends after so long. */
export const REFRESH_TOKEN_MS = 90 * 24 * 3_600_000;
/** How long a refresh token that was used may be used again. */
export const REFRESH_LEEWAY_MS = 10 * 60_000;
/** People that the consent page offers to choose from. */
export const CONSENT_CHOICES_MAX = 100;
/** A guard of ours. */
export const CONNECT_APPS_MAX = 200;
export const PROJECT_KEY_CHARS_MAX = 10;
export const PROJECT_NAME_CHARS_MAX = 80;
/** Days that a deleted project stays in the bin. */
export const PROJECT_BIN_DAYS = 60;
export const CATEGORY_DESCRIPTION_CHARS_MAX = 1_000;
export const RECENT_PROJECTS_MAX = 20;
/** Plans of a site, and teams of a plan; guards of ours. */
export const PLANS_MAX = 1_000;
export const PLAN_TEAMS_MAX = 100;
/** Issues of one page of a search that shows more than ids and keys. */
export const SEARCH_PAGE_FIELDS_MAX = 100;
/** Properties that a search shows of its issues. */
export const PROPERTIES_PER_SEARCH_MAX = 5;
/** Issues that a search may be asked to find as they are now. */
export const RECONCILED_ISSUES_MAX = 50;
/** Queries in one call of `/jql/parse` or `/jql/pdcleaner`; a guard of ours. */
export const PARSED_QUERIES_MAX = 100;
/** Queries and issues in one call of `/jql/match`. */
export const MATCHED_QUERIES_MAX = 1_000;
export const MATCHED_ISSUES_MAX = 1_000;
/** How long it takes until what a tool tells is there; a number of ours, the service says a short period of time. */
export const DEVOPS_DELAY_MS = 500;
/** Requests of tools that wait to be done; a guard of ours for clocks that stand still. */
export const DEVOPS_REQUESTS_MAX = 10_000;
/** Properties of what a tool tells. */
export const PROPERTIES_MAX = 5;
export const PROPERTY_TEXT_CHARS_MAX = 255;
export const WORKSPACES_PER_REQUEST_MAX = 100;
/** Commits, branches and pull requests of all repositories in one request. */
export const DEVELOPMENT_ENTITIES_MAX = 1_000;
/** Files of one upload. */
export const FILES_PER_UPLOAD_MAX = 60;
/** Entries of an archive that are read; a guard of ours. */
export const ZIP_ENTRIES_MAX = 10_000;
/** How long an address where a file can be fetched without signing in stays good. */
export const MEDIA_ADDRESS_MS = 600_000;
export const FILE_NAME_CHARS_MAX = 255;
/** Entries of an archive that an answer lists. */
export const ARCHIVE_ENTRIES_SHOWN = 100;
/** Mails that a site remembers; a guard of ours. */
export const MAILS_MAX = 10_000;
/** Redactions of one job; a guard of ours. */
export const REDACTIONS_MAX = 1_000;
export const APP_PROPERTY_KEY_CHARS_MAX = 127;
/** A guard of ours. */
export const APP_PROPERTIES_MAX = 1_000;
export const DYNAMIC_MODULES_MAX = 300;
/** Rules that one search of an app that moves to the cloud names. */
export const RULE_IDS_PER_SEARCH_MAX = 10;
/** Points of an app's requests in one hour, for all sites and people together. */
export const POINTS_PER_HOUR = 65_000;
/** Changes of one issue, whoever makes them. */
export const ISSUE_WRITES: readonly { limit: number; windowSeconds: number }[] = [
  { limit: 20, windowSeconds: 2 },
  { limit: 100, windowSeconds: 30 },
];
/** Ids in one call that orders a list. */
export const SEQUENCE_IDS_MAX = 1_000;
/** Names of priorities, resolutions, types of issue. */
export const SHORT_NAME_CHARS_MAX = 60;
/** Descriptions of priorities and resolutions. */
export const DESCRIPTION_CHARS_MAX = 255;
export const SCHEME_DESCRIPTION_CHARS_MAX = 4_000;
/** Rows of a list that is shown inside of an answer. */
export const EMBEDDED_ROWS_MAX = 50;
/** Closed sprints that the velocity chart shows. */
export const REPORTED_SPRINTS_MAX = 7;
export const NOTIFICATIONS_PER_CALL_MAX = 1_000;
/** A picture that people load, and how many of them a thing keeps; guards of ours. */
export const AVATAR_BYTES_MAX = 2 * 1024 * 1024;
export const AVATARS_PER_OWNER_MAX = 50;
/** Jira expressions: characters and leaves of one, and what evaluating it may cost and give. */
export const EXPRESSION_CHARS_MAX = 1_000;
export const EXPRESSION_LEAVES_MAX = 100;
export const EXPRESSION_STEPS_MAX = 10_000;
export const EXPRESSION_EXPENSIVE_MAX = 10;
export const EXPRESSION_BEANS_MAX = 1_000;
export const EXPRESSION_PRIMITIVES_MAX = 10_000;
/** Issues that a query puts into an expression's context. */
export const EXPRESSION_ISSUES_MAX = 1_000;
/** Expressions in one analysis; a guard of ours. */
export const EXPRESSIONS_ANALYSED_MAX = 100;
/** Characters of what names a remote link. */
export const REMOTE_LINK_CHARS_MAX = 255;
export const REMOTE_URL_CHARS_MAX = 2_000;
export const TEMPLATE_NAME_CHARS_MAX = 50;
export const TEMPLATE_DESCRIPTION_CHARS_MAX = 150;
/** Comments that are asked for by id at once. */
export const COMMENTS_PER_LIST_MAX = 1_000;

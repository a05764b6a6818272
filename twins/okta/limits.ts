/** Numbers that the vendor documents or shows in its headers, with their units in their names. */
import type { RateTier } from '../../src/twin.ts';

/** Request bodies. https://developer.okta.com/docs/reference/core-okta-api/#size-limits */
export const BODY_BYTES_MAX = 1_048_576;
export const LOGIN_CHARS_MIN = 5;
export const GROUP_NAME_CHARS_MAX = 255;
export const GROUP_DESCRIPTION_CHARS_MAX = 1_024;
export const PASSWORD_CHARS_MAX = 72;
/** A policy may forbid the last 30 passwords at most. */
export const PASSWORDS_KEPT_MAX = 30;
export const RECOVERY_ANSWER_CHARS_MIN = 4;
/** Terms in one search expression; a longer one is refused as the vendor refuses overly complex ones. */
export const SEARCH_TERMS_MAX = 200;
export const SEARCH_CHARS_MAX = 8_000;
/** https://developer.okta.com/docs/reference/system-log-query/ */
export const LOG_KEYWORDS_MAX = 10;
export const LOG_KEYWORD_CHARS_MAX = 40;
export const LOG_WINDOW_DEFAULT_MS = 7 * 86_400_000;
/** Days that the System Log is kept. */
export const LOG_KEPT_MS = 90 * 86_400_000;
/** https://developer.okta.com/docs/api/openapi/okta-management/management/tag/LinkedObject/ */
export const LINKED_OBJECTS_MAX = 200;
/** https://help.okta.com/oie/en-us/Content/Topics/identity-governance/group-owner.htm */
export const GROUP_OWNERS_MAX = 10;
/** The default one and nine more. */
export const USER_TYPES_MAX = 10;
/** https://developer.okta.com/docs/guides/anything-as-a-source/#bulk-load-requests */
export const IMPORT_UPLOADS_MAX = 50;
export const IMPORT_ENTRIES_MAX = 200;
export const IMPORT_UPLOAD_CHARS_MAX = 200_000;
/** How long a session for an import waits for data, and after which time the next one may begin. */
export const IMPORT_SESSION_IDLE_MS = 86_400_000;
export const IMPORT_SESSION_EVERY_MS = 5 * 60_000;
/** How long this org takes to import what was uploaded. */
export const IMPORT_LASTS_MS = 5_000;
export const EXTERNAL_USER_ID_CHARS_MAX = 512;
export const EXTERNAL_GROUP_ID_CHARS_MAX = 255;
/** Custom attributes of a user type, and of groups, that no two may share. */
export const UNIQUE_ATTRIBUTES_MAX = 5;
/** Hashes of passwords that may be imported; the most work is ours (Okta takes a factor of 20), so that one sign-in cannot hold up all. */
export const BCRYPT_WORK_FACTOR_MAX = 14;
export const PBKDF2_ITERATIONS_MIN = 4_096;
export const PBKDF2_ITERATIONS_MAX = 10_000_000;
export const GROUP_RULE_NAME_CHARS_MAX = 50;
export const GROUP_RULE_EXPRESSION_CHARS_MAX = 8_192;
/** https://developer.okta.com/docs/reference/api/authn/ */
export const SESSION_TOKEN_LASTS_MS = 5 * 60_000;
/** https://developer.okta.com/docs/api/openapi/okta-management/management/tag/UserFactor/ */
export const FACTOR_CODE_LASTS_MS = 5 * 60_000;
export const FACTOR_RESEND_AFTER_MS = 30_000;
/** How long the link of an activation mail is good. */
export const ACTIVATION_HOURS = 168;
/** https://developer.okta.com/docs/guides/custom-email/main/#caveats */
export const EMAIL_SUBJECT_CHARS_MAX = 128;
export const EMAIL_BODY_BYTES_MAX = 65_536;
/** A page of a brand: https://developer.okta.com/docs/guides/custom-widget/main/ */
export const PAGE_BYTES_MAX = 512_000;
/** Brands of an org besides none: https://developer.okta.com/docs/concepts/brands/ */
export const BRANDS_MAX = 200;
/** Mails, texts, calls and pushes that an org keeps to be read. */
export const OUTGOING_KEPT_MAX = 2_000;
/** How long a question waits on a phone, and a phone that has yet to scan its picture. */
export const PUSH_LASTS_MS = 5 * 60_000;
export const PUSH_ACTIVATION_LASTS_MS = 10 * 60_000;

/** How long a code by mail may be good for. */
export const EMAIL_MINUTES_MIN = 1;
export const EMAIL_MINUTES_MAX = 60;
/** Sign-ins that behaviour detection can look back at; its rules may use at most so many. */
export const SIGN_INS_REMEMBERED_MAX = 100;
/** https://help.okta.com/oie/en-us/content/topics/security/network/ip-zones.htm */
export const ZONE_NAME_CHARS_MAX = 128;
export const ZONE_ADDRESSES_MAX = 150;
export const ZONE_ADDRESSES_BLOCKED_MAX = 1_000;
export const ZONE_CHOICES_MAX = 75;
/** https://developer.okta.com/docs/api/openapi/okta-management/management/tag/Policy/ */
export const IDP_PROVIDERS_MAX = 10;
export const PROFILE_ATTRIBUTES_MAX = 10;

/** https://developer.okta.com/docs/reference/api/oidc/#tokens-and-claims */
export const AUTHORIZATION_CODE_LASTS_MS = 300_000;
export const ID_TOKEN_LASTS_SECONDS = 3_600;
export const ORG_ACCESS_TOKEN_MINUTES = 60;
export const ORG_REFRESH_TOKEN_MINUTES = 129_600;
export const DEVICE_CODE_LASTS_MS = 600_000;
export const DEVICE_POLL_SECONDS = 5;
export const PUSHED_REQUEST_LASTS_MS = 3_600_000;
/** A client's assertion may be good for an hour at most. */
export const ASSERTION_SECONDS_MAX = 3_600;
export const CLOCK_SKEW_SECONDS = 300;
/** https://developer.okta.com/docs/guides/dpop/ : a nonce is good for a day, and the one before it still taken. */
export const DPOP_NONCE_LASTS_MS = 86_400_000;
/** https://developer.okta.com/docs/api/openapi/okta-oauth/oauth/tag/OrgAS/#tag/OrgAS/operation/bcAuthorize */
export const BACKCHANNEL_SECONDS_MAX = 300;
export const BACKCHANNEL_POLL_SECONDS = 5;
export const BINDING_MESSAGE_CHARS_MAX = 100;
/** https://developer.okta.com/docs/guides/configure-direct-auth-grants/ */
export const DIRECT_SECONDS = 300;
export const DIRECT_POLL_SECONDS = 5;
/** How long somebody may take at an identity provider. */
export const PROVIDER_REQUEST_LASTS_MS = 600_000;
/** Key sets of other addresses: how long one is believed, how soon it is asked again, and how many are kept. */
export const KEY_SET_LASTS_MS = 3_600_000;
export const KEY_SET_FRESH_MS = 1_000;
export const KEY_SETS_KEPT_MAX = 200;
export const SIGNING_KEY_ROTATES_MS = 90 * 86_400_000;
/** https://developer.okta.com/docs/concepts/inline-hooks/ */
export const HOOK_URI_CHARS_MAX = 1_024;
export const HOOK_ANSWER_BYTES_MAX = 256 * 1_024;
export const HOOK_ASSERTION_SECONDS = 300;
/** Events that one call of an event hook tells of at most. */
export const HOOK_BATCH_EVENTS_MAX = 100;
/** Requests that an org answers at once. https://developer.okta.com/docs/reference/rl-additional-limits/ */
export const CONCURRENT_REQUESTS_MAX = 75;
/** The share of a bucket that tokens and apps have unless they were given another; `TIERS` are those shares. */
export const RATE_SHARE_PERCENT = 50;
/** https://developer.okta.com/docs/reference/rl-clientbased/ */
export const CLIENT_REQUESTS_PER_MINUTE = 60;
/** A verifier of RFC 7636, and what a state, nonce or redirect address may hold at most. */
export const CODE_VERIFIER_CHARS_MIN = 43;
export const CODE_VERIFIER_CHARS_MAX = 128;
export const OAUTH_TEXT_CHARS_MAX = 4_096;
/** Public keys of one client, and of the API behind an authorization server. */
export const CLIENT_KEYS_MAX = 50;
export const RESOURCE_KEYS_MAX = 5;
/** Dead rows of a table that one issue sweeps away, so that it stays bounded. */
export const SWEPT_MAX = 50;

/** https://developer.okta.com/docs/api/openapi/okta-management/management/tag/IdentityProviderSigningKeys/ */
export const CERTIFICATE_DAYS_MIN = 90;
/** https://developer.okta.com/docs/api/openapi/okta-management/management/tag/IdentityProviderUsers/ */
export const EXTERNAL_ID_CHARS_MAX = 512;

const perMinute = (limit: number): RateTier => ({ limit, windowSeconds: 60 });

/**
 * Requests per minute by bucket, as a workforce org shows them in `x-rate-limit-limit`. Many operations share one
 * bucket; reads of one user, deactivation and deletion have their own.
 */
export const TIERS: Readonly<Record<string, RateTier>> = {
  users: perMinute(300),
  user: perMinute(1_000),
  userDeactivate: perMinute(300),
  userDelete: perMinute(300),
  groups: perMinute(250),
  group: perMinute(500),
  apps: perMinute(50),
  app: perMinute(250),
  logs: perMinute(60),
  policies: perMinute(500),
  authorizationServers: perMinute(500),
  meta: perMinute(500),
  authn: perMinute(600),
  sessions: perMinute(750),
  token: perMinute(2_000),
  other: perMinute(1_200),
};

/** https://developer.okta.com/docs/reference/api/authn/#tokens : each step of a sign-in may take that long. */
export const SIGN_IN_STEP_LASTS_MS = 5 * 60_000;
export const ACTIVATION_TOKEN_LASTS_MS = 7 * 86_400_000;
export const RELAY_STATE_CHARS_MAX = 2_048;
export const DEVICE_TOKEN_CHARS_MAX = 32;
/** https://developer.okta.com/docs/api/openapi/okta-myaccount/myaccount/tag/Email/ */
export const EMAIL_CHALLENGE_LASTS_MS = 5 * 60_000;
/** A sign-in at the page, or by a program that draws one, may take two hours. */
export const IDX_LASTS_MS = 2 * 3_600_000;
/** How long the Admin Console takes to be opted in to entitlement management, or out of it. */
export const GOVERNANCE_SWITCH_LASTS_MS = 60_000;

/** Programs that act on a site by leave of its people, or as guests of their own: OAuth and Connect apps. */
import { sortable, type Table, table } from '../../../src/table.ts';
import type { UserRef } from '../entities.ts';

/** An app of the developer console: it asks people to let it act for them. */
export interface OauthApp {
  /** The client id. */
  id: string;
  /** In which order apps were made, from 1. */
  nth: number;
  name: string;
  clientSecret: string;
  /** Where people may be sent back to; undefined: anywhere. */
  callbackUrls?: readonly string[];
  /** What it may ask for; undefined: anything that there is. */
  scopes?: readonly string[];
  /** Who made it. */
  owner: UserRef;
  /** Not shared: its webhooks are sent for its owner only. */
  private?: boolean;
}

/** A person's leave for an app. */
export interface Grant {
  app: string;
  accountId: string;
  scopes: readonly string[];
  /** Universe milliseconds. */
  at: number;
}

/** A person's leave on its way to the app. */
export interface AuthorizationCode {
  code: string;
  app: string;
  accountId: string;
  scopes: readonly string[];
  redirectUri: string;
  /** PKCE. */
  challenge?: { of: string; method: 'S256' | 'plain' };
  used: boolean;
  /** Universe milliseconds. */
  expiresAt: number;
}

/** Good for one new pair of tokens, and for the same once more for ten minutes. */
export interface RefreshToken {
  token: string;
  app: string;
  accountId: string;
  scopes: readonly string[];
  /** All that come from one leave. */
  family: string;
  /** When it was given for a pair; universe milliseconds. */
  usedAt?: number;
  expiresAt: number;
}

/** A Connect app that is installed on the site. */
export interface ConnectApp {
  key: string;
  name: string;
  baseUrl: string;
  /** The site's identity for the app. */
  clientKey: string;
  sharedSecret: string;
  scopes: readonly string[];
  /** The person that the app is on the site. */
  accountId: string;
  /** As the app's descriptor has it: paths under `baseUrl`. */
  lifecycle: Readonly<Record<string, string>>;
  /** Modules that the app registered by itself, as it sent them. */
  dynamicModules: Readonly<Record<string, readonly Record<string, unknown>[]>>;
}

export const oauthApps = table<OauthApp>({
  name: 'jira.oauthApps',
  secret: true,
  key: (row) => row.id,
  indexes: { name: (row) => row.name.toLowerCase(), order: (row) => sortable(row.nth) },
});
export const grants = table<Grant>({
  name: 'jira.grants',
  key: (row) => `${row.app}/${row.accountId}`,
  indexes: { account: (row) => row.accountId },
});
export const authorizationCodes = table<AuthorizationCode>({
  name: 'jira.authorizationCodes',
  secret: true,
  key: (row) => row.code,
  indexes: { expires: (row) => sortable(row.expiresAt) },
});
export const refreshTokens = table<RefreshToken>({
  name: 'jira.refreshTokens',
  secret: true,
  key: (row) => row.token,
  indexes: {
    family: (row) => row.family,
    owner: (row) => `${row.app}/${row.accountId}`,
  },
});
export const connectApps = table<ConnectApp>({
  name: 'jira.connectApps',
  secret: true,
  key: (row) => row.key,
});

export const APP_TABLES = [
  oauthApps,
  grants,
  authorizationCodes,
  refreshTokens,
  connectApps,
] as readonly unknown[] as readonly Table<never>[];

/** The programs that the project has registered: OAuth clients, API keys, requests of devices without a browser. */
import { DIGITS, LOWER36 } from '../../../../src/ids.ts';
import { sortable, table } from '../../../../src/table.ts';

/** What the cloud console calls the type of a client. `tv`: TVs and limited input devices. */
export type ClientKind = 'web' | 'desktop' | 'tv';

export interface OAuthClient {
  clientId: string;
  /** As the consent page says it. */
  name: string;
  kind: ClientKind;
  secret: string;
  /** Where a web client's people may be led back to; absent: to any address that could be registered. */
  redirectUris?: readonly string[];
}

export interface ApiKey {
  /** Of its text, which rows do not hold. */
  digest: string;
  /** Public name, for lists and revocation. */
  id: string;
}

/** What a device asked for, until a person has answered on another one. */
export interface DeviceRequest {
  /** Of the device's code. */
  digest: string;
  /** What the person types: `XXXX-XXXX`. */
  userCode: string;
  clientId: string;
  scopes: string[];
  /** Universe milliseconds. */
  expiresAt: number;
  /** When the device last asked, in universe milliseconds. */
  polledAt?: number;
  /** Who has answered, and what they let in. */
  answer?: { email: string; scopes: string[] } | 'denied';
}

export const oauthClients = table<OAuthClient>({
  name: 'google.oauthClients',
  secret: true,
  key: (row) => row.clientId,
});
export const apiKeys = table<ApiKey>({
  name: 'google.apiKeys',
  key: (row) => row.digest,
  indexes: { id: (row) => row.id },
});
export const deviceRequests = table<DeviceRequest>({
  name: 'google.deviceRequests',
  key: (row) => row.digest,
  indexes: {
    userCode: (row) => row.userCode,
    expiresAt: (row) => sortable(row.expiresAt),
  },
});

/** The form of a client's id, from the project's number and a draw. */
export const clientIdOf = (projectNumber: string, draw: { chars(alphabet: string, count: number): string }) =>
  `${projectNumber}-${draw.chars(LOWER36, 32)}.apps.googleusercontent.com`;

/** The form of a project's number. */
export const projectNumberOf = (draw: { chars(alphabet: string, count: number): string }): string =>
  `7${draw.chars(DIGITS, 11)}`;

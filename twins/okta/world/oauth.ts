/** Rows of an org that come of OAuth 2.0: codes, tokens, consents, and what may be shown once only. */
import { sortable, type Table, table } from '../../../src/table.ts';
import type { ProviderRequest } from '../model/federation/providerRequest.ts';
import type { BackchannelRequest } from '../model/oauth/ciba.ts';
import type { AuthorizationCode } from '../model/oauth/code.ts';
import type { DeviceCode } from '../model/oauth/device.ts';
import type { DirectTransaction } from '../model/oauth/directAuth.ts';
import type { SealedToken } from '../model/oauth/encryption.ts';
import type { KeySet } from '../model/oauth/keySource.ts';
import type { PushedRequest } from '../model/oauth/pushedRequest.ts';
import type { RefreshToken } from '../model/oauth/refreshToken.ts';
import type { AccessToken } from '../model/oauth/token.ts';
import type { UsedOnce } from '../model/oauth/usedOnce.ts';

const dying = { expiresAt: ({ expiresAt }: { expiresAt: number }) => sortable(expiresAt) };

export const authorizationCodes = table<AuthorizationCode>({
  name: 'okta.authorizationCodes',
  secret: true,
  key: (row) => row.digest,
  indexes: dying,
});

export const accessTokens = table<AccessToken>({
  name: 'okta.accessTokens',
  secret: true,
  key: (row) => row.jti,
  indexes: {
    ...dying,
    family: (row) => row.family,
    user: (row) => row.userId,
    app: (row) => row.appId,
    issuer: (row) => row.issuerKey,
  },
});

export const refreshTokens = table<RefreshToken>({
  name: 'okta.refreshTokens',
  secret: true,
  key: (row) => row.digest,
  indexes: {
    ...dying,
    family: (row) => row.family,
    user: (row) => row.userId,
    app: (row) => row.appId,
    issuer: (row) => row.issuerKey,
  },
});

export const deviceCodes = table<DeviceCode>({
  name: 'okta.deviceCodes',
  secret: true,
  key: (row) => row.digest,
  indexes: { ...dying, userCode: (row) => row.userCode },
});

export const pushedRequests = table<PushedRequest>({
  name: 'okta.pushedRequests',
  secret: true,
  key: (row) => row.digest,
  indexes: dying,
});

export const backchannelRequests = table<BackchannelRequest>({
  name: 'okta.backchannelRequests',
  secret: true,
  key: (row) => row.digest,
  indexes: { ...dying, user: (row) => row.userId },
});

export const sealedTokens = table<SealedToken>({
  name: 'okta.sealedTokens',
  secret: true,
  key: (row) => row.digest,
  indexes: dying,
});

export const providerRequests = table<ProviderRequest>({
  name: 'okta.providerRequests',
  secret: true,
  key: (row) => row.digest,
  indexes: dying,
});

export const directTransactions = table<DirectTransaction>({
  name: 'okta.directTransactions',
  secret: true,
  key: (row) => row.digest,
  indexes: dying,
});

export const keySets = table<KeySet>({ name: 'okta.keySets', key: (row) => row.url });

export const usedOnce = table<UsedOnce>({
  name: 'okta.usedOnce',
  key: (row) => row.id,
  indexes: dying,
});

/** Every table here. */
export const OAUTH_TABLES = [
  authorizationCodes,
  accessTokens,
  refreshTokens,
  deviceCodes,
  pushedRequests,
  backchannelRequests,
  sealedTokens,
  providerRequests,
  directTransactions,
  keySets,
  usedOnce,
] as unknown as readonly Table<never>[];

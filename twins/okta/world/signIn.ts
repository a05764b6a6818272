/** Rows of an org that are about sign-ins under way, and what people show by hand and phone. */
import { sortable, type Table, table } from '../../../src/table.ts';
import type { PushChallenge } from '../model/authenticators/pushChallenge.ts';
import type { Yubikey } from '../model/authenticators/yubikey.ts';
import type { IdxTransaction } from '../model/idx/transaction.ts';
import type { AuthnTransaction } from '../model/signIn/authn.ts';
import type { RecoveryToken } from '../model/signIn/recoveryToken.ts';
import type { RememberedDevice } from '../model/signIn/rememberedDevice.ts';

const dying = { expiresAt: ({ expiresAt }: { expiresAt: number }) => sortable(expiresAt) };

export const authnTransactions = table<AuthnTransaction>({
  name: 'okta.authnTransactions',
  secret: true,
  key: (row) => row.token,
  indexes: dying,
});

export const idxTransactions = table<IdxTransaction>({
  name: 'okta.idxTransactions',
  secret: true,
  key: (row) => row.id,
  indexes: { ...dying, handle: (row) => row.handle, interaction: (row) => row.interactionHandle },
});

export const pushChallenges = table<PushChallenge>({
  name: 'okta.pushChallenges',
  secret: true,
  key: (row) => row.id,
  indexes: { ...dying, user: (row) => row.userId },
});

export const recoveryTokens = table<RecoveryToken>({
  name: 'okta.recoveryTokens',
  secret: true,
  key: (row) => row.token,
  indexes: { ...dying, user: (row) => row.userId },
});

export const rememberedDevices = table<RememberedDevice>({
  name: 'okta.rememberedDevices',
  secret: true,
  key: (row) => row.digest,
  indexes: dying,
});

export const yubikeys = table<Yubikey>({
  name: 'okta.yubikeys',
  secret: true,
  key: (row) => row.id,
  indexes: { publicId: (row) => row.publicId },
});

/** Every table here. */
export const SIGN_IN_TABLES = [
  authnTransactions,
  idxTransactions,
  pushChallenges,
  recoveryTokens,
  rememberedDevices,
  yubikeys,
] as unknown as readonly Table<never>[];

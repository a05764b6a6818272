import { describe, expect, it } from 'vitest';
import { all, GONE, openSdk, refusal, type Sdk } from './client.ts';

const PASSWORD = 'Tr0ub4dor-x';
const ada = {
  profile: { firstName: 'Ada', lastName: 'Byron', email: 'ada@acme.example', login: 'ada@acme.example' },
  credentials: {
    password: { value: PASSWORD },
    recovery_question: { question: 'Which engine?', answer: 'analytical' },
  },
};
const statusOf = async (sdk: Sdk, userId: string) => (await sdk.userApi.getUser({ userId })).status;

describe('the User API of the SDK', () => {
  it('takes a user through every step of their life', async () => {
    const { sdk } = await openSdk();
    const { id: userId, status } = await sdk.userApi.createUser({ body: ada, activate: false });
    expect(status).toBe('STAGED');
    const link = await sdk.userApi.activateUser({ userId, sendEmail: false });
    expect(link.activationToken).toMatch(/^\w{20}$/);
    expect(await statusOf(sdk, userId)).toBe('ACTIVE');
    await sdk.userApi.suspendUser({ userId });
    expect(await statusOf(sdk, userId)).toBe('SUSPENDED');
    await sdk.userApi.unsuspendUser({ userId });
    await expect(sdk.userApi.unlockUser({ userId })).rejects.toMatchObject(refusal(403, 'E0000032'));
    await sdk.userApi.resetFactors({ userId });
    expect((await sdk.userApi.expirePassword({ userId })).status).toBe('PASSWORD_EXPIRED');
    await sdk.userApi.expirePasswordAndGetTemporaryPassword({ userId });
    const { resetPasswordUrl } = await sdk.userApi.generateResetPasswordToken({ userId, sendEmail: false });
    expect(resetPasswordUrl).toContain('/reset_password/');
    await sdk.userApi.reactivateUser({ userId, sendEmail: false });
    await sdk.userApi.deactivateUser({ userId });
    expect(await statusOf(sdk, userId)).toBe('DEPROVISIONED');
    await sdk.userApi.deleteUser({ userId });
    await expect(sdk.userApi.getUser({ userId })).rejects.toMatchObject(GONE);
  });

  it('changes profiles in part and whole, by what the program last saw', async () => {
    const { sdk } = await openSdk();
    const { id: userId } = await sdk.userApi.createUser({ body: ada });
    await sdk.userApi.updateUser({ userId, user: { profile: { nickName: 'A', title: 'Countess' } } });
    const user = await sdk.userApi.getUser({ userId });
    expect(user.profile).toMatchObject({ nickName: 'A', title: 'Countess' });
    await sdk.userApi.replaceUser({ userId, user: { profile: ada.profile } });
    expect((await sdk.userApi.getUser({ userId })).profile.nickName).toBeUndefined();
    const late = sdk.userApi.updateUser({ userId, user: { profile: { nickName: 'B' } }, ifMatch: 'W/"0"' });
    await expect(late).rejects.toMatchObject(refusal(412, 'E0000231'));
  });

  it('changes credentials for who knows the old ones', async () => {
    const { sdk } = await openSdk();
    const { id: userId } = await sdk.userApi.createUser({ body: ada });
    const next = { oldPassword: { value: PASSWORD }, newPassword: { value: 'An0ther-word' } };
    await sdk.userApi.changePassword({ userId, changePasswordRequest: next });
    await expect(sdk.userApi.changePassword({ userId, changePasswordRequest: next })).rejects.toMatchObject({
      errorCode: 'E0000014',
    });
    const asked = { question: 'Which loom?', answer: 'jacquard' };
    const userCredentials = { password: { value: 'An0ther-word' }, recovery_question: asked };
    const shown = await sdk.userApi.changeRecoveryQuestion({ userId, userCredentials });
    expect(shown.recovery_question.question).toBe('Which loom?');
    await sdk.userApi.forgotPassword({ userId, sendEmail: false });
    await sdk.userApi.forgotPasswordSetNewPassword({
      userId,
      userCredentials: { password: { value: 'Th1rd-secret' }, recovery_question: { answer: 'jacquard' } },
    });
    expect(await statusOf(sdk, userId)).toBe('ACTIVE');
  });

  it('finds users by search, filter and q, in order and page by page', async () => {
    const { sdk } = await openSdk();
    await sdk.userApi.createUser({ body: ada });
    const logins = async (query: object) =>
      (await all(sdk.userApi.listUsers(query))).map((one) => one.profile.login.split('@')[0]);
    const search = 'profile.lastName sw "B"';
    expect(await logins({ search, sortBy: 'profile.firstName', sortOrder: 'desc', limit: 1 })).toEqual([
      'bob',
      'ada',
    ]);
    expect(await logins({ filter: 'profile.login eq "ada@acme.example"' })).toEqual(['ada']);
    expect(await logins({ q: 'ada' })).toEqual(['ada']);
    await expect(
      sdk.userApi.listUsers({ search: 'profile.lastName is "B"' }).then(all),
    ).rejects.toMatchObject(refusal(400, 'E0000031'));
  });

  it('lists what users have and are', async () => {
    const { sdk } = await openSdk();
    const [, bob, eve] = await all(sdk.userApi.listUsers());
    const userId = bob.id;
    expect((await all(sdk.userApi.listUserGroups({ userId }))).map((one) => one.profile.name)).toEqual([
      ...['Everyone', 'Engineering', 'Builders'],
    ]);
    expect((await all(sdk.userApi.listAppLinks({ userId }))).map((one) => one.label)).toEqual(['Wiki']);
    for (const list of ['listUserClients', 'listUserDevices', 'listUserGrants', 'listUserBlocks'] as const)
      expect(await all(sdk.userApi[list]({ userId }))).toEqual([]);
    await sdk.userApi.revokeUserSessions({ userId, oauthTokens: true });
    await sdk.userApi.replaceUserClassification({ userId, replaceUserClassification: { type: 'LITE' } });
    expect((await sdk.userApi.getUserClassification({ userId })).type).toBe('LITE');
    await sdk.userApi.upsertUserRisk({ userId, userRiskRequest: { riskLevel: 'HIGH' } });
    expect((await sdk.userApi.getUserRisk({ userId })).riskLevel).toBe('HIGH');
    const side = (name: string) => ({ name, title: name, description: name, type: 'USER' });
    await sdk.linkedObjectApi.createLinkedObjectDefinition({
      linkedObject: { primary: side('manager'), associated: side('report') },
    });
    const [associatedUserId, primaryUserId] = [bob.id, eve.id];
    await sdk.userApi.setLinkedObjectForUser({
      associatedUserId,
      primaryRelationshipName: 'manager',
      primaryUserId,
    });
    const linked = (name: string, of: string) =>
      all(sdk.userApi.listLinkedObjectsForUser({ userId: of, relationshipName: name }));
    expect(await linked('report', eve.id)).toHaveLength(1);
    await sdk.userApi.deleteLinkedObjectForUser({ userId, relationshipName: 'manager' });
    expect(await linked('manager', bob.id)).toEqual([]);
  });
});

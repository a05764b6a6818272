import { describe, expect, it } from 'vitest';
import { ANN, BOB, hearing, openWorkspace, type Workspace } from './workspace.ts';

const ZOE = 'zoe@other.example';
const SCOPES = ['conversations.connect:write', 'conversations.connect:manage', 'team:read'];
const open = (...events: string[]) => openWorkspace(hearing(events, SCOPES));
const error = async (answer: Promise<{ error: string }>) => (await answer).error;

/** A channel of the bot's own, and an invitation into it. */
async function invited(w: Workspace) {
  const { channel } = await w.api('conversations.create', { name: 'shared' });
  const { invite_id } = await w.api('conversations.inviteShared', { channel: channel.id, emails: ZOE });
  return { channel: channel.id, invite: invite_id };
}

describe('a channel', () => {
  it('is shared with a company once somebody of it takes the invitation', async () => {
    const w = await open('shared_channel_invite_accepted', 'channel_shared');
    const { channel, invite } = await invited(w);
    expect((await w.api('conversations.listConnectInvites')).invites).toMatchObject([
      { direction: 'outgoing', status: 'invited', invite: { id: invite, recipient_email: ZOE } },
    ]);
    const { team } = w.gesture('acceptSharedInvite', ZOE, { invite });
    const info = await w.api('conversations.info', { channel });
    expect(info.channel).toMatchObject({ is_ext_shared: true, connected_team_ids: [team] });
    const [accepted, shared] = (await w.heard()).map((one) => one.event);
    expect(accepted).toMatchObject({
      approval_required: false,
      accepting_user: { team_id: team, name: 'zoe' },
    });
    expect(shared).toMatchObject({ type: 'channel_shared', connected_team_id: team, channel });
    const { organizations, total_count } = await w.api('team.externalTeams.list');
    expect(organizations).toMatchObject([{ team_id: team, team_name: 'Other', public_channel_count: 1 }]);
    expect(total_count).toBe(1);
    expect(() => w.gesture('acceptSharedInvite', ZOE, { invite })).toThrow('has answered');
  });

  it('is shared only when the workspace approves, where it reviews', async () => {
    const w = await open('shared_channel_invite_approved');
    const { channel, invite } = await invited(w);
    const approve = (target_team?: string) =>
      w.api('conversations.approveSharedInvite', { invite_id: invite, target_team });
    expect(await error(approve())).toBe('approval_not_found');
    const { team } = w.gesture('acceptSharedInvite', ZOE, { invite, review: true });
    expect((await w.api('conversations.info', { channel })).channel.is_ext_shared).toBe(false);
    expect(await error(approve())).toBe('missing_target_team');
    expect((await approve(team)).ok).toBe(true);
    expect(await error(approve(team))).toBe('already_approved');
    expect((await w.api('conversations.info', { channel })).channel.is_ext_shared).toBe(true);
    expect((await w.heard())[0].event).toMatchObject({ approving_user: { name: 'desk' } });
  });

  it('is not shared where the workspace declines', async () => {
    const w = await open('shared_channel_invite_declined');
    const { channel, invite } = await invited(w);
    const { team } = w.gesture('acceptSharedInvite', ZOE, { invite, review: true });
    const decline = () =>
      w.api('conversations.declineSharedInvite', { invite_id: invite, target_team: team });
    expect((await decline()).ok).toBe(true);
    expect(await error(decline())).toBe('inactive_invite');
    expect((await w.api('conversations.info', { channel })).channel.is_ext_shared).toBe(false);
    expect((await w.heard())[0].event).toMatchObject({ declining_team_id: expect.stringMatching(/^T/) });
  });

  it('cannot be shared with just anybody in just any way', async () => {
    const w = await open();
    const { channel } = await invited(w);
    const share = (args: Record<string, unknown>) =>
      error(w.api('conversations.inviteShared', { channel, ...args }));
    expect(await share({})).toBe('recipients_not_specified');
    expect(await share({ emails: 'a@x.example,b@x.example' })).toBe('too_many_emails');
    expect(await share({ emails: 'nobody' })).toBe('invalid_email');
    expect(await share({ user_ids: 'U404' })).toBe('user_not_found');
    expect(await share({ emails: ZOE })).toBe('connection_limit_exceeded_pending');
    expect(await share({ emails: ZOE, channel: w.channel('general') })).toBe(
      'cannot_share_mandatory_channel',
    );
    expect(await share({ emails: ZOE, channel: 'C404' })).toBe('channel_not_found');
    await w.universe.advance(w.universe.now() + 15 * 24 * 3_600_000);
    expect((await w.api('conversations.listConnectInvites')).invites).toMatchObject([{ status: 'expired' }]);
    expect(await share({ emails: ZOE })).toBe(undefined);
  });

  it('that is shared lets the others invite, and is its own again when the companies part', async () => {
    const w = await open('channel_unshared');
    const { channel, invite } = await invited(w);
    const { team } = w.gesture('acceptSharedInvite', ZOE, { invite });
    const permit = (args: object) =>
      w.api('conversations.externalInvitePermissions.set', {
        channel,
        target_team: team,
        action: 'upgrade',
        ...args,
      });
    expect((await permit({})).ok).toBe(true);
    expect(await error(permit({ action: 'maybe' }))).toBe('invalid_action');
    expect(await error(permit({ target_team: 'T404' }))).toBe('invalid_target_team');
    expect(await w.api('team.externalTeams.disconnect', { target_team: team })).toMatchObject({
      job_enqueued: true,
    });
    expect(await error(w.api('team.externalTeams.disconnect', { target_team: team }))).toBe(
      'invalid_target_team',
    );
    expect((await w.api('conversations.info', { channel })).channel.is_ext_shared).toBe(false);
    expect((await w.heard())[0].event).toMatchObject({
      previously_connected_team_id: team,
      is_ext_shared: false,
    });
  });

  it('of another company is taken under a name of one’s own', async () => {
    const w = await open('shared_channel_invite_received');
    const { invite: invite_id } = w.gesture('inviteApp', ZOE, { app: 'Desk', channel: 'their-plans' });
    expect((await w.heard())[0].event).toMatchObject({
      invite: { id: invite_id },
      channel: { name: 'their-plans' },
    });
    const accept = (args: object) =>
      w.api('conversations.acceptSharedInvite', { invite_id, channel_name: 'other-plans', ...args });
    expect(await error(accept({ channel_name: 'general' }))).toBe('name_taken');
    const { channel_id } = await accept({});
    const { channel } = await w.api('conversations.info', { channel: channel_id });
    expect(channel).toMatchObject({ name: 'other-plans', is_ext_shared: true, is_member: true });
    expect(await error(accept({}))).toBe('invite_used');
    expect(await error(accept({ invite_id: 'I404' }))).toBe('invite_not_found');
    expect(await error(accept({ invite_id: undefined }))).toBe('invalid_arguments');
    const { invite } = await invited(w);
    expect(await error(accept({ invite_id: invite }))).toBe('invite_from_same_org');
  });
});

describe('a member’s wish to invite somebody', () => {
  it('is granted, and the invitation goes out', async () => {
    const w = await open('shared_channel_invite_requested');
    const { request } = w.gesture('requestSharedInvite', BOB, { channel: 'random', email: ZOE });
    expect((await w.heard())[0].event).toMatchObject({
      actor: { id: w.person(BOB) },
      target_users: [{ email: ZOE }],
    });
    const list = async (args: Record<string, unknown> = {}) =>
      (await w.api('conversations.requestSharedInvite.list', args)).invite_requests;
    expect(await list()).toMatchObject([{ id: request, recipient_email: ZOE, channel: { name: 'random' } }]);
    const approve = () => w.api('conversations.requestSharedInvite.approve', { invite_id: request });
    const { invite_id } = await approve();
    expect(await error(approve())).toBe('invite_already_approved');
    expect([await list(), (await list({ include_approved: true })).length]).toEqual([[], 1]);
    expect(w.gesture('acceptSharedInvite', ZOE, { invite: invite_id }).team).toMatch(/^T/);
  });

  it('is denied once, or over after two weeks', async () => {
    const w = await open();
    const wish = () => w.gesture('requestSharedInvite', ANN, { channel: 'random', email: ZOE }).request;
    const deny = (invite_id: string, message = '') =>
      error(w.api('conversations.requestSharedInvite.deny', { invite_id, message }));
    const first = wish();
    expect(await deny(first, 'x'.repeat(561))).toBe('message_too_long');
    expect(await deny(first)).toBe(undefined);
    expect(await deny(first)).toBe('invite_already_denied');
    const second = wish();
    await w.universe.advance(w.universe.now() + 15 * 24 * 3_600_000);
    expect(await deny(second)).toBe('invite_expired');
    expect(await deny('I404')).toBe('invite_not_found');
    const all = { include_expired: true, include_denied: true };
    expect((await w.api('conversations.requestSharedInvite.list', all)).invite_requests).toHaveLength(2);
  });
});

import { describe, expect, it } from 'vitest';
import { slack } from '../../../twins/slack/twin.ts';
import { ANN, openWorkspace } from './workspace.ts';

describe('credentials', () => {
  it('have Slack’s forms and are in the environment', async () => {
    const w = await openWorkspace();
    const env = slack.credentials.env(w.universe.view('slack'), w.base('slack'));
    expect(env.SLACK_API_URL).toBe(`${w.base('slack')}/api/`);
    expect(env.SLACK_BOT_TOKEN).toMatch(/^xoxb-\d+-\d+-\w{24}$/);
    expect(env.SLACK_USER_TOKEN).toMatch(/^xoxp-\d+-\d+-\d+-[0-9a-f]{32}$/);
    expect(env.SLACK_APP_TOKEN).toMatch(/^xapp-1-A\w+-\d+-[0-9a-f]{64}$/);
    expect(env.SLACK_SIGNING_SECRET).toMatch(/^[0-9a-f]{32}$/);
  });

  it('are the same in a universe with the same seed, others with another', async () => {
    const [one, same, other] = [
      await openWorkspace(),
      await openWorkspace(),
      await openWorkspace(undefined, { seed: 9 }),
    ];
    expect(same.bot).toBe(one.bot);
    expect(other.bot).not.toBe(one.bot);
  });

  it('of a world without apps are broad', async () => {
    const w = await openWorkspace({ world: 'empty' });
    const { channels } = await w.api('conversations.list');
    expect(channels.map((one: { name: string }) => one.name).sort()).toEqual(['general', 'random']);
    expect((await w.api('users.profile.set', { profile: { title: 'Boss' } }, w.user)).ok).toBe(true);
  });

  it('are listed without secrets, and taken back', async () => {
    const w = await openWorkspace();
    const listed = slack.credentials.list(w.universe.view('slack'));
    expect(listed.map((one) => one.kind).sort()).toEqual(['app', 'bot', 'user']);
    expect(JSON.stringify(listed)).not.toContain('xox');
    const bot = listed.find((one) => one.kind === 'bot');
    expect(w.universe.work('slack', (world) => slack.credentials.revoke(world, bot?.id ?? ''))).toBe(true);
    expect((await w.api('auth.test')).error).toBe('token_revoked');
  });

  it('of a fresh fork are its own', async () => {
    const w = await openWorkspace();
    const fork = w.registry.fork(w.universe, { id: 'fork', credentials: 'fresh' });
    const { credentials } = slack.credentials.document(fork.view('slack'), '');
    expect(credentials.botToken).not.toBe(w.bot);
    expect(credentials.signingSecret).not.toBe(w.signingSecret);
    expect((await w.api('auth.test')).ok).toBe(true);
  });
});

describe('a token', () => {
  it('lists the one workspace that it is good for', async () => {
    const w = await openWorkspace();
    const { teams, response_metadata } = await w.api('auth.teams.list', { include_icon: true });
    expect(teams).toEqual([{ id: expect.stringMatching(/^T0/), name: 'acme', icon: expect.anything() }]);
    expect(response_metadata.next_cursor).toBe('');
    const { id } = teams[0];
    expect((await w.api('conversations.list', { team_id: id })).ok).toBe(true);
    expect((await w.api('conversations.list', { team_id: 'T0ELSEWHERE' })).error).toBe(
      'team_access_not_granted',
    );
    expect((await w.api('users.info', { user: w.person(ANN), team_id: 'T0ELSEWHERE' })).ok).toBe(true);
  });
});

import { IncomingWebhook, IncomingWebhookHTTPError } from '@slack/webhook';
import { describe, expect, it } from 'vitest';
import { slack } from '../../../twins/slack/twin.ts';
import { openPorter } from './installs.ts';
import { ANN, openWorkspace, WORLD, type Workspace } from './workspace.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
const [desk] = WORLD.slack?.apps ?? [];
const HOOKED = {
  ...WORLD,
  slack: {
    ...WORLD.slack,
    apps: [{ ...desk, name: 'Desk', scopes: [], webhooks: [{ channel: '#random' }] }],
  },
};

async function hooked(): Promise<
  Workspace & { hook: string; say(body: string, type?: object): Promise<unknown[]> }
> {
  const w = await openWorkspace(HOOKED);
  const hook = String(slack.credentials.env(w.universe.view('slack'), w.base('slack')).SLACK_WEBHOOK_URL);
  return {
    ...w,
    hook,
    async say(body, headers = JSON_TYPE) {
      const answer = await w.fetch(hook, {
        method: 'POST',
        headers: headers as Record<string, string>,
        body,
      });
      return [answer.status, await answer.text()];
    },
  };
}

const newest = async (w: Workspace) => {
  const token = w.mint({ kind: 'bot', scopes: ['channels:history'] });
  const { messages } = await w.api(
    'conversations.history',
    { channel: w.channel('random'), limit: 1 },
    token,
  );
  return messages[0];
};

describe('an incoming webhook', () => {
  it('of a world file is in the environment, and posts what it is sent', async () => {
    const w = await hooked();
    expect(w.hook).toMatch(/\/services\/T\w+\/B\w+\/\w{24}$/);
    expect(await w.say('{"text":"Lunch is *ready*"}')).toEqual([200, 'ok']);
    expect(await newest(w)).toMatchObject({
      subtype: 'bot_message',
      text: 'Lunch is *ready*',
      bot_id: expect.stringMatching(/^B0/),
    });
  });

  it('is what Slack’s own client for webhooks posts by, and tells it what is wrong', async () => {
    const w = await hooked();
    const { fetch } = w as unknown as { fetch: typeof globalThis.fetch };
    const client = new IncomingWebhook(w.hook, { fetch });
    const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: 'Soup, *hot*' } }];
    expect(await client.send({ text: 'Soup', blocks })).toEqual({ text: 'ok' });
    expect(await newest(w)).toMatchObject({ text: 'Soup', blocks: [{ type: 'section' }] });
    const failed = await client
      .send({ blocks: [{ type: 'divider', block_id: 7 as unknown as string }] })
      .catch((e) => e);
    expect(failed).toBeInstanceOf(IncomingWebhookHTTPError);
    expect(failed).toMatchObject({ statusCode: 400, body: 'invalid_blocks' });
    const gone = new IncomingWebhook(`${w.hook.slice(0, -1)}_`, { fetch });
    expect(await gone.send('anyone?').catch((e) => e)).toMatchObject({
      statusCode: 403,
      body: 'invalid_token',
    });
  });

  it('takes JSON in a form’s payload', async () => {
    const w = await hooked();
    const form = new URLSearchParams({ payload: '{"text":"by form"}' }).toString();
    expect(await w.say(form, { 'content-type': 'application/x-www-form-urlencoded' })).toEqual([200, 'ok']);
    expect((await newest(w)).text).toBe('by form');
  });

  it('says in plain text what is wrong', async () => {
    const w = await hooked();
    expect(await w.say('{"text":')).toEqual([400, 'invalid_payload']);
    expect(await w.say('[]')).toEqual([400, 'invalid_payload']);
    expect(await w.say('text=x', { 'content-type': 'application/x-www-form-urlencoded' })).toEqual([
      400,
      'invalid_payload',
    ]);
    expect(await w.say('{}')).toEqual([400, 'no_text']);
    expect(await w.say('{"blocks":[{"type":"nothing"}]}')).toEqual([400, 'invalid_blocks']);
    const other = async (hook: string) => {
      const answer = await w.fetch(hook, { method: 'POST', headers: JSON_TYPE, body: '{"text":"x"}' });
      return [answer.status, await answer.text()];
    };
    expect(await other(w.hook.slice(0, -1))).toEqual([403, 'invalid_token']);
    expect(await other(w.hook.replace(/\/B\w+/, '/B000'))).toEqual([404, 'no_service']);
    expect(await other(w.hook.replace(/\/services\/T\w+/, '/services/T0'))).toEqual([404, 'no_team']);
    const manager = w.mint({ kind: 'user', as: ANN, scopes: ['channels:write', 'channels:read'] });
    await w.api('conversations.archive', { channel: w.channel('random') }, manager);
    expect(await w.say('{"text":"x"}')).toEqual([410, 'channel_is_archived']);
  });

  it('comes of an install that asks for one, in the channel that the person chose', async () => {
    const w = await openPorter();
    const { incoming_webhook } = await w.install({ scope: 'incoming-webhook' });
    expect(incoming_webhook).toMatchObject({
      channel: '#random',
      channel_id: w.channel('random'),
      configuration_url: expect.stringMatching(/\/services\/B\w+$/),
    });
    const body = JSON.stringify({ text: 'hello' });
    const answer = await w.fetch(incoming_webhook.url, { method: 'POST', headers: JSON_TYPE, body });
    expect(await answer.text()).toBe('ok');
    expect((await newest(w)).text).toBe('hello');
  });

  it('is as secret as a token: the journal does not show its last part', async () => {
    const w = await openPorter();
    const { incoming_webhook } = await w.install({ scope: 'incoming-webhook' });
    const { url } = incoming_webhook;
    await w.fetch(url, { method: 'POST', headers: JSON_TYPE, body: '{"text":"x"}' });
    const written = JSON.stringify(w.universe.journal.page({ limit: 500 }).entries);
    expect(written).toContain('/services/T');
    expect(written).not.toContain(url.split('/').at(-1));
  });

  it('of a fresh fork has an address of its own', async () => {
    const w = await hooked();
    const fork = w.registry.fork(w.universe, { id: 'fork', credentials: 'fresh' });
    const there = slack.credentials.env(fork.view('slack'), w.base('slack'));
    expect(there.SLACK_WEBHOOK_URL).not.toBe(w.hook);
  });
});

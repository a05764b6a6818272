import { App, HTTPReceiver, type SayFn } from '@slack/bolt';
import { type RetryOptions, WebClient } from '@slack/web-api';
import { afterEach, describe, expect, it } from 'vitest';
import { networkOutbound } from '../../../src/outbound.ts';
import { Registry } from '../../../src/registry.ts';
import { serve } from '../../../src/server.ts';
import type { Universe } from '../../../src/universe.ts';
import { slack } from '../../../twins/slack/twin.ts';
import { type Answer, BOB, WORLD } from './workspace.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const NO_RETRIES: RetryOptions = { retries: 0 };

interface Served {
  universe: Universe;
  client: WebClient;
  credentials: Record<string, string>;
  slackApiUrl: string;
  gesture(name: string, given: object): Answer;
}

/** A server with one workspace, whose app listens at `port`. */
async function served(port = 9): Promise<Served> {
  const outbound = networkOutbound({ reach: 'loopback' });
  const registry = new Registry({ twins: [slack], outbound, publicUrl: () => url });
  let url = '';
  const server = await serve({
    registry,
    host: '127.0.0.1',
    port: 0,
    app: { fetch: () => new Response('', { status: 404 }) },
  });
  url = server.url;
  closing.push(async () => {
    await server.close(100);
    registry.close();
    await outbound.close();
  });
  const at = `http://127.0.0.1:${port}/slack/events`;
  const app = { ...WORLD.slack?.apps?.[0], interactivity: { url: at } } as Answer;
  const world = {
    ...WORLD,
    slack: { ...WORLD.slack, apps: [{ ...app, events: { ...app.events, url: at } }] },
  };
  const universe = await registry.create({ id: 'sdk', seed: 1, world });
  const base = universe.publicBase('slack');
  const { credentials } = slack.credentials.document(universe.view('slack', base), base);
  const slackApiUrl = `${base}/api/`;
  return {
    universe,
    credentials: credentials as Record<string, string>,
    slackApiUrl,
    client: new WebClient(credentials.botToken as string, { slackApiUrl, retryConfig: NO_RETRIES }),
    gesture: (name, given) =>
      universe.gesture({ twin: 'slack', gesture: name, as: BOB, with: given, by: 'person' }),
  };
}

const channelNamed = async (client: WebClient, name: string): Promise<string> => {
  const { channels = [] } = await client.conversations.list();
  return String(channels.find((one) => one.name === name)?.id);
};

describe('@slack/web-api', () => {
  it('streams a message', async () => {
    const { client } = await served();
    const channel = await channelNamed(client, 'general');
    const { members } = await client.users.list({});
    const reader = members?.find((one) => one.name === 'bob');
    const { ts } = await client.chat.postMessage({ channel, text: 'Well?' });
    const stream = client.chatStream({
      channel,
      thread_ts: ts as string,
      recipient_user_id: reader?.id as string,
      recipient_team_id: reader?.team_id as string,
      buffer_size: 8,
    });
    await stream.append({ markdown_text: 'Let me **think** ' });
    await stream.append({ chunks: [{ type: 'task_update', id: '1', title: 'Think', status: 'complete' }] });
    const stopped = await stream.stop({ markdown_text: 'about it.' });
    expect(stopped.message).toMatchObject({ text: 'Let me *think* about it.', thread_ts: ts });
    expect(stopped.message?.blocks?.map((one) => one.type)).toEqual(['rich_text', 'task_card', 'rich_text']);
  });

  it('reads and writes, and follows cursors', async () => {
    const { client } = await served();
    const { user_id } = await client.auth.test();
    const channel = await channelNamed(client, 'general');
    const { ts } = await client.chat.postMessage({ channel, text: 'hi', blocks: [{ type: 'divider' }] });
    await client.reactions.add({ channel, timestamp: String(ts), name: 'eyes' });
    const { messages } = await client.conversations.history({ channel, limit: 1 });
    expect(messages?.[0]).toMatchObject({ ts, text: 'hi', user: user_id, reactions: [{ name: 'eyes' }] });
    const seen: unknown[] = [];
    for await (const page of client.paginate('users.list', { limit: 2 }))
      seen.push(...((page as Answer).members as unknown[]));
    expect(seen).toHaveLength(5);
  });

  it('throws Slack’s errors by code', async () => {
    const { client, universe } = await served();
    await expect(client.chat.postMessage({ channel: 'C404', text: 'x' })).rejects.toMatchObject({
      code: 'slack_webapi_platform_error',
      data: { ok: false, error: 'channel_not_found' },
    });
    universe.addFault({ kind: 'rateLimited', params: { retryAfter: 7 }, count: 1 });
    const strict = new WebClient(client.token, {
      slackApiUrl: client.slackApiUrl,
      rejectRateLimitedCalls: true,
    });
    await expect(strict.auth.test()).rejects.toMatchObject({
      code: 'slack_webapi_rate_limited_error',
      retryAfter: 7,
    });
  });

  it('lets a person set a picture and a status, keep stars and reminders, and read logs page by page', async () => {
    const { slackApiUrl, credentials } = await served();
    const client = new WebClient(credentials.userToken, { slackApiUrl, retryConfig: NO_RETRIES });
    const channel = await channelNamed(client, 'general');
    const gif = Buffer.from('R0lGODlhAQABAAAAACwAAAAAAQABAAA=', 'base64');
    const { profile } = (await client.users.setPhoto({ image: gif })) as Answer;
    await client.users.profile.set({ profile: { status_text: 'Lunch', status_emoji: ':pizza:' } });
    expect((await client.users.profile.get({})).profile).toMatchObject({
      status_text: 'Lunch',
      image_192: profile.image_192,
    });
    await client.stars.add({ channel });
    expect((await client.stars.list({})).items).toMatchObject([{ type: 'channel', channel }]);
    const { reminder } = await client.reminders.add({ text: 'milk', time: 'tomorrow at noon' });
    expect((await client.reminders.list({})).reminders).toMatchObject([{ id: reminder?.id, text: 'milk' }]);
    const billed: Answer[] = [];
    for await (const page of client.paginate('team.billableInfo', { limit: 2 }))
      billed.push(...Object.values((page as Answer).billable_info));
    expect(billed.filter((one) => one.billing_active)).toHaveLength(3);
  });

  it('uploads a file in one call', async () => {
    const { client } = await served();
    const channel = await channelNamed(client, 'general');
    await client.filesUploadV2({
      channel_id: channel,
      filename: 'a.txt',
      content: 'hello',
      initial_comment: 'here',
    });
    const { messages } = await client.conversations.history({ channel, limit: 1 });
    expect(messages?.[0]).toMatchObject({ text: 'here', files: [{ name: 'a.txt', size: 5 }] });
  });
});

describe('@slack/bolt', () => {
  it('believes the signatures, hears messages and clicks, and answers', async () => {
    const receiverPort = 20_000 + Math.floor(process.pid % 20_000);
    const { credentials, slackApiUrl, gesture, client } = await served(receiverPort);
    const app = new App({
      token: credentials.botToken as string,
      receiver: new HTTPReceiver({ signingSecret: credentials.signingSecret as string }),
      clientOptions: { slackApiUrl, retryConfig: NO_RETRIES },
    });
    const done = new Promise<void>((resolve, reject) => {
      app.message(/help/, async ({ say }: { say: SayFn }) => {
        const sent = await say({ text: 'Well?', blocks: [{ type: 'actions', elements: [BUTTON] }] });
        gesture('click', { message: { channel: sent.channel, ts: sent.ts }, button: { action: 'go' } });
      });
      app.action('go', async ({ ack, respond }) => {
        await ack();
        await respond({ replace_original: true, text: 'Gone' });
        resolve();
      });
      app.error(async (error) => reject(error));
    });
    await app.start({ port: receiverPort, host: '127.0.0.1' });
    closing.push(() => app.stop());
    gesture('post', { channel: 'general', text: 'help' });
    await done;
    const channel = await channelNamed(client, 'general');
    const { messages } = await client.conversations.history({ channel, limit: 2 });
    expect(messages?.map((one) => one.text)).toEqual(['Gone', 'help']);
  });
});

const BUTTON = {
  type: 'button' as const,
  action_id: 'go',
  text: { type: 'plain_text' as const, text: 'Go' },
};

/** A workspace for tests: three people, three channels, one app with an address for its events. */

import type { CreateOptions } from '../../../src/registry.ts';
import type { WorldFile } from '../../../src/world/file.ts';
import { slack } from '../../../twins/slack/twin.ts';
import { openUniverse, type TestUniverse } from '../../universe.ts';

// biome-ignore lint/suspicious/noExplicitAny: replies are read as the client would read them
export type Answer = any;

export const ANN = 'ann@acme.example';
export const BOB = 'bob@acme.example';
export const CAT = 'cat@acme.example';

export const WORLD: WorldFile = {
  world: 'test',
  people: [
    { email: ANN, name: 'Ann Archer', title: 'Head of IT' },
    { email: BOB, name: 'Bob Baker' },
    { email: CAT, name: 'Cat Cole' },
  ],
  slack: {
    team: 'acme',
    channels: [
      { name: 'general', topic: 'Everything' },
      { name: 'random', members: [ANN, BOB] },
      { name: 'secret', private: true, members: [ANN, CAT] },
    ],
    messages: [{ channel: 'general', from: ANN, text: 'Welcome', replies: [{ from: BOB, text: 'Thanks' }] }],
    apps: [
      {
        name: 'Desk',
        scopes: [
          'app_mentions:read',
          'channels:history',
          'channels:join',
          'channels:manage',
          'channels:read',
          'chat:write',
          'commands',
          'files:read',
          'files:write',
          'groups:history',
          'groups:read',
          'groups:write',
          'im:history',
          'im:read',
          'im:write',
          'mpim:read',
          'mpim:write',
          'pins:read',
          'pins:write',
          'reactions:read',
          'reactions:write',
          'team:read',
          'emoji:read',
          'dnd:read',
          'usergroups:read',
          'usergroups:write',
          'users.profile:read',
          'users:read',
          'users:read.email',
          'users:write',
        ],
        commands: [{ command: '/desk', url: 'http://127.0.0.1:9/commands' }],
        events: {
          url: 'http://127.0.0.1:9/events',
          subscriptions: [
            'message.channels',
            'message.groups',
            'message.im',
            'app_mention',
            'reaction_added',
            'member_joined_channel',
            'channel_created',
            'app_home_opened',
            'pin_added',
          ],
        },
        interactivity: { url: 'http://127.0.0.1:9/interactions' },
      },
    ],
  },
};

/** The same workspace with an app that subscribes to these events alone, and holds `more` scopes besides. */
export function hearing(subscriptions: string[], more: string[] = []): WorldFile {
  const app = WORLD.slack?.apps?.[0] as NonNullable<NonNullable<WorldFile['slack']>['apps']>[number];
  const scopes = [...app.scopes, ...more];
  const events = { url: 'http://127.0.0.1:9/events', subscriptions };
  return { ...WORLD, slack: { ...WORLD.slack, apps: [{ ...app, scopes, events }] } };
}

export interface Workspace extends TestUniverse {
  bot: string;
  user: string;
  signingSecret: string;
  /** Calls a method with a JSON body; `token` is the bot's unless said. */
  api(method: string, args?: Record<string, unknown>, token?: string): Promise<Answer>;
  /** A channel's id by name. */
  channel(name: string): string;
  /** A user's id by e-mail. */
  person(email: string): string;
  gesture(name: string, as: string, given: Record<string, unknown>): Answer;
  /** Sends what is due and gives the payloads that arrived since the last time. */
  heard(): Promise<Answer[]>;
  mint(request: Parameters<typeof slack.credentials.mint>[1]): string;
}

/** Opens the workspace with a frozen clock. */
export async function openWorkspace(
  world: WorldFile = WORLD,
  options: Omit<CreateOptions, 'world'> = {},
): Promise<Workspace> {
  const test = await openUniverse([slack], world, options);
  const { universe } = test;
  const { credentials } = slack.credentials.document(universe.view('slack'), test.base('slack'));
  const { botToken, userToken, signingSecret } = credentials as Record<string, string>;
  const row = (table: string, where: (row: Answer) => boolean): Answer =>
    [...universe.state.list(tableNamed(table))].find(where);
  let read = 0;
  return {
    ...test,
    bot: botToken as string,
    user: userToken as string,
    signingSecret: signingSecret as string,
    async api(method, args = {}, token = botToken) {
      const response = await test.fetch(`/slack/api/${method}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify(args),
      });
      return response.json();
    },
    channel: (name) => row('slack.channels', (one) => one.name === name).id,
    person: (email) => row('slack.users', (one) => one.profile.email === email).id,
    gesture: (name, as, given) =>
      universe.gesture({ twin: 'slack', gesture: name, as, with: given, by: 'person' }),
    async heard() {
      await universe.advance(universe.now());
      const fresh = test.received.slice(read);
      read = test.received.length;
      return fresh.map((one) => payloadOf(one.body));
    },
    mint: (request) =>
      String(universe.work('slack', (inner) => slack.credentials.mint(inner, request)).secret.token),
  };
}

function payloadOf(body: string): Answer {
  if (body.startsWith('{')) return JSON.parse(body);
  const form = new URLSearchParams(body);
  const payload = form.get('payload');
  return payload ? JSON.parse(payload) : Object.fromEntries(form);
}

// biome-ignore lint/suspicious/noExplicitAny: a table of any rows
const tableNamed = (name: string): any => slack.tables.find((one) => one.name === name);

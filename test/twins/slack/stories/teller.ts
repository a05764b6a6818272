/** Tells stories of a workspace in which every method has something to do; each call in them must succeed. */
import { expect } from 'vitest';
import type { SlackAppPart, WorldFile } from '../../../../src/world/file.ts';
import { slack } from '../../../../twins/slack/twin.ts';
import type { Grants } from '../../../../twins/slack/wire/credential.ts';
import { type Answer, openWorkspace, WORLD, type Workspace } from '../workspace.ts';

export type { Answer };

/** What a family of methods goes through, told from the client's side. */
export interface Story {
  says: string;
  tell(teller: Teller): Promise<void>;
}

export interface Teller extends Workspace {
  /** Calls a method, which must succeed; with the bot's token unless said. A form is sent as one. */
  call(method: string, args?: Record<string, unknown> | FormData, token?: string): Promise<Answer>;
}

/** The head of a PNG of 512 by 512 pixels: as much as is looked at. */
export const PNG = Buffer.from('89504e470d0a1a0a0000000d4948445200000200000002000806000000', 'hex');

/** A call that a story made, and what came of it. */
export interface Told {
  method: string;
  args: Record<string, unknown>;
  answer: Answer;
}

/** A teller in a workspace of its own, whose app holds every scope that methods ask for; `told` is given each call. */
export async function openTeller(told: (call: Told) => void = () => {}): Promise<Teller> {
  const w = await openWorkspace(BROAD);
  return {
    ...w,
    async call(method, args = {}, token = w.bot) {
      const answer =
        args instanceof FormData ? await sent(w, method, args, token) : await w.api(method, args, token);
      expect(answer, `${method} ${JSON.stringify(args)}`).toMatchObject({ ok: true });
      told({ method, args: args instanceof FormData ? {} : args, answer });
      return answer;
    },
  };
}

async function sent(w: Workspace, method: string, body: FormData, token: string): Promise<Answer> {
  const headers = { authorization: `Bearer ${token}` };
  return (await w.fetch(`/slack/api/${method}`, { method: 'POST', headers, body })).json();
}

/** Scopes of sign-in and of classic apps go with no others. */
const APART = /^(identity[.:]|openid$|email$|profile$|client$|rtm:|bot|seamless)/;

const scopesOf = (kind: 'bot' | 'user'): string[] => {
  const asked = slack.endpoints.flatMap((one) => (one.traits?.grants as Grants | undefined)?.[kind] ?? []);
  return [...new Set([...asked, 'users:read.email', 'chat:write.customize', 'chat:write.public'])]
    .filter((scope) => !APART.test(scope))
    .sort();
};

const [desk] = WORLD.slack?.apps ?? [];
const BROAD: WorldFile = {
  ...WORLD,
  slack: {
    ...WORLD.slack,
    apps: [
      {
        ...(desk as SlackAppPart),
        scopes: [...new Set([...(desk as SlackAppPart).scopes, ...scopesOf('bot')])],
        userScopes: scopesOf('user'),
        redirectUrls: ['https://desk.example/back'],
        unfurlDomains: ['acme.example'],
        events: {
          url: 'http://127.0.0.1:9/events',
          subscriptions: [
            ...((desk as SlackAppPart).events?.subscriptions ?? []),
            'entity_details_requested',
            'entity_comments_requested',
          ],
        },
      },
      {
        name: 'Porter',
        scopes: ['chat:write', 'users:write', 'incoming-webhook'],
        userScopes: ['chat:write'],
        redirectUrls: ['https://desk.example/back'],
        tokenRotation: true,
        events: { url: 'http://127.0.0.1:9/porter', subscriptions: ['user_connection'] },
      },
    ],
  },
};

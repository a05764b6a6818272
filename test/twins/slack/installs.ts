/** An app that nobody has let in yet, and what its program and a person's browser do to change that. */
import type { CreateOptions } from '../../../src/registry.ts';
import type { SlackAppPart, WorldFile } from '../../../src/world/file.ts';
import { type Answer, BOB, openWorkspace, WORLD, type Workspace } from './workspace.ts';

export const BACK = 'https://porter.example/slack/back';
const [desk] = WORLD.slack?.apps ?? [];

/** The workspace of the other tests, with Porter beside it; `part` changes what is said of Porter. */
export const porterWorld = (part: Partial<SlackAppPart> = {}): WorldFile => ({
  ...WORLD,
  slack: {
    ...WORLD.slack,
    apps: [
      desk as SlackAppPart,
      {
        name: 'Porter',
        scopes: ['chat:write', 'channels:read'],
        userScopes: ['chat:write'],
        redirectUrls: ['https://porter.example/slack'],
        installed: false,
        events: {
          url: 'http://127.0.0.1:9/porter',
          subscriptions: ['tokens_revoked', 'app_uninstalled', 'app_home_opened'],
        },
        ...part,
      },
    ],
  },
});

export interface Porter extends Workspace {
  client: { client_id: string; client_secret: string };
  /** The page on which Porter asks, `flow` a path such as `oauth/v2/authorize`. */
  page(query: Record<string, string>, flow?: string): string;
  /** What a browser shows at `url`: status and text. */
  look(url: string): Promise<{ status: number; text: string }>;
  /** Presses a button there; gives where the browser is led to. */
  press(url: string, fields: Record<string, string>): Promise<URL>;
  /** The code that comes of Bob's Allow. */
  code(query: Record<string, string>, flow?: string): Promise<string>;
  /** Calls a method by form, without a token. */
  form(method: string, fields: Record<string, string>, headers?: Record<string, string>): Promise<Answer>;
  /** Lets Porter in with `query` and gives what `oauth.v2.access` says. */
  install(query: Record<string, string>): Promise<Answer>;
}

export async function openPorter(
  part: Partial<SlackAppPart> = {},
  options: Omit<CreateOptions, 'world'> = {},
): Promise<Porter> {
  const w = await openWorkspace(porterWorld(part), options);
  const app: Answer = rows(w, 'slack.apps').find((row: Answer) => row.name === 'Porter');
  const client = { client_id: app.client_id, client_secret: app.client_secret };
  const page: Porter['page'] = (query, flow = 'oauth/v2/authorize') =>
    `/slack/${flow}?${new URLSearchParams({ client_id: client.client_id, ...query })}`;
  const press: Porter['press'] = async (url, fields) => {
    const answer = await w.fetch(url, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
    });
    const to = answer.headers.get('location');
    if (answer.status !== 302 || !to) throw new Error(`not led on: ${answer.status} ${await answer.text()}`);
    return new URL(to);
  };
  const code: Porter['code'] = async (query, flow) => {
    const channel = query.scope?.includes('incoming-webhook') ? w.channel('random') : '';
    const to = await press(page(query, flow), { as: w.person(BOB), decision: 'allow', channel });
    return to.searchParams.get('code') ?? '';
  };
  const form: Porter['form'] = async (method, fields, headers = {}) => {
    const answer = await w.fetch(`/slack/api/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body: new URLSearchParams(fields).toString(),
    });
    return answer.json();
  };
  return {
    ...w,
    client,
    page,
    press,
    code,
    form,
    async look(url) {
      const answer = await w.fetch(url, { redirect: 'manual' });
      return { status: answer.status, text: await answer.text() };
    },
    install: async (query) => form('oauth.v2.access', { ...client, code: await code(query) }),
  };
}

/** All rows of one of the twin's tables, as the control plane exports them. */
export const rows = (w: Workspace, table: string): Answer[] => [
  ...(w.universe.state.list({ name: table } as Answer) as Answer),
];

/** Random but repeatable traffic to the four twins: a seed chooses the calls, answers feed the ids of later ones. */
import type { Draw } from '../../src/prng.ts';
import { draw } from '../../src/prng.ts';

/** One request by a program. */
export interface Request {
  twin: string;
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string;
}

/** What programs of one universe know: their credentials and what they have seen. */
export interface Knowledge {
  slackToken: string;
  oktaToken: string;
  jiraBasic: string;
  googleToken: string;
  /** Ids, cursors and timestamps by kind, in the order in which they were seen. */
  seen: Record<string, string[]>;
}

/** Sends a request; gives status and body. */
export type Send = (request: Request) => Promise<{ status: number; body: string }>;

type Recipe = (k: Knowledge, d: Draw) => Request | undefined;

const json = { 'content-type': 'application/json; charset=utf-8' };
const slack = (k: Knowledge, method: string, args: Record<string, unknown>): Request => ({
  twin: 'slack',
  method: 'POST',
  path: `/api/${method}`,
  headers: { ...json, authorization: `Bearer ${k.slackToken}` },
  body: JSON.stringify(args),
});
const okta = (k: Knowledge, method: string, path: string, body?: unknown): Request => ({
  twin: 'okta',
  method,
  path: `/api/v1${path}`,
  headers: { ...json, accept: 'application/json', authorization: `SSWS ${k.oktaToken}` },
  ...(body === undefined ? {} : { body: JSON.stringify(body) }),
});
const jira = (k: Knowledge, method: string, path: string, body?: unknown): Request => ({
  twin: 'jira',
  method,
  path: `/rest/api/3${path}`,
  headers: { ...json, authorization: `Basic ${k.jiraBasic}` },
  ...(body === undefined ? {} : { body: JSON.stringify(body) }),
});
const google = (k: Knowledge, method: string, path: string, body?: unknown): Request => ({
  twin: 'google',
  method,
  path,
  headers: { ...json, authorization: `Bearer ${k.googleToken}` },
  ...(body === undefined ? {} : { body: JSON.stringify(body) }),
});
/** One of what was seen; undefined where nothing of the kind was. */
const some = (k: Knowledge, d: Draw, kind: string): string | undefined => {
  const known = k.seen[kind] ?? [];
  return known.length > 0 ? d.pick(known) : undefined;
};
const given = <T>(value: string | undefined, make: (value: string) => T): T | undefined =>
  value === undefined ? undefined : make(value);
const word = (d: Draw) => d.chars('abcdefghijklmnopqrstuvwxyz', 6);

const RECIPES: readonly Recipe[] = [
  (k) => slack(k, 'auth.test', {}),
  (k, d) =>
    slack(k, 'conversations.list', {
      limit: d.int(1, 3),
      ...(d.float() < 0.4 ? given(some(k, d, 'slackCursor'), (cursor) => ({ cursor })) : {}),
    }),
  (k, d) => slack(k, 'users.list', { limit: d.int(1, 5) }),
  (k, d) =>
    given(some(k, d, 'channel'), (channel) =>
      slack(k, 'chat.postMessage', {
        channel,
        text: word(d),
        ...(d.float() < 0.3 ? given(some(k, d, 'ts'), (thread_ts) => ({ thread_ts })) : {}),
      }),
    ),
  (k, d) =>
    given(some(k, d, 'channel'), (channel) =>
      slack(k, 'conversations.history', { channel, limit: d.int(1, 5) }),
    ),
  (k, d) =>
    given(some(k, d, 'channel'), (channel) =>
      given(some(k, d, 'ts'), (timestamp) => slack(k, 'reactions.add', { channel, timestamp, name: 'eyes' })),
    ),
  (k, d) =>
    given(some(k, d, 'channel'), (channel) =>
      given(some(k, d, 'ts'), (ts) => slack(k, 'chat.update', { channel, ts, text: word(d) })),
    ),
  (k, d) => okta(k, 'GET', `/users?limit=${d.int(1, 3)}`),
  (k, d) => okta(k, 'GET', `/groups?q=${d.pick(['e', 'fig', 'x'])}`),
  (k, d) =>
    okta(k, 'POST', '/users?activate=true', {
      profile: {
        firstName: word(d),
        lastName: word(d),
        email: `${word(d)}@acme.example`,
        login: `${word(d)}@acme.example`,
      },
    }),
  (k, d) => okta(k, 'POST', '/groups', { profile: { name: word(d), description: word(d) } }),
  (k, d) =>
    given(some(k, d, 'oktaUser'), (user) =>
      given(some(k, d, 'oktaGroup'), (group) =>
        okta(k, d.pick(['PUT', 'DELETE']), `/groups/${group}/users/${user}`),
      ),
    ),
  (k, d) => given(some(k, d, 'oktaUser'), (user) => okta(k, 'GET', `/users/${user}`)),
  (k, d) => okta(k, 'GET', `/logs?limit=${d.int(1, 4)}`),
  (k, d) =>
    okta(
      k,
      'GET',
      `/users?search=${encodeURIComponent('profile.lastName sw "a" or status eq "ACTIVE"')}&limit=${d.int(1, 3)}`,
    ),
  (k, d) =>
    jira(k, 'POST', '/issue', {
      fields: { project: { key: 'SIM' }, issuetype: { name: 'Task' }, summary: word(d) },
    }),
  (k, d) => given(some(k, d, 'issue'), (issue) => jira(k, 'GET', `/issue/${issue}`)),
  (k, d) =>
    given(some(k, d, 'issue'), (issue) =>
      jira(k, 'PUT', `/issue/${issue}`, { fields: { summary: word(d) } }),
    ),
  (k, d) => given(some(k, d, 'issue'), (issue) => jira(k, 'GET', `/issue/${issue}/transitions`)),
  (k, d) =>
    given(some(k, d, 'issue'), (issue) =>
      jira(k, 'POST', `/issue/${issue}/comment`, {
        body: {
          type: 'doc',
          version: 1,
          content: [{ type: 'paragraph', content: [{ type: 'text', text: word(d) }] }],
        },
      }),
    ),
  (k, d) =>
    jira(
      k,
      'GET',
      `/search/jql?jql=${encodeURIComponent('project = SIM ORDER BY created DESC')}&maxResults=${d.int(1, 3)}&fields=summary,status`,
    ),
  (k, d) =>
    google(k, 'POST', '/drive/v3/files', {
      name: word(d),
      mimeType: d.pick(['application/vnd.google-apps.spreadsheet', 'application/vnd.google-apps.folder']),
    }),
  (k, d) =>
    google(k, 'GET', `/drive/v3/files?pageSize=${d.int(1, 3)}&fields=nextPageToken,files(id,name,mimeType)`),
  (k, d) =>
    given(some(k, d, 'sheet'), (id) =>
      google(k, 'POST', `/v4/spreadsheets/${id}/values/Sheet1!A1:append?valueInputOption=RAW`, {
        values: [[word(d), d.int(1, 9)]],
      }),
    ),
  (k, d) =>
    given(some(k, d, 'sheet'), (id) => google(k, 'GET', `/v4/spreadsheets/${id}/values/Sheet1!A1:B9`)),
];

/** The world that the traffic is about. */
export const SIMULATED_WORLD = {
  world: 'simulated',
  people: { count: 12 },
  okta: { groups: [{ name: 'figma-editors' }, { name: 'engineers' }] },
  slack: {
    team: 'simulated',
    channels: [{ name: 'general' }, { name: 'random' }, { name: 'secret', private: true }],
  },
  jira: { projects: [{ key: 'SIM', name: 'Simulation' }] },
  google: {
    domain: 'acme.example',
    drive: [
      { path: 'Plans', type: 'folder' as const },
      { path: 'Plans/Numbers', type: 'spreadsheet' as const },
    ],
  },
};

/** Sends `count` requests chosen by `seed`, one after the other, and gives everything that was answered. */
export async function traffic(
  knowledge: Knowledge,
  seed: number,
  count: number,
  send: Send,
): Promise<{ request: Request; status: number; body: string }[]> {
  const answers: { request: Request; status: number; body: string }[] = [];
  for (let nth = 0; nth < count; nth++) {
    const d = draw(seed, 'traffic', nth);
    const request = d.pick(RECIPES)(knowledge, d);
    if (!request) continue;
    const answer = await send(request);
    learn(knowledge, request, answer.body);
    answers.push({ request, ...answer });
  }
  return answers;
}

const KEEP_MAX = 40;
function learn(knowledge: Knowledge, request: Request, body: string): void {
  const note = (kind: string, pattern: RegExp) => {
    const list = knowledge.seen[kind] ?? [];
    knowledge.seen[kind] = list;
    for (const match of body.matchAll(pattern))
      if (match[1] && !list.includes(match[1]) && list.length < KEEP_MAX) list.push(match[1]);
  };
  if (request.twin === 'slack') {
    note('channel', /"id":"(C[A-Z0-9]{8,})"/g);
    note('ts', /"ts":"(\d+\.\d+)"/g);
    if (request.path.endsWith('conversations.list')) note('slackCursor', /"next_cursor":"([^"]+)"/g);
  }
  if (request.twin === 'okta') {
    note('oktaUser', /"id":"(00u[^"]+)"/g);
    note('oktaGroup', /"id":"(00g[^"]+)"/g);
  }
  if (request.twin === 'jira') note('issue', /"key":"(SIM-\d+)"/g);
  if (request.twin === 'google' && body.includes('spreadsheet')) note('sheet', /"id": ?"([\w-]{44})"/g);
}

/** The shape of a world file (contract §8), as types and as the JSON Schema that validates it. */
import type { PersonInput } from './cast.ts';
import { GOOGLE_SCHEMA, type GooglePart } from './googlePart.ts';
import { closed, countOr, email, emails, many, name, names, text, whole } from './shape.ts';

export type { GoogleFilePart, GooglePart } from './googlePart.ts';

export interface WorldFile {
  world: string;
  seed?: number;
  people?: { count: number; departments?: string[]; domain?: string } | PersonInput[];
  okta?: OktaPart;
  slack?: SlackPart;
  jira?: JiraPart;
  google?: GooglePart;
  wiring?: { from: 'okta'; to: 'slack' | 'jira' | 'google'; lag?: string }[];
}

export interface OktaGroupPart {
  name: string;
  description?: string;
  members?: string[];
  rule?: string;
}

export interface OktaPart {
  issuer?: string;
  groups?: OktaGroupPart[] | { count: number; members?: number };
  apps?: { name: string; type: string; label?: string; groups?: string[] }[];
}

export interface SlackMessagePart {
  channel: string;
  from: string;
  text: string;
  at?: string;
  replies?: { from: string; text: string; at?: string }[];
}

export interface SlackAppPart {
  name: string;
  scopes: string[];
  userScopes?: string[];
  commands?: { command: string; url?: string; description?: string }[];
  /** `userSubscriptions`: what it hears of on behalf of the people who let it in. */
  events?: { url?: string; subscriptions: string[]; userSubscriptions?: string[] };
  /** `optionsUrl`: where the options of external menus are asked for; absent: at `url`. */
  interactivity?: { url?: string; optionsUrl?: string };
  shortcuts?: { name: string; callbackId: string; type?: 'global' | 'message'; description?: string }[];
  /** Of messages with links to these domains it hears (`link_shared`). */
  unfurlDomains?: string[];
  socketMode?: boolean;
  /** Where people may be sent back to after an install; absent: anywhere. */
  redirectUrls?: string[];
  /** Tokens that it is given by OAuth expire and come with refresh tokens. */
  tokenRotation?: boolean;
  /** A public client, which need not keep a secret. */
  pkce?: boolean;
  /** `false`: nobody has let it into the workspace yet. */
  installed?: boolean;
  webhooks?: { channel: string }[];
}

export interface SlackChannelPart {
  name: string;
  private?: boolean;
  members?: string[];
  topic?: string;
  purpose?: string;
}

export interface SlackPart {
  team?: string;
  /** By name, or so many made up: `members` is how many people a channel has, #general apart, which has all. */
  channels?: SlackChannelPart[] | { count: number; members?: number };
  /** Word by word, or so many made up: a year of talk up to now. */
  messages?: SlackMessagePart[] | { count: number };
  apps?: SlackAppPart[];
}

export interface JiraIssuePart {
  project: string;
  type: string;
  summary: string;
  description?: string;
  status?: string;
  assignee?: string;
  reporter?: string;
  priority?: string;
  labels?: string[];
  parent?: string;
  comments?: { from: string; text: string }[];
}

export interface JiraPart {
  site?: string;
  projects?: {
    key: string;
    name: string;
    type?: string;
    issueTypes?: string[];
    workflow?: {
      statuses: { name: string; category: 'new' | 'indeterminate' | 'done' }[];
      transitions?: { name: string; from?: string[]; to: string }[];
    };
    lead?: string;
  }[];
  issues?: JiraIssuePart[] | { count: number };
  /**
   * OAuth apps of the developer console. `callbackUrls` absent: people may be sent back anywhere. `private`: not shared,
   * so that its webhooks are sent for its owner (the administrator) only.
   */
  apps?: { name: string; callbackUrls?: string[]; scopes?: string[]; private?: boolean }[];
  /** Webhooks of the settings; `url` may hold `${issue.key}` and bindings. */
  webhooks?: { name: string; url: string; events: string[]; jql?: string; secret?: string }[];
}

const lag = {
  type: 'string',
  format: 'duration-or-ms',
  description: 'write 250ms, 30s, 5m, 2h, 7d or PT30M',
};
/** JSON Schema of a world file; published under `/v1/schemas/world`. */
export const WORLD_SCHEMA: Record<string, unknown> = {
  $id: 'https://orrery.dev/schemas/world.json',
  ...closed(
    {
      world: name,
      seed: { type: 'integer', minimum: 0 },
      people: countOr(
        closed({ count: whole(0, 200_000), departments: names, domain: name }, ['count']),
        many(closed({ email, name, title: name, department: name, manager: email }, ['email', 'name'])),
      ),
      okta: closed({
        issuer: name,
        groups: countOr(
          closed({ count: whole(0, 100_000), members: whole(1, 10_000) }, ['count']),
          many(closed({ name, description: text, members: emails, rule: text }, ['name'])),
        ),
        apps: many(closed({ name, type: name, label: name, groups: names }, ['name', 'type'])),
      }),
      slack: closed({
        team: name,
        channels: countOr(
          closed({ count: whole(1, 100_000), members: whole(1, 10_000) }, ['count']),
          many(
            closed({ name, private: { type: 'boolean' }, members: emails, topic: text, purpose: text }, [
              'name',
            ]),
          ),
        ),
        messages: countOr(
          closed({ count: whole(0, 2_000_000) }, ['count']),
          many(
            closed(
              {
                channel: name,
                from: email,
                text,
                at: name,
                replies: many(closed({ from: email, text, at: name }, ['from', 'text'])),
              },
              ['channel', 'from', 'text'],
            ),
          ),
        ),
        apps: many(
          closed(
            {
              name,
              scopes: names,
              userScopes: names,
              commands: many(closed({ command: name, url: name, description: text }, ['command'])),
              events: closed({ url: name, subscriptions: names, userSubscriptions: names }, [
                'subscriptions',
              ]),
              interactivity: closed({ url: name, optionsUrl: name }),
              shortcuts: many(
                closed(
                  {
                    name,
                    callbackId: name,
                    type: { enum: ['global', 'message'] },
                    description: text,
                  },
                  ['name', 'callbackId'],
                ),
              ),
              unfurlDomains: names,
              socketMode: { type: 'boolean' },
              redirectUrls: names,
              tokenRotation: { type: 'boolean' },
              pkce: { type: 'boolean' },
              installed: { type: 'boolean' },
              webhooks: many(closed({ channel: name }, ['channel']), 1_000),
            },
            ['name', 'scopes'],
          ),
          1_000,
        ),
      }),
      jira: closed({
        site: name,
        projects: many(
          closed(
            {
              key: { type: 'string', pattern: '^[A-Z][A-Z0-9_]{1,9}$' },
              name,
              type: { enum: ['software', 'business', 'service_desk'] },
              issueTypes: names,
              lead: email,
              workflow: closed(
                {
                  statuses: many(
                    closed({ name, category: { enum: ['new', 'indeterminate', 'done'] } }, [
                      'name',
                      'category',
                    ]),
                    200,
                  ),
                  transitions: many(closed({ name, from: names, to: name }, ['name', 'to']), 500),
                },
                ['statuses'],
              ),
            },
            ['key', 'name'],
          ),
        ),
        issues: countOr(
          closed({ count: whole(0, 1_000_000) }, ['count']),
          many(
            closed(
              {
                project: name,
                type: name,
                summary: name,
                description: text,
                status: name,
                assignee: email,
                reporter: email,
                priority: name,
                labels: names,
                parent: name,
                comments: many(closed({ from: email, text }, ['from', 'text'])),
              },
              ['project', 'type', 'summary'],
            ),
          ),
        ),
        apps: many(
          closed({ name, callbackUrls: names, scopes: names, private: { type: 'boolean' } }, ['name']),
          100,
        ),
        webhooks: many(
          closed({ name, url: text, events: names, jql: text, secret: name }, ['name', 'url', 'events']),
          100,
        ),
      }),
      google: GOOGLE_SCHEMA,
      wiring: many(
        closed({ from: { const: 'okta' }, to: { enum: ['slack', 'jira', 'google'] }, lag }, ['from', 'to']),
        3,
      ),
    },
    ['world'],
  ),
};

/** The shape of a world file (contract §8), as types and as the JSON Schema that validates it. */
import type { PersonInput } from './cast.ts';

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

export interface GoogleFilePart {
  path: string;
  type: 'folder' | 'document' | 'spreadsheet' | 'file';
  owner?: string;
  shared?: { with: string; role: 'reader' | 'commenter' | 'writer' }[];
  /** A document's or file's text, or a spreadsheet's sheets. */
  content?: string | { sheets: { title: string; rows: (string | number | boolean | null)[][] }[] };
  mimeType?: string;
}

export interface GoogleLabelPart {
  title: string;
  id?: string;
  fields?: {
    name: string;
    id?: string;
    type: 'text' | 'integer' | 'date' | 'selection' | 'user';
    /** It holds several values. */
    list?: boolean;
    choices?: { name: string; id?: string }[];
  }[];
}

export interface GooglePart {
  domain?: string;
  /**
   * OAuth clients besides the world's own. `redirectUris` of a web client absent: to any address that could be
   * registered; desktop ones come back to the machine itself, `tv` (limited input devices) nowhere.
   */
  clients?: { name: string; type: 'web' | 'desktop' | 'tv'; redirectUris?: string[] }[];
  /** Scopes that the service account may use in people's names (domain-wide delegation). */
  delegation?: string[];
  /** Addresses that stand for several people; members may be groups too. */
  groups?: { email: string; name?: string; members: string[] }[];
  /** `false`: people may not share with others outside of the domain, or with anyone who has the link. */
  sharing?: { outside?: boolean; public?: boolean };
  /** What each person may keep: bytes. */
  storage?: { limit: number };
  /** Labels that the domain has published. */
  labels?: GoogleLabelPart[];
  /** Besides those of `drive`, so many made up. */
  files?: { count: number };
  drive?: GoogleFilePart[];
}

const text = { type: 'string', minLength: 1, maxLength: 40_000 } as const;
const name = { type: 'string', minLength: 1, maxLength: 255 } as const;
const lag = {
  type: 'string',
  format: 'duration-or-ms',
  description: 'write 250ms, 30s, 5m, 2h, 7d or PT30M',
};
const email = { type: 'string', format: 'email', maxLength: 254 } as const;
const emails = { type: 'array', items: email, maxItems: 100_000 } as const;
const names = { type: 'array', items: name, maxItems: 1_000 } as const;

function closed(properties: Record<string, unknown>, required: string[] = []): Record<string, unknown> {
  return { type: 'object', additionalProperties: false, required, properties };
}
const whole = (minimum: number, maximum: number) => ({ type: 'integer', minimum, maximum });
const many = (items: unknown, maxItems: number = 100_000) => ({ type: 'array', items, maxItems });

/** Things by number, or one by one. */
const countOr = (counted: unknown, listed: unknown) => ({
  if: { type: 'object' },
  // biome-ignore lint/suspicious/noThenProperty: a JSON Schema's word.
  then: counted,
  else: listed,
});

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
      google: closed({
        domain: name,
        clients: many(
          closed(
            {
              name,
              type: { enum: ['web', 'desktop', 'tv'] },
              redirectUris: { type: 'array', items: { type: 'string', format: 'uri' }, maxItems: 100 },
            },
            ['name', 'type'],
          ),
          100,
        ),
        delegation: names,
        groups: many(closed({ email, name, members: emails }, ['email', 'members'])),
        sharing: closed({ outside: { type: 'boolean' }, public: { type: 'boolean' } }),
        storage: closed({ limit: whole(0, 2 ** 50) }, ['limit']),
        files: closed({ count: whole(0, 1_000_000) }, ['count']),
        labels: many(
          closed(
            {
              title: name,
              id: name,
              fields: many(
                closed(
                  {
                    name,
                    id: name,
                    type: { enum: ['text', 'integer', 'date', 'selection', 'user'] },
                    list: { type: 'boolean' },
                    choices: many(closed({ name, id: name }, ['name']), 200),
                  },
                  ['name', 'type'],
                ),
                50,
              ),
            },
            ['title'],
          ),
          1_000,
        ),
        drive: many(
          closed(
            {
              path: text,
              type: { enum: ['folder', 'document', 'spreadsheet', 'file'] },
              owner: email,
              mimeType: name,
              shared: many(
                closed({ with: email, role: { enum: ['reader', 'commenter', 'writer'] } }, ['with', 'role']),
              ),
              content: {
                anyOf: [
                  { type: 'string', maxLength: 1_000_000 },
                  closed(
                    {
                      sheets: many(
                        closed(
                          {
                            title: name,
                            rows: many({
                              type: 'array',
                              items: { type: ['string', 'number', 'boolean', 'null'] },
                            }),
                          },
                          ['title', 'rows'],
                        ),
                        200,
                      ),
                    },
                    ['sheets'],
                  ),
                ],
              },
            },
            ['path', 'type'],
          ),
        ),
      }),
      wiring: many(
        closed({ from: { const: 'okta' }, to: { enum: ['slack', 'jira', 'google'] }, lag }, ['from', 'to']),
        3,
      ),
    },
    ['world'],
  ),
};

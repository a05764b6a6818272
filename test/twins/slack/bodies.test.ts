import { Ajv } from 'ajv';
import { afterAll, describe, expect, it } from 'vitest';
import { slack } from '../../../twins/slack/twin.ts';
import { described, hasSpecs, spec } from './specs.ts';
import { stories } from './stories/all.ts';
import { type Answer, openTeller } from './stories/teller.ts';

type Keys = Readonly<Record<string, unknown>>;

/** Each method's answers in the stories. */
const answers = new Map<string, Answer[]>();

describe.skipIf(!hasSpecs)('what methods answer', () => {
  for (const { says, tell } of stories)
    it(`comes of stories: ${says}`, async () => {
      await tell(
        await openTeller(({ method, answer }) =>
          answers.set(method, [...(answers.get(method) ?? []), answer]),
        ),
      );
    });

  it('is as the description says, or as Slack has it since', () => {
    expect([...answers].flatMap(([method, given]) => breaches(method, given))).toEqual([]);
  });

  it('has no key that no sample of the SDKs has', () => {
    const strange = [...answers].flatMap(([method, given]) => given.flatMap((one) => unknown(one, method)));
    expect([...new Set(strange)].filter((one) => !KNOWN_OTHERWISE.has(one))).toEqual([]);
  });

  it('lacks no key at its top that the SDKs’ sample has', () => {
    const lacking = [...answers].flatMap(([method, given]) =>
      Object.keys(samples[method] ?? {})
        .filter((key) => !ENVELOPE.has(key) && !given.some((one) => key in one))
        .map((key) => `${method} ${key}`),
    );
    expect(lacking.filter((one) => !lacked.has(one))).toEqual([]);
  });

  it('has what the reference says that it always has', () => {
    const lacking = [...answers].flatMap(([method, given]) =>
      ((described[method]?.output as { required?: string[] } | undefined)?.required ?? [])
        .filter((key) => given.some((one) => !(key in one)))
        .map((key) => `${method} ${key}`),
    );
    expect(lacking.filter((one) => !lacked.has(one))).toEqual([]);
  });

  it('was asked for of every method that the twin has', () => {
    const methods = slack.endpoints.filter((one) => one.route.includes(' /api/')).map((one) => one.id);
    expect(methods.filter((one) => !answers.has(one) && !UNTOLD[one])).toEqual([]);
  });

  afterAll(() => answers.clear());
});

interface Description {
  paths: Readonly<Record<string, Keys>>;
}
const description = hasSpecs ? spec<Description>('slack_web_openapi_v2.json') : { paths: {} };
const samples = hasSpecs ? spec<Record<string, Keys>>('response-samples.json') : {};
const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false, logger: false });
ajv.addSchema(description, 'slack');

/** Where answers break the description, each breach once. */
function breaches(method: string, given: readonly Answer[]): string[] {
  const [verb] = Object.keys(description.paths[`/${method}`] ?? {});
  if (!verb) return [];
  const valid = ajv.compile({ $ref: `slack#/paths/~1${method}/${verb}/responses/200/schema` });
  const all = new Set<string>();
  for (const one of given) {
    if (valid(one)) continue;
    for (const { instancePath, keyword, message, params } of valid.errors ?? []) {
      const more = String(params.additionalProperty ?? '');
      if (keyword === 'additionalProperties' && isKnown(more)) continue;
      all.add(`${method} ${instancePath.replace(/\/\d+/g, '')} ${message}${more && ` (${more})`}`);
    }
  }
  return [...all].filter((one) => !CONTRADICTED[one]);
}

/** Keys of the samples and of the reference’s examples, whatever method they are of: the description is of 2021, they are of this year. */
const known = new Set<string>();
const note = (value: unknown): void => {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (!Array.isArray(value)) known.add(key);
    note(inner);
  }
};
note(samples);
for (const { examples, output } of Object.values(described)) note([examples, output]);

const isKnown = (key: string): boolean => known.has(key) || /^[A-Z][A-Z0-9]{8,}$/.test(key);

/** Under these stands what a program or a person has named. */
const FREE = new Set(['emoji', 'event_payload', 'values', 'args', 'manifest', 'fields', 'item', 'items']);

/** Keys of an answer that no sample has, `method path`. */
function unknown(value: unknown, at: string): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => unknown(one, at));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    ...(isKnown(key) ? [] : [`${at}.${key}`]),
    ...(FREE.has(key) ? [] : unknown(inner, `${at}.${key}`)),
  ]);
}

/** The samples are of any answer: these come with refusals or by the way of calling. */
const ENVELOPE = new Set([
  'callstack',
  'error',
  'errors',
  'detail',
  'needed',
  'provided',
  'warning',
  'response_metadata',
  'arg',
]);

/** What the description has otherwise than the real service, and where that is seen. */
const CONTRADICTED: Readonly<Record<string, string>> = {
  // An app-level token is nobody's and of no workspace.
  ...Object.fromEntries(
    ['url', 'team', 'user', 'team_id', 'user_id'].map((key) => [
      `auth.test  must have required property '${key}'`,
      'the SDKs’ sample has app_name and app_id',
    ]),
  ),
  'chat.update /message/blocks must be object': 'blocks are a list in every recorded message',
};

/** What no sample has and the real service has. */
const KNOWN_OTHERWISE = new Set([
  // Recorded: user groups say what made them; null where people did.
  ...['create', 'update', 'users.update', 'disable', 'enable'].map(
    (one) => `usergroups.${one}.usergroup.auto_type`,
  ),
  'usergroups.list.usergroups.auto_type',
  // No sample of these methods; both are in the reference's examples.
  'search.messages.messages.matches.iid',
  'search.all.messages.matches.iid',
  'search.all.posts',
  'auth.revoke.revoked',
  'openid.connect.userInfo.https://slack.com/team_image_default',
  // Messages of agents say how far their stream is; the samples have none of them.
  'chat.stopStream.message.streaming_state',
  // The reference leaves the payload of an activity open.
  ...['datastore_name', 'request_type', 'details'].map(
    (one) => `apps.activities.list.activities.payload.${one}`,
  ),
]);

/** What a sample has of cases that no story tells, `method key …`, and which they are. */
const LACKING: readonly (readonly [keys: string, why: string])[] = [
  ['chat.postMessage deprecated_argument', 'an argument that Slack no longer takes'],
  ['reactions.list paging', 'recorded without: pages go by cursors'],
  ['conversations.close already_closed no_op', 'what is closed already: conversations.test.ts'],
  ['auth.test enterprise_id', 'Enterprise organisations'],
  ['emoji.list categories categories_version', 'the names of Unicode’s emoji, which the twin does not know'],
  [
    'files.info content_highlight_html content_highlight_css content_highlight_html_truncated',
    'coloured code, which the twin does not draw',
  ],
  ['files.info paging', 'of comments, which files no longer have'],
  ['canvases.access.set failed_to_update_channel_ids failed_to_update_user_ids', 'half a success'],
  ['canvases.access.delete failed_to_update_channel_ids failed_to_update_user_ids', 'half a success'],
  ['oauth.v2.exchange authed_user incoming_webhook', 'of what was installed, and not only exchanged'],
  ['slackLists.items.list next_cursor', 'it is in response_metadata, in the reference’s example too'],
  ['auth.teams.list team', 'a slip of the reference: it has teams'],
  ['apps.auth.external.get token_response_extras', 'the reference’s example has none'],
  ['apps.uninstall uninstalled', 'neither example nor sample has it'],
  ['workflows.featured.list invalid_channel_ids', 'half a success'],
  ['openid.connect.token refresh_token expires_in', 'tokens that rotate: rotation.test.ts'],
  [
    'openid.connect.userInfo https://slack.com/enterprise_id https://slack.com/enterprise_name https://slack.com/enterprise_domain',
    'Enterprise organisations',
  ],
  ['openid.connect.userInfo https://slack.com/user_image_1024', 'people with a picture of their own'],
  ['oauth.access incoming_webhook bot', 'their scopes: oauth.test.ts'],
  ['oauth.access token_type authorizing_user installer_user scopes', 'workspace apps, which are no more'],
];
const lacked = new Set(
  LACKING.flatMap(([line]) => {
    const [method, ...keys] = line.split(' ');
    return keys.map((key) => `${method} ${key}`);
  }),
);

/** Methods that no story calls with success, and why. */
const UNTOLD: Readonly<Record<string, string>> = {
  'migration.exchange': 'of Enterprise organisations',
  'users.discoverableContacts.lookup': 'of Enterprise organisations',
  'apps.managed.permissions.set': 'no app manages another',
  'functions.workflows.steps.responses.export': 'no step of a workflow is a form',
  'entity.acknowledgeCommentAction': 'nobody acts on a comment: entities.test.ts',
  'files.upload': 'retired',
  'rtm.start': 'retired',
  'files.comments.delete': 'there are no comments on files any more',
  'apps.connections.open': 'wants a server: socketMode.test.ts',
  'rtm.connect': 'wants a server: rtm.test.ts',
};

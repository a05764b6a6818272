import { describe, expect, it } from 'vitest';
import { Draw } from '../../../src/prng.ts';
import { mutations } from '../mutations.ts';
import { hasSpecs, spec } from './specs.ts';
import { stories } from './stories/all.ts';
import { type Answer, openTeller, type Teller } from './stories/teller.ts';

type Args = Record<string, unknown>;

describe('arguments that are not as they should be', () => {
  for (const { says, tell } of stories)
    it(`are refused by Slack's names, or taken, and are no mistake of the twin's: ${says}`, async () => {
      const wrongs: string[] = [];
      await tell(spoiling(await openTeller(), wrongs));
      expect(wrongs).toEqual([]);
    }, 60_000);
});

/** A teller that makes every call in each wrong way first, and looks at what that left. */
function spoiling(t: Teller, wrongs: string[]): Teller {
  const changed = new Set<string>();
  t.universe.journal.watch((_entry, changes) => {
    for (const { table } of changes) changed.add(table.name);
  });
  return {
    ...t,
    async call(method, args = {}, token = t.bot) {
      if (!(args instanceof FormData)) {
        const before = t.universe.snapshot('before', 'before');
        for (const { says, init } of spoilt(args)) {
          changed.clear();
          const { status, answer } = await ask(t, method, token, init);
          const complaint =
            wrong(method, status, answer, [...changed]) ??
            (changed.size > 0 ? await unreadable(t) : undefined);
          if (complaint) wrongs.push(`${method} ${says}: ${complaint}`);
          if (changed.size > 0) t.universe.restore(before);
        }
      }
      return t.call(method, args, token);
    },
  };
}

const JSON_TYPE = 'application/json; charset=utf-8';
const FORM_TYPE = 'application/x-www-form-urlencoded';

interface Sending {
  type: string;
  body: string;
}

/** All wrong ways of one call. */
function spoilt(args: Args): { says: string; init: Sending }[] {
  const json = (says: string, body: unknown) => ({
    says,
    init: { type: JSON_TYPE, body: JSON.stringify(body) },
  });
  const form = (says: string, body: Record<string, string>) => ({
    says,
    init: { type: FORM_TYPE, body: new URLSearchParams(body).toString() },
  });
  const whole = JSON.stringify(args);
  const flat = Object.fromEntries(Object.entries(args).map(([key, value]) => [key, asText(value)]));
  return [
    ...mutations(args).map(({ says, body }) => json(says, body)),
    ...Object.keys(args).map((key) => json(`without ${key}`, { ...args, [key]: undefined })),
    ...Object.entries(args).flatMap(([key, value]) =>
      spoiltValues(value).map((one) => json(`${key} = ${asText(one).slice(0, 40)}`, { ...args, [key]: one })),
    ),
    ...Object.entries(flat).map(([key, value]) => form(`${key} cut`, { ...flat, [key]: value.slice(0, -1) })),
    ...twiceSpoilt(args).map((body) => json(JSON.stringify(body), body)),
    json('a cursor of nowhere', { ...args, cursor: 'nowhere' }),
    json('an endless page', { ...args, limit: 1e9, count: 1e9 }),
    form('an array of arguments', { ...flat, 'channel[]': 'C1' }),
    form('a name that is none', { ...flat, 'a b': '1' }),
    { says: 'broken JSON', init: { type: JSON_TYPE, body: `${whole.slice(0, -1)},` } },
    { says: 'XML', init: { type: 'application/xml', body: '<a/>' } },
    {
      says: 'a form that says it is JSON',
      init: { type: JSON_TYPE, body: new URLSearchParams(flat).toString() || 'a=b' },
    },
  ];
}

/** Calls with two arguments wrong at once, and one that the method does not have: a few of the many, by a seed. */
function twiceSpoilt(args: Args): Args[] {
  const keys = Object.keys(args);
  if (keys.length < 2) return [];
  const draw = new Draw([SEED, keys.length, asText(args).length]);
  const wrong = (): unknown =>
    draw.pick([null, -1, 'x', '', true, [], {}, ['x'], [{}], { x: 1 }, 'C0NOWHERE99']);
  return Array.from({ length: PAIRS }, () => {
    const [one, other] = [draw.pick(keys), draw.pick([...keys, 'team_id', 'thread_ts', 'user'])];
    return { ...args, [one]: wrong(), [other]: wrong() };
  });
}

const SEED = 20_260_302;
/** Of each call. */
const PAIRS = 12;

const asText = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? '');

/** An id of nowhere, an endless text, numbers out of all bounds. */
function spoiltValues(value: unknown): unknown[] {
  if (typeof value === 'number') return [-1, 0, 1e15, 0.5];
  if (typeof value !== 'string') return [];
  const id = /^[A-Z][A-Za-z]?[A-Z0-9]{7,}$/.test(value) ? [`${value.slice(0, -4)}0000`] : [];
  return [...id, '', ' ', 'x'.repeat(50_000), '\u0000', '\ud800'];
}

async function ask(
  t: Teller,
  method: string,
  token: string,
  { type, body }: Sending,
): Promise<{ status: number; answer: Answer }> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': type };
  const response = await t.fetch(`/slack/api/${method}`, { method: 'POST', headers, body });
  return { status: response.status, answer: await response.json() };
}

/** What is wrong with an answer, undefined where nothing is. */
function wrong(
  method: string,
  status: number,
  answer: Answer,
  changed: readonly string[],
): string | undefined {
  if (status !== 200) return `answered ${status} ${answer.error}`;
  if (answer.ok === true) return undefined;
  if (changed.length > 0) return `${answer.error}, but changed ${changed}`;
  return !hasSpecs || isNamed(method, answer.error) ? undefined : `${answer.error} is none of its errors`;
}

/** Reads in which what was taken would show. */
async function unreadable(t: Teller): Promise<string | undefined> {
  for (const [method, args] of READS(t)) {
    const answer = await t.api(
      method,
      args,
      method.startsWith('search') || method.startsWith('stars') ? t.user : t.bot,
    );
    if (!answer.ok && answer.error === 'internal_error') return `then ${method} fails`;
  }
  return undefined;
}

const READS = (t: Teller): [string, Args][] => [
  ['conversations.history', { channel: t.channel('general') }],
  ['conversations.list', { types: 'public_channel,private_channel,mpim,im' }],
  ['users.list', {}],
  ['files.list', {}],
  ['usergroups.list', { include_users: true }],
  ['reactions.list', {}],
  ['search.messages', { query: 'hello' }],
  ['stars.list', {}],
];

interface Errors {
  _meta: { common_errors: Readonly<Record<string, string>> };
  methods: Readonly<Record<string, readonly string[]>>;
}
const errors: Errors = hasSpecs ? spec('errors.json') : { _meta: { common_errors: {} }, methods: {} };

/** What breaks the calling conventions is refused alike by all methods. */
const CONVENTIONS = new Set([
  'invalid_json',
  'json_not_object',
  'invalid_arguments',
  'invalid_arg_name',
  'invalid_array_arg',
  'invalid_form_data',
  'invalid_post_type',
  'missing_post_type',
  'invalid_cursor',
  'invalid_limit',
]);

/** What the service says and the page of the method, and of those beside it, does not have. */
const UNNAMED = new Set([
  // Of any id that names nothing.
  'channel_not_found',
  'user_not_found',
  // Of a time that is none, wherever a thread is named.
  'invalid_thread_ts',
  // Of a workspace that the token is not of.
  'team_access_not_granted',
  // Of a status emoji that the workspace lacks.
  'profile_status_set_failed_not_valid_emoji',
]);

/** Pages leave out what those of the same family have. */
const family = (method: string): string => method.split('.', 1)[0] as string;
const familyErrors = new Set(
  Object.entries(errors.methods).flatMap(([method, names]) =>
    names.map((name) => `${family(method)} ${name}`),
  ),
);

const isNamed = (method: string, error: string): boolean =>
  CONVENTIONS.has(error) ||
  UNNAMED.has(error) ||
  error in errors._meta.common_errors ||
  familyErrors.has(`${family(method)} ${error}`);

/**
 * What a large org costs beside a small one, and a group rule over everybody. By name, at full size:
 * `node --expose-gc dist/test/bench/okta.js [USERS]`.
 */
import type { WorldFile } from '../../src/world/file.ts';
import { okta } from '../../twins/okta/twin.ts';
import { openUniverse } from '../universe.ts';
import { FLAT, type Flatness, measured, type Pair, table } from './flat.ts';
import { heapUsed } from './measure.ts';

export interface Size {
  users: number;
  groups: number;
}

/** As large as a company's org gets, and as small as one that still fills every page. */
export const LARGE: Size = { users: 100_000, groups: 10_000 };
export const SMALL: Size = { users: 1_000, groups: 400 };
/** A page holds so many rows. */
const ROWS = 20;

/** An org that is asked without a socket, by its administrator's token. */
export interface OrgUnderTest {
  /** What an operation answers: its body, and the address of the next page. */
  call(method: string, path: string, input?: object): Promise<{ body: unknown; next: string | undefined }>;
}

/** Plants an org of that size. */
export async function org({ users, groups }: Size): Promise<OrgUnderTest> {
  const world: WorldFile = {
    world: 'bench',
    people: { count: users, departments: Array.from({ length: users / 50 }, (_, n) => `Department ${n}`) },
    okta: { groups: { count: groups, members: 20 } },
  };
  const { universe } = await openUniverse([okta], world);
  const base = universe.publicBase('okta');
  const { credentials } = okta.credentials.document(universe.view('okta'), base);
  const headers = {
    authorization: `SSWS ${(credentials as { apiToken: string }).apiToken}`,
    'content-type': 'application/json',
  };
  return {
    async call(method, target, input) {
      const [path = '', query = ''] = target.split('?');
      const body = Buffer.from(input ? JSON.stringify(input) : '');
      const plan = await universe.handle('okta', {
        method,
        path,
        query,
        headers,
        body,
        base,
        via: 'process',
      });
      if (!('reply' in plan)) throw new Error(`${target}: no answer`);
      const { reply } = plan;
      if (reply.status >= 300) throw new Error(`${target}: ${String(reply.body).slice(0, 200)}`);
      const links = Object.entries(reply.headers ?? {})
        .map(String)
        .join('\n');
      return {
        body: reply.body ? JSON.parse(String(reply.body)) : undefined,
        next: /<[^<>]*(\/api[^<>]*)>; rel="next"/.exec(links)?.[1],
      };
    },
  };
}

/** Measures each kind of page `rounds` times in each org. */
export async function flatness(
  small: OrgUnderTest,
  large: OrgUnderTest,
  rounds: number,
): Promise<Flatness[]> {
  const others = await pages(large);
  const pairs = Object.entries(await pages(small)).map(
    ([what, path]): Pair => ({
      what,
      small: () => small.call('GET', path),
      large: () => large.call('GET', others[what] as string),
    }),
  );
  return measured(pairs, rounds);
}

/** Each kind of page, at its beginning and further on, as this org has it. */
async function pages({ call }: OrgUnderTest): Promise<Record<string, string>> {
  const people = (await call('GET', '/api/v1/users?limit=2')).body as {
    id: string;
    profile: { login: string; department: string };
  }[];
  const [, { id, profile }] = people as [
    unknown,
    { id: string; profile: { login: string; department: string } },
  ];
  const [group] = (await call('GET', '/api/v1/groups?limit=1&filter=type+eq+%22OKTA_GROUP%22')).body as {
    id: string;
  }[];
  const later = async (path: string): Promise<string> => (await call('GET', path)).next as string;
  const listed = `/api/v1/users?limit=${ROWS}`;
  const members = `/api/v1/groups/${group?.id}/users?limit=${ROWS / 2}`;
  const search = (filter: string) => `/api/v1/users?limit=${ROWS}&search=${encodeURIComponent(filter)}`;
  return {
    'a user': `/api/v1/users/${id}`,
    users: listed,
    'users, second page': await later(listed),
    'users, filter by status': `/api/v1/users?limit=${ROWS}&filter=${encodeURIComponent('status eq "ACTIVE"')}`,
    'users, search by login': search(`profile.login eq "${profile.login}"`),
    'users, search by department': search(`profile.department eq "${profile.department}"`),
    'users, search by both of two': search(
      `status eq "ACTIVE" and profile.department eq "${profile.department}"`,
    ),
    groups: `/api/v1/groups?limit=${ROWS}`,
    'groups, search by name': `/api/v1/groups?search=${encodeURIComponent('profile.name eq "Legal Perth"')}`,
    'members of a group': members,
    'members of a group, second page': await later(members),
    'members of everyone': await everyone(call),
    'groups of a user': `/api/v1/users/${id}/groups`,
  };
}

async function everyone(call: OrgUnderTest['call']): Promise<string> {
  const [group] = (await call('GET', `/api/v1/groups?filter=${encodeURIComponent('type eq "BUILT_IN"')}`))
    .body as { id: string }[];
  return `/api/v1/groups/${group?.id}/users?limit=${ROWS}`;
}

/** Milliseconds until a rule that `part` of all departments fit has everybody in their group. */
export async function ruleMs(
  { call }: OrgUnderTest,
  expression: string,
): Promise<{ ms: number; moved: number }> {
  const group = (await call('POST', '/api/v1/groups', { profile: { name: `Ruled ${expression}` } })).body as {
    id: string;
  };
  const rule = (
    await call('POST', '/api/v1/groups/rules', {
      type: 'group_rule',
      name: expression.slice(0, 50),
      conditions: { expression: { value: expression, type: 'urn:okta:expression:1.0' } },
      actions: { assignUserToGroups: { groupIds: [group.id] } },
    })
  ).body as { id: string };
  const started = performance.now();
  await call('POST', `/api/v1/groups/rules/${rule.id}/lifecycle/activate`);
  const ms = performance.now() - started;
  let moved = 0;
  for (let path: string | undefined = `/api/v1/groups/${group.id}/users?limit=1000`; path; ) {
    const page: { body: unknown; next: string | undefined } = await call('GET', path);
    moved += (page.body as unknown[]).length;
    path = page.next;
  }
  return { ms, moved };
}

const ROUNDS = 200;
/** Rules over everybody, and the milliseconds that each may take: one that moves everybody is for looking at. */
const RULES: readonly [expression: string, msMax: number][] = [
  ['user.department == "Department 7"', 2_000],
  ['String.len(user.lastName) > 8', 2_000],
  ['user.login != ""', Number.POSITIVE_INFINITY],
];

if (process.argv[1]?.endsWith('bench/okta.js')) {
  const users = Number(process.argv[2] ?? LARGE.users);
  const before = heapUsed();
  const started = performance.now();
  const large = await org({ ...LARGE, users });
  const seconds = (performance.now() - started) / 1_000;
  const mib = (heapUsed() - before) / 2 ** 20;
  process.stdout.write(
    `${users} users, ${LARGE.groups} groups: ${seconds.toFixed(1)} s, ${mib.toFixed(0)} MiB\n`,
  );
  const rows = await flatness(await org(SMALL), large, ROUNDS);
  process.stdout.write(table(rows));
  let slow = false;
  for (const [expression, msMax] of RULES) {
    const { ms, moved } = await ruleMs(large, expression);
    process.stdout.write(`rule ${expression}: ${moved} users in ${ms.toFixed(0)} ms\n`);
    slow ||= ms > msMax;
  }
  process.exitCode = !slow && rows.every((one) => one.ratio <= FLAT) ? 0 : 1;
}

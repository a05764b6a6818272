import { describe, expect, it } from 'vitest';
import { draw } from '../../../src/prng.ts';
import type { WorldFile } from '../../../src/world/file.ts';
import { ADA, BEN, CY, openSite, type TestSite } from './site.ts';

const PEOPLE = [ADA, BEN, CY];
const KEYS = ['AAA', 'BBB', 'CCC'];
const PER_PROJECT = 4;

/** Three projects whose issues differ in reporter, assignee and level. */
const WORLD: WorldFile = {
  world: 'hidden',
  people: PEOPLE.map((email, i) => ({ email, name: `Person ${i}` })),
  jira: {
    site: 'acme',
    projects: KEYS.map((key, i) => ({ key, name: key, lead: PEOPLE[i] as string, issueTypes: ['Task'] })),
    issues: KEYS.flatMap((project, p) =>
      Array.from({ length: PER_PROJECT }, (_, i) => ({
        project,
        type: 'Task',
        summary: `Number ${i}`,
        reporter: PEOPLE[(p + i) % 3] as string,
        ...(i % 2 ? { assignee: PEOPLE[i % 3] as string } : {}),
      })),
    ),
  },
};

interface Holder {
  type: string;
  parameter?: string;
}

/** What a person is, as the reference model knows it. */
interface Known {
  accountId: string;
  role: boolean;
}

interface Issue {
  id: string;
  project: number;
  reporter: string;
  assignee: string | null;
  level: Holder[] | undefined;
}

/** Whether one of some holders is a person, by the vendor's words and not by the twin's code. */
function meant(
  holders: readonly Holder[],
  person: Known | undefined,
  project: number,
  ids: string[],
  at: Issue,
) {
  return holders.some(({ type, parameter }) => {
    if (type === 'anyone') return true;
    if (!person) return false;
    if (type === 'applicationRole' || type === 'group') return true;
    if (type === 'user') return parameter === person.accountId;
    if (type === 'projectLead') return ids[project] === person.accountId;
    if (type === 'projectRole') return person.role;
    return (type === 'reporter' ? at.reporter : at.assignee) === person.accountId;
  });
}

describe.each([1, 2, 3, 4, 5, 6])('with schemes by chance (%i)', (seed) => {
  it('a person reads, finds, counts and lists what they may browse, and nothing else', async () => {
    const site = await openSite(WORLD);
    const chance = draw(seed, 'hidden');
    const ok = async (method: string, path: string, body?: unknown) => {
      const answer = await site.call(method, `/rest/api/3${path}`, body);
      if (answer.status >= 400) throw new Error(`${method} ${path}: ${JSON.stringify(answer.body)}`);
      return answer;
    };
    const ids = await Promise.all(
      PEOPLE.map(async (email) =>
        String((await ok('GET', `/user/search?query=${email}`)).get('0.accountId')),
      ),
    );
    const { id: roleId } = (await ok('POST', '/role', { name: 'Insiders' })).body as { id: number };
    const inRole = chance.pick(ids);
    const holders = (anyone: boolean): Holder[] =>
      Array.from({ length: chance.int(0, 2) }, () =>
        chance.pick<Holder>([
          ...(anyone ? [{ type: 'anyone' }] : []),
          { type: 'applicationRole' },
          { type: 'group', parameter: 'jira-users-acme' },
          { type: 'user', parameter: chance.pick(ids) },
          { type: 'projectLead' },
          { type: 'projectRole', parameter: String(roleId) },
          { type: 'reporter' },
          { type: 'assignee' },
        ]),
      );
    const all = (
      await ok('POST', '/search/jql', { jql: 'created > -1d order by id', fields: ['*all'], maxResults: 100 })
    ).body as { issues: { id: string; fields: Record<string, { accountId: string; id: string }> }[] };
    const projectIds = (await ok('GET', '/project')).get('*.id') as string[];
    const levels = [holders(false), holders(false)];
    const scheme = await ok('POST', '/issuesecurityschemes', {
      name: 'Levels',
      levels: levels.map((members, i) => ({ name: `L${i}`, members: unlike(members) })),
    });
    const levelIds = (await ok('GET', `/issuesecurityschemes/${scheme.get('id')}`)).get(
      'levels.*.id',
    ) as string[];
    const browse: Holder[][] = [];
    for (const projectId of projectIds) {
      await ok('POST', `/project/${projectId}/role/${roleId}`, { user: [inRole] });
      await ok('PUT', '/issuesecurityschemes/project', { projectId, schemeId: scheme.get('id') });
      await site.universe.advance(site.universe.now() + 1_000);
    }
    const issues: Issue[] = [];
    for (const { id, fields } of all.issues) {
      const level = chance.int(0, 2);
      if (level < 2) await ok('PUT', `/issue/${id}`, { fields: { security: { id: levelIds[level] } } });
      issues.push({
        id,
        project: projectIds.indexOf(fields.project?.id as string),
        reporter: fields.reporter?.accountId as string,
        assignee: fields.assignee?.accountId ?? null,
        level: level < 2 ? levels[level] : undefined,
      });
    }
    for (const projectId of projectIds) {
      const granted = holders(true);
      browse.push(granted);
      const permissions = unlike(granted).map((holder) => ({ holder, permission: 'BROWSE_PROJECTS' }));
      const made = await ok('POST', '/permissionscheme', { name: `For ${projectId}`, permissions });
      await ok('PUT', `/project/${projectId}/permissionscheme`, { id: made.get('id') });
    }
    for (const [i, who] of [...PEOPLE, undefined].entries()) {
      const person = who === undefined ? undefined : { accountId: ids[i] as string, role: ids[i] === inRole };
      const as = who === undefined ? undefined : site.basicFor(who);
      const may = (issue: Issue) =>
        meant(browse[issue.project] as Holder[], person, issue.project, ids, issue) &&
        (!issue.level || meant(issue.level, person, issue.project, ids, issue));
      const expected = issues.filter(may).map(({ id }) => id);
      const says = `${who ?? 'nobody'} of ${seed}`;
      expect(await readable(site, as, issues), says).toEqual(expected);
      for (const [how, hits] of Object.entries(await found(site, as, issues)))
        expect([...hits].sort(), `${says} by ${how}`).toEqual([...expected].sort());
    }
  });
});

/** Holders, each once: a scheme takes none twice. */
const unlike = (holders: readonly Holder[]): Holder[] =>
  holders.filter(
    (one, i) => holders.findIndex((other) => JSON.stringify(other) === JSON.stringify(one)) === i,
  );

async function readable(site: TestSite, as: string | undefined, issues: readonly Issue[]): Promise<string[]> {
  const ids: string[] = [];
  for (const { id } of issues) {
    const { status } = await site.callAs(as, 'GET', `/rest/api/3/issue/${id}`);
    expect([200, 404]).toContain(status);
    if (status === 200) ids.push(id);
  }
  return ids;
}

/** The ids that each way of finding issues gives. */
async function found(site: TestSite, as: string | undefined, issues: readonly Issue[]) {
  const ask = async (path: string, body: unknown) =>
    (await site.callAs(as, 'POST', `/rest/api/3${path}`, body)).body;
  const ids = issues.map(({ id }) => id);
  const searched = (await ask('/search/jql', {
    jql: 'created > -1d',
    fields: ['id'],
    maxResults: 100,
  })) as Found;
  const named = (await ask('/search/jql', {
    jql: 'project in (AAA, BBB, CCC) OR summary ~ Number',
    maxResults: 100,
  })) as Found;
  const fetched = (await ask('/issue/bulkfetch', { issueIdsOrKeys: ids, fields: ['summary'] })) as Found;
  const matched = (await ask('/jql/match', { jqls: ['created > -1d'], issueIds: ids.map(Number) })) as {
    matches?: { matchedIssues: number[] }[];
  };
  const counted = (await ask('/search/approximate-count', { jql: 'created > -1d' })) as { count?: number };
  const checked = (await ask('/permissions/check', {
    projectPermissions: [{ permissions: ['BROWSE_PROJECTS'], issues: ids.map(Number) }],
  })) as { projectPermissions: { issues: number[] }[] };
  return {
    search: idsOf(searched),
    ...(named.issues ? { 'search by words': idsOf(named) } : {}),
    'bulk fetch': idsOf(fetched),
    ...(matched.matches ? { match: (matched.matches[0]?.matchedIssues ?? []).map(String) } : {}),
    ...(counted.count === undefined ? {} : { count: idsOf(searched).slice(0, counted.count) }),
    'permissions check': (checked.projectPermissions[0]?.issues ?? []).map(String),
  };
}

interface Found {
  issues?: { id: string }[];
}
const idsOf = ({ issues = [] }: Found): string[] => issues.map(({ id }) => id);

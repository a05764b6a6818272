import { describe, expect, it } from 'vitest';
import { draw } from '../../../src/prng.ts';
import { openSite, type TestSite } from './site.ts';

const AGILE = '/rest/agile/1.0';
const ISSUES = 8;
const STEPS = 60;
const DATES = { startDate: '2026-03-02T09:00:00.000Z', endDate: '2026-03-16T09:00:00.000Z' };

interface Field {
  id: number;
  state: string;
}

/** Whatever people do with sprints and ranks, in any order; what is refused must change nothing that counts. */
async function live(site: TestSite, seed: number): Promise<{ keys: string[]; sprints: number[] }> {
  const dice = draw(seed, 'sprints');
  const pick = <T>(all: readonly T[]): T => all[dice.u32() % all.length] as T;
  const keys: string[] = [];
  for (let i = 0; i < ISSUES; i++) keys.push(await site.issue({}));
  const sprints: number[] = [];
  const steps: (() => Promise<unknown>)[] = [
    async () => {
      const made = await site.call('POST', `${AGILE}/sprint`, {
        name: `Sprint ${sprints.length}`,
        originBoardId: 1,
        ...DATES,
      });
      sprints.push(Number(made.get('id')));
    },
    () => site.call('POST', `${AGILE}/sprint/${pick(sprints)}/issue`, { issues: [pick(keys), pick(keys)] }),
    () =>
      site.call('POST', `${AGILE}/sprint/${pick(sprints)}/issue`, {
        issues: [pick(keys)],
        rankBeforeIssue: pick(keys),
      }),
    () => site.call('POST', `${AGILE}/backlog/issue`, { issues: [pick(keys)] }),
    () =>
      site.call('POST', `${AGILE}/sprint/${pick(sprints)}`, { state: pick(['active', 'closed', 'future']) }),
    () =>
      site.call('PUT', `${AGILE}/issue/rank`, {
        issues: [pick(keys), pick(keys), pick(keys)],
        [pick(['rankBeforeIssue', 'rankAfterIssue'])]: pick(keys),
      }),
    () =>
      site.call('PUT', `/rest/api/3/issue/${pick(keys)}`, { fields: { customfield_10020: pick(sprints) } }),
    () => site.call('PUT', `/rest/api/3/issue/${pick(keys)}`, { fields: { customfield_10020: null } }),
  ];
  await (steps[0] as () => Promise<unknown>)();
  for (let i = 0; i < STEPS; i++) await pick(steps)();
  return { keys, sprints };
}

describe.each([1, 2, 3])('after a life of sprints and ranks (seed %i)', (seed) => {
  it('ranks are a total order, nobody is in two open sprints, and the changelog tells where each is', async () => {
    const site = await openSite();
    const { keys, sprints } = await live(site, seed);
    const { body } = await site.call('GET', `${AGILE}/board/1/issue?maxResults=100`);
    const { issues } = body as { issues: { key: string; fields: Record<string, unknown> }[] };
    const ranks = issues.map(({ fields }) => String(fields.customfield_10019));
    expect(ranks).toEqual([...new Set(ranks)].sort());
    for (const key of keys) {
      const issue = await site.call('GET', `/rest/api/3/issue/${key}`);
      const held = (issue.get('fields.customfield_10020') ?? []) as Field[];
      expect(held.filter(({ state }) => state !== 'closed').length).toBeLessThan(2);
      const told = await site.call('GET', `/rest/api/3/issue/${key}/changelog`);
      const rows = (told.get('values') as { items: { field: string; to: string }[] }[])
        .flatMap(({ items }) => items)
        .filter(({ field }) => field === 'Sprint');
      expect(rows.at(-1)?.to ?? '').toBe(held.map(({ id }) => id).join(', '));
    }
    for (const id of sprints) {
      const members = (await site.call('GET', `${AGILE}/sprint/${id}/issue?maxResults=100`)).get(
        'issues.*.key',
      ) as string[];
      for (const { key, fields } of issues)
        expect(members.includes(key)).toBe(
          ((fields.customfield_10020 ?? []) as Field[]).some((one) => one.id === id),
        );
    }
  });
});

import { describe, expect, it } from 'vitest';
import { type Draw, draw } from '../../../src/prng.ts';
import { openSite, type TestSite } from './site.ts';

const API = '/rest/api/3';
const SEEDS = [1, 2, 3, 4];
const STEPS = 25;

interface Way {
  id: string;
  /** Index of a status; none: back to where it starts. */
  to?: number;
  from: number[];
  /** What it sets the resolution to; '' takes it away. */
  resolution?: string;
}

/** A workflow drawn by lot: some statuses, ways from some to some, global ones, loops; some touch the resolution. */
function drawn(d: Draw): { names: string[]; categories: string[]; ways: Way[] } {
  const count = d.int(2, 5);
  const names = Array.from({ length: count }, (_, i) => `S${i}`);
  const categories = names.map(() => d.pick(['TODO', 'IN_PROGRESS', 'DONE']));
  const ways = Array.from({ length: d.int(2, 8) }, (_, i): Way => {
    const loop = d.int(0, 9) === 0;
    const from = loop || d.int(0, 3) === 0 ? [] : names.map((_name, n) => n).filter(() => d.int(0, 1) === 0);
    const resolution = d.pick([undefined, undefined, '', '10000', '10001']);
    return {
      id: String(11 + 10 * i),
      ...(loop ? {} : { to: d.int(0, count - 1) }),
      from,
      ...(resolution === undefined ? {} : { resolution }),
    };
  });
  return { names, categories, ways };
}

/** Gives the project REV the workflow; the ids of its statuses. */
async function given(
  site: TestSite,
  { names, categories, ways }: ReturnType<typeof drawn>,
): Promise<string[]> {
  const made = await site.call('POST', `${API}/workflows/create`, {
    statuses: names.map((name, i) => ({ name, statusCategory: categories[i], statusReference: name })),
    workflows: [
      {
        name: 'Walk',
        statuses: names.map((statusReference) => ({ statusReference, properties: {} })),
        transitions: [
          { id: '1', type: 'INITIAL', name: 'Create', toStatusReference: 'S0' },
          ...ways.map(({ id, to, from, resolution }) => ({
            id,
            type: from.length > 0 ? 'DIRECTED' : 'GLOBAL',
            name: `T${id}`,
            ...(to === undefined ? {} : { toStatusReference: names[to] }),
            links: from.map((n) => ({ fromStatusReference: names[n] })),
            actions:
              resolution === undefined
                ? []
                : [
                    {
                      ruleKey: 'system:update-field',
                      parameters: { field: 'resolution', mode: 'replace', value: resolution },
                    },
                  ],
          })),
        ],
      },
    ],
  });
  expect(made.status, JSON.stringify(made.body)).toBe(200);
  const scheme = await site.call('POST', `${API}/workflowscheme`, { name: 'Walk', defaultWorkflow: 'Walk' });
  const projectId = (await site.call('GET', `${API}/project/REV`)).get('id');
  const workflowSchemeId = String(scheme.get('id'));
  await site.call('PUT', `${API}/workflowscheme/project`, { projectId, workflowSchemeId });
  const all = made.get('statuses') as { id: string; name: string }[];
  return names.map((name) => all.find((one) => one.name === name)?.id ?? '');
}

interface Item {
  field: string;
  from: string | null;
  to: string | null;
}

/** What the changelog says became of a field, step by step, from where it began. */
async function told(site: TestSite, key: string, field: string): Promise<[string | null, string | null][]> {
  const log = await site.call('GET', `${API}/issue/${key}/changelog`);
  return (log.get('values.*.items') as Item[][])
    .flat()
    .filter((one) => one.field === field)
    .map(({ from, to }) => [from, to]);
}

/** That each step begins where the one before ended. */
function joined(steps: readonly [string | null, string | null][], first: string | null, last: string | null) {
  let at = first;
  for (const [from, to] of steps) {
    expect(from).toBe(at);
    expect(to).not.toBe(from);
    at = to;
  }
  expect(at).toBe(last);
}

describe('a walk by lot through a workflow drawn by lot', () => {
  for (const seed of SEEDS)
    it(`ends where a simple model ends, and the changelog tells how (seed ${seed})`, async () => {
      const d = draw(seed, 'walk');
      const site = await openSite();
      const workflow = drawn(d);
      const ids = await given(site, workflow);
      const key = await site.issue({ project: { key: 'REV' } });
      let status = 0;
      let resolution: string | null = null;
      for (let step = 0; step < STEPS; step++) {
        const way = d.pick(workflow.ways);
        const open = way.from.length === 0 || way.from.includes(status);
        const { status: code } = await site.call('POST', `${API}/issue/${key}/transitions`, {
          transition: { id: way.id },
        });
        expect(code, `seed ${seed}, step ${step}, ${JSON.stringify(way)}`).toBe(open ? 204 : 400);
        if (!open) continue;
        status = way.to ?? status;
        if (way.resolution !== undefined) resolution = way.resolution === '' ? null : way.resolution;
        const issue = await site.call('GET', `${API}/issue/${key}`);
        expect((issue.get('fields.resolution') as { id: string } | null)?.id ?? null).toBe(resolution);
        expect(issue.get('fields.resolutiondate') === null).toBe(resolution === null);
        expect(issue.get('fields.status.id')).toBe(ids[status]);
      }
      joined(await told(site, key, 'status'), ids[0] ?? null, ids[status] ?? null);
      joined(await told(site, key, 'resolution'), null, resolution);
    });
});

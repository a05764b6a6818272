import { describe, expect, it } from 'vitest';
import { type Draw, draw } from '../../../src/prng.ts';
import { BEN, CY, openSite, type TestSite } from './site.ts';

const paragraph = (text: string) => ({
  type: 'doc',
  version: 1,
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
});

describe('random requests that are wrong', () => {
  it('are refused and leave the site as it was, in every version and whoever sends them', async () => {
    const site = await openSite();
    const changed = new Set<string>();
    site.universe.journal.watch((_entry, changes) => {
      for (const { table } of changes) changed.add(table.name);
    });
    const people = [site.basic, site.basicFor(BEN), site.basicFor(CY), 'Basic bm9ib2R5Om5v', undefined];
    for (let seed = 1; seed <= 250; seed++) {
      const d = draw(seed, 'wrong');
      const [method, path, body] = wrong(d);
      changed.clear();
      const answer = await site.callAs(
        d.pick(people),
        method,
        `/rest/api/${d.pick(['2', '3', 'latest'])}${path}`,
        body,
      );
      const says = `seed ${seed}: ${method} ${path} ${JSON.stringify(body)} → ${answer.status}`;
      expect(answer.status, says).toBeGreaterThanOrEqual(400);
      expect(answer.status, says).toBeLessThan(500);
      expect([...changed], says).toEqual([]);
    }
  });
});

/** A request with something in it that cannot be: an unknown reference, a wrong type, a field of another screen. */
function wrong(d: Draw): [method: string, path: string, body?: unknown] {
  const issue = d.pick(['ENG-1', 'ENG-2', 'ENG-3']);
  const fields = d.pick([
    { summary: '' },
    { summary: 'a\nb' },
    { summary: 'x'.repeat(256) },
    { priority: { name: 'Urgent' } },
    { labels: ['two words'] },
    { labels: 'one' },
    { assignee: { accountId: 'nobody' } },
    { components: [{ name: 'None' }] },
    { fixVersions: [{ id: '1' }] },
    { duedate: 'tomorrow' },
    { parent: { key: 'NO-1' } },
    { timetracking: { originalEstimate: 'soon' } },
    { customfield_10016: 'three' },
    { customfield_99999: 1 },
    { status: { name: 'Done' } },
    { description: 5 },
    { issuetype: { name: 'Idea' } },
  ]);
  const both = { ...(d.int(0, 1) ? { labels: ['fine'] } : {}), ...fields };
  const place = { project: { key: 'ENG' }, issuetype: { name: 'Task' }, summary: 'x' };
  return d.pick<[string, string, unknown?]>([
    ['PUT', `/issue/${issue}`, { fields: both }],
    ['POST', '/issue', { fields: { ...place, ...both } }],
    ['POST', '/issue/bulk', { issueUpdates: [{ fields: { ...place, ...both } }] }],
    ['PUT', `/issue/${issue}`, { fields: { summary: 'Fine' }, update: { labels: [{ toggle: 'x' }] } }],
    ['PUT', `/issue/${issue}`, { update: { comment: [{ add: { body: '' } }], summary: [{ set: 'Fine' }] } }],
    ['POST', `/issue/${issue}/transitions`, { transition: { id: '999' }, fields: { summary: 'Fine' } }],
    ['POST', `/issue/${issue}/comment`, { body: '' }],
    ['POST', `/issue/${issue}/worklog`, { timeSpent: d.pick(['', 'soon', '-1h', 5]) }],
    ['POST', `/issue/${issue}/worklog?adjustEstimate=new`, { timeSpent: '1h' }],
    [
      'POST',
      '/issueLink',
      { type: { name: 'Blocks' }, inwardIssue: { key: issue }, outwardIssue: { key: 'NO-1' } },
    ],
    ['POST', `/issue/${issue}/remotelink`, { object: { title: 'x' } }],
    ['PUT', `/issue/${issue}/assignee`, { accountId: 'nobody' }],
    ['DELETE', `/issue/${issue}/watchers?accountId=nobody`],
    ['PUT', `/issue/${issue}/properties/${'k'.repeat(256)}`, 1],
    [
      'POST',
      '/bulk/issues/fields',
      { selectedActions: ['labels'], selectedIssueIdsOrKeys: [issue], editedFieldsInput: {} },
    ],
    ['PUT', '/issue/archive', { issueIdsOrKeys: ['NO-1'] }],
  ]);
}

describe('random edits of an issue', () => {
  it('are told by its changelog, from the first value of each field to the last', async () => {
    const site = await openSite();
    await things(site);
    for (let seed = 1; seed <= 8; seed++) {
      const d = draw(seed, 'edits');
      const key = await site.issue({ summary: 'At first' });
      const first = await labels(site, key);
      for (let step = 0; step < 12; step++) await edit(site, key, d);
      const { body } = await site.call('GET', `/rest/api/3/issue/${key}/changelog`);
      const { values } = body as { values: { items: Item[] }[] };
      expect(
        replayed(
          first,
          values.flatMap(({ items }) => items),
        ),
        `seed ${seed}`,
      ).toEqual(await labels(site, key));
    }
  });
});

interface Item {
  field: string;
  fromString: string | null;
  toString: string | null;
}

type Labels = Record<string, string | null | string[]>;

async function things(site: TestSite): Promise<void> {
  for (const name of ['One', 'Two']) {
    await site.call('POST', '/rest/api/3/component', { project: 'ENG', name });
    await site.call('POST', '/rest/api/3/version', { project: 'ENG', name });
  }
}

/** Changes something at random; every edit must be taken. */
async function edit(site: TestSite, key: string, d: Draw): Promise<void> {
  const path = `/rest/api/3/issue/${key}`;
  const set = (fields: object) => site.call('PUT', path, { fields });
  const people = (await site.call('GET', '/rest/api/3/user/assignable/search?project=ENG')).body as {
    accountId: string;
  }[];
  const named = () => d.pick([[], [{ name: 'One' }], [{ name: 'Two' }], [{ name: 'One' }, { name: 'Two' }]]);
  const edits: (() => Promise<{ status: number; body: unknown }>)[] = [
    () => set({ summary: d.pick(['A', 'B', 'C']) }),
    () => set({ priority: { name: d.pick(['High', 'Low', 'Medium']) } }),
    () => set({ labels: d.pick([[], ['a'], ['a', 'b'], ['c']]) }),
    () => set({ assignee: d.pick([null, ...people.map(({ accountId }) => ({ accountId }))]) }),
    () => set({ components: named() }),
    () => set({ fixVersions: named() }),
    () => set({ duedate: d.pick([null, '2026-04-01', '2026-05-01']) }),
    () => set({ description: d.pick([null, paragraph('Words'), paragraph('Other words')]) }),
    () => site.call('POST', `${path}/worklog`, { timeSpent: d.pick(['1h', '30m']) }),
    () => set({ timetracking: { remainingEstimate: d.pick(['1h', '2h']) } }),
    async () => {
      const { body } = await site.call('GET', `${path}/transitions`);
      const { transitions } = body as { transitions: { id: string }[] };
      return site.call('POST', `${path}/transitions`, { transition: { id: d.pick(transitions).id } });
    },
  ];
  const answer = await d.pick(edits)();
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
}

/** What an issue's fields are, as the changelog would say it. */
async function labels(site: TestSite, key: string): Promise<Labels> {
  const answer = await site.call('GET', `/rest/api/2/issue/${key}`);
  const at = (path: string) => (answer.get(`fields.${path}`) ?? null) as string | null;
  const names = (path: string) => (answer.get(`fields.${path}.*.name`) as string[]).sort();
  const number = (path: string) => (at(path) === null ? null : String(at(path)));
  return {
    summary: at('summary'),
    priority: at('priority.name'),
    labels: (answer.get('fields.labels') as string[]).join(' '),
    assignee: at('assignee.displayName'),
    Component: names('components'),
    'Fix Version': names('fixVersions'),
    duedate: at('duedate'),
    description: at('description'),
    status: at('status.name'),
    resolution: at('resolution.name'),
    timespent: number('timespent'),
    timeestimate: number('timeestimate'),
  };
}

/** The labels after a row of changes; each must begin where the one before it ended. */
function replayed(first: Labels, items: readonly Item[]): Labels {
  const now = { ...first };
  for (const item of items) {
    const { field, fromString } = item;
    const after = item.toString;
    const before = now[field];
    if (before === undefined) continue;
    if (Array.isArray(before)) {
      now[field] = [...before.filter((one) => one !== fromString), ...(after === null ? [] : [after])].sort();
      if (fromString !== null) expect(before).toContain(fromString);
    } else {
      expect(day(fromString) ?? (field === 'labels' ? '' : null), field).toBe(before);
      now[field] = day(after) ?? (field === 'labels' ? '' : null);
    }
  }
  return now;
}

/** A date in the changelog may have a time behind it. */
const day = (text: string | null): string | null =>
  text?.replace(/^(\d{4}-\d\d-\d\d) 00:00:00\.0$/, '$1') ?? null;

describe('a change', () => {
  it('says what the program that made it says of it', async () => {
    const site = await openSite();
    const key = await site.issue({});
    const historyMetadata = { type: 'myplugin:type', actor: { id: 'tony', displayName: 'Tony' } };
    await site.call('PUT', `/rest/api/3/issue/${key}`, { fields: { summary: 'x' }, historyMetadata });
    const log = await site.call('GET', `/rest/api/3/issue/${key}/changelog`);
    expect(log.get('values.0.historyMetadata')).toEqual(historyMetadata);
  });

  it('does not put a sub-task under an issue of another project', async () => {
    const site = await openSite();
    const parent = await site.issue({ project: { key: 'REV' } });
    const answer = await site.call('POST', '/rest/api/3/issue', {
      fields: {
        project: { key: 'ENG' },
        issuetype: { name: 'Sub-task' },
        summary: 'x',
        parent: { key: parent },
      },
    });
    expect([answer.status, answer.get('errors')]).toEqual([
      400,
      { parent: 'Sub-tasks must be created in the same project as the parent.' },
    ]);
  });
});

describe('a link to another place', () => {
  const at = '/rest/api/3/issue/ENG-2/remotelink';

  it('is written into the history, and takes the place of the one with its global id', async () => {
    const site = await openSite();
    const object = { url: 'https://wiki.example/1', title: 'Page' };
    const put = (title: string) =>
      site.call('POST', at, {
        globalId: 'page=1',
        application: { name: 'Wiki' },
        object: { ...object, title },
      });
    expect([(await put('Page')).status, (await put('Page 2')).status]).toEqual([201, 200]);
    expect((await site.call('GET', at)).get('*.object.title')).toEqual(['Page 2']);
    const log = await site.call('GET', '/rest/api/3/issue/ENG-2/changelog');
    const items = (log.get('values.*.items') as Item[][]).flat();
    expect(items.at(-1)?.toString).toBe('This work item links to "Page (Wiki)"');
  });

  it.each([
    [{ object: { title: 'x' } }, 'url'],
    [{ object: { title: 'x', url: 'no address' } }, 'url'],
    [{ object: { title: 'x'.repeat(256), url: 'https://a.example' } }, 'title'],
    [{ object: { title: 'x', url: 'https://a.example', status: { resolved: 'yes' } } }, 'resolved'],
    [{ globalId: 5, object: { title: 'x', url: 'https://a.example' } }, 'globalId'],
  ])('is refused where a part of it is wrong: %j', async (body, field) => {
    const site = await openSite();
    const answer = await site.call('POST', at, body);
    expect([answer.status, Object.keys(answer.get('errors') as object)]).toEqual([400, [field]]);
  });
});

describe('a property of many issues', () => {
  const put = (site: TestSite, body: object) => site.call('PUT', '/rest/api/3/issue/properties/size', body);
  const of = async (site: TestSite, key: string) =>
    (await site.call('GET', `/rest/api/3/issue/${key}/properties/size`)).get('value');

  it('is what an expression says of each', async () => {
    const site = await openSite();
    // The answer leads to the task, where the client follows.
    const asked = await put(site, { expression: 'issue.summary.length' });
    expect(asked.get('status')).toBe('ENQUEUED');
    await site.universe.advance(site.universe.now() + 1_000);
    const summary = (await site.call('GET', '/rest/api/3/issue/ENG-2')).get('fields.summary') as string;
    expect(await of(site, 'ENG-2')).toBe(summary.length);
  });

  it('is refused for an expression that cannot be read, and for a value beside it', async () => {
    const site = await openSite();
    expect((await put(site, { expression: 'issue.(' })).status).toBe(400);
    expect((await put(site, { expression: '1', value: 1 })).status).toBe(400);
  });
});

describe('versioned representations', () => {
  it('take the place of the fields', async () => {
    const site = await openSite();
    const read = await site.call(
      'GET',
      '/rest/api/3/issue/ENG-2?fields=summary&expand=versionedRepresentations',
    );
    expect(read.get('fields')).toBeUndefined();
    expect(read.get('versionedRepresentations.summary.1')).toBe('Exports run twice');
  });
});

describe('verbs of an update', () => {
  const edit = (site: TestSite, key: string, update: object) =>
    site.call('PUT', `/rest/api/2/issue/${key}`, { update });

  it('leave, change and take back comments and work', async () => {
    const site = await openSite();
    const key = await site.issue({ timetracking: { remainingEstimate: '5h' } });
    const read = async (place: string) =>
      (await site.call('GET', `/rest/api/2/issue/${key}`)).get(`fields.${place}`);
    const worklog = [{ add: { timeSpent: '1h', adjustEstimate: 'leave' } }];
    await edit(site, key, { comment: [{ add: { body: 'First' } }], worklog });
    expect(await read('timetracking')).toMatchObject({ remainingEstimate: '5h', timeSpent: '1h' });
    const [id] = (await read('comment.comments.*.id')) as string[];
    await edit(site, key, { comment: [{ edit: { id, body: 'Changed' } }] });
    expect(await read('comment.comments.*.body')).toEqual(['Changed']);
    await edit(site, key, { comment: [{ remove: { id } }] });
    expect(await read('comment.total')).toBe(0);
  });

  it('that a field does not have are refused, and nothing of the request is kept', async () => {
    const site = await openSite();
    const key = await site.issue({});
    const answer = await edit(site, key, { summary: [{ set: 'Lost' }], comment: [{ shout: { body: 'x' } }] });
    expect([answer.status, Object.keys(answer.get('errors') as object)]).toEqual([400, ['comment']]);
    expect((await site.call('GET', `/rest/api/3/issue/${key}`)).get('fields.summary')).toBe('Something');
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { CY, openSite, type TestSite } from './site.ts';

let site: TestSite;
let key: string;
beforeEach(async () => {
  site = await openSite();
  key = await site.issue({ timetracking: { originalEstimate: '5h', remainingEstimate: '5h' } });
});

const at = (path = '') => `/rest/api/3/issue/${key}/worklog${path}`;
const left = async () =>
  (await site.call('GET', `/rest/api/3/issue/${key}`)).get('fields.timetracking.remainingEstimate');
const log = (query: string, timeSpent = '2h') => site.call('POST', at(query), { timeSpent });

describe('the remaining estimate', () => {
  it.each([
    ['', '3h'],
    ['?adjustEstimate=auto', '3h'],
    ['?adjustEstimate=leave', '5h'],
    ['?adjustEstimate=new&newEstimate=1d', '1d'],
    ['?adjustEstimate=manual&reduceBy=30m', '4h 30m'],
    ['?adjustEstimate=manual&reduceBy=2d', '0m'],
  ])('goes as the caller wants when work is logged: %s', async (query, remains) => {
    expect((await log(query)).status).toBe(201);
    expect(await left()).toBe(remains);
  });

  it.each([
    ['', '5h'],
    ['?adjustEstimate=leave', '3h'],
    ['?adjustEstimate=new&newEstimate=10m', '10m'],
    ['?adjustEstimate=manual&increaseBy=1h', '4h'],
  ])('goes as the caller wants when work is deleted: %s', async (query, remains) => {
    const id = String((await log('')).get('id'));
    expect((await site.call('DELETE', at(`/${id}${query}`))).status).toBe(204);
    expect(await left()).toBe(remains);
  });

  it('follows the difference when work is changed', async () => {
    const id = String((await log('')).get('id'));
    await site.call('PUT', at(`/${id}`), { timeSpent: '3h' });
    expect(await left()).toBe('2h');
  });

  it('is not touched by a request that lacks its amount, or asks for another manner', async () => {
    const wrong: [string, string][] = [
      ['?adjustEstimate=new', 'newEstimate'],
      ['?adjustEstimate=new&newEstimate=soon', 'newEstimate'],
      ['?adjustEstimate=manual', 'adjustmentAmount'],
      ['?adjustEstimate=double', 'adjustEstimate'],
    ];
    for (const [query, field] of wrong) {
      const answer = await log(query);
      expect([answer.status, Object.keys(answer.get('errors') as object)]).toEqual([400, [field]]);
    }
    expect([await left(), (await site.call('GET', at())).get('total')]).toEqual(['5h', 0]);
  });

  it('goes with the work to the issue that it is moved to', async () => {
    const to = await site.issue({ timetracking: { remainingEstimate: '1h' } });
    const id = Number((await log('')).get('id'));
    await site.call('POST', at('/move'), { ids: [id], issueIdOrKey: to });
    const times = (await site.call('GET', `/rest/api/3/issue/${to}`)).get('fields.timetracking');
    expect(times).toMatchObject({ remainingEstimate: '3h', timeSpent: '2h' });
    expect(await left()).toBe('1h');
  });
});

describe('changed worklogs', () => {
  it('are told of after a minute, and deleted ones among those that went', async () => {
    const id = Number((await log('')).get('id'));
    const ids = async (how: string) =>
      (await site.call('GET', `/rest/api/3/worklog/${how}?since=0`)).get('values.*.worklogId');
    expect(await ids('updated')).toEqual([]);
    const pass = () => site.universe.advance(site.universe.now() + 61_000);
    await pass();
    expect(await ids('updated')).toEqual([id]);
    await site.call('DELETE', at(`/${id}`));
    await pass();
    expect([await ids('updated'), await ids('deleted')]).toEqual([[], [id]]);
  });

  it('are deleted in bulk only by who may delete everybody’s', async () => {
    const id = Number((await log('')).get('id'));
    expect((await site.callAs(site.basicFor(CY), 'DELETE', at(), { ids: [id] })).status).toBe(400);
    expect((await site.call('DELETE', at(), { ids: [id, 1] })).status).toBe(404);
    expect((await site.call('GET', at())).get('total')).toBe(1);
  });
});

describe('how the site counts time', () => {
  const OPTIONS = { workingHoursPerDay: 6, workingDaysPerWeek: 4, timeFormat: 'pretty', defaultUnit: 'hour' };
  const put = (options: object) =>
    site.call('PUT', '/rest/api/3/configuration/timetracking/options', options);

  it('is how durations are read and written from then on', async () => {
    await put(OPTIONS);
    expect((await log('', '1d')).get('timeSpentSeconds')).toBe(6 * 3_600);
    expect((await log('', '3')).get('timeSpentSeconds')).toBe(3 * 3_600);
    await put({ ...OPTIONS, timeFormat: 'days' });
    expect((await site.call('GET', at())).get('worklogs.*.timeSpent')).toEqual(['1d', '0.5d']);
  });

  it('is changed by administrators only, and to days that there are', async () => {
    expect((await put({ ...OPTIONS, workingHoursPerDay: 25 })).status).toBe(400);
    expect((await put({ ...OPTIONS, timeFormat: 'months' })).status).toBe(400);
    const path = '/rest/api/3/configuration/timetracking/options';
    expect((await site.callAs(site.basicFor(CY), 'PUT', path, OPTIONS)).status).toBe(403);
    const key = '/rest/api/3/configuration/timetracking';
    expect((await site.call('PUT', key, { key: 'Tempo' })).status).toBe(400);
  });
});

/** A site with a week of work behind it, for queries: every field that they ask about holds something somewhere. */
import { BEN, CY, openSite, type TestSite } from '../site.ts';

const HOUR_MS = 3_600_000;

/**
 * Opens the site. It is Monday 2026-03-02 09:00 UTC when its issues are made, and Tuesday 2026-03-03 10:00 UTC when
 * queries are asked; the administrator is in Los Angeles (UTC-8).
 */
export async function openDesk(): Promise<TestSite> {
  const site = await openSite();
  const person = async (email: string) =>
    String((await site.call('GET', `/rest/api/3/user/search?query=${email}`)).get('0.accountId'));
  const [ben, cy] = [await person(BEN), await person(CY)];
  await versionsAndComponents(site);
  await moreIssues(site, ben, cy);
  await talk(site);
  await sprints(site);
  await week(site, cy);
  return site;
}

async function send(
  site: TestSite,
  method: string,
  path: string,
  body?: unknown,
  as?: string,
): Promise<unknown> {
  const answer = as ? await site.callAs(as, method, path, body) : await site.call(method, path, body);
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

async function versionsAndComponents(site: TestSite): Promise<void> {
  for (const [name, released] of [
    ['1.0', true],
    ['2.0', false],
    ['3.0', false],
  ])
    await send(site, 'POST', '/rest/api/3/version', { name, released, project: 'ENG' });
  for (const name of ['Docs', 'Web'])
    await send(site, 'POST', '/rest/api/3/component', { name, project: 'ENG' });
}

async function moreIssues(site: TestSite, ben: string, cy: string): Promise<void> {
  const text = (words: string) => ({
    type: 'doc',
    version: 1,
    content: [{ type: 'paragraph', content: [{ type: 'text', text: words }] }],
  });
  await site.issue({
    issuetype: { name: 'Story' },
    summary: 'Write the runbook',
    description: text('How to restart the export service. See the wiki'),
    parent: { key: 'ENG-1' },
    customfield_10016: 5,
    priority: { name: 'Low' },
    components: [{ name: 'Docs' }],
    fixVersions: [{ name: '1.0' }],
  });
  await site.issue({
    issuetype: { name: 'Sub-task' },
    summary: 'Proofread the runbook',
    parent: { key: 'ENG-4' },
    duedate: '2026-03-10',
    timetracking: { originalEstimate: '2h' },
    environment: text('Linux staging'),
  });
  await site.issue({
    issuetype: { name: 'Bug' },
    summary: 'Login fails on Safari',
    priority: { name: 'Highest' },
    labels: ['Login', 'safari'],
    versions: [{ name: '1.0' }],
    fixVersions: [{ name: '2.0' }, { name: '3.0' }],
    components: [{ name: 'Web' }],
    assignee: { accountId: ben },
    customfield_10021: [{ value: 'Impediment' }],
    customfield_10015: '2026-03-04',
  });
  await site.issue({
    issuetype: { name: 'Bug' },
    summary: 'Login page is slow',
    description: text('Measured on staging'),
    priority: { name: 'Lowest' },
    versions: [{ name: '2.0' }],
    reporter: { accountId: cy },
    timetracking: { originalEstimate: '4h' },
  });
  const ops = { project: { key: 'OPS' } };
  await site.issue({
    ...ops,
    summary: 'Rotate the laptop fleet',
    labels: ['Hardware', 'q1'],
    duedate: '2026-03-20',
  });
  await site.issue({ ...ops, summary: 'Renew C++ licences (2026)' });
  await site.issue({ project: { key: 'REV' }, summary: 'Review the contract' });
}

async function talk(site: TestSite): Promise<void> {
  const api = '/rest/api/2/issue';
  await send(site, 'POST', `${api}/ENG-6/comment`, { body: 'Cannot reproduce it on Firefox' });
  await send(
    site,
    'POST',
    `${api}/ENG-7/worklog`,
    { timeSpent: '1h', comment: 'profiling' },
    site.basicFor(BEN),
  );
  await send(site, 'POST', '/rest/api/3/issueLink', {
    type: { name: 'Blocks' },
    inwardIssue: { key: 'ENG-6' },
    outwardIssue: { key: 'ENG-2' },
  });
  await send(site, 'POST', '/rest/api/3/issueLink', {
    type: { name: 'Duplicate' },
    inwardIssue: { key: 'ENG-7' },
    outwardIssue: { key: 'ENG-6' },
  });
  await send(site, 'POST', `${api}/ENG-6/votes`, undefined, site.basicFor(CY));
  await send(site, 'POST', `${api}/ENG-6/watchers`, undefined, site.basicFor(BEN));
  const triage = { level: 3, tags: ['a', 'b'], by: { name: 'Ada Lovelace' } };
  await send(site, 'PUT', '/rest/api/3/issue/ENG-6/properties/triage', triage);
  await send(site, 'PUT', '/rest/api/3/issue/ENG-7/properties/triage', { level: 1 });
  await send(site, 'POST', '/rest/api/3/filter', {
    name: 'Open bugs',
    jql: 'type = Bug AND resolution = Unresolved',
  });
}

async function sprints(site: TestSite): Promise<void> {
  const agile = '/rest/agile/1.0';
  const made = async (name: string) =>
    String(((await send(site, 'POST', `${agile}/sprint`, { name, originBoardId: 1 })) as { id: number }).id);
  const [first, second] = [await made('Sprint 1'), await made('Sprint 2')];
  await send(site, 'POST', `${agile}/sprint/${first}/issue`, { issues: ['ENG-2', 'ENG-6'] });
  await send(site, 'POST', `${agile}/sprint/${second}/issue`, { issues: ['ENG-4'] });
  const dates = { startDate: '2026-03-02T09:00:00.000Z', endDate: '2026-03-16T09:00:00.000Z' };
  await send(site, 'POST', `${agile}/sprint/${first}`, { state: 'active', ...dates });
}

/** An hour later Ben begins ENG-6, then Ada gives it to Cy, who ends it; a day later ENG-7 matters a little more. */
async function week(site: TestSite, cy: string): Promise<void> {
  const later = (hours: number) => site.universe.advance(site.universe.now() + hours * HOUR_MS);
  const move = (key: string, id: string, as?: string) =>
    send(site, 'POST', `/rest/api/3/issue/${key}/transitions`, { transition: { id } }, as);
  await later(1);
  await move('ENG-6', '21', site.basicFor(BEN));
  await later(1);
  await send(site, 'PUT', '/rest/api/3/issue/ENG-6', { fields: { assignee: { accountId: cy } } });
  await later(1);
  await move('ENG-6', '31', site.basicFor(CY));
  await move('REV-1', '11');
  await later(21);
  await send(site, 'PUT', '/rest/api/3/issue/ENG-7', { fields: { priority: { name: 'Low' } } });
  await later(1);
}

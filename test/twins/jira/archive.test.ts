import { beforeEach, describe, expect, it } from 'vitest';
import { BEN, openSite, type TestSite } from './site.ts';

let site: TestSite;
beforeEach(async () => {
  site = await openSite();
});

const put = (how: string, issueIdsOrKeys: string[], as = site.basic) =>
  site.callAs(as, 'PUT', `/rest/api/3/issue/${how}`, { issueIdsOrKeys });
const pass = () => site.universe.advance(site.universe.now() + 1_000);

describe('archived issues', () => {
  it('keep their comments and history, and come back with them', async () => {
    const key = await site.issue({});
    await site.call('POST', `/rest/api/2/issue/${key}/comment`, { body: 'Kept' });
    await site.call('PUT', `/rest/api/3/issue/${key}`, { fields: { summary: 'Changed' } });
    await put('archive', [key]);
    expect((await site.call('GET', `/rest/api/3/issue/${key}/changelog`)).get('total')).toBe(1);
    await put('unarchive', [key]);
    const back = await site.call('GET', `/rest/api/3/issue/${key}`);
    expect([back.get('fields.summary'), back.get('fields.comment.total')]).toEqual(['Changed', 1]);
  });

  it('are archived by administrators only, and not without a single one that can be', async () => {
    const key = await site.issue({});
    const refusal = await put('archive', [key], site.basicFor(BEN));
    expect([refusal.status, refusal.get('errorMessages')]).toEqual([
      403,
      ['Only admins can archive or unarchive issues. Access denied.'],
    ]);
    const nothing = await put('archive', ['NO-1']);
    expect([nothing.status, nothing.get('errorMessages')]).toEqual([
      400,
      ['No valid issue to archive or unarchive. Bad request.'],
    ]);
    const many = await put(
      'archive',
      Array.from({ length: 1_001 }, (_, i) => `NO-${i}`),
    );
    expect(many.status).toBe(412);
  });

  it('are archived by one query at a time', async () => {
    const begin = (jql: string) => site.call('POST', '/rest/api/3/issue/archive', { jql });
    expect((await begin('nothing is a query')).status).toBe(400);
    const begun = await begin('project = ENG AND labels = tests');
    expect([begun.status, begun.body]).toEqual([202, expect.stringMatching(/\/task\/\d+$/)]);
    expect((await begin('project = ENG')).status).toBe(412);
    await pass();
    expect((await site.call('GET', '/rest/api/3/issue/ENG-3')).status).toBe(200);
    const left = await site.call('GET', '/rest/api/3/search/jql?jql=project%3DENG&fields=summary');
    expect(left.get('issues.*.key')).not.toContain('ENG-3');
  });

  it('are listed in a file that only administrators and who asked for it may fetch', async () => {
    const key = await site.issue({ summary: 'Old, "done"' });
    await put('archive', [key]);
    const { body } = await site.call('PUT', '/rest/api/3/issues/archive/export', { projects: ['ENG'] });
    await pass();
    const { taskId } = body as { taskId: string };
    const url = String((await site.call('GET', `/rest/api/3/task/${taskId}`)).get('result.fileUrl'));
    const path = url.slice(url.indexOf('/secure/'));
    expect((await site.call('GET', path)).body).toContain(`"Old, ""done""",${key},`);
    expect((await site.callAs(site.basicFor(BEN), 'GET', path)).status).toBe(403);
  });

  it('go with their project', async () => {
    const key = await site.issue({ project: { key: 'REV' } });
    await put('archive', [key]);
    const gone = await site.call('DELETE', '/rest/api/3/project/REV?enableUndo=false');
    expect([gone.status, (await site.call('GET', `/rest/api/3/issue/${key}`)).status]).toEqual([204, 404]);
  });
});

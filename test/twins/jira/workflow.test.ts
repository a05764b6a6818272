import { beforeEach, describe, expect, it } from 'vitest';
import { openSite, type TestSite } from './site.ts';

describe('the workflow', () => {
  let site: TestSite;
  beforeEach(async () => {
    site = await openSite();
  });
  const names = async (key: string) =>
    (await site.call('GET', `/rest/api/3/issue/${key}/transitions`)).get('transitions.*.name');
  const move = async (key: string, id: string | number) =>
    await site.call('POST', `/rest/api/3/issue/${key}/transitions`, { transition: { id } });

  it('offers To Do, In Progress and Done from anywhere where a project names no workflow', async () => {
    const key = await site.issue({});
    expect(await names(key)).toEqual(['To Do', 'In Progress', 'Done']);
    const all = await site.call('GET', `/rest/api/3/issue/${key}/transitions`);
    expect(all.get('transitions.2')).toMatchObject({
      isGlobal: true,
      isInitial: false,
      to: { name: 'Done' },
    });
  });

  it('moves an issue by a transition’s id, text or number, and resolves what is done', async () => {
    const key = await site.issue({});
    const all = await site.call('GET', `/rest/api/3/issue/${key}/transitions`);
    const [todo, , done] = all.get('transitions.*.id') as string[];
    const moved = await move(key, Number(done));
    expect([moved.status, moved.headers.get('content-type')]).toEqual([204, 'text/html;charset=UTF-8']);
    const read = await site.call('GET', `/rest/api/3/issue/${key}`);
    expect(read.get('fields.status.name')).toBe('Done');
    expect(read.get('fields.statusCategory.key')).toBe('done');
    expect(read.get('fields.resolution.name')).toBe('Done');
    expect(read.get('fields.resolutiondate')).toBe('2026-03-02T01:00:00.000-0800');
    await move(key, String(todo));
    const back = await site.call('GET', `/rest/api/3/issue/${key}`);
    expect([back.get('fields.resolution'), back.get('fields.resolutiondate')]).toEqual([null, null]);
    const log = await site.call('GET', `/rest/api/3/issue/${key}/changelog`);
    expect(log.get('values.0.items.0')).toMatchObject({
      field: 'status',
      fromString: 'To Do',
      toString: 'Done',
    });
  });

  it('offers only what starts from the issue’s status, and global transitions', async () => {
    const key = await site.issue({ project: { key: 'REV' } });
    expect(await names(key)).toEqual(['Ask', 'Reopen']);
    await move(key, 11);
    expect(await names(key)).toEqual(['Approve', 'Reopen']);
  });

  it('refuses a transition that does not start here, and changes nothing', async () => {
    const key = await site.issue({ project: { key: 'REV' } });
    const refused = await move(key, 21);
    expect([refused.status, refused.get('errorMessages')]).toEqual([
      400,
      ["Transition id '21' is not valid for this issue."],
    ]);
    expect((await site.call('POST', `/rest/api/3/issue/${key}/transitions`, {})).status).toBe(400);
    expect((await site.call('GET', `/rest/api/3/issue/${key}`)).get('fields.status.name')).toBe('Open');
  });

  it('takes a comment along with a transition, and no fields where it has no screen', async () => {
    const key = await site.issue({ project: { key: 'REV' } });
    const text = {
      type: 'doc',
      version: 1,
      content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Please' }] }],
    };
    const path = `/rest/api/3/issue/${key}/transitions`;
    const refused = await site.call('POST', path, {
      transition: { id: '11' },
      fields: { resolution: { name: 'Done' } },
    });
    expect([refused.status, refused.get('errors')]).toEqual([
      400,
      { resolution: "Field 'resolution' cannot be set. It is not on the appropriate screen, or unknown." },
    ]);
    const moved = await site.call('POST', path, {
      transition: { id: '11' },
      update: { comment: [{ add: { body: text } }] },
    });
    expect(moved.status).toBe(204);
    const read = await site.call('GET', `/rest/api/3/issue/${key}`);
    expect(read.get('fields.comment.comments.*.body')).toEqual([text]);
  });

  it('keeps what a program says of a change with the row of the changelog', async () => {
    const key = await site.issue({});
    const historyMetadata = { type: 'ci:deploy', description: 'Deployed', actor: { id: 'bot', type: 'ci' } };
    const path = `/rest/api/3/issue/${key}/transitions`;
    const wrong = { transition: { id: '21' }, historyMetadata: { type: 5 } };
    expect((await site.call('POST', path, wrong)).status).toBe(400);
    await site.call('POST', path, { transition: { id: '21' }, historyMetadata });
    const log = await site.call('GET', `/rest/api/3/issue/${key}/changelog`);
    expect(log.get('values.0.historyMetadata')).toEqual(historyMetadata);
  });

  it('shares statuses among company-managed projects and gives a team-managed one its own', async () => {
    const statuses = (await site.call('GET', '/rest/api/3/status')).body as {
      name: string;
      scope?: object;
    }[];
    expect(statuses.filter((one) => one.name === 'Done').map((one) => one.scope)).toEqual([
      undefined,
      { type: 'PROJECT', project: { id: '10001' } },
    ]);
    const own = await site.call('GET', '/rest/api/3/project/OPS/statuses');
    expect(own.get('0.statuses.*.name')).toEqual(['To Do', 'In Progress', 'Done']);
  });
});

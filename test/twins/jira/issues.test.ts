import { beforeEach, describe, expect, it } from 'vitest';
import { BEN, CY, openSite, type TestSite } from './site.ts';

const DOC = {
  type: 'doc',
  version: 1,
  content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Why not' }] }],
};

describe('issues', () => {
  let site: TestSite;
  beforeEach(async () => {
    site = await openSite();
  });
  const account = async (email: string) =>
    String((await site.call('GET', `/rest/api/3/user/search?query=${email}`)).get('0.accountId'));

  it('answers a new issue with its id, key and address alone, and shows it in full afterwards', async () => {
    const made = await site.call('POST', '/rest/api/3/issue', {
      fields: {
        project: { key: 'ENG' },
        issuetype: { name: 'task' },
        summary: 'Rotate the keys',
        description: DOC,
        labels: ['keys'],
      },
    });
    expect(made.status).toBe(201);
    expect(made.body).toEqual({
      id: '10003',
      key: 'ENG-4',
      self: `${site.base('jira')}/rest/api/3/issue/10003`,
    });
    const read = await site.call('GET', '/rest/api/3/issue/eng-4');
    expect(Object.keys(read.body as object)).toEqual(['expand', 'id', 'self', 'key', 'fields']);
    expect(read.get('fields.summary')).toBe('Rotate the keys');
    expect(read.get('fields.description')).toEqual(DOC);
    expect(read.get('fields.status.name')).toBe('To Do');
    expect(read.get('fields.status.statusCategory.id')).toBe(2);
    expect(read.get('fields.priority.name')).toBe('Medium');
    expect(read.get('fields.reporter.displayName')).toBe('Ada Lovelace');
    expect(read.get('fields.assignee')).toBeNull();
    expect(read.get('fields.watches')).toMatchObject({ watchCount: 1, isWatching: true });
    expect(read.get('fields.timetracking')).toEqual({});
    expect(read.get('fields.workratio')).toBe(-1);
    expect(read.get('fields.comment')).toEqual({
      comments: [],
      self: `${site.base('jira')}/rest/api/3/issue/10003/comment`,
      maxResults: 0,
      total: 0,
      startAt: 0,
    });
  });

  it('writes dates in the reader’s own time zone, with an offset without a colon', async () => {
    const read = await site.call('GET', `/rest/api/3/issue/${await site.issue({})}?fields=created`);
    expect(read.get('fields.created')).toBe('2026-03-02T01:00:00.000-0800');
  });

  it('tells of every field that it did not take, each by its id', async () => {
    const made = await site.call('POST', '/rest/api/3/issue', {
      fields: {
        project: { key: 'ENG' },
        issuetype: { name: 'Task' },
        summary: '',
        priority: { name: 'BLARG' },
        labels: ['two words'],
        nonsense: 1,
        description: 'no document',
        duedate: '2026-02-30',
      },
    });
    expect(made.status).toBe(400);
    expect(made.body).toEqual({
      errorMessages: [],
      errors: {
        summary: 'You must specify a summary of the issue.',
        priority: "Priority name 'BLARG' is not valid",
        labels: "The label 'two words' contains spaces which is invalid.",
        nonsense: "Field 'nonsense' cannot be set. It is not on the appropriate screen, or unknown.",
        description: 'Operation value must be an Atlassian Document (see the Atlassian Document Format)',
        duedate: 'Error parsing date string: 2026-02-30',
      },
    });
    const place = await site.call('POST', '/rest/api/3/issue', {
      fields: { summary: 'x', project: { key: 'NO' } },
    });
    expect(place.get('errors')).toEqual({
      project: 'valid project is required',
      issuetype: 'issue type is required',
    });
    const kind = await site.call('POST', '/rest/api/3/issue', {
      fields: { summary: 'x', project: { key: 'ENG' }, issuetype: { name: 'Wish' } },
    });
    expect(kind.get('errors')).toEqual({ issuetype: 'issue type is required' });
    expect((await site.call('GET', '/rest/api/3/issue/ENG-4')).status).toBe(404);
  });

  it('changes fields and lists by verbs, and writes each change into the changelog', async () => {
    const key = await site.issue({ labels: ['one'] });
    const edit = await site.call('PUT', `/rest/api/3/issue/${key}`, {
      fields: { summary: 'Another thing', priority: { id: '1' } },
      update: { labels: [{ add: 'two' }, { remove: 'one' }] },
    });
    expect(edit.status).toBe(204);
    expect(edit.headers.get('content-type')).toBe('application/json;charset=UTF-8');
    const read = await site.call('GET', `/rest/api/3/issue/${key}?fields=summary,labels,priority`);
    expect(read.get('fields.labels')).toEqual(['two']);
    const log = await site.call('GET', `/rest/api/3/issue/${key}/changelog`);
    expect(log.get('total')).toBe(1);
    expect(log.get('values.0.items')).toEqual([
      {
        field: 'summary',
        fieldtype: 'jira',
        fieldId: 'summary',
        from: null,
        fromString: 'Something',
        to: null,
        toString: 'Another thing',
      },
      {
        field: 'priority',
        fieldtype: 'jira',
        fieldId: 'priority',
        from: '3',
        fromString: 'Medium',
        to: '1',
        toString: 'Highest',
      },
      {
        field: 'labels',
        fieldtype: 'jira',
        fieldId: 'labels',
        from: null,
        fromString: 'one',
        to: null,
        toString: 'two',
      },
    ]);
  });

  it('refuses verbs that say nothing of what is to be done', async () => {
    const key = await site.issue({ labels: ['a'] });
    const { status } = await site.call('PUT', `/rest/api/3/issue/${key}`, { update: { labels: ['b'] } });
    expect(status).toBe(400);
    expect((await site.call('GET', `/rest/api/3/issue/${key}`)).get('fields.labels')).toEqual(['a']);
  });

  it('changes nothing when one field of an edit is wrong', async () => {
    const key = await site.issue({});
    const edit = await site.call('PUT', `/rest/api/3/issue/${key}`, {
      fields: { summary: 'New', priority: { id: '99' } },
    });
    expect(edit.get('errors')).toEqual({ priority: "Priority id '99' is not valid" });
    expect((await site.call('GET', `/rest/api/3/issue/${key}`)).get('fields.summary')).toBe('Something');
  });

  it('gives an issue to a person and to nobody, and refuses an account that is not there', async () => {
    const key = await site.issue({});
    const accountId = await account(BEN);
    expect((await site.call('PUT', `/rest/api/3/issue/${key}/assignee`, { accountId })).status).toBe(204);
    expect((await site.call('GET', `/rest/api/3/issue/${key}`)).get('fields.assignee.emailAddress')).toBe(
      BEN,
    );
    expect((await site.call('PUT', `/rest/api/3/issue/${key}/assignee`, { accountId: null })).status).toBe(
      204,
    );
    expect((await site.call('GET', `/rest/api/3/issue/${key}`)).get('fields.assignee')).toBeNull();
    expect((await site.call('PUT', `/rest/api/3/issue/${key}/assignee`, { accountId: 'x' })).status).toBe(
      400,
    );
  });

  it('speaks wiki text in version 2 and documents in version 3 about the same description', async () => {
    const wiki = '\n\n*Title*: [a finding|http://localhost/1]\n\n# one\n# two\n';
    const made = await site.call('POST', '/rest/api/2/issue', {
      fields: { project: { key: 'ENG' }, issuetype: { name: 'Task' }, summary: 'x', description: wiki },
    });
    const key = String(made.get('key'));
    expect(made.get('self')).toBe(`${site.base('jira')}/rest/api/2/issue/10003`);
    expect((await site.call('GET', `/rest/api/2/issue/${key}`)).get('fields.description')).toBe(wiki);
    const v3 = await site.call('GET', `/rest/api/3/issue/${key}`);
    expect(v3.get('fields.description.content.0.content')).toEqual([
      { type: 'text', text: 'Title', marks: [{ type: 'strong' }] },
      { type: 'text', text: ': ' },
      { type: 'text', text: 'a finding', marks: [{ type: 'link', attrs: { href: 'http://localhost/1' } }] },
    ]);
    expect(v3.get('fields.description.content.1.type')).toBe('orderedList');
    await site.call('PUT', `/rest/api/3/issue/${key}`, { fields: { description: DOC } });
    expect((await site.call('GET', `/rest/api/2/issue/${key}`)).get('fields.description')).toBe('Why not');
    const wrong = await site.call('PUT', `/rest/api/2/issue/${key}`, { fields: { description: DOC } });
    expect(wrong.get('errors')).toEqual({ description: 'Operation value must be a string' });
  });

  it('keeps sub-tasks under their parent and deletes them only when told to', async () => {
    const parent = await site.issue({});
    const orphan = await site.call('POST', '/rest/api/3/issue', {
      fields: { project: { key: 'ENG' }, issuetype: { name: 'Sub-task' }, summary: 'part' },
    });
    expect(orphan.get('errors')).toEqual({
      issuetype: 'Issue type is a sub-task but parent issue key or id not specified.',
    });
    const child = await site.issue({ issuetype: { name: 'Sub-task' }, parent: { key: parent } });
    expect((await site.call('GET', `/rest/api/3/issue/${parent}`)).get('fields.subtasks.*.key')).toEqual([
      child,
    ]);
    expect((await site.call('DELETE', `/rest/api/3/issue/${parent}`)).status).toBe(400);
    expect((await site.call('DELETE', `/rest/api/3/issue/${parent}?deleteSubtasks=true`)).status).toBe(204);
    expect((await site.call('GET', `/rest/api/3/issue/${child}`)).status).toBe(404);
  });

  it('shows only the fields that are asked for', async () => {
    const read = async (fields: string) =>
      Object.keys(
        (await site.call('GET', `/rest/api/3/issue/ENG-2?fields=${fields}`)).get('fields') as object,
      );
    expect(await read('summary,status')).toEqual(['status', 'summary']);
    const all = await read('*all');
    expect(all).toContain('comment');
    expect(await read('*all,-comment')).toEqual(all.filter((id) => id !== 'comment'));
    expect(await read('*navigable')).not.toContain('comment');
  });

  it('adds the changelog, names and rendered text on demand', async () => {
    const key = await site.issue({ description: DOC });
    await site.call('PUT', `/rest/api/3/issue/${key}`, { fields: { summary: 'Once' } });
    await site.call('PUT', `/rest/api/3/issue/${key}`, { fields: { summary: 'Twice' } });
    const read = await site.call('GET', `/rest/api/3/issue/${key}?expand=changelog,names,renderedFields`);
    expect(read.get('changelog.histories.*.items.0.toString')).toBeDefined();
    expect(read.get('changelog.total')).toBe(2);
    expect(read.get('names.summary')).toBe('Summary');
    expect(read.get('renderedFields.description')).toBe('<p>Why not</p>');
  });

  it('counts keys by project and ids by site', async () => {
    const eng = await site.issue({});
    const ops = await site.issue({ project: { key: 'OPS' } });
    expect([eng, ops]).toEqual(['ENG-4', 'OPS-1']);
    expect((await site.call('GET', '/rest/api/3/issue/OPS-1')).get('id')).toBe('10004');
  });

  it('makes many issues at once and tells which were refused', async () => {
    const good = { fields: { project: { key: 'ENG' }, issuetype: { name: 'Task' }, summary: 'ok' } };
    const made = await site.call('POST', '/rest/api/3/issue/bulk', {
      issueUpdates: [good, { fields: {} }, good],
    });
    expect(made.status).toBe(201);
    expect(made.get('issues.*.key')).toEqual(['ENG-4', 'ENG-5']);
    expect(made.get('errors.0.failedElementNumber')).toBe(1);
  });

  it('says what a program must fill in to create an issue', async () => {
    const meta = await site.call(
      'GET',
      '/rest/api/3/issue/createmeta?projectKeys=ENG&issuetypeNames=Task&expand=projects.issuetypes.fields',
    );
    expect(meta.headers.get('warning')).toContain('deprecated');
    expect(meta.get('projects.0.issuetypes.*.name')).toEqual(['Task']);
    expect(meta.get('projects.0.issuetypes.0.fields.priority.defaultValue.name')).toBe('Medium');
    const types = await site.call('GET', '/rest/api/3/issue/createmeta/OPS/issuetypes');
    expect(types.get('issueTypes.0.scope.project.id')).toBe('10001');
    const fields = await site.call('GET', '/rest/api/3/issue/createmeta/ENG/issuetypes/10002?maxResults=2');
    expect(fields.get('fields.*.fieldId')).toEqual(['summary', 'issuetype']);
    expect((await site.call('GET', '/rest/api/3/issue/ENG-2/editmeta')).get('fields.summary.required')).toBe(
      true,
    );
  });

  it('files an issue on behalf of another reporter', async () => {
    const key = await site.issue({ reporter: { id: await account(CY) } });
    const read = await site.call('GET', `/rest/api/3/issue/${key}?fields=reporter,creator`);
    expect(read.get('fields.reporter.emailAddress')).toBe(CY);
    expect(read.get('fields.creator.displayName')).toBe('Ada Lovelace');
  });
});

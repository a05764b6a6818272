/** Workflows, statuses, and the schemes by which projects have them. */
import { expect } from 'vitest';
import { ADA } from '../site.ts';
import type { Body, Story, Teller } from './teller.ts';

const idOf = (name: string) => (one: Body) => one.name === name;

/** The site's statuses by name; the one of a project of its own last. */
const statuses = async (t: Teller): Promise<Body[]> => (await t.get('/statuses/search')).values;

/** A body for `/workflows/create`: one status that is there, one that is new. */
const drawn = (name: string, todo: string): Body => ({
  scope: { type: 'GLOBAL' },
  statuses: [
    { id: todo, name: 'To Do', statusCategory: 'TODO', statusReference: todo },
    { name: `${name} done`, statusCategory: 'DONE', statusReference: 'end' },
  ],
  workflows: [
    {
      name,
      statuses: [
        { statusReference: todo, properties: {} },
        { statusReference: 'end', properties: {} },
      ],
      transitions: [
        { id: '1', type: 'INITIAL', name: 'Create', toStatusReference: todo },
        {
          id: '11',
          type: 'DIRECTED',
          name: 'End',
          toStatusReference: 'end',
          links: [{ fromStatusReference: todo }],
        },
      ],
    },
  ],
});

const written = async (t: Teller, name = 'Drawn'): Promise<Body> => {
  const todo = (await statuses(t)).find(idOf('To Do'));
  return t.send('POST', '/workflows/create', drawn(name, todo.id));
};

/** Lets tasks end. */
const later = (t: Teller) => t.site.universe.advance(t.site.universe.clock.now() + 600_000);

const projectId = async (t: Teller, key: string): Promise<string> => (await t.get(`/project/${key}`)).id;

export const workflowStories: readonly Story[] = [
  {
    says: 'statuses are made, changed, found and deleted',
    async tell(t) {
      const [made] = await t.send('POST', '/statuses', {
        scope: { type: 'GLOBAL' },
        statuses: [{ name: 'Waiting', statusCategory: 'IN_PROGRESS', description: 'For others' }],
      });
      expect(made).toMatchObject({ name: 'Waiting', scope: { type: 'GLOBAL' } });
      await t.refused(400, 'POST', '/statuses', {
        scope: { type: 'GLOBAL' },
        statuses: [{ name: 'waiting', statusCategory: 'TODO' }],
      });
      await t.send('PUT', '/statuses', {
        statuses: [{ id: made.id, name: 'On hold', statusCategory: 'TODO' }],
      });
      expect(await t.get(`/statuses?id=${made.id}`)).toMatchObject([
        { name: 'On hold', statusCategory: 'TODO', description: 'For others' },
      ]);
      expect(await t.get('/statuses/byNames?name=On%20hold')).toMatchObject([{ id: made.id }]);
      await t.refused(404, 'GET', `/status/${made.id}`);
      const done = (await t.get('/status')).find(idOf('Done'));
      expect((await t.get(`/status/${done.id}`)).name).toBe('Done');
      expect((await t.get('/statuscategory')).length).toBe(4);
      expect((await t.get('/statuscategory/done')).id).toBe(3);
      const eng = await projectId(t, 'ENG');
      expect((await t.get(`/statuses/${done.id}/projectUsages`)).projects.values).toEqual([{ id: eng }]);
      const used = await t.get(`/statuses/${done.id}/workflowUsages`);
      expect(used.workflows.values.length).toBe(1);
      const types = await t.get(`/statuses/${done.id}/project/${eng}/issueTypeUsages?maxResults=2`);
      expect(types.issueTypes).toMatchObject({ nextPageToken: 'eyJvIjoyfQ==', values: [{}, {}] });
      await t.refused(400, 'DELETE', `/statuses?id=${done.id}`);
      await t.send('DELETE', `/statuses?id=${made.id}`);
    },
  },
  {
    says: 'a workflow is drawn, read, changed and deleted',
    async tell(t) {
      const todo = (await statuses(t)).find(idOf('To Do'));
      const body = drawn('Drawn', todo.id);
      expect(await t.ask('POST', '/workflows/create/validation', { payload: body })).toEqual({ errors: [] });
      const made = await t.send('POST', '/workflows/create', body);
      const [workflow] = made.workflows;
      expect(workflow).toMatchObject({ name: 'Drawn', isEditable: true, version: { versionNumber: 1 } });
      await t.refused(400, 'POST', '/workflows/create', body);
      const read = await t.ask('POST', '/workflows', { workflowNames: ['Drawn'] });
      expect(read.workflows).toEqual(made.workflows);
      const found = await t.get('/workflows/search?queryString=raw&expand=values.transitions');
      expect(found.values).toEqual(made.workflows);
      expect(found.statuses.length).toBe(2);
      const capable = await t.get(`/workflows/capabilities?workflowId=${workflow.id}`);
      expect(capable.editorScope).toBe('GLOBAL');
      expect(await t.get('/workflows/defaultEditor')).toEqual({ value: 'NEW' });
      const change = {
        statuses: made.statuses.map(({ scope: _, ...one }: Body) => one),
        workflows: [
          {
            id: workflow.id,
            version: workflow.version,
            statuses: workflow.statuses.map(({ deprecated: _, ...one }: Body) => one),
            transitions: [{ ...workflow.transitions[0], name: 'Begin' }, workflow.transitions[1]],
          },
        ],
      };
      const { errors } = await t.ask('POST', '/workflows/update/validation', { payload: change });
      expect(errors).toEqual([]);
      const changed = await t.send('POST', '/workflows/update', change);
      expect(changed.workflows[0]).toMatchObject({ version: { versionNumber: 2 } });
      await t.refused(400, 'POST', '/workflows/update', change);
      const { entries } = await t.ask('POST', '/workflow/history/list', { workflowId: workflow.id });
      expect(entries.map((one: Body) => one.workflowVersion)).toEqual([2, 1]);
      const old = await t.ask('POST', '/workflow/history', { workflowId: workflow.id, version: 1 });
      expect(old.workflows[0].transitions[0].name).toBe('Create');
      const place = `/workflow/transitions/11/properties?workflowName=Drawn&key=opsbar-sequence`;
      await t.send('POST', place, { value: '5' });
      await t.send('PUT', place, { value: '6' });
      expect(await t.get(place)).toMatchObject({ value: '6' });
      await t.send('DELETE', place);
      const listed = await t.get(
        '/workflow/search?workflowName=Drawn&expand=transitions.rules,transitions.properties,statuses,operations',
      );
      expect(listed.values[0]).toMatchObject({
        id: { entityId: workflow.id },
        operations: { canDelete: true },
      });
      await t.send('DELETE', `/workflow/${workflow.id}`);
      await t.refused(404, 'DELETE', `/workflow/${workflow.id}`);
    },
  },
  {
    says: 'a workflow tells where it is used',
    async tell(t) {
      const rev = await projectId(t, 'REV');
      const type = (await t.get('/project/REV')).issueTypes[0].id;
      const pair = { projectId: rev, issueTypeId: type };
      const { workflows } = await t.ask('POST', '/workflows', { projectAndIssueTypes: [pair] });
      const { id } = workflows[0];
      expect((await t.get(`/workflow/${id}/projectUsages`)).projects.values).toEqual([{ id: rev }]);
      const usages = await t.get(`/workflow/${id}/project/${rev}/issueTypeUsages`);
      expect(usages.issueTypes.values).toEqual([{ id: type }]);
      const schemes = await t.get(`/workflow/${id}/workflowSchemes`);
      expect(schemes.workflowSchemes.values.length).toBe(1);
      const scheme = schemes.workflowSchemes.values[0].id;
      expect((await t.get(`/workflowscheme/${scheme}/projectUsages`)).projects.values).toEqual([{ id: rev }]);
      const preview = await t.ask('POST', '/workflows/preview', { projectId: rev, issueTypeIds: [type] });
      expect(preview.workflows[0]).toMatchObject({
        id,
        queryContext: [{ project: rev, issueTypes: [type] }],
      });
      await t.refused(400, 'DELETE', `/workflow/${id}`);
    },
  },
  {
    says: 'a scheme that nobody uses is changed part by part',
    async tell(t) {
      const { workflows } = await written(t);
      const types = (await t.get('/issuetype')).filter((one: Body) => !one.scope);
      const [task, bug] = types.map((one: Body) => one.id);
      const made = await t.send('POST', '/workflowscheme', {
        name: 'Ours',
        issueTypeMappings: { [task]: 'Drawn' },
      });
      expect(made).toMatchObject({ defaultWorkflow: 'jira', issueTypeMappings: { [task]: 'Drawn' } });
      await t.refused(400, 'POST', '/workflowscheme', { name: 'ours' });
      const self = `/workflowscheme/${made.id}`;
      expect((await t.get('/workflowscheme')).values).toContainEqual(made);
      expect(await t.get(self)).toEqual(made);
      await t.send('PUT', `${self}/default`, { workflow: 'Drawn' });
      expect(await t.get(`${self}/default`)).toEqual({ workflow: 'Drawn' });
      await t.send('DELETE', `${self}/default`);
      await t.send('PUT', `${self}/issuetype/${bug}`, { workflow: 'Drawn' });
      expect(await t.get(`${self}/issuetype/${bug}`)).toEqual({ issueType: bug, workflow: 'Drawn' });
      await t.send('DELETE', `${self}/issuetype/${bug}`);
      const drawnIn = `${self}/workflow?workflowName=Drawn`;
      await t.send('PUT', drawnIn, { issueTypes: [bug], defaultMapping: false });
      expect(await t.get(drawnIn)).toEqual({ workflow: 'Drawn', issueTypes: [bug], defaultMapping: false });
      await t.send('DELETE', drawnIn);
      await t.send('PUT', self, { name: 'Theirs', issueTypeMappings: { [bug]: 'Drawn' } });
      const [read] = await t.ask('POST', '/workflowscheme/read', { workflowSchemeIds: [String(made.id)] });
      expect(read).toMatchObject({
        name: 'Theirs',
        workflowsForIssueTypes: [{ issueTypeIds: [bug], workflow: { id: workflows[0].id } }],
      });
      const mapped = { id: read.id, workflowsForIssueTypes: [] };
      const required = await t.ask('POST', '/workflowscheme/update/mappings', mapped);
      expect(required).toMatchObject({ statusMappingsByIssueTypes: [] });
      await t.send('POST', '/workflowscheme/update', {
        ...mapped,
        name: 'Nobody’s',
        description: '',
        version: read.version,
      });
      await t.refused(400, 'POST', '/workflowscheme/update', {
        ...mapped,
        name: 'x',
        description: '',
        version: read.version,
      });
      await t.send('DELETE', self);
      await t.refused(404, 'GET', self);
    },
  },
  {
    says: 'a project gets another scheme, and the scheme a draft that is published',
    async tell(t) {
      const { statuses: own } = await written(t);
      const rev = await projectId(t, 'REV');
      const type = (await t.get('/project/REV')).issueTypes[0].id;
      const made = await t.send('POST', '/workflowscheme', { name: 'Ours', defaultWorkflow: 'Drawn' });
      const { key } = await t.send('POST', '/issue', {
        fields: { project: { key: 'REV' }, issuetype: { id: type }, summary: 'Moves along' },
      });
      const [todo] = own;
      const from = (await t.get('/project/REV/statuses'))[0].statuses.map((one: Body) => one.id);
      await t.refused(400, 'PUT', '/workflowscheme/project', {
        projectId: rev,
        workflowSchemeId: String(made.id),
      });
      const task = await t.send('POST', '/workflowscheme/project/switch', {
        projectId: rev,
        targetSchemeId: String(made.id),
        mappingsByIssueTypeOverride: [
          {
            issueTypeId: type,
            statusMappings: from.map((oldStatusId: string) => ({ oldStatusId, newStatusId: todo.id })),
          },
        ],
      });
      expect(task.status).toMatch(/ENQUEUED|RUNNING/);
      await later(t);
      expect((await t.get(`/issue/${key}?fields=status`)).fields.status.id).toBe(todo.id);
      const joined = await t.get(`/workflowscheme/project?projectId=${rev}`);
      expect(joined.values).toMatchObject([{ projectIds: [rev], workflowScheme: { id: made.id } }]);
      const self = `/workflowscheme/${made.id}`;
      await t.refused(400, 'PUT', `${self}/default`, { workflow: 'jira' });
      expect(await t.send('POST', `${self}/createdraft`)).toMatchObject({ draft: true });
      const draft = `${self}/draft`;
      expect((await t.get(draft)).lastModified).toMatch(/^Today \d+:\d\d [AP]M$/);
      await t.send('PUT', draft, { description: 'Soon' });
      await t.send('PUT', `${draft}/default`, { workflow: 'jira' });
      expect(await t.get(`${draft}/default`)).toEqual({ workflow: 'jira' });
      await t.send('DELETE', `${draft}/default`);
      await t.send('PUT', `${draft}/issuetype/${type}`, { workflow: 'Drawn' });
      expect(await t.get(`${draft}/issuetype/${type}`)).toEqual({ issueType: type, workflow: 'Drawn' });
      await t.send('DELETE', `${draft}/issuetype/${type}`);
      await t.send('PUT', `${draft}/workflow?workflowName=Drawn`, { issueTypes: [type] });
      expect(await t.get(`${draft}/workflow?workflowName=Drawn`)).toMatchObject({ issueTypes: [type] });
      await t.send('DELETE', `${draft}/workflow?workflowName=Drawn`);
      const { errorMessages } = await t.refused(400, 'POST', `${draft}/publish`, {});
      expect(errorMessages[0]).toContain(`Issue type with ID '${type}' is missing the mappings required`);
      const statusMappings = own.map(({ id }: Body) => ({
        issueTypeId: type,
        statusId: id,
        newStatusId: '1',
      }));
      await t.ask('POST', `${draft}/publish?validateOnly=true`, { statusMappings });
      await t.send('POST', `${draft}/publish`, { statusMappings });
      await later(t);
      expect((await t.get(`/issue/${key}?fields=status`)).fields.status.name).toBe('Open');
      await t.refused(404, 'GET', draft);
      await t.send('POST', `${self}/createdraft`);
      await t.send('DELETE', draft);
    },
  },
  {
    says: 'a project without issues is given a scheme at once',
    async tell(t) {
      const rev = await projectId(t, 'REV');
      await t.send('PUT', '/workflowscheme/project', { projectId: rev, workflowSchemeId: null });
      const { values } = await t.get(`/workflowscheme/project?projectId=${rev}`);
      expect(values[0].workflowScheme).toMatchObject({
        name: 'Default Workflow Scheme',
        defaultWorkflow: 'jira',
      });
      const ops = await projectId(t, 'OPS');
      const refused = await t.refused(400, 'PUT', '/workflowscheme/project', { projectId: ops });
      expect(refused.errorMessages).toEqual(['Only classic projects can have workflow schemes assigned.']);
    },
  },
  {
    says: 'an app keeps its rules in workflows',
    async tell(t) {
      const todo = (await statuses(t)).find(idOf('To Do'));
      const { bearer, gateway, client } = t.site.oauth(ADA);
      const body = drawn('Ruled', todo.id);
      body.workflows[0].transitions[1].validators = [
        {
          id: 'a1b2c3d4-0000-4000-8000-000000000001',
          ruleKey: 'connect:expression-validator',
          parameters: { appKey: client.clientId, config: '{}', tag: 'mine' },
        },
      ];
      const { workflows } = await t.send('POST', '/workflows/create', body);
      await t.refused(403, 'GET', '/workflow/rule/config?types=validator');
      t.site.actAs(bearer);
      const api = `${gateway}/rest/api/3`;
      const { values } = await t.get(`${api}/workflow/rule/config?types=validator&expand=transition`);
      expect(values).toMatchObject([
        {
          workflowId: { name: 'Ruled' },
          validators: [{ transition: { id: 11 }, configuration: { tag: 'mine' } }],
        },
      ]);
      const [rule] = values[0].validators;
      const wanted = { workflowEntityId: workflows[0].id, ruleIds: [rule.id, 'other'] };
      const search = `${gateway}/rest/atlassian-connect/1/migration/workflow/rule/search`;
      const found = await t.site.call('POST', search, wanted, { 'atlassian-transfer-id': 'a1' });
      expect(found.body).toMatchObject({
        invalidRules: ['other'],
        validRules: [{ workflowId: { name: 'Ruled' } }],
      });
      const workflowId = { name: 'Ruled' };
      const configuration = { value: '{"x":1}', disabled: true };
      const { updateResults } = await t.send('PUT', `${api}/workflow/rule/config`, {
        workflows: [{ workflowId, validators: [{ id: rule.id, configuration }] }],
      });
      expect(updateResults[0]).toMatchObject({ updateErrors: [], ruleUpdateErrors: {} });
      const gone = await t.send('PUT', `${api}/workflow/rule/config/delete`, {
        workflows: [{ workflowId, workflowRuleIds: [rule.id, 'other'] }],
      });
      expect(gone.updateResults[0].ruleUpdateErrors).toEqual({
        other: ['The rule with this id does not exist: other'],
      });
      expect(workflows[0].transitions[1].validators.length).toBe(1);
    },
  },
  {
    says: 'an issue moves',
    async tell(t) {
      const path = '/issue/ENG-2/transitions';
      const { transitions } = await t.get(
        `${path}?expand=transitions.fields&includeUnavailableTransitions=true`,
      );
      await t.send('POST', path, { transition: { id: transitions[2].id } });
      expect((await t.get('/project/ENG/statuses'))[0].statuses.length).toBe(3);
    },
  },
];

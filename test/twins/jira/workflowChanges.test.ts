import { beforeEach, describe, expect, it } from 'vitest';
import { qsh, signed } from './connect.ts';
import { asSent, DOING, DONE, type Drawing, type Drawn, draw, TODO } from './drawing.ts';
import { ADA, BEN, openSite, type TestSite } from './site.ts';

const API = '/rest/api/3';
const to = (name: string, status: string, more: object = {}): Drawn => ({ name, to: status, ...more });

let site: TestSite;
beforeEach(async () => {
  site = await openSite();
});
const later = () => site.universe.advance(site.universe.clock.now() + 600_000);

/** The drawn workflow without the status DOING, its issues going where `sendTo` says. */
const withoutDoing = ({ workflow, ids }: Drawing, sendTo?: string) => ({
  statuses: [],
  workflows: [
    {
      id: workflow.id,
      version: workflow.version,
      statuses: [TODO, DONE].map((name) => ({ statusReference: ids[name], properties: {} })),
      transitions: asSent([to('Finish', DONE)]).map((one) => ({
        ...one,
        toStatusReference: ids[String((one as { toStatusReference: string }).toStatusReference)],
      })),
      ...(sendTo
        ? { defaultStatusMappings: [{ oldStatusReference: ids[DOING], newStatusReference: ids[sendTo] }] }
        : {}),
    },
  ],
});

describe('a workflow that loses a status', () => {
  it('asks where its issues go, and takes them there by a task that writes their changelogs', async () => {
    const drawing = await draw(site, [to('Start', DOING)]);
    const key = await drawing.issue();
    await drawing.move(key, 'Start');
    const lacking = await site.call('POST', `${API}/workflows/update/validation`, {
      payload: withoutDoing(drawing),
    });
    expect(lacking.get('errors')).toMatchObject([
      { type: 'STATUS_MAPPING', code: 'MISSING_STATUS_MAPPING', level: 'ERROR' },
    ]);
    expect((await site.call('POST', `${API}/workflows/update`, withoutDoing(drawing))).status).toBe(400);
    const done = await site.call('POST', `${API}/workflows/update`, withoutDoing(drawing, DONE));
    const taskId = done.get('taskId');
    expect(done.status).toBe(200);
    expect(done.get('workflows.0.taskId')).toBe(taskId);
    const again = { ...withoutDoing(drawing, DONE) };
    expect((await site.call('POST', `${API}/workflows/update`, again)).status).toBe(409);
    await later();
    expect((await site.call('GET', `${API}/task/${taskId}`)).get('status')).toBe('COMPLETE');
    expect(await drawing.field(key, 'status.name')).toBe('Finished');
    const log = await site.call('GET', `${API}/issue/${key}/changelog`);
    expect(log.get('values.1.items.0')).toMatchObject({ fromString: 'Doing', toString: 'Finished' });
  });
});

describe('a workflow that is not well drawn', () => {
  it('is told of all that is wrong with it at once', async () => {
    const { body } = await site.call('POST', `${API}/workflows/create/validation`, {
      payload: {
        scope: { type: 'GLOBAL' },
        statuses: [{ name: 'Done', statusCategory: 'DONE', statusReference: 'x' }],
        workflows: [
          {
            name: 'jira',
            statuses: [{ statusReference: 'x', properties: {} }],
            transitions: [
              { id: '5', type: 'DIRECTED', name: '', toStatusReference: 'y' },
              {
                id: '5',
                type: 'GLOBAL',
                name: 'On',
                toStatusReference: 'x',
                validators: [{ ruleKey: 'system:update-field', parameters: {} }],
                actions: [{ ruleKey: 'system:update-field', parameters: { field: 'nothing' } }],
              },
            ],
          },
        ],
      },
    });
    const { errors } = body as { errors: { code: string; type: string; message: string }[] };
    expect(errors.map(({ type, code }) => `${type} ${code}`)).toEqual([
      'STATUS NON_UNIQUE_STATUS_NAME',
      'WORKFLOW NON_UNIQUE_WORKFLOW_NAME',
      'WORKFLOW INITIAL_TRANSITION_REQUIRED',
      'TRANSITION TRANSITION_NAME_REQUIRED',
      'TRANSITION TRANSITION_TARGET_NOT_FOUND',
      'TRANSITION DIRECTED_TRANSITION_REQUIRES_LINKS',
      'TRANSITION NON_UNIQUE_TRANSITION_ID',
      'RULE INVALID_RULE',
      'RULE INVALID_RULE',
    ]);
    expect(errors[0]?.message).toBe('You must use a unique status name.');
  });

  it('is not written by people who do not administer Jira', async () => {
    site.actAs(site.basicFor(BEN));
    const create = await site.call('POST', `${API}/workflows/create`, { workflows: [] });
    expect(create.status).toBe(401);
    const search = await site.call('GET', `${API}/workflow/search`);
    expect([search.status, search.get('errorMessages')]).toEqual([
      403,
      ['Only Jira administrators can access workflows.'],
    ]);
    expect((await site.call('GET', `${API}/workflowscheme`)).status).toBe(403);
  });
});

describe('a kind of issue with a workflow of its own', () => {
  it('has its own statuses, and takes no issue from a status that it lacks', async () => {
    const drawing = await draw(site, [to('Start', DOING)]);
    const kinds = (await site.call('GET', `${API}/project/ENG`)).get('issueTypes') as {
      id: string;
      name: string;
    }[];
    const bug = kinds.find((one) => one.name === 'Bug')?.id ?? '';
    const schemes = await site.call('GET', `${API}/workflowscheme`);
    const { id } = (schemes.get('values') as { id: number; name: string }[]).find(
      (one) => one.name === 'Drawn',
    ) as { id: number };
    const mapping = { workflow: 'jira', updateDraftIfNeeded: true };
    await site.call('PUT', `${API}/workflowscheme/${id}/issuetype/${bug}`, mapping);
    const statusMappings = Object.values(drawing.ids).map((statusId) => ({
      issueTypeId: bug,
      statusId,
      newStatusId: '1',
    }));
    const published = await site.call('POST', `${API}/workflowscheme/${id}/draft/publish`, {
      statusMappings,
    });
    expect(published.get('description')).toBe('Update workflow scheme Drawn');
    await later();
    const lists = (await site.call('GET', `${API}/project/ENG/statuses`)).body as {
      name: string;
      statuses: { name: string }[];
    }[];
    const names = (kind: string) => lists.find((one) => one.name === kind)?.statuses.map((one) => one.name);
    expect(names('Task')).toEqual(['Wanted', 'Doing', 'Finished']);
    expect(names('Bug')).toEqual(['Open', 'In Progress', 'Reopened', 'Resolved', 'Closed']);
    const key = await drawing.issue({ issuetype: { id: bug } });
    expect(await drawing.offered(key)).toEqual(['Close Issue', 'Resolve Issue']);
    const refused = await site.call('PUT', `${API}/issue/${key}`, {
      fields: { issuetype: { name: 'Task' } },
    });
    expect(refused.get('errors')).toEqual({ issuetype: 'The issue type selected is invalid.' });
  });
});

describe('a project that is to get another scheme', () => {
  it('keeps its own where the other one is deleted before the task ends', async () => {
    const drawing = await draw(site, [to('Start', DOING)]);
    const key = await drawing.issue();
    const other = await site.call('POST', `${API}/workflowscheme`, { name: 'Other' });
    const project = await site.call('GET', `${API}/project/ENG`);
    const statusMappings = Object.values(drawing.ids).map((oldStatusId) => ({
      oldStatusId,
      newStatusId: '1',
    }));
    const kinds = project.get('issueTypes') as { id: string }[];
    const task = await site.call('POST', `${API}/workflowscheme/project/switch`, {
      projectId: project.get('id'),
      targetSchemeId: String(other.get('id')),
      mappingsByIssueTypeOverride: kinds.map(({ id }) => ({ issueTypeId: id, statusMappings })),
    });
    await site.call('DELETE', `${API}/workflowscheme/${other.get('id')}`);
    await later();
    expect((await site.call('GET', `${API}/task/${task.get('id')}`)).get('status')).toBe('FAILED');
    expect(await drawing.field(key, 'status.name')).toBe('Wanted');
  });
});

describe('a team-managed project', () => {
  it('has workflows of its own, which come into force for a kind of issue and go with the project', async () => {
    const project = await site.call('GET', `${API}/project/OPS`);
    const id = String(project.get('id'));
    const scope = { type: 'PROJECT', project: { id } };
    const made = await site.call('POST', `${API}/workflows/create`, {
      scope,
      statuses: [{ name: 'Noted', statusCategory: 'DONE', statusReference: 'a' }],
      workflows: [
        {
          name: 'Notes',
          statuses: [{ statusReference: 'a', properties: {} }],
          transitions: [{ id: '1', type: 'INITIAL', name: 'Create', toStatusReference: 'a' }],
        },
      ],
    });
    expect(made.get('workflows.0.scope')).toEqual(scope);
    const [scheme] = (await site.call('POST', `${API}/workflowscheme/read`, { projectIds: [id] })).body as {
      id: string;
      version: object;
    }[];
    const issueTypeIds = (project.get('issueTypes') as { id: string; name: string }[])
      .filter((one) => one.name === 'Task')
      .map((one) => one.id);
    const workflowsForIssueTypes = [{ workflowId: made.get('workflows.0.id'), issueTypeIds }];
    const update = { id: scheme?.id, name: 'Ours', description: '', version: scheme?.version };
    const lacking = await site.call('POST', `${API}/workflowscheme/update`, {
      ...update,
      workflowsForIssueTypes,
    });
    expect(lacking.status).toBe(400);
    const required = await site.call('POST', `${API}/workflowscheme/update/mappings`, {
      id: scheme?.id,
      workflowsForIssueTypes,
    });
    const statusIds = required.get('statusMappingsByIssueTypes.0.statusIds') as string[];
    const newStatusId = made.get('statuses.0.id');
    await site.call('POST', `${API}/workflowscheme/update`, {
      ...update,
      workflowsForIssueTypes,
      statusMappingsByIssueTypeOverride: [
        {
          issueTypeId: issueTypeIds[0],
          statusMappings: statusIds.map((oldStatusId) => ({ oldStatusId, newStatusId })),
        },
      ],
    });
    await later();
    const key = await site.issue({ project: { key: 'OPS' } });
    const issue = await site.call('GET', `${API}/issue/${key}`);
    expect([issue.get('fields.status.name'), issue.get('fields.resolution.name')]).toEqual(['Noted', 'Done']);
    await site.call('DELETE', `${API}/project/OPS?enableUndo=false`);
    const left = await site.call('GET', `${API}/workflows/search?scope=PROJECT`);
    expect(left.get('values')).toEqual([]);
  });
});

describe('a transition that calls a webhook', () => {
  it('tells it of the issue and of the transition', async () => {
    const made = await site.call('POST', '/rest/webhooks/1.0/webhook', {
      name: 'Builds',
      url: 'https://ci.example.com/hook',
      events: ['jira:issue_deleted'],
    });
    const webhookId = String(made.get('self')).split('/').pop() ?? '';
    const drawing = await draw(site, [
      to('Build', DOING, { actions: [{ ruleKey: 'system:trigger-webhook', parameters: { webhookId } }] }),
    ]);
    const key = await drawing.issue();
    expect((await drawing.move(key, 'Build')).status).toBe(204);
    await site.universe.advance(site.universe.now());
    expect(site.received.slice(-1).map(({ body }) => JSON.parse(body))).toMatchObject([
      { issue: { key, fields: { status: { name: 'Doing' } } }, transition: { transitionName: 'Build' } },
    ]);
  });
});

describe('a transition with a trigger', () => {
  it('happens when a tool tells of a pull request that was merged, whatever its conditions say', async () => {
    const merged =
      'com.atlassian.jira.plugins.jira-development-integration-plugin:pull-request-merged-trigger';
    const drawing = await draw(site, [
      to('Ship', DONE, {
        triggers: [{ ruleKey: 'system:development-triggers', parameters: { enabledTriggers: merged } }],
        conditions: {
          operation: 'ALL',
          conditions: [
            { ruleKey: 'system:restrict-from-all-users', parameters: { restrictMode: 'usersAndAPI' } },
          ],
        },
      }),
    ]);
    const key = await drawing.issue();
    const at = '2026-03-02T09:00:00Z';
    const url = 'https://git.example/1';
    const tell = async (status: string, updateSequenceId: number) => {
      const pullRequest = {
        ...{ id: '1', issueKeys: [key], updateSequenceId, status, title: 'Once', author: { email: BEN } },
        ...{ commentCount: 0, sourceBranch: 'once', lastUpdate: at, url, displayId: '#1' },
      };
      const repository = { id: 'r', name: 'exports', url, updateSequenceId: 1, pullRequests: [pullRequest] };
      await site.call('POST', '/rest/devinfo/0.10/bulk', { repositories: [repository] });
      await later();
      return drawing.field(key, 'status.name');
    };
    expect(await tell('OPEN', 1)).toBe('Wanted');
    expect(await tell('MERGED', 2)).toBe('Finished');
    const log = await site.call('GET', `${API}/issue/${key}/changelog`);
    expect(log.get('values.0.author.emailAddress')).toBe(BEN);
  });
});

describe('an app that moves to the cloud', () => {
  it('finds which of its rules came along', async () => {
    const key = 'com.example.rules';
    const descriptor = {
      key,
      name: 'Rules',
      baseUrl: 'https://app.example.com',
      scopes: ['READ'],
      authentication: { type: 'jwt' },
      lifecycle: { installed: '/installed' },
    };
    site.universe.gesture({
      twin: 'jira',
      gesture: 'installApp',
      as: ADA,
      with: { descriptor },
      by: 'person',
    });
    await site.universe.advance(site.universe.now());
    const { sharedSecret } = JSON.parse(site.received[0]?.body ?? '');
    const parameters = { appKey: key, config: 'c' };
    const drawing = await draw(site, [
      to('Ruled', DOING, { actions: [{ ruleKey: 'connect:remote-workflow-function', parameters }] }),
    ]);
    const { actions } = drawing.workflow.transitions[1] as unknown as { actions: { id: string }[] };
    const path = '/rest/atlassian-connect/1/migration/workflow/rule/search';
    const iat = site.universe.now() / 1_000;
    site.actAs(signed({ iss: key, iat, exp: iat + 180, qsh: qsh('POST', path) }, sharedSecret));
    const body = { workflowEntityId: drawing.workflow.id, ruleIds: [actions[0]?.id, 'lost'] };
    const found = await site.call('POST', path, body, {
      'atlassian-transfer-id': 'b7f3a5f4-0000-4000-8000-000000000001',
    });
    expect(found.status).toBe(200);
    expect(found.get('invalidRules')).toEqual(['lost']);
    expect(found.get('validRules.0.postFunctions.0.configuration.value')).toBe('c');
  });
});

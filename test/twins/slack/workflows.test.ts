import { describe, expect, it } from 'vitest';
import { ANN, type Answer, BOB, CAT, openWorkspace, WORLD, type Workspace } from './workspace.ts';

const parameter = (type: string) => ({ type, title: 'x' });
const MANIFEST = {
  display_information: { name: 'Greeter' },
  features: { bot_user: { display_name: 'Greeter' } },
  oauth_config: { scopes: { bot: ['chat:write', 'chat:write.public', 'triggers:read', 'triggers:write'] } },
  settings: {
    event_subscriptions: { request_url: 'http://127.0.0.1:9/greeter', bot_events: ['function_executed'] },
  },
  functions: {
    greet: {
      title: 'Greet somebody',
      input_parameters: { properties: { who: parameter('string') }, required: ['who'] },
      output_parameters: { properties: { greeting: parameter('string') }, required: ['greeting'] },
    },
  },
  workflows: {
    welcome: {
      title: 'Welcome',
      steps: [
        { id: '0', function_id: '#/functions/greet', inputs: { who: '{{inputs.name}}' } },
        {
          id: '1',
          function_id: 'slack#/functions/send_message',
          inputs: { channel_id: '{{inputs.channel}}', message: 'Said: {{steps.0.greeting}}' },
        },
      ],
    },
  },
};

/** A workspace with Bob's app in it, whose address is good. */
async function greeted(): Promise<Workspace & { app_id: string; config: string; token: string }> {
  const w = await openWorkspace();
  const config = w.mint({ kind: 'config', as: BOB });
  const { app_id } = await w.api('apps.manifest.create', { manifest: JSON.stringify(MANIFEST) }, config);
  w.gesture('installApp', BOB, { app: 'Greeter' });
  w.answer(({ body }) => ({ body: body.startsWith('{') ? (JSON.parse(body).challenge ?? '') : '' }));
  w.gesture('setRequestUrl', BOB, { app: 'Greeter', url: 'http://127.0.0.1:9/greeter' });
  await w.heard();
  return { ...w, app_id, config, token: w.mint({ kind: 'bot', app: 'Greeter' }) };
}
const executed = async (w: Workspace): Promise<Answer> =>
  (await w.heard()).map((one) => one.event).find((one) => one?.type === 'function_executed');

describe('a function', () => {
  it('is run for who may use it, and completed by its app once, with what it promised', async () => {
    const w = await greeted();
    expect(() => w.gesture('runFunction', CAT, { app: 'Greeter', function: 'greet' })).toThrow();
    w.gesture('runFunction', BOB, { app: 'Greeter', function: 'greet', inputs: { who: 'Ann' } });
    const event = await executed(w);
    expect(event).toMatchObject({
      function: {
        callback_id: 'greet',
        app_id: w.app_id,
        input_parameters: [{ name: 'who', is_required: true }],
      },
      inputs: { who: 'Ann' },
      bot_access_token: expect.stringMatching(/^xoxb-/),
    });
    const { function_execution_id } = event;
    const done = (outputs: object, token = event.bot_access_token) =>
      w.api('functions.completeSuccess', { function_execution_id, outputs }, token);
    expect((await done({ greeting: 'Hi' }, w.bot)).error).toBe('function_execution_not_found');
    expect((await done({})).error).toBe('parameter_validation_failed');
    expect(await done({ greeting: 'Hi' })).toEqual({ ok: true });
    expect((await done({ greeting: 'Hi' })).error).toBe('execution_not_in_running_state');
    const late = await w.api('functions.completeError', { function_execution_id, error: 'x' }, w.token);
    expect(late.error).toBe('execution_not_in_running_state');
  });

  it('of an app that declares none is run with what it is given', async () => {
    const app = WORLD.slack?.apps?.[0] as Answer;
    const events = { ...app.events, subscriptions: ['function_executed'] };
    const w = await openWorkspace({ ...WORLD, slack: { ...WORLD.slack, apps: [{ ...app, events }] } });
    w.gesture('runFunction', ANN, { app: 'Desk', function: 'sample', inputs: { a: 1 } });
    const event = await executed(w);
    expect(event).toMatchObject({ function: { callback_id: 'sample' }, inputs: { a: 1 } });
    const given = { function_execution_id: event.function_execution_id, error: 'no luck' };
    expect(await w.api('functions.completeError', given)).toEqual({ ok: true });
  });

  it('is opened to others by its maker’s configuration token', async () => {
    const w = await greeted();
    const name = { function_callback_id: 'greet', function_app_id: w.app_id };
    const call = (what: string, more: Record<string, unknown> = {}) =>
      w.api(`functions.distributions.permissions.${what}`, { ...name, ...more }, w.config);
    expect(await call('list')).toMatchObject({ permission_type: 'app_collaborators' });
    expect((await call('add', { user_ids: w.person(CAT) })).error).toBe('invalid_permission_type');
    expect((await call('set')).error).toBe('permission_type_required');
    await call('set', { permission_type: 'named_entities', user_ids: w.person(ANN) });
    const both = await call('add', { user_ids: w.person(CAT) });
    expect(both.users.map((one: Answer) => one.email)).toEqual([ANN, CAT]);
    expect(w.gesture('runFunction', CAT, { app: 'Greeter', function: 'greet' })).toBeTruthy();
    await call('remove', { user_ids: w.person(CAT) });
    expect(() => w.gesture('runFunction', CAT, { app: 'Greeter', function: 'greet' })).toThrow();
    expect((await call('list', { function_callback_id: 'nope' })).error).toBe('function_not_found');
  });
});

describe('a workflow', () => {
  it('goes from step to step as its app completes them', async () => {
    const w = await greeted();
    const { trigger } = w.gesture('offerWorkflow', BOB, { app: 'Greeter', workflow: 'welcome' });
    const inputs = { name: 'Cat', channel: w.channel('general') };
    w.gesture('startWorkflow', CAT, { trigger, inputs });
    const event = await executed(w);
    expect(event.inputs).toEqual({ who: 'Cat' });
    const outputs = { greeting: 'Hello, Cat' };
    await w.api(
      'functions.completeSuccess',
      { function_execution_id: event.function_execution_id, outputs },
      w.token,
    );
    const { messages } = await w.api('conversations.history', { channel: w.channel('general'), limit: 1 });
    expect(messages[0].text).toBe('Said: Hello, Cat');
    const given = {
      workflow: '#/workflows/welcome',
      workflow_app_id: w.app_id,
      function_id: event.function.id,
    };
    const { steps_versions } = await w.api('functions.workflows.steps.list', given, w.token);
    expect(steps_versions).toMatchObject([{ step_id: '0', workflow_id: expect.stringMatching(/^Wf/) }]);
    expect(
      (await w.api('functions.workflows.steps.list', { ...given, workflow: 'Wf0' }, w.token)).error,
    ).toBe('unknown_workflow_id');
    const exported = { ...given, step_id: '0' };
    expect((await w.api('functions.workflows.steps.responses.export', exported, w.token)).error).toBe(
      'unknown_step_id',
    );
  });

  it('is started by whom its trigger names', async () => {
    const w = await greeted();
    const { trigger: trigger_id } = w.gesture('offerWorkflow', BOB, { app: 'Greeter', workflow: 'welcome' });
    const call = (what: string, more: Record<string, unknown> = {}, token = w.token) =>
      w.api(`workflows.triggers.permissions.${what}`, { trigger_id, ...more }, token);
    expect(await call('list')).toEqual({ ok: true, permission_type: 'everyone' });
    expect((await call('set', { permission_type: 'named_entities' })).error).toBe(
      'named_entities_cannot_be_empty',
    );
    const channel_ids = [w.channel('random')];
    await call('set', { permission_type: 'named_entities', channel_ids });
    expect(w.gesture('startWorkflow', ANN, { trigger: trigger_id })).toBeTruthy();
    expect(() => w.gesture('startWorkflow', CAT, { trigger: trigger_id })).toThrow();
    expect(await call('add', { user_ids: [w.person(CAT)] })).toMatchObject({
      user_ids: [w.person(CAT)],
      channel_ids,
    });
    expect(w.gesture('startWorkflow', CAT, { trigger: trigger_id })).toBeTruthy();
    expect((await call('list', { trigger_id: 'Ft404' })).error).toBe('trigger_not_found');
  });

  it('is shown at a channel’s head', async () => {
    const app = WORLD.slack?.apps?.[0] as Answer;
    const w = await greeted();
    const scoped = w.mint({
      kind: 'bot',
      app: app.name,
      scopes: ['bookmarks:read', 'bookmarks:write', 'channels:read'],
    });
    const { trigger } = w.gesture('offerWorkflow', BOB, {
      app: 'Greeter',
      workflow: 'welcome',
      title: 'Say hi',
    });
    const channel_id = w.channel('general');
    const feature = (what: string, ids: string) =>
      w.api(`workflows.featured.${what}`, { channel_id, trigger_ids: ids }, scoped);
    expect(await feature('add', trigger)).toEqual({ ok: true });
    expect((await feature('set', 'Ft404')).error).toBe('error_modifying_workflows');
    const listed = await w.api('workflows.featured.list', { channel_ids: channel_id }, scoped);
    expect(listed.featured_workflows).toEqual([{ channel_id, triggers: [{ id: trigger, title: 'Say hi' }] }]);
    expect((await feature('remove', trigger)).ok).toBe(true);
    expect((await feature('remove', trigger)).error).toBe('error_modifying_workflows');
  });
});

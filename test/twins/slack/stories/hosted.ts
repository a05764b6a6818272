import { ANN, BOB, CAT } from '../workspace.ts';
import type { Answer, Story, Teller } from './teller.ts';

const ADDRESS = 'http://127.0.0.1:9/greeter';
const text = { type: 'string', title: 'x' };

const MANIFEST = {
  display_information: { name: 'Greeter' },
  features: { bot_user: { display_name: 'Greeter' } },
  oauth_config: { scopes: { bot: ['chat:write', 'chat:write.public', 'triggers:read', 'triggers:write'] } },
  settings: { event_subscriptions: { request_url: ADDRESS, bot_events: ['function_executed'] } },
  functions: {
    greet: {
      title: 'Greet somebody',
      input_parameters: { properties: { who: text }, required: ['who'] },
      output_parameters: { properties: { greeting: text }, required: ['greeting'] },
    },
  },
  workflows: {
    welcome: {
      title: 'Welcome',
      steps: [{ id: '0', function_id: '#/functions/greet', inputs: { who: '{{inputs.name}}' } }],
    },
  },
};

const HOSTED = {
  _metadata: { major_version: 2 },
  display_information: { name: 'Juke' },
  features: { bot_user: { display_name: 'juke' } },
  oauth_config: { scopes: { bot: ['datastore:read', 'datastore:write'] } },
  settings: { function_runtime: 'slack' },
  datastores: {
    tunes: { primary_key: 'id', attributes: { id: { type: 'string' }, year: { type: 'integer' } } },
  },
  external_auth_providers: { oauth2: { google: { provider_type: 'CUSTOM', options: {} } } },
};

/** Bob's app, whose address is good. */
async function greeter(t: Teller): Promise<{ app_id: string; config: string; token: string }> {
  const config = t.mint({ kind: 'config', as: BOB });
  const { app_id } = await t.call('apps.manifest.create', { manifest: JSON.stringify(MANIFEST) }, config);
  t.gesture('installApp', BOB, { app: 'Greeter' });
  t.answer(({ body }) => ({ body: body.startsWith('{') ? (JSON.parse(body).challenge ?? '') : '' }));
  t.gesture('setRequestUrl', BOB, { app: 'Greeter', url: ADDRESS });
  await t.heard();
  return { app_id, config, token: t.mint({ kind: 'bot', app: 'Greeter' }) };
}

const executed = async (t: Teller): Promise<Answer> =>
  (await t.heard()).map((one) => one.event).find((one) => one?.type === 'function_executed');

/** `functions.*`, `workflows.*`, `apps.datastore.*` and what else is of hosted apps. */
export const hostedStories: readonly Story[] = [
  {
    says: 'functions',
    async tell(t) {
      const { app_id, config, token } = await greeter(t);
      const run = async () => {
        t.gesture('runFunction', BOB, { app: 'Greeter', function: 'greet', inputs: { who: 'Ann' } });
        return (await executed(t)).function_execution_id;
      };
      const outputs = { greeting: 'Hi' };
      await t.call('functions.completeSuccess', { function_execution_id: await run(), outputs }, token);
      await t.call(
        'functions.completeError',
        { function_execution_id: await run(), error: 'no luck' },
        token,
      );
      const permissions = (what: string, more: object = {}) =>
        t.call(
          `functions.distributions.permissions.${what}`,
          { function_callback_id: 'greet', function_app_id: app_id, ...more },
          config,
        );
      await permissions('list');
      await permissions('set', { permission_type: 'named_entities', user_ids: t.person(ANN) });
      await permissions('add', { user_ids: t.person(CAT) });
      await permissions('remove', { user_ids: t.person(CAT) });
    },
  },
  {
    says: 'workflows',
    async tell(t) {
      const { app_id, token } = await greeter(t);
      const { trigger } = t.gesture('offerWorkflow', BOB, {
        app: 'Greeter',
        workflow: 'welcome',
        title: 'Hi',
      });
      t.gesture('startWorkflow', CAT, { trigger, inputs: { name: 'Cat' } });
      const { function: made } = await executed(t);
      const workflow = '#/workflows/welcome';
      const asked = { workflow, workflow_app_id: app_id, function_id: made.id };
      await t.call('functions.workflows.steps.list', asked, token);
      const permissions = (what: string, more: object = {}) =>
        t.call(`workflows.triggers.permissions.${what}`, { trigger_id: trigger, ...more }, token);
      await permissions('list');
      await permissions('set', { permission_type: 'named_entities', channel_ids: [t.channel('random')] });
      await permissions('add', { user_ids: [t.person(CAT)] });
      await permissions('remove', { user_ids: [t.person(CAT)] });
      const channel_id = t.channel('general');
      const featured = (what: string) =>
        t.call(`workflows.featured.${what}`, { channel_id, trigger_ids: trigger });
      await featured('add');
      await t.call('workflows.featured.list', { channel_ids: channel_id });
      await featured('remove');
      await featured('set');
    },
  },
  {
    says: 'datastores',
    async tell(t) {
      const config = t.mint({ kind: 'config', as: BOB });
      const { app_id } = await t.call('apps.manifest.create', { manifest: JSON.stringify(HOSTED) }, config);
      const token = t.mint({ kind: 'bot', app: app_id });
      const tunes = (what: string, more: object) =>
        t.call(`apps.datastore.${what}`, { datastore: 'tunes', ...more }, token);
      await tunes('bulkPut', {
        items: [
          { id: '1', year: 1967 },
          { id: '2', year: 1992 },
        ],
      });
      await tunes('put', { item: { id: '3', year: 1987 } });
      await tunes('update', { item: { id: '3', year: 1988 } });
      await tunes('get', { id: '1' });
      await tunes('bulkGet', { ids: ['1', '2'] });
      const filter = {
        expression: '#year > :from',
        expression_attributes: { '#year': 'year' },
        expression_values: { ':from': 1970 },
      };
      await tunes('query', { ...filter, limit: 2 });
      await tunes('count', filter);
      await tunes('delete', { id: '1' });
      await tunes('bulkDelete', { ids: ['2', '3'] });
      const reader = t.mint({ kind: 'user', as: BOB, scopes: ['hosting:read'] });
      await t.call('apps.activities.list', { app_id, limit: 2, component_type: 'tables' }, reader);
      const lent = { app: app_id, provider: 'google', refreshable: true };
      const { externalTokenId } = t.gesture('connectExternalAccount', BOB, lent);
      const external_token_id = externalTokenId;
      await t.call('apps.auth.external.get', { external_token_id, force_refresh: true }, token);
      await t.call('apps.auth.external.delete', { external_token_id }, token);
    },
  },
];

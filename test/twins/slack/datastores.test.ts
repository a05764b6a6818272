import { describe, expect, it } from 'vitest';
import { rows } from './installs.ts';
import { ANN, type Answer, BOB, openWorkspace, type Workspace } from './workspace.ts';

const MANIFEST = {
  _metadata: { major_version: 2 },
  display_information: { name: 'Juke' },
  features: { bot_user: { display_name: 'juke' } },
  oauth_config: { scopes: { bot: ['datastore:read', 'datastore:write'] } },
  settings: { function_runtime: 'slack' },
  datastores: {
    tunes: {
      primary_key: 'id',
      time_to_live_attribute: 'until',
      attributes: {
        id: { type: 'string' },
        artist: { type: 'string' },
        year: { type: 'integer' },
        tags: { type: 'array', items: { type: 'string' } },
        until: { type: 'slack#/types/timestamp' },
      },
    },
  },
};
const TUNES = [
  { id: '1', artist: 'Fred Rogers', year: 1967, tags: ['calm'] },
  { id: '2', artist: 'Whitney Houston', year: 1992, tags: ['ballad', 'loud'] },
  { id: '3', artist: 'Whitney Houston', year: 1987, tags: ['dance', 'loud'] },
  { id: '4', artist: 'Frank Sinatra', year: 1969 },
];

interface Jukebox extends Workspace {
  appId: string;
  token: string;
  tunes(method: string, args?: Record<string, unknown>): Promise<Answer>;
}

async function jukebox(): Promise<Jukebox> {
  const w = await openWorkspace();
  const config = w.mint({ kind: 'config', as: BOB });
  const made = await w.api('apps.manifest.create', { manifest: JSON.stringify(MANIFEST) }, config);
  const token = w.mint({ kind: 'bot', app: made.app_id });
  const tunes: Jukebox['tunes'] = (method, args = {}) =>
    w.api(`apps.datastore.${method}`, { datastore: 'tunes', ...args }, token);
  await tunes('bulkPut', { items: TUNES });
  return { ...w, appId: made.app_id, token, tunes };
}

describe('a datastore', () => {
  it('keeps, changes, gives and drops items', async () => {
    const { tunes } = await jukebox();
    expect(await tunes('get', { id: '2' })).toEqual({ ok: true, datastore: 'tunes', item: TUNES[1] });
    expect((await tunes('put', { item: { id: '2', artist: 'Nobody' } })).item).toEqual({
      id: '2',
      artist: 'Nobody',
    });
    expect((await tunes('update', { item: { id: '2', year: 2000 } })).item).toEqual({
      id: '2',
      artist: 'Nobody',
      year: 2000,
    });
    expect(await tunes('delete', { id: '2' })).toEqual({ ok: true });
    expect((await tunes('get', { id: '2' })).item).toEqual({});
    expect((await tunes('bulkGet', { ids: ['1', '2', '3'] })).items).toEqual([TUNES[0], TUNES[2]]);
    expect(await tunes('bulkDelete', { ids: ['1', '9'] })).toEqual({ ok: true, failed_items: [] });
    expect((await tunes('count')).count).toBe(2);
  });

  it.each([
    ['#artist = :artist', { '#artist': 'artist' }, { ':artist': 'Whitney Houston' }, '2 3'],
    ['#year between :from AND :to', { '#year': 'year' }, { ':from': 1968, ':to': 1990 }, '3 4'],
    ['begins_with(#artist, :start)', { '#artist': 'artist' }, { ':start': 'Fr' }, '1 4'],
    ['contains (#tags, :tag)', { '#tags': 'tags' }, { ':tag': 'loud' }, '2 3'],
    ['contains(artist, :part) AND NOT #y > :y', { '#y': 'year' }, { ':part': 'Wh', ':y': 1990 }, '3'],
    ['(#y < :a OR #y >= :b) AND id <> :id', { '#y': 'year' }, { ':a': 1968, ':b': 1990, ':id': '2' }, '1'],
    ['attribute_not_exists(tags) or size(tags) = :n', {}, { ':n': 1 }, '1 4'],
    ['#y IN (:a, :b)', { '#y': 'year' }, { ':a': 1967, ':b': 1969 }, '1 4'],
  ])('finds by %s', async (expression, attributes, values, found) => {
    const { tunes } = await jukebox();
    const asked = { expression, expression_attributes: attributes, expression_values: values };
    const { items } = await tunes('query', asked);
    expect(items.map((one: Answer) => one.id).join(' ')).toBe(found);
    expect((await tunes('count', asked)).count).toBe(found.split(' ').length);
  });

  it('is looked through page by page, before the filter', async () => {
    const { tunes } = await jukebox();
    const asked = {
      expression: '#y = :y',
      expression_attributes: JSON.stringify({ '#y': 'year' }),
      expression_values: JSON.stringify({ ':y': 1969 }),
      limit: 2,
    };
    const first = await tunes('query', asked);
    expect(first.items).toEqual([]);
    const second = await tunes('query', { ...asked, cursor: first.response_metadata.next_cursor });
    expect(second.items).toEqual([TUNES[3]]);
    expect(second.response_metadata.next_cursor).toBe('');
  });

  it('says what is wrong with an item, an expression, a name', async () => {
    const { tunes, api, bot, appId } = await jukebox();
    const refused = async (method: string, args: Record<string, unknown>) => {
      const { error, errors } = await tunes(method, args);
      return [error, errors?.[0].code, errors?.[0].pointer];
    };
    const invalid = 'datastore_validation_failed';
    expect(await refused('put', { item: { artist: 'x' } })).toEqual(['datastore_error', invalid, '/item/id']);
    expect(await refused('put', { item: { id: '1', year: 'x' } })).toEqual([
      'datastore_error',
      invalid,
      '/item/year',
    ]);
    expect(await refused('put', { item: { id: '1', mood: 'x' } })).toEqual([
      'datastore_error',
      invalid,
      '/item/mood',
    ]);
    expect(await refused('query', { expression: '#a = :a' })).toEqual([
      'datastore_error',
      'datastore_query_error',
      '/expression',
    ]);
    expect((await refused('query', { expression: 'a = ' }))[1]).toBe('datastore_query_error');
    expect(await refused('get', { datastore: 'films', id: '1' })).toEqual([
      'datastore_error',
      'datastore_config_not_found',
      '/datastores',
    ]);
    expect((await tunes('bulkGet', { ids: Array.from({ length: 26 }, String) })).error).toBe(
      'invalid_arguments',
    );
    const desk = { datastore: 'tunes', id: '1' };
    expect((await api('apps.datastore.get', desk, bot)).error).toBe('missing_scope');
    expect((await tunes('get', { id: '1', app_id: 'A0OTHER' })).error).toBe('invalid_app_id');
    expect((await tunes('get', { id: '1', app_id: appId })).ok).toBe(true);
  });

  it('is open to its app’s owner, who names the app, and to nobody else', async () => {
    const { api, mint, appId } = await jukebox();
    const count = async (as: string, args: Record<string, unknown>) => {
      const token = mint({ kind: 'user', as, scopes: ['datastore:read'] });
      return api('apps.datastore.count', { datastore: 'tunes', ...args }, token);
    };
    expect((await count(BOB, { app_id: appId })).count).toBe(4);
    expect((await count(ANN, { app_id: appId })).error).toBe('access_denied');
    expect((await count(ANN, {})).error).toBe('app_not_hosted');
  });

  it('is only for apps that Slack hosts', async () => {
    const w = await openWorkspace();
    const desk = w.mint({ kind: 'bot', scopes: ['datastore:read'] });
    expect((await w.api('apps.datastore.count', { datastore: 'tunes' }, desk)).error).toBe('app_not_hosted');
  });

  it('forgets items whose time has come', async () => {
    const { tunes, universe } = await jukebox();
    const until = Math.floor(universe.now() / 1_000) + 60;
    await tunes('put', { item: { id: '9', until } });
    expect((await tunes('count')).count).toBe(5);
    await universe.advance(universe.now() + 60_000);
    expect((await tunes('count')).count).toBe(4);
    expect((await tunes('get', { id: '9' })).item).toEqual({});
  });
});

describe('apps.activities.list', () => {
  it('shows what was done, newest first, by kind, page by page', async () => {
    const w = await jukebox();
    await w.tunes('get', { id: '1' });
    await w.tunes('delete', { id: '1' });
    const reader = w.mint({ kind: 'user', as: BOB, scopes: ['hosting:read'] });
    const list = (args: object) => w.api('apps.activities.list', { app_id: w.appId, ...args }, reader);
    const { activities, response_metadata } = await list({ limit: 1, component_type: 'tables' });
    expect(activities).toEqual([
      {
        level: 'info',
        event_type: 'datastore_request_result',
        source: 'slack',
        component_type: 'tables',
        component_id: 'tunes',
        payload: { datastore_name: 'tunes', request_type: 'delete', details: 'id: 1' },
        created: expect.any(Number),
        trace_id: expect.stringMatching(/^Tr0/),
      },
    ]);
    const next = await list({ limit: 1, cursor: response_metadata.next_cursor });
    expect(next.activities[0].payload.request_type).toBe('get');
    expect((await list({ min_log_level: 'error' })).activities).toEqual([]);
    expect((await list({ sort_direction: 'asc' })).activities[0].payload.request_type).toBe('put');
    expect((await list({ app_id: 'x' })).error).toBe('invalid_app_id');
    const other = w.mint({ kind: 'user', as: ANN, scopes: ['hosting:read'] });
    expect((await w.api('apps.activities.list', { app_id: w.appId }, other)).error).toBe('invalid_app');
    expect((await list({ source: 'nobody' })).error).toBe('invalid_args');
  });

  it('shows a function’s beginning and end under one trace', async () => {
    const w = await openWorkspace();
    w.gesture('runFunction', BOB, { app: 'Desk', function: 'sample', inputs: {} });
    const { app_id } = (await w.api('bots.info', { bot: (await w.api('auth.test')).bot_id })).bot;
    const reader = w.mint({ kind: 'user', as: ANN, scopes: ['hosting:read'] });
    const list = () => w.api('apps.activities.list', { app_id, component_type: 'functions' }, reader);
    const [started] = (await list()).activities;
    expect(started).toMatchObject({
      event_type: 'function_execution_started',
      component_id: expect.stringMatching(/^Fn0/),
      payload: { function_name: 'sample', function_type: 'app' },
    });
    const [execution] = rows(w, 'slack.functionExecutions');
    await w.api('functions.completeError', { function_execution_id: execution.id, error: 'broken' });
    const [ended] = (await list()).activities;
    expect(ended).toMatchObject({
      level: 'error',
      event_type: 'function_execution_result',
      trace_id: started.trace_id,
      payload: { exec_outcome: 'Error', error: 'broken' },
    });
  });
});

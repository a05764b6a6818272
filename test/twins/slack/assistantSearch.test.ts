import { describe, expect, it } from 'vitest';
import { ANN, type Answer, BOB, CAT, openWorkspace, WORLD, type Workspace } from './workspace.ts';

async function talked(): Promise<Workspace> {
  const app = WORLD.slack?.apps?.[0] as Answer;
  const scopes = [...app.scopes, 'search:read.public', 'search:read.files', 'search:read.users'];
  const userScopes = ['search:read.public', 'search:read.private', 'search:read.users', 'files:read'];
  const w = await openWorkspace({
    ...WORLD,
    slack: { ...WORLD.slack, apps: [{ ...app, scopes, userScopes }] },
  });
  w.gesture('post', BOB, { channel: 'general', text: 'Project gizmo ships in May' });
  w.gesture('post', ANN, { channel: 'random', text: 'gizmo is a fine name' });
  w.gesture('post', CAT, { channel: 'secret', text: 'the gizmo project is over budget' });
  return w;
}
const ask = (w: Workspace, given: Record<string, unknown>, token = w.user) =>
  w.api('assistant.search.context', given, token);
const contents = (answer: Answer) => answer.results.messages.map((one: Answer) => one.content);

describe('a question', () => {
  it('is answered by what holds its words, in the kinds of conversation that it names', async () => {
    const w = await talked();
    const found = await ask(w, { query: 'What is project gizmo?', include_context_messages: true });
    expect(contents(found)).toEqual(['Project gizmo ships in May']);
    expect(found.results.messages[0]).toMatchObject({
      author_name: 'Bob Baker',
      channel_name: 'general',
      is_author_bot: false,
      context_messages: { before: [{ text: 'Welcome' }], after: [] },
    });
    const types = ['public_channel', 'private_channel'];
    expect(contents(await ask(w, { query: 'gizmo project', channel_types: types })).length).toBe(2);
    const loose = await ask(w, { query: 'Where is the gizmo roadmap?' });
    expect(contents(loose).length).toBe(2);
    const strict = await ask(w, {
      query: 'x',
      term_clauses: ['gizmo', 'ships budget'],
      modifiers: 'in:general',
    });
    expect(contents(strict)).toEqual(['Project gizmo ships in May']);
    expect((await ask(w, { query: 'gizmo', channel_types: 'im' })).needed).toBe('search:read.im');
  });

  it('comes in pages, and finds people and channels too', async () => {
    const w = await talked();
    const first = await ask(w, { query: 'gizmo', limit: 1, sort: 'timestamp' });
    const cursor = first.response_metadata.next_cursor;
    const second = await ask(w, { query: 'gizmo', limit: 1, sort: 'timestamp', cursor });
    expect(new Set([...contents(first), ...contents(second)]).size).toBe(2);
    expect(second.response_metadata.next_cursor).toBe('');
    const people = await ask(w, { query: 'head of it', content_types: ['users', 'channels'] });
    expect(people.results.users).toMatchObject([{ full_name: 'Ann Archer', email: ANN }]);
    expect(people.results.channels).toEqual([]);
    expect((await ask(w, {})).error).toBe('missing_query');
    expect((await w.api('assistant.search.info', {}, w.user)).is_ai_search_enabled).toBe(false);
  });

  it('of a bot needs the token that came with somebody’s words', async () => {
    const w = await talked();
    await w.heard();
    expect((await ask(w, { query: 'gizmo' }, w.bot)).error).toBe('invalid_action_token');
    w.gesture('post', BOB, { channel: 'general', text: '@Desk find the gizmo' });
    const mention = (await w.heard()).find((one) => one.event.type === 'app_mention').event;
    const { action_token } = mention.assistant_thread;
    expect(contents(await ask(w, { query: 'gizmo ships', action_token }, w.bot))).toEqual([
      'Project gizmo ships in May',
    ]);
  });
});

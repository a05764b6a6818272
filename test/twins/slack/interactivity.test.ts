import { describe, expect, it } from 'vitest';
import { ANN, type Answer, BOB, CAT, openWorkspace, type Workspace } from './workspace.ts';

const button = (action_id: string, value: string) => ({
  type: 'button',
  action_id,
  value,
  style: 'primary',
  text: { type: 'plain_text', text: action_id },
});
const blocks = [{ type: 'actions', block_id: 'row', elements: [button('yes', 'r1'), button('no', 'r1')] }];
const modal = (more: object = {}) => ({
  type: 'modal',
  callback_id: 'ask',
  title: { type: 'plain_text', text: 'Ask' },
  submit: { type: 'plain_text', text: 'Send' },
  blocks: [
    {
      type: 'input',
      block_id: 'why',
      label: { type: 'plain_text', text: 'Why' },
      element: { type: 'plain_text_input', action_id: 'reason' },
    },
  ],
  ...more,
});

/** A message with buttons, its first click heard by the app. */
async function clicked(w: Workspace, channel = w.channel('general'), by = BOB) {
  const { ts } = await w.api('chat.postMessage', { channel, text: 'Well?', blocks });
  await w.heard();
  w.gesture('click', by, { message: { channel, ts }, button: { action: 'yes' } });
  const [payload] = await w.heard();
  return { ts, channel, payload: payload as Answer };
}

const respond = (w: Workspace, url: string, body: object) =>
  w.fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

describe('a click', () => {
  it('reaches the app with who, where, what, a trigger and a response URL', async () => {
    const w = await openWorkspace();
    const { ts, channel, payload } = await clicked(w);
    expect(w.received.at(-1)?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(payload).toMatchObject({
      type: 'block_actions',
      user: { id: w.person(BOB), username: 'bob' },
      channel: { id: channel, name: 'general' },
      container: { type: 'message', message_ts: ts, channel_id: channel, is_ephemeral: false },
      message: { ts, text: 'Well?' },
      actions: [{ type: 'button', action_id: 'yes', block_id: 'row', value: 'r1', style: 'primary' }],
    });
    expect(payload.response_url.startsWith(`${w.base('slack')}/actions/T`)).toBe(true);
  });

  it('needs a button that is there and a message that the person sees', async () => {
    const w = await openWorkspace();
    const { ts, channel } = await clicked(w);
    const click = (as: string, on: string, action: string, value?: string) => () =>
      w.gesture('click', as, {
        message: { channel: on, ts },
        button: { action, ...(value ? { value } : {}) },
      });
    expect(click(BOB, channel, 'maybe')).toThrow('there is no maybe to press; there are: yes, no');
    expect(click(BOB, channel, 'yes', 'r2')).toThrow('with the value r2');
    const { channel: dm } = await w.api('conversations.open', { users: w.person(ANN) });
    const sent = await w.api('chat.postMessage', { channel: dm.id, text: 'x', blocks });
    expect(() =>
      w.gesture('click', CAT, { message: { channel: dm.id, ts: sent.ts }, button: { action: 'yes' } }),
    ).toThrow('sees no channel');
  });
});

describe('a response URL', () => {
  it('replaces the message, whispers, or says it to all', async () => {
    const w = await openWorkspace();
    const { channel, payload } = await clicked(w);
    const url = payload.response_url;
    expect(await (await respond(w, url, { text: 'Done', replace_original: true })).json()).toEqual({
      ok: true,
    });
    const newest = async () => (await w.api('conversations.history', { channel, limit: 1 })).messages[0];
    expect(await newest()).toMatchObject({ text: 'Done', blocks: [{ type: 'rich_text' }] });
    await respond(w, url, { text: 'psst', response_type: 'ephemeral', replace_original: false });
    expect((await newest()).text).toBe('Done');
    await respond(w, url, { text: 'all', response_type: 'in_channel', replace_original: false });
    expect((await newest()).text).toBe('all');
    await respond(w, url, { delete_original: true });
    expect(await newest()).toMatchObject({ text: 'all' });
    const { messages } = await w.api('conversations.history', { channel });
    expect(messages.map((one: Answer) => one.text)).not.toContain('Done');
  });

  it('is good five times and for half an hour', async () => {
    const w = await openWorkspace();
    const { payload } = await clicked(w);
    const once = async (url: string) =>
      (await respond(w, url, { text: 'x', response_type: 'ephemeral' })).status;
    const uses = [];
    for (let i = 0; i < 6; i++) uses.push(await once(payload.response_url));
    expect(uses).toEqual([200, 200, 200, 200, 200, 404]);
    const other = await clicked(w);
    await w.universe.advance(w.universe.now() + 30 * 60_000 + 1);
    expect(await once(other.payload.response_url)).toBe(404);
    expect(await once(`${w.base('slack')}/actions/T0/1/guess`)).toBe(404);
  });
});

describe('a modal', () => {
  const openModal = async (w: Workspace, view: object = modal()) => {
    const { payload } = await clicked(w);
    return w.api('views.open', { trigger_id: payload.trigger_id, view });
  };

  it('opens by a trigger once, within three seconds', async () => {
    const w = await openWorkspace();
    const { payload } = await clicked(w);
    const open = (trigger_id: string) => w.api('views.open', { trigger_id, view: modal() });
    const { view } = await open(payload.trigger_id);
    expect(view).toMatchObject({
      id: expect.stringMatching(/^V/),
      type: 'modal',
      callback_id: 'ask',
      state: { values: {} },
      previous_view_id: null,
      root_view_id: view.id,
      hash: expect.stringMatching(/^\d+\.\w{8}$/),
    });
    expect((await open(payload.trigger_id)).error).toBe('exchanged_trigger_id');
    expect((await open('made.up.one')).error).toBe('invalid_trigger_id');
    const late = await clicked(w);
    await w.universe.advance(w.universe.now() + 3_001);
    expect((await open(late.payload.trigger_id)).error).toBe('expired_trigger_id');
  });

  it('that breaks the rules is refused with pointers', async () => {
    const w = await openWorkspace();
    expect((await w.api('views.open', { trigger_id: 'x', view: {} })).response_metadata.messages).toEqual([
      '[ERROR] failed to match all allowed schemas [json-pointer:/view]',
      '[ERROR] missing required field: type [json-pointer:/view]',
    ]);
    const { error, response_metadata } = await openModal(w, modal({ submit: undefined }));
    expect(error).toBe('invalid_arguments');
    expect(response_metadata.messages).toContain(
      '[ERROR] must define `submit` to use an `input` block in modals [json-pointer:/view/blocks/0/input]',
    );
  });

  it('is sent off with what was filled in, and closes when the app takes it', async () => {
    const w = await openWorkspace();
    const { view } = await openModal(w);
    expect(() => w.gesture('submit', BOB, { view: view.id, values: {} })).toThrow('must be filled in');
    expect(() => w.gesture('submit', ANN, { view: view.id, values: { reason: 'x' } })).toThrow('has no view');
    w.gesture('submit', BOB, { view: view.id, values: { reason: 'because' } });
    const [payload] = await w.heard();
    expect(payload).toMatchObject({
      type: 'view_submission',
      user: { id: w.person(BOB) },
      view: {
        id: view.id,
        state: { values: { why: { reason: { type: 'plain_text_input', value: 'because' } } } },
      },
    });
    expect((await w.api('views.update', { view_id: view.id, view: modal() })).error).toBe('not_found');
  });

  it('stays with errors, is replaced or covered, as the app answers', async () => {
    const w = await openWorkspace();
    const { view } = await openModal(w);
    const submit = async (answer: object) => {
      w.answer(() => ({ body: JSON.stringify(answer) }));
      w.gesture('submit', BOB, { view: view.id, values: { reason: 'because' } });
      await w.heard();
    };
    await submit({ response_action: 'errors', errors: { why: 'No good' } });
    await submit({ response_action: 'update', view: modal({ callback_id: 'second' }) });
    await submit({ response_action: 'update', view: { type: 'modal' } });
    const updated = await w.api('views.update', { view_id: view.id, view: modal({ callback_id: 'third' }) });
    expect(updated.view.callback_id).toBe('third');
    expect((await w.api('views.update', { view_id: view.id, hash: 'old', view: modal() })).error).toBe(
      'hash_conflict',
    );
    await submit({ response_action: 'clear' });
    expect((await w.api('views.update', { view_id: view.id, view: modal() })).error).toBe('not_found');
  });
});

describe('a home', () => {
  it('is published to one person, who opens it', async () => {
    const w = await openWorkspace();
    const view = {
      type: 'home',
      blocks: [{ type: 'actions', block_id: 'row', elements: [button('go', '1')] }],
    };
    const published = await w.api('views.publish', { user_id: w.person(BOB), view });
    expect(published.view).toMatchObject({ type: 'home' });
    w.gesture('openHome', BOB, { app: 'Desk' });
    const [opened] = await w.heard();
    expect(opened.event).toMatchObject({
      type: 'app_home_opened',
      tab: 'home',
      view: { id: published.view.id },
    });
    w.gesture('click', BOB, { view: published.view.id, button: { action: 'go' } });
    const [payload] = await w.heard();
    expect(payload).toMatchObject({
      type: 'block_actions',
      container: { type: 'view' },
      actions: [{ value: '1' }],
    });
    expect(payload).not.toHaveProperty('response_url');
    const again = await w.api('views.publish', { user_id: w.person(BOB), view });
    expect(again.view.id).toBe(published.view.id);
  });
});

describe('a slash command', () => {
  it('reaches its app as a form, with a response URL', async () => {
    const w = await openWorkspace();
    w.gesture('command', BOB, { channel: 'general', command: '/desk', text: 'status' });
    const [form] = await w.heard();
    expect(w.received.at(-1)?.url).toBe('http://127.0.0.1:9/commands');
    expect(form).toMatchObject({
      command: '/desk',
      text: 'status',
      user_id: w.person(BOB),
      channel_name: 'general',
    });
    expect((await respond(w, form.response_url, { text: 'fine' })).status).toBe(200);
  });
});

import { describe, expect, it } from 'vitest';
import type { SlackAppPart, WorldFile } from '../../../src/world/file.ts';
import { ANN, type Answer, BOB, CAT, openWorkspace, WORLD, type Workspace } from './workspace.ts';

const text = (said: string) => ({ type: 'plain_text', text: said });
const option = (value: string) => ({ text: text(value.toUpperCase()), value });
const written = (value: string) => ({ text: { ...text(value.toUpperCase()), emoji: true }, value });
const [desk] = (WORLD.slack?.apps ?? []) as SlackAppPart[];
const withApp = (part: Partial<SlackAppPart>): WorldFile => ({
  ...WORLD,
  slack: { ...WORLD.slack, apps: [{ ...(desk as SlackAppPart), ...part }] },
});

/** A message with these elements in one actions block, and a way to use them. */
async function shown(elements: object[], world: WorldFile = WORLD) {
  const w = await openWorkspace(world);
  const channel = w.channel('general');
  const blocks = [{ type: 'actions', block_id: 'row', elements }];
  const { ts } = await w.api('chat.postMessage', { channel, text: 'Well?', blocks });
  await w.heard();
  const use = async (action: string, value?: unknown, by = BOB): Promise<Answer> => {
    const element = { action, ...(value === undefined ? {} : { value }) };
    w.gesture('click', by, { message: { channel, ts }, element });
    return (await w.heard())[0];
  };
  return { w, channel, ts, use };
}

describe('an element of a message', () => {
  const cases: [object, unknown, object | ((w: Workspace) => object)][] = [
    [{ type: 'static_select', options: [option('a'), option('b')] }, 'b', { selected_option: written('b') }],
    [
      {
        type: 'multi_static_select',
        option_groups: [{ label: text('G'), options: [option('a'), option('b')] }],
      },
      ['a', 'b'],
      { selected_options: [written('a'), written('b')] },
    ],
    [{ type: 'overflow', options: [option('a'), option('b')] }, 'a', { selected_option: written('a') }],
    [{ type: 'checkboxes', options: [option('a'), option('b')] }, 'a', { selected_options: [written('a')] }],
    [{ type: 'radio_buttons', options: [option('a')] }, 'a', { selected_option: written('a') }],
    [{ type: 'users_select' }, CAT, (w) => ({ selected_user: w.person(CAT) })],
    [{ type: 'multi_users_select' }, [ANN], (w) => ({ selected_users: [w.person(ANN)] })],
    [{ type: 'channels_select' }, 'random', (w) => ({ selected_channel: w.channel('random') })],
    [{ type: 'conversations_select' }, 'general', (w) => ({ selected_conversation: w.channel('general') })],
    [
      { type: 'datepicker', initial_date: '2026-01-01' },
      '2026-03-04',
      { selected_date: '2026-03-04', initial_date: '2026-01-01' },
    ],
    [{ type: 'timepicker' }, '09:30', { selected_time: '09:30' }],
    [{ type: 'datetimepicker' }, 1_772_450_000, { selected_date_time: 1_772_450_000 }],
    [{ type: 'rich_text_input' }, 'hello', { rich_text_value: { type: 'rich_text' } }],
  ];
  it.each(cases)('%o says what was picked, and keeps it', async (element, value, says) => {
    const { w, use } = await shown([
      { ...element, action_id: 'it' },
      { type: 'button', action_id: 'go', text: text('Go') },
    ]);
    const expected = typeof says === 'function' ? says(w) : says;
    const { type } = element as { type: string };
    const payload = await use('it', value);
    expect(payload.actions).toEqual([
      expect.objectContaining({ type, action_id: 'it', block_id: 'row', action_ts: expect.any(String) }),
    ]);
    expect(payload.actions[0]).toMatchObject(expected);
    // What was picked goes with the next click; overflow menus and buttons keep nothing.
    const { state } = await use('go');
    const kept = type === 'overflow' ? undefined : expect.objectContaining({ type });
    expect(state.values.row?.it).toEqual(kept);
  });

  it('keeps what each person picked apart', async () => {
    const { use } = await shown([
      {
        type: 'static_select',
        action_id: 'it',
        options: [option('a'), option('b')],
        initial_option: option('a'),
      },
    ]);
    await use('it', 'b');
    const { state } = await use('it', 'a', ANN);
    expect(state.values.row.it.selected_option.value).toBe('a');
  });

  it('takes nothing that its screen would not', async () => {
    const { use } = await shown([
      { type: 'static_select', action_id: 'one', options: [option('a')] },
      {
        type: 'multi_static_select',
        action_id: 'some',
        options: [option('a'), option('b')],
        max_selected_items: 1,
      },
      { type: 'datepicker', action_id: 'day' },
      { type: 'users_select', action_id: 'who' },
    ]);
    await expect(use('one', 'z')).rejects.toThrow('offers no z; it offers a');
    await expect(use('some', ['a', 'b'])).rejects.toThrow('takes no more than 1');
    await expect(use('day', 'tomorrow')).rejects.toThrow('takes a date');
    await expect(use('who', 'nobody@acme.example')).rejects.toThrow('nobody');
  });
});

describe('a menu whose options its app gives', () => {
  const menu = { type: 'external_select', action_id: 'ext', min_query_length: 2 };
  const world = withApp({
    interactivity: { url: 'http://127.0.0.1:9/interactions', optionsUrl: 'http://127.0.0.1:9/options' },
  });

  it('asks it for them, and offers what it answers', async () => {
    const { w, channel, ts, use } = await shown([menu], world);
    const suggest = (value: string) =>
      w.gesture('suggest', BOB, { message: { channel, ts }, element: { action: 'ext' }, value });
    expect(() => suggest('x')).toThrow('from 2 characters on');
    w.answer(() => ({ body: JSON.stringify({ options: [option('xa'), option('xb')] }) }));
    suggest('xy');
    const [payload] = await w.heard();
    expect(w.received.at(-1)?.url).toBe('http://127.0.0.1:9/options');
    expect(payload).toMatchObject({
      type: 'block_suggestion',
      action_id: 'ext',
      block_id: 'row',
      value: 'xy',
      container: { type: 'message', message_ts: ts, channel_id: channel },
      user: { id: w.person(BOB) },
      message: { ts },
    });
    await expect(use('ext', 'xc')).rejects.toThrow('it offers xa, xb');
    w.answer(() => ({}));
    expect((await use('ext', 'xb')).actions[0].selected_option).toEqual(option('xb'));
  });

  it('offers nothing where the answer breaks the rules', async () => {
    const { w, channel, ts, use } = await shown([menu], world);
    w.answer(() => ({ body: JSON.stringify({ options: [{ value: 'no text' }] }) }));
    w.gesture('suggest', BOB, { message: { channel, ts }, element: { action: 'ext' }, value: 'xy' });
    await w.heard();
    await expect(use('ext', 'no text')).rejects.toThrow('none yet');
  });
});

describe('a modal', () => {
  const input = (block_id: string, element: object, more: object = {}) => ({
    type: 'input',
    block_id,
    label: text(block_id),
    element: { action_id: 'it', ...element },
    ...more,
  });
  async function open(blocks: object[], more: object = {}) {
    const { w, use } = await shown([{ type: 'button', action_id: 'go', text: text('Go') }]);
    const { trigger_id } = await use('go');
    const modal = { type: 'modal', title: text('Ask'), submit: text('Send'), blocks, ...more };
    const { view } = await w.api('views.open', { trigger_id, view: modal });
    return { w, view: view.id as string };
  }

  it('is sent off with the state of everything in it, what was not filled in too', async () => {
    const { w, view } = await open([
      input('mail', { type: 'email_text_input' }),
      input('site', { type: 'url_text_input' }, { optional: true }),
      input('count', { type: 'number_input', is_decimal_allowed: false, min_value: '2' }),
      input('where', { type: 'conversations_select', response_url_enabled: true }),
      input('when', { type: 'datepicker', initial_date: '2026-03-01' }),
      {
        type: 'section',
        block_id: 'aside',
        text: text('x'),
        accessory: { type: 'users_select', action_id: 'who' },
      },
    ]);
    const submit = (values: object) => w.gesture('submit', BOB, { view, values });
    const good = { mail: 'a@b.example', count: 3, where: 'random' };
    expect(() => submit({ ...good, mail: 'nonsense' })).toThrow('takes an e-mail address');
    expect(() => submit({ ...good, count: 1 })).toThrow('takes 2 or more');
    expect(() => submit({ ...good, mail: undefined })).toThrow('must be filled in');
    w.gesture('click', BOB, { view, element: { action: 'who', value: CAT } });
    const [clicked] = await w.heard();
    expect(clicked.view.state.values.when).toEqual({
      it: { type: 'datepicker', selected_date: '2026-03-01' },
    });
    submit(good);
    const [payload] = await w.heard();
    expect(payload.view.state.values).toEqual({
      mail: { it: { type: 'email_text_input', value: 'a@b.example' } },
      site: { it: { type: 'url_text_input', value: null } },
      count: { it: { type: 'number_input', value: '3' } },
      where: { it: { type: 'conversations_select', selected_conversation: w.channel('random') } },
      when: { it: { type: 'datepicker', selected_date: '2026-03-01' } },
      aside: { who: { type: 'users_select', selected_user: w.person(CAT) } },
    });
    expect(payload.response_urls).toEqual([
      {
        response_url: expect.stringContaining('/actions/T'),
        channel_id: w.channel('random'),
        action_id: 'it',
        block_id: 'where',
      },
    ]);
  });

  it('takes files that the person uploaded', async () => {
    const { w, view } = await open([input('proof', { type: 'file_input', max_files: 1 })]);
    const { file } = w.gesture('shareFile', BOB, { channel: 'general', name: 'a.txt', content: 'x' });
    await w.heard();
    expect(() => w.gesture('submit', BOB, { view, values: { it: [file, file] } })).toThrow('no more than 1');
    w.gesture('submit', BOB, { view, values: { it: [file] } });
    const [payload] = await w.heard();
    expect(payload.view.state.values.proof.it).toMatchObject({
      type: 'file_input',
      files: [{ id: file, name: 'a.txt', url_private: expect.any(String) }],
    });
  });

  it('tells its app of an input only where that asked to hear', async () => {
    const { w, view } = await open([
      input('quiet', { type: 'plain_text_input' }),
      input('loud', { type: 'plain_text_input' }, { dispatch_action: true }),
    ]);
    const type = (block: string) =>
      w.gesture('click', BOB, { view, element: { action: 'it', block, value: 'hi' } });
    expect(type('quiet').delivered).toBe(false);
    expect(type('loud').delivered).toBe(true);
    const heard = await w.heard();
    expect(heard.map(({ actions }) => actions[0])).toMatchObject([
      { type: 'plain_text_input', block_id: 'loud', action_id: 'it', value: 'hi' },
    ]);
    expect(heard[0].view.state.values.quiet.it.value).toBe('hi');
  });

  it('that is closed is told to an app that asked to hear', async () => {
    const quiet = await open([]);
    quiet.w.gesture('closeView', BOB, { view: quiet.view });
    expect(await quiet.w.heard()).toEqual([]);
    const { w, view } = await open([], { notify_on_close: true, callback_id: 'ask' });
    w.gesture('closeView', BOB, { view, all: true });
    expect(await w.heard()).toMatchObject([
      {
        type: 'view_closed',
        view: { id: view, callback_id: 'ask' },
        is_cleared: true,
        user: { id: w.person(BOB) },
      },
    ]);
    expect((await w.api('views.update', { view_id: view, view: {} })).ok).toBe(false);
  });
});

describe('a button or menu under an attachment', () => {
  const attachments = [
    {
      text: 'Ship it?',
      callback_id: 'ship',
      actions: [
        { name: 'ship', text: 'Yes', type: 'button', value: 'yes' },
        { name: 'ship', text: 'No', type: 'button', value: 'no' },
        { name: 'where', text: 'Where', type: 'select', options: [{ text: 'Here', value: 'here' }] },
      ],
    },
  ];

  it('tells its app, whose answer replaces the message', async () => {
    const w = await openWorkspace();
    const channel = w.channel('general');
    const { ts } = await w.api('chat.postMessage', { channel, text: 'Well?', attachments });
    await w.heard();
    const press = (action: string, value: string) =>
      w.gesture('click', BOB, { message: { channel, ts }, element: { action, value } });
    press('ship', 'no');
    press('where', 'here');
    const heard = await w.heard();
    expect(heard.map(({ actions }) => actions)).toEqual([
      [{ name: 'ship', type: 'button', value: 'no' }],
      [{ name: 'where', type: 'select', selected_options: [{ value: 'here' }] }],
    ]);
    expect(heard[0]).toMatchObject({
      type: 'interactive_message',
      callback_id: 'ship',
      message_ts: ts,
      attachment_id: '1',
      original_message: { text: 'Well?' },
      response_url: expect.stringContaining('/actions/T'),
    });
    expect(() => press('where', 'there')).toThrow('offers no there');
    const newest = async () => (await w.api('conversations.history', { channel, limit: 1 })).messages[0];
    w.answer(() => ({ body: '' }));
    press('ship', 'yes');
    await w.heard();
    expect((await newest()).text).toBe('Well?');
    w.answer(() => ({ body: JSON.stringify({ text: 'Shipped' }) }));
    press('ship', 'yes');
    await w.heard();
    expect(await newest()).toMatchObject({ ts, text: 'Shipped' });
  });
});

describe('a button in the preview of a link', () => {
  it('tells the app whose preview it is, which cannot change the message', async () => {
    const w = await openWorkspace(
      withApp({ scopes: ['links:write', 'chat:write'], unfurlDomains: ['example.com'] }),
    );
    const url = 'https://example.com/a';
    const { channel, ts } = w.gesture('post', ANN, { channel: 'random', text: `see ${url}` });
    const button = { type: 'button', action_id: 'more', text: text('More') };
    const unfurls = { [url]: { blocks: [{ type: 'actions', block_id: 'row', elements: [button] }] } };
    expect(await w.api('chat.unfurl', { channel, ts, unfurls })).toEqual({ ok: true });
    await w.heard();
    w.gesture('click', BOB, { message: { channel, ts }, element: { action: 'more' } });
    const [payload] = await w.heard();
    expect(payload).toMatchObject({
      type: 'block_actions',
      container: { type: 'message_attachment', attachment_id: 1, is_app_unfurl: true, app_unfurl_url: url },
      app_unfurl: { id: 1, app_unfurl_url: url, is_app_unfurl: true },
      message: { ts, user: w.person(ANN) },
    });
    await w.fetch(payload.response_url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text: 'not mine', replace_original: true }),
    });
    const { messages } = await w.api('conversations.history', { channel, limit: 1 }, w.user);
    expect(messages[0].text).toContain('see <https://example.com/a>');
  });
});

describe('a shortcut', () => {
  const shortcuts = [
    { name: 'New ticket', callbackId: 'new_ticket' },
    { name: 'File this', callbackId: 'file_this', type: 'message' as const },
  ];

  it('opens a modal from anywhere', async () => {
    const w = await openWorkspace(withApp({ shortcuts }));
    expect(w.gesture('shortcut', BOB, { shortcut: 'New ticket' }).delivered).toBe(true);
    const [payload] = await w.heard();
    expect(payload).toMatchObject({
      type: 'shortcut',
      callback_id: 'new_ticket',
      trigger_id: expect.any(String),
      action_ts: expect.stringMatching(/^\d+\.\d{6}$/),
      user: { id: w.person(BOB), username: 'bob' },
    });
    expect(payload).not.toHaveProperty('response_url');
    const view = { type: 'modal', title: text('New'), blocks: [] };
    expect((await w.api('views.open', { trigger_id: payload.trigger_id, view })).ok).toBe(true);
    expect(() => w.gesture('shortcut', BOB, { shortcut: 'file_this' })).toThrow(
      'no app of this workspace has',
    );
  });

  it('beside a message says which, and may answer there', async () => {
    const w = await openWorkspace(withApp({ shortcuts }));
    const { channel, ts } = w.gesture('post', ANN, { channel: 'random', text: 'broken' });
    await w.heard();
    w.gesture('shortcut', BOB, { shortcut: 'file_this', message: { channel, ts } });
    const [payload] = await w.heard();
    expect(payload).toMatchObject({
      type: 'message_action',
      callback_id: 'file_this',
      message_ts: ts,
      channel: { id: channel, name: 'random' },
      message: { text: 'broken', user: w.person(ANN) },
      response_url: expect.stringContaining('/actions/T'),
    });
  });
});

describe('what an app answers to a slash command', () => {
  const answered = async (answer: object) => {
    const w = await openWorkspace();
    w.answer(() => answer);
    w.gesture('command', BOB, { channel: 'general', command: '/desk', text: 'x' });
    await w.heard();
    const { messages } = await w.api('conversations.history', { channel: w.channel('general'), limit: 1 });
    const whispered = [...w.universe.state.list({ name: 'slack.ephemerals' } as never)] as Answer[];
    return { said: messages[0].text, whispered: whispered.map((one) => [one.to, one.text, one.user]), w };
  };

  it('in its body is posted, to the caller or to all', async () => {
    const inChannel = await answered({ body: JSON.stringify({ response_type: 'in_channel', text: 'Here' }) });
    expect(inChannel.said).toBe('Here');
    expect(inChannel.whispered).toEqual([]);
    const alone = await answered({ body: JSON.stringify({ text: 'Only you' }) });
    const { user_id } = await alone.w.api('auth.test');
    expect(alone.said).toBe('Welcome');
    expect(alone.whispered).toEqual([[alone.w.person(BOB), 'Only you', user_id]]);
    const plain = await answered({ body: 'Plain & simple' });
    expect(plain.whispered[0]?.[1]).toBe('Plain &amp; simple');
    expect((await answered({ body: '' })).whispered).toEqual([]);
  });

  it('or its silence, is told to the caller by Slackbot', async () => {
    const late = await answered({ failure: 'timeout', status: 0 });
    expect(late.whispered).toEqual([
      [late.w.person(BOB), '/desk failed with the error "operation_timeout"', 'USLACKBOT'],
    ]);
    expect((await answered({ status: 500 })).whispered[0]?.[1]).toContain('http_service_error');
  });
});

import { describe, expect, it } from 'vitest';
import { ANN, type Answer, openWorkspace } from './workspace.ts';

const text = (value: string) => ({ type: 'mrkdwn', text: value });
const button = (action_id: string) => ({
  type: 'button',
  action_id,
  text: { type: 'plain_text', text: 'Go' },
});

async function errorsOf(blocks: unknown): Promise<string[]> {
  const w = await openWorkspace();
  const answer = await w.api('chat.postMessage', { channel: w.channel('general'), blocks });
  expect(answer).toMatchObject({ ok: false, error: 'invalid_blocks' });
  expect(answer.response_metadata.messages).toEqual(answer.errors.map((one: string) => `[ERROR] ${one}`));
  return answer.errors;
}

describe('blocks of a message', () => {
  it('are kept with ids and defaults where none were given', async () => {
    const w = await openWorkspace();
    const blocks = [
      { type: 'section', text: text('Pick'), accessory: button('a') },
      {
        type: 'actions',
        block_id: 'mine',
        elements: [button('b'), { ...button('c'), action_id: undefined }],
      },
    ];
    const { message } = await w.api('chat.postMessage', {
      channel: w.channel('general'),
      text: 'Pick',
      blocks,
    });
    expect(message.blocks[0]).toMatchObject({
      block_id: expect.stringMatching(/^\S{5}$/),
      text: { type: 'mrkdwn', text: 'Pick', verbatim: false },
      accessory: { text: { emoji: true } },
    });
    expect(message.blocks[1]).toMatchObject({ block_id: 'mine' });
    expect(message.blocks[1].elements[1].action_id).toMatch(/^\S{5}$/);
  });

  it('without what they need, or with what they cannot have, are refused with pointers', async () => {
    expect(await errorsOf([{ type: 'section' }])).toEqual([
      'must define either `text` or `fields` [json-pointer:/blocks/0]',
    ]);
    expect(await errorsOf([{ type: 'header' }])).toEqual([
      'missing required field: text [json-pointer:/blocks/0]',
    ]);
    expect(await errorsOf([{ type: 'roundabout' }])).toEqual([
      'unsupported type: roundabout [json-pointer:/blocks/0/type]',
    ]);
    expect(await errorsOf([{ type: 'divider', color: 'red' }])).toEqual([
      'invalid additional property: color [json-pointer:/blocks/0]',
    ]);
    expect(await errorsOf(['text'])).toEqual(['must provide an object [json-pointer:/blocks/0]']);
  });

  it('are held to their lengths', async () => {
    expect(await errorsOf([{ type: 'section', text: text('x'.repeat(3_001)) }])).toEqual([
      'failed to match all allowed schemas [json-pointer:/blocks/0/text]',
      'must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
    ]);
    expect(await errorsOf([{ type: 'section', text: text('') }])).toContain(
      'must be more than 0 characters [json-pointer:/blocks/0/text/text]',
    );
    expect(await errorsOf(Array(51).fill({ type: 'divider' }))).toEqual([
      'no more than 50 items allowed [json-pointer:/blocks]',
    ]);
    expect(await errorsOf([{ type: 'actions', elements: Array(26).fill(button('a')) }])).toContain(
      'no more than 25 items allowed [json-pointer:/blocks/0/elements]',
    );
  });

  it('that are no JSON are refused as such', async () => {
    const w = await openWorkspace();
    const post = (blocks: unknown) => w.api('chat.postMessage', { channel: w.channel('general'), blocks });
    expect((await post('[{')).error).toBe('invalid_blocks_format');
    expect((await post('{"type":"divider"}')).error).toBe('invalid_blocks_format');
  });

  it('cannot reach prototypes or exhaust anything', async () => {
    const nested = JSON.parse(`${'{"a":'.repeat(100)}1${'}'.repeat(100)}`);
    expect((await errorsOf([{ type: 'section', text: nested }]))[0]).toContain('json-pointer:/blocks/0/text');
    expect(await errorsOf([JSON.parse('{"type":"__proto__"}')])).toEqual([
      'unsupported type: __proto__ [json-pointer:/blocks/0/type]',
    ]);
  });

  it('have ids that are theirs alone: blocks in the message, elements in their block', async () => {
    const rows = [
      { type: 'actions', block_id: 'row', elements: [button('go'), button('go')] },
      { type: 'actions', block_id: 'row', elements: [button('go')] },
    ];
    expect(await errorsOf(rows)).toEqual([
      '`action_id` "go" already exists [json-pointer:/blocks/0/elements/1/action_id]',
      '`block_id` "row" already exists [json-pointer:/blocks/1/block_id]',
    ]);
  });

  it('of every kind are taken when they are whole', async () => {
    const w = await openWorkspace();
    const plain = (value: string) => ({ type: 'plain_text', text: value });
    const rich = { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [] }] };
    const picture = { type: 'image', image_url: 'https://x.example/a.png', alt_text: 'A' };
    const task = { type: 'task_card', task_id: '1', title: 'Dig', status: 'complete', details: rich };
    const card = { type: 'card', title: text('Card'), hero_image: picture, actions: [button('open')] };
    const cell = { type: 'raw_text', text: 'x' };
    const feedback = { text: plain('Good'), value: 'up' };
    const blocks = [
      { type: 'header', text: plain('Head') },
      { type: 'context', elements: [picture, text('by')] },
      { type: 'alert', text: text('Mind'), level: 'warning' },
      card,
      { type: 'carousel', elements: [card] },
      {
        type: 'container',
        title: plain('Box'),
        child_blocks: [{ type: 'actions', elements: [button('in')] }],
      },
      { type: 'plan', title: 'Plan', tasks: [task] },
      { type: 'data_table', caption: 'Sums', rows: [[cell], [{ type: 'raw_number', value: 1, text: '1' }]] },
      {
        type: 'context_actions',
        elements: [
          { type: 'feedback_buttons', positive_button: feedback, negative_button: feedback },
          { type: 'icon_button', icon: 'trash', text: plain('Away') },
        ],
      },
    ];
    const { ok, message } = await w.api('chat.postMessage', { channel: w.channel('general'), blocks });
    expect(ok).toBe(true);
    const box = message.blocks.find((one: Answer) => one.type === 'container');
    expect(box.child_blocks[0]).toMatchObject({
      block_id: expect.any(String),
      elements: [{ action_id: 'in' }],
    });
  });

  it('are kept escaped and linked, as messages are', async () => {
    const w = await openWorkspace();
    const plain = { type: 'plain_text', text: 'Q&A <b>' };
    const link = 'https://x.example/?a=1&b=2';
    const say = async (block: object) =>
      (await w.api('chat.postMessage', { channel: w.channel('general'), blocks: [block] })).message.blocks[0];
    expect((await say({ type: 'header', text: plain })).text.text).toBe('Q&amp;A &lt;b&gt;');
    const section = {
      type: 'section',
      text: text(link),
      accessory: { ...button('a'), text: plain, value: 'a&b' },
    };
    expect(await say(section)).toMatchObject({
      text: { text: '<https://x.example/?a=1&amp;b=2>' },
      accessory: { text: { text: 'Q&amp;A &lt;b&gt;' }, value: 'a&b' },
    });
    const verbatim = { type: 'section', text: { ...text(link), verbatim: true } };
    expect((await say(verbatim)).text.text).toBe('https://x.example/?a=1&amp;b=2');
  });

  it('of some kinds stand in messages alone', async () => {
    const w = await openWorkspace();
    const view = { type: 'home', blocks: [{ type: 'markdown', text: '# Hi' }] };
    const { response_metadata } = await w.api('views.publish', { user_id: w.person(ANN), view });
    expect(response_metadata.messages).toEqual([
      '[ERROR] failed to match all allowed schemas [json-pointer:/view]',
      '[ERROR] unsupported type: markdown [json-pointer:/view/blocks/0/type]',
    ]);
  });

  it('say which schema an option, a style and rich text break', async () => {
    const long = { text: { type: 'plain_text', text: 'x'.repeat(76) }, value: 'v' };
    const menu = { type: 'static_select', action_id: 'm', options: [long] };
    const at = '[json-pointer:/blocks/0/elements/0';
    expect(await errorsOf([{ type: 'actions', elements: [menu] }])).toEqual([
      `failed to match all allowed schemas ${at}/options/0/text]`,
      `must be less than 76 characters ${at}/options/0/text/text]`,
    ]);
    expect(await errorsOf([{ type: 'actions', elements: [{ ...button('a'), style: 'blue' }] }])).toEqual([
      `must be a valid enum value ${at}/style]`,
    ]);
    const nested = { type: 'rich_text_list', style: 'bullet', elements: [{ type: 'text', text: 'x' }] };
    expect(await errorsOf([{ type: 'rich_text', elements: [nested] }])).toEqual([
      `unsupported type: text ${at}/elements/0/type]`,
    ]);
  });
});

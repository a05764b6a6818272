import { describe, expect, it } from 'vitest';
import { openWorkspace } from './workspace.ts';

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
    expect(await errorsOf([{ type: 'carousel' }])).toEqual([
      'unsupported type: carousel [json-pointer:/blocks/0/type]',
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
});

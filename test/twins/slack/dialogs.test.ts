import { describe, expect, it } from 'vitest';
import { type Answer, BOB, openWorkspace, type Workspace } from './workspace.ts';

const dialog = (more: object = {}) => ({
  title: 'Ride',
  callback_id: 'ride-1',
  state: 'Limo',
  submit_label: 'Request',
  notify_on_cancel: true,
  elements: [
    { type: 'text', label: 'From', name: 'from' },
    { type: 'textarea', label: 'Note', name: 'note', optional: true },
    {
      type: 'select',
      label: 'Seats',
      name: 'seats',
      options: [{ label: 'Two', value: '2' }],
      optional: true,
    },
  ],
  ...more,
});

/** A trigger that BOB's command made. */
async function triggered(w: Workspace): Promise<string> {
  w.gesture('command', BOB, { channel: 'general', command: '/desk' });
  const payload = (await w.heard()).at(-1) as Answer;
  return payload.trigger_id;
}
const open = async (w: Workspace, given: unknown = dialog(), trigger_id?: string) =>
  w.api('dialog.open', { trigger_id: trigger_id ?? (await triggered(w)), dialog: JSON.stringify(given) });

describe('a classic dialog', () => {
  it('is sent off with what was filled in, and stays with the errors that the app answers', async () => {
    const w = await openWorkspace();
    expect(await open(w)).toEqual({ ok: true });
    expect(() => w.gesture('submitDialog', BOB, { values: {} })).toThrow('must be filled in');
    expect(() => w.gesture('submitDialog', BOB, { values: { from: 'x', seats: '9' } })).toThrow(
      'does not offer',
    );
    w.answer(() => ({ body: '{"errors":[{"name":"from","error":"Where?"}]}' }));
    w.gesture('submitDialog', BOB, { values: { from: 'Home', seats: '2' } });
    expect((await w.heard()).at(-1)).toMatchObject({
      type: 'dialog_submission',
      callback_id: 'ride-1',
      state: 'Limo',
      submission: { from: 'Home', seats: '2', note: null },
      channel: { id: w.channel('general'), name: 'general' },
      user: { id: w.person(BOB) },
      action_ts: expect.any(String),
      response_url: expect.any(String),
    });
    w.answer(() => ({ body: '' }));
    w.gesture('submitDialog', BOB, { values: { from: 'Work' } });
    await w.heard();
    expect(() => w.gesture('submitDialog', BOB, { values: { from: 'x' } })).toThrow('no dialog');
  });

  it('that is closed is told of where the app asked to know', async () => {
    const w = await openWorkspace();
    await open(w);
    w.gesture('cancelDialog', BOB, {});
    expect((await w.heard()).at(-1)).toMatchObject({ type: 'dialog_cancellation', callback_id: 'ride-1' });
  });

  it('says all that is wrong with it', async () => {
    const w = await openWorkspace();
    const wrong = dialog({
      title: 'x'.repeat(25),
      submit_label: 'two words',
      callback_id: undefined,
      elements: [
        'x',
        {},
        { type: 'poem' },
        { type: 'text', name: 'a', label: 'x'.repeat(49), max_length: 151 },
        { type: 'select', name: 'a', label: 'A', options: [{ label: 'One' }] },
      ],
    });
    const { error, response_metadata } = await open(w, wrong);
    expect(error).toBe('validation_errors');
    expect(response_metadata.messages).toEqual([
      'The field `callback_id` is required',
      'The field `title` cannot be longer than 24 characters',
      'The field `submit_button` can only be one word',
      'Element 0 must be an object',
      'Element 1 is missing required field `type`',
      'Element 2 has an invalid `type`',
      'Element 3 field `label` cannot be longer than 48 characters',
      'Element 3 field `max_length` must be between 1 and 150 (inclusive)',
      'Element 4 has a repeated name',
      'Element 4 `options` item is missing required field `value`',
    ]);
  });

  it('needs a trigger that is fresh and not used', async () => {
    const w = await openWorkspace();
    const error = async (args: Record<string, unknown>) => (await w.api('dialog.open', args)).error;
    expect(await error({ dialog: dialog() })).toBe('missing_trigger');
    expect(await error({ trigger_id: 'x' })).toBe('missing_dialog');
    expect(await error({ trigger_id: 'x', dialog: dialog() })).toBe('invalid_trigger');
    const trigger_id = await triggered(w);
    expect((await open(w, dialog(), trigger_id)).ok).toBe(true);
    expect((await open(w, dialog(), trigger_id)).error).toBe('trigger_exchanged');
    const late = await triggered(w);
    await w.universe.advance(w.universe.now() + 3_001);
    expect((await open(w, dialog(), late)).error).toBe('trigger_expired');
  });
});

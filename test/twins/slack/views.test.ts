import { describe, expect, it } from 'vitest';
import { ANN, type Answer, BOB, openWorkspace, type Workspace } from './workspace.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const modal = (more: object = {}) => ({ type: 'modal', title: plain('Ask'), blocks: [], ...more });
const home = (more: object = {}) => ({ type: 'home', blocks: [], ...more });

async function triggered(w: Workspace): Promise<string> {
  w.gesture('command', BOB, { channel: 'general', command: '/desk' });
  return ((await w.heard()).at(-1) as Answer).trigger_id;
}
const open = async (w: Workspace, view: object) =>
  w.api('views.open', { trigger_id: await triggered(w), view });

describe('a home tab', () => {
  it('is published to one member by a bot, and again over what it showed', async () => {
    const w = await openWorkspace();
    const user_id = w.person(ANN);
    const publish = (args: object, token?: string) =>
      w.api('views.publish', { user_id, view: home(), ...args }, token);
    const first = (await publish({})).view;
    const second = (await publish({ hash: first.hash })).view;
    expect(second.id).toBe(first.id);
    expect(second.hash).not.toBe(first.hash);
    expect((await publish({ hash: first.hash })).error).toBe('hash_conflict');
    expect((await publish({ user_id: 'U0' })).error).toBe('user_not_found');
    expect((await publish({}, w.user)).error).toBe('not_allowed_token_type');
    expect((await publish({ view: modal() })).error).toBe('invalid_arguments');
  });
});

describe('a view', () => {
  it('keeps its kind, its own external id and its bounds', async () => {
    const w = await openWorkspace();
    const { view } = await open(w, modal({ external_id: 'mine' }));
    expect((await open(w, modal({ external_id: 'mine' }))).error).toBe('duplicate_external_id');
    const update = (to: object) => w.api('views.update', { external_id: 'mine', view: to });
    expect((await update(home())).error).toBe('invalid_arguments');
    expect((await update(modal({ external_id: 'mine' }))).view.id).toBe(view.id);
    const long = modal({ private_metadata: 'x'.repeat(3_001) });
    expect((await update(long)).response_metadata.messages).toEqual([
      '[ERROR] failed to match all allowed schemas [json-pointer:/view]',
      '[ERROR] must be less than 3001 characters [json-pointer:/view/private_metadata]',
    ]);
    const { response_metadata } = await update(modal({ submit_disabled: true }));
    expect(response_metadata.messages).toContain(
      '[ERROR] invalid additional property: submit_disabled [json-pointer:/view]',
    );
    const big = { type: 'section', text: { type: 'mrkdwn', text: 'x'.repeat(2_900) } };
    expect((await update(modal({ blocks: Array(90).fill(big) }))).error).toBe('view_too_large');
    expect((await w.api('views.update', { view_id: 'V0', view: modal() })).error).toBe('not_found');
  });

  it('shows pictures that are files in Slack only if they are there', async () => {
    const w = await openWorkspace();
    const image = { type: 'image', alt_text: 'A', slack_file: { id: 'F0123456789' } };
    const { response_metadata } = await open(w, modal({ blocks: [image] }));
    expect(response_metadata.messages).toEqual([
      '[ERROR] invalid slack file [json-pointer:/view/blocks/0/slack_file.id/slack_file]',
    ]);
    const section = { type: 'section', text: { type: 'mrkdwn', text: 'x' }, accessory: image };
    const posted = await w.api('chat.postMessage', { channel: w.channel('general'), blocks: [section] });
    expect(posted.errors).toEqual([
      'invalid slack file [json-pointer:/blocks/0/accessory/slack_file.id/slack_file]',
    ]);
  });
});

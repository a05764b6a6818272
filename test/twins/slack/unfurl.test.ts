import { describe, expect, it } from 'vitest';
import { ANN, BOB, hearing, openWorkspace } from './workspace.ts';

const URL = 'https://docs.acme.example/7?a=1&b=2';

/** A workspace whose app is told of links of its domain, and a message with one. */
async function linked() {
  const world = hearing(['link_shared', 'message.channels'], ['links:read', 'links:write']);
  const [app] = world.slack?.apps ?? [];
  const w = await openWorkspace({
    ...world,
    slack: { ...world.slack, apps: [{ ...app, unfurlDomains: ['acme.example'] } as never] },
  });
  const { channel, ts } = w.gesture('post', BOB, { channel: 'general', text: `See ${URL}` });
  const shared = (await w.heard()).map((one) => one.event).find((one) => one.type === 'link_shared');
  return { w, channel, ts, shared };
}

describe('a link that an app knows', () => {
  it('is shown by the app, wherever it names the message', async () => {
    const { w, channel, ts, shared } = await linked();
    expect(shared).toMatchObject({ links: [{ url: URL, domain: 'acme.example' }], message_ts: ts });
    const unfurls = { [URL]: { title: 'Doc 7', text: 'Old' } };
    expect(await w.api('chat.unfurl', { channel, ts, unfurls })).toEqual({ ok: true });
    const { unfurl_id, source } = shared;
    const again = { [URL]: { blocks: [{ type: 'divider' }] } };
    expect(await w.api('chat.unfurl', { unfurl_id, source, unfurls: JSON.stringify(again) })).toEqual({
      ok: true,
    });
    const heard = (await w.heard()).map((one) => one.event.subtype);
    expect(heard).toEqual(['message_changed', 'message_changed']);
    const [message] = (await w.api('conversations.history', { channel, limit: 1 })).messages;
    expect(message).toMatchObject({
      attachments: [{ id: 1, app_unfurl_url: URL, is_app_unfurl: true, blocks: [{ type: 'divider' }] }],
    });
    expect(message.attachments).toHaveLength(1);
    expect(message.edited).toBeUndefined();
  });

  it('has to be in the message, of the app’s domain, in a form that can be read', async () => {
    const { w, channel, ts } = await linked();
    const error = async (args: object) => (await w.api('chat.unfurl', { channel, ts, ...args })).error;
    const show = (url: string) => ({ unfurls: { [url]: { text: 'x' } } });
    expect(await error({})).toBe('missing_unfurls');
    expect(await error({ ts: '' })).toBe('missing_ts');
    expect(await error({ channel: '' })).toBe('missing_channel');
    expect(await error({ unfurl_id: 'x' })).toBe('missing_source');
    expect(await error({ unfurl_id: 'x', source: 'nowhere', ...show(URL) })).toBe('invalid_source');
    expect(await error({ unfurl_id: 'x', source: 'conversations_history', ...show(URL) })).toBe(
      'invalid_unfurl_id',
    );
    expect(await error({ unfurls: '{' })).toBe('invalid_unfurls_format');
    expect(await error({ unfurls: { [URL]: 'x' } })).toBe('cannot_parse_attachment');
    expect(await error(show('https://acme.example/8'))).toBe('cannot_unfurl_message');
    expect(await error({ ts: '1.000000', ...show(URL) })).toBe('cannot_find_message');
    const other = w.gesture('post', ANN, { channel: 'general', text: 'https://else.example/1' });
    expect(await error({ ts: other.ts, ...show('https://else.example/1') })).toBe('cannot_unfurl_url');
  });

  it('may ask its reader to let the app in, unseen by others', async () => {
    const { w, channel, ts } = await linked();
    expect(await w.api('chat.unfurl', { channel, ts, user_auth_message: 'Who are you?' })).toEqual({
      ok: true,
    });
    const { messages } = await w.api('conversations.history', { channel });
    expect(JSON.stringify(messages)).not.toContain('Who are you?');
  });
});

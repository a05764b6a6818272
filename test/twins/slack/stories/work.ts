import { BOB } from '../workspace.ts';
import type { Answer, Story, Teller } from './teller.ts';

const markdown = (text: string) => ({ type: 'markdown', markdown: text });
const words = (text: string) => [
  { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }] },
];
const text = (value: string) => ({ type: 'plain_text', text: value });

/** Uploads and completes a file as the bot. */
async function uploaded(t: Teller): Promise<string> {
  const asked = await t.call('files.getUploadURLExternal', { filename: 'notes.txt', length: 5 });
  await t.fetch(asked.upload_url, { method: 'POST', body: 'hello' });
  const files = [{ id: asked.file_id, title: 'Notes' }];
  const channel_id = t.channel('general');
  await t.call('files.completeUploadExternal', { files, channel_id, initial_comment: 'here' });
  await t.universe.advance(t.universe.now() + 2_000);
  return asked.file_id;
}

/** `files.*`, `canvases.*`, `slackLists.*`, `views.*`. */
export const workStories: readonly Story[] = [
  {
    says: 'files',
    async tell(t) {
      const file = await uploaded(t);
      await t.call('files.info', { file });
      await t.call('files.list', { count: 2, channel: t.channel('general') });
      await t.call('search.files', { query: 'notes' }, t.user);
      await t.call('files.sharedPublicURL', { file }, t.user);
      await t.call('files.revokePublicURL', { file }, t.user);
      await t.call('files.delete', { file });
    },
  },
  {
    says: 'remote files',
    async tell(t) {
      const { file } = await t.call('files.remote.add', {
        external_id: 'doc-1',
        external_url: 'https://docs.example/1',
        title: 'One',
        filetype: 'gdoc',
      });
      await t.call('files.remote.info', { file: file.id });
      await t.call('files.remote.update', { external_id: 'doc-1', title: 'Two' });
      await t.call('files.remote.share', { external_id: 'doc-1', channels: t.channel('general') });
      await t.call('files.remote.list', { limit: 2 });
      await t.call('files.remote.remove', { file: file.id });
    },
  },
  {
    says: 'canvases',
    async tell(t) {
      const user_ids = [t.person(BOB)];
      const { canvas_id } = await t.call('canvases.create', {
        title: 'Plan',
        document_content: markdown('# Plan'),
      });
      const insert = { operation: 'insert_at_end', document_content: markdown('more') };
      await t.call('canvases.edit', { canvas_id, changes: [insert] });
      await t.call('canvases.sections.lookup', { canvas_id, criteria: { section_types: ['any_header'] } });
      await t.call('canvases.access.set', { canvas_id, access_level: 'read', user_ids });
      await t.call('canvases.access.delete', { canvas_id, user_ids });
      await t.call('canvases.delete', { canvas_id });
      await t.call('conversations.canvases.create', {
        channel_id: t.channel('random'),
        document_content: markdown('x'),
      });
    },
  },
  {
    says: 'lists',
    async tell(t) {
      const user_ids = [t.person(BOB)];
      const made = await t.call('slackLists.create', {
        name: 'Sprint',
        schema: [
          { key: 'task', name: 'Task', type: 'text', is_primary_column: true },
          { key: 'points', name: 'Points', type: 'number' },
        ],
      });
      const { list_id } = made;
      const [task, points] = made.list_metadata.schema.map((one: Answer) => one.id);
      const initial_fields = [{ column_id: task, rich_text: words('Fix bug') }];
      const { item } = await t.call('slackLists.items.create', { list_id, initial_fields });
      const { item: other } = await t.call('slackLists.items.create', { list_id, initial_fields });
      await t.call('slackLists.items.update', {
        list_id,
        cells: [{ row_id: item.id, column_id: points, number: [3] }],
      });
      await t.call('slackLists.items.info', { list_id, id: item.id });
      await t.call('slackLists.items.list', { list_id, limit: 1 });
      await t.call('slackLists.items.delete', { list_id, id: item.id });
      await t.call('slackLists.items.deleteMultiple', { list_id, ids: [other.id] });
      await t.call('slackLists.update', { id: list_id, name: 'Sprint 2' });
      await t.call('slackLists.access.set', { list_id, access_level: 'read', user_ids });
      await t.call('slackLists.access.delete', { list_id, user_ids });
      const { job_id } = await t.call('slackLists.download.start', { list_id });
      await t.universe.advance(t.universe.now() + 2_000);
      await t.call('slackLists.download.get', { list_id, job_id });
    },
  },
  {
    says: 'views',
    async tell(t) {
      const button = { type: 'button', action_id: 'go', text: text('Go') };
      const blocks = [{ type: 'actions', elements: [button] }];
      const modal = { type: 'modal', title: text('Ask'), blocks };
      const { ts, channel } = await t.call('chat.postMessage', {
        channel: t.channel('general'),
        text: 'Go?',
        blocks,
      });
      await t.heard();
      const trigger = async () => {
        t.gesture('click', BOB, { message: { channel, ts }, button: { action: 'go' } });
        return (await t.heard()).find((one) => one.trigger_id).trigger_id;
      };
      const { view } = await t.call('views.open', { trigger_id: await trigger(), view: modal });
      await t.call('views.update', { view_id: view.id, hash: view.hash, view: modal });
      t.gesture('click', BOB, { view: view.id, button: { action: 'go' } });
      const { trigger_id } = (await t.heard()).find((one) => one.trigger_id);
      await t.call('views.push', { trigger_id, view: modal });
      const element = { type: 'text', label: 'From', name: 'from' };
      const dialog = { callback_id: 'ride', title: 'Ride', elements: [element] };
      await t.call('dialog.open', { trigger_id: await trigger(), dialog: JSON.stringify(dialog) });
      await t.call('views.publish', { user_id: t.person(BOB), view: { type: 'home', blocks } });
    },
  },
];

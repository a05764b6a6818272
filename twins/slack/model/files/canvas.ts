/** Canvases: documents of Slack's own, of a person or of a channel. https://docs.slack.dev/surfaces/canvases */
import { BASE62, HEX } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import { refuse } from '../../errors.ts';
import { CANVAS_CHARS_MAX } from '../../limits.ts';
import { type Channel, channels, files, type SlackFile, type Token } from '../../world.ts';
import { seconds } from '../messages/timestamp.ts';
import { canvases, canvasOf, type Section } from './channelCanvas.ts';
import { deleteFile } from './file.ts';
import { accessOf } from './fileAccess.ts';
import { seesFile, tellOfFile } from './fileShare.ts';
import { complaint, htmlOf, joined, kindOf, sectionsOf } from './markdown.ts';
import { newFile } from './newFile.ts';

/** What is to be made. `markdown` is checked. */
export interface CanvasDraft {
  title: string | undefined;
  markdown: string | undefined;
}

/** Makes a canvas of the caller's; in a channel it is a tab there. Throws `canvas_creation_failed`. */
export function createCanvas(
  world: World,
  actor: Token,
  draft: CanvasDraft,
  place?: { channel: Channel; own: boolean },
): SlackFile {
  const wrong = draft.markdown === undefined ? undefined : complaintOf(draft.markdown);
  if (wrong !== undefined) throw refuse('canvas_creation_failed', { detail: wrong });
  const title = draft.title || (place?.own ? '' : 'Untitled');
  const file = newFile(world, {
    name: nameOf(title),
    title,
    user: actor.user,
    mode: 'quip',
    filetype: 'quip',
    mimetype: 'application/vnd.slack-docs',
    pretty_type: 'Canvas',
    editable: true,
    access: place ? { [place.channel.id]: 'write' } : {},
    facts: {
      is_channel_space: place?.own === true,
      ...(place?.own ? { linked_channel_id: place.channel.id } : {}),
      editors: [actor.user],
      quip_thread_id: world.drawFor('slack.quipThread', world.next('slack.canvas')).chars(BASE62, 11),
    },
  });
  world.insert(canvases, {
    id: file.id,
    sections: [],
    ...(place?.own ? { channel: place.channel.id } : {}),
  });
  return write(world, actor, file, sectioned(world, file.id, draft.markdown ?? ''));
}

/** Makes a channel's own canvas. Throws `channel_canvas_already_exists`, `canvas_creation_failed`. */
export function createChannelCanvas(
  world: World,
  actor: Token,
  channel: Channel,
  draft: CanvasDraft,
): SlackFile {
  if (canvasOf(world, channel)) throw refuse('channel_canvas_already_exists');
  return createCanvas(world, actor, draft, { channel, own: true });
}

/** A canvas that the caller sees. Throws `canvas_not_found`, and `deleted` for one that is gone. */
export function theCanvas(
  world: World,
  actor: Token,
  id: string,
  deleted: 'canvas_not_found' | 'canvas_deleted' = 'canvas_not_found',
): SlackFile {
  const file = world.get(files, id);
  if (!file || !seesFile(world, actor.user, file)) throw refuse('canvas_not_found');
  if (file.mode === 'tombstone') throw refuse(deleted);
  if (file.mode !== 'quip') throw refuse('canvas_not_found');
  return file;
}

/** One change of a canvas, as `canvases.edit` takes it. */
export interface CanvasChange {
  operation: (typeof OPERATIONS)[number];
  section_id?: string;
  markdown?: string;
  title?: string;
}

export const OPERATIONS = [
  'insert_at_start',
  'insert_at_end',
  'insert_after',
  'insert_before',
  'replace',
  'delete',
  'rename',
] as const;

/** Changes a canvas. Throws `restricted_action`, `canvas_editing_failed`, `canvas_too_large`. */
export function editCanvas(world: World, actor: Token, file: SlackFile, change: CanvasChange): SlackFile {
  if (accessOf(world, actor.user, file) === 'read') throw refuse('restricted_action');
  if (change.operation === 'rename') {
    const title = change.title ?? '';
    return touched(world, actor, world.update(files, file.id, { title, name: nameOf(title) }));
  }
  const wrong = change.markdown === undefined ? undefined : complaintOf(change.markdown);
  if (wrong !== undefined) throw refuse('canvas_editing_failed', { detail: wrong });
  const { sections } = world.require(canvases, file.id, () => refuse('canvas_not_found'));
  const added = sectioned(world, file.id, change.markdown ?? '');
  return write(world, actor, file, changed(sections, change, added));
}

/** Deletes a canvas. Throws `restricted_action` for who does not own it. */
export function deleteCanvas(world: World, actor: Token, file: SlackFile): void {
  if (accessOf(world, actor.user, file) !== 'owner') throw refuse('restricted_action');
  deleteFile(world, { ...actor, user: file.user }, file);
  world.remove(canvases, file.id);
}

/** Which sections are looked for: of one of these kinds, and with this text. */
export interface SectionCriteria {
  types: readonly string[] | undefined;
  text: string | undefined;
}

/** The sections of a canvas that fit. */
export function sectionsFound(
  world: World,
  file: SlackFile,
  { types, text }: SectionCriteria,
): { id: string }[] {
  const wanted = text?.toLowerCase();
  return (world.get(canvases, file.id)?.sections ?? [])
    .filter(({ markdown }) => {
      const kind = kindOf(markdown);
      const typed = !types || types.includes(kind) || (types.includes('any_header') && kind !== 'text');
      return typed && (wanted === undefined || markdown.toLowerCase().includes(wanted));
    })
    .map(({ id }) => ({ id }));
}

/** A canvas as its download shows it, in HTML; undefined for another file. */
export function canvasPage(world: World, file: SlackFile): string | undefined {
  const sections = world.get(canvases, file.id)?.sections;
  return sections?.map(({ id, markdown }) => `<div id='${id}'>${htmlOf(markdown)}</div>`).join('\n');
}

const complaintOf = (markdown: string): string | undefined =>
  markdown.length > CANVAS_CHARS_MAX ? `'content' error: content is too long` : complaint(markdown);

const nameOf = (title: string): string => title.replace(/\s+/g, '_');

function sectioned(world: World, canvas: string, markdown: string): Section[] {
  const family = world.drawFor('slack.canvasFamily', canvas).chars(BASE62, 3);
  return sectionsOf(markdown).map((text) => ({
    id: `temp:C:${family}${world.draw('slack.canvasSection').chars(HEX, 25)}`,
    markdown: text,
  }));
}

function changed(
  sections: readonly Section[],
  { operation, section_id }: CanvasChange,
  added: Section[],
): Section[] {
  if (operation === 'insert_at_start') return [...added, ...sections];
  if (operation === 'insert_at_end') return [...sections, ...added];
  if (operation === 'replace' && section_id === undefined) return added;
  const at = sections.findIndex(({ id }) => id === section_id);
  if (at < 0) throw refuse('canvas_editing_failed', { detail: `section ${section_id} not found` });
  const [before, after] = [sections.slice(0, at), sections.slice(at + 1)];
  const own = sections[at] as Section;
  if (operation === 'delete') return [...before, ...after];
  if (operation === 'replace') return [...before, ...added, ...after];
  return operation === 'insert_before'
    ? [...before, ...added, own, ...after]
    : [...before, own, ...added, ...after];
}

function write(world: World, actor: Token, file: SlackFile, sections: Section[]): SlackFile {
  const text = joined(sections.map(({ markdown }) => markdown));
  if (text.length > CANVAS_CHARS_MAX) throw refuse('canvas_too_large');
  world.update(canvases, file.id, { sections });
  return touched(world, actor, world.update(files, file.id, { size: text.length, said: text.toLowerCase() }));
}

function touched(world: World, actor: Token, file: SlackFile): SlackFile {
  const now = seconds(world);
  const editors = [...new Set([...((file.facts.editors as string[]) ?? []), actor.user])];
  const facts = { ...file.facts, editors, last_editor: actor.user, updated: now, edit_timestamp: now };
  const saved = world.update(files, file.id, { facts, timestamp: now });
  tellOfFile(world, 'file_change', saved, { user_id: file.user });
  return saved;
}

/** Whether a file is the own canvas of a channel. */
export const isChannelCanvas = (world: World, file: SlackFile): boolean =>
  world.get(channels, world.get(canvases, file.id)?.channel ?? '') !== undefined;

/**
 * Uploading in three steps: asked for, sent to an address of its own, completed. What the file is, Slack finds out
 * a moment later. https://docs.slack.dev/messaging/working-with-files#uploading_files
 */

import { BASE64URL } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import { pageNotFound, refuse } from '../../errors.ts';
import {
  ALT_TEXT_CHARS_MAX,
  FILE_BYTES_MAX,
  FILE_PROCESSING_MS,
  SNIPPET_BYTES_MAX,
  SNIPPET_PREVIEW_CHARS_MAX,
  SNIPPET_PREVIEW_LINES_MAX,
  SNIPPET_SHOWN_BYTES_MAX,
} from '../../limits.ts';
import { files, type Json, type SlackFile, type Token, type Upload, uploads } from '../../world.ts';
import { bytesOf } from './file.ts';
import { tellOfFile } from './fileShare.ts';
import { imageSize, isText, typeOfName, typeOfSyntax } from './fileType.ts';
import { escaped } from './markdown.ts';
import { newFile, newFileId } from './newFile.ts';

/** The twin's timer that finds out what a file is. */
export const FILE_TIMER = 'fileProcessed';

export interface UploadDraft {
  filename: string;
  /** Bytes. */
  length: number;
  alt_txt?: string;
  snippet_type?: string;
}

/**
 * Asks for an address to send a file to. Throws `file_upload_size_restricted`, `alt_txt_too_large`,
 * `unknown_snippet_type`, `snippet_too_large`.
 */
export function requestUpload(world: World, actor: Token, draft: UploadDraft): Upload {
  const { length, alt_txt, snippet_type } = draft;
  if (length > FILE_BYTES_MAX) throw refuse('file_upload_size_restricted');
  if (alt_txt && [...alt_txt].length > ALT_TEXT_CHARS_MAX) throw refuse('alt_txt_too_large');
  if (snippet_type && !typeOfSyntax(snippet_type)) throw refuse('unknown_snippet_type');
  if (snippet_type && length > SNIPPET_BYTES_MAX) throw refuse('snippet_too_large');
  const file = newFileId(world);
  const secret = world.secret(['slack.upload', file], 64, BASE64URL);
  return world.insert(uploads, { secret, file, ...draft, user: actor.user, completed: false });
}

/** Takes a file's bytes; says how many. An address that was not given out is a page that does not exist. */
export function receive(world: World, secret: string, bytes: Uint8Array): number {
  const upload = world.require(uploads, secret, pageNotFound);
  if (upload.completed) throw pageNotFound();
  world.update(uploads, secret, { bytes: Buffer.from(bytes).toString('base64') });
  return bytes.length;
}

/** A file to be completed. `highlight_type` is the syntax of a snippet. */
export interface Completion {
  id: string;
  title?: string;
  highlight_type?: string;
}

/** Makes files of uploads whose bytes have come. Throws `file_not_found`, `unknown_snippet_type`. */
export function complete(world: World, actor: Token, asked: readonly Completion[]): SlackFile[] {
  return asked.map(({ id, title, highlight_type }) => {
    const upload = world.list(uploads, { index: 'file', equals: id }).first();
    if (!upload || upload.completed || upload.bytes === undefined || upload.user !== actor.user)
      throw refuse('file_not_found');
    if (highlight_type && !typeOfSyntax(highlight_type)) throw refuse('unknown_snippet_type');
    world.update(uploads, upload.secret, {
      completed: true,
      ...(highlight_type ? { snippet_type: highlight_type } : {}),
    });
    world.schedule(world.now() + FILE_PROCESSING_MS, FILE_TIMER, { id });
    const size = Buffer.byteLength(upload.bytes, 'base64');
    return newFile(world, {
      id,
      name: upload.filename,
      title: title || upload.filename,
      user: upload.user,
      mode: 'hosted',
      size,
      facts: upload.alt_txt ? { alt_txt: upload.alt_txt } : {},
    });
  });
}

/** Finds out what a file is; the timer's work. */
export function processFile(world: World, { id }: { id: string }): void {
  const file = world.get(files, id);
  if (!file || file.mode === 'tombstone') return;
  const upload = world.list(uploads, { index: 'file', equals: id }).first();
  const bytes = bytesOf(world, id);
  const type =
    (upload?.snippet_type && typeOfSyntax(upload.snippet_type)) ||
    typeOfName(file.name, bytes.subarray(0, 512));
  const snippet = isText(type) && bytes.length <= SNIPPET_BYTES_MAX;
  const size = type.mimetype.startsWith('image/') ? imageSize(bytes) : undefined;
  const facts = {
    ...file.facts,
    ...(size ? { original_w: size.width, original_h: size.height } : {}),
    ...(snippet ? preview(Buffer.from(bytes).toString('utf8')) : {}),
  };
  const mode = snippet ? 'snippet' : 'hosted';
  const said = snippet
    ? { said: Buffer.from(bytes).toString('utf8', 0, SNIPPET_SHOWN_BYTES_MAX).toLowerCase() }
    : {};
  const known = world.update(files, id, { ...type, ...said, mode, editable: snippet, facts });
  tellOfFile(world, 'file_change', known, { user_id: file.user });
}

/** The first lines of a snippet, as text and as its editor shows it. */
function preview(text: string): Json {
  const lines = text.split(/\r?\n/);
  const shown = lines.slice(0, SNIPPET_PREVIEW_LINES_MAX).join('\n').slice(0, SNIPPET_PREVIEW_CHARS_MAX);
  const html = shown
    .split('\n')
    .map((line) => `<div><pre>${escaped(line)}</pre></div>\n`)
    .join('');
  return {
    preview: shown,
    preview_highlight: `<div class="CodeMirror cm-s-default CodeMirrorServer">\n<div class="CodeMirror-code">\n${html}</div>\n</div>\n`,
    lines: lines.length,
    lines_more: Math.max(0, lines.length - SNIPPET_PREVIEW_LINES_MAX),
    preview_is_truncated: shown.length < text.length,
  };
}

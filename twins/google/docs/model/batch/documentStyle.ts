/** `updateDocumentStyle`. https://developers.google.com/workspace/docs/api/reference/rest/v1/documents/request#UpdateDocumentStyleRequest */
import type { Block, Fields } from '../../world/content.ts';
import { DOCUMENT_STYLE } from '../style/defaults.ts';
import { changed, changeOf, ordered } from '../style/fields.ts';
import { type Job, putTab, refuse, tabOf } from './job.ts';

export const DOCUMENT_FIELDS = [
  'background',
  'defaultHeaderId',
  'defaultFooterId',
  'evenPageHeaderId',
  'evenPageFooterId',
  'firstPageHeaderId',
  'firstPageFooterId',
  'useFirstPageHeaderFooter',
  'useEvenPageHeaderFooter',
  'pageNumberStart',
  'marginTop',
  'marginBottom',
  'marginRight',
  'marginLeft',
  'pageSize',
  'marginHeader',
  'marginFooter',
  'useCustomHeaderFooterMargins',
  'flipPageOrientation',
  'documentFormat',
] as const;
const READ_ONLY = DOCUMENT_FIELDS.filter(
  (name) => name === 'useCustomHeaderFooterMargins' || /(Header|Footer)Id$/.test(name),
);
/** Margins that sections may have of their own; the document's takes their place. */
const SECTION_MARGINS = ['marginTop', 'marginBottom', 'marginLeft', 'marginRight'];

export function updateDocumentStyle(
  job: Job,
  input: { documentStyle?: Fields; fields?: string; tabId?: string },
): void {
  const tab = tabOf(job, input.tabId);
  const change = changeOf(
    job,
    { values: input.documentStyle, mask: input.fields },
    DOCUMENT_FIELDS,
    READ_ONLY,
  );
  const background = change.values.background as Fields | undefined;
  if (background && change.named.includes('background') && !(background.color as Fields | undefined)?.color)
    throw refuse(job, 'Documents cannot have a transparent background color.');
  const next = changed(tab.documentStyle, change, DOCUMENT_FIELDS);
  const reset = change.named.filter((name) => next[name] === undefined && DOCUMENT_STYLE[name] !== undefined);
  const documentStyle = ordered(
    { ...next, ...Object.fromEntries(reset.map((name) => [name, DOCUMENT_STYLE[name]])) },
    DOCUMENT_FIELDS,
  );
  const cleared = SECTION_MARGINS.filter((name) => change.named.includes(name));
  const body = cleared.length === 0 ? tab.body : tab.body.map((block) => withoutMargins(block, cleared));
  putTab(job, { ...tab, documentStyle, body });
}

function withoutMargins(block: Block, names: readonly string[]): Block {
  if (block.kind !== 'sectionBreak') return block;
  return {
    ...block,
    style: Object.fromEntries(Object.entries(block.style).filter(([name]) => !names.includes(name))),
  };
}

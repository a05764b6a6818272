/**
 * The Atlassian Document Format, in which rich text is stored and v3 speaks.
 * https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/
 */
import { isRightNode } from './adfRules.ts';

export interface AdfNode {
  type: string;
  text?: string;
  attrs?: Record<string, unknown>;
  marks?: { type: string; attrs?: Record<string, unknown> }[];
  content?: AdfNode[];
}

export interface AdfDocument extends AdfNode {
  type: 'doc';
  version: 1;
  content: AdfNode[];
}

const BLOCKS = new Set([
  'blockquote',
  'blockCard',
  'bodiedExtension',
  'bulletList',
  'codeBlock',
  'decisionList',
  'decisionItem',
  'embedCard',
  'expand',
  'extension',
  'heading',
  'layoutColumn',
  'layoutSection',
  'listItem',
  'media',
  'mediaGroup',
  'mediaSingle',
  'multiBodiedExtension',
  'extensionFrame',
  'nestedExpand',
  'orderedList',
  'panel',
  'paragraph',
  'rule',
  'table',
  'tableCell',
  'tableHeader',
  'tableRow',
  'taskItem',
  'taskList',
  'caption',
]);
/** Whether a value is a document that the service takes. */
export function isAdf(value: unknown): value is AdfDocument {
  const doc = value as Partial<AdfDocument> | null;
  return (
    typeof doc === 'object' &&
    doc !== null &&
    doc.type === 'doc' &&
    doc.version === 1 &&
    Array.isArray(doc.content) &&
    doc.content.every((node) => isRightNode(node, 'doc', 1))
  );
}

/** The words of a document without its marks: for search, history and summaries of what changed. */
export function plainText(doc: AdfNode | null | undefined): string {
  if (!doc) return '';
  const parts: string[] = [];
  collect(doc, parts);
  return parts.join('').replace(/\n+$/, '');
}

function collect(node: AdfNode, parts: string[]): void {
  if (node.type === 'text') parts.push(node.text ?? '');
  else if (node.type === 'hardBreak') parts.push('\n');
  else if (node.type === 'mention' || node.type === 'emoji' || node.type === 'status')
    parts.push(String(node.attrs?.text ?? node.attrs?.shortName ?? ''));
  else if (node.type === 'inlineCard') parts.push(String(node.attrs?.url ?? ''));
  for (const inner of node.content ?? []) collect(inner, parts);
  if (BLOCKS.has(node.type) && parts.length > 0 && !parts.at(-1)?.endsWith('\n')) parts.push('\n');
}

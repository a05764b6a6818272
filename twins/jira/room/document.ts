/** A document of Atlassian's format as lines of a screen. */
import type { Line, Run } from '../../../src/room.ts';
import type { AdfNode } from '../model/text/adf.ts';

/** Its paragraphs, headings, lists, quotes, code; what is none of these shows the text in it. */
export function documentLines(doc: AdfNode | null | undefined): Line[] {
  return doc ? linesOf(doc.content ?? [], 0) : [];
}

const linesOf = (nodes: readonly AdfNode[], depth: number): Line[] =>
  nodes.flatMap((node) => blockLines(node, depth));

function blockLines(node: AdfNode, depth: number): Line[] {
  const inner = node.content ?? [];
  switch (node.type) {
    case 'heading':
      return [{ style: 'heading', runs: inner.map(run) }];
    case 'codeBlock':
      return inner
        .map((one) => one.text ?? '')
        .join('')
        .split('\n')
        .map((text) => ({ style: 'code', runs: [{ text }] }));
    case 'bulletList':
    case 'orderedList':
    case 'taskList':
    case 'decisionList':
      return inner.flatMap((item) => itemLines(item, depth));
    case 'blockquote':
    case 'panel':
      return linesOf(inner, depth).map((line) => ({ ...line, style: line.style ?? 'quote' }));
    case 'tableRow':
      return [{ runs: cells(inner) }];
    case 'rule':
      return [{ style: 'small', runs: [{ text: '———' }] }];
    default:
      return isText(node) ? textLines(inner) : linesOf(inner, depth);
  }
}

/** A point of a list: its first paragraph, then what hangs below it. */
function itemLines(item: AdfNode, depth: number): Line[] {
  const inner = item.content ?? [];
  if (isText(item)) return textLines(inner).map((line) => ({ ...line, style: 'item', depth }));
  return inner.flatMap((one) =>
    isText(one)
      ? textLines(one.content ?? []).map((line) => ({ ...line, style: 'item' as const, depth }))
      : blockLines(one, depth + 1),
  );
}

const isText = (node: AdfNode): boolean =>
  node.type === 'paragraph' || (node.content ?? []).some((inner) => inner.type === 'text');

/** Runs with a new line where the text breaks. */
function textLines(nodes: readonly AdfNode[]): Line[] {
  const lines: Run[][] = [[]];
  for (const node of nodes)
    if (node.type === 'hardBreak') lines.push([]);
    else lines.at(-1)?.push(run(node));
  return lines.map((runs) => ({ runs }));
}

const cells = (row: readonly AdfNode[]): Run[] =>
  row.flatMap((cell, nth) => [
    ...(nth > 0 ? [{ text: ' | ' }] : []),
    ...linesOf(cell.content ?? [], 0).flatMap((line) => line.runs),
  ]);

function run(node: AdfNode): Run {
  const { attrs = {}, marks = [] } = node;
  const has = (type: string) => marks.some((mark) => mark.type === type);
  const href = marks.find((mark) => mark.type === 'link')?.attrs?.href ?? attrs.url;
  const text = node.text ?? attrs.text ?? attrs.shortName ?? attrs.url ?? '';
  return {
    text: String(text),
    ...(has('strong') ? { bold: true } : {}),
    ...(has('em') ? { italic: true } : {}),
    ...(has('strike') ? { strike: true } : {}),
    ...(has('code') ? { code: true } : {}),
    ...(node.type === 'mention' && attrs.id ? { to: `person/${String(attrs.id)}` } : {}),
    ...(typeof href === 'string' ? { href } : {}),
  };
}

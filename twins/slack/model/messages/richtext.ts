/** The `rich_text` block that Slack makes of a message that was posted as text: its paragraphs, lists, quotes and code. */
import type { Json } from '../../world.ts';
import { elementsOf } from './richtextLine.ts';
import { unescaped } from './text.ts';

const NEEDS_PARSING = /[<`*_~:&•◦▪\n]/;
const PREFORMATTED = /```([\s\S]+?)```/;
const QUOTE = /^&gt; ?/;
/** What programs write for the points of a list; people's composer knows more of them. */
const BULLET = /^( *)([•◦▪])\s+(.*)$/;
const TYPED_ITEM = /^( *)([-*•◦▪]|\d+[.)])\s+(.*)$/;
const DEPTH: Readonly<Record<string, number>> = { '•': 0, '◦': 1, '▪': 2 };
const SPACES_PER_LEVEL = 4;
const INDENT_MAX = 8;

/** The block for a kept (escaped) text; `typed` by a person. */
export const richText = (text: string, blockId: string, typed: boolean = false): Json => ({
  type: 'rich_text',
  block_id: blockId,
  elements: NEEDS_PARSING.test(text) || (typed && TYPED_ITEM.test(text)) ? parsed(text, typed) : simple(text),
});

const simple = (text: string): Json[] => [section(text === '' ? [] : [{ type: 'text', text }])];

const section = (elements: Json[]): Json => ({ type: 'rich_text_section', elements });

function parsed(text: string, typed: boolean): Json[] {
  const parts = text.split(PREFORMATTED).flatMap((part, i) => {
    if (i % 2 === 0) return paragraphs(part, typed);
    const code = { type: 'text', text: unescaped(part.replace(/^\n/, '')) };
    return [{ type: 'rich_text_preformatted', elements: [code], border: 0 }];
  });
  return parts.length > 0 ? parts : simple('');
}

type Kind = 'quote' | 'item' | 'text';

/** Lines of one kind that follow each other stand together. */
function paragraphs(text: string, typed: boolean): Json[] {
  const parts: Json[] = [];
  const lines = text.split('\n');
  for (let from = 0; from < lines.length; ) {
    const kind = kindOf(lines[from] as string, typed);
    let to = from + 1;
    while (to < lines.length && kindOf(lines[to] as string, typed) === kind) to++;
    const run = lines.slice(from, to);
    if (kind === 'item') parts.push(...lists(run, typed));
    else if (kind === 'quote') parts.push(quote(run));
    else {
      // A paragraph keeps the break before what follows it.
      const elements = elementsOf(run.join('\n') + (to < lines.length ? '\n' : ''));
      if (elements.length > 0) parts.push(section(elements));
    }
    from = to;
  }
  return parts;
}

function kindOf(line: string, typed: boolean): Kind {
  if (QUOTE.test(line)) return 'quote';
  return (typed ? TYPED_ITEM : BULLET).test(line) ? 'item' : 'text';
}

const quote = (lines: readonly string[]): Json => ({
  type: 'rich_text_quote',
  elements: elementsOf(lines.map((line) => line.replace(QUOTE, '')).join('\n')),
});

/** Items as lists: one for each run of the same kind and depth. */
function lists(lines: readonly string[], typed: boolean): Json[] {
  const found: Json[] = [];
  for (const line of lines) {
    const [, spaces = '', point = '', text = ''] = (typed ? TYPED_ITEM : BULLET).exec(line) ?? [];
    const style = /^\d/.test(point) ? 'ordered' : 'bullet';
    const depth = Math.floor(spaces.length / SPACES_PER_LEVEL);
    const indent = Math.min(INDENT_MAX, Math.max(depth, DEPTH[point] ?? 0));
    const last = found.at(-1);
    if (last?.style === style && last.indent === indent)
      (last.elements as Json[]).push(section(elementsOf(text)));
    else found.push(listOf([section(elementsOf(text))], style, indent, Number.parseInt(point, 10)));
  }
  return found;
}

/** A list; `first` is the number of an ordered list's first item. */
export const listOf = (elements: Json[], style: string, indent: number, first: number = 1): Json => ({
  type: 'rich_text_list',
  elements,
  style,
  indent,
  ...(first > 1 ? { offset: first - 1 } : {}),
  border: 0,
});

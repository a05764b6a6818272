/** A web page becomes a document: what Docs makes of elements and inline styles. https://html.spec.whatwg.org/ */
import { createRequire } from 'node:module';
import type { ChildNode, Element } from 'domhandler';
import type * as Htmlparser from 'htmlparser2';
import type { World } from '../../../../../src/world/world.ts';
import type { Block, Fields, Run } from '../../world/content.ts';
import type { Tab } from '../../world.ts';
import { elementRun } from '../content/runs.ts';
import { FIRST_TITLE } from '../document.ts';
import { type CellDraft, Draft } from './draft.ts';
import { blockStyle, textStyle } from './readCss.ts';

const require = createRequire(import.meta.url);

/** Elements that begin and end paragraphs. */
const BLOCKS = new Set(
  (
    'address article aside blockquote center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 ' +
    'h4 h5 h6 header li main nav ol p pre section summary ul'
  ).split(' '),
);
const SILENT = new Set([
  'head',
  'script',
  'style',
  'title',
  'template',
  'noscript',
  'svg',
  'iframe',
  'object',
]);
/** Levels of elements; deeper ones are read as text. */
const DEPTH_MAX = 200;

interface Around {
  text: Fields;
  block: Fields;
  item?: { listId: string; level: number };
  /** White space is kept. */
  pre?: boolean;
  depth: number;
}

/** The tab that a page becomes. */
export function readHtml(world: World, html: string): Tab {
  const { parseDocument } = require('htmlparser2') as typeof Htmlparser;
  const reader = new HtmlReader(new Draft(world));
  return reader.tab(FIRST_TITLE, parseDocument(html).children);
}

class HtmlReader {
  readonly #draft: Draft;
  #blocks: Block[] = [];
  #runs: Run[] = [];

  constructor(draft: Draft) {
    this.#draft = draft;
  }

  tab(title: string, nodes: readonly ChildNode[]): Tab {
    return this.#draft.tab(title, this.#read(nodes, { text: {}, block: {}, depth: 0 }));
  }

  /** The blocks of `nodes`, apart from what is being read. */
  #read(nodes: readonly ChildNode[], around: Around): Block[] {
    const [blocks, runs] = [this.#blocks, this.#runs];
    this.#blocks = [];
    this.#runs = [];
    for (const node of nodes) this.#node(node, around);
    this.#close(around);
    const read = this.#blocks;
    this.#blocks = blocks;
    this.#runs = runs;
    return read;
  }

  #node(node: ChildNode, around: Around): void {
    if (node.type === 'text') this.#text((node as ChildNode & { data: string }).data, around);
    if (!('children' in node) || !('name' in node) || around.depth > DEPTH_MAX) return;
    const element = node as Element;
    const name = element.name.toLowerCase();
    if (SILENT.has(name)) return;
    const inner = { ...around, text: textStyle(name, element.attribs, around.text), depth: around.depth + 1 };
    if (this.#single(name, element, inner)) return;
    if (name === 'table') {
      this.#close(around);
      this.#table(element, inner);
      return;
    }
    if (!BLOCKS.has(name)) {
      for (const child of element.children) this.#node(child, inner);
      return;
    }
    this.#close(around);
    const within = this.#within(name, element, inner);
    for (const child of element.children) this.#node(child, within);
    this.#close(within, name === 'p' || name === 'li' || /^h\d$/.test(name));
  }

  /** Elements that stand alone. */
  #single(name: string, { attribs }: Element, around: Around): boolean {
    if (name === 'br') this.#runs.push({ text: '\v', style: around.text });
    else if (name === 'hr') {
      this.#close(around);
      this.#runs.push(elementRun('horizontalRule', {}));
      this.#close(around);
    } else if (name === 'img') {
      const { src = '', alt = '', width, height } = attribs;
      const points = { width: Number(width) * 0.75, height: Number(height) * 0.75 };
      if (/^(https?:|data:)/.test(src))
        this.#runs.push(
          this.#draft.image(src, alt, points.width > 0 && points.height > 0 ? points : undefined),
        );
    } else return false;
    return true;
  }

  #within(name: string, { attribs }: Element, around: Around): Around {
    const block = { ...around.block, ...blockStyle(name, attribs) };
    if (name === 'pre') return { ...around, block, pre: true };
    if (name !== 'ul' && name !== 'ol') return { ...around, block };
    const level = around.item ? Math.min(around.item.level + 1, 8) : 0;
    const listId = around.item?.listId ?? this.#draft.list();
    this.#draft.order(listId, level, name === 'ol');
    return { ...around, block, item: { listId, level } };
  }

  #text(data: string, { text, pre }: Around): void {
    if (pre) {
      this.#runs.push({ text: data.replace(/\r\n?|\n/g, '\v'), style: text });
      return;
    }
    const last = this.#runs.at(-1);
    const shown = data.replace(/[ \t\r\n\f]+/g, ' ');
    const begins = last === undefined || /[ \v]$/.test(last.text);
    const trimmed = begins ? shown.replace(/^ /, '') : shown;
    if (trimmed !== '') this.#runs.push({ text: trimmed, style: text });
  }

  /** Ends the paragraph that is being read; `kept`: even an empty one counts. */
  #close({ block, item }: Around, kept = false): void {
    const runs = trimmedEnd(this.#runs);
    this.#runs = [];
    if (runs.length === 0 && !(kept && this.#blocks.length === 0)) return;
    this.#blocks.push(this.#draft.paragraph(runs, block, item));
  }

  #table(element: Element, around: Around): void {
    const { item: _item, ...apart } = around;
    const rows = rowsOf(element).map((row) =>
      row.children.flatMap((cell): CellDraft[] => {
        if (!('attribs' in cell) || !/^t[dh]$/.test(cell.name)) return [];
        const span = (name: string) => Math.min(Math.max(1, Number(cell.attribs[name]) || 1), 20);
        const text = textStyle(cell.name, cell.attribs, apart.text);
        const block = { ...apart.block, ...blockStyle(cell.name, cell.attribs) };
        const content = this.#read(cell.children, { ...apart, text, block, depth: apart.depth + 1 });
        return [{ content, rowSpan: span('rowspan'), columnSpan: span('colspan') }];
      }),
    );
    const table = this.#draft.table(rows);
    if (table) this.#blocks.push(table);
  }
}

function rowsOf(element: Element): Element[] {
  return element.children.flatMap((child) => {
    if (!('attribs' in child)) return [];
    if (child.name === 'tr') return [child];
    return /^t(head|body|foot)$/.test(child.name) ? rowsOf(child) : [];
  });
}

/** Without the space and the line break at the end, which a paragraph's end stands for. */
function trimmedEnd(runs: readonly Run[]): Run[] {
  const kept = [...runs];
  for (let last = kept.at(-1); last && !last.element; last = kept.at(-1)) {
    const text = last.text.replace(/[ \v]+$/, '');
    kept.pop();
    if (text === '') continue;
    kept.push({ ...last, text });
    break;
  }
  return kept;
}

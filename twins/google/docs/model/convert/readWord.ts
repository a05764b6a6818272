/** A file of Word (ECMA-376, WordprocessingML) becomes a document: text, styles, lists, tables, links. */
import { createRequire } from 'node:module';
import type { ChildNode, Element } from 'domhandler';
import type * as Htmlparser from 'htmlparser2';
import type { World } from '../../../../../src/world/world.ts';
import { unzipped } from '../../../drive/model/conversion/archive.ts';
import { badRequest } from '../../../errors.ts';
import type { Block, Fields, Run } from '../../world/content.ts';
import type { Tab } from '../../world.ts';
import { elementRun } from '../content/runs.ts';
import { FIRST_TITLE } from '../document.ts';
import { type CellDraft, Draft, linked } from './draft.ts';

const require = createRequire(import.meta.url);

const MAIN = 'word/document.xml';
const NUMBERING = 'word/numbering.xml';
const RELATIONS = 'word/_rels/document.xml.rels';
/** Levels of elements that are read. */
const DEPTH_MAX = 100;

/** The tab that a file becomes. Throws 400 for what is no such file. */
export function readWord(world: World, bytes: Uint8Array): Tab {
  const files = unzipped(bytes, [MAIN, NUMBERING, RELATIONS]);
  const main = files[MAIN];
  if (main === undefined) throw badRequest('Bad Request', 'file');
  const body = find(find(parsed(main), 'w:document'), 'w:body');
  const draft = new Draft(world);
  const reader = new WordReader(draft, numberFormats(files[NUMBERING]), linksOf(files[RELATIONS]));
  return draft.tab(FIRST_TITLE, body ? reader.blocks(body, 0) : []);
}

class WordReader {
  readonly #draft: Draft;
  /** The format of each level, by the number of the list. */
  readonly #formats: ReadonlyMap<string, readonly string[]>;
  readonly #links: ReadonlyMap<string, string>;
  readonly #lists = new Map<string, string>();

  constructor(
    draft: Draft,
    formats: ReadonlyMap<string, readonly string[]>,
    links: ReadonlyMap<string, string>,
  ) {
    this.#draft = draft;
    this.#formats = formats;
    this.#links = links;
  }

  blocks(parent: Element, depth: number): Block[] {
    if (depth > DEPTH_MAX) return [];
    return elementsOf(parent).flatMap((element): Block[] => {
      if (element.name === 'w:p') return [this.#paragraph(element)];
      if (element.name === 'w:sdt') return this.blocks(find(element, 'w:sdtContent') ?? element, depth + 1);
      if (element.name !== 'w:tbl') return [];
      const table = this.#draft.table(this.#rows(element, depth + 1));
      return table ? [table] : [];
    });
  }

  #paragraph(element: Element): Block {
    const properties = find(element, 'w:pPr');
    const level = Number(valOf(find(properties, 'w:numPr'), 'w:ilvl') ?? 0);
    const number = valOf(find(properties, 'w:numPr'), 'w:numId');
    const style: Fields = {
      ...namedStyle(valOf(properties, 'w:pStyle')),
      ...alignment(valOf(properties, 'w:jc')),
    };
    const item = number && number !== '0' ? { listId: this.#list(number, level), level } : undefined;
    return this.#draft.paragraph(this.#runs(element, {}), style, item);
  }

  #list(number: string, level: number): string {
    const listId = this.#lists.get(number) ?? this.#draft.list();
    this.#lists.set(number, listId);
    this.#draft.order(listId, level, (this.#formats.get(number)?.[level] ?? 'bullet') !== 'bullet');
    return listId;
  }

  #runs(parent: Element, style: Fields): Run[] {
    return elementsOf(parent).flatMap((element): Run[] => {
      if (element.name === 'w:r') return runsOf(element, { ...runStyle(find(element, 'w:rPr')), ...style });
      if (element.name === 'w:hyperlink') {
        const url = this.#links.get(element.attribs['r:id'] ?? '');
        return this.#runs(element, url === undefined ? style : linked(style, url));
      }
      return /^w:(ins|smartTag|sdt|sdtContent)$/.test(element.name) ? this.#runs(element, style) : [];
    });
  }

  #rows(table: Element, depth: number): CellDraft[][] {
    const rows = elementsOf(table)
      .filter(({ name }) => name === 'w:tr')
      .map((row) => elementsOf(row).filter(({ name }) => name === 'w:tc'));
    return rows.map((cells, row) =>
      cells.flatMap((cell): CellDraft[] => {
        if (continuesAbove(cell)) return [];
        const column = columnOf(cells, cell);
        let rowSpan = 1;
        while (
          rows[row + rowSpan]?.some(
            (below) => continuesAbove(below) && columnOf(rows[row + rowSpan] ?? [], below) === column,
          )
        )
          rowSpan++;
        return [{ content: this.blocks(cell, depth), rowSpan, columnSpan: spanOf(cell) }];
      }),
    );
  }
}

const cellProperties = (cell: Element): Element | undefined => find(cell, 'w:tcPr');
const spanOf = (cell: Element): number =>
  Math.min(Number(valOf(cellProperties(cell), 'w:gridSpan') ?? 1) || 1, 20);
const columnOf = (cells: readonly Element[], cell: Element): number =>
  cells.slice(0, cells.indexOf(cell)).reduce((sum, one) => sum + spanOf(one), 0);

function continuesAbove(cell: Element): boolean {
  const merge = find(cellProperties(cell), 'w:vMerge');
  return merge !== undefined && merge.attribs['w:val'] !== 'restart';
}

function runsOf(run: Element, style: Fields): Run[] {
  return elementsOf(run).flatMap((element): Run[] => {
    if (element.name === 'w:t') return [{ text: textOf(element), style }];
    if (element.name === 'w:tab') return [{ text: '\t', style }];
    if (element.name !== 'w:br') return [];
    return [element.attribs['w:type'] === 'page' ? elementRun('pageBreak', {}) : { text: '\v', style }];
  });
}

function runStyle(properties: Element | undefined): Fields {
  const on = (name: string) => {
    const element = find(properties, name);
    return element !== undefined && !/^(0|false|none)$/.test(element.attribs['w:val'] ?? '');
  };
  const family = find(properties, 'w:rFonts')?.attribs['w:ascii'];
  const halves = Number(valOf(properties, 'w:sz'));
  const offset = { superscript: 'SUPERSCRIPT', subscript: 'SUBSCRIPT' }[
    valOf(properties, 'w:vertAlign') ?? ''
  ];
  return {
    ...(on('w:b') ? { bold: true } : {}),
    ...(on('w:i') ? { italic: true } : {}),
    ...(on('w:u') ? { underline: true } : {}),
    ...(on('w:strike') ? { strikethrough: true } : {}),
    ...(halves > 0 ? { fontSize: { magnitude: halves / 2, unit: 'PT' } } : {}),
    ...(family ? { weightedFontFamily: { fontFamily: family, weight: 400 } } : {}),
    ...(offset ? { baselineOffset: offset } : {}),
  };
}

function namedStyle(id: string | undefined): Fields {
  const heading = /^heading\s?([1-6])$/i.exec(id ?? '')?.[1];
  if (heading) return { namedStyleType: `HEADING_${heading}` };
  return /^(sub)?title$/i.test(id ?? '') ? { namedStyleType: String(id).toUpperCase() } : {};
}

function alignment(value: string | undefined): Fields {
  const found = { center: 'CENTER', right: 'END', end: 'END', both: 'JUSTIFIED' }[value ?? ''];
  return found ? { alignment: found } : {};
}

function numberFormats(xml: string | undefined): Map<string, string[]> {
  const root = xml === undefined ? undefined : find(parsed(xml), 'w:numbering');
  const all = root ? elementsOf(root) : [];
  const abstract = new Map(
    all
      .filter(({ name }) => name === 'w:abstractNum')
      .map((one) => [
        one.attribs['w:abstractNumId'],
        elementsOf(one)
          .filter(({ name }) => name === 'w:lvl')
          .map((level) => valOf(level, 'w:numFmt') ?? 'bullet'),
      ]),
  );
  return new Map(
    all
      .filter(({ name }) => name === 'w:num')
      .map((one) => [one.attribs['w:numId'] ?? '', abstract.get(valOf(one, 'w:abstractNumId') ?? '') ?? []]),
  );
}

function linksOf(xml: string | undefined): Map<string, string> {
  const root = xml === undefined ? undefined : find(parsed(xml), 'Relationships');
  const external = (root ? elementsOf(root) : []).filter(({ attribs }) => attribs.TargetMode === 'External');
  return new Map(external.map(({ attribs }) => [attribs.Id ?? '', attribs.Target ?? '']));
}

function parsed(xml: string): Parent {
  const { parseDocument } = require('htmlparser2') as typeof Htmlparser;
  return parseDocument(xml, { xmlMode: true });
}

interface Parent {
  children: readonly ChildNode[];
}

const elementsOf = ({ children }: Parent): Element[] =>
  children.filter((child): child is Element => 'attribs' in child);
const find = (parent: Parent | undefined, name: string): Element | undefined =>
  parent && elementsOf(parent).find((element) => element.name === name);
const valOf = (parent: Parent | undefined, name: string): string | undefined =>
  find(parent, name)?.attribs['w:val'];
const textOf = ({ children }: Element): string =>
  children
    .map((child) => (child.type === 'text' ? (child as ChildNode & { data: string }).data : ''))
    .join('');

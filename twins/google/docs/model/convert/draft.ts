/** A tab in the making, out of a file of another kind: its paragraphs, lists, tables and images. */
import { LOWER36 } from '../../../../../src/ids.ts';
import type { World } from '../../../../../src/world/world.ts';
import type {
  Block,
  Bullet,
  Content,
  Fields,
  Paragraph,
  Run,
  Table,
  TableCell,
} from '../../world/content.ts';
import { FIRST_TAB, type List, type Tab } from '../../world.ts';
import { elementRun, joinRuns } from '../content/runs.ts';
import { bulletOf, indentAt, listOf } from '../lists.ts';
import { newTab, PLAIN_PARAGRAPH, plainParagraph } from '../newTab.ts';
import { ordered, PARAGRAPH_FIELDS } from '../style/fields.ts';
import { CELL_STYLE, COLUMN_PROPERTIES, ROW_STYLE } from '../table/table.ts';

/** A cell as a file has it: those that others cover are not said. */
export interface CellDraft {
  content: readonly Block[];
  rowSpan: number;
  columnSpan: number;
}

/** How a link looks in Docs. */
const LINK_COLOR = { color: { rgbColor: { red: 0.06666667, green: 0.33333334, blue: 0.8 } } };

export class Draft {
  readonly #world: World;
  readonly #lists: Record<string, List> = {};
  readonly #images: Record<string, Fields> = {};

  constructor(world: World) {
    this.#world = world;
  }

  /** A new list; its id. */
  list(): string {
    const listId = this.#newId('kix');
    this.#lists[listId] = presetOf(false);
    return listId;
  }

  /** Its items of a level are numbered, or have bullets. */
  order(listId: string, level: number, isOrdered: boolean): void {
    const levelsOf = (list: List | undefined) => (list?.listProperties.nestingLevels ?? []) as Fields[];
    const levels = [...levelsOf(this.#lists[listId])];
    levels[level] = levelsOf(presetOf(isOrdered))[level] as Fields;
    this.#lists[listId] = { listProperties: { nestingLevels: levels } };
  }

  /** A paragraph of `runs`, without their line break; `style` is what it says of itself. */
  paragraph(runs: readonly Run[], style: Fields, item?: { listId: string; level: number }): Paragraph {
    const bullet: Bullet | undefined = item && bulletOf(item.listId, item.level);
    const heading = /^HEADING_\d$/.test(String(style.namedStyleType)) ? { headingId: this.#newId('h') } : {};
    const own = {
      ...PLAIN_PARAGRAPH,
      ...heading,
      ...style,
      ...(bullet ? indentAt(bullet.nestingLevel) : {}),
    };
    const last = runs.at(-1);
    const end: Run = { text: '\n', style: last && !last.element ? last.style : {} };
    return {
      kind: 'paragraph',
      runs: joinRuns([...runs, end]),
      style: ordered(own, PARAGRAPH_FIELDS),
      ...(bullet ? { bullet } : {}),
    };
  }

  /** A table; rows are filled up to the width of the widest, merged cells cover empty ones. */
  table(rows: readonly (readonly CellDraft[])[]): Table | undefined {
    const grid: TableCell[][] = rows.map(() => []);
    for (const [row, drafts] of rows.entries()) {
      let column = 0;
      for (const draft of drafts) {
        while (grid[row]?.[column]) column++;
        const rowSpan = Math.min(draft.rowSpan, rows.length - row);
        for (let r = row; r < row + rowSpan; r++)
          for (let c = column; c < column + draft.columnSpan; c++) (grid[r] as TableCell[])[c] = emptyCell();
        const content = this.closed(draft.content);
        (grid[row] as TableCell[])[column] = {
          ...emptyCell(),
          content,
          rowSpan,
          columnSpan: draft.columnSpan,
        };
      }
    }
    const width = Math.max(0, ...grid.map((cells) => cells.length));
    if (width === 0) return undefined;
    return {
      kind: 'table',
      rows: grid.map((cells) => ({
        cells: Array.from({ length: width }, (_, column) => cells[column] ?? emptyCell()),
        style: ROW_STYLE,
      })),
      columns: Array.from({ length: width }, () => COLUMN_PROPERTIES),
    };
  }

  /** An image that is shown in the text; its bytes stay where they are. */
  image(uri: string, alt: string, points?: { width: number; height: number }): Run {
    const id = this.#newId('kix');
    const size = points && {
      height: { magnitude: points.height, unit: 'PT' },
      width: { magnitude: points.width, unit: 'PT' },
    };
    this.#images[id] = {
      embeddedObject: {
        ...(alt ? { description: alt } : {}),
        imageProperties: { contentUri: uri, ...(uri.startsWith('data:') ? {} : { sourceUri: uri }) },
        ...(size ? { size } : {}),
      },
    };
    return elementRun('inlineObjectElement', { inlineObjectId: id });
  }

  /** Blocks as a segment or cell must have them: a paragraph is the last, and stands behind each table. */
  closed(blocks: readonly Block[]): Content {
    return blocks
      .flatMap((block, index) =>
        block.kind === 'table' && blocks[index + 1]?.kind !== 'paragraph'
          ? [block, plainParagraph('\n')]
          : [block],
      )
      .concat(blocks.length === 0 ? [plainParagraph('\n')] : []);
  }

  tab(title: string, blocks: readonly Block[]): Tab {
    const empty = newTab(FIRST_TAB, title);
    const body = [...empty.body.slice(0, 1), ...this.closed(blocks)];
    return { ...empty, body, lists: this.#lists, inlineObjects: this.#images };
  }

  #newId(kind: 'kix' | 'h'): string {
    return `${kind}.${this.#world.draw('google.imported').chars(LOWER36, 12)}`;
  }
}

/** A text's style with a link, as Docs shows one. */
export const linked = (style: Fields, url: string): Fields => ({
  ...style,
  foregroundColor: LINK_COLOR,
  underline: true,
  link: { url },
});

const presetOf = (isOrdered: boolean): List =>
  listOf(isOrdered ? 'NUMBERED_DECIMAL_ALPHA_ROMAN' : 'BULLET_DISC_CIRCLE_SQUARE') as List;

const emptyCell = (): TableCell => ({
  content: [plainParagraph('\n')],
  style: CELL_STYLE,
  rowSpan: 1,
  columnSpan: 1,
});

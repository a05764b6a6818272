/** Parts of tables that formulas name: `Orders[Total]`. https://support.google.com/docs/answer/14239833 */
import type { Table } from '../../world/objects.ts';
import { closed } from '../area.ts';
import type { Rect } from '../grid.ts';
import { Reference } from './operand.ts';

/** `Orders`, `Orders[Total]`, `Orders[[Item]:[Total]]`, `Orders[[#HEADERS],[Total]]`; undefined for no part of any. */
export function tablePart(tables: readonly Table[], text: string): Reference | undefined {
  const [, name = '', inner = ''] = /^([^[]+)(?:\[(.*)\])?$/s.exec(text) ?? [];
  const table = tables.find((one) => one.name?.toLowerCase() === name.toLowerCase());
  if (!table?.range) return undefined;
  const rect = closed(table.range);
  const words = inner.includes('[')
    ? [...inner.matchAll(/\[([^\]]*)\]/g)].map((match) => match[1] ?? '')
    : [inner];
  let rows: Rect | undefined = body(rect);
  const columns: number[] = [];
  for (const word of words.map((one) => one.trim()).filter((one) => one !== '')) {
    if (word.startsWith('#')) rows = rowsOf(rect, word);
    else {
      const column = columnNamed(table, word);
      if (column === undefined) return undefined;
      columns.push(column);
    }
    if (!rows) return undefined;
  }
  const { startColumn } = rect;
  const chosen =
    columns.length === 0
      ? {}
      : {
          startColumn: startColumn + Math.min(...columns),
          endColumn: startColumn + Math.max(...columns) + 1,
        };
  return new Reference(table.range.sheetId ?? 0, { ...rows, ...chosen });
}

const body = (rect: Rect): Rect => ({ ...rect, startRow: rect.startRow + 1 });

function rowsOf(rect: Rect, word: string): Rect | undefined {
  switch (word.toUpperCase()) {
    case '#ALL':
      return rect;
    case '#DATA':
      return body(rect);
    case '#HEADERS':
      return { ...rect, endRow: rect.startRow + 1 };
    default:
      return undefined;
  }
}

function columnNamed(table: Table, name: string): number | undefined {
  const wanted = name.toLowerCase();
  const found = table.columnProperties?.find((one) => one.columnName?.toLowerCase() === wanted);
  return found && (found.columnIndex ?? 0);
}

/** MCP servers that work on Drive, Docs and Sheets, as an agent starts them; what they change is read back. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type BuiltCommand, buildCommand, PROGRAMS_MS } from '../recipes/command.ts';
import { Workspace } from '../recipes/run.ts';
import { absent, type McpClient, startMcp } from './mcp.ts';

vi.setConfig({ testTimeout: PROGRAMS_MS, hookTimeout: PROGRAMS_MS });

const WORKSPACE = '@piotr-agier/google-drive-mcp';
const SHEETS = 'mcp-gsheets';
const note = (name: string) => (absent(name) ? ' (skipped: test/programs is not installed)' : '');

let command: BuiltCommand;
let workspace: Workspace;
let client: McpClient | undefined;
beforeAll(async () => {
  command = await buildCommand();
});
afterAll(() => command.remove());
beforeEach(() => {
  workspace = new Workspace(command, {});
});
afterEach(async () => {
  await client?.close();
  client = undefined;
  await workspace.close();
});

type Tool = (name: string, args?: object) => Promise<string>;

/** Starts a server; its tools must succeed, unless `fails` in front of the name says otherwise. */
async function start(name: string): Promise<Tool> {
  const server = await startMcp(workspace, name);
  client = server;
  return async (tool, args = {}) => {
    const failing = tool.startsWith('fails ');
    const { content, isError } = await server.callTool({
      name: tool.replace('fails ', ''),
      arguments: args,
    });
    const text = content.map((one) => one.text ?? '').join('\n');
    expect(isError === true || text.startsWith('Error:'), `${tool}: ${text}`).toBe(failing);
    return text;
  };
}

const idIn = (text: string): string => /\b1[\w-]{32,43}\b/.exec(text)?.[0] ?? '';

describe.skipIf(absent(WORKSPACE))(`${WORKSPACE}${note(WORKSPACE)}`, () => {
  it('keeps files: written, locked, shared, moved, copied, thrown away', async () => {
    const tool = await start('workspace');
    const folder = idIn(await tool('createFolder', { name: 'Agents' }));
    const fileId = idIn(
      await tool('createTextFile', { name: 'notes.md', content: 'first', parentFolderId: folder }),
    );
    await tool('updateTextFile', { fileId, content: 'second' });
    expect(await tool('readTextFile', { fileId })).toContain('second');
    expect((await tool('getRevisions', { fileId })).match(/^- 0B/gm)).toHaveLength(2);
    await tool('lockFile', { fileId, reason: 'done' });
    await tool('fails updateTextFile', { fileId, content: 'third' });
    await tool('unlockFile', { fileId });
    await tool('renameItem', { itemId: fileId, newName: 'memo.md' });
    expect(await tool('listFolder', { folderId: folder })).toContain('memo.md');
    await tool('copyFile', { fileId, newName: 'copy.md' });
    await tool('createShortcut', { targetFileId: fileId, shortcutName: 'short' });
    await tool('shareFile', { fileId, emailAddress: 'bo@elsewhere.example', role: 'writer' });
    await tool('addPermission', { fileId, type: 'anyone', role: 'reader' });
    expect(await tool('listPermissions', { fileId })).toMatch(/writer[\s\S]*anyone|anyone[\s\S]*writer/);
    await tool('removePermission', { fileId, emailAddress: 'bo@elsewhere.example' });
    expect(await tool('listPermissions', { fileId })).not.toContain('bo@elsewhere.example');
    await tool('deleteItem', { itemId: fileId });
    expect(await tool('listFolder', { folderId: folder })).not.toContain('memo.md');
    expect(await tool('search', { query: "name contains 'copy'", rawQuery: true })).toContain('copy.md');
  });

  it('writes a document: text, styles, bullets, a table, a picture, tabs, a footnote, comments', async () => {
    const tool = await start('workspace');
    const documentId = idIn(
      await tool('createGoogleDoc', { name: 'Report', content: 'Hello\nSecond\nThird' }),
    );
    await tool('insertText', { documentId, text: 'Dear reader. ', index: 1 });
    await tool('applyTextStyle', { documentId, textToFind: 'Second', bold: true });
    await tool('applyParagraphStyle', { documentId, textToFind: 'Dear', namedStyleType: 'HEADING_1' });
    await tool('createParagraphBullets', { documentId, textToFind: 'Third' });
    await tool('findAndReplaceInDoc', { documentId, findText: 'Hello', replaceText: 'Good day' });
    const made = await tool('addComment', { documentId, textToFind: 'Second', commentText: 'really?' });
    const commentId = /AAA[\w-]+/.exec(made)?.[0];
    await tool('replyToComment', { documentId, commentId, replyText: 'yes', resolve: true });
    expect(await tool('listComments', { documentId })).toMatch(/RESOLVED[\s\S]*really\?/);
    await tool('insertTable', { documentId, rows: 2, columns: 2, index: 1 });
    await tool('editTableCell', {
      documentId,
      tableStartIndex: 2,
      rowIndex: 0,
      columnIndex: 0,
      textContent: 'cell',
    });
    const imageUrl = 'https://example.com/a.png';
    await tool('insertImageFromUrl', { documentId, imageUrl, index: 1, width: 100, height: 50 });
    await tool('createFootnote', { documentId, index: 1, content: 'a note' });
    await tool('addDocumentTab', { documentId, title: 'More' });
    expect(await tool('listDocumentTabs', { documentId })).toContain('More');
    const markdown = await tool('readGoogleDoc', { documentId, format: 'markdown' });
    for (const said of ['# Dear reader. Good day', '**Second**', '- Third', '| cell |', '[^1]'])
      expect(markdown).toContain(said);
    const html = '<h1>Title</h1><ul><li>one</li></ul>';
    const other = idIn(await tool('createDocFromHTML', { html, name: 'From HTML' }));
    expect(await tool('readGoogleDoc', { documentId: other, format: 'markdown' })).toMatch(
      /# Title[\s\S]*- one/,
    );
  });

  it('keeps a spreadsheet: values, formats, rules, groups and protection', async () => {
    const tool = await start('workspace');
    const data = [
      ['Item', 'Price'],
      ['Pens', '3'],
      ['Ink', '=B2*2'],
    ];
    const spreadsheetId = idIn(
      await tool('createGoogleSheet', { name: 'Shop', data, valueInputOption: 'USER_ENTERED' }),
    );
    const at = (range: string) => ({ spreadsheetId, range });
    await tool('appendSpreadsheetRows', { ...at('Sheet1!A1'), values: [['Sum', '=SUM(B2:B3)']] });
    await tool('formatGoogleSheetNumbers', { ...at('Sheet1!B2:B4'), pattern: '0.00', type: 'NUMBER' });
    expect(await tool('getGoogleSheetContent', at('Sheet1!A4:B4'))).toContain('Sum, 9.00');
    await tool('formatGoogleSheetText', { ...at('Sheet1!A1:B1'), bold: true });
    await tool('setGoogleSheetBorders', { ...at('Sheet1!A1:B4'), style: 'SOLID' });
    const condition = { type: 'NUMBER_GREATER', value: '5' };
    const format = { backgroundColor: { red: 1, green: 0, blue: 0 } };
    await tool('addGoogleSheetConditionalFormat', { ...at('Sheet1!B2:B4'), condition, format });
    await tool('addDataValidation', {
      ...at('Sheet1!C2:C4'),
      conditionType: 'ONE_OF_LIST',
      values: ['a', 'b'],
      strict: true,
    });
    await tool('protectRange', { ...at('Sheet1!A1:B1'), description: 'head' });
    await tool('addNamedRange', { ...at('Sheet1!B2:B3'), name: 'Prices' });
    const group = { spreadsheetId, sheetId: 0, dimension: 'ROWS', startIndex: 1, endIndex: 3 };
    await tool('addDimensionGroup', group);
    await tool('updateDimensionGroup', { ...group, collapsed: true });
    expect(await tool('listDimensionGroups', { spreadsheetId })).toMatch(/collapsed/i);
    await tool('updateGoogleSheet', {
      ...at('Sheet1!D1'),
      data: [['=SUM(Prices)']],
      valueInputOption: 'USER_ENTERED',
    });
    expect(await tool('getGoogleSheetContent', at('Sheet1!D1'))).toContain('9');
  });
});

describe.skipIf(absent(SHEETS))(`${SHEETS}${note(SHEETS)}`, () => {
  it('keeps values, sheets, formats and charts', async () => {
    const tool = await start('sheets');
    const spreadsheetId = idIn(
      await tool('sheets_create_spreadsheet', {
        title: 'Books',
        sheets: [{ title: 'Data' }, { title: 'More' }],
      }),
    );
    const at = (range: string) => ({ spreadsheetId, range });
    const values = [
      ['Name', 'Q1', 'Q2'],
      ['Ann', 10, 20],
      ['Bob', 30, 40],
      ['Sum', '=SUM(B2:B3)', '=SUM(C2:C3)'],
    ];
    await tool('sheets_update_values', { ...at('Data!A1:C4'), values });
    await tool('sheets_batch_update_values', { spreadsheetId, data: [{ range: 'Data!B2', values: [[11]] }] });
    const shown = JSON.parse(await tool('sheets_get_values', at('Data!A4:C4')));
    expect(shown.values).toEqual([['Sum', '41', '60']]);
    await tool('sheets_append_values', { ...at('More!A:B'), values: [['x', 1]] });
    await tool('sheets_format_cells', { ...at('Data!A1:C1'), format: { textFormat: { bold: true } } });
    await tool('sheets_merge_cells', { ...at('Data!E1:F1'), mergeType: 'MERGE_ALL' });
    const merged = await tool('sheets_get_merged_cells', { spreadsheetId, sheetName: 'Data' });
    expect(merged).toContain('"a1Notation": "E1:F1"');
    const columns = ['Name', 'Q1', 'Q2'].map((name) => ({ name, columnType: 'TEXT' }));
    const made = await tool('sheets_add_table', {
      spreadsheetId,
      sheetName: 'Data',
      range: 'A1:C3',
      name: 'Quarters',
      columns,
    });
    expect(await tool('sheets_get_tables', { spreadsheetId })).toContain('Quarters');
    const tableId = /"tableId": "([^"]+)"/.exec(made)?.[1];
    await tool('sheets_delete_table', { spreadsheetId, tableId });
    const chart = await tool('sheets_create_chart', {
      spreadsheetId,
      position: { overlayPosition: { anchorCell: { sheetId: 0, rowIndex: 6, columnIndex: 0 } } },
      chartType: 'COLUMN',
      title: 'Quarters',
      series: [{ sourceRange: 'Data!B1:B3' }],
      domainRange: 'Data!A1:A3',
    });
    const chartId = Number(/"chartId": (\d+)/.exec(chart)?.[1]);
    await tool('sheets_update_chart', { spreadsheetId, chartId, title: 'Changed' });
    await tool('sheets_delete_chart', { spreadsheetId, chartId });
    await tool('sheets_insert_link', { ...at('Data!D1'), url: 'https://example.com', text: 'site' });
    const linked = JSON.parse(await tool('sheets_get_values', at('Data!D1')));
    expect(linked.values).toEqual([['site']]);
    await tool('sheets_insert_rows', { ...at('Data!A2'), rows: 1, position: 'BEFORE' });
    const moved = JSON.parse(
      await tool('sheets_get_values', { ...at('Data!B5'), valueRenderOption: 'FORMULA' }),
    );
    expect(moved.values).toEqual([['=SUM(B3:B4)']]);
    await tool('sheets_delete_rows', at('Data!2:2'));
    await tool('sheets_get_full_sheet_snapshot', { spreadsheetId, sheetName: 'Data' });
  });
});

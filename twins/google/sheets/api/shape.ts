/** What may be named in `fields` of a spreadsheet; what is below cells' formats is not listed. */
import type { Shape } from '../../fields.ts';

const names = (text: string): Shape =>
  Object.fromEntries(text.split(/\s+/).map((name) => [name, true as const]));

export const SPREADSHEET: Shape = {
  ...names(
    'spreadsheetId namedRanges spreadsheetUrl developerMetadata dataSources dataSourceSchedules comments commentsViewMode',
  ),
  properties: names(
    'title locale autoRecalc timeZone defaultFormat iterativeCalculationSettings spreadsheetTheme ' +
      'importFunctionsExternalUrlAccessAllowed',
  ),
  sheets: {
    ...names(
      'merges conditionalFormats filterViews protectedRanges basicFilter charts bandedRanges developerMetadata ' +
        'rowGroups columnGroups slicers tables commentAnchors',
    ),
    properties: names(
      'sheetId title index sheetType gridProperties hidden tabColor tabColorStyle rightToLeft dataSourceSheetProperties',
    ),
    data: {
      ...names('startRow startColumn rowMetadata columnMetadata'),
      rowData: {
        values: names(
          'userEnteredValue effectiveValue formattedValue userEnteredFormat effectiveFormat hyperlink note ' +
            'textFormatRuns dataValidation pivotTable dataSourceTable dataSourceFormula chipRuns',
        ),
      },
    },
  },
};

/** What Drive converts from and to. Facts of `about.get`. https://developers.google.com/workspace/drive/api/guides/ref-export-formats */

const APPS = 'application/vnd.google-apps.';
const OOXML = 'application/vnd.openxmlformats-officedocument.';
const ODF = 'application/vnd.oasis.opendocument.';
const WORD = 'application/vnd.ms-word.';
const EXCEL = 'application/vnd.ms-excel';
const POWERPOINT = 'application/vnd.ms-powerpoint';

/** Formats of an editor's kind that it can be exported to. */
export const EXPORT_FORMATS: Readonly<Record<string, readonly string[]>> = {
  [`${APPS}document`]: [
    'application/rtf',
    `${ODF}text`,
    'text/html',
    'application/pdf',
    'text/x-markdown',
    'text/markdown',
    'application/epub+zip',
    'application/zip',
    `${OOXML}wordprocessingml.document`,
    'text/plain',
  ],
  [`${APPS}vid`]: ['video/mp4'],
  [`${APPS}spreadsheet`]: [
    'application/x-vnd.oasis.opendocument.spreadsheet',
    'text/tab-separated-values',
    'application/pdf',
    `${OOXML}spreadsheetml.sheet`,
    'text/csv',
    'application/zip',
    `${ODF}spreadsheet`,
  ],
  [`${APPS}jam`]: ['application/pdf'],
  [`${APPS}script`]: [`${APPS}script+json`],
  [`${APPS}presentation`]: [
    `${ODF}presentation`,
    'application/pdf',
    `${OOXML}presentationml.presentation`,
    'text/plain',
  ],
  [`${APPS}form`]: ['application/zip'],
  [`${APPS}drawing`]: ['image/svg+xml', 'image/png', 'application/pdf', 'image/jpeg'],
  [`${APPS}site`]: ['text/plain'],
  [`${APPS}mail-layout`]: ['text/plain'],
};

const IMPORTED: Readonly<Record<string, readonly string[]>> = {
  document: [
    ...['image/gif', 'image/x-bmp', 'image/jpg', 'image/jpeg', 'image/bmp', 'image/pjpeg', 'image/png'],
    ...['image/x-png', 'text/rtf', 'text/markdown', 'text/x-markdown', 'text/html', 'text/richtext'],
    ...['text/plain', 'application/msword', 'application/pdf', 'application/rtf'],
    ...[`${OOXML}wordprocessingml.template`, `${OOXML}wordprocessingml.document`],
    ...[`${WORD}template.macroenabled.12`, `${WORD}document.macroenabled.12`],
    ...['application/x-vnd.oasis.opendocument.text', `${ODF}text`],
  ],
  spreadsheet: [
    ...['text/tab-separated-values', 'text/csv', 'text/comma-separated-values', EXCEL],
    ...[`${EXCEL}.sheet.macroenabled.12`, `${EXCEL}.template.macroenabled.12`],
    ...[`${OOXML}spreadsheetml.template`, `${OOXML}spreadsheetml.sheet`],
    ...[`${ODF}spreadsheet`, 'application/x-vnd.oasis.opendocument.spreadsheet'],
  ],
  presentation: [
    ...['application/x-vnd.oasis.opendocument.presentation', `${ODF}presentation`, POWERPOINT],
    ...[`${POWERPOINT}.presentation.macroenabled.12`, `${POWERPOINT}.slideshow.macroenabled.12`],
    ...[`${POWERPOINT}.template.macroenabled.12`, `${OOXML}presentationml.presentation`],
    ...[`${OOXML}presentationml.template`, `${OOXML}presentationml.slideshow`],
  ],
  vid: ['video/ogg', 'video/quicktime', 'video/mp4', 'video/webm'],
  drawing: ['application/x-msmetafile'],
  script: [`${APPS}script+text/plain`, `${APPS}script+json`],
};

/** Editors' kinds that an uploaded format can become. */
export const IMPORT_FORMATS: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(IMPORTED).flatMap(([kind, formats]) => formats.map((one) => [one, [APPS + kind]])),
);

/** Bytes, as text. */
export const IMPORT_BYTES_MAX: Readonly<Record<string, string>> = {
  [`${APPS}document`]: '10485760',
  [`${APPS}spreadsheet`]: '104857600',
  [`${APPS}presentation`]: '104857600',
  [`${APPS}drawing`]: '2097152',
};

export const FOLDER_COLORS: readonly string[] = (
  'ac725e d06b64 f83a22 fa573c ff7537 ffad46 fad165 fbe983 b3dc6c 7bd148 16a765 42d692 92e1c0 9fe1e7 9fc6e7 ' +
  '4986e7 9a9cff b99aff a47ae2 cd74e6 f691b2 cca6ac cabdbf 8f8f8f'
)
  .split(' ')
  .map((hex) => `#${hex}`);

/** Background themes of shared drives, with their colours. */
const THEMES: readonly (readonly string[])[] = (
  'abacus ea6100|blueprints 4285f4|bok_choy 689f38|books 4285f4|bread ef6c00|bubbles_color f06292|' +
  'circuit 039be5|clams e91e63|clovers 689f38|cocktails db4437|concert ef6c00|desk 607d8b|donut_coffee f06292|' +
  'fabric_rolls 78909c|flags 009688|flowers e06055|glass 0f9d58|lighthouse 4285f4|maps 8d6e63|mountains 5c6bc0|' +
  'notebook 689f38|paper_colored 9c27b0|pencils 0097a7|roofing_metal 039be5|sticky_notes 0097a7|table 8d6e63|' +
  'travel 039be5|waves ff5722|waves_blue 5c6bc0|wood 8d6e63'
)
  .split('|')
  .map((one) => one.split(' '));

export const driveThemes = (): Record<string, string>[] =>
  THEMES.map(([id = '', color = '']) => ({
    id,
    backgroundImageLink: `https://ssl.gstatic.com/team_drive_themes/${id}_background.jpg`,
    colorRgb: `#${color}`,
  }));

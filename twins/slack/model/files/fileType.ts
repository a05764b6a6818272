/** What a file is, told by the end of its name or by the type that its sender gave. https://docs.slack.dev/reference/objects/file-object#file_types */

/** In Slack's words: `filetype` is its own name for it, `pretty_type` the one for people. */
export interface FileType {
  filetype: string;
  mimetype: string;
  pretty_type: string;
}

/** The families that `files.list` and searches ask for by `types`. */
export type FileFamily = 'images' | 'videos' | 'audios' | 'zips' | 'pdfs' | 'gdocs' | 'snippets' | 'spaces';

const UNKNOWN: FileType = { filetype: 'binary', mimetype: 'application/octet-stream', pretty_type: 'Binary' };
const PLAIN: FileType = { filetype: 'text', mimetype: 'text/plain', pretty_type: 'Plain Text' };

/** Slack's name, media type, name for people, then the ends of file names that mean it. */
const KNOWN: readonly (readonly [string, string, string, string])[] = [
  ['jpg', 'image/jpeg', 'JPEG', 'jpg jpeg'],
  ['png', 'image/png', 'PNG', 'png'],
  ['gif', 'image/gif', 'GIF', 'gif'],
  ['webp', 'image/webp', 'WebP', 'webp'],
  ['bmp', 'image/bmp', 'Bitmap', 'bmp'],
  ['tiff', 'image/tiff', 'TIFF', 'tif tiff'],
  ['svg', 'image/svg+xml', 'SVG', 'svg'],
  ['heic', 'image/heic', 'HEIC', 'heic'],
  ['pdf', 'application/pdf', 'PDF', 'pdf'],
  ['doc', 'application/msword', 'Word Document', 'doc'],
  [
    'docx',
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    'Word Document',
    'docx',
  ],
  ['xls', 'application/vnd.ms-excel', 'Excel Spreadsheet', 'xls'],
  ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'Excel Spreadsheet', 'xlsx'],
  ['ppt', 'application/vnd.ms-powerpoint', 'PowerPoint Presentation', 'ppt'],
  [
    'pptx',
    'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    'PowerPoint Presentation',
    'pptx',
  ],
  ['zip', 'application/zip', 'Zip', 'zip'],
  ['gzip', 'application/gzip', 'Gzip', 'gz'],
  ['tar', 'application/x-tar', 'Tar', 'tar'],
  ['mp3', 'audio/mpeg', 'MP3', 'mp3'],
  ['m4a', 'audio/mp4', 'M4A', 'm4a'],
  ['wav', 'audio/wav', 'WAV', 'wav'],
  ['mp4', 'video/mp4', 'MPEG 4 Video', 'mp4'],
  ['mov', 'video/quicktime', 'QuickTime Movie', 'mov'],
  ['webm', 'video/webm', 'WebM', 'webm'],
];

/** Kinds of text: Slack's name, its name for people, ends of file names. All of them are shown as snippets. */
const TEXTS: readonly (readonly [string, string, string])[] = [
  ['text', 'Plain Text', 'txt log'],
  ['markdown', 'Markdown (raw)', 'md markdown'],
  ['csv', 'CSV', 'csv'],
  ['tsv', 'TSV', 'tsv'],
  ['javascript', 'JavaScript/JSON', 'js json mjs'],
  ['typescript', 'TypeScript', 'ts tsx'],
  ['python', 'Python', 'py'],
  ['ruby', 'Ruby', 'rb'],
  ['go', 'Go', 'go'],
  ['rust', 'Rust', 'rs'],
  ['java', 'Java', 'java'],
  ['kotlin', 'Kotlin', 'kt'],
  ['scala', 'Scala', 'scala'],
  ['swift', 'Swift', 'swift'],
  ['c', 'C', 'c h'],
  ['cpp', 'C++', 'cpp cc hpp'],
  ['csharp', 'C#', 'cs'],
  ['objc', 'Objective-C', 'm'],
  ['php', 'PHP', 'php'],
  ['perl', 'Perl', 'pl'],
  ['lua', 'Lua', 'lua'],
  ['r', 'R', 'r'],
  ['haskell', 'Haskell', 'hs'],
  ['erlang', 'Erlang', 'erl'],
  ['clojure', 'Clojure', 'clj'],
  ['lisp', 'Lisp', 'lisp'],
  ['groovy', 'Groovy', 'groovy'],
  ['dart', 'Dart', 'dart'],
  ['elm', 'Elm', 'elm'],
  ['html', 'HTML', 'html htm'],
  ['css', 'CSS', 'css'],
  ['sass', 'Sass', 'sass scss'],
  ['less', 'Less', 'less'],
  ['xml', 'XML', 'xml'],
  ['yaml', 'YAML', 'yaml yml'],
  ['sql', 'SQL', 'sql'],
  ['shell', 'Shell', 'sh bash'],
  ['powershell', 'PowerShell', 'ps1'],
  ['dockerfile', 'Docker', 'dockerfile'],
  ['diff', 'Diff', 'diff patch'],
  ['latex', 'LaTeX/sTeX', 'tex'],
  ['matlab', 'MATLAB', 'matlab'],
  ['vb', 'VB.NET', 'vb'],
  ['puppet', 'Puppet', 'pp'],
  ['handlebars', 'Handlebars', 'hbs'],
  ['coffeescript', 'CoffeeScript', 'coffee'],
];

const BY_END = new Map<string, FileType>();
const BY_SYNTAX = new Map<string, FileType>();
for (const [filetype, mimetype, pretty_type, ends] of KNOWN)
  for (const end of ends.split(' ')) BY_END.set(end, { filetype, mimetype, pretty_type });
for (const [filetype, pretty_type, ends] of TEXTS) {
  const mimetype = filetype === 'csv' ? 'text/csv' : 'text/plain';
  BY_SYNTAX.set(filetype, { filetype, mimetype, pretty_type });
  for (const end of ends.split(' ')) BY_END.set(end, { filetype, mimetype, pretty_type });
}

/** What a file of this name is; `head` are its first bytes, which tell text from the rest. */
export function typeOfName(name: string, head: Uint8Array): FileType {
  const end = /\.?([^.]*)$/.exec(name.toLowerCase())?.[1] ?? '';
  return BY_END.get(end) ?? (head.length > 0 && !head.includes(0) ? PLAIN : UNKNOWN);
}

/** The type of a snippet by the name of its syntax; undefined where Slack highlights none of that name. */
export const typeOfSyntax = (syntax: string): FileType | undefined =>
  syntax === 'auto' ? PLAIN : BY_SYNTAX.get(syntax);

/** Is it shown as a snippet? */
export const isText = ({ filetype }: FileType): boolean => BY_SYNTAX.has(filetype);

const SPACES = ['quip', 'canvas', 'space', 'docs', 'post'];

/** The family of a file; undefined for what is in none. */
export function familyOf(file: { filetype: string; mimetype: string; mode: string }): FileFamily | undefined {
  if (SPACES.includes(file.filetype)) return 'spaces';
  if (file.mode === 'snippet') return 'snippets';
  if (file.filetype === 'pdf') return 'pdfs';
  if (['zip', 'gzip', 'tar'].includes(file.filetype)) return 'zips';
  if (['gdoc', 'gsheet', 'gpres', 'gdraw'].includes(file.filetype)) return 'gdocs';
  const kind = file.mimetype.split('/')[0];
  return kind === 'image' || kind === 'video' || kind === 'audio' ? `${kind}s` : undefined;
}

/** Width and height of an image in pixels, read off its first bytes; undefined where they are none that is known. */
export function imageSize(bytes: Uint8Array): { width: number; height: number } | undefined {
  const at = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (at.length >= 24 && at.readUInt32BE(0) === 0x89504e47)
    return { width: at.readUInt32BE(16), height: at.readUInt32BE(20) };
  if (at.length >= 10 && at.toString('latin1', 0, 3) === 'GIF')
    return { width: at.readUInt16LE(6), height: at.readUInt16LE(8) };
  return at.length >= 4 && at.readUInt16BE(0) === 0xffd8 ? jpegSize(at) : undefined;
}

/** A JPEG is a row of segments, one of which (C0 to CF, three of them aside) frames the picture. */
function jpegSize(at: Buffer): { width: number; height: number } | undefined {
  for (let i = 2; i + 9 < at.length && at[i] === 0xff; i += 2 + at.readUInt16BE(i + 2)) {
    const marker = at[i + 1] as number;
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return { width: at.readUInt16BE(i + 7), height: at.readUInt16BE(i + 5) };
  }
  return undefined;
}

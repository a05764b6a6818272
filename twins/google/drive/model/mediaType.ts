/** What kind of file it is, where nobody says: by the upload, else by the name. */
import type { Source } from './native.ts';

/** A type without its parameters, which Drive does not keep. */
export const plainType = (type: string | undefined): string | undefined =>
  type?.split(';', 1)[0]?.trim() || undefined;

const UNKNOWN = 'application/octet-stream';

/** The upload's type, unless it says nothing; then what the name's ending means. */
export function detectedType(name: string, source: Source | undefined): string {
  if (source && source.type !== UNKNOWN) return source.type;
  return BY_EXTENSION[/\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ''] ?? UNKNOWN;
}

const OOXML = 'application/vnd.openxmlformats-officedocument.';

/** https://www.iana.org/assignments/media-types */
const BY_EXTENSION: Readonly<Record<string, string>> = Object.fromEntries(
  [
    'txt text/plain|md text/markdown|csv text/csv|tsv text/tab-separated-values|html text/html|htm text/html',
    'css text/css|js text/javascript|json application/json|xml text/xml|yaml application/x-yaml',
    'png image/png|jpg image/jpeg|jpeg image/jpeg|gif image/gif|svg image/svg+xml|webp image/webp|bmp image/bmp',
    'pdf application/pdf|rtf application/rtf|zip application/zip|gz application/x-gzip|tar application/x-tar',
    'mp3 audio/mpeg|wav audio/x-wav|mp4 video/mp4|mov video/quicktime|webm video/webm',
    'doc application/msword|xls application/vnd.ms-excel|ppt application/vnd.ms-powerpoint',
    `docx ${OOXML}wordprocessingml.document|xlsx ${OOXML}spreadsheetml.sheet`,
    `pptx ${OOXML}presentationml.presentation|epub application/epub+zip`,
  ]
    .flatMap((line) => line.split('|'))
    .map((one) => one.split(' ') as [string, string]),
);

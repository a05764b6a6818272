/** `updateNamedStyle`. https://developers.google.com/workspace/docs/api/reference/rest/v1/documents/request#UpdateNamedStyleRequest */
import type { Fields } from '../../world/content.ts';
import { NAMED_STYLES } from '../style/defaults.ts';
import { type Change, changed, ordered, PARAGRAPH_FIELDS, TEXT_FIELDS } from '../style/fields.ts';
import { namedStyle } from '../style/inherited.ts';
import { type Job, putTab, refuse, tabOf } from './job.ts';
import { paragraphChangeOf } from './paragraphStyle.ts';
import { textChangeOf } from './textStyle.ts';

/** Paragraphs of that type follow, where they say nothing themselves. */
export function updateNamedStyle(
  job: Job,
  input: { namedStyle?: Fields; fields?: string; tabId?: string },
): void {
  const tab = tabOf(job, input.tabId);
  const asked = input.namedStyle ?? {};
  const now = namedStyle(tab, asked.namedStyleType);
  if (!now) throw refuse(job, 'The named style type must be specified.');
  const masks = masksOf(job, input.fields);
  const text = masks.textStyle
    ? textChangeOf(job, asked.textStyle as Fields, masks.textStyle, tab.tabId)
    : undefined;
  const paragraph = masks.paragraphStyle
    ? paragraphChangeOf(job, asked.paragraphStyle as Fields, masks.paragraphStyle)
    : undefined;
  const next: Fields = {
    namedStyleType: now.namedStyleType,
    textStyle: after(now, 'textStyle', text, TEXT_FIELDS),
    paragraphStyle: after(now, 'paragraphStyle', paragraph, PARAGRAPH_FIELDS),
  };
  putTab(job, { ...tab, namedStyles: tab.namedStyles.map((style) => (style === now ? next : style)) });
}

/** What is reset in the normal text is as in a new document; other styles inherit it then. */
function after(
  style: Fields,
  part: 'textStyle' | 'paragraphStyle',
  change: Change | undefined,
  order: readonly string[],
): Fields {
  const now = style[part] as Fields;
  if (!change) return now;
  const kept = { namedStyleType: now.namedStyleType, direction: now.direction };
  const next = { ...kept, ...changed(now, change, order) };
  if (style.namedStyleType !== 'NORMAL_TEXT') return ordered(next, order);
  const first = NAMED_STYLES.find(({ namedStyleType }) => namedStyleType === 'NORMAL_TEXT')?.[part] as Fields;
  return ordered({ ...first, ...next }, order);
}

/** The masks of both parts: a part named as a whole means every field of it, unless some of its fields are named too. */
function masksOf(job: Job, fields: string | undefined): { textStyle?: string; paragraphStyle?: string } {
  const paths = (fields ?? '')
    .split(',')
    .map((path) => path.trim().replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()))
    .filter(Boolean);
  if (paths.length === 0)
    throw refuse(job, "At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)");
  const wrong = paths.find((path) => !/^(\*|namedStyleType|(textStyle|paragraphStyle)(\..+)?)$/.test(path));
  if (wrong) throw refuse(job, `Invalid field: ${wrong}`);
  const maskOf = (part: string): string | undefined => {
    const inner = paths
      .filter((path) => path.startsWith(`${part}.`))
      .map((path) => path.slice(part.length + 1));
    if (inner.length > 0) return inner.join(',');
    return paths.includes(part) || paths.includes('*') ? '*' : undefined;
  };
  return { textStyle: maskOf('textStyle'), paragraphStyle: maskOf('paragraphStyle') };
}

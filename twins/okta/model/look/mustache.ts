/** Fills a brand's pages: `{{x}}` as text, `{{{x}}}` as it is, `{{#x}}…{{/x}}` where x holds, `{{^x}}` where not. */
import { escaped } from '../../../../src/html.ts';

/** What a page may refer to. */
export type PageValues = Readonly<Record<string, string | boolean>>;

/** `content` with its references filled in; what is not known becomes nothing. https://mustache.github.io/mustache.5.html */
export function renderMustache(content: string, values: PageValues): string {
  let out = '';
  let read = 0;
  /** The sections that are open, and whether what is in them is shown. */
  const open: boolean[] = [];
  const isShown = () => open.at(-1) ?? true;
  for (const found of content.matchAll(TAG)) {
    if (isShown()) out += content.slice(read, found.index);
    read = found.index + found[0].length;
    const [, raw, sign, name = ''] = found;
    if (sign === '#' || sign === '^') open.push(isShown() && holds(values, name) === (sign === '#'));
    else if (sign === '/') open.pop();
    else if (isShown() && sign !== '!')
      out += raw === undefined && sign !== '&' ? escaped(textOf(values, name)) : textOf(values, raw ?? name);
  }
  return isShown() ? out + content.slice(read) : out;
}

const TAG = /\{\{(?:\{\s*([\w.]+)\s*\}|([#^/&!]?)\s*([^{}\s]*)[^{}]*)\}\}/g;

const textOf = (values: PageValues, name: string): string =>
  Object.hasOwn(values, name) && typeof values[name] === 'string' ? values[name] : '';

const holds = (values: PageValues, name: string): boolean =>
  Object.hasOwn(values, name) && Boolean(values[name]);
